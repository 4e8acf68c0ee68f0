"""Lines that bring entries in: grants into collections, and activations."""

from __future__ import annotations

from rulecore.dsl import ast
from rulecore.dsl.draft import Around, Draft
from rulecore.dsl.kinds import UNKNOWN
from rulecore.dsl.member import Member
from rulecore.dsl.parts import Parts
from rulecore.dsl.scope import Scope
from rulecore.formula import ast as f
from rulecore.formula import types as t
from rulecore.model import shape as m


class Grants(Parts):
    """Lowers grant and activate lines."""

    def _grant(self, line: ast.Grant, scope: Scope, draft: Draft, around: Around) -> None:
        if line.to is None:
            for path in line.paths:
                self._activate(ast.Activate(line.span, path, line.bindings, None), scope, draft)
            return
        found = self._holder(line.to, scope)
        if found is None:
            return
        holder, collection = found
        assert isinstance(collection.type, t.InstancesType)
        record = collection.type.shape
        references = [
            member
            for member in self.members.of(record).by_key.values()
            if member.form == "field" and isinstance(member.type, t.RefType)
        ]
        if not references:
            self.report.error(
                "grant.reference", line.span, f"`{collection.name}` holds {record}, which has no field for an entry"
            )
            return
        wanted = t.RefType(references[0].type.kind)  # type: ignore[union-attr]
        entries = tuple(self.expressions.check(path, scope, t.SetType(wanted.kind)) for path in line.paths)
        for entry, path in zip(entries, line.paths, strict=True):
            self.strata.require(entry, scope, "what is granted", path.span)
        bindings = self._with(line.bindings, record, scope)
        draft.put(
            "grants",
            m.Grant(entries, holder, collection.key, references[0].key, bindings, around.citation, line.span),
        )

    def _holder(self, path: ast.Path, scope: Scope) -> tuple[f.Formula, Member] | None:
        name = path.names[-1]
        places = self.expressions.holders(path, scope)
        for of in places:
            for member in self.expressions.members_of(of, name, scope):
                if member.form == "collection":
                    return of, member
        if places[0].type != UNKNOWN:
            self.report.error(
                "grant.collection",
                path.span,
                f"there is no collection `{path}` to grant into",
                found=name,
                known=self._collections(),
            )
        return None

    def _collections(self) -> set[str]:
        shapes = (f"record {name}" for name in self.program.declared.records)
        entities = (f"entity {name}" for name in self.program.declared.entities)
        return {
            member.name
            for shape in (*shapes, *entities)
            for member in self.members.of(shape).by_key.values()
            if member.form == "collection"
        }

    def _activate_when(self, line: ast.Activate, scope: Scope, draft: Draft) -> None:
        """Lower an activation: a structural `when` is a gate, a derived one joins the effects of what is activated."""
        gate = None if line.when is None else self.expressions.truth(line.when, scope)
        if gate is None or self.strata.derived_read(gate, scope) is not None:
            self._activate(line, scope, draft, gate)
        else:
            self.strata.require(gate, scope, "this `when`", line.span)
            self._activate(line, scope, draft.inner(gate), None)

    def _activate(self, line: ast.Activate, scope: Scope, draft: Draft, when: f.Formula | None = None) -> None:
        of = self.expressions.resolve(line.path, scope)
        if of.type == UNKNOWN:
            return
        if not isinstance(of.type, t.RefType | t.SetType):
            self.report.error("activate.type", line.span, f"`{line.path}` is {of.type}, and only entries can be activated")
            return
        self.strata.require(of, scope, "what is activated", line.path.span)
        holds = scope.shape.split(" ")[0] in {"entity", "record", "family"}
        draft.put("activations", m.Activation(of, self._presets(line, of, scope), holds, when, line.span))

    def _presets(self, line: ast.Activate, of: f.Formula, scope: Scope) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not line.bindings:
            return ()
        if not isinstance(of, f.Constant):
            self.report.error(
                "activate.with", line.span, "`with` decides choices of one named entry", hint="name the entry itself"
            )
            return ()
        found = []
        entry = self.program.declared_of(of.value)
        table = self.members.of(self.members.entry_shape(entry))
        for binding in line.bindings:
            member = table.find(binding.name)
            if member is None or member.form != "choice":
                known = [each.name for each in table.by_key.values() if each.form == "choice"]
                self.report.error(
                    "activate.choice",
                    binding.span,
                    f"`{line.path}` asks no choice `{binding.name}`",
                    found=binding.name,
                    known=known,
                )
                continue
            value = self.expressions.check(binding.value, scope, member.type)
            chosen = value.arguments if isinstance(value, f.Call) else (value,)
            names = [
                each.value if isinstance(each.value, str) else each.value.name
                for each in chosen
                if isinstance(each, f.Constant) and each.value is not None
            ]
            found.append((member.key, tuple(names)))
        return tuple(found)
