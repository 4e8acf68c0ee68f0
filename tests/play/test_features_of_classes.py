"""What single features of classes do, as the SRD 5.2.1 has them, where no golden sheet and no table of facts looks."""

from __future__ import annotations

from typing import Any

import pytest

import rulecore as rc
from tests.play.conftest import Making

SELF = {"target": "self"}
SWORD = {"inventory": {"sword": {"item": "longsword", "equipped": True}}}


def situations(hero: Any, path: str) -> list[str | None]:
    """When something else holds for a field, in words."""
    return [term.against for term in hero.explain(path).situational]


def of_subclass(
    made: Making, kind: str, level: int, subclass: str, answers: dict[str, list[str]] | None = None, **more: Any
) -> Any:
    """Give a character of one class and subclass; answers to the choices of the subclass by what follows its own path."""
    own = f"{kind}.3.subclass"
    answered = {f"{own}.{subclass}.{path}": chosen for path, chosen in (answers or {}).items()}
    return made({kind: level}, choices={own: [subclass], **answered}, **more)


# ---- foci: what each class casts through

FOCI = {
    "paladin": "holy_symbol_",
    "ranger": "druidic_focus_",
    "sorcerer": "arcane_focus_",
    "warlock": "arcane_focus_",
    "wizard": "arcane_focus_",
}


@pytest.mark.parametrize("name", FOCI)
def test_the_foci_of_a_class(made, standard, name):
    hero = made({name: 3})
    foci = {entry.name for entry in standard.entries("item") if entry.name.startswith(FOCI[name])}
    assert len(foci) >= 3
    assert hero[f"{name}.focuses"] == foci | ({"wizards_spellbook"} if name == "wizard" else set())


# ---- Barbarian


def test_enter_rage_begins_a_rage_for_a_use(made):
    hero = made({"barbarian": 1})
    hero.act("barbarian.enter_rage")
    assert hero["barbarian.raging"]
    with pytest.raises(rc.Refused, match="lasts already"):
        hero.act("barbarian.enter_rage")
    hero.edit({"barbarian.raging": False})
    hero.act("barbarian.enter_rage")
    hero.edit({"barbarian.raging": False})
    with pytest.raises(rc.Refused, match="no use is left"):
        hero.act("barbarian.enter_rage")


def test_no_rage_begins_in_heavy_armor(made):
    hero = made({"barbarian": 1}, collections={"inventory": {"mail": {"item": "chain_mail", "equipped": True}}})
    with pytest.raises(rc.Refused, match="Heavy armor"):
        hero.act("barbarian.enter_rage")


@pytest.mark.parametrize(
    ("level", "condition", "lasts"),
    [(14, "stunned", False), (14, "prone", True), (15, "stunned", True), (15, "unconscious", False)],
)
def test_a_rage_that_a_condition_ended_does_not_come_back_with_the_end_of_the_condition(made, level, condition, lasts):
    hero = made({"barbarian": level})
    hero.act("barbarian.enter_rage")
    hero.act("gains_condition", {"what": condition})
    hero.act("loses_condition", {"what": condition})
    assert hero["barbarian.rage_active"] is lasts


@pytest.mark.parametrize("skill", ["acrobatics", "intimidation", "perception", "stealth", "survival"])
def test_primal_knowledge_checks_by_strength_in_a_rage(made, skill):
    hero = made({"barbarian": 3}, **{"strength.base": 18, "barbarian.primal_strength": True})
    assert hero[f"{skill}.check.bonus"] == 0
    hero.edit({"barbarian.raging": True})
    assert (hero[f"{skill}.check.ability"], hero[f"{skill}.check.bonus"]) == ("strength", 4)
    hero.edit({"barbarian.primal_strength": False})
    assert hero[f"{skill}.check.bonus"] == 0


# ---- Bard


def test_magical_discoveries_are_prepared_and_its_cantrips_known(made):
    hero = of_subclass(made, "bard", 6, "college_of_lore", {"6.magical_discoveries": ["sacred_flame", "fireball"]})
    assert hero["bard.magic.cantrips.sacred_flame.always"]
    assert hero["bard.magic.prepared.fireball.always"]


# ---- Cleric


def test_divine_spark_reaches_30_feet(made):
    [spark] = [act for act in made({"cleric": 2}).actions() if act.path == "cleric.use_divine_spark"]
    assert spark.values["range"] == 30


# ---- Druid


