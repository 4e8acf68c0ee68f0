"""Lays the engine's sheet beside the oracle's: the same document, two independent readings of the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rulecore.character.values import plain
from rulecore.derive import Derivation
from rulecore.derive.explain import explain
from rulecore.derive.instance import Instance
from rulecore.finding import Severity
from tests.oracle import oracle
from tests.oracle.paper import Paper

Document = Mapping[str, Any]
NO_FIELD = "(no such field)"

# The oracle was written from the book without a look at the packs, so it names some things otherwise.
NAMES = {
    "weapon_training": {"simple": "simple_weapons", "martial": "martial_weapons"},
    "armor_training": {"light": "light_armor", "medium": "medium_armor", "heavy": "heavy_armor", "shield": "shields"},
}
NO_LIMIT = 2000
# Numbers that the book prints, under the ids of the oracle, then of the packs.
ASSUMED = {
    "barbarian.rage.maximum": "barbarian.rage.maximum",
    "barbarian.rage_damage": "barbarian.rage_damage",
    "fighter.second_wind.maximum": "fighter.second_wind.maximum",
    "fighter.action_surge.maximum": "fighter.action_surge.maximum",
    "fighter.indomitable.maximum": "fighter.indomitable.maximum",
    "wizard.arcane_recovery.maximum": "wizard.recovery.maximum",
    "warlock.magical_cunning.maximum": "warlock.cunning.maximum",
    "monk.wholeness_of_body.maximum": "monk.3.subclass.warrior_of_the_open_hand.wholeness.maximum",
    "warlock.dark_ones_own_luck.maximum": "warlock.3.subclass.fiend_patron.luck.maximum",
}


def expected(document: Document) -> dict[str, object]:
    """Give the oracle's sheet in the engine's names, without what is not compared."""
    paper = oracle.filled(dict(document))
    values = {field: translated(field, value) for field, value in paper.out.items() if not left_out(paper, field)}
    return values | {ASSUMED[name]: value for name, value in oracle.assumed(dict(document)).items() if name in ASSUMED}


def translated(field: str, value: object) -> object:
    if field in NAMES and isinstance(value, list):
        return sorted(NAMES[field].get(each, each) for each in value)
    if field == "speed_maximum" and value is None:
        return NO_LIMIT
    return value


def left_out(paper: Paper, field: str) -> bool:
    """What is not compared in every state; the reasons stand in fields.json under `left_out`."""
    passive = field.endswith(".check.passive") or field.startswith("passive_")
    return passive and paper.raging and paper.of("barbarian") >= 3


def shown(value: Any) -> Any:
    """Give a value of the engine in the oracle's forms: dice as text, sets as sorted lists."""
    value = plain(value)
    if isinstance(value, set | frozenset | tuple | list):
        return sorted(str(each) for each in value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if hasattr(value, "average"):
        return str(value)
    number = float(value)
    return int(number) if number.is_integer() else number


def differences(document: Document, derivation: Derivation) -> dict[str, tuple[object, object]]:
    """Give the fields on which oracle and engine differ: (oracle, engine)."""
    return {field: (one, other) for field, one, other in unequal(expected(document), derivation)}


def unequal(wanted: Mapping[str, object], derivation: Derivation) -> Iterator[tuple[str, object, object]]:
    there = {instance.join(name): (instance, name) for instance in derivation.structure.instances for name in instance.fields}
    one, other = _spells(wanted), _spells(there)
    for source in sorted(one.keys() | other.keys()):
        if one.get(source) != other.get(source):
            yield source, one.get(source), other.get(source)
    for field, value in wanted.items():
        if field in there:
            got = _value(derivation, *there[field])
        elif value in (0, False, None):
            continue  # what a character does not have yet, the engine leaves out and the oracle gives as nothing
        else:
            got = NO_FIELD
        if got != value or isinstance(got, bool) != isinstance(value, bool):
            yield field, value, got


def _spells(fields: Iterable[str]) -> dict[str, list[str]]:
    """Give what stands on each list of spells, by the lines that there are."""
    lists: dict[str, list[str]] = {}
    for field in fields:
        source, _, rest = field.removesuffix(".dc").rpartition(".")
        if field.endswith(".dc") and source.endswith((".cantrips", ".prepared")):
            lists.setdefault(source, []).append(rest)
    return {source: sorted(names) for source, names in lists.items()}


def _value(derivation: Derivation, instance: Instance, name: str) -> object:
    try:
        return shown(derivation.computation.value(instance, name))
    except Exception as failure:  # noqa: BLE001 - whatever the engine raises is a difference
        return f"({type(failure).__name__}: {failure})"


def errors(derivation: Derivation) -> list[str]:
    """Give what the engine holds to be wrong with a document."""
    return [str(found) for found in derivation.findings if found.severity is Severity.ERROR]


def report(derivation: Derivation, found: Mapping[str, tuple[object, object]]) -> str:
    """Say on which fields the two differ, with the engine's explanation of each."""
    lines = []
    for field, (one, other) in found.items():
        lines.append(f"{field}: oracle {one!r}, engine {other!r}")
        if other != NO_FIELD and not field.endswith((".cantrips", ".prepared")):
            lines.append(str(explain(derivation, field)))
    return "\n".join(lines)
