"""What a name means: by the packs that are used, by the type that the place expects, and by what stands nearest."""

from __future__ import annotations

import pytest

from rulecore.formula import ast as f
from rulecore.formula.traverse import every_part
from rulecore.model.rules import Rules
from rulecore.packs.load import Loaded
from tests.checker.conftest import Loading


def codes(loaded: Loaded) -> list[str]:
    return [finding.code for finding in loaded.findings]


def formula(rules: Rules, entity: str, field: str) -> f.Formula:
    found = next(each for each in rules.entities[entity].shape.block.fields if each.name == field)
    assert found.formula is not None
    return found.formula


def pilot(*lines: str) -> str:
    return "\n".join(["entity pilot is flyer", *(f"  {line}" for line in lines), ""])


def test_the_game_is_without_faults(loading: Loading) -> None:
    assert codes(loading()) == []


# ---- packs


@pytest.mark.parametrize(
    "line",
    [
        "  requires active(kite.box)",
        "  requires active(box)",
        "  requires seasons > 3",
        "  requires gusts_add",
        "  add 1 to arm.score",
        "  choose pick: 1 of box, diamond",
    ],
)
def test_names_of_a_pack_are_seen_by_those_that_use_it_alone(loading: Loading, line: str) -> None:
    other = f"kind shop\nshop stall\n{line}\n"
    assert codes(loading({"other/x.brew": f'pack other 1.0.0\n  uses kites ">=1"\n{other}'})) == []
    assert codes(loading({"other/x.brew": f"pack other 1.0.0\n{other}"})) != []


def test_use_is_transitive(loading: Loading) -> None:
    assert codes(loading({"other/x.brew": 'pack other 1.0.0\n  uses gusts ">=0.3"\nclub far\n  founded: 1900\n'})) == []


def test_a_pack_does_not_see_those_that_use_it(loading: Loading) -> None:
    found = loading({"kites/x.brew": pilot("field wide: bool = active(parafoil)")}).findings
    assert [(finding.code, finding.span and finding.span.line) for finding in found] == [("name.unknown", 2)]


# ---- types that are expected


def test_an_expected_kind_gives_its_entry_before_anything_else(loading: Loading) -> None:
    more = "kind spot\nspot arm\nspot diamond\n" + pilot("field where_to: ref spot = arm", "field held: ref kite = diamond")
    loaded = loading({"kites/x.brew": more})
    assert codes(loaded) == []
    assert str(formula(loaded.rules, "pilot", "where_to").value) == "spot.arm"  # type: ignore[union-attr]
    assert str(formula(loaded.rules, "pilot", "held").value) == "kite.diamond"  # type: ignore[union-attr]


def test_without_an_expected_kind_a_name_of_two_is_a_fault(loading: Loading) -> None:
    loaded = loading({"kites/x.brew": "kind spot\nspot arm\n" + pilot("field strong: int = arm.score")})
    assert codes(loaded) == ["name.ambiguous"]
    assert codes(loading({"kites/x.brew": "kind spot\nspot arm\n" + pilot("field strong: int = trait.arm.score")})) == []


def test_words_of_a_list_come_before_fields(loading: Loading) -> None:
    more = pilot("editable field able: int 0..9", "field fine: bool = rank = able", "field mood: one of calm | able = able")
    loaded = loading({"kites/x.brew": more})
    assert codes(loaded) == []
    assert formula(loaded.rules, "pilot", "mood").value == "able"  # type: ignore[union-attr]


def test_right_of_has_the_members_kind_is_expected(loading: Loading) -> None:
    more = "kind mood\nmood shiny\n" + pilot("field bright: bool = badges has shiny")
    loaded = loading({"kites/x.brew": more})
    assert codes(loaded) == []
    bright = formula(loaded.rules, "pilot", "bright")
    assert isinstance(bright, f.Has)
    assert str(bright.right.value) == "tag.shiny"  # type: ignore[union-attr]


def test_a_property_read_through_a_wider_reference_gives_its_default(loading: Loading) -> None:
    loaded = loading({"kites/x.brew": pilot("field many: int 0..99 = sum(k.kite.knots for k in kites)")})
    assert codes(loaded) == []
    read = next(
        each
        for each in every_part(formula(loaded.rules, "pilot", "many"))
        if isinstance(each, f.Property) and each.name == "knots"
    )
    assert read.default == 0


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("int = 3", True),
        ("int = 7 / 2", True),
        ("int = 2.5", True),
        ("int = true", False),
        ("int = 1d6", False),
        ("dice = 3", True),
        ("dice = 1d6 + reach", True),
        ("dice = 1d6 * 2", True),
        ("dice = 1d6 / 2", False),
        ("dice = 1d6 * 1d6", False),
        ("number = 1 / 2", True),
        ("number = average(luck)", True),
        ("bool = reach", False),
        ("bool = reach > 3 and up", False),
        ("ref kite = ribbon", True),
        ("ref tail = box", False),
        ("ref tail = none", True),
        ("set of kite = [box, ribbon]", True),
        ("set of kite = [arm]", False),
        ('text = "calm"', True),
        ("text = 3", False),
        ("one of calm | wild = wild", True),
        ("one of calm | wild = mild", False),
        ("one of none | calm = none", True),
        ("int 0..9 = 10", False),
        ("int 0..9 = -1", False),
        ("int 0..9 = reach", True),
        ("int 0..9 = -reach", True),
        ("int = position", False),
        ("int = it", False),
        ("int = highest(reach, 3)", True),
        ("int = highest(reach, true)", False),
        ("int = pull_by(3)", True),
        ("int = pull_by(true)", False),
        ("bool = box is tail", True),
        ("bool = box is sail", False),
        ("int = step(rank: novice -> 1, able -> 2)", True),
        ("int = step(rank: novice -> 1, nobody -> 2)", False),
        ("bool = rank >= able", True),
        ("bool = box > ribbon", False),
        ("int = 10 / highest(1, tired)", True),
        ("int = 10 / tired", False),
        ("int = 10 / (tired + 1)", True),
    ],
)
def test_a_value_fits_its_type_or_is_a_fault_of_its_line(loading: Loading, written: str, *, fits: bool) -> None:
    loaded = loading({"kites/x.brew": pilot(f"field made: {written}")})
    assert [finding.span and finding.span.line for finding in loaded.findings] == ([] if fits else [2])
