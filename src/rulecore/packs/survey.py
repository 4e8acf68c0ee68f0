"""What is there to load, before anything is parsed: which packs are meant, and what stands in each of their files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rulecore.dataclass import dataclass, replace
from rulecore.errors import PackError
from rulecore.finding import Finding
from rulecore.model.rules import Rules
from rulecore.names import nearest
from rulecore.packs.registry import Location, available, files_of, found_twice, locate, nearby
from rulecore.source import read_content

_USES = re.compile(rb"^[ \t]*uses[ \t]+([a-z_][a-z0-9_]*)[ \t]*\"", re.MULTILINE)
"""What may be a `uses` line: a pack too many costs little, and a ruleset with one that is overlooked is not kept."""

Files = Mapping[Path, bytes | None]
"""The files of a pack with what stands in them; none where that cannot be read."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The packs that are known and those asked for, what was found on the way, and the files of all that may be loaded.

    `missing` are packs that seem to be used and are not known. In a `portable` one files are named by their packs alone.
    """

    known: Mapping[str, Location]
    chosen: tuple[Location, ...]
    findings: tuple[Finding, ...]
    texts: Mapping[Path, Files]
    missing: frozenset[str] = frozenset()
    portable: bool = False

    def files(self, location: Location) -> Files:
        """Give the files of a pack, in the order of their names."""
        return self.texts[location.folder] if location.folder in self.texts else _files(location)

    def shown(self, location: Location, path: Path) -> str:
        """Name a file for people: as its pack's where the pack was asked for by name, as it lies on disk where a folder was."""
        given = any(each.asked and each.name == location.name for each in self.chosen)
        if (given or location.folder.is_file()) and not self.portable:
            return str(path)
        inside = path.name if location.folder.is_file() else path.relative_to(location.folder).as_posix()
        return f"{location.name}/{inside}"

    def is_whole(self) -> bool:
        """Tell whether every file could be read."""
        return all(content is not None for files in self.texts.values() for content in files.values())

    def holds(self, rules: Rules) -> bool:
        """Tell whether a ruleset consists of nothing that was not surveyed."""
        return all(Path(pack.path) in self.texts for pack in rules.packs)

    def parts(self) -> Iterator[bytes]:
        """Give all that a ruleset can follow from, piece by piece."""
        for location in (*self.chosen, *self.known.values()):
            yield repr((location.name, location.version, str(location.folder), location.asked)).encode("utf-8", "surrogatepass")
        for finding in self.findings:
            yield repr(finding).encode("utf-8", "surrogatepass")
        for files in self.texts.values():
            for path, content in files.items():
                yield str(path).encode("utf-8", "surrogatepass")
                yield content or b""


def survey(*asked: str | Path) -> Survey:
    """Find packs by id or folder, with all that they use; without arguments the standard ones.

    Plugins of other distributions are asked only for what is neither bundled nor in `RULECORE_PACKS`, since that takes long.
    Raises PackError for a pack that is not there.
    """
    known, findings = nearby()
    if all(name in known or isinstance(name, Path) or Path(name).exists() for name in asked):
        found = _survey(asked, known, findings)
        if not found.missing:
            return found
    return _survey(asked, *available())


def _survey(asked: Sequence[str | Path], known: dict[str, Location], findings: list[Finding]) -> Survey:
    chosen = _chosen(asked, known, findings)
    texts: dict[Path, Files] = {}
    missing: set[str] = set()
    waiting = list(chosen)
    while waiting:
        location = waiting.pop(0)
        if location.folder not in texts:
            texts[location.folder] = _files(location)
            used = _used(texts[location.folder].values())
            waiting += [known[name] for name in sorted(used) if name in known]
            missing |= used - known.keys()
    return Survey(known, tuple(chosen), tuple(findings), texts, frozenset(missing))


def _used(contents: Iterable[bytes | None]) -> set[str]:
    return {name.decode() for content in contents if content is not None for name in _USES.findall(content)}


def _files(location: Location) -> Files:
    paths = [location.folder] if location.folder.is_file() else files_of(location.folder)
    return {path: _content(path) for path in paths}


def _content(path: Path) -> bytes | None:
    try:
        return read_content(path)
    except (OSError, ValueError):
        return None


def _chosen(asked: Sequence[str | Path], known: dict[str, Location], findings: list[Finding]) -> list[Location]:
    if not asked:
        return [location for location in known.values() if location.standard]
    chosen: list[Location] = []
    for name in asked:
        folder = Path(name)
        if isinstance(name, str) and name in known:
            chosen.append(known[name])
        elif isinstance(name, Path) or folder.exists():
            found = [replace(location, asked=True) for location in locate(folder)]
            if not found:
                raise PackError("nothing to load", [_no_pack(folder)])
            for location in found:
                _take(location, chosen, known, findings)
        else:
            raise PackError("nothing to load", [_unknown(name, known)])
    return chosen


def _take(location: Location, chosen: list[Location], known: dict[str, Location], findings: list[Finding]) -> None:
    """Choose a pack that was given as a folder; it takes the place of an installed one, and no second folder takes its."""
    first = next((each for each in chosen if each.asked and each.name == location.name), None)
    if first is None:
        chosen.append(location)
        known[location.name] = location
    elif first.folder.resolve() != location.folder.resolve():
        findings.append(found_twice(first, location))


def _no_pack(folder: Path) -> Finding:
    return Finding(
        "pack.none",
        f"there is no pack in {folder}: no .brew file there has a `pack` line",
        found=str(folder),
        hint='the line is written `pack my_pack 1.0.0 "My pack"`',
    )


def _unknown(name: str, known: Mapping[str, Location]) -> Finding:
    shown = ", ".join(sorted(known)) or "none"
    return Finding(
        "pack.unknown",
        f"there is no pack `{name}` (installed: {shown})",
        found=name,
        nearest=nearest(name, known),
        expected=sorted(known),
    )
