"""Functions, tables, steps, and everything that runs over a collection."""

from __future__ import annotations

from itertools import pairwise

from rulecore.dsl import arithmetic, ast, signatures
from rulecore.dsl.fitting import Fitting, plain
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.paths import FAULT
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t


class Gathering(Fitting):
    """Types calls and collections."""

    def _call(self, e: ast.Call, scope: Scope, want: t.Type | None) -> f.Formula:
        name = str(e.function)
        if name in self.declared.tables:
            return self._lookup(name, e, scope)
        if name == "roll" and not scope.play:
            return self.fault(
                "function.play", e, "`roll` is for events: a sheet keeps dice as they are", hint="leave the dice as they are"
            )
        if name not in signatures.ARITY:
            known = [*signatures.ARITY, "step", *self.declared.tables]
            self.report.error(
                "function.unknown", e.function.span, f"there is no function or table `{name}`", found=name, known=known
            )
            return FAULT
        least, most = signatures.ARITY[name]
        if not least <= len(e.arguments) <= most:
            wanted = str(least) if least == most else f"{least} or more"
            return self.fault(
                "function.arguments",
                e,
                f"`{name}` takes {wanted} values, and here are {len(e.arguments)}",
                expected=least,
            )
        inner = want if name in {"highest", "lowest", "set"} and want is not None else None
        arguments = tuple(self._argument(name, argument, scope, inner) for argument in e.arguments)
        result = signatures.result_of(name, [argument.type for argument in arguments], self.hierarchy)
        if result is None:
            given = ", ".join(str(argument.type) for argument in arguments)
            return self.fault("function.types", e, f"`{name}` cannot take ({given})")
        return f.Call(result, name, arguments)

    def _argument(self, name: str, e: ast.Expression, scope: Scope, want: t.Type | None) -> f.Formula:
        if name in {"highest", "lowest"} and isinstance(want, t.EnumType):
            return self.infer(e, scope, want)
        return self.infer(e, scope, None)

    def _lookup(self, name: str, e: ast.Call, scope: Scope) -> f.Formula:
        if len(e.arguments) != 1:
            return self.fault(
                "function.arguments",
                e,
                f"table `{name}` is read with one number, and here are {len(e.arguments)}",
                expected=1,
            )
        argument = self.check(e.arguments[0], scope, t.NumberType())
        return f.Lookup(arithmetic.with_zero(self.table_type(name)), name, argument)

    def table_type(self, name: str) -> t.Type:
        """Give the type of a table's rows."""
        node = self.declared.tables[name].node
        assert isinstance(node, ast.Table)
        scope = Scope("", self.declared.tables[name].pack, ())
        shared: t.Type | None = UNKNOWN
        for pair in node.pairs:
            of = self.infer(pair.value, scope, None).type
            shared = None if shared is None else self.hierarchy.joined(shared, of)
        return UNKNOWN if shared is None else shared

    def _comprehension(self, e: ast.Comprehension, scope: Scope, want: t.Type | None) -> f.Formula:
        name = str(e.function)
        if name not in signatures.AGGREGATES:
            self.report.error(
                "function.unknown",
                e.function.span,
                f"`{name}` does not gather values",
                found=name,
                known=signatures.AGGREGATES,
            )
            return FAULT
        collection = self.infer(e.collection, scope, None)
        inner = signatures.element_of(collection.type)
        if collection.type == UNKNOWN:
            return FAULT
        if inner is None:
            return self.fault("type.collection", e.collection, f"`for … in` needs a collection, and this is {collection.type}")
        bound = scope.bind_type(e.variable, inner)
        where = None if e.where is None else self.truth(e.where, bound)
        body = self.infer(e.body, bound, want if name in {"highest", "lowest"} else None)
        if name == "first":
            return f.Comprehension(arithmetic.with_zero(body.type), name, body, e.variable, collection, where)
        result = signatures.result_of(name, [signatures.collection_of(body.type)], self.hierarchy)
        if result is None:
            return self.fault("function.types", e, f"`{name}` cannot gather {body.type}")
        return f.Comprehension(result, name, body, e.variable, collection, where)

    def _every(self, e: ast.Every, scope: Scope, _want: t.Type | None) -> f.Formula:
        formula = self.everything(e.path, scope)
        for index, name in enumerate(e.path.names[self._every_head(e.path) :], start=1):
            if formula.type == UNKNOWN:
                return FAULT
            formula = self.step(formula, name, e.path, scope, index)
        return formula

    def _every_head(self, path: ast.Path) -> int:
        return 2 if len(path.names) > 1 and (path.names[0], path.names[1]) in self.declared.entries else 1

    def everything(self, path: ast.Path, scope: Scope) -> f.Formula:
        """Give all instances that the head of a path names: of a record, a family, a kind or an entry."""
        head = path.names[0]
        if self._every_head(path) > 1:
            return f.Everything(t.InstancesType(f"entry {head}.{path.names[1]}"), "entry", f"{head}.{path.names[1]}")
        if head in self.declared.records:
            return f.Everything(t.InstancesType(f"record {head}"), "record", f"record {head}")
        if head in self.declared.kinds:
            if any(self.program.members.family_segments(entity, head) for entity in scope.entities):
                return f.Everything(t.SetType(head), "family", head)
            return f.Everything(t.InstancesType(f"kind {head}"), "kind", head)
        entries = [e for e in self.declared.entries_named.get(head, []) if self.declared.visible(scope.pack, e.pack)]
        if len(entries) == 1:
            name = f"{entries[0].word}.{head}"
            return f.Everything(t.InstancesType(f"entry {name}"), "entry", name)
        known = [*self.declared.records, *self.declared.kinds]
        self.report.error(
            "name.every",
            path.span,
            f"`every {head}`: there is no record, kind or entry `{head}`",
            found=head,
            known=known,
        )
        return FAULT

    def _steps(self, e: ast.Steps, scope: Scope, want: t.Type | None) -> f.Formula:
        name = str(e.function)
        if name != "step":
            self.report.error("function.unknown", e.function.span, f"`{name}` does not take steps", found=name, known=["step"])
            return FAULT
        subject = self.infer(e.subject, scope, None)
        if subject.type == UNKNOWN:
            return FAULT
        shared: t.Type | None = UNKNOWN
        pairs = []
        for pair in e.pairs:
            key = self.check(pair.key, scope, plain(subject.type))
            value = self.infer(pair.value, scope, want)
            shared = None if shared is None else self.hierarchy.joined(shared, value.type)
            pairs.append((key, value))
        if shared is None:
            return self.fault("type.branches", e, "the steps give values of different types")
        self._check_order(e, subject, pairs)
        return f.Steps(shared if self._covers(subject.type, pairs) else arithmetic.with_zero(shared), subject, tuple(pairs))

    def _check_order(self, e: ast.Steps, subject: f.Formula, pairs: list[tuple[f.Formula, f.Formula]]) -> None:
        keys = [key.value for key, _value in pairs if isinstance(key, f.Constant)]
        if isinstance(subject.type, t.EnumType):
            keys = [subject.type.words.index(key) for key in keys if key in subject.type.words]
        if arithmetic.is_numeric(subject.type) or isinstance(subject.type, t.EnumType):
            numbers = [key for key in keys if key is not None]
            if any(after <= before for before, after in pairwise(numbers)):
                self.fault("step.order", e, "the keys of steps rise, each once", hint="put them in order")

    @staticmethod
    def _covers(of: t.Type, pairs: list[tuple[f.Formula, f.Formula]]) -> bool:
        """Tell whether the first step is not above the least value of the subject."""
        first = pairs[0][0].value if pairs and isinstance(pairs[0][0], f.Constant) else None
        if isinstance(of, t.EnumType):
            return first == of.words[0]
        low = arithmetic.bounds(of)[0]
        return low is not None and first is not None and not isinstance(first, str) and first <= low
