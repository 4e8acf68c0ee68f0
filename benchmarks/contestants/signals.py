"""Push-pull signals in pure Python: a write marks what may be stale, a read makes only that up to date, links are found anew."""

from collections.abc import Callable
from typing import Any

from benchmarks.contestants.contestant import Editor
from benchmarks.formulas.graph import Graph
from benchmarks.formulas.python import functions

CLEAN, CHECK, DIRTY = range(3)


class Node:
    """One value, with those it read last time and those who read it."""

    __slots__ = ("compute", "mark", "readers", "reads", "used", "value")

    def __init__(self, value: Any = None) -> None:
        """Hold a value; one without a function is an input."""
        self.value = value
        self.compute: Callable[[], Any] | None = None
        self.mark = CLEAN
        self.reads: list[Node] = []
        self.readers: dict[Node, None] = {}
        self.used = 0


class Signals:
    """The nodes of one character, and the one that is being computed."""

    def __init__(self) -> None:
        """Start with nothing running and nothing marked."""
        self.running: Node | None = None
        self.marked: list[Node] = []

    def read(self, node: Node) -> Any:
        """Give the value of a node, up to date, and note who asked."""
        if node.mark:
            self.refresh(node)
        if self.running is not None:
            _link(node, self.running)
        return node.value

    def write(self, node: Node, value: Any) -> None:
        """Set an input: its readers are stale, and what reads them may be."""
        if node.value == value:
            return
        node.value = value
        waiting = list(node.readers)
        for reader in waiting:
            reader.mark = DIRTY
        self.marked.extend(waiting)
        while waiting:
            for reader in waiting.pop().readers:
                if not reader.mark:
                    reader.mark = CHECK
                    waiting.append(reader)
                    self.marked.append(reader)

    def refresh(self, node: Node) -> None:
        """Bring a node up to date, and compute it only if something it read is different."""
        if node.mark == CHECK:
            for read in node.reads:
                if read.mark:
                    self.refresh(read)
                if node.mark == DIRTY:
                    break
            else:
                node.mark = CLEAN
        if node.mark == DIRTY:
            self._compute(node)

    def settle(self) -> None:
        """Bring all up to date that was marked."""
        for node in self.marked:
            if node.mark:
                self.refresh(node)
        self.marked.clear()

    def _compute(self, node: Node) -> None:
        assert node.compute is not None
        before, self.running, node.used = self.running, node, 0
        value = node.compute()
        self.running = before
        for read in node.reads[node.used :]:
            read.readers.pop(node, None)
        del node.reads[node.used :]
        node.mark = CLEAN
        if value != node.value:
            node.value = value
            for reader in node.readers:
                reader.mark = DIRTY


def _link(read: Node, reader: Node) -> None:
    """Note that one node has read another; a row of readings like the last time costs nothing."""
    place, reads = reader.used, reader.reads
    if place < len(reads) and reads[place] is read:
        reader.used = place + 1
        return
    if read in reads[:place]:
        return
    for stale in reads[place:]:
        stale.readers.pop(reader, None)
    del reads[place:]
    reads.append(read)
    reader.used = place + 1
    read.readers[reader] = None


class PurePython:
    """The graph as push-pull signals."""

    title = "push-pull signals, pure Python"

    def __init__(self, graph: Graph) -> None:
        """Make a node for each value, and compute all once."""
        self.signals = Signals()
        self.nodes = {name: Node(graph.defaults.get(name)) for name in graph.names}
        scope: dict[str, Any] = {f"node_{name}": node for name, node in self.nodes.items()}
        scope["read"] = self.signals.read
        for name, compute in functions(graph, "read(node_{})".format, scope).items():
            self.nodes[name].compute = compute
            self.nodes[name].mark = DIRTY
        for node in self.nodes.values():
            self.signals.refresh(node)

    def editor(self, name: str) -> Editor:
        """Give the function that writes an input and settles what it marked."""
        node, write, settle = self.nodes[name], self.signals.write, self.signals.settle

        def edit(value: int) -> None:
            write(node, value)
            settle()

        return edit

    def values(self) -> list[int]:
        """Give all values."""
        return [node.value for node in self.nodes.values()]
