"""What a document has written: packs, rulings, fields and elements, each against what the rules let a person set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rulecore.dataclass import replace
from rulecore.derive.build import is_element_name
from rulecore.derive.instance import Instance
from rulecore.derive.stored import Fault, read_stored
from rulecore.finding import Finding, Safety, Severity
from rulecore.formula.ast import Constant
from rulecore.formula.scalar import Scope, evaluate
from rulecore.formula.values import many, number
from rulecore.model.document import removing, replacing, unknown, wrong_type
from rulecore.model.shape import Collection, Field, Mode
from rulecore.model.sheet import json_of
from rulecore.model.strict import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.derivation import Derivation

Near = Callable[[str], bool]
"""Tells of a pointer whether what is wrong there, or inside of it, is asked for."""


def anywhere(_pointer: str) -> bool:
    """Ask for all that is wrong."""
    return True


def written_faults(derivation: Derivation, near: Near = anywhere) -> Iterator[Finding]:
    """Give what is wrong with the fields, elements, rulings and packs of a document; with fields and elements, what is near."""
    yield from _packs(derivation)
    yield from _rulings(derivation)
    yield from _unused(derivation)
    known = _Known(derivation, near)
    if near("/fields"):
        yield from _object(derivation, "/fields/", derivation.document.fields, known)
    if near("/collections"):
        yield from _collections(derivation, known)


def _packs(derivation: Derivation) -> Iterator[Finding]:
    loaded = {pack.name: pack.version for pack in derivation.rules.packs}
    for name, version in derivation.document.packs.items():
        if not isinstance(version, str):
            continue  # the envelope has said so
        pointer = f"/packs/{escape(str(name))}"
        if name not in loaded:
            message = f"pack {name!r} is not loaded; what it says is left out"
            yield unknown("pack.missing", message, pointer, str(name), loaded, severity=Severity.WARNING)
        elif version != loaded[name]:
            message = f"this was made with {name} {version}, and {loaded[name]} is loaded"
            yield Finding("pack.version", message, Severity.NOTE, pointer=pointer, expected=loaded[name], found=version)


def _rulings(derivation: Derivation) -> Iterator[Finding]:
    rulings = derivation.rules.rulings
    for name, value in derivation.document.rulings.items():
        pointer = f"/rulings/{escape(name)}"
        if name not in rulings:
            yield unknown("ruling.unknown", f"there is no ruling {name!r}", pointer, name, rulings)
            continue
        read = read_stored(value, rulings[name].type, derivation.structure)
        if isinstance(read, Fault):
            yield _fault(read, pointer, value)


def _unused(derivation: Derivation) -> Iterator[Finding]:
    for name in derivation.document.inputs:
        message = f"nothing asks for the input {name!r}; it is kept"
        yield Finding("input.unknown", message, Severity.WARNING, pointer=f"/inputs/{escape(name)}", found=name)
    for path in derivation.document.waivers:
        if path not in derivation.structure.by_path:
            message = f"there is nothing at {path!r} to waive a requirement of"
            pointer = f"/waivers/{escape(path)}"
            yield unknown("waiver.unused", message, pointer, path, derivation.structure.by_path, severity=Severity.NOTE)


class _Known:
    """The fields that may stand in each object of a document, by their keys."""

    def __init__(self, derivation: Derivation, near: Near) -> None:
        self.near = near
        self._there: dict[str, list[Instance]] = {}
        self._homes: dict[str, dict[str, list[Instance]]] = {}
        for instance in derivation.structure.instances:
            self._there.setdefault(instance.home.pointer, []).append(instance)

    def __contains__(self, pointer: str) -> bool:
        return pointer in self._there

    def _at(self, pointer: str) -> dict[str, list[Instance]]:
        """Give the instances that have their fields in an object, by what goes before their names."""
        homes = self._homes.get(pointer)
        if homes is None:
            homes = self._homes[pointer] = {}
            for instance in self._there.get(pointer, ()):
                homes.setdefault(instance.home.prefix, []).append(instance)
        return homes

    def field(self, pointer: str, key: str) -> tuple[Instance, Field] | None:
        """Give the field that a key of an object stands for."""
        homes = self._at(pointer)
        cut = len(key)
        while cut >= 0:
            cut = key.rfind(".", 0, cut)
            name = key[cut + 1 :]
            for instance in reversed(homes.get(key[: cut + 1], ())):
                if name in instance.fields:
                    return instance, instance.fields[name]
        return None

    def editable(self, pointer: str) -> Iterator[str]:
        """Give the keys of the editable fields of an object."""
        for prefix, several in self._at(pointer).items():
            for instance in several:
                yield from (prefix + name for name, field in instance.fields.items() if field.mode is Mode.EDITABLE)


def _object(derivation: Derivation, pointer: str, content: Mapping[str, Any], known: _Known) -> Iterator[Finding]:
    wanted = [(place, key, value) for key, value in content.items() if known.near(place := pointer + escape(str(key)))]
    for place, key, value in wanted:
        found = known.field(pointer, str(key))
        if found is not None:
            yield from _field(derivation, *found, value, place)
        elif pointer == "/fields/" and derivation.structure.index.may_be_parked(str(key)):
            message = f"nothing that is active now has the field {key!r}; its value is kept"
            yield Finding("field.parked", message, Severity.NOTE, pointer=place, found=str(key))
        else:
            yield unknown("field.unknown", f"there is no field {key!r} here", place, str(key), list(known.editable(pointer)))


def _field(derivation: Derivation, instance: Instance, field: Field, value: Any, pointer: str) -> Iterator[Finding]:
    if field.mode is not Mode.EDITABLE:
        why = "the rules derive it" if field.mode is Mode.DERIVED else "it follows from the document"
        yield Finding(
            "field.derived",
            f"nobody sets {instance.join(field.name)!r}: {why}",
            pointer=pointer,
            found=json_of(value),
            fixes=(removing(pointer, value, Safety.CERTAIN),),
        )
        return
    read = read_stored(value, field.type, derivation.structure)
    if isinstance(read, Fault):
        yield _of_absent_pack(derivation, _fault(read, pointer, value))
        return
    yield from _outside(derivation, instance, field, read, pointer)
    yield from _not_offered(derivation, instance, field, read, pointer)


def _outside(derivation: Derivation, instance: Instance, field: Field, value: Any, pointer: str) -> Iterator[Finding]:
    is_bounded = field.low is not None or field.high is not None
    bound = derivation.computation.combined(instance, field.name).clamped if is_bounded else None
    if bound is not None:
        from rulecore.formula.format import format_value

        shown = json_of(bound.value)
        constant = beyond_constants(field, value)
        yield Finding(
            "value.range" if constant else "value.bound",
            f"{format_value(value)} is outside the range; {format_value(bound.value)} is shown, the number stays",
            Severity.ERROR if constant else Severity.WARNING,
            pointer=pointer,
            expected={bound.operation: shown},
            found=json_of(value),
            citation=field.citation,
            fixes=(replacing(pointer, json_of(value), shown, Safety.LIKELY),),
        )


def beyond_constants(field: Field, value: Any) -> bool:
    """Tell whether a number lies outside bounds that no document shifts: it can never be right."""
    low = field.low.value if isinstance(field.low, Constant) else None
    high = field.high.value if isinstance(field.high, Constant) else None
    return (low is not None and number(value) < low) or (high is not None and number(value) > high)


def _not_offered(derivation: Derivation, instance: Instance, field: Field, value: Any, pointer: str) -> Iterator[Finding]:
    if field.where is None or value is None:
        return
    for each in many(value):
        if not evaluate(field.where, Scope(derivation.computation, instance, {"it": each})):
            from rulecore.formula.format import format_value

            message = f"{format_value(each)} is not among what {field.label} offers"
            yield Finding("value.where", message, pointer=pointer, found=json_of(each), citation=field.citation)


def _fault(fault: Fault, pointer: str, value: Any) -> Finding:
    if fault.code in {"value.type", "value.fraction"}:
        return wrong_type(pointer, str(fault.expected), value, fault.code)
    message = (
        f"{value!r} is none of: {', '.join(map(str, fault.expected))}"
        if isinstance(fault.expected, list)
        else f"{value!r} is no {fault.expected}"
        if fault.code == "entry.kind"
        else f"there is no {fault.expected.removeprefix('record ')} {value!r}"
    )
    return Finding(fault.code, message, pointer=pointer, expected=fault.expected, found=value, nearest=fault.nearest)


def _of_absent_pack(derivation: Derivation, finding: Finding) -> Finding:
    """Make an unknown entry a warning where a pack of the document is not loaded: it may well be there."""
    loaded = {pack.name for pack in derivation.rules.packs}
    absent = finding.code == "entry.unknown" and not loaded.issuperset(derivation.document.packs)
    return replace(finding, severity=Severity.WARNING) if absent else finding


# ---- collections


def _collections(derivation: Derivation, known: _Known) -> Iterator[Finding]:
    written = derivation.document.collections.items()
    wanted = [(pointer, key, value) for key, value in written if known.near(pointer := f"/collections/{escape(str(key))}")]
    if not wanted:
        return
    there = {owner.join(name): owner.collections[name] for owner, name in derivation.structure.elements}
    for pointer, key, value in wanted:
        if key in there:
            yield from _collection(derivation, there[key], value, pointer, known)
        elif any(map(derivation.structure.index.named, str(key).split(".")[:-1])):
            message = f"nothing that is active now has the list {key!r}; it is kept"
            yield Finding("collection.parked", message, Severity.NOTE, pointer=pointer, found=str(key))
        else:
            yield unknown("collection.unknown", f"there is no list {key!r} here", pointer, str(key), there)


def _collection(derivation: Derivation, collection: Collection, value: Any, pointer: str, known: _Known) -> Iterator[Finding]:
    if not isinstance(value, list | Mapping):
        return  # the envelope has said so
    if isinstance(value, list) != collection.ordered:
        yield wrong_type(pointer, "array" if collection.ordered else "object by id", value, "collection.shape")
        return
    elements = enumerate(value) if isinstance(value, list) else value.items()
    if len(value) > collection.maximum:
        message = f"{collection.label} has at most {collection.maximum}; the others stay in the document and do not count"
        yield Finding("collection.maximum", message, pointer=pointer, expected=collection.maximum, found=len(value))
    for key, content in elements:
        place = f"{pointer}/{escape(str(key))}"
        if not known.near(place):
            continue
        if not (collection.ordered or is_element_name(key)):
            yield Finding("element.id", "the id of an element is not empty and has no dot", pointer=place, found=str(key))
        if not isinstance(content, Mapping):
            yield wrong_type(place, "object", content, "element.type")
        elif f"{place}/" in known:
            yield from _object(derivation, f"{place}/", content, known)
