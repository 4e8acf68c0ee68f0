"""JSON Schemas for structured outputs: within the limits, and what they do not say is found afterwards."""

import json
from dataclasses import fields as fields_of
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import rulecore as rc
from rulecore.errors import FieldError, Refused
from rulecore.validation.export import Export, export, exports
from rulecore.validation.keys import key_of, path_of
from rulecore.validation.lint import lint
from rulecore.validation.profiles import PORTABLE, PROFILES, Profile
from tests.golden.golden import goldens
from tests.packs.test_walks import decide

ROOT = Path(__file__).parents[2]
RULES = rc.load_ruleset()
MOST_TRIES = 30
MOST_ROUNDS = 12
# Few values, as if a game had hundreds of answers to one question.
NARROW = Profile(**{each.name: getattr(PORTABLE, each.name) for each in fields_of(PORTABLE)} | {"name": "narrow", "values": 40})


def levelled(name: str, level: int, *, decided: bool = False) -> rc.Character:
    hero = RULES.character()
    random = Random(f"export {name}")  # noqa: S311 - a test, no secret
    for _level in range(level):
        hero.choose("levels", name)
        if decided:
            decide(hero, random)
    return hero


def documents() -> dict[str, Any]:
    found = {f"golden {each.name}": each.document for each in goldens()}
    found |= {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "examples").glob("*.json"))}
    for name, level in (("wizard", 1), ("wizard", 5), ("cleric", 3), ("warlock", 9), ("fighter", 4), ("bard", 20)):
        found[f"{name} {level} open"] = levelled(name, level).document
    for name, level in (("wizard", 5), ("sorcerer", 4)):
        found[f"{name} {level} without lists"] = levelled(name, level, decided=True).document
    return {"blank": RULES.character().document} | found


DOCUMENTS = documents()
OPEN = ["blank", *(name for name in DOCUMENTS if name.endswith(("open", "without lists")))]


def errors(hero: rc.Character) -> list[rc.Finding]:
    return [finding for finding in hero.findings if finding.severity is rc.Severity.ERROR]


def taken(hero: rc.Character, made: Export, output: Any) -> list[rc.Finding]:
    """Take an output into a copy, and give the errors that it brings."""
    copy, before = hero.fork(), {(each.code, each.message) for each in errors(hero)}
    try:
        copy.edit(made.edits(output))
    except Refused as refused:
        return list(refused.findings)
    return [each for each in errors(copy) if (each.code, each.message) not in before]


# ---- what is made fits


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_schema_keeps_to_the_limits_of_its_profile(name: str, profile: str):
    for made in exports(RULES.character(DOCUMENTS[name]), profile=profile):
        assert lint(made.schema, profile) == ()
        Draft202012Validator.check_schema(made.schema)


@pytest.mark.parametrize("profile", [*PROFILES, NARROW], ids=[*PROFILES, "narrow"])
@pytest.mark.parametrize("name", OPEN)
def test_every_legal_option_is_in_some_stage_and_no_other(name: str, profile: str | Profile):
    hero = RULES.character(DOCUMENTS[name])
    stages = exports(hero, profile=profile)
    offered: dict[str, set[str]] = {}
    for made in stages:
        assert lint(made.schema, profile) == ()
        for hole in made.holes:
            offered.setdefault(hole.id, set()).update(answer.id for answer in hole.answers)
    choices = {each.id: set(each.legal) for each in hero.options() if each.legal}
    assert {path: offered[path] for path in choices} == choices
    if profile is NARROW and name == "wizard 5 open":
        assert len([stage for stage in export(hero, profile=NARROW).stages if stage.startswith("wizard.spellbook/Level")]) > 2


def test_the_same_character_gives_the_same_stages():
    first, second = (export(levelled("wizard", 5), profile=NARROW) for _ in range(2))
    assert (first.stages, first.schema) == (second.stages, second.schema)


def test_a_large_question_is_divided_by_what_the_interview_shows():
    hero = levelled("wizard", 9)
    names = [name for name in export(hero, profile=NARROW).stages if name.startswith("wizard.spellbook/")]
    assert names[0].startswith("wizard.spellbook/Level 1")
    assert export(hero, profile=NARROW, stage="wizard.spellbook").stages == tuple(names)
    assert all("Level" in name for name in names)
    made = export(hero, profile=NARROW, stage=names[0])
    assert any(lost.constraint.startswith("the answers under Level 1") for lost in made.lossy)
    assert made.needed == ()


