"""What one edit costs: rulecore beside hand-written code and beside other engines, on the same 480 formulas.

`python -m benchmarks.edit_costs [ROUNDS]` runs the race and prints the tables.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.contestants.contestant import Absent, Contestant
from benchmarks.contestants.engine import Engine, PublicApi
from benchmarks.contestants.handwritten import FullRecompute, Twin
from benchmarks.contestants.libraries import Reaktiv, Signified
from benchmarks.contestants.node import alien_signals, hyperformula
from benchmarks.contestants.signals import PurePython
from benchmarks.edits import EDITS, Edit
from benchmarks.formulas import adventurer
from benchmarks.formulas.graph import Graph
from benchmarks.harness import InProcess, Race, Runner, race, verify
from benchmarks.report import microseconds, table, times

ROUNDS = 21
_STRETCH = 1.2


@dataclass(frozen=True, slots=True)
class Peer:
    """Another engine, and how many times as long as the engine's edit each of its edits must take at least."""

    name: str
    make: Callable[[Graph], Runner]
    at_least: float | None = None


def _here(contestant: Callable[[Graph], Contestant]) -> Callable[[Graph], Runner]:
    return lambda graph: InProcess(contestant(graph))


PEERS = (
    Peer("pure-Python push-pull", _here(PurePython), 5),
    Peer("signified", _here(Signified), 3),
    Peer("reaktiv", _here(Reaktiv), 80),
    Peer("HyperFormula", hyperformula, 20),
    Peer("alien-signals", alien_signals),
)


def edit_tables(rounds: int = ROUNDS) -> str:
    """Run the race and write its tables."""
    graph = adventurer()
    ours = [InProcess(FullRecompute(graph)), InProcess(Twin(graph)), InProcess(PublicApi(graph))]
    runners: dict[str, Runner] = {"full": ours[0], "twin": ours[1], "public": ours[2]}
    absent: list[str] = []
    for name, make in [("engine", _here(Engine)), *((peer.name, peer.make) for peer in PEERS)]:
        try:
            runners[name] = make(graph)
        except Absent as reason:
            absent.append(f"- Not measured: {name}, because {reason}.\n")
    try:
        verify(list(runners.values()), graph.names, EDITS)
        result = race(list(runners.values()), EDITS, rounds)
    finally:
        for runner in runners.values():
            runner.close()
    titles = {name: runner.title for name, runner in runners.items()}
    limits = table(["limit", *(edit.title for edit in EDITS)], _limits(result, titles))
    return f"{_costs(result, titles)}\n{limits}\n{''.join(absent)}Rounds: {rounds}.\n"


def _costs(result: Race, titles: dict[str, str]) -> str:
    rows = [
        [
            title,
            *(
                f"{microseconds(result.cost(title, edit))} µs, {times(result.ratio(title, titles['twin'], edit))}"
                for edit in EDITS
            ),
        ]
        for title in titles.values()
    ]
    return table(["time of an edit, multiples of the twin (quartiles)", *(edit.title for edit in EDITS)], rows)


def _limits(result: Race, titles: dict[str, str]) -> Iterator[list[str]]:
    twin, engine = titles["twin"], titles.get("engine")
    limits: list[tuple[str, str, Callable[[Edit], float]]] = [
        ("engine", "the engine's edit, at most the twin times", lambda edit: edit.engine_limit),
        ("public", "the public API's edit, at most the twin times", lambda edit: edit.public_limit),
    ]
    for name, text, limit in limits:
        if name in titles:
            yield [text, *(_at_most(result.ratio(titles[name], twin, edit).median, limit(edit)) for edit in EDITS)]
    if engine is None:
        return
    for peer in PEERS:
        if peer.name in titles and peer.at_least is not None:
            text = f"{peer.name}, at least {peer.at_least:g} times the engine's edit"
            yield [text, *(_at_least(result.ratio(titles[peer.name], engine, edit).median, peer.at_least) for edit in EDITS)]
        elif peer.name in titles:
            text = f"the engine's edit beside {peer.name}, stretch: at most {_STRETCH} times"
            yield [text, *(_at_most(result.ratio(engine, titles[peer.name], edit).median, _STRETCH) for edit in EDITS)]


def _at_most(found: float, limit: float) -> str:
    return f"{found:,.2f} of {limit:g} {'ok' if found <= limit else '**over**'}"


def _at_least(found: float, limit: float) -> str:
    return f"{found:,.1f} of {limit:g} {'ok' if found >= limit else '**under**'}"


if __name__ == "__main__":
    print(edit_tables(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
