"""From the names of packs, or their folders, to one checked ruleset."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rulecore.dsl import ast
from rulecore.dsl.declare import PackText
from rulecore.dsl.lower import lower
from rulecore.dsl.parse import read_source
from rulecore.errors import PackError
from rulecore.finding import Finding, Severity
from rulecore.model.example import Example
from rulecore.model.rules import Rules
from rulecore.names import nearest
from rulecore.packs.circles import without_circles
from rulecore.packs.manifest import manifest_faults
from rulecore.packs.order import ordered, unmet, uses_of, visible
from rulecore.packs.parsed import parsed
from rulecore.packs.registry import Location, available, files_of, found_twice, locate
from rulecore.source import SourceFile, excerpt


@dataclass(frozen=True, slots=True)
class Loaded:
    """A ruleset, all that was found on the way, the texts, and the examples that the packs give."""

    rules: Rules
    findings: tuple[Finding, ...]
    sources: Mapping[str, SourceFile]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """The files of one pack, parsed."""

    location: Location
    manifest: ast.Pack
    files: tuple[ast.File, ...]


def load(*asked: str | Path, strict: bool = False) -> Loaded:
    """Load packs by id or folder, with all that they use; without arguments the standard ones.

    Raises PackError for a pack that is not there, and with `strict` for any finding of severity error.
    """
    known, findings = available()
    chosen = _chosen(asked, known, findings)
    sources: dict[str, SourceFile] = {}
    packs = _read_all(chosen, known, sources, findings)
    manifests = {name: pack.manifest for name, pack in packs.items()}
    findings += unmet(manifests, known)
    names, circles = ordered(manifests)
    findings += circles
    texts = [
        PackText(name, manifests[name].version, manifests[name], packs[name].files, visible(name, manifests)) for name in names
    ]
    lowered = lower(texts, sources)
    endless = any(finding.code in {"record.circle", "record.extent"} for finding in lowered.findings)
    rules, cycles = (lowered.rules, []) if endless else without_circles(lowered.rules)
    findings += [*lowered.findings, *cycles]
    quoted = tuple(_quoted(finding, sources) for finding in findings)
    if strict and any(finding.severity is Severity.ERROR for finding in quoted):
        raise PackError("these packs have faults", [each for each in quoted if each.severity is Severity.ERROR])
    infos = tuple(replace(info, path=str(packs[info.name].location.folder)) for info in rules.packs)
    finished = replace(rules, packs=infos, findings=quoted, hash=_hash(packs, sources))
    return Loaded(finished, quoted, sources, lowered.examples)


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


def _read_all(
    chosen: Sequence[Location], known: Mapping[str, Location], sources: dict[str, SourceFile], findings: list[Finding]
) -> dict[str, _Read]:
    packs: dict[str, _Read] = {}
    named = frozenset(known) - frozenset(location.name for location in chosen if location.asked)
    waiting = list(chosen)
    while waiting:
        location = waiting.pop(0)
        if location.name in packs:
            continue
        read = _read(location, named, sources, findings)
        if read is None:
            continue
        packs[read.manifest.name] = read
        findings += manifest_faults(read.manifest)
        waiting += [known[line.name] for line in uses_of(read.manifest) if line.name in known]
    return packs


def _shown(location: Location, path: Path, *, by_name: bool) -> str:
    """Name a file for people: as its pack's where the pack was asked for by name, as it lies on disk where a folder was given."""
    if not by_name or location.folder.is_file():
        return str(path)
    return f"{location.name}/{path.relative_to(location.folder).as_posix()}"


def _read(location: Location, named: frozenset[str], sources: dict[str, SourceFile], findings: list[Finding]) -> _Read | None:
    files: list[ast.File] = []
    paths = [location.folder] if location.folder.is_file() else files_of(location.folder)
    for path in paths:
        source = read_source(path)
        if isinstance(source, Finding):
            findings.append(source)
            continue
        source = replace(source, name=_shown(location, path, by_name=location.name in named))
        sources[source.name] = source
        file, faults = parsed(source)
        files.append(file)
        findings += faults
    manifests = [line for file in files for line in file.statements if isinstance(line, ast.Pack)]
    for extra in manifests[1:]:
        findings.append(
            Finding(
                "pack.second",
                f"pack `{location.name}` has a second `pack` line",
                span=extra.span,
                related=(("the first", manifests[0].span),),
            )
        )
    return _Read(location, manifests[0], tuple(files)) if manifests else None


def _quoted(finding: Finding, sources: Mapping[str, SourceFile]) -> Finding:
    """Give a finding with the excerpt of its line."""
    if finding.span is None or finding.excerpt is not None or finding.span.file not in sources:
        return finding
    return replace(finding, excerpt=excerpt(sources[finding.span.file], finding.span))


def _hash(packs: Mapping[str, _Read], sources: Mapping[str, SourceFile]) -> str:
    """Name a ruleset by the names and texts of its packs, wherever they lie."""
    digest = hashlib.sha256()
    for name in sorted(packs):
        texts = sorted(sources[file.name].text for file in packs[name].files)
        for text in (name, *texts):
            digest.update(len(text).to_bytes(8, "big"))
            digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
