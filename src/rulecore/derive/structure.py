"""The structure of one derivation: which instances exist, and what still waits for its condition."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from collections.abc import Set as AbstractSet

from rulecore.dataclass import dataclass
from rulecore.derive.contents import FIELDS, Contents
from rulecore.derive.index import index_of
from rulecore.derive.instance import Caller, Form, Home, Instance, Question
from rulecore.finding import Finding
from rulecore.model.document import Document
from rulecore.model.entry import Entry
from rulecore.model.rules import Rules
from rulecore.model.shape import Activation, Block, Grant, Mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

GrantKey = tuple[int, str, Instance, Entry]
"""What tells elements apart that grants give: the grant, the path of its owner, the holder, the entry."""
ANEW = "anew"
"""Touched in every round: what is read of a structure, and cannot be told in another way."""
CALLS = "calls"
"""With a member of a family: touched where something else activates it, and where it comes to be held by something."""


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """An inner block of an instance whose gate has not held yet; `of_entry` says whether an entry's text has it."""

    owner: Instance
    block: Block
    of_entry: bool


@dataclass(frozen=True, slots=True, eq=False)
class Granting:
    """A grant with what calls for it."""

    caller: Caller
    grant: Grant

    @property
    def owner(self) -> Instance:
        """Give the instance for which it is judged."""
        return self.caller.owner


@dataclass(frozen=True, slots=True, eq=False)
class Activating:
    """An activation with what calls for it."""

    caller: Caller
    activation: Activation

    @property
    def owner(self) -> Instance:
        """Give the instance for which it is judged."""
        return self.caller.owner


Judged = (Waiting, Granting, Activating)
"""What activation judges."""


class Borrowed(Exception):
    """An instance that another structure has as well should have changed: `instance` says which."""

    def __init__(self, instance: Instance) -> None:
        """Name the instance."""
        super().__init__(instance.path)
        self.instance = instance