def test_wild_shape_is_left_as_it_is_taken_and_casting_waits_until_then(made):
    hero = made({"druid": 2}, choices={"druid.2.beast_forms": ["wolf", "rat", "cat", "spider"]}, other_form="wolf")
    assert not hero["can_cast"]
    hero.act("druid.leave_shape")
    assert (hero["other_form"], hero["can_cast"]) == (None, True)


def test_beast_spells_let_a_druid_of_level_18_cast_as_a_beast(made):
    assert made({"druid": 18}, choices={"druid.2.beast_forms": ["wolf"]}, other_form="wolf")["can_cast"]


def test_nature_magician_turns_each_use_into_2_levels_of_a_slot(made):
    hero = made({"druid": 20}, **{"level_4_slots.spent": 1})
    with pytest.raises(rc.Refused, match="2 levels of the slot"):
        hero.act("druid.convert_shapes", {"uses": 1, "slot": "level_4_slots"})
    hero.act("druid.convert_shapes", {"uses": 2, "slot": "level_4_slots"})
    assert (hero["level_4_slots.spent"], hero["druid.wild_shape.spent"]) == (0, 2)
    with pytest.raises(rc.Refused):
        hero.act("druid.convert_shapes", {"uses": 1, "slot": "level_2_slots"})


def test_wild_resurgence_turns_a_slot_into_a_use_once_a_turn(made):
    hero = made({"druid": 5}, **{"druid.wild_shape.spent": 2})
    hero.act("druid.regain_shape", {"slot": "level_1_slots"})
    assert (hero["level_1_slots.spent"], hero["druid.wild_shape.spent"]) == (1, 1)
    hero.edit({"druid.wild_shape.spent": 2})
    with pytest.raises(rc.Refused):
        hero.act("druid.regain_shape", {"slot": "level_1_slots"})
    hero.act("turn_starts")
    hero.act("druid.regain_shape", {"slot": "level_1_slots"})
    assert hero["level_1_slots.spent"] == 2


@pytest.mark.parametrize(
    ("land", "damage"), [("arid", "fire"), ("polar", "cold"), ("temperate", "lightning"), ("tropical", "poison")]
)
def test_natures_ward_resists_by_the_land(made, land, damage):
    for level in (9, 10):
        hero = of_subclass(made, "druid", level, "circle_of_the_land", {"land": [land]})
        resisted = {name for name in ("fire", "cold", "lightning", "poison", "acid", "thunder") if hero[f"{name}.resistant"]}
        assert resisted == ({damage} if level == 10 else set())


# ---- Fighter


@pytest.mark.parametrize(("level", "attacks"), [(4, 1), (5, 2), (10, 2), (11, 3), (19, 3), (20, 4)])
def test_a_fighter_attacks_with_one_action(made, level, attacks):
    assert made({"fighter": level})["attacks_per_action"] == attacks


def test_studied_attacks_give_advantage_after_a_miss(made):
    missed = "a creature that your last attack missed"
    assert situations(made({"fighter": 13}), "unarmed_strike.advantage") == [missed]
    assert situations(made({"fighter": 12}), "unarmed_strike.advantage") == []


# ---- rerolls: what is heard of them is the save and what is added


@pytest.mark.parametrize(
    ("levels", "act", "spent", "added"),
    [
        ({"fighter": 9}, "fighter.indomitable_reroll", "fighter.indomitable", 9),
        ({"monk": 14}, "monk.disciplined_reroll", "monk.focus", 0),
    ],
)
def test_a_failed_save_is_rolled_again(made, levels, act, spent, added):
    hero = made(levels)
    outcome = hero.act(act, {"test": "wisdom.save"})
    assert hero[f"{spent}.spent"] == 1
    assert [(event.name, event.arguments) for event in outcome.events if event.name == "rerolled"] == [
        ("rerolled", {"test": "wisdom.save", "extra": added})
    ]


# ---- Paladin


def conditions(*names: str) -> dict[str, Any]:
    return {"conditions": {name: {"condition": name} for name in names}}


def test_lay_on_hands_ends_poisoned_for_5_points(made):
    hero = made({"paladin": 1}, collections=conditions("poisoned", "prone"))
    hero.act("paladin.lay_hands.cleanse", SELF)
    assert [*hero.document["collections"]["conditions"]] == ["prone"]
    assert hero["paladin.lay_on_hands.spent"] == 5
    with pytest.raises(rc.Refused):
        hero.act("paladin.lay_hands.cleanse", SELF)


