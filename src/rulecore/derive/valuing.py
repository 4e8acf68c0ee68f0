"""The values of a sheet. Of each that is known for good it is kept what it was made of, for the structures that branch off."""

from __future__ import annotations

from collections.abc import Callable

from rulecore.derive.basis import Basis, Key
from rulecore.derive.combine import Combined
from rulecore.derive.contents import Contents
from rulecore.derive.instance import Instance
from rulecore.derive.noting import RULING, Noting, Topic
from rulecore.derive.structure import ANEW
from rulecore.formula import types as t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Made = TypeVar("Made")


class Valuing(Noting):
    """The values of one document; what is known for good is known in the basis, with what it was made of."""

    def __init__(self, basis: Basis, contents: Contents) -> None:
        """Know no value but those that are known already."""
        super().__init__(basis.structure, basis.contributions, contents=contents, basis=basis)
        self._basis = basis
        self._noted: list[Topic] | None = None

    def note(self, topic: Topic) -> None:
        """Note that something is read, where something is made of it."""
        if self._noted is not None:
            self._noted.append(topic)

    def read(self, instance: Instance, name: str, default: Any) -> Any:
        """Give a member of an instance, which is read whether or not there is one."""
        noted = self._noted
        if noted is None:
            return super().read(instance, name, default)
        key = (instance, name)
        noted.append(key)
        known = self._known.get(key)
        if known is not None and self.reads is None and key not in self.moving:
            return known.value
        if name not in instance.fields or self.reads is not None:
            return super().read(instance, name, default)
        value = self.value(instance, name)
        if key in self.moving or key not in self._known:
            # This document alone knows it, so that others have to work out what is made of it.
            noted.append(ANEW)
        return value

    def _field(self, instance: Instance, name: str) -> Combined:
        key, basis = (instance, name), self._basis
        if basis.inheritance is not None:
            basis.inherit()
            if key in self._known:
                return self._known[key]
        if instance.on_read or key in self.moving:
            return super()._field(instance, name)
        if basis.doubtful and self._still_holds(key):
            return basis.doubtful[key].was
        return self._made(key, super()._field, instance, name)

    def _made(self, topic: tuple[Any, Any], make: Callable[..., Made], *arguments: Any, **named: Any) -> Made:
        """Give what comes of a call, and keep what was read for it before anybody can know it."""
        noted, self._noted = self._noted, []
        try:
            found = make(*arguments, **named)
            self._basis.sources[topic] = tuple(self._noted)
        finally:
            self._noted = noted
        return found

    def _still_holds(self, key: Key) -> bool:
        """Tell whether a value is what it was before an edit, since all that it is made of is."""
        doubtful = self._basis.doubtful.get(key)
        if doubtful is None or doubtful.made_of is None or not all(map(self._is_as_before, doubtful.made_of)):
            return False
        self._basis.sources[key] = doubtful.made_of
        return True

    def _is_as_before(self, topic: Any) -> bool:
        """Tell whether what was read before an edit is as it was; what was read first is asked first, so no more is asked."""
        basis = self._basis
        if topic not in basis.affected:
            return True
        doubtful = basis.doubtful.get(topic)
        return doubtful is not None and bool(self.value(*topic) == doubtful.was.value)

    def ruling(self, name: str) -> Any:
        """Give the value of a ruling, whose default may read what there is."""
        self.note((RULING, name))
        return super().ruling(name)

    def _ruled(self, name: str) -> Any:
        return self._made((RULING, name), self._ruled_now, name)

    def _ruled_now(self, name: str) -> Any:
        if isinstance(self.structure.rules.rulings[name].type, t.InstanceType):
            self.note(ANEW)  # its path may come to lead somewhere
        return super()._ruled(name)

    def acts(self, instance: Instance, *, of_entry: bool) -> bool:
        """Tell whether what the text of an instance says counts now."""
        topic = (instance, of_entry)
        self.note(topic)
        self.recall()
        if self.reads is not None or topic in self._acting:
            return super().acts(instance, of_entry=of_entry)
        return self._made(topic, super().acts, instance, of_entry=of_entry)
