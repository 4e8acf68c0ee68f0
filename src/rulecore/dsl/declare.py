"""What the packs declare: every kind, record, entity, entry, phrase, table, ruling and event, before any name is resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rulecore.dsl import ast
from rulecore.dsl.report import Report
from rulecore.source import Span


@dataclass(frozen=True, slots=True)
class PackText:
    """The parsed files of one pack, its manifest, and the packs whose names it may use (itself among them)."""

    name: str
    version: str
    manifest: ast.Pack
    files: tuple[ast.File, ...]
    visible: frozenset[str]


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines that one pack wrote into a body."""

    pack: str
    lines: tuple[ast.Statement, ...]


@dataclass(slots=True)
class Declared:
    """One declared thing: its name and label, its place, its lines; `outer` is the declaration in whose text it is nested;
    `nested` tells whether it stands in any body.
    """

    word: str
    name: str
    label: str | None
    span: Span
    pack: str
    segments: list[Segment] = field(default_factory=list)
    parents: tuple[ast.Path, ...] = ()
    outer: Declared | None = None
    node: ast.Statement | None = None
    nested: bool = False

    @property
    def shape(self) -> str:
        """Give the name of the shape that the declaration makes."""
        return f"{self.word} {self.name}"


@dataclass(slots=True)
class Declarations:
    """All that is declared, by name; entries by (kind, name) in order of declaration."""

    packs: dict[str, PackText] = field(default_factory=dict)
    kinds: dict[str, Declared] = field(default_factory=dict)
    records: dict[str, Declared] = field(default_factory=dict)
    entities: dict[str, Declared] = field(default_factory=dict)
    entries: dict[tuple[str, str], Declared] = field(default_factory=dict)
    entries_named: dict[str, list[Declared]] = field(default_factory=dict)
    phrases: dict[str, Declared] = field(default_factory=dict)
    tables: dict[str, Declared] = field(default_factory=dict)
    rulings: dict[str, Declared] = field(default_factory=dict)
    events: dict[str, Declared] = field(default_factory=dict)
    layouts: dict[str, list[Segment]] = field(default_factory=dict)
    examples: list[tuple[str, ast.Example]] = field(default_factory=list)
    renamed: list[tuple[str, ast.Renamed]] = field(default_factory=list)

    def visible(self, pack: str, of: str) -> bool:
        """Tell whether `pack` may use the names of pack `of`."""
        return of in self.packs[pack].visible

    def heads(self) -> Iterator[str]:
        """Give the words that may begin a line because a pack declared them."""
        yield from self.kinds
        yield from self.records
        yield from self.phrases


MOST_LIKE = 20
_TABLES = {"kind": "kinds", "record": "records", "entity": "entities"}


def declare(packs: Sequence[PackText], report: Report) -> Declarations:
    """Collect the declarations of packs, given in the order in which they use each other."""
    found = Declarations(packs={pack.name: pack for pack in packs})
    for pack in packs:
        for file in pack.files:
            _declare_words(found, pack.name, file.statements, None, report)
    for pack in packs:
        for file in pack.files:
            _declare_content(found, pack.name, file.statements, None, report)
    for pack in packs:
        for file in pack.files:
            _patch(found, pack.name, file.statements, report)
    for entry in found.entries.values():
        _take_over(found, entry, report, ())
    return found


def _declare_words(
    found: Declarations,
    pack: str,
    lines: Sequence[ast.Statement],
    outer: Declared | None,
    report: Report,
    *,
    nested: bool = False,
) -> None:
    for line in lines:
        match line:
            case ast.TypeDeclaration():
                declared = Declared(
                    line.word,
                    line.name,
                    line.label,
                    line.span,
                    pack,
                    [Segment(pack, line.body)],
                    line.parents,
                    outer,
                    line,
                )
                _add(getattr(found, _TABLES[line.word]), line.name, declared, report)
                _declare_words(found, pack, line.body, declared, report)
            case ast.Phrase() | ast.Table() | ast.Ruling() | ast.Event():
                word = type(line).__name__.lower()
                label = getattr(line, "label", None)
                declared = Declared(
                    word, line.name, label, line.span, pack, outer=outer, node=line, nested=nested or outer is not None
                )
                _add(getattr(found, f"{word}s"), line.name, declared, report)
            case ast.Layout():
                found.layouts.setdefault(line.name, []).append(Segment(pack, line.body))
            case ast.Patch() if line.word == "extend" and line.path.names[0] in _TABLES:
                target = getattr(found, _TABLES[line.path.names[0]]).get(line.path.names[-1])
                _declare_words(found, pack, line.body, target, report)
            case ast.Each() | ast.While() | ast.At() | ast.OpenLine() | ast.Choose() | ast.Option():
                _declare_words(found, pack, line.body, outer, report, nested=True)
            case _:
                pass