@pytest.mark.parametrize("what", ["blinded", "charmed", "deafened", "frightened", "paralyzed", "stunned"])
def test_restoring_touch_ends_these_for_5_points(made, what):
    hero = made({"paladin": 14}, collections=conditions(what, "prone"))
    hero.act("paladin.restoring_touch", {"what": what, "whom": "self"})
    assert [*hero.document["collections"]["conditions"]] == ["prone"]
    assert hero["paladin.lay_on_hands.spent"] == 5
    with pytest.raises(rc.Refused, match="does not end this condition"):
        hero.act("paladin.restoring_touch", {"what": "prone", "whom": "self"})


@pytest.mark.parametrize(
    ("kind", "style", "cantrip"), [("paladin", "blessed_warrior", "guidance"), ("ranger", "druidic_warrior", "guidance")]
)
def test_a_fighting_style_of_cantrips_gives_them_to_the_class(made, kind, style, cantrip):
    chosen = {f"{kind}.2.fighting_style": [style], f"{kind}.2.fighting_style.{style}.cantrips": [cantrip]}
    hero = made({kind: 2}, choices=chosen)
    assert hero[f"{kind}.magic.cantrips.{cantrip}.always"]


@pytest.mark.parametrize(("charisma", "bonus"), [(8, 1), (12, 1), (18, 4)])
def test_an_ally_in_an_aura_of_protection_saves_better(made, charisma, bonus):
    aura = {"aura": {"effect": "protected", "modifier": charisma // 2 - 5}}
    assert made({"wizard": 1}, collections={"effects": aura})["dexterity.save.bonus"] == bonus


def test_smite_of_protection_is_half_cover_until_the_next_turn(made):
    hero = of_subclass(made, "paladin", 15, "oath_of_devotion")
    before = hero["armor_class"], hero["dexterity.save.bonus"]
    hero.edit({"paladin.3.subclass.oath_of_devotion.smite_of_protection": True})
    assert (hero["armor_class"], hero["dexterity.save.bonus"]) == (before[0] + 2, before[1] + 2)
    hero.act("turn_starts")
    assert (hero["armor_class"], hero["dexterity.save.bonus"]) == before


def test_holy_nimbus_wards_against_fiends_and_undead_while_it_shines(made):
    hero = of_subclass(made, "paladin", 20, "oath_of_devotion")
    assert situations(hero, "wisdom.save.advantage") == []
    hero.edit({"paladin.3.subclass.oath_of_devotion.nimbus": True})
    assert situations(hero, "wisdom.save.advantage") == ["a Fiend or an Undead"]


def test_sacred_weapon_imbues_the_weapon_that_is_named(made):
    hero = of_subclass(made, "paladin", 3, "oath_of_devotion", collections=SWORD, **{"charisma.base": 16})
    before = hero["inventory.sword.attack.bonus"]
    hero.act("paladin.3.subclass.oath_of_devotion.imbue", {"weapon": "inventory.sword"})
    assert hero["inventory.sword.attack.bonus"] == before + 3
    assert hero["paladin.channel_divinity.spent"] == 1


# ---- Ranger


def test_tireless_gives_1d8_and_the_wisdom_modifier(made):
    hero = made({"ranger": 10}, **{"wisdom.base": 16})
    hero.act("ranger.gain_tireless", dice=rc.dice.scripted([5]))
    assert hero["temporary_hit_points"] == 5 + 3


def test_natures_veil_makes_invisible(made):
    hero = made({"ranger": 14})
    hero.act("ranger.don_veil")
    assert [*hero.document["collections"]["conditions"]] == ["invisible"]


def test_precise_hunter_attacks_the_marked_with_advantage(made):
    marked = "the creature marked by your Hunter's Mark"
    assert situations(made({"ranger": 17}), "unarmed_strike.advantage") == [marked]
    assert situations(made({"ranger": 16}), "unarmed_strike.advantage") == []


@pytest.mark.parametrize(
    ("tactics", "when"),
    [
        ("escape_the_horde", "Opportunity Attacks"),
        ("multiattack_defense", "attacks of a creature that has hit you this turn"),
    ],
)
def test_defensive_tactics(made, tactics, when):
    hero = of_subclass(made, "ranger", 7, "hunter", {"7.tactics": [tactics]})
    assert situations(hero, "attacked_with_disadvantage") == [when]


# ---- Rogue: Sneak Attack is 1d6 for two levels, rounded up, less what a strike costs


@pytest.mark.parametrize("level", [14, 17, 20])
@pytest.mark.parametrize(
    ("path", "cost"),
    [
        ("cunning_strike_dice", 1),
        ("3.subclass.thief.stealth_attack_dice", 1),
        ("daze_dice", 2),
        ("obscure_dice", 3),
        ("knock_out_dice", 6),
    ],
)
def test_a_cunning_strike_forgoes_its_dice(made, level, path, cost):
    hero = of_subclass(made, "rogue", level, "thief")
    assert str(hero[f"rogue.{path}"]) == f"{-(-level // 2) - cost}d6"


def test_uncanny_dodge_answers_a_hit_by_somebody_in_sight(made):
    [dodge] = [act for act in made({"rogue": 5}).actions() if act.path == "rogue.uncanny_dodge"]
    assert "attacker in sight hits" in dodge.values["trigger"]


def test_use_magic_device_keeps_charges(made):
    things = {"inventory": {"scarab": {"item": "scarab_of_protection", "equipped": True, "attuned": True}}}
    hero = of_subclass(made, "rogue", 13, "thief", collections=things)
    charges = "inventory.scarab.scarab_of_protection.charges"
    for _ in range(3):
        hero.act("inventory.scarab.scarab_of_protection.preservation")
    for kept, spent in ((1, 2), (5, 0)):
        hero.act("rogue.3.subclass.thief.charges_kept", {"pool": charges, "charges": kept})
        assert hero[f"{charges}.spent"] == spent


def test_use_magic_device_loses_the_scroll_of_a_failed_check(made):
    things = {"inventory": {"scroll": {"item": "spell_scroll_level_1", "quantity": 2}}}
    hero = of_subclass(made, "rogue", 13, "thief", collections=things)
    hero.act("rogue.3.subclass.thief.scroll_fails", {"scroll": "inventory.scroll"})
    assert hero["inventory.scroll.quantity"] == 1


# ---- Wizard


def scribe(made: Making, *written: str, **fields: Any) -> Any:
    book = {"wizard.spellbook": {name: {"spell": name} for name in written}}
    return made({"wizard": 3}, collections=book, **fields)


def test_a_spell_is_copied_for_50_gold_pieces_a_level(made):
    hero = scribe(made, purse=120)
    hero.act("wizard.copy_spell", {"spell": "invisibility"})
    assert (hero["purse"], hero["wizard.book"]) == (20, {"invisibility"})
    with pytest.raises(rc.Refused, match="50 GP for each level"):
        hero.act("wizard.copy_spell", {"spell": "shield"})


@pytest.mark.parametrize("spell", ["fire_bolt", "fireball", "bless"])
def test_a_cantrip_a_spell_above_the_slots_and_one_of_another_class_are_not_copied(made, spell):
    with pytest.raises(rc.Refused, match="not a Wizard spell that you can prepare"):
        scribe(made, purse=1000).act("wizard.copy_spell", {"spell": spell})


def test_another_book_costs_10_gold_pieces_a_level(made):
    hero = scribe(made, "invisibility", purse=25)
    hero.act("wizard.copy_book", {"spell": "invisibility"})
    assert hero["purse"] == 5
    with pytest.raises(rc.Refused, match="10 GP for each level"):
        hero.act("wizard.copy_book", {"spell": "invisibility"})


def test_what_is_prepared_stands_in_the_book_and_what_stands_there_has_slots(made):
    told = "a prepared spell is not in the spellbook"
    hero = scribe(made, "invisibility")
    hero.edit([rc.Add("wizard.magic.prepared", {"spell": "invisibility"}, "invisibility")])
    assert told not in str(hero.findings)
    hero.edit([rc.Add("wizard.magic.prepared", {"spell": "shield"}, "shield")])
    assert told in str(hero.findings)
    above = "a spell in the book is above the levels of your slots"
    assert above not in str(hero.findings)
    hero.edit([rc.Add("wizard.spellbook", {"spell": "fireball"}, "fireball")])
    assert above in str(hero.findings)


# ---- Warlock


def invoked(made: Making, level: int, *invocations: str, **more: Any) -> Any:
    return made({"warlock": level}, choices={"warlock.invocations": [*invocations]}, **more)


def test_blades_of_pacts_attack_twice_and_three_times(made):
    thirsting = ("pact_of_the_blade", "thirsting_blade")
    assert invoked(made, 5, *thirsting)["attacks_per_action"] == 2
    assert invoked(made, 12, *thirsting, "devouring_blade")["attacks_per_action"] == 3


def test_devils_sight_reaches_120_feet(made):
    assert invoked(made, 2, "devils_sight")["warlock.invocations.devils_sight.sight"] == 120


def test_eldritch_mind_rolls_twice_for_concentration_and_for_nothing_else(made):
    hero = invoked(made, 2, "eldritch_mind", concentrating_on="blurred")
    assert situations(hero, "constitution.save.advantage") == ["losing Concentration"]
    assert not hero["constitution.save.advantage"]
    outcome = hero.act("concentration_tested", {"damage": 4}, dice=rc.dice.scripted([3, 12]))
    assert [roll.dice for roll in outcome.rolls] == ["1d20", "1d20"]
    assert hero["concentrating_on"] == "blurred"


def test_a_familiar_of_the_chain_has_one_of_the_special_forms_and_the_masters_dc(made):
    hero = invoked(made, 5, "pact_of_the_chain", "investment_of_the_chain_master", **{"charisma.base": 16})
    chain = "warlock.invocations.pact_of_the_chain"
    for form in ("imp", "pseudodragon", "quasit", "skeleton", "sphinx_of_wonder", "sprite", "venomous_snake"):
        hero.edit({f"{chain}.familiar_form": f"{form}_form"})
    with pytest.raises(rc.Refused):
        hero.edit({f"{chain}.familiar_form": "dragon_form"})
    master = "warlock.invocations.investment_of_the_chain_master"
    for speed in ("swim_speed", "fly_speed"):
        hero.edit({f"{master}.familiar_speed": speed})
    assert hero[f"{master}.familiar_dc"] == 8 + 3 + 3


def test_the_blade_of_the_pact_is_a_focus_and_deals_the_damage_that_was_chosen(made):
    blade = "warlock.invocations.pact_of_the_blade"
    hero = invoked(made, 1, "pact_of_the_blade", collections=SWORD)
    assert "longsword" not in hero["warlock.focuses"]
    hero.edit({f"{blade}.blade_damage": "radiant"})
    hero.choose(f"{blade}.blade", ["inventory.sword"])
    assert "longsword" in hero["warlock.focuses"]
    assert hero["inventory.sword.attack.damage_type"] == "radiant"


def test_the_book_of_the_pact_keeps_its_spells_prepared_and_has_none_that_is_known_already(made):
    tome = "warlock.invocations.pact_of_the_tome"
    chosen = {f"{tome}.cantrips": ["guidance", "fire_bolt", "light"], f"{tome}.rituals": ["detect_magic", "identify"]}
    hero = made({"warlock": 1}, choices={"warlock.invocations": ["pact_of_the_tome"], **chosen})
    for kind, names in (("cantrips", ("guidance", "fire_bolt", "light")), ("prepared", ("detect_magic", "identify"))):
        assert all(hero[f"warlock.pact_magic.{kind}.{name}.always"] for name in names)
    told = "a ritual of the book that you have prepared already"
    assert told not in str(hero.findings)
    hero.edit([rc.Add("warlock.pact_magic.prepared", {"spell": "identify"}, "mine")])
    assert told in str(hero.findings)


def test_dark_ones_blessing_comes_with_a_kill(made):
    hero = of_subclass(made, "warlock", 3, "fiend_patron", **{"charisma.base": 16})
    hero.act("kills", {"target": "Brann"})
    assert hero["temporary_hit_points"] == 3 + 3


# ---- Sorcerer


def test_innate_sorcery_begins_with_its_act(made):
    hero = made({"sorcerer": 1})
    dc = hero["sorcerer.magic.save_dc"]
    hero.act("sorcerer.begin_innate_sorcery")
    assert hero["sorcerer.magic.save_dc"] == dc + 1


@pytest.mark.parametrize(("option", "points"), [("careful_spell", 1), ("heightened_spell", 2), ("quickened_spell", 2)])
def test_metamagic_costs_what_its_option_says(made, option, points):
    hero = made({"sorcerer": 3}, choices={"sorcerer.2.metamagic": [option]})
    hero.act("sorcerer.use_metamagic", {"option": option})
    assert hero["sorcerer.sorcery_points.spent"] == points


def test_elemental_affinity_adds_charisma_to_the_damage_of_one_type(made):
    spells = {"sorcerer.magic.prepared": {name: {"spell": name} for name in ("fireball", "lightning_bolt")}}
    chosen = {"6.elemental_affinity": ["fire"]}
    hero = of_subclass(made, "sorcerer", 6, "draconic_sorcery", chosen, collections=spells, **{"charisma.base": 18})
    bonuses = [hero[f"sorcerer.magic.prepared.{name}.damage_bonus"] for name in ("fireball", "lightning_bolt")]
    assert bonuses == [4, 0]
