"""The wheel, installed in an empty environment outside the checkout with a home that cannot be written.

It runs the README's sheet and the README's embedding app, word for word.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EMBEDDING_APP = re.compile(r"<!-- embedding app -->\n+```python\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
SHEET_COMMAND = re.compile(r"^\./run (?P<arguments>sheet \S+)$", re.MULTILINE)
PINNED = re.compile(r"^[a-z0-9-]+==[^\\\n]+", re.MULTILINE)
PROGRAM = """
import sys
import rulecore as rc

before = set(sys.modules)
rules = rc.load_ruleset("standard.rulecore", strict=True)
with open("examples/monk_barbarian.json") as file:
    rules.character(file.read()).sheet()
strangers = {name.partition(".")[0] for name in set(sys.modules) - before} - sys.stdlib_module_names
print(*sorted(strangers))
"""
TIMEOUT = 600

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@dataclass(frozen=True, slots=True)
class Installation:
    """An environment that holds the wheel and nothing else, and the folder where its user works."""

    programs: Path
    folder: Path
    home: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.programs), "HOME": str(self.home), "USERPROFILE": str(self.home)}
        return subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution, and from it the wheel, as a release does."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Install the wheel with the versions of the lock, and lay the examples beside it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "environment", with_pip=False)
    programs = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
    versions = folder / "versions.txt"
    versions.write_text("\n".join(PINNED.findall((ROOT / "requirements.lock").read_text())))
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python")]
    run([*pip, "install", "--quiet", "--constraint", str(versions), str(wheel)], folder)
    shutil.copytree(ROOT / "examples", folder / "work" / "examples")
    (folder / "file").write_text("A folder cannot be made inside a file, not even by root.")
    return Installation(programs, folder / "work", folder / "file" / "home")


def run(command: list[str], folder: Path) -> None:
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_the_wheel_holds_code_packs_and_grammars_and_nothing_else(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"rulecore", f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"}
    for folder in ("packs", "grammars"):
        expected = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.suffix == ".brew"}
        assert expected <= {name.removeprefix("rulecore/_bundled/") for name in names}
    assert "rulecore/py.typed" in names
    assert "rulecore/_bundled/grammars/brew.lark" in names
    assert "rulecore/_bundled/packs/LICENSE.md" in names


def test_the_command_of_the_readme_prints_a_sheet(installation: Installation):
    [arguments] = SHEET_COMMAND.findall(README)
    finished = installation.run("rulecore", *arguments.split())
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.strip() != ""


def test_the_embedding_app_of_the_readme_runs(installation: Installation):
    [text] = EMBEDDING_APP.findall(README)
    (installation.folder / "app.py").write_text(text)
    finished = installation.run("python", "-W", "error", "app.py")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.strip() != ""


def test_a_ruleset_is_compiled_and_gives_a_sheet_with_nothing_else_loaded(installation: Installation):
    finished = installation.run("rulecore", "pack", "compile", "-o", "standard.rulecore")
    assert (finished.returncode, finished.stderr) == (0, "")
    (installation.folder / "program.py").write_text(PROGRAM)
    finished = installation.run("python", "-W", "error", "program.py")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout.split() == ["rulecore"]


def test_the_checkout_is_not_read(installation: Installation):
    finished = installation.run("python", "-c", "import rulecore; print(rulecore.__file__)")
    assert Path(finished.stdout.strip()).is_relative_to(installation.programs.parent)
