"""Rulesets kept on disk: the same as loaded ones, made again whenever anything is odd, and never in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

import rulecore as rc
from rulecore.packs import kept
from rulecore.packs import load as loading

ROOT = Path(__file__).parents[2]
GAME = Path(__file__).parent / "other_game"
SMALL = 'pack small 1.0.0 "Small"\n\nkind kite "Kite"\nkite red "Red"\n'
FAULTY = SMALL + 'kite red "Red again"\nkite blue "Blue"\n  add 1 to nothing\n'
ALIKE = 'pack alike 1.0.0 "Alike"\n  uses small ">=1.0"\nkite green "Green"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RULECORE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rulesets"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "pack.brew").write_text(SMALL)
    return tmp_path / "small"


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


class Loads:
    """Counts how often texts are made a ruleset."""

    def __init__(self) -> None:
        self.count = 0
        self.load = loading.load_surveyed

    def __call__(self, *arguments):
        self.count += 1
        return self.load(*arguments)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Loads:
    counted = Loads()
    monkeypatch.setattr(loading, "load_surveyed", counted)
    return counted


def test_what_is_loaded_once_is_kept(folder: Path, pack: Path, loads: Loads):
    first, second = rc.load_ruleset(pack), rc.load_ruleset(pack)
    assert loads.count == 1
    assert (first.hash, first.findings, first.packs) == (second.hash, second.findings, second.packs)
    assert second.entry("kite", "red").label == "Red"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert only_file(folder).stat().st_mode & 0o777 == 0o600


def test_findings_are_the_same_and_errors_raise_where_they_are_to(
    folder: Path, pack: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch
):
    (pack / "pack.brew").write_text(FAULTY)
    first, second = rc.load_ruleset(pack), rc.load_ruleset(pack)
    assert len(first.findings) > 1
    assert first.findings == second.findings
    assert [str(finding) for finding in first.findings] == [str(finding) for finding in second.findings]
    raised = []
    for setting in (str(folder.parent), "off"):
        monkeypatch.setenv("RULECORE_CACHE", setting)
        with pytest.raises(rc.PackError) as caught:
            rc.load_ruleset(pack, strict=True)
        raised.append(str(caught.value))
    assert raised[0] == raised[1]
    assert loads.count == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda pack, _patch: (pack / "pack.brew").write_text(SMALL + "# more\n"),
        lambda pack, _patch: (pack / "pack.brew").rename(pack / "other.brew"),
        lambda pack, _patch: (pack / "more.brew").write_text("kite blue\n"),
        lambda _pack, patch: patch.setattr("rulecore.packs.compiled.VERSION", "99"),
        lambda _pack, patch: patch.setattr("rulecore.packs.compiled._PYTHON", "cpython-2"),
        lambda _pack, patch: patch.setattr(kept, "_code", lambda: b"other"),
    ],
    ids=["text", "name", "file", "version", "python", "code"],
)
@pytest.mark.usefixtures("folder")
def test_whatever_it_follows_from_makes_another(pack: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch, change):
    rc.load_ruleset(pack)
    change(pack, monkeypatch)
    rc.load_ruleset(pack)
    assert loads.count == 2


def test_the_code_that_makes_rulesets_is_part_of_the_key():
    names = {Path(path).relative_to(ROOT).as_posix() for path in kept._sources()}
    assert {"grammars/brew.lark", "src/rulecore/dsl/lower.py", "src/rulecore/dsl/ast/inline.py"} <= names
    assert {"src/rulecore/model/rules.py", "src/rulecore/formula/ast.py", "src/rulecore/source.py"} <= names


@pytest.mark.usefixtures("folder")
def test_a_pack_that_is_used_counts_as_well(pack: Path, tmp_path: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RULECORE_PACKS", str(pack))
    (tmp_path / "alike.brew").write_text(ALIKE)
    assert rc.load_ruleset(tmp_path / "alike.brew").entry("kite", "red").label == "Red"
    (pack / "pack.brew").write_text(SMALL.replace('"Red"', '"Crimson"'))
    assert rc.load_ruleset(tmp_path / "alike.brew").entry("kite", "red").label == "Crimson"
    assert loads.count == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda _old: b"",
        lambda old: old[:-1],
        lambda old: old[: len(old) // 2],
        lambda old: old + b".",
        lambda old: old[:-9] + bytes([old[-9] ^ 1]) + old[-8:],
        lambda old: old.replace(b"rulecore-0", b"rulecore-9", 1),
        lambda old: old.replace(b"cpython-3", b"cpython-4", 1),
        lambda _old: b"\0" * 100,
    ],
)
def test_what_is_damaged_or_foreign_is_made_again_with_a_warning(folder: Path, pack: Path, loads: Loads, damage):
    rules = rc.load_ruleset(pack)
    path = only_file(folder)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.warns(RuntimeWarning, match="made again"):
        assert rc.load_ruleset(pack).hash == rules.hash
    assert rc.load_ruleset(pack).hash == rules.hash
    assert loads.count == 2


def test_one_ruleset_under_the_name_of_another_is_noticed(folder: Path, pack: Path):
    rc.load_ruleset(GAME)
    wrong = only_file(folder)
    rc.load_ruleset(pack)
    (right,) = [path for path in folder.iterdir() if path != wrong]
    wrong.replace(right)
    with pytest.warns(RuntimeWarning, match="made again"):
        assert [each.name for each in rc.load_ruleset(pack).packs] == ["small"]


def test_what_is_not_ours_alone_is_not_read(folder: Path, pack: Path, loads: Loads, monkeypatch: pytest.MonkeyPatch):
    rc.load_ruleset(pack)
    only_file(folder).chmod(0o666)
    with pytest.warns(RuntimeWarning, match="others"):
        rc.load_ruleset(pack)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    rc.load_ruleset(pack)
    assert loads.count == 3


@pytest.mark.parametrize("setting", ["off", "/dev/null/x", "/proc/none"])
def test_without_a_folder_packs_are_loaded_each_time(pack: Path, loads: Loads, setting: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RULECORE_CACHE", setting)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert rc.load_ruleset(pack).hash == rc.load_ruleset(pack).hash
    assert loads.count == 2


def test_a_text_that_is_none_is_a_finding_that_is_kept(folder: Path, pack: Path, loads: Loads):
    (pack / "latin.brew").write_bytes(b"\xff")
    found = rc.load_ruleset(pack).findings
    assert [finding.code for finding in found] == ["syntax.encoding"]
    assert rc.load_ruleset(pack).findings == found
    assert loads.count == 1
    assert folder.is_dir()


@pytest.mark.skipif(not Path("/proc/self/mem").is_file(), reason="a file that nobody can read is not to be had on every system")
def test_what_cannot_be_read_is_asked_for_again(folder: Path, pack: Path, loads: Loads):
    (pack / "memory.brew").symlink_to("/proc/self/mem")
    for _ in range(2):
        assert [finding.code for finding in rc.load_ruleset(pack).findings] == ["syntax.unreadable"]
    assert loads.count == 2
    assert not folder.exists()


def test_few_are_kept_and_those_used_last(folder: Path, pack: Path):
    rc.load_ruleset(pack)
    first = only_file(folder)
    old = first.stat().st_mtime - 100
    for number in range(kept.MOST_KEPT + 4):
        made = folder / f"{number}.ruleset"
        made.write_bytes(b"")
        os.utime(made, (old + number, old + number))
    (folder / ".died.part").write_bytes(b"")
    os.utime(folder / ".died.part", (0, 0))
    os.utime(first, (old - 1, old - 1))
    rc.load_ruleset(pack)
    assert first.stat().st_mtime > old + 50
    rc.load_ruleset(GAME)
    names = {path.name for path in folder.iterdir()}
    assert len(names) == kept.MOST_KEPT
    assert first.name in names
    assert not names & {"0.ruleset", ".died.part"}


# ---- other processes

LOAD = """
import sys, rulecore, warnings
warnings.simplefilter("error")
rules = rulecore.load_ruleset(sys.argv[1])
print(rules.hash, len(rules.rules.entries), *sorted({"lark", "pluggy", "rulecore.dsl.parse"} & sys.modules.keys()))
"""
CRAMPED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n" + LOAD


def start(code: str, pack: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(pack)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    return out.split()


def test_processes_that_write_at_once_leave_one_whole_file(folder: Path):
    found = [finish(each) for each in [start(LOAD, GAME) for _ in range(3)]]
    assert len({(name, count) for name, count, *_ in found}) == 1
    assert len(list(folder.iterdir())) == 1
    name, count, *modules = finish(start(LOAD, GAME))
    assert ([name, count], modules) == (found[0][:2], [])


def test_threads_that_load_at_once_get_the_same(folder: Path):
    found: list[rc.Ruleset] = []
    threads = [threading.Thread(target=lambda: found.append(rc.load_ruleset(GAME))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({rules.hash for rules in found}) == 1
    assert len(found) == 4
    assert len(list(folder.iterdir())) == 1


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="a disk that is full is made of a limit that not every system has")
def test_a_full_disk_is_no_complaint_and_leaves_nothing(folder: Path):
    finish(start(CRAMPED, GAME))
    assert list(folder.iterdir()) == []


def test_the_file_of_a_writer_that_was_killed_is_not_read(folder: Path):
    finish(start(LOAD, GAME))
    path = only_file(folder)
    content = path.read_bytes()
    path.unlink()
    (folder / ".half.part").write_bytes(content[: len(content) // 2])
    finish(start(LOAD, GAME))
    assert path.read_bytes() == content


def test_plugins_are_asked_only_for_packs_that_are_not_at_hand(
    folder: Path, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    information = tmp_path / "installed" / "stranger-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[rulecore]\nstranger = stranger\n")
    (information.parent / "stranger.py").write_text(
        "from pathlib import Path\nfrom pluggy import HookimplMarker\n\n@HookimplMarker('rulecore')\n"
        f"def rulecore_packs():\n    return [Path({str(pack)!r})]\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(information.parent), str(ROOT / "src")]))
    (tmp_path / "alike.brew").write_text(ALIKE)
    for asked in (Path("small"), tmp_path / "alike.brew"):
        _hash, _count, *modules = finish(start(LOAD, asked))
        assert "pluggy" in modules
    _hash, _count, *modules = finish(start(LOAD, pack))
    assert "pluggy" not in modules
    assert folder.is_dir()