class Structure:
    """Every instance there is, with the lists from which activation goes on.

    `contents` are those of the document that it was made from. `deciding` are the editable fields on which it depends what
    exists and who changes what. `touched` is what has changed since somebody looked last, `sorts` the shapes that instances
    have come to have since then, `fresh` the instances that are new, so that nobody can have read of them. `borrowed` are those
    that another structure has as well: they stay as they are.
    """

    def __init__(self, rules: Rules, document: Document) -> None:
        """Start with nothing but the entity's instance, still empty."""
        self.rules, self.document, self.index = rules, document, index_of(rules)
        self.contents = Contents(document)
        self.entity = Instance("", Form.ENTITY, None, Home(FIELDS))
        self.instances: list[Instance] = [self.entity]
        self.by_path: dict[str, Instance] = {}
        self.families: dict[Entry, Instance] = {}
        self.elements: dict[tuple[Instance, str], list[Instance]] = {}
        self.running: dict[Entry, list[Instance]] = {}
        self.waiting: list[Waiting] = []
        self.opened: list[Waiting] = []
        self.questions: list[tuple[Instance, Question]] = []
        self.unanswered: list[tuple[Instance, Question]] = []
        self.grants: list[Granting] = []
        self.activations: list[Activating] = []
        self.touched: set[Hashable] = set()
        self.sorts: set[str] = set()
        self.fresh: set[Instance] = {self.entity}
        self.done: set[tuple[Any, ...]] = set()
        self.granted: set[GrantKey] = set()
        self.deciding: set[tuple[Instance, str]] = set()
        self.findings: list[Finding] = []
        self.borrowed: AbstractSet[Instance] = frozenset()
        self.round, self.has_seconds = 0, False
        self._several: dict[tuple[str, str], tuple[Any, ...]] = {}

    def beside(self, document: Document) -> Structure:
        """Give the same structure for another document, from which `lose` makes one of its own; no instance of it may change."""
        other = object.__new__(Structure)
        vars(other).update(vars(self))
        other.document, other.contents = document, Contents(document)
        other.borrowed, other.deciding = set(self.instances), set(self.deciding)
        other.touched, other.sorts, other.fresh = set(), set(), set()
        return other

    def claim(self, instance: Instance) -> None:
        """Say that an instance is about to change; Borrowed where it may not."""
        if instance in self.borrowed:
            raise Borrowed(instance)

    def lose(self, gone: AbstractSet[Instance]) -> None:
        """Let instances be no more, with all that they wait for and all that has come of them."""
        self.borrowed = self.borrowed - gone
        self._several = {}
        self.by_path, self.families, self.findings = self.by_path.copy(), self.families.copy(), self.findings.copy()
        self.running = self.running.copy()
        for entry in {each.entry for each in gone if each.active and each.entry is not None}:
            self.running[entry] = [each for each in self.running[entry] if each not in gone]
            if not self.running[entry]:
                del self.running[entry]
        for each in gone:
            self.touched.add(each.path)
            self.sorts |= each.shapes
            if each.entry is not None:
                self.touched.add(("entry", each.entry))
                self.touched.update(("kind", name) for name in each.entry.kinds if each.active)
            del self.by_path[each.path]
        self._filter(gone)

    def _filter(self, gone: AbstractSet[Instance]) -> None:
        self.instances = [each for each in self.instances if each not in gone]
        elements = {key: several for key, several in self.elements.items() if key[0] not in gone}
        self.touched.update(key for key, several in elements.items() if not gone.isdisjoint(several))
        self.elements = {key: [each for each in several if each not in gone] for key, several in elements.items()}
        self.waiting = [each for each in self.waiting if each.owner not in gone]
        self.opened = [each for each in self.opened if each.owner not in gone]
        self.grants = [each for each in self.grants if each.caller.owner not in gone]
        self.activations = [each for each in self.activations if each.caller.owner not in gone]
        asked = {id(question) for owner, question in self.questions if owner in gone}
        self.questions = [each for each in self.questions if each[0] not in gone]
        self.unanswered = [each for each in self.unanswered if each[0] not in gone]
        paths = {each.path for each in gone}
        self.done = self.done.difference([key for key in self.done if key[0] in asked or key[1] in paths])
        self.granted = self.granted.difference([key for key in self.granted if key[1] in paths or key[2] in gone])
        self.deciding = self.deciding.difference([key for key in self.deciding if key[0] in gone])

    def add(self, instance: Instance) -> Instance:
        """Register a new instance under its path."""
        instance.born = self.round
        self._several.clear()
        self.instances.append(instance)
        self.by_path[instance.path] = instance
        self.fresh.add(instance)
        self.touched.add(instance.path)
        return instance

    def changed(self, instance: Instance, names: Iterable[str]) -> None:
        """Note that members of an instance have changed."""
        if instance not in self.fresh:
            self.touched.update((instance, name) for name in names)

    def shape(self, instance: Instance, names: frozenset[str]) -> None:
        """Let an instance have more shapes."""
        had = instance.shapes
        if not names <= had:
            instance.shapes = had | names if had else names
            self.sorts |= names
            self._several.clear()
            if instance not in self.fresh:
                self.touched.update(("late", name) for name in names - had)

    def run(self, instance: Instance, entry: Entry) -> None:
        """Note that an entry has become active in an instance."""
        # A new list: another structure may have the one before.
        self.running[entry] = [*self.running.get(entry, ()), instance]
        self._several.clear()
        self.touched.add(("entry", entry))
        self.touched.update(("kind", name) for name in entry.kinds)

    def is_input(self, instance: Instance, name: str) -> bool:
        """Tell whether a field of an instance is an input: the document says what it is, and nothing hangs on it but values."""
        is_free = instance.fields[name].mode is Mode.EDITABLE and name not in instance.fixed and not instance.on_read
        return is_free and (instance, name) not in self.deciding

    def free_name(self, owner: Instance, segment: str) -> str:
        """Give a segment under which the owner has nothing yet: the second of a name is `name#2`."""
        name, count = segment, 1
        while owner.join(name) in self.by_path:
            count += 1
            name = f"{segment}#{count}"
            self.has_seconds = True
        return name

    def standing(self, entry: Entry) -> Instance | None:
        """Give the instance that stands for an entry: its family's, or the first active one."""
        found = self.families.get(entry)
        return found if found is not None else min(self.running.get(entry, ()), key=lambda each: each.path, default=None)

    def everything(self, by: str, name: str) -> tuple[Any, ...]:
        """Give all instances of a record, of active entries of a kind, of one entry; or all entries of a family."""
        known = self._several.get((by, name))
        if known is None:
            known = self._several[by, name] = self._everything(by, name)
        return known

    def _everything(self, by: str, name: str) -> tuple[Any, ...]:
        match by:
            case "family":
                return tuple(entry for entry in self.families if name in entry.kinds)
            case "entry":
                found: Iterable[Instance] = self.running.get(self.rules.entries[name], ())
            case "kind":
                found = (each for entry, several in self.running.items() if name in entry.kinds for each in several)
            case _:
                found = (each for each in self.instances if name in each.shapes)
        return tuple(sorted(found, key=_in_order))

    def outer(self, instance: Instance, shape: str) -> Instance | None:
        """Give the nearest enclosing instance of a shape, or the one that stands for the entry of that shape."""
        found: Instance | None = instance.owner
        while found is not None:
            if shape in found.shapes:
                return found
            found = found.owner
        word, _, name = shape.partition(" ")
        entry = self.rules.entries.get(name) if word == "entry" else None
        return self.entity if shape in self.entity.shapes else None if entry is None else self.standing(entry)


def in_order(name: str) -> tuple[int, str]:
    """Give the order of ids: objects have none of their own, and a store may give their keys back in any."""
    return len(name), name


def _in_order(instance: Instance) -> tuple[str, int, str]:
    """Give the order of instances: what belongs together stands together, elements as their ids say."""
    return (instance.path.rpartition(".")[0], *in_order(instance.path))
