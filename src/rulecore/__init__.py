"""The public API of rulecore: each name is loaded from its module when it is first asked for."""

# A type checker takes a name like this for true; to import it from `typing` would be most of what this module does.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from rulecore.character import Character
    from rulecore.character.acting import Outcome
    from rulecore.character.edits import Change
    from rulecore.derive.explanation import Explanation
    from rulecore.derive.options import OpenChoice
    from rulecore.errors import (
        DocumentError,
        FieldError,
        FieldTypeError,
        MissingExtra,
        NeedsDecision,
        PackError,
        Refused,
        RulecoreError,
    )
    from rulecore.finding import Finding, Fix, Safety, Severity
    from rulecore.formula.dice import Dice
    from rulecore.model.edit import Add, Remove, Set
    from rulecore.model.entry import Entry
    from rulecore.model.sheet import Sheet
    from rulecore.play import dice
    from rulecore.play.acts import Act
    from rulecore.ruleset import Ruleset, load_ruleset
    from rulecore.validation import validate
    from rulecore.validation.report import Report

# Each public name and the module that defines it.
_HOME = {
    "Act": "rulecore.play.acts",
    "Add": "rulecore.model.edit",
    "Change": "rulecore.character.edits",
    "Character": "rulecore.character",
    "Dice": "rulecore.formula.dice",
    "DocumentError": "rulecore.errors",
    "Entry": "rulecore.model.entry",
    "Explanation": "rulecore.derive.explanation",
    "FieldError": "rulecore.errors",
    "FieldTypeError": "rulecore.errors",
    "Finding": "rulecore.finding",
    "Fix": "rulecore.finding",
    "MissingExtra": "rulecore.errors",
    "NeedsDecision": "rulecore.errors",
    "OpenChoice": "rulecore.derive.options",
    "Outcome": "rulecore.character.acting",
    "PackError": "rulecore.errors",
    "Refused": "rulecore.errors",
    "Report": "rulecore.validation.report",
    "Remove": "rulecore.model.edit",
    "RulecoreError": "rulecore.errors",
    "Ruleset": "rulecore.ruleset",
    "Safety": "rulecore.finding",
    "Set": "rulecore.model.edit",
    "Severity": "rulecore.finding",
    "Sheet": "rulecore.model.sheet",
    "dice": "rulecore.play",
    "load_ruleset": "rulecore.ruleset",
    "validate": "rulecore.validation",
}

__all__ = [
    "Act",
    "Add",
    "Change",
    "Character",
    "Dice",
    "DocumentError",
    "Entry",
    "Explanation",
    "FieldError",
    "FieldTypeError",
    "Finding",
    "Fix",
    "MissingExtra",
    "NeedsDecision",
    "OpenChoice",
    "Outcome",
    "PackError",
    "Refused",
    "Remove",
    "Report",
    "RulecoreError",
    "Ruleset",
    "Safety",
    "Set",
    "Severity",
    "Sheet",
    "dice",
    "load_ruleset",
    "validate",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module, once."""
    if name not in _HOME:
        raise AttributeError(f"module 'rulecore' has no attribute {name!r}")
    # To import `importlib` for its `import_module` takes as long as two modules of ours.
    value: object = getattr(__import__(_HOME[name], fromlist=[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__]
