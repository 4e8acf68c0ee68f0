"""D20 Tests but attacks: saves, ability checks, skills, tools, passive scores, Initiative, Death Saving Throws."""

from tests.oracle.book import ABILITIES, CLASSES, SKILLS, TOOLS, mode, roll
from tests.oracle.book import CONDITIONS as CONDITION_FACTS
from tests.oracle.conditions import any_says, penalty
from tests.oracle.content_classes import at_least_one, studies, subclass_level
from tests.oracle.content_feats import has
from tests.oracle.d20 import Test, indomitable_might, write
from tests.oracle.inventory import armor_facts
from tests.oracle.paper import Paper
from tests.oracle.proficiencies import SLIPPERY

PRIMAL_KNOWLEDGE = ("acrobatics", "intimidation", "perception", "stealth", "survival")
# Skills that Divine Order and Primal Order make better in those who study, in checks of Intelligence.
STUDIED = {"cleric": ("arcana", "religion"), "druid": ("arcana", "nature")}
RELIABLE = 10
# The ability with which an item's or feature's Advantage on a skill is printed.
PRINTED = {"stealth": "dexterity", "perception": "wisdom", "athletics": "strength"}
Sides = tuple[bool, bool]  # Advantage, Disadvantage


def fill(p: Paper) -> None:
    """All D20 Tests of the sheet that are not attacks."""
    for ability in ABILITIES:
        _save(p, ability)
        _ability_check(p, ability)
    for skill in SKILLS:
        _skill(p, skill)
    for tool, facts in TOOLS.items():
        bonus = p.mod[facts["ability"]] + (p.pb if tool in p.tools else 0) + flat(p)
        _write(p, tool, facts["ability"], bonus, check_sides(p, facts["ability"]))
    _passives(p)
    _initiative(p)
    _death_save(p)


def _ability_check(p: Paper, ability: str) -> None:
    bonus, sides = p.mod[ability] + flat(p), check_sides(p, ability)
    write(p, f"{ability}.check", Test(ability, bonus, *sides, least_total=indomitable_might(p, ability)))
    p.out[f"{ability}.check.passive"] = passive(p, bonus, sides)


def flat(p: Paper) -> int:
    """Stone of Good Luck +1 to ability checks; Exhaustion."""
    return sum(p.forces("checks")) + penalty(p)


def blessing(p: Paper) -> str | None:
    """Bless: 1d4 on attack rolls and saving throws, once however often it was cast."""
    return "1d4" if p.effects("blessed") else None


def body_hindered(p: Paper, ability: str) -> bool:
    """Armor without training: Disadvantage on any D20 Test of Strength or Dexterity."""
    return p.untrained_armor and ability in {"strength", "dexterity"}


def _save_bonus(p: Paper) -> int:
    """Bonuses to all saves: Ring and Cloak of Protection, one Aura of Protection, Exhaustion."""
    return sum(p.forces("saves")) + _best_aura(p) + penalty(p)


def _best_aura(p: Paper) -> int:
    """Only one Aura of Protection at a time: one's own or an ally's (at least +1)."""
    allies = [max(1, int(e.get("modifier", 0))) for e in p.effects("protected")]
    return max([p.aura, *allies])


def _save(p: Paper, ability: str) -> None:
    proficient = ability in p.saves
    own = p.mod[ability] + (p.pb if proficient else 0)
    bonus = max(own, p.form["abilities"][ability][2] if p.form else own) + _save_bonus(p)
    save = Test(
        ability,
        roll(blessing(p), bonus),
        _save_advantage(p, ability),
        _save_disadvantage(p, ability),
        proficient,
        sources=_save_sources(p, ability),
        least_total=indomitable_might(p, ability),
    )
    write(p, f"{ability}.save", save)
    p.out[f"{ability}.save.fails"] = any(ability in CONDITION_FACTS[name]["fails"] for name in p.conditions)


def _save_sources(p: Paper, ability: str) -> int:
    """The first class, Disciplined Survivor of Monk 14, Slippery Mind of Rogue 15."""
    slippery = p.of("rogue") >= 15 and ability in SLIPPERY
    return (p.first is not None and ability in CLASSES[p.first]["saves"]) + (p.of("monk") >= 14) + slippery


def _save_advantage(p: Paper, ability: str) -> bool:
    """Rage (Strength), Danger Sense and Haste (Dexterity), Gnomish Cunning (the three of the mind)."""
    if ability == "strength":
        return p.raging
    if ability == "dexterity":
        danger_sense = p.of("barbarian") >= 2 and not p.incapacitated
        return danger_sense or bool(p.effects("hasted"))
    return p.body == "gnome" and ability in {"intelligence", "wisdom", "charisma"}


def _save_disadvantage(p: Paper, ability: str) -> bool:
    restrained = ability == "dexterity" and any_says(p, "dexterity_saves", "disadvantage")
    return restrained or body_hindered(p, ability)


def check_sides(p: Paper, ability: str) -> Sides:
    """Advantage and Disadvantage on checks of an ability: Rage; Poisoned, Frightened, armor."""
    advantage = ability == "strength" and p.raging
    return advantage, any_says(p, "checks", "disadvantage") or body_hindered(p, ability)


def skill_ability(p: Paper, skill: str) -> str:
    """The ability of the skill; Primal Knowledge lets Strength stand for it in Rage, if its switch is on."""
    wanted = p.value("barbarian.primal_strength", default=True)
    primal = p.raging and p.of("barbarian") >= 3 and skill in PRIMAL_KNOWLEDGE
    return "strength" if primal and wanted else SKILLS[skill]


