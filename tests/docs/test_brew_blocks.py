"""What the docs say of Brew is so: its blocks load, its faults are found, and no word, function or code is left out."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rulecore.cli.examples import failures
from rulecore.dsl.parse import parse
from rulecore.dsl.terminals import PLACEHOLDERS
from rulecore.formula.functions import FUNCTIONS
from rulecore.packs.load import Loaded, load
from rulecore.source import SourceFile

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = DOCS / "brew.md"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]

# The language is the whole word here: `brew-wrong` shows a fault, and no other page has one.
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*)[^\n]*\n(?P<text>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
FINDS = re.compile(r"^# finds: (?P<code>\S+)$", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block: its language, its text, and the line of the page where the text begins."""

    language: str
    text: str
    line: int


def fences(page: Path, language: str) -> list[Fence]:
    text = page.read_text(encoding="utf-8")
    return [
        Fence(
            match["language"],
            re.sub(rf"^{match['indent']}", "", match["text"], flags=re.MULTILINE),
            text.count("\n", 0, match.start("text")) + 1,
        )
        for match in FENCE.finditer(text)
        if match["language"] == language
    ]


PACK = "\n".join(fence.text for fence in fences(PAGE, "brew"))
WRONG = fences(PAGE, "brew-wrong")


def loaded(text: str, folder: Path) -> Loaded:
    (folder / "pack.brew").write_text(text, encoding="utf-8")
    return load(folder)


# ---- the page of the language


def test_the_blocks_of_the_page_are_one_pack_that_loads(tmp_path: Path):
    found = loaded(PACK, tmp_path)
    assert [str(finding) for finding in found.findings] == []
    assert len(found.rules.packs) == 1
    assert len(found.examples) >= 4


def test_the_examples_of_the_page_come_true(tmp_path: Path):
    found = loaded(PACK, tmp_path)
    assert [str(finding) for finding in failures(found.examples, found.rules)] == []


def test_a_wrong_expectation_would_be_told(tmp_path: Path):
    changed = PACK.replace("expect load = 6.5", "expect load = 7")
    found = loaded(changed, tmp_path)
    assert [finding.code for finding in failures(found.examples, found.rules)] == ["example.failed"]


@pytest.mark.parametrize("fence", WRONG, ids=[f"line {fence.line}" for fence in WRONG])
def test_a_block_that_shows_a_fault_has_that_fault_alone(fence: Fence, tmp_path: Path):
    expected = FINDS.findall(fence.text)
    assert len(expected) == 1, "a wrong block says once what is found"
    found = loaded(f"{PACK}\n{fence.text}", tmp_path)
    assert {finding.code for finding in found.findings} == set(expected)


# ---- other pages


OTHERS = [(page, fence) for page in PAGES if page != PAGE for fence in fences(page, "brew")]


@pytest.mark.parametrize(
    ("page", "fence"), OTHERS, ids=[f"{page.relative_to(ROOT).as_posix()}:{fence.line}" for page, fence in OTHERS]
)
def test_the_blocks_of_other_pages_parse(page: Path, fence: Fence):
    _tree, faults = parse(SourceFile(f"{page.name}:{fence.line}", fence.text))
    assert [str(fault) for fault in faults] == []


def test_there_are_blocks_on_other_pages():
    assert OTHERS


# ---- nothing is left out


GRAMMAR = (ROOT / "grammars" / "brew.lark").read_text(encoding="utf-8")
# Rules whose lines begin with another word than their name, or with none of Brew's.
WORDS_OF_RULE = {
    "patch": ("extend", "override"),
    "type_decl": ("entity", "record", "kind"),
    "open_line": (),
    "meta": (),
    "simple": (),
}


def alternatives(rule: str) -> list[str]:
    match = re.search(rf"^\?{rule}:(?P<body>.*(?:\n[ \t]+\|.*)*)", GRAMMAR, re.MULTILINE)
    assert match is not None
    return re.findall(r"[a-z_]+", match["body"].replace("_NL", ""))


