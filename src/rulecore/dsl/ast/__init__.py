"""The tree of a Brew file: one node a line, one node an expression, names not yet resolved."""

from __future__ import annotations

from dataclasses import dataclass

from rulecore.dsl.ast.content import (
    Activate,
    Add,
    At,
    Base,
    Choose,
    Grant,
    Meta,
    Multiply,
    OpenLine,
    Option,
    Requires,
    Set,
    While,
)
from rulecore.dsl.ast.declarations import (
    Alias,
    Ask,
    Because,
    Cite,
    Each,
    Event,
    Field,
    Interview,
    Label,
    Layout,
    Pack,
    Panel,
    Patch,
    Phrase,
    Property,
    Prose,
    Relation,
    Renamed,
    Rows,
    Ruling,
    Show,
    Table,
    Translate,
    TypeDeclaration,
    Uses,
    Vocabulary,
    Way,
)
from rulecore.dsl.ast.expressions import (
    And,
    Arithmetic,
    Call,
    Compare,
    Comprehension,
    Dice,
    Every,
    Expression,
    Has,
    If,
    Is,
    ListOf,
    Negative,
    Not,
    Nothing,
    Number,
    Or,
    Pair,
    Path,
    Steps,
    Text,
    Truth,
)
from rulecore.dsl.ast.inline import (
    Binding,
    Clauses,
    Limit,
    Operand,
    Parameter,
    PhraseSlot,
    Shown,
    Slot,
    Source,
    Target,
    Type,
)
from rulecore.dsl.ast.play import Change, Do, Example, Expect, Given, Insert, Invariant, Let, On, Raise, Remove

Statement = (
    Pack
    | Uses
    | Renamed
    | Patch
    | Translate
    | Label
    | Prose
    | Because
    | Cite
    | TypeDeclaration
    | Field
    | Property
    | Each
    | Relation
    | Table
    | Ruling
    | Event
    | Phrase
    | Layout
    | Panel
    | Interview
    | Ask
    | Way
    | Vocabulary
    | Alias
    | Show
    | Rows
    | OpenLine
    | Meta
    | Requires
    | Activate
    | Grant
    | Choose
    | Option
    | While
    | At
    | Base
    | Add
    | Set
    | Multiply
    | On
    | Let
    | Change
    | Insert
    | Remove
    | Raise
    | Example
    | Given
    | Do
    | Expect
    | Invariant
)


@dataclass(frozen=True, slots=True)
class File:
    """One parsed file."""

    name: str
    statements: tuple[Statement, ...]


__all__ = [
    "Activate",
    "Add",
    "Alias",
    "And",
    "Arithmetic",
    "Ask",
    "At",
    "Base",
    "Because",
    "Binding",
    "Call",
    "Change",
    "Choose",
    "Cite",
    "Clauses",
    "Compare",
    "Comprehension",
    "Dice",
    "Do",
    "Each",
    "Event",
    "Every",
    "Example",
    "Expect",
    "Expression",
    "Field",
    "File",
    "Given",
    "Grant",
    "Has",
    "If",
    "Insert",
    "Interview",
    "Invariant",
    "Is",
    "Label",
    "Layout",
    "Let",
    "Limit",
    "ListOf",
    "Meta",
    "Multiply",
    "Negative",
    "Not",
    "Nothing",
    "Number",
    "On",
    "OpenLine",
    "Operand",
    "Option",
    "Or",
    "Pack",
    "Pair",
    "Panel",
    "Parameter",
    "Patch",
    "Path",
    "Phrase",
    "PhraseSlot",
    "Property",
    "Prose",
    "Raise",
    "Relation",
    "Remove",
    "Renamed",
    "Requires",
    "Rows",
    "Ruling",
    "Set",
    "Show",
    "Shown",
    "Slot",
    "Source",
    "Statement",
    "Steps",
    "Table",
    "Target",
    "Text",
    "Translate",
    "Truth",
    "Type",
    "TypeDeclaration",
    "Uses",
    "Vocabulary",
    "Way",
    "While",
]