def _skill_bonus(p: Paper, skill: str, ability: str) -> int:
    times = (skill in p.skills) + (skill in p.expertise)
    gifts = sum(gift.get(skill, 0) for gift in p.forces("skills"))
    half = p.pb // 2 if _jack(p, skill) else 0
    own = p.mod[ability] + times * p.pb + half
    # a form's modifier counts where it is the higher
    best = max(own, p.form["skills"].get(skill, own) if p.form else own)
    return best + gifts + _studied(p, skill, ability) + flat(p)


def _jack(p: Paper, skill: str) -> bool:
    """Bard 2, Jack of All Trades: half the Proficiency Bonus where the skill proficiency is lacking."""
    return p.of("bard") >= 2 and skill in SKILLS and skill not in p.skills


def _studied(p: Paper, skill: str, ability: str) -> int:
    """Thaumaturge and Magician: the Wisdom modifier, at least 1, on two skills each."""
    orders = sum(studies(p, name) and skill in skills for name, skills in STUDIED.items())
    return orders * at_least_one(p.mod["wisdom"]) if ability == "intelligence" else 0


def _lowest_roll(p: Paper, name: str) -> int:
    """Rogue 7, Reliable Talent: 9 or lower is a 10 with one's own skill and tool proficiencies."""
    return RELIABLE if p.of("rogue") >= 7 and (name in p.skills or name in p.tools) else 1


def _skill_sides(p: Paper, skill: str, ability: str) -> Sides:
    advantage, disadvantage = check_sides(p, ability)
    if ability == PRINTED.get(skill):
        advantage = advantage or any(skill in gift for gift in p.forces("advantage"))
        advantage = advantage or (skill == "athletics" and subclass_level(p, "fighter") >= 3)
        disadvantage = disadvantage or (skill == "stealth" and _noisy(p))
    return advantage, disadvantage


def _noisy(p: Paper) -> bool:
    """Equipment, "Armor", Stealth column: Disadvantage on Dexterity (Stealth) checks."""
    return any((armor_facts(item) or {}).get("stealth_disadvantage") for item in p.worn)


def _skill(p: Paper, skill: str) -> None:
    ability = skill_ability(p, skill)
    bonus = _skill_bonus(p, skill, ability)
    _write(p, skill, ability, bonus, _skill_sides(p, skill, ability))


def _write(p: Paper, name: str, ability: str, bonus: int, sides: Sides) -> None:
    test = Test(
        ability,
        bonus,
        *sides,
        proficient=name in p.skills or name in p.tools,
        expert=name in p.expertise,
        half=_jack(p, name),
        sources=p.sources[name],
        least_total=indomitable_might(p, ability),
        lowest_roll=_lowest_roll(p, name),
    )
    write(p, f"{name}.check", test)
    p.out[f"{name}.check.passive"] = passive(p, bonus, sides)


def passive(p: Paper, bonus: int, sides: Sides) -> int:
    """Rules Glossary, "Passive Perception"; ruling `exhaustion_lowers_passives` (rule 39)."""
    rest = 0 if p.ruling("exhaustion_lowers_passives") else -penalty(p)
    return 10 + bonus + rest + _five(sides)


def _five(sides: Sides) -> int:
    return {"advantage": 5, "normal": 0, "disadvantage": -5}[mode(*sides)]


def _passives(p: Paper) -> None:
    """Passive scores are those of the printed ability: Primal Knowledge is for checks that are made."""
    for skill in ("perception", "insight", "investigation"):
        ability = SKILLS[skill]
        sides = _skill_sides(p, skill, ability)
        p.out[f"passive_{skill}"] = passive(p, _skill_bonus(p, skill, ability), sides)


def _initiative(p: Paper) -> None:
    """Playing the Game, "Initiative": a Dexterity check; Alert adds the Proficiency Bonus."""
    alert = p.pb if has(p, "alert") else 0
    sides = _initiative_sides(p)
    bonus = p.mod["dexterity"] + alert + flat(p)
    write(p, "initiative", Test("dexterity", bonus, *sides, proficient=bool(alert), sources=int(bool(alert))))
    p.out["initiative.passive"] = passive(p, bonus, sides)
    joins = alert if p.ruling("proficiency_joins_initiative_score") else 0
    p.out["initiative_score"] = 10 + p.mod["dexterity"] + joins + _five(sides)


def _initiative_sides(p: Paper) -> Sides:
    """Feral Instinct, Remarkable Athlete, Invisible, items; surprised, Incapacitated, any Dexterity check."""
    advantage, disadvantage = check_sides(p, "dexterity")
    features = p.of("barbarian") >= 7 or subclass_level(p, "fighter") >= 3
    items = any("initiative" in gift for gift in p.forces("advantage"))
    advantage = advantage or features or items or any_says(p, "initiative", "advantage")
    disadvantage = disadvantage or bool(p.value("surprised")) or any_says(p, "initiative", "disadvantage")
    return advantage, disadvantage


def _death_save(p: Paper) -> None:
    """A saving throw tied to no ability; whether "all saving throws" of Monk 14 means it too is a ruling."""
    proficient = p.of("monk") >= 14 and p.ruling("all_saves_include_death_saves")
    bonus = _save_bonus(p) + (p.pb if proficient else 0)
    advantage = subclass_level(p, "fighter") >= 18
    test = Test(None, roll(blessing(p), bonus), advantage, proficient=proficient, sources=int(proficient))
    write(p, "death_save", test)
    p.out["death_save.fails"] = False
