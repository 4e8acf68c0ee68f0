"""Examples that packs carry: a document, and what must come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rulecore.dataclass import dataclass
from rulecore.formula.ast import Formula
from rulecore.source import Span


@dataclass(frozen=True, slots=True)
class Expectation:
    """One `expect` line. A value's formula must be true; a finding's text must stand in a finding's code or message.

    `elements` are bound in the formula: a name, and the path of the instance that it means.
    """

    text: str
    span: Span
    value: Formula | None = None
    finding: str | None = None
    elements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One `example` block; `document` is what its `given` lines say, as a document."""

    title: str
    pack: str
    document: Mapping[str, Any]
    expectations: tuple[Expectation, ...]
    span: Span
