"""Changes of one line of a good pack, as a hasty hand makes them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_PARTS = re.compile(r'"[^"]*"|#.*|[^"#]+')
_WORD = re.compile(r"[a-z_][a-z0-9_]*")
_NUMBER = re.compile(r"(?<![a-z0-9_.])\d+(?![\d.a-z_])")
_DECLARING = "field|property|kind|record|entity|table|ruling|event|phrase|choose|option|pack|let"
_DECLARES = re.compile(rf"\s*(?:editable |structural )?(?:{_DECLARING}) +([a-z_][a-z0-9_]*)")
_GIVES = re.compile(r"\s*([a-z_][a-z0-9_]*):")
_BINDS = re.compile(r"\(([a-z_][a-z0-9_]*):|\bfor ([a-z_][a-z0-9_]*) in\b|\bby ([a-z_][a-z0-9_]*):")
_TYPES = ("int", "bool", "text", "dice", "number")
_SWAPS = {
    "add": "set", "set": "add", "multiply": "add", "base": "add", "to": "by", "by": "to",
    "field": "property", "property": "field",
    "while": "when", "when": "while", "at": "while", "choose": "grant", "activate": "choose", "option": "choose", "of": "to",
    "requires": "activate", "editable": "structural", "structural": "editable", "each": "every", "every": "each", "where": "when",
    "is": "like", "like": "is", "least": "most", "and": "or", "for": "in", "in": "of", "if": "when", "then": "else", "has": "is",
    "record": "kind", "kind": "record", "entity": "record", "ref": "set of", "on": "at", "change": "add", "event": "phrase",
    "uses": "extend", "extend": "override", "with": "of", "any": "every", "from": "of", "cite": "text", "text": "cite",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed text: `line` is where, `name` the word that was changed or taken away (for a declared name)."""

    operator: str
    file: str
    line: int
    text: str
    before: str
    after: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What the packs declare: heads of lines, and entries by kind."""

    heads: frozenset[str]
    entries: dict[str, list[str]]
    # each kind with the most general one that it is
    roots: dict[str, str]


def words_of(texts: Sequence[str]) -> Words:
    """Read the declared kinds, records and phrases off the texts, and the entries of each kind."""
    joined = "\n".join(texts)
    kinds = re.findall(r"^\s*kind ([a-z_0-9]+)", joined, re.MULTILINE)
    heads = kinds + re.findall(r"^\s*(?:record|phrase) ([a-z_0-9]+)", joined, re.MULTILINE)
    entries = {kind: re.findall(rf"^\s*{kind} ([a-z_0-9]+)", joined, re.MULTILINE) for kind in kinds}
    above = dict(re.findall(r'^\s*kind ([a-z_0-9]+)(?: "[^"]*")? is ([a-z_0-9]+)', joined, re.MULTILINE))
    roots = {kind: kind for kind in kinds}
    for kind in kinds:
        while roots[kind] in above:
            roots[kind] = above[roots[kind]]
    return Words(frozenset(heads), {kind: names for kind, names in entries.items() if names}, roots)


def code_of(line: str) -> Iterator[tuple[int, str]]:
    """The parts of a line outside quotes and comments, each with its column from 0."""
    for part in _PARTS.finditer(line):
        if not part[0].startswith(('"', "#")):
            yield part.start(), part[0]


def declared_spans(line: str, words: Words) -> list[tuple[int, int]]:
    """The stretches of a line where names are declared, not used."""
    spans = []
    found = _DECLARES.match(line)
    head = re.match(r"\s*([a-z_][a-z0-9_]*) +([a-z_][a-z0-9_]*)(?= +\"| +like\b|\s*$)", line)
    if found:
        spans.append(found.span(1))
    elif head and head[1] in words.heads:
        spans.append(head.span(2))
    spans += [each.span(n) for each in _BINDS.finditer(line) for n in (1, 2, 3) if each[n]]
    return spans


Operator = Callable[[str, Words, random.Random], tuple[str, str | None] | None]


def _misspelt(word: str, random_: random.Random) -> str:
    place = random_.randrange(len(word))
    return word[:place] + random_.choice([c for c in "abcdefghijklmnopqrstuvwxyz" if c != word[place]]) + word[place + 1 :]


def _letter(line: str, words: Words, random_: random.Random, *, declared: bool) -> tuple[str, str | None] | None:
    spans = declared_spans(line, words)
    found = [
        (start + word.start(), word[0])
        for start, part in code_of(line)
        for word in _WORD.finditer(part)
        if any(a <= start + word.start() < b for a, b in spans) is declared and not re.fullmatch(r"d\d+", word[0])
    ]
    if not found:
        return None
    at, word = random_.choice(found)
    return line[:at] + _misspelt(word, random_) + line[at + len(word) :], word


def letter_of_a_used_word(line: str, words: Words, random_: random.Random) -> tuple[str, str | None] | None:
    return _letter(line, words, random_, declared=False)


def letter_of_a_declared_name(line: str, words: Words, random_: random.Random) -> tuple[str, str | None] | None:
    return _letter(line, words, random_, declared=True)


def _without(sign: str) -> Operator:
    def take(line: str, _words: Words, random_: random.Random) -> tuple[str, str | None] | None:
        found = [start + n for start, part in code_of(line) for n, each in enumerate(part) if each == sign]
        if sign == '"':
            found = [n for n, each in enumerate(line) if each == '"']
        if not found:
            return None
        at = random_.choice(found)
        return line[:at] + line[at + 1 :], None

    return take


def other_type(line: str, _words: Words, random_: random.Random) -> tuple[str, str | None] | None:
    found = re.match(r"(.*\bfield [^\"]*?(?:\"[^\"]*\")?: )(int|bool|text|dice|number)\b(.*)", line)
    found = found or re.match(r"(\s*property [^\"]*?(?:\"[^\"]*\")?: )(int|bool|text|dice|number)\b(.*)", line)
    if not found:
        return None
    new = random_.choice([each for each in _TYPES if each != found[2]])
    rest = re.sub(r"^ -?[\w]+\.\.[-\w]+( [a-z]+(?= =|$))?", "", found[3]) if new not in {"int", "number"} else found[3]
    return found[1] + new + rest, None


def other_word_of_the_language(line: str, _words: Words, random_: random.Random) -> tuple[str, str | None] | None:
    found = [
        (start + word.start(), word[0]) for start, part in code_of(line) for word in _WORD.finditer(part) if word[0] in _SWAPS
    ]
    if not found:
        return None
    at, word = random_.choice(found)
    name = _DECLARES.match(line)
    return line[:at] + _SWAPS[word] + line[at + len(word) :], name[1] if name else None


def entry_of_another_kind(line: str, words: Words, random_: random.Random) -> tuple[str, str | None] | None:
    spans = declared_spans(line, words)
    of = {name: kind for kind, names in words.entries.items() for name in names}
    found = [
        (start + word.start(), word[0])
        for start, part in code_of(line)
        for word in _WORD.finditer(part)
        if word[0] in of and not any(a <= start + word.start() < b for a, b in spans)
    ]
    # a weapon may stand where any thing may, so the other kind has nothing in common with this one
    others = [name for name, kind in of.items() if found and words.roots[kind] != words.roots[of[found[0][1]]]]
    if not found or not others or "active(" in line:  # any entry may be asked for
        return None
    at, word = found[0]
    return line[:at] + random_.choice(others) + line[at + len(word) :], None


def number_out_of_range(line: str, _words: Words, random_: random.Random) -> tuple[str, str | None] | None:
    found = [(start + n.start(), n[0]) for start, part in code_of(line) for n in _NUMBER.finditer(part)]
    if not found:
        return None
    at, number = random_.choice(found)
    return line[:at] + str(int(number) * 1000 + 99999) + line[at + len(number) :], None


def line_away(line: str, words: Words, _random: random.Random) -> tuple[str, str | None] | None:
    spans = declared_spans(line, words)
    given = _GIVES.match(line)
    missed = line[slice(*spans[0])] if spans else given[1] if given else None
    return ("", missed) if line.strip() else None


def indented_more(line: str, _words: Words, _random: random.Random) -> tuple[str, str | None] | None:
    return "  " + line, None


def indented_by_one(line: str, _words: Words, _random: random.Random) -> tuple[str, str | None] | None:
    return " " + line, None


def indented_less(line: str, _words: Words, _random: random.Random) -> tuple[str, str | None] | None:
    return (line[2:], None) if line.startswith("  ") else None


def line_twice(line: str, words: Words, _random: random.Random) -> tuple[str, str | None] | None:
    return (f"{line}\n{line}", None) if declared_spans(line, words) else None


OPERATORS: dict[str, Operator] = {
    "letter of a used word": letter_of_a_used_word,
    "letter of a declared name": letter_of_a_declared_name,
    "colon away": _without(":"),
    "quote away": _without('"'),
    "bracket away": _without(")"),
    "equals away": _without("="),
    "comma away": _without(","),
    "another type": other_type,
    "another word of the language": other_word_of_the_language,
    "entry of another kind": entry_of_another_kind,
    "number out of range": number_out_of_range,
    "line away": line_away,
    "indented more": indented_more,
    "indented by one": indented_by_one,
    "indented less": indented_less,
    "line twice": line_twice,
}


def mutants(files: dict[str, str], number: int, seed: int) -> Iterator[Mutant]:
    """Give so many mutants of each operator, the same for the same seed."""
    words = words_of(list(files.values()))
    for name, operator in OPERATORS.items():
        random_ = random.Random(f"{seed} {name}")  # noqa: S311 - the same in every run
        places = [
            (file, n)
            for file, text in sorted(files.items())
            for n, line in enumerate(text.split("\n"))
            if line.strip() and not line.lstrip().startswith("#")
        ]
        random_.shuffle(places)
        made = 0
        for file, n in places:
            lines = files[file].split("\n")
            changed = operator(lines[n], words, random_)
            if changed is None or changed[0] == lines[n]:
                continue
            after = "\n".join([*lines[:n], *([changed[0]] if changed[0] else []), *lines[n + 1 :]])
            yield Mutant(name, file, n + 1, after, lines[n], changed[0], changed[1])
            made += 1
            if made == number:
                break
