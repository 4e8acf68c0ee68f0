"""The repair loop and hole mode, driven by scripted models."""

import io
import json
import random

import pytest

from rulecore.validation import Grade, validate
from rulecore.validation.filling import fill
from rulecore.validation.repairing import Stop, badness, repair


class Script:
    """A model that says what is written for it, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.prompts = list(answers), []

    def __call__(self, prompt):
        self.prompts.append(prompt)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def two_suits(fighter):
    fighter["collections"]["inventory"]["i9"] = {"item": "plate_armor", "equipped": True}
    return fighter


TAKE_OFF = {"op": "replace", "path": "/collections/inventory/i9/equipped", "value": False}


def test_a_patch_that_mends_it_is_taken(two_suits, rules):
    model = Script("Sure! Here is the patch:\n```json\n" + json.dumps({"patch": [TAKE_OFF]}) + "\n```")
    done = repair(validate(two_suits, rules), model, task="A dwarf who guards a hill.")
    assert (done.stopped, done.report.grade, len(done.rounds)) == (Stop.DONE, Grade.LEGAL, 1)
    assert model.prompts[0].startswith("A dwarf who guards a hill.")
    assert "only one suit of armor at a time" in model.prompts[0]
    assert '/collections/inventory = {"i1"' in model.prompts[0]


def test_certain_repairs_are_made_before_anybody_is_asked(fighter, rules):
    fighter["claims"] = {"armor_class": 3}
    model = Script("never asked")
    done = repair(validate(fighter, rules), model)
    assert (done.stopped, model.prompts, done.report.data["claims"]) == (Stop.DONE, [], {"armor_class": 19})


def test_what_makes_it_worse_is_not_taken_and_the_reason_is_told(two_suits, rules):
    worse = {"op": "replace", "path": "/collections/levels/0/class", "value": "bloodhunter"}
    model = Script(json.dumps({"patch": [worse]}), json.dumps({"patch": [TAKE_OFF]}))
    done = repair(validate(two_suits, rules), model)
    assert done.stopped is Stop.DONE
    assert done.report.data["collections"]["levels"] == [{"class": "fighter"}]
    assert "it makes nothing better" in model.prompts[1]


def test_of_a_patch_the_good_part_is_taken(two_suits, rules):
    bad = {"op": "replace", "path": "/nowhere/at/all", "value": 1}
    done = repair(validate(two_suits, rules), Script(json.dumps({"patch": [bad, TAKE_OFF]})))
    assert (done.stopped, done.rounds[0].taken) == (Stop.DONE, (TAKE_OFF,))
    assert "does not fit" in done.rounds[0].refused


@pytest.mark.parametrize(
    "answer", ["", "I cannot do that.", "[]", "{}", '{"patch": "none"}', '{"patch": [{"op": "fly"}]}', "[1, 2", '{"patch"']
)
def test_a_model_that_says_the_same_again_is_asked_twice_and_no_more(two_suits, rules, answer):
    before = validate(two_suits, rules)
    done = repair(before, Script(answer))
    assert (done.stopped, len(done.rounds)) == (Stop.REPEATED, 2)
    assert done.report.data == two_suits


def test_remarks_have_a_place_and_stop_nothing(two_suits, rules):
    said = {"patch": [TAKE_OFF], "notes": [{"pointer": "/claims/armor_class", "text": "the shield is counted"}]}
    done = repair(validate(two_suits, rules), Script(json.dumps(said)))
    assert done.stopped is Stop.DONE
    assert [(note.about, note.text) for note in done.notes] == [("/claims/armor_class", "the shield is counted")]


def test_what_is_disputed_is_left_to_a_person(two_suits, rules):
    report = validate(two_suits, rules)
    about = report.to_json()["findings"][0]["fingerprint"]
    said = {
        "patch": [],
        "disputes": [{"fingerprint": about, "reason": "it is a house rule"}, {"fingerprint": "invented", "reason": ""}],
    }
    done = repair(report, Script(json.dumps(said)))
    assert (done.stopped, len(done.rounds)) == (Stop.DISPUTED, 1)
    assert [(each.about, each.text) for each in done.disputes] == [(about, "it is a house rule")]


def test_what_is_locked_does_not_move(two_suits, rules):
    done = repair(validate(two_suits, rules), Script(json.dumps({"patch": [TAKE_OFF]})), locked=["/collections/inventory/i9"])
    assert done.stopped is Stop.REPEATED
    assert done.report.data["collections"]["inventory"]["i9"]["equipped"] is True
    two_suits["claims"] = {"armor_class": 3}
    kept = repair(validate(two_suits, rules), Script("{}"), locked=["/claims"])
    assert kept.report.data["claims"] == {"armor_class": 3}


def test_at_the_end_the_smallest_legal_change_can_be_made_and_is_recorded(two_suits, rules):
    done = repair(validate(two_suits, rules), Script("no idea"), settle=True)
    assert (done.stopped, done.report.grade) == (Stop.DONE, Grade.LEGAL)
    assert len(done.decisions) == 1
    assert done.decisions[0].split("/")[1:3] == ["collections", "inventory"]


def test_each_round_is_a_line_of_the_log(two_suits, rules):
    log = io.StringIO()
    repair(validate(two_suits, rules), Script("{}", json.dumps({"patch": [TAKE_OFF]})), log=log)
    first, second = map(json.loads, log.getvalue().splitlines())
    assert (first["taken"], first["refused"], second["taken"]) == ([], "it has no patch", [TAKE_OFF])


def test_what_is_nothing_at_all_is_rejected(rules):
    assert repair(validate({"foo": 1}, rules), Script("{}")).stopped is Stop.REJECTED


@pytest.mark.parametrize("seed", range(12))
def test_it_never_gets_worse_whatever_a_model_writes(paladin, rules, seed):
    """A model that patches at random: values, keys and answers at places of the document."""
    randomness = random.Random(seed)  # noqa: S311
    paladin["collections"]["inventory"]["x"] = {"item": "plate_armour", "equipped": "yes"}
    paladin["choices"].popitem()
    paladin["claims"] = {"armor_class": 40}
    places = ["/collections/inventory/x/item", "/collections/inventory/x", "/choices", "/collections/levels/3", "/fields/species"]
    values = [None, "chain_mail", [], {}, 3, "dwarf", {"item": "shield"}]

    def model(_prompt):
        operations = [
            {
                "op": randomness.choice(["add", "replace", "remove"]),
                "path": randomness.choice(places),
                "value": randomness.choice(values),
            }
            for _ in range(3)
        ]
        return json.dumps({"patch": operations})

    report = validate(paladin, rules)
    done = repair(report, model)
    assert badness(done.report) <= badness(report)
    assert len(done.rounds) <= 4


# ---- hole mode


def first(_prompt, schema):
    """A model that takes the first of everything."""
    return {key: _first(value) for key, value in schema["properties"].items()}


def _first(value):
    if "enum" in value:
        return value["enum"][0]
    if value.get("type") == "array":
        return value["items"]["enum"][: value.get("minItems", 1)]
    return value.get("minimum", 8) if value.get("type") == "integer" else "Ada"


@pytest.fixture
def unfinished(fighter, rules):
    """A fighter without skills, background and languages."""
    for choice in ("fighter.skills", "known_languages"):
        del fighter["choices"][choice]
    del fighter["fields"]["background"]
    return rules.character(fighter)


def test_a_blank_is_filled_by_answering_what_is_open(rules):
    filled = fill(rules.character(), first, profile="openai")
    report = validate(filled.character.document, rules)
    assert (report.ok, report.complete, filled.open) == (True, True, ())
    assert filled.character["level"] == 1


def test_what_is_open_is_asked_under_schemas_of_what_is_legal(unfinished, rules):
    log = io.StringIO()
    filled = fill(unfinished, first, log=log)
    assert validate(filled.character.document, rules).complete
    assert [json.loads(line)["holes"] for line in log.getvalue().splitlines()] == [list(each.holes) for each in filled.asked]
    assert "background" in filled.asked[0].holes


def test_what_nobody_answers_is_decided_and_recorded(unfinished, rules):
    filled = fill(unfinished, lambda _prompt, _schema: "I would rather not")
    assert validate(filled.character.document, rules).complete
    assert any(each.startswith("background: ") for each in filled.decisions)
    asked = [name for each in filled.asked for name in each.holes]
    assert max(asked.count(name) for name in asked) == 2


def test_without_settling_it_stays_open(unfinished):
    filled = fill(unfinished, lambda _prompt, _schema: {}, settle=False)
    assert {"background", "fighter.skills"} <= set(filled.open)
    assert filled.decisions == ()


def test_the_reason_is_told_where_an_answer_is_not_taken(unfinished):
    prompts = []

    def stubborn(prompt, schema):
        prompts.append(prompt)
        return {next(iter(schema["properties"])): "no such thing"}

    fill(unfinished, stubborn)
    assert any("The last answer was not taken: " in each for each in prompts)
