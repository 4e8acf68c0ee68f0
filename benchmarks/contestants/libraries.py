"""Libraries of reactive values; each is told which fields an edit can change, and reads only those."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from inspect import signature
from typing import Any

from benchmarks.contestants.contestant import Absent, Editor
from benchmarks.formulas.graph import Graph
from benchmarks.formulas.python import functions


def _library(name: str) -> tuple[Any, str]:
    try:
        return import_module(name), version(name)
    except (ImportError, PackageNotFoundError) as error:
        raise Absent(f"{name} is not installed: `just bench` installs it") from error


def _computed(library: Any, compute: Callable[[], Any], reads: list[Any]) -> Any:
    """Make a computed value; older versions of signified do not find out themselves what a function reads."""
    told = "dependencies" in signature(library.Computed).parameters
    return library.Computed(compute, reads) if told else library.Computed(compute)


class Library(ABC):
    """The graph in a library of signals; how one is made, read and written is a method of its own."""

    title = "a library"
    spelling = "signal_{}.value"

    def __init__(self, graph: Graph) -> None:
        """Make a signal for each input and a computed value for each field."""
        self.graph = graph
        self.library, number = _library(self.title)
        self.title = f"{self.title} {number}, told what can change"
        self.signals: dict[str, Any] = {name: self.library.Signal(value) for name, value in graph.defaults.items()}
        scope = {f"signal_{name}": signal for name, signal in self.signals.items()}
        for name, compute in functions(graph, self.spelling.format, scope).items():
            reads = [self.signals[read] for read in graph.reads[name]]
            self.signals[name] = scope[f"signal_{name}"] = _computed(self.library, compute, reads)
        self.values()

    def cone(self, name: str) -> list[Any]:
        """Give the computed values that an edit can change."""
        return [self.signals[field] for field in self.graph.cone([name])]

    @abstractmethod
    def editor(self, name: str) -> Editor:
        """Give the function that sets a signal and reads what it can change."""

    @abstractmethod
    def values(self) -> list[int]:
        """Read all."""


class Signified(Library):
    """The graph in signified; from version 0.4 on its core is written in Rust."""

    title = "signified"

    def editor(self, name: str) -> Editor:
        """Give the function that sets a signal and reads what it can change."""
        signal, cone = self.signals[name], self.cone(name)

        def edit(value: int) -> None:
            signal.value = value
            for field in cone:
                _ = field.value

        return edit

    def values(self) -> list[int]:
        """Read all."""
        return [self.signals[name].value for name in self.graph.names]


class Reaktiv(Library):
    """The graph in reaktiv, which is written in Python."""

    title = "reaktiv"
    spelling = "signal_{}()"

    def editor(self, name: str) -> Editor:
        """Give the function that sets a signal and reads what it can change."""
        signal, cone = self.signals[name], self.cone(name)

        def edit(value: int) -> None:
            signal.set(value)
            for field in cone:
                field()

        return edit

    def values(self) -> list[int]:
        """Read all."""
        return [self.signals[name]() for name in self.graph.names]
