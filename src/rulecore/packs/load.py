"""From the names of packs, or their folders, to one checked ruleset."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rulecore.dsl import ast
from rulecore.dsl.declare import PackText
from rulecore.dsl.lower import lower
from rulecore.dsl.parse import read_source
from rulecore.errors import refuse_errors
from rulecore.finding import Finding
from rulecore.model.example import Example
from rulecore.model.rules import Rules
from rulecore.packs import cache
from rulecore.packs.circles import without_circles
from rulecore.packs.manifest import manifest_faults
from rulecore.packs.order import ordered, unmet, uses_of, visible
from rulecore.packs.parsed import parsed
from rulecore.packs.registry import Location
from rulecore.packs.survey import Survey, survey
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


def load(*asked: str | Path, strict: bool = False, portable: bool = False) -> Loaded:
    """Load packs by id or folder, with all that they use; without arguments the standard ones.

    A `portable` ruleset does not say where the packs lie. Raises PackError for a pack that is not there, and with `strict` for
    any finding of severity error.
    """
    loaded = load_surveyed(replace(survey(*asked), portable=portable))
    refuse_errors(loaded.findings, strict=strict)
    return loaded


def load_surveyed(found: Survey) -> Loaded:
    """Load what was found to be asked for, as it was read then."""
    findings = list(found.findings)
    sources: dict[str, SourceFile] = {}
    packs = _read_all(found, sources, findings)
    cache.trim()
    manifests = {name: pack.manifest for name, pack in packs.items()}
    findings += unmet(manifests, found.known)
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
    infos = tuple(replace(info, path="" if found.portable else str(packs[info.name].location.folder)) for info in rules.packs)
    finished = replace(rules, packs=infos, findings=quoted, hash=_hash(packs, sources))
    return Loaded(finished, quoted, sources, lowered.examples)


def _read_all(found: Survey, sources: dict[str, SourceFile], findings: list[Finding]) -> dict[str, _Read]:
    packs: dict[str, _Read] = {}
    waiting = list(found.chosen)
    while waiting:
        location = waiting.pop(0)
        if location.name in packs:
            continue
        read = _read(location, found, sources, findings)
        if read is None:
            continue
        packs[read.manifest.name] = read
        findings += manifest_faults(read.manifest)
        waiting += [found.known[line.name] for line in uses_of(read.manifest) if line.name in found.known]
    return packs


def _read(location: Location, found: Survey, sources: dict[str, SourceFile], findings: list[Finding]) -> _Read | None:
    files: list[ast.File] = []
    for path, content in found.files(location).items():
        source = read_source(path, content)
        if isinstance(source, Finding):
            findings.append(source)
            continue
        source = replace(source, name=found.shown(location, path))
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