def test_a_question_without_anything_declared_is_divided_by_the_alphabet():
    hero = levelled("warlock", 9)
    tiny = Profile(**{each.name: getattr(NARROW, each.name) for each in fields_of(NARROW)} | {"values": 10})
    made = [each for each in exports(hero, profile=tiny) if each.holes[0].id == "warlock.invocations"]
    labels = [[answer.label for answer in each.holes[0].answers] for each in made]
    assert len(labels) > 1
    assert all(part == sorted(part) for part in labels)


def test_words_go_before_values():
    hero = levelled("wizard", 5)
    whole = export(hero, stage="wizard.spellbook")
    enum = whole.schema["properties"]["wizard.spellbook"]["items"]["enum"]
    for characters, words in ((3000, True), (1580, False)):
        short = Profile(**{each.name: getattr(PORTABLE, each.name) for each in fields_of(PORTABLE)} | {"characters": characters})
        made = export(hero, profile=short, stage="wizard.spellbook")
        (asked,) = made.schema["properties"].values()
        assert asked["items"]["enum"] == enum
        assert ("description" in asked) is words
        assert lint(made.schema, short) == ()


def test_bounds_of_numbers_are_written_as_a_profile_can():
    hero = RULES.character()
    strength = {
        name: export(hero, profile=name, stage="strength.base").schema["properties"]["strength.base"] for name in PROFILES
    }
    assert (strength["openai"]["minimum"], strength["openai"]["maximum"]) == (1, 30)
    assert strength["portable"]["enum"] == strength["anthropic"]["enum"] == list(range(1, 31))


# ---- asking by name


def test_a_stage_is_the_same_alone_and_among_all():
    hero = levelled("wizard", 5)
    made = exports(hero)
    assert [each.schema for each in made] == [export(hero, stage=name).schema for name in made[0].stages]


def test_one_question_can_be_asked_alone():
    made = export(RULES.character(), stage="species")
    assert list(made.schema["properties"]) == ["species"]
    assert made.lossy == ()


def test_what_has_been_answered_is_asked_no_more():
    hero = RULES.character()
    hero.edit({"species": "elf", "strength.base": 15, "name": "Ada"})
    for path in ("species", "strength.base", "dexterity.base", "name"):
        assert export(hero, stage=path).schema["properties"] == {}


def test_a_stage_that_is_not_there_is_refused():
    with pytest.raises(FieldError, match="no stage") as raised:
        export(RULES.character(), stage="specis")
    assert raised.value.nearest is None or "spec" in raised.value.nearest


def test_a_profile_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="did you mean `openai`"):
        export(RULES.character(), profile="open_ai")


def test_a_sequence_that_may_grow_is_a_stage_of_its_own_at_the_end():
    made = export(levelled("wizard", 1))
    assert made.stages[-1] == "levels"
    grown = export(levelled("wizard", 1), stage="levels")
    assert grown.needed == ()
    assert grown.schema["properties"]["levels"]["enum"][-1] == "none"
    assert grown.answers({"levels": "none"}) == {}


# ---- from outputs to answers


def test_places_become_one_answer_and_none_is_left_out():
    hero = levelled("wizard", 1)
    made = export(hero, stage="wizard.magic.cantrips")
    output = dict(zip(made.schema["properties"], ["light", "none", "mending"], strict=True))
    assert made.answers(output) == {"wizard.magic.cantrips": ["light", "mending"]}
    hero.edit(made.edits(output))
    assert [each["spell"] for each in hero.document["collections"]["wizard.magic.cantrips"].values()] == ["light", "mending"]


def test_answers_are_what_a_file_of_answers_holds():
    hero = RULES.character()
    made = export(hero, profile="openai")
    output = {key: _first(value) for key, value in made.schema["properties"].items()} | {"name": "Ada"}
    answers = made.answers(output)
    assert answers["name"] == ["Ada"]
    assert answers["strength.base"] == 1
    assert answers["levels"] == ["barbarian"]
    assert answers["known_languages"] == ["common_sign_language", "common_sign_language"]


def _first(schema: Any) -> Any:
    if schema["type"] == "array":
        return [_first(schema["items"])] * schema.get("minItems", 0)
    return schema.get("enum", [schema.get("minimum", "")])[0]


