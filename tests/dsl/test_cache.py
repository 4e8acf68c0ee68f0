"""The cache on disk: private, whole, checked before it is read, and never in the way."""

import os
import pickle
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

from rulecore.bundled import bundled
from rulecore.dsl import grammar
from rulecore.dsl.parse import parse
from rulecore.packs import cache
from rulecore.source import SourceFile

TEXT = 'feat alert "Alert"\n  add 1.5 to x when y\n  cite "z"\n'
SOURCE = SourceFile("a.brew", TEXT)
TREE = parse(SOURCE)[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RULECORE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept" / "trees"


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_what_is_stored_is_loaded(folder: Path):
    key = cache.key(SOURCE)
    assert cache.load(key) is None
    cache.store(key, TREE)
    assert cache.load(key) == TREE
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert only_file(folder).stat().st_mode & 0o077 == 0


def test_the_key_follows_the_text_the_name_the_grammar_and_the_version(monkeypatch: pytest.MonkeyPatch):
    keys = [cache.key(SOURCE), cache.key(SourceFile("b.brew", TEXT)), cache.key(SourceFile("a.brew", TEXT + "\n"))]
    keys.append(cache.key(SourceFile("a", ".brew" + TEXT)))
    for name, value in (("grammar_hash", lambda: "other"), ("VERSION", "99")):
        with monkeypatch.context() as patch:
            patch.setattr(cache, name, value)
            cache._parser_key.cache_clear()
            keys.append(cache.key(SOURCE))
    cache._parser_key.cache_clear()
    assert len(set(keys)) == len(keys)
    assert cache.key(SourceFile("a", "\ud800"))


class Evil:
    def __reduce__(self):
        return (os.system, ("touch /tmp/evil",))


def sealed(key: str, content: bytes) -> bytes:
    return cache._seal(key, content) + b"\n" + content


@pytest.mark.parametrize(
    "damage",
    [
        lambda _key, _old: b"",
        lambda _key, old: old[:-1],
        lambda _key, old: old + b".",
        lambda _key, _old: b"\0" * 100,
        lambda key, _old: sealed(key, b"no pickle"),
        lambda key, _old: sealed(key, pickle.dumps(Evil())),
        lambda key, _old: sealed(key, pickle.dumps(Path("/"))),
        lambda _key, old: sealed("other", old.partition(b"\n")[2]),
    ],
)
def test_what_is_damaged_or_foreign_is_made_again_with_a_warning(folder: Path, damage):
    key = cache.key(SOURCE)
    cache.store(key, TREE)
    path = only_file(folder)
    path.write_bytes(damage(key, path.read_bytes()))
    with pytest.warns(RuntimeWarning, match="made again"):
        assert cache.load(key) is None
    cache.store(key, TREE)
    assert cache.load(key) == TREE


def test_what_others_may_write_is_not_read(folder: Path):
    key = cache.key(SOURCE)
    cache.store(key, TREE)
    only_file(folder).chmod(0o666)
    with pytest.warns(RuntimeWarning, match="others"):
        assert cache.load(key) is None
    cache.store(key, TREE)
    assert cache.load(key) == TREE
    folder.chmod(0o777)
    assert cache.load(key) is None


def test_a_link_is_not_read(folder: Path, tmp_path: Path):
    key = cache.key(SOURCE)
    cache.store(key, TREE)
    path = only_file(folder)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.warns(RuntimeWarning, match="others"):
        assert cache.load(key) is None


def test_many_writers_and_readers_never_see_half_a_file(folder: Path):
    key = cache.key(SOURCE)
    wrong = []

    def work() -> None:
        for _ in range(50):
            cache.store(key, TREE)
            if cache.load(key) != TREE:
                wrong.append(key)

    threads = [threading.Thread(target=work) for _ in range(4)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("setting", ["off", "/dev/null/x", "/proc/none", "\0"])
def test_without_a_folder_there_is_no_cache_and_no_complaint(setting: str, monkeypatch: pytest.MonkeyPatch):
    if "\0" in setting:
        monkeypatch.setattr(os, "environ", {"RULECORE_CACHE": setting})
    else:
        monkeypatch.setenv("RULECORE_CACHE", setting)
    cache.store(cache.key(SOURCE), TREE)
    assert cache.load(cache.key(SOURCE)) is None


@pytest.mark.usefixtures("folder")
def test_a_full_disk_is_no_complaint(monkeypatch: pytest.MonkeyPatch):
    def full(*_arguments, **_named):
        raise OSError(28, "no space left")

    monkeypatch.setattr("tempfile.mkstemp", full)
    cache.store(cache.key(SOURCE), TREE)
    assert cache.load(cache.key(SOURCE)) is None


def test_the_users_cache_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("RULECORE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache.store("name", TREE)
    assert (tmp_path / "rulecore" / "trees" / "name.tree").is_file()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    cache.store("name", TREE)
    assert (tmp_path / "home" / ".cache" / "rulecore" / "trees" / "name.tree").is_file()


def test_a_tree_as_deep_as_may_be_is_kept(folder: Path):
    text = "\n".join("  " * depth + "while x" for depth in range(60)) + "\n" + "  " * 60 + "add " + "-" * 90 + "1 to x"
    tree, findings = parse(SourceFile("t", text))
    assert findings == ()
    cache.store("deep", tree)
    assert cache.load("deep") == tree
    assert folder.is_dir()


def test_trees_without_number_are_not_kept(folder: Path):
    cache.store("last", TREE)
    for number in range(cache.MOST_KEPT + 3):
        (folder / f"{number}.tree").write_bytes(b"")
        os.utime(folder / f"{number}.tree", (number, number))
    cache.trim()
    names = {path.name for path in folder.iterdir()}
    assert len(names) == cache.MOST_KEPT
    assert "last.tree" in names
    assert not names & {"0.tree", "3.tree"}


# ---- the parser's tables


@pytest.fixture
def tables(folder: Path):
    grammar.parser.cache_clear()
    grammar.parser()
    yield only_file(folder.parent / "grammar")
    grammar.parser.cache_clear()


def reparse() -> None:
    grammar.parser.cache_clear()
    assert parse(SOURCE)[0] == TREE


def test_the_tables_are_read_again(tables: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(grammar, "build", None)
    reparse()
    assert tables.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff"])
def test_damaged_tables_are_built_again(tables: Path, content: bytes):
    tables.write_bytes(content)
    with pytest.warns(RuntimeWarning, match="made again"):
        reparse()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reparse()


def test_tables_that_are_sealed_but_wrong_are_built_again(tables: Path):
    key = tables.stem
    tables.write_bytes(grammar.seal(key, b"[]") + b"\n[]")
    with pytest.warns(RuntimeWarning, match="made again"):
        reparse()


def test_without_a_folder_the_tables_are_built(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RULECORE_CACHE", "off")
    reparse()
    grammar.parser.cache_clear()


def test_threads_share_the_parser():
    wrong = []

    def work() -> None:
        for _ in range(30):
            wrong.extend(["a tree"] * (parse(SOURCE)[0] != TREE))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_importing_the_parser_loads_no_library():
    code = "import sys, rulecore.dsl.format, rulecore.packs.cache; sys.exit('lark' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})


def test_bundled_folders_are_there():
    assert (bundled("grammars") / "brew.lark").is_file()
    assert bundled("packs").is_dir()
