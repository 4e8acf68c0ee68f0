"""What packs change of each other: `extend` and `override`, and entries that are `like` others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rulecore.dsl import ast
from rulecore.dsl.declare import TABLES, Declarations, Declared, Segment
from rulecore.dsl.report import Report

MOST_LIKE = 20


def patch(found: Declarations, report: Report) -> None:
    """Let packs extend and override what others declare, in the order of the packs; then entries take over what they are like."""
    for pack in found.packs.values():
        for file in pack.files:
            _patch(found, pack.name, file.statements, report)
    for entry in found.entries.values():
        _take_over(found, entry, report, ())


def _patch(found: Declarations, pack: str, lines: Sequence[ast.Statement], report: Report) -> None:
    for line in lines:
        if not isinstance(line, ast.Patch):
            continue
        target = _patched(found, pack, line, report)
        if target is None:
            continue
        body = tuple(part for part in line.body if not isinstance(part, ast.Because))
        reason = next((part for part in line.body if isinstance(part, ast.Because)), None)
        _conflict(found, pack, line, target, report)
        target.patches.append((pack, line.word, line.span))
        if line.word == "extend":
            target.segments.append(Segment(pack, body))
        elif reason is None:
            report.error(
                "override.because",
                line.span,
                f"an override of `{line.path}` needs its reason",
                hint='write `because "…"` as the first line of its body',
            )
        else:
            target.segments[:] = [Segment(pack, body)]


def _conflict(found: Declarations, pack: str, line: ast.Patch, target: Declared, report: Report) -> None:
    """Report an override beside what another pack changed, where neither pack knows of the other: no order would be right."""
    for other, word, span in target.patches:
        related = found.visible(pack, other) or found.visible(other, pack)
        if not related and "override" in {word, line.word}:
            report.error(
                "override.conflict",
                line.span,
                f"pack `{pack}` and pack `{other}` both change `{line.path}`, and one of them replaces it",
                hint=f"let one of them use the other: `uses {other} …`",
                related=[(f"`{word}` of pack `{other}`", span)],
            )


def _patched(found: Declarations, pack: str, line: ast.Patch, report: Report) -> Declared | None:
    names = line.path.names
    table = getattr(found, TABLES[names[0]]) if names[0] in TABLES else None
    known: list[str] = []
    target: Declared | None = None
    if len(names) == 2:
        target = table.get(names[1]) if table is not None else found.entries.get((names[0], names[1]))
        known = list(table) if table is not None else [name for kind, name in found.entries if kind == names[0]]
    if target is None:
        report.error(
            f"{line.word}.unknown",
            line.span,
            f"there is no `{line.path}` to {line.word}",
            found=names[-1],
            known=known,
            hint="write the kind and the name: `extend KIND.NAME`, or `extend entity.NAME`" if not known else None,
        )
        return None
    if not found.visible(pack, target.pack):
        report.error(
            f"{line.word}.unused",
            line.span,
            f"`{line.path}` belongs to pack `{target.pack}`, which `{pack}` does not use",
            hint=f'add `uses {target.pack} ">={found.packs[target.pack].version}"` to the pack line',
        )
        return None
    if line.pack is not None and line.pack != target.pack:
        report.error(
            f"{line.word}.from",
            line.span,
            f"`{line.path}` is from pack `{target.pack}`, not `{line.pack}`",
            found=line.pack,
            known=[target.pack],
            related=[("declared", target.span)],
        )
    return target


def _take_over(found: Declarations, entry: Declared, report: Report, below: tuple[str, ...]) -> None:
    """Put the lines of the entry that this one is `like` in front of its own."""
    node = entry.node
    if not isinstance(node, ast.OpenLine):
        return
    slot = next((slot for slot in node.slots if slot.preposition == "like"), None)
    if slot is None:
        return
    path = slot.operands[0].value
    if len(slot.operands) > 1 or not isinstance(path, ast.Path) or slot.operands[0].suffix is not None:
        report.error("like.one", slot.span, "an entry is like one other", hint=f"write `like some_{entry.word}`")
        return
    model = next((each for each in found.entries_named.get(path.names[-1], []) if each.word == entry.word), None)
    if model is entry or (model is not None and model.name in below):
        report.error("like.circle", path.span, f"{entry.word} `{entry.name}` is like itself, in a circle", found=str(path))
        return
    if model is None:
        known = [name for kind, name in found.entries if kind == entry.word]
        report.error("like.unknown", path.span, f"there is no {entry.word} `{path}` to be like", found=str(path), known=known)
        return
    entry.node = replace(node, slots=tuple(each for each in node.slots if each is not slot))
    if len(below) <= MOST_LIKE:
        _take_over(found, model, report, (*below, entry.name))
    if len(below) > MOST_LIKE or model.likeness >= MOST_LIKE:
        message = f"{entry.word} `{entry.name}` is like an entry that is like another, more than {MOST_LIKE} deep"
        report.error("like.depth", path.span, message, hint="be like the first of them")
        return
    entry.likeness = model.likeness + 1
    entry.segments[:0] = _without_words_of_its_own(model.segments, entry.segments)


def _without_words_of_its_own(taken: list[Segment], own: list[Segment]) -> list[Segment]:
    """Leave out where the model is cited and what its text says, if the entry has its own: of each, the first counts."""
    said = {type(line) for segment in own for line in segment.lines if isinstance(line, ast.Cite | ast.Prose)}
    return [replace(segment, lines=tuple(line for line in segment.lines if type(line) not in said)) for segment in taken]
