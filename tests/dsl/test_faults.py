"""What is said about faults: one finding for each, where it is, in the words of the language."""

import random
import tomllib
from pathlib import Path

import pytest

from rulecore.dsl.parse import parse
from rulecore.finding import Finding, Severity
from rulecore.source import SourceFile

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "broken.toml").read_text())["case"]
SAMPLES = sorted((HERE / "samples").glob("*.brew"))
JUNK = '()[]",:=x1 ->.'


def findings(text: str) -> tuple[Finding, ...]:
    return parse(SourceFile("t", text))[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']}: {case['text']!r}")
def test_a_broken_text(case: dict):
    found = findings(case["text"])
    assert [(finding.code, finding.span.line) for finding in found] == [(case["code"], case["line"])]
    shown = str(found[0])
    assert case["says"] in shown
    assert "^" in shown
    assert not any(name in shown for name in ("_NL", "LPAR", "NAME", "STRING", "__ANON", "$END"))


def test_there_are_many_cases_and_all_codes_of_lines():
    assert len(CASES) >= 40


def test_every_fault_of_a_file_is_found_at_once():
    text, expected = "", []
    for case in CASES:
        if case["code"] in {"syntax.unclosed_text", "syntax.indent", "syntax.indent_jump", "syntax.unclosed_bracket"}:
            continue  # what follows would stand in them
        expected.append((case["code"], text.count("\n") + case["line"]))
        text += case["text"] + "\n"
    assert [(finding.code, finding.span.line) for finding in findings(text)] == expected


def test_faults_in_a_block_whose_head_has_a_fault():
    found = findings("record a b\n  field x int\n  field y: int\n    cite 5\nadd 1 too x\n")
    assert [finding.span.line for finding in found] == [1, 2, 4, 5]


def test_a_hint_is_a_line_that_parses():
    hints = [hint for case in CASES for finding in findings(case["text"]) if (hint := finding.hint or "").startswith("write `")]
    lines = [
        line
        for line in (hint.removeprefix("write `").removesuffix("`") for hint in hints)
        if " " in line and not line.startswith('"') and "`" not in line
    ]
    assert len(lines) > 15
    for line in lines:
        assert [finding.code for finding in findings(line) if finding.severity is Severity.ERROR] == [], line


def mutants(number: int) -> list[tuple[str, int]]:
    """Good texts with one line broken as people break them, each with the line's number."""
    draw = random.Random(20261)  # noqa: S311 - the same mutants in every run
    texts = [sample.read_text() for sample in SAMPLES]
    made = []
    while len(made) < number:
        lines = draw.choice(texts).split("\n")
        index = draw.choice([at for at, line in enumerate(lines) if line.strip() and not line.strip().startswith("#")])
        broken = mutated(lines[index], draw)
        if broken != lines[index]:
            made.append(("\n".join([*lines[:index], broken, *lines[index + 1 :]]), index + 1))
    return made


def mutated(line: str, draw: random.Random) -> str:
    way = draw.choice(["typo", "drop", "double", "indent", "outdent", "cut", "remove", "insert", "swap"])
    if way in {"indent", "outdent"}:
        return " " + line if way == "indent" else line.removeprefix(" ")
    if way in {"remove", "insert"}:
        at = draw.randrange(len(line) - len(line.lstrip()), len(line))
        return line[:at] + (line[at + 1 :] if way == "remove" else draw.choice(JUNK) + line[at:])
    words = line.split(" ")
    at, other = draw.choice([k for k, word in enumerate(words) if word]), draw.choice([k for k, word in enumerate(words) if word])
    word = words[at]
    if way == "swap":
        words[at], words[other] = words[other], words[at]
    else:
        half = len(word) // 2
        words[at : at + 1] = {"typo": [word[:half] + "x" + word[half:]], "drop": [], "double": [word, word], "cut": [word[:-1]]}[
            way
        ]
    return " ".join(words)


def test_a_broken_line_is_found_where_it_is_and_once():
    refused = near = once = 0
    for text, line in mutants(300):
        errors = [finding for finding in findings(text) if finding.severity is Severity.ERROR]
        if errors:
            refused += 1
            near += abs(errors[0].span.line - line) <= 1
            once += len(errors) == 1
    assert refused > 120
    assert near >= 0.98 * refused
    assert once >= 0.98 * refused
