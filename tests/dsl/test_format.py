"""The laws of layout: the same tree, the same comments, nothing more to do; and what is written is what was meant."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.dsl import ast
from rulecore.dsl.format import format_source, write
from rulecore.dsl.parse import parse
from rulecore.finding import Severity
from rulecore.source import NOWHERE, SourceFile
from tests.dsl.trees import bare, expressions, files

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.brew"))
QUOTED = re.compile(r'("""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*")')


def tree(text: str):
    file, findings = parse(SourceFile("t", text))
    assert not [str(finding) for finding in findings if finding.severity is Severity.ERROR]
    return bare(file)


def comments(text: str) -> list[str]:
    return [found.rstrip() for found in re.findall(r"#[^\n]*", QUOTED.sub("''", text))]


@st.composite
def untidy(draw: st.DrawFn) -> str:
    """A text with comments, blank lines, spaces and breaks in brackets wherever they may stand."""
    lines = []
    choose = draw(st.randoms(use_true_random=False)).choice
    for line in write(draw(files)).splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        while choose([True, False, False]):
            lines.append(choose(["", f'{indent}# a " b', "# out", f"{indent}  # in", "   "]))
        parts = QUOTED.split(line.strip())
        for index in range(0, len(parts), 2):
            parts[index] = re.sub(" ", lambda _: choose([" ", "  ", "\t"]), parts[index])
            parts[index] = re.sub(
                r"[(\[]", lambda found, deeper=indent + "      ": found[0] + choose(["", " ", f" # why\n{deeper}"]), parts[index]
            )
        lines.append(indent + "".join(parts) + choose(["", "  ", " # after", "#after"]))
    return choose(["\n", "\r\n"]).join(lines) + choose(["", "\n", "\n\n# end\n  "])


@given(untidy())
def test_layout_changes_no_tree_and_no_comment_and_is_done_at_once(text: str):
    laid_out = format_source(text)
    assert tree(laid_out) == tree(text)
    assert comments(laid_out) == comments(text.replace("\r\n", "\n"))
    assert format_source(laid_out) == laid_out


@given(files)
def test_a_written_tree_is_parsed_to_the_same_tree(file: ast.File):
    text = write(file)
    assert tree(text) == bare(file)
    assert format_source(text) == text


@given(expressions)
def test_an_expression_has_the_brackets_that_it_needs(expression: ast.Expression):
    file = ast.File("t", (ast.Expect(NOWHERE, "value", expression, None),))
    assert tree(write(file)) == bare(file)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_keep_their_trees(sample: Path):
    text = sample.read_text()
    laid_out = format_source(text)
    assert tree(laid_out) == tree(text)
    assert format_source(laid_out) == laid_out
    assert comments(laid_out) == comments(text)
    assert tree(write(parse(SourceFile("t", text))[0])) == tree(text)


def test_the_layout():
    text = (
        '\n\nfeat   alert  "Alert"# first\n  # about it\n\n\n  add  - 1  to x ,y . z  up  to 20\n'
        "  a:[1 ,\n    2]\n# last\nevent e(a:int 0 .. 3)\n"
    )
    assert format_source(text) == (
        'feat alert "Alert"  # first\n  # about it\n\n  add -1 to x, y.z up to 20\n'
        "  a: [1,\n      2]\n# last\nevent e (a: int 0..3)\n"
    )


def test_long_texts_are_untouched():
    text = 'text """  one\n     two  \n\n\n  three"""\n'
    assert format_source(text) == text


def test_a_text_with_faults_stays_as_it_is():
    text = "add  1 too x\n"
    assert format_source(text) == text
