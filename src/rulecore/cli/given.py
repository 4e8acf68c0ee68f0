"""Answers and values that a command line or a file gives before anything is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rulecore.errors import FieldError, Refused
from rulecore.formula import types as t
from rulecore.model.shape import Mode

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.derive import Derivation

MOST_TIMES = 100

Picks = Annotated[
    list[str],
    typer.Option(
        "--pick", metavar="ID=NAME", help="Answer a choice beforehand; also `ID=NAME,NAME` and `ID=NAME x3`; as often as needed."
    ),
]
Values = Annotated[
    list[str],
    typer.Option(
        "--set", metavar="ID=VALUE", help="Set an editable field; `PATTERN=VALUE,VALUE` all that fit; as often as needed."
    ),
]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="JSON: choice id -> names, field id -> number. Answers what it can."),
]

_TIMES = re.compile(r"(?P<name>.*\S)\s+x\s*(?P<times>\d+)")
_WILD = re.compile(r"[*?\[]")


@dataclass
class Given:
    """What is answered beforehand: names by the id of a choice, and values by the id of a field, each used once.

    `spare` are the ids that need not be used: those of a file, which may serve many.
    """

    picks: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    spare: frozenset[str] = frozenset()

    def copy(self) -> Given:
        """Give what is left now, to come back to."""
        return Given({key: list(names) for key, names in self.picks.items()}, dict(self.values), self.spare)

    def left(self) -> list[str]:
        """Give the ids of what has not been used."""
        return [*(key for key, names in self.picks.items() if names), *self.values]


def given(picks: Iterable[str], answers: Path | None) -> Given:
    """Read what is picked on the command line, over what a file of answers says."""
    found = Given() if answers is None else _read(answers)
    picked: dict[str, list[str]] = {}
    for text in picks:
        key, names = _halves(text, "--pick", "ID=NAME")
        picked.setdefault(key, []).extend(split_names(names))
    spare = frozenset(found.left()) - set(picked)
    return Given(found.picks | picked, found.values, spare)


def _read(path: Path) -> Given:
    from rulecore.cli.opening import read_text
    from rulecore.model.strict import parse_text

    content = parse_text(read_text(path))
    if not isinstance(content, dict):
        raise Refused(f"{path} holds no object: ids of choices with lists of names are expected")
    found = Given()
    for key, value in content.items():
        if isinstance(value, bool | int | float):
            found.values[key] = value
        elif isinstance(value, str) or (isinstance(value, list) and all(isinstance(name, str) for name in value)):
            found.picks[key] = [value] if isinstance(value, str) else value
        else:
            raise Refused(f"{path}: `{key}` is answered by names in a list, or by a number or true or false for a field")
    return found


def _halves(text: str, option: str, expected: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (sign and key.strip() and value.strip()):
        raise Refused(f"{option} takes {expected}, and this is {text!r}")
    return key.strip(), value.strip()


def split_names(text: str) -> list[str]:
    """Give the names in a text, parted by commas; `NAME x3` is three of one."""
    names: list[str] = []
    for part in filter(None, map(str.strip, text.split(","))):
        repeated = _TIMES.fullmatch(part)
        if repeated is None:
            names.append(part)
        else:
            names += [repeated["name"]] * min(int(repeated["times"][:4]), MOST_TIMES)
    return names


# ---- values of fields


def apply_values(hero: Character, texts: Sequence[str]) -> None:
    """Set editable fields as `ID=VALUE` says, all in one transaction; what cannot be is refused."""
    edits: dict[str, Any] = {}
    for text in texts:
        key, value = _halves(text, "--set", "ID=VALUE")
        edits |= _edits(hero.derivation, key, value)
    if edits:
        hero.edit(edits)


def apply_ready(hero: Character, values: dict[str, Any]) -> None:
    """Set the fields that are there by now, and forget their values."""
    ready = {path: values.pop(path) for path in list(values) if path in hero}
    if ready:
        hero.edit(ready)


def _edits(derivation: Derivation, key: str, text: str) -> dict[str, Any]:
    """Give the edits of one setting: a pattern takes one value for all, or one for each in their order."""
    if not _WILD.search(key):
        return {key: _value(derivation, key, text)}
    paths = [path for path in _settable(derivation) if fnmatchcase(path, key)]
    if not paths:
        raise FieldError(f"no editable field fits `{key}`; `rulecore fields` lists them")
    values = [each.strip() for each in text.split(",")]
    if len(values) not in {1, len(paths)}:
        raise FieldError(f"`{key}` takes {len(paths)} values, and {len(values)} are given; it fits {', '.join(paths)}")
    spread = values * len(paths) if len(values) == 1 else values
    return {path: _value(derivation, path, value) for path, value in zip(paths, spread, strict=True)}


def _settable(derivation: Derivation) -> list[str]:
    instances = derivation.structure.instances
    return [each.join(name) for each in instances for name, found in each.fields.items() if found.mode is Mode.EDITABLE]


def _value(derivation: Derivation, path: str, text: str) -> Any:
    try:
        _instance, found = derivation.field(path)
    except FieldError:
        return text
    return value_of(found.type, text)


def value_of(of: t.Type, text: str) -> Any:
    """Read a value of a type as a person types it; whatever it is, the field says what it takes."""
    if isinstance(of, t.TextType):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
