"""What a person sets so that a written number comes out: base values, and what of the things carried is in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rulecore.formula import types as t
from rulecore.model.shape import Mode
from rulecore.validation.importing.draft import Draft
from rulecore.validation.importing.lexicon import Lexicon
from rulecore.validation.importing.wants import Want, total

MOST_TRIED = 60
MOST_SEARCHED = 100
WIDEST = 40
_STEPS = (1, 2)


class Solving:
    """Finds values for editable fields of which nothing is written."""

    def __init__(self, draft: Draft, wants: Sequence[Want]) -> None:
        """Look for what brings wanted numbers about."""
        self.draft, self.wants = draft, wants
        self._solved: dict[str, tuple[str, int]] = {}
        self._searched = 0
        self._missed: set[tuple[str, int]] = set()
        self._given = set(draft.data["fields"])

    def bases(self) -> None:
        """Set the editable number beside each wanted one so that this comes out."""
        for step in _STEPS:
            for want in self.wants:
                if not isinstance(want.field.type, t.IntType) or want.distance(self.draft.derivation) == 0:
                    continue
                found = self._solved.get(want.path)
                if found is not None:
                    self._try(want, *found)
                elif (want.path, step) not in self._missed:
                    self._find(want, step)

    def _find(self, want: Want, step: int) -> None:
        owner = self.draft.derivation.field(want.path)[0]
        taken = {found[0] for found in self._solved.values()}
        for name, field in owner.fields.items():
            path = owner.join(name)
            is_number = field.mode is Mode.EDITABLE and isinstance(field.type, t.IntType)
            is_free = bool(owner.path) and path not in self._given and path not in taken
            if is_number and is_free and self._try(want, path, step):
                self._solved[want.path] = path, step
                return
        self._missed.add((want.path, step))

    def _try(self, want: Want, path: str, step: int) -> bool:
        """Move an editable number by what is missing, and back where that does not help."""
        now, wanted, has = self.draft.value(path), self.draft.value(want.path), self.draft.data["fields"].get(path)
        field = self.draft.field(path)
        if field is None or not isinstance(field.type, t.IntType) or not isinstance(wanted, int):
            return False
        moved = now + step * (want.value - wanted)
        low, high = field.type.low, field.type.high
        if low is not None and high is not None:
            moved = max(int(low), min(int(high), moved))
        for each in (moved, *self._around(moved, field.type)) if step == 1 else (moved,):
            self.draft.set(path, each, want.pointer)
            if want.distance(self.draft.derivation) == 0:
                return True
        self.draft.unset(path, has)
        return False

    def _around(self, value: int, of: t.IntType) -> Iterator[int]:
        """Give other values to try, the nearest below first: what is added may have a cap."""
        if of.low is None or of.high is None or of.high - of.low > WIDEST:
            return
        for each in range(value - 1, int(of.low) - 1, -1):
            if self._searched >= MOST_SEARCHED:
                return
            self._searched += 1
            yield each

    def in_use(self, things: Iterable[tuple[str, str]], names: set[str]) -> None:
        """Say of things that they are in use, where that brings written numbers nearer and breaks nothing."""
        tried = 0
        for collection, name in things:
            element = self.draft.data["collections"].get(collection, {}).get(name, {})
            for field in sorted(names - set(element)):
                now = total(list(self.wants), self.draft.derivation)
                if tried >= MOST_TRIED or now == 0:
                    return
                tried += 1
                self._use(f"{collection}.{name}.{field}", now)

    def _use(self, path: str, now: float) -> None:
        before = len(self.draft.derivation.findings)
        self.draft.set(path, value=True, source=None)
        after = self.draft.derivation
        if total(list(self.wants), after) >= now or len(after.findings) > before:
            self.draft.unset(path, None)


def signs_of_use(lexicon: Lexicon, shape: str) -> set[str]:
    """Give the fields that say that a thing is in use: signs of a record for which there are other words."""
    known = {key.rpartition(".")[2] for key in lexicon.aliases if key.startswith(f"every {shape}.")}
    names = (named for several in lexicon.records[shape].values() for named in several)
    return {each.path for each in names if each.path in known and isinstance(each.field.type, t.BoolType)}
