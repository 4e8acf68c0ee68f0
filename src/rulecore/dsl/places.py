"""Which lines may stand where; a line in another place would mean nothing, so it is reported."""

from __future__ import annotations

from collections.abc import Sequence

from rulecore.dsl import ast
from rulecore.dsl.declare import Declarations
from rulecore.dsl.report import Report

_NOTES = {ast.Cite, ast.Prose}
_EFFECTS = {ast.Base, ast.Add, ast.Set, ast.Multiply}
_CONDITIONS = {ast.While, ast.At}
_CONTENT = (
    {ast.Field, ast.Requires, ast.Activate, ast.Grant, ast.Choose, ast.On, ast.Event, ast.OpenLine}
    | _EFFECTS
    | _CONDITIONS
    | _NOTES
)
_PLAY = {ast.Let, ast.Change, ast.Insert, ast.Remove, ast.Raise, ast.Requires, ast.OpenLine, ast.On}
_WORDS = {ast.TypeDeclaration, ast.Table, ast.Ruling, ast.Phrase}

_LINES: dict[str, set[type]] = {
    "a file": _WORDS
    | {
        ast.Pack,
        ast.Renamed,
        ast.Patch,
        ast.Translate,
        ast.Event,
        ast.Layout,
        ast.Interview,
        ast.Vocabulary,
        ast.OpenLine,
        ast.Example,
        ast.Invariant,
    },
    "a pack line": {ast.Uses, ast.Meta, ast.Prose},
    "an entity": _CONTENT | _WORDS | {ast.Each, ast.Relation, ast.Invariant, ast.Example},
    "a record": _CONTENT | _WORDS | {ast.Property},
    "a kind": _CONTENT | _WORDS | {ast.Property},
    "an entry": _CONTENT | {ast.Meta, ast.Example, ast.Invariant},
    "a family": _CONTENT,
    "an option": _CONTENT,
    "a choice": {ast.Option} | _NOTES,
    "a field": {ast.Meta, ast.Requires, ast.On, ast.OpenLine} | _EFFECTS | _NOTES,
    "a part": {ast.Meta, ast.Event} | _PLAY | _EFFECTS | _NOTES,
    "an event": _PLAY | _NOTES,
    "a phrase": _PLAY | _EFFECTS | _NOTES | {ast.Grant, ast.Activate},
    "a ruling": set(_NOTES),
    "a layout": {ast.Panel},
    "a panel": {ast.Show, ast.Rows},
    "an interview": {ast.Ask},
    "a question": {ast.Way, ast.Show} | _NOTES,
    "a way": {ast.Show, ast.Requires} | _NOTES,
    "a vocabulary": {ast.Alias},
    "an example": {ast.Given, ast.Do, ast.Expect} | _NOTES,
    "a given line": {ast.Meta},
    "a translation": {ast.Label},
}
ALLOWED: dict[str, frozenset[type]] = {name: frozenset(lines) for name, lines in _LINES.items()}
_INSIDE: dict[type, str] = {
    ast.Pack: "a pack line",
    ast.Each: "a family",
    ast.Option: "an option",
    ast.Choose: "a choice",
    ast.Field: "a field",
    ast.Event: "an event",
    ast.On: "an event",
    ast.Phrase: "a phrase",
    ast.Ruling: "a ruling",
    ast.Layout: "a layout",
    ast.Panel: "a panel",
    ast.Interview: "an interview",
    ast.Ask: "a question",
    ast.Way: "a way",
    ast.Vocabulary: "a vocabulary",
    ast.Example: "an example",
    ast.Given: "a given line",
    ast.Translate: "a translation",
}
_DECLARED_IN = {"a file": ("entity", "record", "kind"), "an entity": ("record", "kind"), "a record": ("record",)}
_NAMES: dict[type, str] = {ast.OpenLine: "line", ast.Meta: "value", ast.TypeDeclaration: "declaration", ast.Prose: "text"}


