"""Documents, recipes and sheets are judged: the expected causes at the expected places, and repairs that work."""

import json
from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest

import rulecore as rc
from rulecore.validation import Grade, validate
from tests.golden.golden import goldens
from tests.hostile.documents.reader import applied

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))


def roots(report):
    """All but notes."""
    return [root for root in report.roots if root.finding.severity is not rc.Severity.NOTE]


def causes(report):
    return [(root.finding.cause, root.finding.pointer) for root in roots(report)]


def only(report):
    (root,) = roots(report)
    return root.finding


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_legal(path, rules):
    report = validate(path, rules)
    assert (report.grade, causes(report)) == (Grade.LEGAL, [])


@pytest.mark.parametrize("golden", goldens(), ids=lambda golden: golden.name)
def test_a_golden_sheet_has_no_error(golden, rules):
    report = validate(golden.document, rules)
    assert report.ok, [str(each) for each in report.findings]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_all_that_a_sheet_says_is_claimed_and_holds(path, rules):
    document = json.loads(path.read_text())
    sheet = rules.character(document).sheet().to_json()
    report = validate({**sheet, "choices": document["choices"]}, rules)
    assert report.form == "sheet"
    assert causes(report) == []
    assert len(report.data["claims"]) > 500
    again = rules.character({key: each for key, each in report.data.items() if key != "claims"})
    assert again.sheet().to_json()["fields"] == sheet["fields"]


# ---- claims


def test_a_wrong_number_is_told_with_its_sum_its_rule_and_the_right_one(fighter, rules):
    fighter["claims"] = {"armor_class": 17, "proficiency_bonus": 2}
    finding = only(validate(fighter, rules))
    assert (finding.cause, finding.pointer, finding.expected, finding.found) == (
        "claim.differs/armor_class",
        "/claims/armor_class",
        {"=": 19},
        17,
    )
    assert finding.citation == "SRD 5.2.1, Equipment: Armor"
    assert sum(term.value for term in finding.terms) == 19
    assert finding.message.endswith("+ 1 Defense = 19")
    (fix,) = finding.fixes
    assert fix.safety is rc.Safety.CERTAIN
    assert validate(applied(deepcopy(fighter), list(fix.patch)), rules).grade is Grade.LEGAL


def test_what_would_be_right_if_another_claim_were_follows_from_it(fighter, rules):
    fighter["claims"] = {"strength.modifier": 4, "strength.save.bonus": 6, "armor_class": 12}
    found = {root.finding.pointer: [each.pointer for each in root.consequences] for root in roots(validate(fighter, rules))}
    assert found == {"/claims/armor_class": [], "/claims/strength.modifier": ["/claims/strength.save.bonus"]}


@pytest.mark.parametrize(
    ("claimed", "cause"),
    [
        (108, None),
        (111, "claim.open"),
        (48, "claim.open"),
        (156, "claim.open"),
        (157, "claim.impossible"),
        (47, "claim.impossible"),
    ],
)
def test_hit_points_may_have_been_rolled_within_what_the_dice_allow(paladin, rules, claimed, cause):
    # d10 and Constitution 14: the first level gives 12, twelve further ones 3 to 12 each.
    paladin["claims"] = {"hit_point_maximum": claimed}
    report = validate(paladin, rules)
    assert [root.finding.code for root in roots(report)] == ([] if cause is None else [cause])
    if cause is not None:
        assert only(report).expected["between"] == [12 + 12 * 3, 12 + 12 * 12]
    likely = report.fixed("likely").character
    assert likely["hit_point_maximum"] == (claimed if cause != "claim.impossible" else 108)


def test_a_claim_of_another_type_or_of_nothing_is_told(fighter, rules):
    fighter["claims"] = {"armor_class": "heavy", "armour_class": 19, "size": "medium", "languages": ["common"]}
    assert causes(validate(fighter, rules)) == [
        ("claim.type", "/claims/armor_class"),
        ("claim.unknown", "/claims/armour_class"),
        ("claim.differs/languages", "/claims/languages"),
    ]


# ---- roots


