"""Faults of the text in which a document is written down: JSON as people and programs get it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from json import dumps
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.strategies.seeding import Keys, Seed, View, pointer_to

ANY_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A single value on a line of its own, in a text with a line for each: where it stands, and the key of the next, if any."""

    keys: Keys
    text: str
    value: Any
    following: str | int | None

    @property
    def is_last(self) -> bool:
        """Tell whether nothing stands behind it in its object or list."""
        return self.following is None

    @property
    def pointer(self) -> str:
        """Give the JSON pointer of the value."""
        return pointer_to(*self.keys)

    @property
    def holder(self) -> str:
        """Give the JSON pointer of the object or list in which it stands."""
        return pointer_to(*self.keys[:-1])


def as_text(document: Mapping[str, Any]) -> str:
    """Write a document with a line for each value."""
    return dumps(document, indent=1, ensure_ascii=False)


def lines_of(value: Any, keys: Keys = (), following: str | int | None = None) -> Iterator[Line]:
    """Give the single values of a document with their lines, as `as_text` writes them."""
    if isinstance(value, dict | list) and value:
        members: list[tuple[str | int, Any]] = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for (key, each), (next_key, _next) in zip(members, [*members[1:], (None, None)], strict=True):
            yield from lines_of(each, (*keys, key), next_key)
    elif keys and not isinstance(value, dict | list):
        key = "" if isinstance(keys[-1], int) else f"{dumps(keys[-1], ensure_ascii=False)}: "
        end = "\n" if following is None else ",\n"
        yield Line(keys, f"{' ' * len(keys)}{key}{dumps(value, ensure_ascii=False)}{end}", value, following)


def _some(view: View, wanted: Callable[[Line], bool]) -> Iterator[Line]:
    """Draw a line that stands once in the text."""
    text = as_text(view.document)
    found = [line for line in lines_of(dict(view.document)) if wanted(line) and text.count(f"\n{line.text}") == 1]
    if found:
        yield view.random.choice(found)


def _is_text(line: Line) -> bool:
    return isinstance(line.value, str) and len(line.keys) > 1 and not set(line.value) & set("'\"\\")


def _replaced(line: Line, other: str) -> Callable[[str], str]:
    return lambda text: text.replace(f"\n{line.text}", f"\n{other}", 1)


def _cut(line: Line) -> Callable[[str], str]:
    return lambda text: text[: text.index(f"\n{line.text}") + 1] + line.text.rstrip("\n")


def truncated(view: View) -> Iterator[Seed]:
    """End the text behind some value."""
    for line in _some(view, _is_text):
        yield Seed("document.truncated", line.holder, text=_cut(line))


def trailing_comma(view: View) -> Iterator[Seed]:
    """Write a comma behind the last value of an object or list."""
    for line in _some(view, lambda line: line.is_last and len(line.keys) > 1):
        other = line.text.rstrip("\n") + ",\n"
        yield Seed("document.comma", line.holder, text=_replaced(line, other))


def comma_missing(view: View) -> Iterator[Seed]:
    """Leave out a comma between two values."""
    for line in _some(view, lambda line: not line.is_last and len(line.keys) > 1):
        other = line.text.rstrip(",\n") + "\n"
        where = pointer_to(*line.keys[:-1], line.following or 0)
        yield Seed("document.missing_comma", where, text=_replaced(line, other))


def comment(view: View) -> Iterator[Seed]:
    """Write a comment behind the last value of an object or list."""
    for line in _some(view, lambda line: line.is_last and len(line.keys) > 1):
        other = line.text.rstrip("\n") + " // as agreed\n"
        where = line.holder if isinstance(line.keys[-1], int) else line.pointer
        yield Seed("document.comment", where, text=_replaced(line, other))


def single_quotes(view: View) -> Iterator[Seed]:
    """Write a text between single quotes."""
    for line in _some(view, _is_text):
        before, _, end = line.text.rpartition(f'"{line.value}"')
        yield Seed("document.quotes", line.pointer, text=_replaced(line, f"{before}'{line.value}'{end}"))


def key_twice(view: View) -> Iterator[Seed]:
    """Write a key twice, with two values."""
    for line in _some(view, lambda line: isinstance(line.keys[-1], str) and len(line.keys) > 1 and line.value != ANY_NUMBER):
        first = f"{' ' * len(line.keys)}{dumps(line.keys[-1], ensure_ascii=False)}: {ANY_NUMBER},\n"
        yield Seed("document.duplicate", line.pointer, text=_replaced(line, first + line.text))


def fence(_view: View) -> Iterator[Seed]:
    """Put the text into a block of code, as Markdown has it."""
    yield Seed("document.fence", "", text=lambda text: f"```json\n{text}\n```\n")


def prose(_view: View) -> Iterator[Seed]:
    """Put words around the text."""
    yield Seed("document.prose", "", text=lambda text: f"Here it is, as you asked:\n\n{text}\n\nTell me what to change.")


TEXTS = {
    "truncated": truncated,
    "trailing comma": trailing_comma,
    "comma missing": comma_missing,
    "comment": comment,
    "single quotes": single_quotes,
    "key twice": key_twice,
    "fence": fence,
    "prose": prose,
}
