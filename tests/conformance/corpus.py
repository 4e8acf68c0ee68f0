"""The conformance corpus: rules of the book as records, worked by hand; the engine is asked about them only here.

A record is data in one of the numbered files:

    rule              the row of the list of rules that engines get wrong, 1 to 92
    title, citation   in our own words; where the book says it
    status            "checked", or "later" with a `reason`
    document          the inside of a document; the envelope is added here
    acts              what is done before the sheet is looked at: [path, arguments, the numbers that the dice show]
    expect            field id to value: a number, a truth value, a name, a list of names (a set), dice as "1d8+3"
    arithmetic        field id to "left side = right side", for every number and dice in `expect`. Words before a colon
                      name a row of a table, words in round brackets say what a number is; both are for the reader.
    absent            fields that must not exist
    findings          texts that some finding contains in code, message or pointer; "a|b" is satisfied by a or by b
    absent_findings   texts that no finding contains
    no_findings       no error and no warning at all
"""

import ast
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rulecore.play.dice import scripted

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
ENVELOPE = {
    "format": "rulecore/1",
    "packs": {"core_2024": "1.0.0", "srd_2024": "5.2.1"},
    "kind": "character",
    "name": "",
}

Record = dict[str, Any]


def records() -> list[Record]:
    return [record for path in sorted(HERE.glob("[0-9]*.json")) for record in read(path)]


def example_records() -> list[Record]:
    return [record | {"document": read(EXAMPLES / record["example"])} for record in read(HERE / "examples.json")]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def slug(record: Record) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", record["title"].lower()).strip("-")
    return f"{record['rule']:02}-{words}" if "rule" in record else record["example"]


# The arithmetic: a sum is a mapping from die size to how many, with 0 for the plain number.

Sum = dict[int, int]


def worked(line: str) -> tuple[str | int, str | int]:
    """Both sides of a line of arithmetic: what the left side comes to, and what the right side says."""
    left, _, right = line.rpartition("=")
    expression = re.sub(r" \([A-Za-z][^()]*\)", "", left.rpartition(":")[2])
    expression = re.sub(r"(\d+)d(\d+)", r"dice(\1, \2)", expression).strip()
    said = right.strip()
    return text_of(value_of(ast.parse(expression, mode="eval").body)), int(said) if re.fullmatch(r"-?\d+", said) else said


def value_of(node: ast.expr) -> Sum:
    match node:
        case ast.Constant(value=int(number)):
            return {0: number}
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return scaled(value_of(operand), -1)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return added(value_of(left), value_of(right))
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return added(value_of(left), scaled(value_of(right), -1))
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return scaled(value_of(left), number_of(right))
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
            return {0: number_of(left) // number_of(right)}
        case ast.Call(func=ast.Name(id="dice"), args=[count, sides]):
            return {number_of(sides): number_of(count)}
        case ast.Call(func=ast.Name(id="max" | "min" as name), args=terms):
            return {0: (max if name == "max" else min)(number_of(term) for term in terms)}
    raise ValueError(f"not arithmetic: {ast.unparse(node)}")


def number_of(node: ast.expr) -> int:
    value = value_of(node)
    if set(value) != {0}:
        raise ValueError(f"dice where a number is needed: {ast.unparse(node)}")
    return value[0]


def added(one: Sum, other: Sum) -> Sum:
    return {size: one.get(size, 0) + other.get(size, 0) for size in one | other}


def scaled(value: Sum, factor: int) -> Sum:
    return {size: count * factor for size, count in value.items()}


def text_of(value: Sum) -> str | int:
    number = value.get(0, 0)
    dice = "+".join(f"{count}d{size}" for size, count in sorted(value.items()) if size and count)
    if not dice:
        return number
    return f"{dice}{number:+}" if number else dice


# The engine. What it gives is brought into the shape of `expect` here and nowhere else.


def character(rules: Any, record: Record) -> Any:
    """The character of a record, by whom all that the record says was done."""
    hero = rules.character(ENVELOPE | record["document"])
    for path, arguments, numbers in record.get("acts", ()):
        hero.act(path, arguments, dice=scripted(numbers))
    return hero


def value(hero: Any, field: str) -> Any:
    """The shown value of a field; the text "(no such field)" where there is none."""
    try:
        return shown(hero[field])
    except KeyError:
        return "(no such field)"


def shown(value: Any) -> Any:
    """A value of the engine as the corpus writes it: bare names, sorted lists for sets, canonical text for dice."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if hasattr(value, "to_json"):
        return shown(value.to_json())
    if isinstance(value, dict):
        return shown(value["dice"] if "dice" in value else list(value))
    if isinstance(value, str):
        return re.sub(r"^.*[.:]", "", value)
    if isinstance(value, Iterable):
        return sorted(str(shown(member)) for member in value)
    return shown(str(value))


def findings(hero: Any) -> list[str]:
    return [f"{found.code} {found.message} {found.pointer or ''}" for found in hero.findings]


def serious(hero: Any) -> list[str]:
    return [str(found) for found in hero.findings if str(found.severity) in {"error", "warning"}]


def contains(texts: list[str], wanted: str) -> bool:
    """Whether some text contains one of the alternatives; a pointer's slashes count as the dots of an id."""
    whole = [form for text in texts for form in (text, text.replace("/", "."))]
    return any(alternative in text for alternative in wanted.split("|") for text in whole)


def differences(hero: Any, record: Record) -> list[str]:
    """Everything in which the engine departs from a record, one line each."""
    told = findings(hero)
    wrong = []
    for field, expected in record["expect"].items():
        wanted = sorted(expected) if isinstance(expected, list) else expected
        if (given := value(hero, field)) != wanted or isinstance(given, bool) is not isinstance(wanted, bool):
            how = record.get("arithmetic", {}).get(field, "")
            wrong.append(f"{field}: expected {wanted!r}, engine {given!r}  {how}".rstrip())
    wrong += [f"{field}: should not exist" for field in record.get("absent", []) if value(hero, field) != "(no such field)"]
    wrong += [f"no finding contains {text!r} in {told}" for text in record.get("findings", []) if not contains(told, text)]
    wrong += [f"a finding contains {text!r}: {told}" for text in record.get("absent_findings", []) if contains(told, text)]
    if record.get("no_findings"):
        wrong += [f"finding: {text}" for text in serious(hero)]
    return wrong
