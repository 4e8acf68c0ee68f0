"""The dependency graph over everything that could ever be active. An edge a -> b means: a reads b."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from rulecore.dataclass import dataclass
from rulecore.source import Span


@dataclass(frozen=True, slots=True)
class Edge:
    """Why one field reads another: the line that says so, and the entry whose line it is, if any."""

    start: str
    end: str
    span: Span
    entry: str | None = None
    guard: str | None = None


class Graph:
    """Fields by their static address (`arm.throw.pull`, `hangar[].span`), and what each reads."""

    def __init__(self) -> None:
        """Start without any field."""
        self.edges: dict[str, dict[str, Edge]] = {}

    def add(self, edge: Edge) -> None:
        """Add an edge; of several between the same fields the first is kept."""
        self.edges.setdefault(edge.start, {}).setdefault(edge.end, edge)

    def node(self, name: str) -> None:
        """Add a field that may read nothing."""
        self.edges.setdefault(name, {})

    def circles(self) -> Iterator[tuple[Edge, ...]]:
        """Give one shortest circle of each strongly connected component."""
        for component in knots(self.edges):
            members = set(component)
            if len(members) > 1 or component[0] in self.edges.get(component[0], {}):
                yield self._shortest(min(members), members)

    def _shortest(self, start: str, members: set[str]) -> tuple[Edge, ...]:
        """Breadth first from `start` back to itself, inside one component."""
        came: dict[str, Edge] = {}
        queue = deque([start])
        while queue:
            name = queue.popleft()
            for end, edge in sorted(self.edges.get(name, {}).items()):
                if end == start:
                    return (*_back(came, name, start), edge)
                if end in members and end not in came:
                    came[end] = edge
                    queue.append(end)
        return ()


def _back(came: dict[str, Edge], name: str, start: str) -> list[Edge]:
    path: list[Edge] = []
    while name != start:
        edge = came[name]
        path.append(edge)
        name = edge.start
    return path[::-1]


def knots(edges: dict[str, dict[str, Edge]]) -> list[list[str]]:
    """Give the strongly connected knots, each after those that it reads."""
    search = _Tarjan(edges)
    for root in edges:
        search.visit(root)
    return search.found


class _Tarjan:
    """Tarjan's search, without recursion: a row of formulas may be longer than Python's stack."""

    def __init__(self, edges: dict[str, dict[str, Edge]]) -> None:
        self.edges = edges
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.stack: list[str] = []
        self.on_stack: set[str] = set()
        self.work: list[tuple[str, Iterator[str]]] = []
        self.found: list[list[str]] = []

    def visit(self, root: str) -> None:
        """Search from a field that may have been reached already."""
        if root in self.index:
            return
        self._enter(root)
        while self.work:
            name, after = self.work[-1]
            step = next((end for end in after if end not in self.index or end in self.on_stack), None)
            if step is None:
                self._leave(name)
            elif step in self.index:
                self.low[name] = min(self.low[name], self.index[step])
            else:
                self._enter(step)

    def _enter(self, name: str) -> None:
        self.index[name] = self.low[name] = len(self.index)
        self.stack.append(name)
        self.on_stack.add(name)
        self.work.append((name, iter(self.edges.get(name, {}))))

    def _leave(self, name: str) -> None:
        self.work.pop()
        if self.work:
            above = self.work[-1][0]
            self.low[above] = min(self.low[above], self.low[name])
        if self.low[name] == self.index[name]:
            component: list[str] = []
            while not component or component[-1] != name:
                component.append(self.stack.pop())
                self.on_stack.discard(component[-1])
            self.found.append(component)
