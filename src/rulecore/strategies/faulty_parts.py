"""Faults in the shape of a document: its envelope, its keys, its lists."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.derive.instance import Instance
from rulecore.model.shape import Collection
from rulecore.strategies.seeding import Change, Seed, View, leave_out, pointer_to, write

COLLECTIONS = "collections"
ANY_NUMBER = 7
MOST_ADDED = 60


# ---- the envelope


def kind_missing(_view: View) -> Iterator[Seed]:
    """Leave out what the document is about."""
    yield Seed("document.kind", "/kind", leave_out("kind"))


def kind_unknown(view: View) -> Iterator[Seed]:
    """Say that the document is about something that there is not."""
    yield Seed("document.kind_unknown", "/kind", write("kind", value=view.invented()))


def format_of_tomorrow(_view: View) -> Iterator[Seed]:
    """Say that the document is of a later format."""
    yield Seed("document.format", "/format", write("format", value="rulecore/99"))


def part_of_another_type(view: View) -> Iterator[Seed]:
    """Write a number for a part of the document."""
    for part in ("fields", "choices", COLLECTIONS, "rulings"):
        if not view.document.get(part):
            yield Seed("document.part", f"/{part}", write(part, value=ANY_NUMBER))


def pack_missing(view: View) -> Iterator[Seed]:
    """Name a pack that is not loaded."""
    name = view.invented()
    yield Seed("pack.missing", pointer_to("packs", name), write("packs", name, value="1.0.0"))


def pack_of_another_version(view: View) -> Iterator[Seed]:
    """Say that the document was made with another version of a pack."""
    for pack in view.derivation.rules.packs:
        yield Seed("pack.version", pointer_to("packs", pack.name), write("packs", pack.name, value="99.0.0"))


# ---- keys that there are not


def key_unknown(view: View) -> Iterator[Seed]:
    """Add a key to the document itself."""
    key = view.invented()
    yield Seed("document.key", pointer_to(key), write(key, value="a remark"))


def field_unknown(view: View) -> Iterator[Seed]:
    """Set a field that there is not."""
    key = view.invented()
    yield Seed("field.unknown", pointer_to("fields", key), write("fields", key, value=ANY_NUMBER))
    for path, _owner, collection in _lists(view):
        for place in _places(view, path, collection):
            keys = (COLLECTIONS, path, place, key)
            yield Seed("field.unknown", pointer_to(*keys), write(*keys, value=ANY_NUMBER))


def list_unknown(view: View) -> Iterator[Seed]:
    """Fill a list that there is not."""
    key = view.invented()
    yield Seed("collection.unknown", pointer_to(COLLECTIONS, key), write(COLLECTIONS, key, value={}))


def ruling_unknown(view: View) -> Iterator[Seed]:
    """Decide what nobody has left open."""
    key = view.invented()
    yield Seed("ruling.unknown", pointer_to("rulings", key), write("rulings", key, value=True))


# ---- lists


def list_of_another_shape(view: View) -> Iterator[Seed]:
    """Write an object for a sequence, or an array for a list by ids."""
    for path, _owner, collection in _lists(view):
        written = view.document[COLLECTIONS][path]
        other = list(written.values()) if isinstance(written, dict) else {f"n{at}": each for at, each in enumerate(written)}
        if bool(collection.ordered) is isinstance(written, list):
            yield Seed("collection.shape", pointer_to(COLLECTIONS, path), write(COLLECTIONS, path, value=other))


def element_of_another_type(view: View) -> Iterator[Seed]:
    """Write a number for an element."""
    for path, _owner, collection in _lists(view):
        for place in _places(view, path, collection):
            yield Seed("element.type", pointer_to(COLLECTIONS, path, place), write(COLLECTIONS, path, place, value=ANY_NUMBER))


def elements_too_many(view: View) -> Iterator[Seed]:
    """Put more elements into a list than it takes."""
    for path, _owner, collection in _lists(view):
        written = view.document[COLLECTIONS][path]
        more = collection.maximum + 1 - len(written)
        if 0 < more <= MOST_ADDED:
            changes = [Change((COLLECTIONS, path), [*written, *[written[-1]] * more] if isinstance(written, list) else None)]
            if isinstance(written, dict):
                added = {f"more{at}": next(iter(written.values())) for at in range(more)}
                changes = [Change((COLLECTIONS, path), {**written, **added})]
            yield Seed("collection.maximum", pointer_to(COLLECTIONS, path), tuple(changes))


def _lists(view: View) -> Iterator[tuple[str, Instance, Collection]]:
    """Give the lists in which the document has elements."""
    written = view.document.get(COLLECTIONS, {})
    for owner, name in view.derivation.structure.elements:
        path = owner.join(name)
        if written.get(path):
            yield path, owner, owner.collections[name]


def _places(view: View, path: str, collection: Collection) -> list[str | int]:
    written = view.document[COLLECTIONS][path]
    return list(range(len(written))) if collection.ordered else list(written)


PARTS = {
    "kind missing": kind_missing,
    "kind unknown": kind_unknown,
    "format of tomorrow": format_of_tomorrow,
    "part of another type": part_of_another_type,
    "pack missing": pack_missing,
    "pack of another version": pack_of_another_version,
    "key unknown": key_unknown,
    "field unknown": field_unknown,
    "list unknown": list_unknown,
    "ruling unknown": ruling_unknown,
    "list of another shape": list_of_another_shape,
    "element of another type": element_of_another_type,
    "elements too many": elements_too_many,
}
