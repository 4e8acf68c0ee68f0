"""Cantrips, prepared spells and the spellbook of each class, within its own table (Spells; Classes)."""

from __future__ import annotations

from tests.oracle import make_feats
from tests.oracle.book import is_cantrip
from tests.oracle.content_classes import studies
from tests.oracle.draft import Draft
from tests.oracle.paper import Paper
from tests.oracle.spell_lists import AT_WILL
from tests.oracle.spellcasting import MAGICAL_DISCOVERIES, SOURCES, WORDS_OF_CREATION, always_prepared, discoverable

# Wizard spells with a casting time of an action, for Spell Mastery.
MASTERY = {
    1: ["burning_hands", "detect_magic", "disguise_self", "mage_armor", "magic_missile", "sleep", "thunderwave"],
    2: ["blur", "invisibility", "mirror_image", "scorching_ray", "shatter", "web"],
}
EVOCATIONS = ["burning_hands", "magic_missile", "scorching_ray", "fireball", "ice_storm", "cone_of_cold", "chain_lightning"]

# Bard: Magical Secrets, and the spells prepared at the level before.
SECRETS_LEVEL = 10
PREPARED_BEFORE_SECRETS = 14


def cantrips(d: Draft) -> None:
    """As many as the table says; they come early because some invocations ask for them."""
    for name, source in SOURCES.items():
        count = (d.row(name).get("cantrips") or 0) + studies(_counted(d), name) if d.of(name) else 0
        if count:
            known = d.choose.some(make_feats.spells(name, 0), d.choose.number(0, count) if d.choose.chance(15) else count)
            d.put(f"{source}.cantrips", "k", *({"spell": spell} for spell in known))


def fill(d: Draft) -> None:
    """Prepared spells of levels that the class has slots for; those always prepared are left alone."""
    if d.of("wizard"):
        _book(d)
    _discoveries(d)
    for name, source in SOURCES.items():
        if not d.of(name):
            continue
        most = d.row(name)["prepared_spells"]
        offer = [spell for spell in _offer(d, name) if spell not in _always(d, name)]
        count = d.choose.number(0, most) if d.choose.chance(40) else most
        chosen = _secrets(d)[:count] if name == "bard" else []
        chosen += d.choose.some([spell for spell in offer if spell not in chosen], count - len(chosen))
        d.put(f"{source}.prepared", "p", *({"spell": spell} for spell in chosen))


def _discoveries(d: Draft) -> None:
    """Magical Discoveries of the College of Lore: cantrips too, but none that is there already."""
    if "bard" not in d.subclasses or d.of("bard") < 6:
        return
    known = {element["spell"] for element in d.collections["bard.magic.cantrips"].values()} | WORDS_OF_CREATION
    offer = [spell for spell in discoverable(highest(d, "bard")) if spell not in known]
    cantrips = [spell for spell in offer if is_cantrip(spell)]
    first = d.choose.one(cantrips if d.choose.chance(20) else offer)
    d.pick(MAGICAL_DISCOVERIES, first, d.choose.one([spell for spell in offer if spell != first]))


def _secrets(d: Draft) -> list[str]:
    """Magical Secrets of Bard 10: each prepared spell gained since then may come from three other lists."""
    if d.of("bard") < SECRETS_LEVEL:
        return []
    barred = {*_always(d, "bard"), *_offer(d, "bard")}
    others = [spell for spell in discoverable(highest(d, "bard")) if not is_cantrip(spell) and spell not in barred]
    return d.choose.some(others, d.choose.number(0, d.row("bard")["prepared_spells"] - PREPARED_BEFORE_SECRETS))


def highest(d: Draft, name: str) -> int:
    """The highest slot of the class's own table."""
    row = d.row(name)
    return row["pact_slot_level"] if name == "warlock" else sum(1 for slots in row["spell_slots"] if slots)


def _offer(d: Draft, name: str) -> list[str]:
    if name == "wizard":
        return [each["spell"] for each in d.collections["wizard.spellbook"].values()]
    return [spell for level in range(1, highest(d, name) + 1) for spell in make_feats.spells(name, level)]


def _always(d: Draft, name: str) -> set[str]:
    """What features keep prepared; the facts of the book, as for the oracle."""
    spells = always_prepared(_counted(d), name)
    if name == "warlock":
        spells |= {AT_WILL[each] for each in d.invocations if each in AT_WILL} | {"water_breathing"}
        spells |= {spell for choice in d.choices if choice.endswith(".rituals") for spell in d.choices[choice]}
    return spells


def _counted(d: Draft) -> Paper:
    paper = Paper(d.document)
    paper.classes, paper.first, paper.level = dict(d.classes), d.first, d.level
    return paper


def _book(d: Draft) -> None:
    """Six spells of level 1, two more each level of a level with slots; Savant, Spell Mastery, Signature Spells."""
    level = d.of("wizard")
    book = d.choose.some(make_feats.spells("wizard", 1), 6)
    if level >= 18:
        book = list(dict.fromkeys([d.choose.one(MASTERY[1]), d.choose.one(MASTERY[2]), *book]))[:6]
    for reached in range(2, level + 1):
        top = min(9, (reached + 1) // 2)
        fresh = [s for each in range(1, top + 1) for s in make_feats.spells("wizard", each) if s not in book]
        book += d.choose.some(fresh, 2)
    thirds = make_feats.spells("wizard", 3)
    if level >= 20:
        signature = d.choose.some(thirds, 2)
        book = [*book[:2], *signature, *(spell for spell in book[2:] if spell not in signature)][: 4 + 2 * level]
        d.pick("wizard.20.signature", *signature)
    d.put("wizard.spellbook", "b", *({"spell": spell} for spell in book))
    if level >= 18:
        d.pick("wizard.18.mastery_first", next(s for s in book if s in MASTERY[1]))
        d.pick("wizard.18.mastery_second", next(s for s in book if s in MASTERY[2]))
    if "wizard" in d.subclasses:
        fit = [s for s in EVOCATIONS if s not in book and make_feats.SPELLS[s]["level"] <= highest(d, "wizard")]
        d.pick("wizard.3.subclass.evoker.3.savant", *d.choose.some(fit, 1))
