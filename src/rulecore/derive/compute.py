"""Values: each field of each instance is computed when it is first asked for, and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rulecore.derive.acting import acts
from rulecore.derive.collect import Contribution, Contributions
from rulecore.derive.combine import Combined, Offer, combine
from rulecore.derive.constant import constant
from rulecore.derive.contents import NOTHING, Contents
from rulecore.derive.gained import gained
from rulecore.derive.instance import Instance
from rulecore.derive.offering import offer_of
from rulecore.derive.stored import Fault, read_stored, stands_alone
from rulecore.derive.structure import Structure
from rulecore.errors import CircularReading
from rulecore.formula.ast import Constant, Formula, Gained
from rulecore.formula.defaults import default_of
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import InstanceValue, entry_of, fit, is_one_of, unrolled
from rulecore.model.entry import Entry
from rulecore.model.shape import Field, Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.basis import Basis

Key = tuple[Instance, str]
DEEPEST = 12


class _Deeper(Exception):
    # No fault: it unwinds a deep reading, so that Python's stack need not hold it.
    def __init__(self, key: Key) -> None:
        self.key = key


class Computation:
    """The world that formulas read: a structure, what content contributes to its fields, and all values known so far.

    `contents` are those of the document, unless given those that the structure was made from. What is known for good is known
    in `basis`, together with others of the structure, if that is given. `without` are instances whose effects are left out, as
    a prerequisite wants it. Fields that have a slot have their value there: edits move it, see `derive.engine`.
    """

    def __init__(
        self,
        structure: Structure,
        contributions: Contributions | None = None,
        without: Iterable[Instance] = (),
        *,
        contents: Contents | None = None,
        basis: Basis | None = None,
    ) -> None:
        """Know no value but those that are known already."""
        self.structure = structure
        self.contents = contents or structure.contents
        self.contributions = contributions or Contributions()
        self.without = frozenset(without)
        self.reads: list[tuple[Instance, str, Any]] | None = None
        self.rulings: list[str] | None = None
        self.slots: Mapping[Key, int] = {}
        self.values: Sequence[Any] = ()
        self.moving: set[Key] = set() if basis is None else basis.moving
        self.version, self.is_edited = 0, False
        self._known: dict[Key, Combined] = {} if basis is None else basis.known
        self._passing: dict[Key, Combined] = {}
        self._rulings: dict[str, Any] = {} if basis is None else basis.rulings
        self._acting: dict[tuple[Instance, bool], bool] = {}
        self._open: dict[Key, None] = {}

    # ---- what formulas ask

    @property
    def entity(self) -> Instance:
        """The instance of the entity."""
        return self.structure.entity

    def read(self, instance: Instance, name: str, default: Any) -> Any:
        """Give a field, part, collection or choice of an instance; the default where it has no such."""
        if name in instance.fields:
            value = self.value(instance, name)
        elif name in instance.parts:
            return instance.parts[name]
        elif name in instance.collections:
            return tuple(self.structure.elements[instance, name])
        elif name in instance.questions:
            value = instance.questions[name].value
        elif (name,) in instance.bindings:
            bound = instance.bindings[name,]
            value = evaluate(bound.formula, Scope(self, bound.scope))
        else:
            return default
        if self.reads is not None:
            self.reads.append((instance, name, value))
        return value

    def referring(self, _members: tuple[Any, ...], _name: str, _entry: Entry) -> Sequence[Any] | None:
        """Give none: this world does not remember which members refer to an entry."""

    def standing(self, entry: Any) -> Instance | None:
        """Give the instance that stands for an entry, or none."""
        return self.structure.standing(entry) if isinstance(entry, Entry) else None

    def everything(self, by: str, name: str) -> tuple[Any, ...]:
        """Give all instances of a record, entry or kind, or all entries of a family."""
        return self.structure.everything(by, name)

    def outer(self, instance: Instance, shape: str) -> Instance | None:
        """Give the nearest enclosing instance of a shape, or the one that stands for its entry."""
        return self.structure.outer(instance, shape)

    def gained(self, node: Gained, instance: Instance) -> int:
        """Give the place, in an ordered list, of the element with which something was gained."""
        return gained(self, node, instance)

    def held_by(self, instance: Instance) -> Instance:
        """Give what `self` means for an instance."""
        return instance.holder

    def property(self, entry: Entry, name: str, default: Any) -> Any:
        """Give constant data of an entry: its own, its kind's default, or the given one."""
        return self.structure.rules.constant(entry, name, default)

    def ruling(self, name: str) -> Any:
        """Give the value of a ruling: the document's, or the default."""
        if self.rulings is not None:
            self.rulings.append(name)
        if name not in self._rulings:
            self._rulings[name] = self._ruled(name)
        return self._rulings[name]

    def _ruled(self, name: str) -> Any:
        ruling = self.structure.rules.rulings[name]
        if name in self.contents.document.rulings:
            value = read_stored(self.contents.document.rulings[name], ruling.type, self.structure)
            if not isinstance(value, Fault):
                return value
        return fit(evaluate(ruling.default, Scope(self, self.entity)), ruling.type)

    def rows(self, table: str) -> tuple[tuple[int, Formula], ...]:
        """Give the rows of a table."""
        return self.structure.rules.tables[table].rows

    def instances(self, value: Any) -> int:
        """Count how many times an entry is active; a part, element or option is active once."""
        if isinstance(value, InstanceValue) and value.entry is None:
            return 1
        running = self.structure.running.get(entry_of(value), ())
        return sum(1 for each in running if self.acts(each, of_entry=True))

    is_one_of, roll = staticmethod(is_one_of), staticmethod(unrolled)

    def acts(self, instance: Instance, *, of_entry: bool) -> bool:
        """Tell whether what the text of an instance says counts now: the gates of all that called it to life hold."""
        key = (instance, of_entry)
        self.recall()
        if self.reads is not None:
            # Who notes what is read is told again what the gates read.
            return acts(self, instance, of_entry=of_entry)
        if key not in self._acting:
            self._acting[key] = acts(self, instance, of_entry=of_entry)
        return self._acting[key]

    # ---- values

    def value(self, instance: Instance, name: str) -> Any:
        """Give the value of a field."""
        key = (instance, name)
        if self.slots:
            slot = self.slots.get(key)
            if slot is not None and slot < len(self.values):
                return self.values[slot]
        found = self._known.get(key)
        return self.combined(instance, name).value if found is None or key in self.moving else found.value

    def recall(self) -> None:
        """Forget what an edit may have changed since it was worked out."""
        if self.is_edited:
            self.is_edited, self.version = False, self.version + 1
            self._passing.clear()
            self._acting.clear()

    def combined(self, instance: Instance, name: str) -> Combined:
        """Give the value of a field with what it is made of."""
        key = (instance, name)
        if key in self._known and key not in self.moving:
            return self._known[key]
        self.recall()
        if key in self._passing:
            return self._passing[key]
        written, settled = self.contents.settled.get(key, (None, None))
        found = settled if written is instance.fields[name] else constant(self, instance, instance.fields[name])
        if found is not None:
            self._known[key] = found
            return found
        return self._compute(key) if self._open else self._unwound(key)

    def _unwound(self, key: Key) -> Combined:
        """Compute from outside: what lies too deep is computed first, however long the way."""
        wanted = [key]
        while True:
            try:
                found = self._compute(wanted[-1])
                if len(wanted) == 1:
                    return found
                wanted.pop()
            except _Deeper as deeper:
                if deeper.key in wanted:
                    raise CircularReading([each.join(name) for each, name in [*wanted, deeper.key]]) from None
                wanted.append(deeper.key)

    def _compute(self, key: Key) -> Combined:
        known = self._passing if key in self.moving or key[0].on_read else self._known
        if key in known:
            return known[key]
        if key in self._open:
            raise CircularReading([each.join(name) for each, name in [*self._open, key]])
        if len(self._open) >= DEEPEST:
            raise _Deeper(key)
        self._open[key] = None
        traces, self.reads, self.rulings = (self.reads, self.rulings), None, None
        try:
            found = known[key] = self._field(*key)
        finally:
            self.reads, self.rulings = traces
            del self._open[key]
        return found

    def _field(self, instance: Instance, name: str) -> Combined:
        field = instance.fields[name]
        stored = self._fixed_or_stored(instance, field)
        start = self.by_formula(instance, field) if stored is NOTHING else stored
        offers = self.offers(instance, name) if field.mode is Mode.DERIVED else ()
        found = combine(field.type, start, offers, self._evaluated(field.low, instance), self._evaluated(field.high, instance))
        if stored is not NOTHING and self._is_settled(instance, field):
            self.contents.settled[instance, name] = (field, found)
        return found

    def _is_settled(self, instance: Instance, field: Field) -> bool:
        """Tell whether the document alone says what a written field is: the same in every world over this structure."""
        return stands_alone(field) and field.name not in instance.fixed and (instance, field.name) not in self.contents.moved

    def start(self, instance: Instance, field: Field) -> Any:
        """Give what a field is before any effect: fixed by a grant, written in the document, or by formula."""
        stored = self._fixed_or_stored(instance, field)
        return self.by_formula(instance, field) if stored is NOTHING else stored

    def _fixed_or_stored(self, instance: Instance, field: Field) -> Any:
        if field.name in instance.fixed:
            return instance.fixed[field.name]
        return self.stored(instance, field) if field.mode is Mode.EDITABLE else NOTHING

    def stored(self, instance: Instance, field: Field) -> Any:
        """Give the sound value that the document holds for an editable field, or `NOTHING`."""
        written = self.written(instance, field)
        return NOTHING if isinstance(written, Fault) else written

    def written(self, instance: Instance, field: Field) -> Any:
        """Give what the document holds for an editable field: a value, a fault, or `NOTHING`."""
        raw = self.contents.written(instance, field.name)
        return raw if raw is NOTHING else read_stored(raw, field.type, self.structure)

    def by_formula(self, instance: Instance, field: Field) -> Any:
        """Give what the formula of a field gives, or what its part or grant puts in its place."""
        formula, scope = self.formula(instance, field)
        return default_of(field.type) if formula is None else self._evaluated(formula, scope)

    def _evaluated(self, formula: Formula | None, instance: Instance) -> Any:
        """Give the value of a formula in the scope of an instance; of none, none."""
        if formula.__class__ is Constant:
            return formula.value
        return None if formula is None else evaluate(formula, Scope(self, instance))

    def formula(self, instance: Instance, field: Field) -> tuple[Formula | None, Instance]:
        """Give the formula of a field that counts, and the instance in whose scope it is evaluated."""
        bound = instance.bindings.get((field.name,)) if instance.bindings else None
        return (field.formula, instance) if bound is None else (bound.formula, bound.scope)

    # ---- effects

    def offers(self, instance: Instance, name: str) -> list[Offer]:
        """Give what content contributes to a field now."""
        found = self.contributing(instance, name) if self.contributions.may_aim_at(instance, name) else ()
        judged = (offer_of(self, each) for each in found if each.effect.against is None)
        return [offer for offer in judged if offer is not None]

    def contributing(self, instance: Instance, name: str) -> list[Contribution]:
        """Give the contributions that aim at a field, whether or not they count now."""
        found = self.contributions.to(self, instance, name)
        return [each for each in found if each.owner not in self.without] if self.without else found

    def scope_of(self, each: Contribution) -> Scope:
        """Give the scope of a contribution: its owner, with `it` bound to the target."""
        return Scope(self, each.owner, {"it": each.it})
