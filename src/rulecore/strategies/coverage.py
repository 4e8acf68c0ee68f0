"""What generated sheets have covered: how often each entry, operation, ruling and form of edit was drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rulecore.model.edit import Add, Remove
from rulecore.model.effect import Operation

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.ruleset import Ruleset

WANTED = 3.0
MOST_WANTED = 1000.0

OPERATIONS = "operation"
RULINGS = "ruling"
EDITS = "edit"
STRUCTURAL_EDITS = frozenset({"add", "remove", "choose"})


class Coverage:
    """Counts, by kind and name; entries are counted once for each sheet in which they act or are held."""

    def __init__(self, rules: Ruleset) -> None:
        """Know all that could be drawn."""
        self.rules = rules.rules
        self.sheets = 0
        self.counts: dict[str, Counter[str]] = {}
        self.leading: dict[tuple[str, str], tuple[str, ...]] = {}
        for entry in self.rules.entries.values():
            self._of(entry.kind)[entry.name] = 0
        for operation in Operation:
            self._of(OPERATIONS)[str(operation)] = 0
        for name in self.rules.rulings:
            self._of(RULINGS)[name] = 0

    def _of(self, kind: str) -> Counter[str]:
        return self.counts.setdefault(kind, Counter())

    def expect(self, kind: str, leading: Mapping[str, Iterable[str]]) -> None:
        """Know something more that could be drawn, which the caller counts, and the names of entries that lead to each."""
        self._of(kind).update(dict.fromkeys(leading, 0))
        self.leading |= {(kind, name): tuple(names) for name, names in leading.items()}

    def count(self, kind: str, names: Iterable[str]) -> None:
        """Count something that the caller has seen on a sheet."""
        self._of(kind).update(names)

    def add(self, hero: Character) -> None:
        """Count what a sheet has."""
        self.sheets += 1
        structure = hero.derivation.structure
        for entry in structure.running:
            self._of(entry.kind)[entry.name] += 1
        for name in _named(hero.derivation.document.raw) - {entry.name for entry in structure.running}:
            for entry in structure.index.named(name):
                self._of(entry.kind)[entry.name] += 1
        for operation in {str(effect.operation) for instance in structure.instances for effect, *_ in instance.effects}:
            self._of(OPERATIONS)[operation] += 1
        for name in hero.derivation.document.rulings:
            self._of(RULINGS)[name] += 1

    def add_edits(self, edits: Iterable[Any], hero: Character) -> None:
        """Count the form of each edit of a transaction that is about to be made."""
        choices = {question.path for _owner, question in hero.derivation.structure.questions}
        for edit in edits:
            form = (
                "add"
                if isinstance(edit, Add)
                else "choose"
                if edit.path in choices
                else "remove"
                if isinstance(edit, Remove)
                else "set"
            )
            self._of(EDITS)[form] += 1

    @property
    def structural(self) -> float:
        """Give the share of edits that changed what exists."""
        forms = self._of(EDITS)
        return sum(forms[form] for form in STRUCTURAL_EDITS) / max(1, forms.total())

    def wanted(self) -> dict[str, float]:
        """Give weights by which what was drawn less often than others of its kind is drawn more often."""
        found: dict[str, float] = {}
        for counts in self.counts.values():
            found |= {name: self._wanted(counts, name) for name in counts}
        for (kind, name), names in self.leading.items():
            found |= {each: self._wanted(self._of(kind), name) for each in names}
        return found

    @staticmethod
    def _wanted(counts: Counter[str], name: str) -> float:
        mean = counts.total() / max(1, len(counts))
        return float(min(MOST_WANTED, ((mean + 1) / (counts[name] + 1)) ** WANTED))

    def short_of(self, least: int, kinds: Iterable[str]) -> dict[str, list[str]]:
        """Give what was drawn fewer times, by kind."""
        found = {kind: [name for name, count in self._of(kind).items() if count < least] for kind in kinds}
        return {kind: names for kind, names in found.items() if names}

    def to_json(self) -> Mapping[str, Mapping[str, int]]:
        """Give all counts."""
        return {kind: dict(counts) for kind, counts in self.counts.items()}

    def table(self, kinds: Iterable[str]) -> str:
        """Show how often all of some kinds was drawn, and the forms of edits, the rarest first."""
        lines = [f"{self.sheets} sheets, {self.structural:.0%} of the edits structural"]
        for kind in (*kinds, EDITS):
            counted = sorted(self._of(kind).items(), key=lambda each: (each[1], each[0]))
            lines.append(f"  {kind:12} " + ", ".join(f"{name} {count}" for name, count in counted))
        return "\n".join(lines)

    def __str__(self) -> str:
        """Show, for each kind, how much of it was drawn, the rarest first."""
        lines = [f"{self.sheets} sheets"]
        for kind, counts in self.counts.items():
            drawn = sum(1 for count in counts.values() if count)
            rarest = ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda each: each[1])[:8])
            lines.append(f"{kind}: {drawn} of {len(counts)}; {rarest}")
        return "\n".join(lines)


def _named(value: Any) -> set[str]:
    """Give every text in a document."""
    if isinstance(value, str):
        return {value.rpartition(".")[2]}
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return {name for each in inner for name in _named(each)}
