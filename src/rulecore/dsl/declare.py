"""What the packs declare: every kind, record, entity, entry, phrase, table, ruling and event, before any name is resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
    """One declared thing: its name and label, its place, its lines.

    `outer` is the declaration in whose text it is nested; `nested` tells whether it stands in any body.
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
    patches: list[tuple[str, str, Span]] = field(default_factory=list)
    likeness: int = 0

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
    interviews: dict[str, list[Segment]] = field(default_factory=dict)
    vocabularies: dict[str, list[Segment]] = field(default_factory=dict)
    examples: list[tuple[str, ast.Example]] = field(default_factory=list)
    renamed: list[tuple[str, ast.Renamed]] = field(default_factory=list)

    def visible(self, pack: str, of: str) -> bool:
        """Tell whether `pack` may use the names of pack `of`."""
        return of in self.packs[pack].visible

    def heads(self) -> Iterator[str]:
        """Give the words that may start a line because a pack declared them."""
        yield from self.kinds
        yield from self.records
        yield from self.phrases


TABLES = {"kind": "kinds", "record": "records", "entity": "entities"}


def declare(packs: Sequence[PackText], report: Report) -> Declarations:
    """Collect the declarations of packs, given in the order in which they use each other."""
    found = Declarations(packs={pack.name: pack for pack in packs})
    for pack in packs:
        for file in pack.files:
            _declare_words(found, pack.name, file.statements, None, report)
    for pack in packs:
        for file in pack.files:
            _declare_content(found, pack.name, file.statements, None, report)
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
                _add(getattr(found, TABLES[line.word]), line.name, declared, report)
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
            case ast.Interview():
                found.interviews.setdefault(line.name, []).append(Segment(pack, line.body))
            case ast.Vocabulary():
                found.vocabularies.setdefault(line.name, []).append(Segment(pack, line.body))
            case ast.Patch() if line.word == "extend" and line.path.names[0] in TABLES:
                target = getattr(found, TABLES[line.path.names[0]]).get(line.path.names[-1])
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
