"""Where the pack has what `tests/facts/activities.json` names: cards and events, pools, and what it says in words alone."""

import re

from tests.packs.comparing import KINDS
from tests.packs.lines_of import CHANGE, OCCASIONS, Line, entries, given_by

# ---- the line by which an activity is done, where its label is another

CARDS = {
    "barbarian-relentless_rage": "relentless_rage",
    "barbarian-persistent_rage": "recover_rages",
    "path_of_the_berserker-intimidating_presence-restore_intimidating_presence": "restore_presence",
    "bard-superior_inspiration": "initiative_rolled",
    "druid-wild_shape-leave_the_form": "leave_shape",
    "druid-wild_companion-wild_companion_spell_slot": "wild_companion_for_slot",
    "druid-wild_companion-wild_companion_wild_shape": "wild_companion",
    "druid-wild_resurgence-wild_shape_from_a_spell_slot": "regain_shape",
    "druid-wild_resurgence-spell_slot_from_wild_shape": "regain_slot",
    "druid-archdruid-evergreen_wild_shape": "initiative_rolled",
    "champion-heroic_warrior": "turn_starts",
    "champion-survivor-heroic_rally": "turn_starts",
    "monk-monks_focus-patient_defense_focus_point": "patient_defense",
    "monk-monks_focus-step_of_the_wind_focus_point": "step_of_the_wind",
    "monk-uncanny_metabolism": "uncanny_metabolism",
    "monk-deflect_attacks-redirect_attack": "redirect_attack",
    "monk-perfect_focus": "perfect_focus",
    "warrior_of_the_open_hand-quivering_palm-end_the_vibrations": "quivering_palm",
    "paladin-lay_on_hands": "touch",
    "paladin-lay_on_hands-remove_poisoned": "cleanse",
    "oath_of_devotion-holy_nimbus-restore_holy_nimbus": "restore_nimbus",
    "ranger-tireless-temporary_hit_points": "gain_tireless",
    "ranger-tireless-decrease_exhaustion": "short_rest",
    "rogue-cunning_action-dash": "cunning_action",
    "rogue-cunning_action-disengage": "cunning_action",
    "rogue-cunning_action-hide": "cunning_action",
    "thief-fast_hands-sleight_of_hand": "fast_hands",
    "thief-fast_hands-use_an_object": "fast_hands",
    "sorcerer-font_of_magic-converting_spell_slots_to_sorcery_points": "slot_to_points",
    **{f"sorcerer-font_of_magic-creating_spell_slots_level_{level}": "points_to_slot" for level in range(1, 6)},
    "sorcerer-sorcerous_restoration": "restore_points",
    "sorcerer-sorcery_incarnate-innate_sorcery_sorcery_points": "renew_innate_sorcery",
    "draconic_sorcery-dragon_wings-restore_dragon_wings": "restore_wings",
    "lifedrinker-drink_life": "drink_life",
    "wizard-expanding_and_replacing_a_spellbook-copying_a_spell_into_the_book": "copy_spell",
    "wizard-expanding_and_replacing_a_spellbook-copying_the_book": "copy_book",
    "fiend_patron-dark_ones_blessing": "kills",
    "fiend_patron-hurl_through_hell-restore_hurl_through_hell": "restore_hurl",
    "gnome-gnomish_lineage-rock_gnome_clockwork_device": "make_device",
    "goliath-giant_ancestry-storms_thunder": "reply",
    "halfling-luck": "luck",
    "human-resourceful": "long_rest",
}
# Done by an action or for a price, and said in words alone.
OF_ANOTHER_CARD = "the text of the card from which it follows says it"
NO_POOL = "what is given up is dice of the Sneak Attack, which are no pool"
TEXT_ALONE = {
    "barbarian-rage-extend_rage": OF_ANOTHER_CARD,
    "circle_of_the_land-natures_sanctuary-move_the_cube": OF_ANOTHER_CARD,
    "monk-monks_focus-patient_defense": OF_ANOTHER_CARD,
    "monk-monks_focus-step_of_the_wind": OF_ANOTHER_CARD,
    "warrior_of_the_open_hand-quivering_palm-end_the_vibrations_in_place_of_an_attack": OF_ANOTHER_CARD,
    "gaze_of_two_minds-maintain_gaze_of_two_minds": OF_ANOTHER_CARD,
    **dict.fromkeys([f"rogue-cunning_strike-{name}" for name in ("poison", "trip", "withdraw")], NO_POOL),
    **dict.fromkeys([f"rogue-devious_strikes-{name}" for name in ("daze", "knock_out", "obscure")], NO_POOL),
    "thief-supreme_sneak-stealth_attack": NO_POOL,
    "lifedrinker": "the damage is a field; the event of this name is the healing",
    "thief-thiefs_reflexes": "the order of turns is the table's",
    "alert-initiative_swap": "the order of turns is the table's",
    "gift_of_the_protectors-write_a_name": "another creature does it",
    "gift_of_the_protectors-erase_a_name": "the page is not kept in the document",
    "investment_of_the_chain_master-quick_attack": "the familiar is not on the sheet",
    "investment_of_the_chain_master-resistance": "the familiar is not on the sheet",
    "pact_of_the_chain-attack_of_the_familiar": "the familiar is not on the sheet",
    "pact_of_the_blade-conjure_pact_weapon": "it is the choice of the pact weapon",
    "pact_of_the_blade-bond_with_a_magic_weapon": "it is the choice of the pact weapon",
    "gnome-gnomish_lineage-rock_gnome_dismantle_a_device": "the event of the pack is for all ways in which a device ends",
}
# The cards, events and hooks that an activation may be.
BY_ITSELF = {"event", "on", "card"}
HEADS = {
    **{word: {"action"} for word in ("action", "magic_action", "utilize_action", "replaces_attack", "one_minute", "ten_minutes")},
    "bonus_action": {"bonus_action"},
    "reaction": {"reaction"},
}
# Cards and events that no record names, and why.
MORE = {
    ("class.paladin", "lay_hands"): "the card of both uses of Lay On Hands",
    ("class.sorcerer", "create_slot"): "the card of the five slots that points make",
    ("class.sorcerer", "use_metamagic"): "one event for all options; prerequisites.json has what each costs",
    ("feat.boon_of_spell_recall", "slot_kept"): "one outcome of a roll",
    ("subclass.thief", "charges_kept"): "one outcome of a roll",
    ("subclass.thief", "scroll_fails"): "one outcome of a roll",
    ("species.gnome", "device_ends"): "by hand, by harm or by time",
    ("species.gnome", "touch_device"): "what anybody may do with a device",
    ("species.goliath", "thunder"): "the card of Storm's Thunder",
}
# Levels that stand in a formula, not in an `at`.
LATER = {f"sorcerer-font_of_magic-creating_spell_slots_level_{level}" for level in range(2, 6)}

