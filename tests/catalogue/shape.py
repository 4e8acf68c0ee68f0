"""Kinds 1 to 8: the text, the shape and the words of a document."""

from __future__ import annotations

import json
import re
from random import Random

from tests.catalogue.fault import Seeded, drop, kind, pointer, put
from tests.catalogue.legal import Legal

FORMAT = "RFC 8259: a JSON text"
DOCUMENT = "docs/findings.md, Documents"


def _line(legal: Legal, random: Random) -> tuple[str, str, str] | None:
    """A line of the choices with one answer: the key, its text as it stands, and the answer."""
    found = [(key, names[0]) for key, names in legal.choices.items() if len(names) == 1]
    if not found:
        return None
    key, name = random.choice(found)
    return key, f'  "{key}": [\n   "{name}"\n  ]', name


@kind(1, FORMAT)
def truncated(legal: Legal, random: Random) -> Seeded | None:
    found = _line(legal, random)
    if found is None:
        return None
    key, line, name = found
    part = random.randrange(2)
    cut = line.index(f'"{name}"') + len(name) + (1 if part else 2)
    # Inside the answer, or behind it: either way the answers are what is not complete.
    where = pointer("choices", key)
    return Seeded("document.truncated", where, text=lambda text: text[: text.index(line) + cut], alone=True)


@kind(2, FORMAT)
def fenced(_legal: Legal, random: Random) -> Seeded:
    word = random.choice(["json", "JSON", ""])
    return Seeded("document.fence", "", text=lambda text: f"```{word}\n{text}\n```\n")


@kind(2, FORMAT)
def with_prose(_legal: Legal, random: Random) -> Seeded:
    before = random.choice(["Here is your character:\n\n", "Sure! I have built the sheet you wanted.\n", ""])
    return Seeded("document.prose", "", text=lambda text: f"{before}{text}\n\nLet me know if you would like any changes.")


@kind(3, FORMAT)
def with_comment(legal: Legal, random: Random) -> Seeded | None:
    found = _line(legal, random)
    if found is None:
        return None
    key, line, name = found
    where = pointer("choices", key)
    return Seeded(
        "document.comment", where, text=lambda text: text.replace(line, line.replace(f'"{name}"', f'"{name}" // the usual'), 1)
    )


@kind(3, FORMAT)
def with_trailing_comma(legal: Legal, random: Random) -> Seeded | None:
    found = _line(legal, random)
    if found is None:
        return None
    key, line, name = found
    return Seeded(
        "document.comma",
        pointer("choices", key),
        text=lambda text: text.replace(line, line.replace(f'"{name}"', f'"{name}",'), 1),
    )


@kind(3, FORMAT)
def with_single_quotes(legal: Legal, random: Random) -> Seeded | None:
    found = _line(legal, random)
    if found is None:
        return None
    key, line, name = found
    where = pointer("choices", key, 0)
    return Seeded("document.quotes", where, text=lambda text: text.replace(line, line.replace(f'"{name}"', f"'{name}'"), 1))


@kind(4, DOCUMENT)
def number_as_text(legal: Legal, random: Random) -> Seeded | None:
    found = [("fields", key) for key, value in legal.fields.items() if type(value) is int]
    found += [
        ("collections", "inventory", key, name)
        for key, element in legal.collections.get("inventory", {}).items()
        for name, value in element.items()
        if type(value) is int
    ]
    if not found:
        return None
    keys = random.choice(found)
    value = legal.document
    for key in keys:
        value = value[key]
    return Seeded("value.type", pointer(*keys), (put(*keys, value=str(value)),))


@kind(5, DOCUMENT)
def without_kind(_legal: Legal, _random: Random) -> Seeded:
    return Seeded("document.kind", "/kind", (drop("kind"),))


@kind(5, "SRD 5.2.1, Character Creation: Gaining a Level")
def level_without_class(legal: Legal, random: Random) -> Seeded | None:
    if not legal.levels:
        return None
    place = random.randrange(len(legal.levels))
    cause = "requires.failed/level_taken.a_level_without_a_class"
    hides = frozenset({legal.levels[place]})
    return Seeded(cause, f"/collections/levels/{place}", (drop("collections", "levels", place, "class"),), hides=hides)


@kind(6, DOCUMENT)
def key_beside_the_parts(_legal: Legal, random: Random) -> Seeded:
    key = random.choice(["ac_notes", "backstory", "comment_on_build"])
    return Seeded("document.key", f"/{key}", (put(key, value="AC counts the shield already"),))


@kind(6, DOCUMENT)
def field_that_does_not_exist(legal: Legal, random: Random) -> Seeded:
    key = random.choice(["ac_notes", "eye_colour", "personality_flaw"])
    inventory = list(legal.collections.get("inventory", {}))
    keys = ("collections", "inventory", random.choice(inventory)) if inventory and random.random() < 0.5 else ("fields",)
    return Seeded("field.unknown", pointer(*keys, key), (put(*keys, key, value="counted already"),))


@kind(7, DOCUMENT)
def word_that_is_none(_legal: Legal, random: Random) -> Seeded:
    key, word = random.choice([("alignment", "Neutral Neutral"), ("alignment", "chaotic awesome"), ("cover", "seven_eighths")])
    return Seeded("value.word", pointer("fields", key), (put("fields", key, value=word),))


@kind(8, FORMAT)
def key_twice(legal: Legal, random: Random) -> Seeded | None:
    found = [key for key, value in legal.fields.items() if type(value) is int]
    if not found:
        return None
    key = random.choice(found)
    value = legal.fields[key]
    line = f'"{key}": {json.dumps(value)}'
    again = f'"{key}": {json.dumps(max(1, value - 1) if value != 1 else 2)}, {line}'
    return Seeded(
        "document.duplicate", pointer("fields", key), text=lambda text: re.sub(re.escape(line) + r"\b", again, text, count=1)
    )


@kind(8, "SRD 5.2.1, Character Creation: Step 1: Choose Class")
def answer_twice(legal: Legal, random: Random) -> Seeded | None:
    found = [
        path
        for path, question in legal.questions.items()
        if len(legal.choices[path]) > 1 and len(set(legal.choices[path])) > 1 and question.choice.repeat is None
    ]
    if not found:
        return None
    path = random.choice(found)
    first, second = random.sample(range(len(legal.choices[path])), 2)
    name = path.rpartition(".")[2]
    return Seeded(
        f"choice.repeated/{name}",
        pointer("choices", path),
        (put("choices", path, second, value=legal.choices[path][first]),),
        hides=frozenset({legal.choices[path][second]}),
    )
