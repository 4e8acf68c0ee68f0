"""The public Ruleset: packs merged, immutable, shared by all characters, pickled by reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from os.path import abspath
from types import MappingProxyType

from rulecore.errors import FieldError, PackError
from rulecore.finding import Finding
from rulecore.model.document import FORMAT
from rulecore.model.entry import Entry, Kind
from rulecore.model.rules import PackInfo, Rules
from rulecore.model.shape import Block, Entity, Mode
from rulecore.names import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from rulecore.character import Character
    from rulecore.derive import Derivation
    from rulecore.derive.alike import Derivations, Near
    from rulecore.model.document import Document
    from rulecore.model.graph import Graph
    from rulecore.ruleset.catalogue import FieldInfo

__all__ = ["Ruleset", "load_ruleset"]


def load_ruleset(*packs: str | PathLike[str], strict: bool = False) -> Ruleset:
    """Load packs by id or folder with all that they use, the standard ones without arguments; or one compiled ruleset.

    Faults are in `findings`, and the rest works; with `strict` any error raises PackError. A ruleset is kept on disk, and
    loaded from there as long as nothing that it follows from has changed.
    """
    from rulecore.packs.shipped import is_shipped, read_shipped

    if any(map(is_shipped, packs)):
        return Ruleset(read_shipped(packs, strict=strict), [abspath(each) for each in packs])  # noqa: PTH100 - a start needs no pathlib
    from pathlib import Path

    from rulecore.packs.kept import ruleset

    named = [each if isinstance(each, str) else Path(each) for each in packs]
    asked = [each if isinstance(each, str) and not Path(each).exists() else str(Path(each).resolve()) for each in named]
    return Ruleset(ruleset(*named, strict=strict), asked)


def _again(asked: tuple[str, ...], wanted: str) -> Ruleset:
    """Load the packs of a pickled ruleset, and see that they are the same still."""
    loaded = load_ruleset(*asked)
    if loaded.hash != wanted:
        finding = Finding("pack.changed", "the packs have changed since", found=loaded.hash, expected=wanted)
        raise PackError("the ruleset of this pickle is not there any more", [finding])
    return loaded


class Ruleset:
    """Every entry, field, formula and effect there is, and the characters made from them."""

    __slots__ = ("_asked", "_lately", "_rules")

    def __init__(self, rules: Rules, asked: Iterable[str] | None = None) -> None:
        """Use rules as loaded; `asked` says from which packs they can be loaded again."""
        self._rules = rules
        self._lately: Derivations | None = None
        self._asked = None if asked is None else tuple(asked)

    def __reduce__(self) -> tuple[Any, ...]:
        if self._asked is None:
            raise TypeError("a ruleset that was not loaded from packs cannot be pickled")
        return _again, (self._asked, self.hash)

    def __repr__(self) -> str:
        packs = ", ".join(f"{pack.name} {pack.version}" for pack in self.packs)
        return f"<Ruleset {packs}>"

    def derive(self, document: Document, near: Near | None = None) -> Derivation:
        """Derive a document for whoever edits it; what exists and what is settled is shared with documents that are alike.

        `near` is a derivation from which the document differs in little, with the pointers where it does, if there is one.
        """
        from rulecore.derive.alike import Derivations

        if self._lately is None:
            self._lately = Derivations(self._rules)
        return self._lately.of(document, near)

    # ---- what it consists of

    @property
    def rules(self) -> Rules:
        """The rules as data."""
        return self._rules

    @property
    def hash(self) -> str:
        """What identifies the texts of the packs, wherever they lie."""
        return self._rules.hash

    @property
    def packs(self) -> tuple[PackInfo, ...]:
        """The packs in order."""
        return self._rules.packs

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found while the packs were loaded."""
        return self._rules.findings

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The sorts of entries, by name."""
        return MappingProxyType(dict(self._rules.kinds))

    @property
    def entities(self) -> Mapping[str, Entity]:
        """What documents can be about, by name."""
        return MappingProxyType(dict(self._rules.entities))

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """Give all entries of a kind, in order of declaration."""
        _known(kind, self._rules.kinds, "kind")
        return tuple(entry for entry in self._rules.entries.values() if kind in entry.kinds)

    def entry(self, kind: str, name: str) -> Entry:
        """Give one entry by its name, `kind.name` or `pack:kind.name`; an old name leads to the new one."""
        from rulecore.derive.index import Index

        _known(kind, self._rules.kinds, "kind")
        found = Index(self._rules).find(name, kind)
        if found is None:
            _known(name, [entry.name for entry in self.entries(kind)], f"{kind}")
            raise FieldError(f"there is no {kind} `{name}`")
        return found

    # ---- what is made from it

    def character(self, document: Document | Mapping[str, Any] | str | bytes | Path | None = None) -> Character:
        """Give a live sheet of a document: a dict, JSON text or a file; without one, a blank of what has most to fill in."""
        from rulecore.character import Character

        return self.new(self.usual) if document is None else Character(self, document)

    def new(self, kind: str, document: Mapping[str, Any] | None = None) -> Character:
        """Give a live sheet of an entity of any kind; `document` says what is not as it is by default."""
        from rulecore.character import Character

        _known(kind, self._rules.entities, "entity")
        envelope = {"format": FORMAT, "packs": {pack.name: pack.version for pack in self.packs}, "kind": kind}
        return Character(self, {**envelope, **(document or {}), "kind": kind})

    def entity(self, kind: str, name: str) -> Character:
        """Give the live sheet of an entry: that of the entity with an editable reference to its kind."""
        entry = self.entry(kind, name)
        for holder in sorted(self._leaves(), key=lambda each: (each.name != kind, _editable(each))):
            for field in holder.shape.block.fields:
                if field.mode is Mode.EDITABLE and getattr(field.type, "kind", None) in entry.kinds:
                    document = {"name": entry.label, "fields": {field.name: entry.name}}
                    return self.new(holder.name, document)
        raise FieldError(f"no entity is made of {kind} alone: no editable field refers to one")

    def _leaves(self) -> list[Entity]:
        """Give the entities from which no other inherits."""
        every = list(self._rules.entities.values())
        above = {name for each in every for name in each.shape.ancestors if name != each.shape.name}
        return [each for each in every if each.shape.name not in above]

    @property
    def usual(self) -> str:
        """The entity that documents are mostly about: the one that has most to fill in."""
        if not self._rules.entities:
            raise PackError("the packs declare no entity, so there is nothing to make a sheet of", self.findings)
        return max(self._leaves(), key=lambda each: (_editable(each), each.name)).name

    # ---- what is known about it

    def graph(self, kind: str | None = None) -> Graph:
        """Give what reads what, over all that could ever be active in an entity; without one, the usual."""
        from rulecore.model.dependencies import dependencies

        return dependencies(self._rules, self._entity(kind))

    def fields(self, kind: str | None = None) -> tuple[FieldInfo, ...]:
        """Give every field that an entity can have."""
        from rulecore.ruleset.catalogue import fields

        return tuple(fields(self._rules, self._entity(kind)))

    def schema(self, kind: str | None = None) -> dict[str, Any]:
        """Give the JSON Schema of the documents of an entity."""
        from rulecore.ruleset.schema import document_schema

        return document_schema(self._rules, self._entity(kind))

    def _entity(self, kind: str | None) -> Entity:
        name = self.usual if kind is None else kind
        _known(name, self._rules.entities, "entity")
        return self._rules.entities[name]


def _known(name: str, names: Iterable[str], word: str) -> None:
    """Refuse a name that is not among some, with the nearest that is."""
    known = list(names)
    if name not in known:
        alike = nearest(name, known)
        hint = f"; did you mean `{alike}`?" if alike else ""
        raise FieldError(f"there is no {word} `{name}`{hint}", alike)


def _editable(entity: Entity) -> int:
    shapes = [entity.shape, *(shape for _entry, shape in entity.keys)]
    return sum(_editable_members(shape.block) for shape in shapes)


def _editable_members(block: Block) -> int:
    own = sum(field.mode is Mode.EDITABLE for field in block.fields) + len(block.collections) + len(block.choices)
    return own + sum(_editable_members(inner) for inner in block.blocks)
