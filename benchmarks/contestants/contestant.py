"""What a contestant is asked for."""

from collections.abc import Callable
from typing import Any, Protocol

Editor = Callable[[Any], object]


class Contestant(Protocol):
    """One way to keep the values of the graph up to date, in this process."""

    title: str

    def editor(self, name: str) -> Editor:
        """Give the function that sets one input and leaves every field up to date."""

    def values(self) -> list[Any]:
        """Give all values in the order of the graph's names."""


class Absent(Exception):
    """Says why a contestant cannot take part here."""