def test_what_hangs_on_an_unknown_name_follows_from_it(fighter, rules):
    fighter["collections"]["levels"][0]["class"] = "fightr"
    fighter["claims"] = {"hit_point_maximum": 12, "armor_class": 19}
    (root,) = roots(validate(fighter, rules))
    assert (root.finding.code, root.finding.pointer) == ("entry.unknown", "/collections/levels/0/class")
    assert root.finding.fixes[0].safety is rc.Safety.LIKELY
    assert {each.code for each in root.consequences} == {"requires.failed", "claim.differs", "choice.parked"}
    assert validate(fighter, rules).fixed("likely").grade is Grade.LEGAL


def test_the_answer_that_explains_the_claims_comes_first(fighter, rules):
    sheet = rules.character(fighter).sheet().fields
    fighter["claims"] = {f"{name}.check.bonus": sheet[f"{name}.check.bonus"] for name in ("perception", "survival", "history")}
    del fighter["choices"]["fighter.skills"][0]
    (root,) = roots(validate(fighter, rules))
    assert root.finding.cause == "choice.missing/skills"
    assert [each.cause for each in root.consequences] == ["claim.differs/skill.check.bonus"]
    assert root.finding.fixes[0].title == "choose perception"


def test_no_finding_is_lost_and_none_is_told_twice_when_roots_are_sought(paladin, rules):
    paladin["collections"]["levels"][2]["class"] = "palladin"
    paladin["collections"]["inventory"]["x"] = {"item": "plate_armour", "equipped": True, "attuned": "yes"}
    paladin["fields"]["armor_class"] = 3
    paladin["claims"] = {"armor_class": 4, "hit_point_maximum": 999, "strength.modifier": 9, "strength.save.bonus": 14}
    paladin["choices"].popitem()
    report = validate(paladin, rules)

    def told(findings):
        return Counter((each.cause, each.pointer, str(each.found)) for each in findings)

    assert len(report.verdict) > 8
    assert told(report.findings) == told(report.verdict)


# ---- repairs


def test_a_name_that_is_only_written_otherwise_has_one_right_answer(fighter, rules):
    fighter["collections"]["inventory"]["i1"]["item"] = "Chain Mail"
    (fix,) = only(validate(fighter, rules)).fixes
    assert (fix.safety, fix.patch[-1]["value"]) == (rc.Safety.CERTAIN, "chain_mail")


def test_of_a_broken_law_the_smallest_changes_are_listed_and_each_of_them_works(fighter, rules):
    fighter["collections"]["inventory"]["i9"] = {"item": "plate_armor", "equipped": True}
    report = validate(fighter, rules)
    finding = only(report)
    assert finding.cause == "requires.failed/character.only_one_suit_of_armor_at_a_time"
    assert finding.pointer == "/collections/inventory"
    assert len(finding.fixes) > 2
    for fix in finding.fixes:
        assert len([each for each in fix.patch if each["op"] != "test"]) == 1
        assert validate(applied(deepcopy(fighter), list(fix.patch)), rules).ok


def test_where_one_change_is_not_enough_two_are_found(paladin, rules):
    paladin["collections"]["inventory"] |= {
        f"x{place}": {"item": item, "equipped": False, "attuned": True}
        for place, item in enumerate(
            ["amulet_of_health", "belt_of_hill_giant_strength", "cloak_of_protection", "ring_of_evasion"]
        )
    }
    report = validate(paladin, rules)
    law = next(each for each in report.findings if "too_many_attuned" in each.cause)
    assert law.fixes
    assert min(len([each for each in fix.patch if each["op"] != "test"]) for fix in law.fixes) > 1
    assert report.fixed("choice").ok


def test_certain_repairs_are_made_and_no_others(fighter, rules):
    fighter["fields"] |= {"strength.base": "15", "armor_class": 18}
    fighter["choices"]["fighter.skills"] = ["perception"]
    fixed = validate(fighter, rules).fixed("certain")
    assert causes(fixed) == [("choice.missing/skills", "/choices/fighter.skills")]
    assert fixed.data["fields"]["strength.base"] == 15
    assert fixed.grade is Grade.INCOMPLETE
    assert validate(fighter, rules).fixed("choice").grade is Grade.LEGAL


