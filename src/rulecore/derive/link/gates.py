"""Code of what is active: the gates that rules derive, on the way from an instance to all that called it to life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rulecore.derive.instance import Caller, Form, Instance
from rulecore.derive.link.code import Known, Linked, Place, Unlinkable, number_code, reads_of
from rulecore.derive.link.operators import connected, is_true
from rulecore.formula.values import InstanceValue, entry_of

if TYPE_CHECKING:
    from rulecore.derive.link.linker import Linker


def activity(linker: Linker, function: str, of: Linked) -> Linked:
    """Give code of whether an entry is active, or of how many times."""
    if not isinstance(of, Known):
        raise Unlinkable("which entry may be active is not known")
    value = of.value
    if isinstance(value, InstanceValue) and value.entry is None:
        return Known(value=True) if function == "active" else Known(1)
    running = linker.structure.running.get(entry_of(value), ())
    gates = [acting(linker, each, of_entry=True) for each in running]
    if function == "active":
        return connected(gates, "or", stops=True)
    if all(isinstance(gate, Known) for gate in gates):
        return Known(sum(1 for gate in gates if isinstance(gate, Known) and gate.value))
    texts = [f"(1 if {linker.text(gate)} else 0)" for gate in gates]
    return number_code(f"({' + '.join(texts)})", reads_of(gates), (0, len(gates)))


def acting(linker: Linker, instance: Instance, *, of_entry: bool) -> Linked:
    """Give code of whether what the text of an instance says counts; `Computation.acts` says the same by value."""
    match instance.form:
        case Form.ENTITY:
            return Known(value=True)
        case Form.FAMILY if not of_entry:
            return Known(value=True)
        case Form.FAMILY | Form.ENTRY:
            return connected([_calls(linker, caller) for caller in instance.called_by], "or", stops=True)
        case Form.PART:
            inside = instance.is_record
        case _:
            inside = instance.form is Form.OPTION
    held: list[Linked] = [] if instance.owner is None else [acting(linker, instance.owner, of_entry=inside)]
    if instance.granted_by is not None:
        held.append(_calls(linker, instance.granted_by))
    return connected(held, "and", stops=False)


def _calls(linker: Linker, caller: Caller) -> Linked:
    above = acting(linker, caller.owner, of_entry=caller.of_entry)
    if caller.when is None:
        return above
    gate = is_true(linker, linker.link(caller.when, Place(caller.owner, {})), caller.when.type)
    return connected([gate, above], "and", stops=False)