def _declare_content(
    found: Declarations, pack: str, lines: Sequence[ast.Statement], outer: Declared | None, report: Report
) -> None:
    for line in lines:
        match line:
            case ast.OpenLine() if line.head in found.kinds:
                declared = _entry(pack, line, outer, report)
                if declared is not None:
                    _add_entry(found, declared, report)
                    _declare_content(found, pack, line.body, declared, report)
            case ast.Example():
                found.examples.append((pack, line))
            case ast.Renamed():
                found.renamed.append((pack, line))
            case (
                ast.TypeDeclaration()
                | ast.Patch()
                | ast.Each()
                | ast.While()
                | ast.At()
                | ast.OpenLine()
                | ast.Choose()
                | ast.Option()
            ):
                _declare_content(found, pack, line.body, outer, report)
            case _:
                pass


def entry_name(line: ast.OpenLine) -> str | None:
    """Give the name that an entry's or a part's line declares, or none where it has no such shape."""
    if len(line.operands) != 1 or not isinstance(line.operands[0].value, ast.Path) or line.operands[0].suffix:
        return None
    names = line.operands[0].value.names
    return names[0] if len(names) == 1 else None


def _entry(pack: str, line: ast.OpenLine, outer: Declared | None, report: Report) -> Declared | None:
    name = entry_name(line)
    if name is None:
        report.error(
            "entry.name",
            line.span,
            f"a `{line.head}` line declares an entry, so one name follows the word",
            hint=f'write `{line.head} some_name "Some Name"`; for a property put a colon behind it: `{line.head}: …`',
        )
        return None
    return Declared(line.head, name, line.label, line.span, pack, [Segment(pack, line.body)], outer=outer, node=line)


def _add(table: dict[str, Declared], name: str, declared: Declared, report: Report) -> None:
    first = table.setdefault(name, declared)
    if first is not declared:
        report.error(
            "declare.duplicate",
            declared.span,
            f"{declared.word} `{name}` is declared twice",
            hint="give one of them another name, or `extend` the first",
            related=[("first declared", first.span)],
        )


def _add_entry(found: Declarations, declared: Declared, report: Report) -> None:
    key = (declared.word, declared.name)
    first = found.entries.setdefault(key, declared)
    if first is declared:
        found.entries_named.setdefault(declared.name, []).append(declared)
        return
    hint = "give one of them another name, or say `override` with the reason"
    if declared.outer is not None:
        hint = f"for a property put a colon behind the word: `{declared.word}: {declared.name}`"
    report.error(
        "declare.duplicate",
        declared.span,
        f"{declared.word} `{declared.name}` is declared twice",
        hint=hint,
        related=[("first declared", first.span)],
    )


def _patch(found: Declarations, pack: str, lines: Sequence[ast.Statement], report: Report) -> None:
    for line in lines:
        if not isinstance(line, ast.Patch):
            continue
        target = _patched(found, pack, line, report)
        if target is None:
            continue
        body = tuple(part for part in line.body if not isinstance(part, ast.Because))
        reason = next((part for part in line.body if isinstance(part, ast.Because)), None)
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


def _patched(found: Declarations, pack: str, line: ast.Patch, report: Report) -> Declared | None:
    names = line.path.names
    table = getattr(found, _TABLES[names[0]]) if names[0] in _TABLES else None
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
            hint="write the kind and the name: `extend feat.alert`, or `extend entity.character`" if not known else None,
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
    if len(below) > MOST_LIKE:
        report.error(
            "like.depth", path.span, f"{entry.word} `{entry.name}` is like an entry that is like another, {MOST_LIKE} deep"
        )
        return
    _take_over(found, model, report, (*below, entry.name))
    entry.segments[:0] = model.segments