# ---- pools by their names in the pack

POOLS = {
    "slot": "Spell Slots",
    "spell_slot": "Spell Slots",
    "level_1_slots": "Spell Slots",
    "level_5_slots": "Spell Slots",
    "pact_slots": "Pact Magic",
    "die": "Hit Point Dice",
    "relentless_uses": "Relentless Rage",
    "overchannel_uses": "Overchannel",
    "heroic_inspiration": "Heroic Inspiration",
    "resurgence_of_turn": "",
    **{
        line.name: line.label.removesuffix(", slots")
        for entry, whole in entries().items()
        if entry.partition(".")[0] in KINDS
        for line in whole.all()
        if line.word == "resource" and line.name != "resurgence_of_turn"
    },
}
BY_SLOT = {"Sorcery Points": "step(slot.number: 1 -> 2, 2 -> 3, 3 -> 5, 4 -> 6, 5 -> 7)"}
# What a card spends and gives where the pack writes another formula than the facts.
SPENT = {
    "gnome-gnomish_lineage-rock_gnome_clockwork_device": {"Clockwork devices at a time": "1"},
    "druid-archdruid-nature_magician": {"Nature Magician": "1", "Wild Shape": "uses"},
    "paladin-restoring_touch": {"Lay On Hands": "5"},  # for one condition at a time
    **{f"sorcerer-font_of_magic-creating_spell_slots_level_{level}": BY_SLOT for level in range(1, 6)},
}
CHOSEN_SLOTS = "count(s for s in slots where s = it)"
BACK = {
    "bard-superior_inspiration": "to highest(0, bardic_inspiration.maximum - 2)",
    "circle_of_the_land-natural_recovery": CHOSEN_SLOTS,
    "wizard-arcane_recovery": CHOSEN_SLOTS,
    "monk-perfect_focus": "to focus.maximum - 4",
    "sorcerer-font_of_magic-converting_spell_slots_to_sorcery_points": "slot.number",
    "sorcerer-sorcerous_restoration": "sorcerous_restoration_points",
    "warlock-magical_cunning": "cunning_slots",
}


def own_lines(card: Line) -> list[Line]:
    """What a card or event does itself: the events that are nested in it stand for themselves."""
    return [line for line in card.all() if line.occasion == card.occasion and line.word not in OCCASIONS]


def spent(card: Line) -> dict[str, str]:
    """What a card or event takes, by the label of the pool: a number, or the formula as it is written."""
    found: dict[str, str] = {}
    for line in own_lines(card):
        taken = re.fullmatch(r"(?:use|spend (?P<number>.+) of) (?P<pool>[\w.]+)", line.text)
        change = CHANGE.fullmatch(line.text)
        if taken:
            found[POOLS[taken["pool"].rpartition(".")[2]]] = taken["number"] or "1"
        elif change and change["value"] == "by 1" and change["target"].rpartition(".")[2] in POOLS:
            found[POOLS[change["target"].rpartition(".")[2]]] = "1"
    found.pop("", None)
    return found


def given(card: Line) -> dict[str, str]:
    """What a card, event or hook gives back, by the label of the pool."""
    found = [back for line in own_lines(card) if (back := given_by(line)) and back[0] in POOLS]
    return {POOLS[pool]: "1" if amount == "to true" else amount for pool, amount in found}
