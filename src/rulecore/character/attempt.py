"""An attempt: the live sheet to which edits would lead, or why they may not be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rulecore.character.edits import Patch
from rulecore.character.faults import faults
from rulecore.character.lately import Lately
from rulecore.character.live import Live
from rulecore.character.patch import difference
from rulecore.character.transaction import Transaction
from rulecore.errors import DocumentError, Refused
from rulecore.model.edit import Edit


def attempted(edits: Sequence[Edit | Mapping[str, Any]], live: Live, lately: Lately) -> tuple[Live, Patch]:
    """Give the live sheet to which edits of another one lead, with the patch; Refused tells every fault, and changes nothing."""
    now = live.derivation
    transaction = Transaction(now, now.document.raw)
    transaction.apply(edits)
    patch = difference(now.document.raw, transaction.document)
    if not (patch or transaction.findings or transaction.guessed):
        return live, ()
    found = _lived(transaction, live, lately, patch)
    asked = {question.path for _owner, question in found.derivation.structure.questions} if transaction.guessed else set()
    if asked.intersection(transaction.guessed):
        transaction = Transaction(now, now.document.raw, asked)
        transaction.apply(edits)
        patch = difference(now.document.raw, transaction.document)
        found = _lived(transaction, live, lately, patch)
    wrong = [*transaction.findings, *faults(found.derivation, now, patch)]
    if wrong:
        raise Refused("nothing was changed", wrong)
    return found, patch


def _lived(transaction: Transaction, live: Live, lately: Lately, patch: Patch) -> Live:
    try:
        return lately.live(transaction.document, live, patch)
    except DocumentError as error:
        raise Refused("nothing was changed", [*transaction.findings, *error.findings]) from error
