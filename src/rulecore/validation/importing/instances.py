"""Numbers that belong to records of which a sheet may have several: to which of them each was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rulecore.derive.instance import Form, Instance
from rulecore.model.shape import Mode
from rulecore.model.sheet import json_of
from rulecore.validation.importing.draft import Draft
from rulecore.validation.importing.facts import Fact, Facts
from rulecore.validation.importing.lexicon import Lexicon, Named
from rulecore.validation.importing.reading import Said, fitting, joined
from rulecore.validation.importing.values import read_value
from rulecore.validation.importing.words import Words

_FEWEST_WORDS = 2


def said_of_instances(facts: Facts, lexicon: Lexicon, draft: Draft) -> Iterator[Said]:
    """Give what facts that nobody has understood say of the instances of records."""
    several: dict[str, list[Instance]] = {}
    for each in draft.derivation.structure.instances:
        for shape in each.shapes if each.form is not Form.ELEMENT else ():
            several.setdefault(shape.removeprefix("record "), []).append(each)
    records = {name: names for name, names in lexicon.records.items() if name in several}
    known = {name for names in records.values() for name in names}
    for fact in facts.facts:
        phrases = [joined(fact.keys[start:]) for start in range(len(fact.keys))]
        phrases = [each for each in phrases if each in known and len(each) >= _FEWEST_WORDS]
        if fact.used or fact.is_listed or not phrases:
            continue
        for record, names in records.items():
            named = _named(phrases, names, fact)
            if named is not None:
                value = read_value(fact.value, named.field.type)
                fact.used = True
                yield Said(_chosen(several[record], named, value, fact, draft).join(named.path), named.field, value, fact)
                break


def _named(phrases: Iterable[Words], names: dict[Words, list[Named]], fact: Fact) -> Named | None:
    for phrase in phrases:
        named = fitting(names.get(phrase, ()), fact.value)
        if named is not None and named.is_number and named.field.mode is not Mode.EDITABLE:
            return named
    return None


def _chosen(several: list[Instance], named: Named, value: object, fact: Fact, draft: Draft) -> Instance:
    """Give the instance that a number is about: one that is named on the way, one for which it is right, or the first."""
    way = {word for key in fact.keys for word in key}
    sequences = [each for each in draft.data["collections"].values() if isinstance(each, list)]
    gained = {name for sequence in sequences for element in sequence for name in element.values()}
    several = sorted(several, key=lambda each: each.path.partition(".")[0] not in gained)
    for each in several:
        if not way.isdisjoint(each.path.split(".")):
            return each
    for each in several:
        field = draft.field(each.join(named.path))
        if field is not None and json_of(draft.value(each.join(named.path))) == value:
            return each
    return several[0]
