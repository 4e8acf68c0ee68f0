"""Inheritance among kinds, records and entities, and the types that a declaration writes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rulecore.dsl import ast
from rulecore.dsl.declare import Declarations, Declared
from rulecore.dsl.report import Report
from rulecore.formula import types as t
from rulecore.source import Span

UNKNOWN = t.UnknownType()

EVENT = "event"
MOST_ANCESTORS = 60


class Hierarchy:
    """Who inherits from whom, read off the declarations once."""

    def __init__(self, declared: Declarations, report: Report) -> None:
        """Check the parents of every declaration and keep their closure."""
        self.declared = declared
        self.report = report
        self.ancestors: dict[str, tuple[str, ...]] = {}
        for table in (declared.kinds, declared.records, declared.entities):
            for thing in table.values():
                self._inherit(thing, table)

    def _inherit(self, thing: Declared, table: dict[str, Declared]) -> None:
        """Find the descent of a declaration and of all it inherits from, without recursion: chains may be long."""
        waiting = [thing]
        begun: set[str] = set()
        while waiting:
            each = waiting[-1]
            if each.shape in self.ancestors:
                waiting.pop()
                continue
            parents = self._parents(each, table, begun)
            begun.add(each.shape)
            missing = [parent for parent in parents if parent.shape not in self.ancestors and parent.shape not in begun]
            if missing:
                waiting += missing
                continue
            descent = dict.fromkeys([each.shape, *(name for parent in parents for name in self.ancestors.get(parent.shape, ()))])
            if len(descent) > MOST_ANCESTORS:
                self.report.error(
                    "declare.depth",
                    each.span,
                    f"{each.word} `{each.name}` inherits from more than {MOST_ANCESTORS} others",
                    hint="inherit from fewer",
                )
                descent = {each.shape: None}
            self.ancestors[each.shape] = tuple(descent)
            waiting.pop()

    def _parents(self, thing: Declared, table: dict[str, Declared], begun: set[str]) -> list[Declared]:
        found = []
        for path in thing.parents:
            parent = table.get(str(path))
            if parent is None:
                self.report.error(
                    "declare.parent",
                    path.span,
                    f"there is no {thing.word} `{path}` to inherit from",
                    found=str(path),
                    known=table,
                    related=self._of_that_name(str(path)),
                )
            elif parent is thing or (parent.shape in begun and parent.shape not in self.ancestors):
                self.report.error("declare.circle", path.span, f"{thing.word} `{thing.name}` inherits from itself")
            else:
                found.append(parent)
        return found

    def _of_that_name(self, name: str) -> list[tuple[str, Span]]:
        tables = (self.declared.kinds, self.declared.records, self.declared.entities)
        same = [table[name] for table in tables if name in table]
        return [(f"{each.word} `{name}`", each.span) for each in same]

    def is_a(self, shape: str, ancestor: str) -> bool:
        """Tell whether one shape is another or inherits from it."""
        return ancestor in self.ancestors.get(shape, (shape,))

    def kind_is(self, kind: str, ancestor: str) -> bool:
        """Tell whether one kind is another or inherits from it."""
        return self.is_a(f"kind {kind}", f"kind {ancestor}")

    def descendants(self, shape: str) -> list[str]:
        """Give a shape and all that inherit from it."""
        return [name for name, line in self.ancestors.items() if shape in line] or [shape]

    def subkinds(self, kind: str) -> list[str]:
        """Give a kind and all that inherit from it."""
        return [name.removeprefix("kind ") for name in self.descendants(f"kind {kind}")]

    def join(self, shapes: Iterable[str]) -> str | None:
        """Give the nearest shape that all the given ones are, or none."""
        lines = [self.ancestors.get(shape, (shape,)) for shape in shapes]
        return next((name for name in lines[0] if all(name in line for line in lines)), None) if lines else None

    @cached_property
    def units(self) -> frozenset[str]:
        """Give the names of units: entries of the kind `unit`."""
        return frozenset(name for kind, name in self.declared.entries if kind == "unit")

    # ---- types

    def type_of(self, written: ast.Type, pack: str) -> t.Type:
        """Turn a written type into a type; what it names and nobody declares is reported."""
        match written.word:
            case "int" | "number":
                return self._numeric(written)
            case "bool":
                return t.BoolType()
            case "text":
                return t.TextType()
            case "dice":
                return t.DiceType()
            case "one_of":
                if len(set(written.words)) < len(written.words):
                    self.report.error("type.words", written.span, "a word stands twice in this list")
                return t.EnumType(written.words)
            case "map":
                assert written.name is not None
                assert written.value is not None
                value = self.type_of(written.value, pack)
                return t.MapType(str(written.name), value) if self._kind(written.name) else UNKNOWN
        return self._named(written)

    def _numeric(self, written: ast.Type) -> t.Type:
        low, high = (self._constant(limit) for limit in (written.low, written.high))
        if low is not None and high is not None and low > high:
            self.report.error("type.range", written.span, f"the range {low}..{high} is empty", hint=f"write {high}..{low}")
        if written.unit is not None and written.unit not in self.units:
            self.report.error(
                "type.unit",
                written.span,
                f"there is no unit `{written.unit}`",
                found=written.unit,
                known=self.units,
                hint=None if self.units else f"declare it: `unit {written.unit}` under `kind unit`",
            )
        make = t.IntType if written.word == "int" else t.NumberType
        return make(low, high, written.unit)

    @staticmethod
    def _constant(limit: ast.Limit | None) -> int | None:
        return None if limit is None or isinstance(limit.value, ast.Path) else limit.value  # type: ignore[return-value]

    def _named(self, written: ast.Type) -> t.Type:
        assert written.name is not None
        name, word = str(written.name), written.word
        if word in {"ref", "record"} and name == EVENT:
            return t.RefType(EVENT)
        if name in self.declared.kinds and word in {"ref", "set", "list", "sequence"}:
            return t.RefType(name) if word == "ref" else t.SetType(name)
        if written.maximum == 0:
            self.report.error(
                "type.maximum", written.span, "a list of at most 0 elements holds nothing", hint="give a maximum of at least 1"
            )
        shape = self.shape_named(name)
        if shape is not None and word in {"ref", "record", "list", "sequence"}:
            return t.InstanceType(shape) if word in {"ref", "record"} else t.InstancesType(shape)
        known = [*self.declared.kinds, *self.declared.records]
        self.report.error("type.unknown", written.name.span, self._no_type(name, word), found=name, known=known)
        return UNKNOWN

    def _no_type(self, name: str, word: str) -> str:
        if word == "set":
            return f"there is no kind `{name}` to take a set of"
        return f"there is no type, kind or record `{name}`"

    def shape_named(self, name: str) -> str | None:
        """Give the shape of the record or entity with this name."""
        if name in self.declared.records:
            return f"record {name}"
        return f"entity {name}" if name in self.declared.entities else None

    def _kind(self, path: ast.Path) -> bool:
        if str(path) in self.declared.kinds:
            return True
        self.report.error("type.unknown", path.span, f"there is no kind `{path}`", found=str(path), known=self.declared.kinds)
        return False

    def joined(self, left: t.Type, right: t.Type) -> t.Type | None:
        """Give the type that holds the values of both, or none."""
        if UNKNOWN in (left, right):
            return right if left == UNKNOWN else left
        if t.NoneType() in (left, right):
            return _with_none(right if left == t.NoneType() else left)
        if isinstance(left, t.IntType | t.NumberType) and isinstance(right, t.IntType | t.NumberType):
            return _hull(left, right)
        if isinstance(left, t.IntType | t.DiceType) and isinstance(right, t.IntType | t.DiceType):
            return t.DiceType()
        if isinstance(left, t.RefType | t.SetType) and isinstance(right, t.RefType | t.SetType):
            kind = self.join([f"kind {left.kind}", f"kind {right.kind}"])
            both_refs = isinstance(left, t.RefType) and isinstance(right, t.RefType)
            return None if kind is None else (t.RefType if both_refs else t.SetType)(kind.removeprefix("kind "))
        if isinstance(left, t.InstanceType) and isinstance(right, t.InstanceType):
            shape = self.join([left.shape, right.shape])
            return None if shape is None else t.InstanceType(shape)
        if isinstance(left, t.EnumType) and isinstance(right, t.EnumType):
            return left if set(right.words) <= set(left.words) else (right if set(left.words) <= set(right.words) else None)
        if isinstance(left, t.ListType) and isinstance(right, t.ListType):
            of = self.joined(left.of, right.of)
            return None if of is None else t.ListType(of)
        return left if type(left) is type(right) else None


def _with_none(of: t.Type) -> t.Type | None:
    holds = isinstance(of, t.RefType | t.SetType | t.InstanceType | t.NoneType) or (
        isinstance(of, t.EnumType) and "none" in of.words
    )
    return of if holds else None


def _hull(left: t.IntType | t.NumberType, right: t.IntType | t.NumberType) -> t.Type:
    low = None if left.low is None or right.low is None else min(left.low, right.low)
    high = None if left.high is None or right.high is None else max(left.high, right.high)
    whole = isinstance(left, t.IntType) and isinstance(right, t.IntType)
    unit = left.unit if left.unit == right.unit else None
    return t.IntType(low, high, unit) if whole else t.NumberType(low, high, unit)


def place(span: Span) -> str:
    """Say where a span is, in words."""
    return f"line {span.line} of {span.file}"
