"""From text to tree: samples, places, and texts that nobody should write."""

import os
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulecore.dsl import ast
from rulecore.dsl.grammar import build, grammar_text
from rulecore.dsl.parse import LARGEST_FILE, parse, read_source
from rulecore.finding import Finding
from rulecore.source import SourceFile, Span
from tests.dsl.trees import bare, files

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.brew"))


def parsed(text: str) -> tuple[ast.File, list[str]]:
    file, findings = parse(SourceFile("t", text))
    return file, [finding.code for finding in findings]


def line(text: str):
    file, codes = parsed(text)
    assert codes == []
    return file.statements[0]


def test_the_grammar_has_no_conflict_and_no_two_terminals_that_collide():
    pytest.importorskip("interegular")
    assert build().options.strict
    assert "class" not in grammar_text()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_parse(sample: Path):
    source = read_source(sample)
    assert isinstance(source, SourceFile)
    file, findings = parse(source)
    assert findings == ()
    assert file.statements


def test_places_are_exact():
    text = 'field armor "Armor": int 0..60 = 10 + bonus when worn'
    field = line(f'{text}  # why\n  cite "x"\n')
    assert field.span == Span("t", 1, 1, len(text))
    for part, words in (
        (field.type, "int 0..60"),
        (field.value, "10 + bonus"),
        (field.value.right, "bonus"),
        (field.when, "worn"),
    ):
        assert part.span == Span("t", 1, text.index(words) + 1, len(words))
    assert field.body[0].span == Span("t", 2, 3, 8)


def test_the_place_of_what_goes_over_lines_is_its_first_line():
    assert line("a: [1,\n  2]\n").items[0].value.span == Span("t", 1, 4, 3)


def test_places_are_the_same_when_another_line_has_a_fault():
    good = 'while x\n  a: [1,\n    2]\n  add 1 to x when y\nfeat z "Z"\n  cite "q"\n'
    recovered, codes = parsed(good + "add to\n")
    assert codes
    assert recovered == parsed(good)[0]


def test_values():
    assert line('label a.4.5 = "x\\"y\\\\\\n"') == ast.Label(
        Span("t", 1, 1, 24), ast.Path(Span("t", 1, 7, 5), ("a", "4", "5")), 'x"y\\\n'
    )
    assert line('text """one\n    two\n  """').text == "one\ntwo"
    assert [item.value.value for item in line("a: 12, 7.5").items] == [12, Fraction(15, 2)]
    assert line("a: d6").items[0].value == ast.Dice(Span("t", 1, 4, 2), 1, 6)
    assert line("field x: number -1.5..y ft").type.low.value == Fraction(-3, 2)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a or b and not c = d", "(a or (b and (not (c = d))))"),
        ("1 - 2 - 3 * -4", "((1 - 2) - (3 * (-4)))"),
        ("if a then b else if c then d else e", "(if a then b else (if c then d else e))"),
    ],
)
def test_precedence(text: str, form: str):
    def show(node) -> str:
        match node:
            case ast.Path():
                return str(node)
            case ast.Number():
                return str(node.value)
            case ast.If():
                return f"(if {show(node.condition)} then {show(node.then)} else {show(node.otherwise)})"
            case ast.Not():
                return f"(not {show(node.operand)})"
            case ast.Negative():
                return f"(-{show(node.operand)})"
        word = getattr(node, "operator", type(node).__name__.lower())
        return f"({show(node.left)} {word} {show(node.right)})"

    assert show(line(f"expect {text}").value) == form


