"""The range that the checker gives a formula contains every value that the formula can have."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from hypothesis import assume, given
from hypothesis import strategies as st

from rulecore.dsl import arithmetic, signatures
from rulecore.dsl.arithmetic import Bound
from rulecore.formula import types as t
from rulecore.formula.functions import FUNCTIONS

Value = int | Fraction
_NUMBERS = st.integers(-60, 60) | st.fractions(-60, 60, max_denominator=6)


@st.composite
def typed(draw: st.DrawFn, *, whole: bool | None = None) -> tuple[t.Type, Value]:
    """A numeric type, open on either side or not, and a value inside."""
    is_whole = draw(st.booleans()) if whole is None else whole
    value = draw(st.integers(-60, 60) if is_whole else _NUMBERS)
    below, above = draw(st.none() | st.integers(0, 9)), draw(st.none() | st.integers(0, 9))
    low = None if below is None else floor(value) - below
    high = None if above is None else ceil(value) + above
    return (t.IntType if is_whole else t.NumberType)(low, high), value


def computed(left: Value, operator: str, right: Value, *, whole: bool) -> Value:
    """What the language means, written anew."""
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    quotient = Fraction(left) / Fraction(right)
    return floor(quotient) if whole else quotient


@st.composite
def formulas(draw: st.DrawFn, depth: int = 4) -> tuple[t.Type, Value]:
    """The type and one value of a formula of sums, products, quotients and signs."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(typed())
    if draw(st.integers(0, 5)) == 0:
        of, value = draw(formulas(depth=depth - 1))
        negated = arithmetic.negated(of)
        assert negated is not None
        return negated, -value
    (left_type, left), (right_type, right) = draw(formulas(depth=depth - 1)), draw(formulas(depth=depth - 1))
    operator = draw(st.sampled_from("+-*/"))
    if operator == "/":
        assume(not arithmetic.contains_zero(arithmetic.bounds(right_type)))
    whole = isinstance(left_type, t.IntType) and isinstance(right_type, t.IntType)
    of = arithmetic.combined(left_type, operator, right_type)
    assert of is not None
    return of, computed(left, operator, right, whole=whole)


def inside(value: Value, bounds: tuple[Bound, Bound]) -> bool:
    low, high = bounds
    return (low is None or low <= value) and (high is None or value <= high)


@given(formulas())
def test_a_formula_lies_in_its_range(formula: tuple[t.Type, Value]) -> None:
    of, value = formula
    assert inside(value, arithmetic.bounds(of))
    assert isinstance(of, t.NumberType) or value == floor(value)


@given(typed(), typed())
def test_never_inside_is_never_wrong(want: tuple[t.Type, Value], given_: tuple[t.Type, Value]) -> None:
    if inside(given_[1], arithmetic.bounds(want[0])):
        assert not arithmetic.never_inside(given_[0], want[0])


@given(typed())
def test_a_value_of_zero_is_foreseen(given_: tuple[t.Type, Value]) -> None:
    if given_[1] == 0:
        assert arithmetic.contains_zero(arithmetic.bounds(given_[0]))


class _NoHierarchy:
    """Numbers have no kinds: only what joins two types is asked."""

    def joined(self, left: t.Type, right: t.Type) -> t.Type:
        from rulecore.dsl.kinds import Hierarchy

        return Hierarchy.joined(self, left, right)  # type: ignore[arg-type,return-value]


@given(st.sampled_from(["highest", "lowest", "sum"]), st.lists(typed(), min_size=2, max_size=5))
def test_extremes_and_sums_of_several_values_lie_in_their_range(name: str, values: list[tuple[t.Type, Value]]) -> None:
    of = signatures.result_of(name, [each for each, _ in values], _NoHierarchy())  # type: ignore[arg-type]
    assert of is not None
    body = FUNCTIONS[name].body
    assert body is not None
    assert inside(body([value for _, value in values], of), arithmetic.bounds(of))


@given(st.sampled_from(["highest", "lowest", "sum", "first", "nth"]), typed(), st.integers(0, 3))
def test_what_is_gathered_from_a_list_lies_in_its_range_also_where_it_is_empty(
    name: str, member: tuple[t.Type, Value], length: int
) -> None:
    given_types: list[t.Type] = [t.ListType(member[0]), *([t.IntType(1, 9)] if name == "nth" else [])]
    of = signatures.result_of(name, given_types, _NoHierarchy())  # type: ignore[arg-type]
    assert of is not None
    body = FUNCTIONS[name].body
    assert body is not None
    value = body([tuple([member[1]] * length), *([2] if name == "nth" else [])], of)
    assert inside(value, arithmetic.bounds(of))


@given(st.sampled_from(["floor", "ceiling", "average"]), typed())
def test_rounding_lies_in_its_range(name: str, given_: tuple[t.Type, Value]) -> None:
    of = signatures.result_of(name, [given_[0]], _NoHierarchy())  # type: ignore[arg-type]
    body = FUNCTIONS[name].body
    assert of is not None
    assert body is not None
    assert inside(body([given_[1]], of), arithmetic.bounds(of))
