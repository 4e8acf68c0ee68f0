"""Dice values: sums of dice and a whole number, kept symbolic: nothing here is random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from rulecore.dataclass import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Dice:
    """A sum such as `2d6 + 1d4 + 3`: `terms` are (sides, count) by sides, none with count 0."""

    terms: tuple[tuple[int, int], ...] = ()
    constant: int = 0

    @property
    def average(self) -> int | Fraction:
        """Give the mean of the sum, exact."""
        if self.doubled_average % 2 == 0:
            return self.doubled_average // 2
        from fractions import Fraction

        return Fraction(self.doubled_average, 2)

    @property
    def doubled_average(self) -> int:
        """Give the mean of twice the sum, which is whole."""
        return 2 * self.constant + sum(count * (sides + 1) for sides, count in self.terms)

    def __str__(self) -> str:
        """Write the sum with the most sides last, the constant at the end: `1d4+2d6+3`."""
        parts = [f"{count}d{sides}" for sides, count in self.terms]
        if self.constant or not parts:
            parts.append(str(self.constant))
        return "+".join(parts).replace("+-", "-")

    def __add__(self, other: Dice | int | Fraction) -> Dice | int:
        """Add dice or a number, floored to a whole one."""
        return add(self, _whole(other))

    def __radd__(self, other: int | Fraction) -> Dice | int:
        """Be added to a number."""
        return add(_whole(other), self)

    def __sub__(self, other: Dice | int | Fraction) -> Dice | int:
        """Take away dice or a number, floored to a whole one."""
        return add(self, _whole(other), -1)

    def __rsub__(self, other: int | Fraction) -> Dice | int:
        """Be taken away from a number."""
        return add(_whole(other), self, -1)


def _whole(value: Dice | int | Fraction) -> Dice | int:
    return value if isinstance(value, Dice) else value // 1


def dice_of(count: int, sides: int) -> Dice | int:
    """Give `count` dice of `sides`; dice of one side are a number."""
    return total([(sides, count)], 0)


def total(terms: list[tuple[int, int]], constant: int) -> Dice | int:
    """Add up terms; without dice the result is a plain number."""
    counts: Counter[int] = Counter()
    for sides, count in terms:
        counts[sides] += count
    constant += counts.pop(1, 0)
    kept = tuple(sorted((sides, count) for sides, count in counts.items() if count))
    return Dice(kept, constant) if kept else constant


def add(left: Dice | int, right: Dice | int, factor: int = 1) -> Dice | int:
    """Give `left + factor * right`."""
    if isinstance(right, int):
        # Dice stay what they are, and most additions are of a number.
        return left + factor * right if isinstance(left, int) else _shifted(left, factor * right)
    if isinstance(left, int) and factor == 1:
        return _shifted(right, left)
    left = as_dice(left)
    terms = [*left.terms, *((sides, factor * count) for sides, count in right.terms)]
    return total(terms, left.constant + factor * right.constant)


def _shifted(value: Dice, constant: int) -> Dice | int:
    constant += value.constant
    if not value.terms:
        return constant
    # What `Dice(terms, constant)` does, at a fourth of its time: most additions are of this sort.
    made = _new_dice(Dice)
    _put_terms(made, value.terms)
    _put_constant(made, constant)
    return made


_new_dice: Callable[[type[Dice]], Dice] = object.__new__
_put_terms = vars(Dice)["terms"].__set__
_put_constant = vars(Dice)["constant"].__set__


def times(value: Dice | int, factor: int) -> Dice | int:
    """Give the sum `factor` times over."""
    return add(0, value, factor)


def as_dice(value: Dice | int) -> Dice:
    """See a plain number as dice without dice."""
    return value if isinstance(value, Dice) else Dice((), value)