def code_of_the_page() -> str:
    """Give what stands in fences and between backticks: prose alone does not explain a word."""
    text = PAGE.read_text(encoding="utf-8")
    inline = INLINE.findall(FENCE.sub("", text))
    return "\n".join([*inline, *(match["text"] for match in FENCE.finditer(text))])


CODE = code_of_the_page()


def lines_begun_with(word: str) -> bool:
    modes = r"(?:editable |structural )?"
    return re.search(rf"^\s*{modes}{word}\b", CODE, re.MULTILINE) is not None


@pytest.mark.parametrize("rule", [*alternatives("stmt"), *alternatives("simple")])
def test_every_statement_is_on_the_page(rule: str):
    words = WORDS_OF_RULE.get(rule, (rule.rstrip("_"),))
    assert [word for word in words if not lines_begun_with(word)] == []


@pytest.mark.parametrize("word", sorted(set(re.findall(r'"([a-z]+)"', GRAMMAR))))
def test_every_word_of_the_grammar_is_on_the_page(word: str):
    assert re.search(rf"\b{word}\b", CODE)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_on_the_page_as_its_row_says(name: str):
    function = FUNCTIONS[name]
    assert f"| `{function.usage}` | {function.sentence} |" in PAGE.read_text(encoding="utf-8")


# ---- the page of findings


SOURCE = ROOT / "src" / "rulecore"
CODE_SHAPE = re.compile(r"[a-z]+\.[a-z_]*[a-z]")
# What has the shape of a code and is none.
NO_CODES = re.compile(r"rulecore\..*|brew\.lark")
# A code of one word.
PLAIN_CODES = {"cycle"}
# Some codes are put together; what can stand in their holes.
REPORTING = {"Finding", "error", "add"}
COMPOSED_SHAPE = re.compile(r"([a-z]+|\{[a-z.]+\})\.[a-z_]*(\{[a-z.]+\})?")
HOLES: dict[str, tuple[str, ...]] = {
    "{line.word}": ("extend", "override"),
    "{thing.word}": ("event", "phrase"),
    "{member.mode}": ("editable", "structural"),
    "{name}": ("bracket", "colon", "comma", "equals", "leads_to"),
    "{part}": tuple(part for part, *_ in PLACEHOLDERS),
}
ROW = re.compile(r"^\| `(?P<code>[a-z_.]+)` \| (?P<meaning>[^|]+) \| (?P<remedy>[^|]+) \|$", re.MULTILINE)
ROWS = [match["code"] for match in ROW.finditer((DOCS / "findings.md").read_text(encoding="utf-8"))]


def nodes() -> Iterator[ast.AST]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def literal_codes() -> set[str]:
    """Give every text of the source that is a code, wherever it stands."""
    texts = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    shaped = {text for text in texts if CODE_SHAPE.fullmatch(text) and not NO_CODES.fullmatch(text)}
    return shaped | (texts & PLAIN_CODES)


def composed_codes() -> set[str]:
    """Give every code that is put together where it is reported, with each word that its hole may hold."""
    found = set()
    for node in nodes():
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.JoinedStr):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        code = "".join(
            str(part.value) if isinstance(part, ast.Constant) else ast.unparse(ast.JoinedStr([part]))[2:-1]
            for part in node.args[0].values
        )
        if called in REPORTING and COMPOSED_SHAPE.fullmatch(code):
            hole = re.findall(r"\{.*?\}", code)[0]
            found |= {code.replace(hole, word) for word in HOLES[hole]}
    return found


CODES = literal_codes() | composed_codes()


def test_the_source_is_read():
    assert {"syntax.tab", "choice.parked", "cycle", "syntax.unfinished", "value.bound"} <= CODES
    assert {"extend.unknown", "effect.editable", "syntax.missing_leads_to", "phrase.parameters"} <= CODES


def test_every_code_of_the_source_has_a_row():
    assert sorted(CODES - set(ROWS)) == []


def test_every_row_is_a_code_of_the_source_and_stands_once():
    assert sorted(set(ROWS) - CODES) == []
    assert sorted({code for code in ROWS if ROWS.count(code) > 1}) == []