EXTREMES = {
    "brackets": ("x: " + "(" * 10_000 + "1", "syntax.line_too_long"),
    "brackets in lines": ("x: " + "(\n  " * 9_000, "syntax.unclosed_bracket"),
    "61 brackets": ("x: " + "(" * 61 + "1" + ")" * 61, "syntax.nesting"),
    "a sum": ("x: " + "+".join(["1"] * 4_000), "syntax.nesting"),
    "signs": ("x: " + "-" * 5_000 + "1", "syntax.nesting"),
    "ifs": ("x: " + "if a then b else " * 500 + "1", "syntax.nesting"),
    "nots": ("x: " + "not " * 2_000 + "a", "syntax.nesting"),
    "a long line": ("x" * 1_000_000, "syntax.line_too_long"),
    "a long text": ('x: "' + "a " * 500_000 + '"', "syntax.line_too_long"),
    "many lines": ("a: 1\n" * 100_000, "syntax.too_long"),
    "many faults": ("a: (1\n" * 9_500, "syntax.unclosed_bracket"),
    "deep blocks": ("\n".join("  " * depth + "while x" for depth in range(1_000)), "syntax.nesting"),
    "a large file": ("#\n" * (LARGEST_FILE // 2 + 1), "syntax.too_large"),
    "a large number": ("a: " + "9" * 5_000, "syntax.number"),
}


@pytest.mark.parametrize(("text", "code"), EXTREMES.values(), ids=EXTREMES.keys())
def test_extremes_are_findings(text: str, code: str):
    assert parsed(text)[1][0] == code


@pytest.mark.parametrize("text", ["x: " + "(" * 60 + "1" + ")" * 60, "x: " + "+".join(["1"] * 90), "x: a" + ".b" * 4_000])
def test_what_is_deep_but_not_too_deep(text: str):
    assert parsed(text)[1] == []


def test_no_more_findings_than_a_person_reads():
    codes = parsed("a: (1\n" * 1_000)[1]
    assert len(codes) == 201
    assert codes[-1] == "syntax.more"


@pytest.mark.parametrize("text", ["", "\n\n", "# only", "   ", "\ufeffa: 1", "a: 1\r\nb: 2\r\n", "a: 1   \n  ", "a:\t1"])
def test_harmless_texts(text: str):
    assert parsed(text)[1] == []


def test_a_byte_order_mark_and_line_ends_change_no_place(tmp_path: Path):
    path = tmp_path / "a.brew"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    source = read_source(path)
    assert isinstance(source, SourceFile)
    assert parse(source)[0] == parse(SourceFile(str(path), "a: 1\nb: 2\n"))[0]


def test_files_that_cannot_be_read(tmp_path: Path):
    def code(path: Path) -> str:
        found = read_source(path)
        assert isinstance(found, Finding)
        return found.code

    (tmp_path / "latin").write_bytes(b"a: 1\nb: \xe9")
    (tmp_path / "large").write_bytes(b"#" * (LARGEST_FILE + 1))
    os.mkfifo(tmp_path / "pipe")
    assert code(tmp_path / "latin") == "syntax.encoding"
    assert read_source(tmp_path / "latin").span == Span(str(tmp_path / "latin"), 2, 4)
    assert code(tmp_path / "large") == "syntax.too_large"
    assert {code(tmp_path), code(tmp_path / "none"), code(tmp_path / "pipe"), code(tmp_path / "a\0b")} == {"syntax.unreadable"}


@given(st.text(max_size=80) | st.text("ab1 .,:=<>+-*/()[]|\"#\n\t!'é", max_size=60))
def test_any_text_gives_a_tree_or_findings(text: str):
    file, findings = parse(SourceFile("t", text))
    assert all(finding.span is not None and finding.span.line <= text.count("\n") + 1 for finding in findings)
    assert isinstance(file, ast.File)


@given(files, st.data())
def test_a_fault_in_one_line_leaves_the_other_lines(file: ast.File, data: st.DataObject):
    from rulecore.dsl.write import write

    good = "".join(write(ast.File("t", (statement,))) for statement in file.statements)
    bad = data.draw(st.sampled_from(["add to\n", "foo (1\n", 'a: "b\n', "field x int\n", "A\n"]))
    recovered, findings = parse(SourceFile("t", good + bad + good))
    assert [finding.span.line for finding in findings if finding.severity == "error"] == [good.count("\n") + 1]
    assert bare(recovered) == bare(ast.File("t", file.statements * 2))
