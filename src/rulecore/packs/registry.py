"""Which packs there are: each with its id, its version and its folder, read off its `pack` line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from rulecore.bundled import bundled
from rulecore.dataclass import dataclass
from rulecore.finding import Finding
from rulecore.source import Span, read_content

_PACK_LINE = re.compile(r"^pack[ \t]+([a-z_][a-z0-9_]*)\b[ \t]*([^\s\"]*)", re.MULTILINE)
_STANDARD = re.compile(r"^[ \t]+standard:[ \t]*true[ \t]*$", re.MULTILINE)
SUFFIX = ".brew"


@dataclass(frozen=True, slots=True)
class Location:
    """A pack that was found: its id, version and folder.

    `standard` ones are loaded when nobody names any; `asked` ones were given as a folder.
    """

    name: str
    version: str
    folder: Path
    line: Span
    standard: bool = False
    asked: bool = False


def files_of(folder: Path) -> list[Path]:
    """Give the text files of a pack, in the order of their names."""
    return sorted(path for path in folder.rglob(f"*{SUFFIX}") if path.is_file())


def locate(folder: Path) -> list[Location]:
    """Give the packs of a folder: it is one, or each folder directly in it may be; a single file may be one as well."""
    own = _pack_line(folder)
    if own is not None:
        return [own]
    if not folder.is_dir():
        return []
    inner = (_pack_line(path) for path in sorted(folder.iterdir()) if path.is_dir())
    return [location for location in inner if location is not None]


def _pack_line(folder: Path) -> Location | None:
    paths = [folder] if folder.is_file() else [path for path in sorted(folder.glob(f"*{SUFFIX}")) if path.is_file()]
    for path in paths:
        try:
            text = read_content(path).decode("utf-8-sig", "replace")
        except OSError:
            # Whoever loads the pack is told.
            continue
        match = _PACK_LINE.search(text)
        if match is not None:
            line = text.count("\n", 0, match.start()) + 1
            return Location(match[1], match[2], folder, Span(str(path), line, 1, 4), bool(_STANDARD.search(text)))
    return None


def nearby() -> tuple[dict[str, Location], list[Finding]]:
    """Give every pack that is bundled or in `RULECORE_PACKS`; an id found twice is a finding."""
    return _known(_folders())


def available() -> tuple[dict[str, Location], list[Finding]]:
    """Give every pack that is nearby or comes with an installed plugin; an id found twice is a finding."""
    from rulecore.packs.hooks import plugins

    manager = plugins(_folders())
    return _known(folder for given in manager.hook.rulecore_packs() for folder in given)


def _folders() -> list[Path]:
    setting = os.environ.get("RULECORE_PACKS", "")
    return [bundled("packs"), *(Path(part).expanduser() for part in setting.split(os.pathsep) if part)]


def _known(folders: Iterable[Path]) -> tuple[dict[str, Location], list[Finding]]:
    found: dict[str, Location] = {}
    findings: list[Finding] = []
    for location in _located(folders):
        first = found.setdefault(location.name, location)
        if first.folder.resolve() != location.folder.resolve():
            findings.append(found_twice(first, location))
    return found, findings


def _located(folders: Iterable[Path]) -> list[Location]:
    every = [location for folder in folders for location in locate(folder)]
    return sorted(every, key=lambda location: (location.name, str(location.folder)))


def found_twice(first: Location, second: Location) -> Finding:
    """Report a second pack with the id of another."""
    return Finding(
        "pack.duplicate",
        f"pack `{first.name}` is found in two places",
        span=second.line,
        hint="remove one of them, or give one another id",
        related=(("first found", first.line),),
        found=str(second.folder),
        expected=str(first.folder),
    )
