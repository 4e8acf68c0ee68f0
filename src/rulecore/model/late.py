"""Objects whose last fields may come late: a compiled ruleset decodes them when one of them is first asked for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    class Source(Protocol):
        """Where fields come from."""

        def complete(self, late: Late) -> None:
            """Give an object the fields that it has not got yet; several threads may ask at once."""


class Late:
    """An object some of whose fields may have no value yet. Whoever asks for one gets it, and finds no difference."""

    __slots__ = ("part", "source")
    if TYPE_CHECKING:
        part: bytes
        """What the fields are made of, empty when they are made."""
        source: Source
    else:
        # A type checker would take any name for a field.
        def __getattr__(self, name: str) -> Any:
            """Complete the object: Python asks here for nothing but what has no value."""
            if name in type(self).__match_args__ and hasattr(self, "source"):
                self.source.complete(self)
                return object.__getattribute__(self, name)
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
