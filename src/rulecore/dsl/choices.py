"""Choice lines: how many of what, and what each option brings."""

from __future__ import annotations

from dataclasses import replace

from rulecore.dsl import ast
from rulecore.dsl.declare import Segment
from rulecore.dsl.draft import Around, Draft
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.lines import Lines
from rulecore.dsl.member import numbered
from rulecore.dsl.members import Members
from rulecore.dsl.scope import Scope
from rulecore.dsl.signatures import candidate
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model import shape as m
from rulecore.model.entry import Entry
from rulecore.names import label_of


class Choices(Lines):
    """Lowers choice lines."""

    def _choose(self, line: ast.Choose, scope: Scope, draft: Draft, around: Around) -> None:
        key = numbered(line.name, scope.number, "choice", several=scope.several)
        count = self.expressions.check(line.count, scope, t.IntType(0, None))
        self.strata.require(count, scope, "the number of picks", line.count.span)
        read_as = self.members.choice_type(line, scope.pack)
        self._check_count(line, count)
        if read_as == UNKNOWN:
            self._unknown_source(line, scope)
            return
        where, repeat = self._filters(line, scope, read_as)
        cited = next((inner.text for inner in line.body if isinstance(inner, ast.Cite)), around.citation)
        records = read_as.shape if isinstance(read_as, t.InstanceType | t.InstancesType) else None
        again = self._again(line)
        draft.choices[key] = m.Choice(
            key,
            line.label or label_of(line.name),
            count,
            read_as,
            _is_single(line),
            self._offered(line, scope, read_as),
            self._options(line, key, scope, cited),
            records,
            where,
            repeat,
            again,
            scope.counted,
            scope.number or 0,
            cited,
            line.span,
        )

    def _filters(self, line: ast.Choose, scope: Scope, read_as: t.Type) -> tuple[f.Formula | None, f.Formula | None]:
        """Give what a pick must fulfil, and what it must fulfil to be picked twice."""
        bound = scope.bind_type("it", candidate(read_as))
        if scope.key_kind is not None:
            bound = bound.bind("owner", f.EntryOf(t.RefType(scope.key_kind), f.This(t.InstanceType(scope.shape))))
        where = None if line.source.where is None else self.expressions.truth(line.source.where, bound)
        repeat: f.Formula | None = None
        if line.repeats:
            in_any_case = f.Constant(t.BoolType(), value=True)
            repeat = in_any_case if line.repeat_where is None else self.expressions.truth(line.repeat_where, bound)
        return where, repeat

    def _again(self, line: ast.Choose) -> str | None:
        """Give the event on which the choice may be made anew."""
        again = None if line.again is None else str(line.again)
        if again is not None and again not in self.program.declared.events:
            self.report.error(
                "name.unknown",
                line.span,
                f"there is no event `{again}`",
                found=again,
                known=self.program.declared.events,
            )
        return again

    def _check_count(self, line: ast.Choose, count: f.Formula) -> None:
        if not isinstance(count, f.Constant) or not isinstance(count.value, int):
            return
        if count.value == 0:
            self.report.error(
                "choice.none", line.count.span, "this choice asks for no picks", hint="leave it out, or ask for at least one"
            )
        listed = {"listed": len(line.source.paths), "options": sum(isinstance(each, ast.Option) for each in line.body)}
        offered = listed.get(line.source.form)
        if offered is not None and count.value > offered and not line.repeats:
            self.report.error(
                "choice.count",
                line.count.span,
                f"this asks for {count.value} of {offered}",
                expected=offered,
                found=str(count.value),
                hint="offer more, ask for fewer, or allow the same pick with `repeat`",
            )

    def _unknown_source(self, line: ast.Choose, scope: Scope) -> None:
        source, declared = line.source, self.program.declared
        if source.form == "any":
            name = str(source.paths[0])
            self.report.error(
                "choice.kind",
                source.span,
                f"there is no kind or record `{name}` to choose from",
                found=name,
                known=[*declared.kinds, *declared.records],
            )
            return
        unknown = [path for path in source.paths if self._listed(path, None) is None and not self._ambiguous(path, scope)]
        for path in unknown:
            self.report.error(
                "name.unknown",
                path.span,
                f"there is no entry `{path}` to choose",
                found=path.names[-1],
                known=declared.entries_named,
            )
        if not unknown:
            self.report.error(
                "choice.mixed",
                source.span,
                "the names to choose from are entries of different kinds, or of several",
                hint="write the kind in front of each: `kind.name`",
            )

    def _ambiguous(self, path: ast.Path, scope: Scope) -> bool:
        named = self.program.declared.entries_named.get(path.names[0], [])
        return any(self.program.declared.visible(scope.pack, entry.pack) for entry in named)

    def _listed(self, path: ast.Path, kind: str | None) -> object | None:
        if len(path.names) == 2:
            return self.program.declared.entries.get((path.names[0], path.names[1]))
        kinds = self.program.hierarchy.subkinds(kind) if kind is not None else []
        found = (self.program.declared.entries.get((each, path.names[0])) for each in kinds)
        return next((entry for entry in found if entry is not None), None)

    def _offered(self, line: ast.Choose, scope: Scope, read_as: t.Type) -> tuple[Entry, ...]:
        if not isinstance(read_as, t.RefType | t.SetType) or line.source.form == "options":
            return ()
        declared = self.program.declared
        if line.source.form == "listed":
            found = [self._listed(path, read_as.kind) for path in line.source.paths]
            return tuple(self.program.entry(entry) for entry in found if entry is not None)  # type: ignore[arg-type]
        del scope
        kinds = set(self.program.hierarchy.subkinds(read_as.kind))
        return tuple(self.program.entry(entry) for (kind, _name), entry in declared.entries.items() if kind in kinds)

    def _options(self, line: ast.Choose, key: str, scope: Scope, cited: str | None) -> tuple[m.Option, ...]:
        if line.source.form != "options":
            return ()
        found = []
        for option in line.body:
            if not isinstance(option, ast.Option):
                continue
            shape = Members.option_shape(scope.shape, key, option.name)
            inside = replace(
                scope,
                shape=shape,
                outers=(scope.shape, *scope.outers),
                key_kind=None,
                local={},
                number=None,
                counted=None,
                several=False,
            )
            own = next((inner.text for inner in option.body if isinstance(inner, ast.Cite)), cited)
            block = self.block(
                [Segment(scope.pack, (*option.body, *(() if own is None else (ast.Cite(option.span, own),))))], inside
            )
            label = option.label or label_of(option.name)
            built = m.Shape(shape, label, frozenset({shape}), block, scope.shape, span=option.span)
            prose = next((inner.text for inner in option.body if isinstance(inner, ast.Prose)), None)
            found.append(m.Option(option.name, label, built, prose, own, option.span))
        return tuple(found)


def _is_single(line: ast.Choose) -> bool:
    return isinstance(line.count, ast.Number) and line.count.value == 1
