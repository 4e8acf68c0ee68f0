"""The engine knows no game: no name or label that a pack declares stands in src/ or grammars/, comments included."""

import builtins
import keyword
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACK_FOLDERS = [ROOT / "packs", ROOT / "tests" / "packs"]
ENGINE_FOLDERS = [ROOT / "src", ROOT / "grammars"]
ENGINE_SUFFIXES = {".py", ".lark", ".json", ".toml", ".txt", ".typed"}
LISTS = tomllib.loads((Path(__file__).parent / "english_words.toml").read_text())
ALLOWED = LISTS["words"] | LISTS["formats"]
MOST_ALLOWED = 30
# Words that Python itself puts into every file are nobody's choice.
PYTHON = {*keyword.kwlist, *dir(builtins)}

NAME = r"[a-z_][a-z0-9_]*"
LABEL = r'(?:[^"#\n]*?"(?P<label>[^"]+)")?'
DECLARATION = re.compile(
    rf"^\s*(?:(?:editable|structural)\s+)?(?P<word>field|kind|record|entity|property|event|ruling|phrase|table|relation)"
    rf"\s+(?P<name>{NAME}){LABEL}",
    re.MULTILINE,
)
LABELLED = re.compile(rf'^\s*(?!uses\b){NAME}\s+(?P<name>{NAME})\s+"(?P<label>[^"]+)"', re.MULTILINE)


def declared(texts: Iterable[str]) -> set[str]:
    """Collect what packs declare, in lower case: declarations, entry lines with a label, entries of declared kinds."""
    text = "\n".join(texts)
    declarations = list(DECLARATION.finditer(text))
    openers = {match["name"] for match in declarations if match["word"] in {"kind", "record"}} | {"option"}
    plain = re.compile(rf"^\s*(?:{'|'.join(sorted(openers))})\s+(?P<name>{NAME})\s*(?P<label>)(?:#.*)?$", re.MULTILINE)
    found = [*declarations, *LABELLED.finditer(text), *plain.finditer(text)]
    return {word.lower() for match in found for word in (match["name"], match["label"]) if word}


def used(words: set[str], texts: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Find whole words in texts: each word used, with the places."""
    if not words:
        return {}
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    places = defaultdict(list)
    for name, text in texts:
        for number, line in enumerate(text.splitlines(), 1):
            for match in pattern.finditer(line):
                places[match[0].lower()].append(f"{name}:{number}")
    return dict(places)


def pack_words() -> set[str]:
    return declared(path.read_text() for folder in PACK_FOLDERS for path in sorted(folder.rglob("*.brew")))


def engine_words() -> dict[str, list[str]]:
    paths = [path for folder in ENGINE_FOLDERS for path in sorted(folder.rglob("*")) if path.suffix in ENGINE_SUFFIXES]
    return used(pack_words() - PYTHON, [(path.relative_to(ROOT).as_posix(), path.read_text()) for path in paths])


def test_no_word_of_a_game_stands_in_the_engine():
    assert {word: places for word, places in engine_words().items() if word not in ALLOWED} == {}


def test_every_allowed_word_is_needed_and_has_a_reason():
    assert sorted(set(ALLOWED) - set(engine_words())) == []
    assert [word for word, reason in ALLOWED.items() if not reason.strip()] == []


def test_few_words_are_allowed():
    assert len(LISTS["words"]) <= MOST_ALLOWED


def test_packs_declare_words():
    assert pack_words() != set()


def test_declared_names_and_labels_are_collected():
    text = """
uses other_pack ">=1.0"
kind skill "Skill" is trainable
record wound
entity hero "Hero" is creature
  each skill
    editable field dots: int 0..4 = 0  # "no label"
  field armor_class "Armor Class": int = 0
skill stealth "Stealth"
skill prowl # no label
event dusk "Night falls" (amount: int)
phrase keen in (what: ref skill)
  choose trick "Trick": 1 of options
    option ghost
relation rests_on from mask to mask acyclic
"""
    expected = {"skill", "wound", "hero", "dots", "armor_class", "armor class", "stealth", "prowl", "dusk"}
    assert declared([text]) == expected | {"night falls", "keen", "trick", "ghost", "rests_on"}


def test_whole_words_are_found_in_any_case_and_in_comments():
    text = "# the Armor Class of a hero\nheroes = hero_of(rests_on)"
    places = used({"armor class", "hero", "rests_on", "armor"}, [("a.py", text)])
    assert places == {"armor class": ["a.py:1"], "hero": ["a.py:1"], "rests_on": ["a.py:2"]}
