"""Circles of formulas: found when packs load; what closes one is switched off, and the rest loads."""

from __future__ import annotations

from collections.abc import Sequence

from rulecore.finding import Finding
from rulecore.model.dependencies import dependencies
from rulecore.model.entry import Entry
from rulecore.model.graph import Edge
from rulecore.model.places import TooLarge
from rulecore.model.rules import Rules
from rulecore.model.shape import Entity

MOST_SHOWN = 20
LONG = 12


def without_circles(rules: Rules) -> tuple[Rules, list[Finding]]:
    """Give the ruleset without the entries that close circles, and a finding for each circle, the first twenty of them."""
    findings: list[Finding] = []
    seen: set[frozenset[object]] = set()
    for entity in rules.entities.values():
        disabled: set[str] = set()
        while True:
            try:
                circles = list(dependencies(rules, entity).circles())
            except TooLarge:
                findings.append(_too_large(entity))
                break
            blamed = set()
            for circle in circles:
                ours = _blamed(circle, rules)
                blamed |= ours
                key = frozenset(edge.span for edge in circle)
                if key not in seen and len(seen) < MOST_SHOWN:
                    findings.append(_finding(circle, ours))
                seen.add(key)
            if not blamed - disabled:
                break
            disabled |= blamed
            for name in blamed:
                _disable(rules.entries[name])
    return rules, findings


def _too_large(entity: Entity) -> Finding:
    return Finding(
        "ruleset.extent",
        f"what could be active in {entity.name} is too much to prove without circles",
        span=entity.shape.span,
        hint="let fewer effects reach every instance of a record",
    )


def _blamed(circle: Sequence[Edge], rules: Rules) -> set[str]:
    """Give the entries of the last pack in order that have a part in a circle."""
    order = [pack.name for pack in rules.packs]
    entries = [rules.entries[edge.entry] for edge in circle if edge.entry is not None and edge.entry in rules.entries]
    if not entries:
        return set()
    last = max(order.index(entry.pack) for entry in entries)
    return {entry.id for entry in entries if order.index(entry.pack) == last}


def _disable(entry: Entry) -> None:
    # nobody outside has seen the entry yet; formulas of others hold it, so it stays, without anything that acts
    object.__setattr__(entry, "shape", None)


def _finding(circle: Sequence[Edge], blamed: set[str]) -> Finding:
    names = [*(edge.start for edge in circle), circle[0].start]
    path = " → ".join(names if len(names) <= LONG else [*names[: LONG // 2], "…", *names[-3:]])
    switched_off = f"; {', '.join(sorted(blamed))} is switched off" if blamed else ""
    related = tuple((f"{edge.start} reads {edge.end}{_guard(edge)}", edge.span) for edge in circle)
    return Finding(
        "cycle",
        f"these fields depend on themselves: {path}{switched_off}",
        span=next((edge.span for edge in reversed(circle) if edge.entry in blamed), circle[-1].span),
        related=related,
        hint="read a field that comes earlier, or declare one more field between them",
        found=path,
    )


def _guard(edge: Edge) -> str:
    return "" if edge.guard is None else f" ({edge.guard})"
