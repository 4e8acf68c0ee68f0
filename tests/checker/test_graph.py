"""Circles: found exactly where there are some, and real; without any, an order of evaluation exists."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from rulecore.model.dependencies import dependencies
from rulecore.model.graph import Edge, Graph, knots
from rulecore.source import Span
from tests.checker.conftest import Loading

_PAIRS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=45)


def _graph(pairs: list[tuple[int, int]]) -> tuple[Graph, nx.DiGraph]:
    graph, other = Graph(), nx.DiGraph()
    for line, (start, end) in enumerate(pairs, 1):
        graph.add(Edge(f"n{start}", f"n{end}", Span("x.brew", line, 1)))
        other.add_edge(f"n{start}", f"n{end}")
    return graph, other


@given(_PAIRS)
def test_components_are_those_of_networkx(pairs: list[tuple[int, int]]) -> None:
    graph, other = _graph(pairs)
    ours = {frozenset(component) for component in knots(graph.edges)}
    assert ours == {frozenset(component) for component in nx.strongly_connected_components(other)}


@given(_PAIRS)
def test_there_is_a_circle_exactly_where_there_is_no_order(pairs: list[tuple[int, int]]) -> None:
    graph, other = _graph(pairs)
    assert (not list(graph.circles())) == nx.is_directed_acyclic_graph(other)


@given(_PAIRS)
def test_each_circle_is_real_and_as_short_as_any_through_its_start(pairs: list[tuple[int, int]]) -> None:
    graph, other = _graph(pairs)
    for circle in graph.circles():
        for edge, following in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert edge.end == following.start
            assert other.has_edge(edge.start, edge.end)
        assert len({edge.start for edge in circle}) == len(circle)
        start = circle[0].start
        least = min(nx.shortest_path_length(other, end, start) for end in other[start] if nx.has_path(other, end, start))
        assert len(circle) == least + 1


@given(_PAIRS)
def test_each_component_with_a_circle_gives_one(pairs: list[tuple[int, int]]) -> None:
    graph, other = _graph(pairs)
    circular = [c for c in nx.strongly_connected_components(other) if len(c) > 1 or other.has_edge(*[next(iter(c))] * 2)]
    found = [{edge.start for edge in circle} for circle in graph.circles()]
    assert len(found) == len(circular)
    assert all(any(circle <= component for component in circular) for circle in found)


def test_the_union_graph_of_a_good_game_has_an_order(loading: Loading) -> None:
    loaded = loading()
    for entity in loaded.rules.entities.values():
        graph = dependencies(loaded.rules, entity)
        other = nx.DiGraph((start, end) for start, ends in graph.edges.items() for end in ends)
        order = {name: place for place, name in enumerate(nx.topological_sort(other))}
        assert all(order[start] < order[end] for start, end in other.edges)
        assert list(graph.circles()) == []


def test_the_union_graph_knows_what_an_effect_reads(loading: Loading) -> None:
    loaded = loading({"gusts/d.brew": None})
    graph = dependencies(loaded.rules, loaded.rules.entities["flyer"])
    assert "nerve.score" in graph.edges["strongest"]
    assert "kites[].pull" in graph.edges["strongest"]
    assert "kites[].up" in graph.edges["kites[].pull"]
    assert "reach" in graph.edges["nerve.score"]
    assert "nerve.steady" in graph.edges["nerve.check.bonus"]
    assert "arm.steady" not in graph.edges["nerve.check.bonus"]
