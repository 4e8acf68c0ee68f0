"""The types of Brew: what a formula gives and what a field holds."""

from __future__ import annotations

from rulecore.dataclass import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class IntType:
    """Whole numbers between two constant bounds; a bound that is not constant is left open here."""

    low: int | Fraction | None = None
    high: int | Fraction | None = None
    unit: str | None = None

    def __str__(self) -> str:
        return _ranged("int", self.low, self.high)


@dataclass(frozen=True, slots=True)
class NumberType:
    """Exact fractions between two constant bounds."""

    low: int | Fraction | None = None
    high: int | Fraction | None = None
    unit: str | None = None

    def __str__(self) -> str:
        return _ranged("number", self.low, self.high)


@dataclass(frozen=True, slots=True)
class BoolType:
    """True or false."""

    def __str__(self) -> str:
        return "bool"


@dataclass(frozen=True, slots=True)
class TextType:
    """Any text."""

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class DiceType:
    """A sum of dice and a whole number; a plain number is dice without dice."""

    def __str__(self) -> str:
        return "dice"


@dataclass(frozen=True, slots=True)
class EnumType:
    """One of some words, ordered as written."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return "one of " + " | ".join(self.words)


@dataclass(frozen=True, slots=True)
class RefType:
    """An entry of a kind, or none; for the pseudo-kind `event`, the name of an event."""

    kind: str

    def __str__(self) -> str:
        return f"ref {self.kind}"


@dataclass(frozen=True, slots=True)
class SetType:
    """A set of entries of a kind."""

    kind: str

    def __str__(self) -> str:
        return f"set of {self.kind}"


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One instance of a record, an entity, an entry or an option, or none; `shape` names it."""

    shape: str

    def __str__(self) -> str:
        return self.shape.removeprefix("record ")


@dataclass(frozen=True, slots=True)
class InstancesType:
    """Several instances of one shape, in order."""

    shape: str

    def __str__(self) -> str:
        return f"list of {self.shape.removeprefix('record ')}"


@dataclass(frozen=True, slots=True)
class ListType:
    """A list of values of one type: what tables and brackets give."""

    of: Type

    def __str__(self) -> str:
        return f"list of {self.of}"


@dataclass(frozen=True, slots=True)
class MapType:
    """A value for some entries of a kind."""

    kind: str
    value: Type

    def __str__(self) -> str:
        return f"map {self.kind} to {self.value}"


@dataclass(frozen=True, slots=True)
class NoneType:
    """The type of `none` alone."""

    def __str__(self) -> str:
        return "none"


@dataclass(frozen=True, slots=True)
class UnknownType:
    """The type of what is reported as a fault already; it fits everywhere, so that one fault gives one finding."""

    def __str__(self) -> str:
        return "unknown"


Type = (
    IntType
    | NumberType
    | BoolType
    | TextType
    | DiceType
    | EnumType
    | RefType
    | SetType
    | InstanceType
    | InstancesType
    | ListType
    | MapType
    | NoneType
    | UnknownType
)


def _ranged(word: str, low: int | Fraction | None, high: int | Fraction | None) -> str:
    if low is None and high is None:
        return word
    return f"{word} {'' if low is None else low}..{'' if high is None else high}"