def test_what_was_picked_before_stays():
    hero = levelled("wizard", 1)
    hero.choose("wizard.skills", ["arcana"])
    made = export(hero, stage="wizard.skills")
    assert made.answers({"wizard.skills": "history"}) == {"wizard.skills": ["history"]}
    hero.edit(made.edits({"wizard.skills": "history"}))
    assert hero.document["choices"]["wizard.skills"] == ["arcana", "history"]


def test_an_output_with_another_key_is_refused():
    with pytest.raises(FieldError, match="no key"):
        export(RULES.character(), stage="species").answers({"specie": "elf"})


def test_too_many_are_refused_as_the_loss_says():
    hero = levelled("warlock", 9)
    made = export(hero, stage="warlock.invocations")
    output = {"warlock.invocations": [answer.id for answer in made.holes[0].answers] * 2}
    Draft202012Validator(made.schema).validate(output)
    assert {finding.code for finding in taken(hero, made, output)} == {"choice.too_many"} <= {lost.code for lost in made.lossy}


# ---- what is lost is found afterwards


def instances(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Draw anything that is valid under a schema of the sort that is made here."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema["type"]:
        case "object":
            return st.fixed_dictionaries({key: instances(value) for key, value in schema["properties"].items()})
        case "array":
            most = schema.get("maxItems", 8)
            return st.lists(instances(schema["items"]), min_size=schema.get("minItems", 0), max_size=most)
        case "integer":
            return st.integers(schema.get("minimum", -99), schema.get("maximum", 99))
        case "number":
            return st.integers(schema.get("minimum", -99), schema.get("maximum", 99))
        case "boolean":
            return st.booleans()
    return st.text(max_size=8)


HEROES = {name: RULES.character(DOCUMENTS[name]) for name in OPEN}


@cache
def schemas() -> list[tuple[str, Export]]:
    return [(name, made) for name in OPEN for profile in PROFILES for made in exports(HEROES[name], profile=profile)]


@settings(max_examples=30 if settings.get_current_profile_name() != "deep" else 1000)
@given(st.data())
def test_whatever_a_valid_output_breaks_has_a_code_that_was_told(data: st.DataObject):
    name, made = data.draw(st.sampled_from(schemas()))
    output = data.draw(instances(made.schema))
    Draft202012Validator(made.schema).validate(output)
    told = {lost.code for lost in made.lossy}
    assert [str(each) for each in taken(HEROES[name], made, output) if each.code not in told] == []


@pytest.mark.parametrize(
    ("name", "profile"), [("blank", "openai"), ("wizard 1 open", "anthropic"), ("wizard 5 open", "portable")]
)
def test_one_answer_alone_loses_nothing_and_breaks_nothing(name: str, profile: str):
    hero = HEROES[name]
    single = [each.id for each in hero.options() if each.missing == 1 and each.legal]
    assert single
    for path in single:
        made = export(hero, profile=profile, stage=path)
        assert made.lossy == ()
        (key,) = made.schema["properties"]
        for value in made.schema["properties"][key]["enum"]:
            assert taken(hero, made, {key: value}) == []


def test_every_code_that_is_told_is_in_the_docs():
    page = (ROOT / "docs" / "findings.md").read_text()
    told = {lost.code for _name, made in schemas() for lost in made.lossy}
    assert [code for code in sorted(told) if f"| `{code}` |" not in page] == []


def test_pointers_lead_into_the_schema():
    for _name, made in schemas():
        for lost in made.lossy:
            if lost.pointer:
                assert lost.pointer.removeprefix("/properties/") in made.schema["properties"]


# ---- a walk by outputs alone


def drawn(schema: dict[str, Any], random: Random) -> Any:
    """Draw a valid output."""
    if "enum" in schema:
        return random.choice(schema["enum"])
    match schema["type"]:
        case "object":
            return {key: drawn(value, random) for key, value in schema["properties"].items()}
        case "array":
            return [drawn(schema["items"], random) for _ in range(schema.get("maxItems", schema.get("minItems", 2)))]
        case "integer":
            return random.randint(schema["minimum"], schema["maximum"])
    return "Ada"


def answer_one(hero: rc.Character, path: str, profile: str, random: Random) -> None:
    """Answer a question by valid outputs alone, until one of them breaks nothing."""
    made = export(hero, profile=profile, stage=path)
    for attempt in range(MOST_TRIES):
        output = drawn(made.schema, random)
        if path.endswith(".base"):
            output = dict.fromkeys(output, 13)
        if attempt == 0 and len(made.schema["properties"]) == 1:
            output = {
                key: schema.get("enum", [value])[0]
                for (key, value), schema in zip(output.items(), made.schema["properties"].values(), strict=True)
            }
        if not taken(hero, made, output):
            hero.edit(made.edits(output))
            return


@pytest.mark.parametrize(("name", "profile"), [("wizard", "portable"), ("cleric", "anthropic"), ("fighter", "openai")])
def test_a_walk_to_level_5_by_valid_outputs_alone(name: str, profile: str, monkeypatch: pytest.MonkeyPatch):
    # All that is derived here is derived again at the end.
    monkeypatch.delenv("RULECORE_VERIFY_EDITS", raising=False)
    random = Random(f"outputs {name}")  # noqa: S311 - a test, no secret
    hero = RULES.character()
    for level in range(1, 6):
        made = export(hero, profile=profile, stage="levels")
        hero.edit(made.edits({"levels": name}))
        for _round in range(MOST_ROUNDS):
            before = len(hero.log)
            open_now = [hole.id for made in exports(hero, profile=profile) if not made.holes[0].growing for hole in made.holes]
            for path in dict.fromkeys(open_now):
                answer_one(hero, path, profile, random)
            if len(hero.log) == before:
                break
        assert hero["level"] == level
        assert errors(hero) == []
        assert [each.id for each in hero.options() if each.form != "element" and each.legal] == []
    assert errors(RULES.character(hero.document)) == []


# ---- the limits


WHOLE: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def holding(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def nested(depth: int) -> dict[str, Any]:
    return holding() if depth == 1 else holding(a=nested(depth - 1))


TEXT = {"type": "string"}
LIMITS: list[tuple[str, str, dict[str, Any], str]] = [
    ("openai", "a root that is a union", {"anyOf": [WHOLE]}, "the root is an object"),
    ("openai", "a root that is an array", {"type": "array", "items": TEXT}, "the root is an object"),
    ("openai", "a key that need not be there", holding(a=TEXT) | {"required": []}, "1 optional properties are more than 0"),
    ("openai", "more keys", {"type": "object", "properties": {}}, "`additionalProperties` is false"),
    (
        "openai",
        "many properties",
        holding(**{f"p{number}": TEXT for number in range(5001)}),
        "5001 properties are more than 5000",
    ),
    ("openai", "deep nesting", nested(11), "11 is deeper than 10"),
    ("openai", "many values", holding(a={"enum": [*range(1001)]}), "1001 values of enums are more than 1000"),
    ("openai", "many characters", holding(a={"enum": ["x" * 120_000]}), "characters are more than 120000"),
    ("openai", "a long enum", holding(a={"enum": [f"{number:0>60}" for number in range(251)]}), "15060 characters are more than"),
    *(
        ("openai", f"the word {word}", holding(a=TEXT | {word: value}), f"`{word}` is not taken by openai")
        for word, value in {
            "allOf": [TEXT],
            "not": TEXT,
            "if": TEXT,
            "then": TEXT,
            "else": TEXT,
            "oneOf": [TEXT],
            "dependentRequired": {},
            "dependentSchemas": {},
            "uniqueItems": True,
            "minLength": 1,
        }.items()
    ),
    ("anthropic", "more keys", {"type": "object", "properties": {}}, "`additionalProperties` is false"),
    (
        "anthropic",
        "a schema that holds itself",
        holding(a={"$ref": "#/$defs/a"}) | {"$defs": {"a": holding(b={"$ref": "#/$defs/a"})}},
        "a schema that holds itself",
    ),
    ("anthropic", "a root that holds itself", holding(a={"$ref": "#"}), "a schema that holds itself"),
    ("anthropic", "a bound of a number", holding(a={"type": "integer", "minimum": 1}), "`minimum` is not taken"),
    ("anthropic", "a length", holding(a={"type": "string", "maxLength": 1}), "`maxLength` is not taken"),
    ("anthropic", "most items", holding(a={"type": "array", "items": TEXT, "maxItems": 1}), "`maxItems` is not taken"),
    ("anthropic", "two items", holding(a={"type": "array", "items": TEXT, "minItems": 2}), "2 is more than 1"),
    (
        "anthropic",
        "many optional keys",
        holding(**{f"p{number}": TEXT for number in range(25)}) | {"required": []},
        "25 optional properties are more than 24",
    ),
    (
        "anthropic",
        "many unions",
        holding(**{f"p{number}": {"anyOf": [TEXT]} for number in range(17)}),
        "17 unions are more than 16",
    ),
    (
        "anthropic",
        "many types",
        holding(**{f"p{number}": {"type": ["string", "null"]} for number in range(17)}),
        "17 unions are more than 16",
    ),
    ("portable", "a key that need not be there", holding(a=TEXT) | {"required": []}, "1 optional properties are more than 0"),
    (
        "portable",
        "many unions",
        holding(**{f"p{number}": {"anyOf": [holding(kind={"const": 1})]} for number in range(9)}),
        "9 unions",
    ),
    ("portable", "a union of anything", holding(a={"anyOf": [TEXT, holding()]}), "shares one constant property"),
    ("portable", "several types", holding(a={"type": ["string", "null"]}), "several types are not taken"),
    ("portable", "least items", holding(a={"type": "array", "items": TEXT, "minItems": 1}), "`minItems` is not taken"),
    ("portable", "most items", holding(a={"type": "array", "items": TEXT, "maxItems": 1}), "`maxItems` is not taken"),
    ("portable", "a bound of a number", holding(a={"type": "integer", "maximum": 1}), "`maximum` is not taken"),
    ("portable", "many values", holding(a={"enum": [*range(301)]}), "301 values of enums are more than 300"),
    ("portable", "a reference", holding(a={"$ref": "#"}), "`$ref` is not taken"),
    *((name, "a key with other signs", holding(**{"a#2": TEXT}), "a key fits") for name in PROFILES),
    *((name, "a long key", holding(**{"a" * 65: TEXT}), "a key fits") for name in PROFILES),
]


@pytest.mark.parametrize(("profile", "_what", "schema", "told"), LIMITS, ids=[f"{row[0]}: {row[1]}" for row in LIMITS])
def test_a_schema_beyond_a_limit_is_told(profile: str, _what: str, schema: dict[str, Any], told: str):
    assert any(told in fault for fault in lint(schema, profile)), lint(schema, profile)


@pytest.mark.parametrize(
    ("profile", "schema"),
    [
        ("openai", nested(10)),
        ("openai", holding(a={"$ref": "#"}, b={"type": ["string", "null"]}, c={"type": "array", "items": TEXT, "minItems": 3})),
        ("anthropic", holding(a={"type": "array", "items": TEXT, "minItems": 1}, b={"anyOf": [TEXT, WHOLE]})),
        ("anthropic", holding(a={"$ref": "#/$defs/a"}, b={"$ref": "#/$defs/a"}) | {"$defs": {"a": TEXT}}),
        ("portable", holding(a={"anyOf": [holding(kind={"const": 1}), holding(kind={"const": 2})]}, b={"enum": [*range(300)]})),
    ],
)
def test_a_schema_at_a_limit_is_taken(profile: str, schema: dict[str, Any]):
    assert lint(schema, profile) == ()


# ---- keys

ID = st.text(min_size=1, max_size=30)
PLACE = st.none() | st.integers(1, 40)


@given(ID, PLACE)
def test_a_key_leads_back_to_its_id(path: str, place: int | None):
    key = key_of(path, place)
    assert lint(holding(**{key: TEXT}), "portable") == ()
    assert path_of(key) in ({(path, place)} if "--x" not in key else {(path, place), None})


@given(st.lists(st.tuples(st.text(alphabet="a#-x2.é", min_size=1, max_size=90), PLACE), min_size=2, max_size=2, unique=True))
def test_no_two_ids_share_a_key(pair: list[tuple[str, int | None]]):
    first, second = (key_of(*each) for each in pair)
    assert first != second


def test_a_long_id_is_cut_and_its_key_is_told_to_be():
    path = "warlock.invocations.lessons_of_the_first_ones.lesson.magic_initiate.cantrips"
    key = key_of(path, 2)
    assert len(key) == 64
    assert path_of(key) is None


@pytest.mark.parametrize("key", ["", "-", "a-", "--", "a--x12", "-1", "a-fffffff-", "a-0"])
def test_what_is_no_key_leads_nowhere(key: str):
    assert path_of(key) is None


def test_all_ids_of_the_packs_have_keys_of_their_own():
    for name in OPEN:
        ids = [each.id for each in HEROES[name].options(decided=True)]
        assert len({key_of(each) for each in ids}) == len(set(ids))