class Places:
    """Walks files and reports lines that stand where they mean nothing."""

    def __init__(self, declared: Declarations, report: Report) -> None:
        """Tell entries, parts and phrases apart by what is declared."""
        self.declared, self.report = declared, report

    def check(self, lines: Sequence[ast.Statement], place: str = "a file") -> None:
        """Check some lines, and what stands below them."""
        self._cited_twice(lines)
        for line in lines:
            if isinstance(line, ast.Do) or (isinstance(line, ast.Expect) and line.form == "error"):
                self._unplayed(line)
            elif isinstance(line, ast.OpenLine):
                self._open(line, place)
            elif not _fits(line, place):
                self._misplaced(line, place)
            else:
                self.check(getattr(line, "body", ()), self._inside(line, place))

    def _cited_twice(self, lines: Sequence[ast.Statement]) -> None:
        cites = [line for line in lines if isinstance(line, ast.Cite)]
        for line in cites[1:]:
            self.report.error(
                "cite.twice",
                line.span,
                "a second place where the rule stands; the first counts for all lines here",
                hint="name both places in one text",
                related=[("the first", cites[0].span)],
            )

    def _unplayed(self, line: ast.Do | ast.Expect) -> None:
        self.report.error(
            "example.unplayed",
            line.span,
            "events are not played by this version, so an example cannot make one happen",
            hint="write into `given` what the event would change",
        )

    def _open(self, line: ast.OpenLine, place: str) -> None:
        known = self.declared
        is_kind = line.head in known.kinds
        if ast.OpenLine not in ALLOWED[place] or (place == "a file" and not is_kind and self._is_known(line.head)):
            self._misplaced(line, place)
        elif place == "a file" and not is_kind:
            self.report.error(
                "line.unknown",
                line.span,
                f"a line cannot start with `{line.head}`: no kind has this name",
                found=line.head,
                known=[
                    *known.kinds,
                    "entity",
                    "record",
                    "kind",
                    "table",
                    "ruling",
                    "event",
                    "phrase",
                    "layout",
                    "interview",
                    "vocabulary",
                    "extend",
                    "override",
                ],
            )
        elif is_kind and place in {"a part", "an event", "a phrase", "a field"}:
            self._misplaced(line, place)
        else:
            self.check(line.body, "an entry" if is_kind else "a part")

    def _is_known(self, head: str) -> bool:
        return head in self.declared.records or head in self.declared.phrases

    def _inside(self, line: ast.Statement, place: str) -> str:
        match line:
            case ast.TypeDeclaration():
                return {"entity": "an entity", "record": "a record", "kind": "a kind"}[line.word]
            case ast.Patch():
                return self._patched(line)
            case ast.While() | ast.At():
                return place
            case _:
                return _INSIDE.get(type(line), place)

    @staticmethod
    def _patched(line: ast.Patch) -> str:
        return {"entity": "an entity", "record": "a record", "kind": "a kind"}.get(line.path.names[0], "an entry")

    def _misplaced(self, line: ast.Statement, place: str) -> None:
        if isinstance(line, ast.Because):
            return
        if isinstance(line, ast.OpenLine):
            word, known = line.head, self._is_known(line.head)
            if not known and line.head not in self.declared.kinds:
                self.report.error(
                    "line.unknown",
                    line.span,
                    f"a line cannot start with `{word}`: no kind, record or phrase has this name",
                    found=word,
                    known=self.declared.heads(),
                )
                return
        else:
            word = line.word if isinstance(line, ast.TypeDeclaration) else _NAMES.get(type(line), type(line).__name__.lower())
        allowed = sorted({_NAMES.get(each, each.__name__.lower()) for each in ALLOWED[place]})
        self.report.error(
            "line.place",
            line.span,
            f"a `{word}` line means nothing in {place}",
            expected=allowed,
            hint=f"in {place} there may stand: {', '.join(allowed)}",
        )


def _fits(line: ast.Statement, place: str) -> bool:
    if isinstance(line, ast.TypeDeclaration):
        return line.word in _DECLARED_IN.get(place, ())
    return type(line) in ALLOWED[place] or (place == "a field" and isinstance(line, ast.While | ast.At))