def test_a_remark_has_its_place(fighter, rules):
    fighter["ac_notes"] = "the shield is counted in"
    fixes = only(validate(fighter, rules)).fixes
    kept = next(fix for fix in fixes if fix.title == "keep it among the notes")
    assert applied(deepcopy(fighter), list(kept.patch))["notes"] == "the shield is counted in"


# ---- forms


def test_a_recipe_is_judged_where_it_was_written(rules):
    recipe = {
        "levels": ["fighter"],
        "species": "dwarf",
        "background": "soldier",
        "strength.base": 15,
        "fighter.skills": ["perception", "arcana"],
        "fighter.fighting_style": "defense",
    }
    report = validate(recipe, rules)
    assert report.form == "recipe"
    wrong = report.roots[0].finding
    assert (wrong.cause, wrong.pointer) == ("choice.unknown/skills", "/choices/fighter.skills/1")
    assert report.source(wrong) == "/fighter.skills/1"
    assert report.character["strength.score"] == 15


def test_what_says_nothing_of_the_packs_is_rejected(rules):
    for nothing in ({}, [], {"foo": {"bar": 1}}, 12, None):
        report = validate(nothing, rules)
        assert (report.grade, report.data, report.ok) == (Grade.REJECTED, None, False)
        report.to_json(), report.to_sarif(), report.to_markdown(), report.to_llm()


def test_a_document_that_does_not_say_what_it_is_is_taken_as_the_usual(fighter, rules):
    del fighter["kind"]
    report = validate(fighter, rules)
    assert causes(report) == [("document.kind", "/kind")]
    assert report.fixed("likely").grade is Grade.LEGAL


# ---- waivers


def test_what_is_waived_is_legal_with_waivers(fighter, rules):
    fighter["claims"] = {"armor_class": 17}
    fighter["waivers"] = {"/claims/armor_class": "a house rule"}
    assert validate(fighter, rules).grade is Grade.LEGAL_WITH_WAIVERS
    fighter["waivers"]["/choices/nothing"] = "no reason"
    assert validate(fighter, rules).ok


# ---- forms of a report


def test_the_same_data_give_the_same_report(paladin, rules):
    paladin["claims"] = {"armor_class": 1, "initiative.bonus": 20}
    paladin["choices"].popitem()
    first, second = (validate(deepcopy(paladin), rules).to_json() for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_json_has_the_roots_with_their_consequences(fighter, rules):
    fighter["collections"]["levels"][0]["class"] = "fightr"
    told = validate(fighter, rules).to_json()
    assert json.loads(json.dumps(told)) == told
    (root,) = told["findings"]
    assert (root["level"], root["fingerprint"]) == ("references", "entry.unknown:/collections/levels/0/class")
    assert root["consequences"][0]["level"] == "legality"
    assert told["grade"] == "repairable"


def test_sarif_names_rules_by_their_causes(fighter, rules):
    fighter["claims"] = {"armor_class": 17}
    (run,) = validate(fighter, rules).to_sarif("hero.json")["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == "claim.differs/armor_class"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "claim.differs"
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "/claims/armor_class"


@pytest.mark.parametrize("most", [60, 200, 600, 2000])
def test_a_prompt_keeps_within_its_tokens_and_begins_with_the_gravest(paladin, rules, most):
    paladin["claims"] = dict.fromkeys([f"{name}.check.bonus" for name in ("stealth", "arcana", "history", "nature")], 30)
    paladin["species"] = "dwarf"
    text = validate(paladin, rules).to_llm(most)
    assert len(text) <= most * 3.2
    if most >= 600:
        assert "document.key:/species" in text


def test_markdown_has_every_root(fighter, rules):
    fighter["claims"] = {"armor_class": 17}
    text = validate(fighter, rules).to_markdown()
    assert text.startswith("# Hill Guard: repairable\n")
    assert "`claim.differs/armor_class` at `/claims/armor_class`" in text
