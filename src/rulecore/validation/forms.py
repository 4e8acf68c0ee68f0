"""What was handed in, brought into one form: a document with claims. A recipe has choices alone, a sheet derived values too."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from rulecore.dataclass import dataclass
from rulecore.dataclass import field as given
from rulecore.finding import Finding
from rulecore.model.document import FORMAT
from rulecore.model.sheet import SHEET_FORMAT
from rulecore.validation.claims import CLAIMS
from rulecore.validation.importing import imported
from rulecore.validation.recipes import document_of, is_recipe
from rulecore.validation.sheets import document_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.ruleset import Ruleset


class Form(StrEnum):
    """The forms that are judged; `foreign` is any other shape of which the words of the packs make something."""

    DOCUMENT = "document"
    RECIPE = "recipe"
    SHEET = "sheet"
    FOREIGN = "foreign"


PARTS = frozenset({"fields", "collections", "choices", "inputs", "rulings", CLAIMS})


@dataclass(frozen=True, slots=True)
class Normal:
    """A document with claims, the form it was made from, and from which pointer of what was given each of its pointers came."""

    form: Form
    data: dict[str, Any]
    places: Mapping[str, str] = given(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def source(self, pointer: str | None) -> str | None:
        """Give the pointer in what was given of something in the document; none where they are the same, or there is none."""
        while pointer and self.places:
            if pointer in self.places:
                return self.places[pointer]
            pointer = pointer.rpartition("/")[0]
        return None


def normal(value: Any, text: str, rules: Ruleset, form: Form | None = None) -> Normal | None:
    """Bring what was read into the form of a document with claims; none where nothing can be made of it."""
    known = form or _recognized(value, rules) if isinstance(value, Mapping) else Form.FOREIGN
    if known is Form.DOCUMENT:
        return Normal(known, dict(value))
    if known is Form.RECIPE:
        return Normal(known, *document_of(value, rules))
    if known is Form.SHEET:
        return Normal(known, *document_in(value, rules))
    foreign = imported(text if value is None else value, rules)
    return None if foreign is None else Normal(Form.FOREIGN, foreign.data, foreign.places, foreign.findings)


def _recognized(value: Any, rules: Ruleset) -> Form | None:
    if not isinstance(value, Mapping):
        return None
    if value.get("format") == SHEET_FORMAT:
        return Form.SHEET
    if value.get("format") == FORMAT or sum(isinstance(value.get(part), Mapping) for part in PARTS) + ("kind" in value) > 1:
        return Form.DOCUMENT
    return Form.RECIPE if is_recipe(value, rules) else None
