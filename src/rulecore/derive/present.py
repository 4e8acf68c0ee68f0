"""From a derivation to the sheet: all values in their JSON forms."""

from __future__ import annotations

from rulecore.derive.instance import Form, Instance
from rulecore.model.sheet import Sheet, json_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.derive.derivation import Derivation


def present(derivation: Derivation, *, on_read: bool) -> Sheet:
    """Give the sheet of a derivation; what is made when read is left out unless asked for."""
    fields: dict[str, Any] = {}
    records: dict[str, dict[str, Any]] = {}
    for instance in derivation.structure.instances:
        if instance.on_read and not on_read:
            continue
        record = record_of(instance)
        values, prefix = fields, instance.path
        if record is not None:
            shown = records.setdefault(record.path, {"type": record.shape.removeprefix("record "), "fields": {}})
            values, prefix = shown["fields"], instance.path.removeprefix(record.path).removeprefix(".")
        for name in instance.fields:
            values[f"{prefix}.{name}" if prefix else name] = json_of(derivation.computation.value(instance, name))
    return Sheet(_ruleset(derivation), derivation.document.kind, fields, records, derivation.findings)


def record_of(instance: Instance) -> Instance | None:
    """Give the record to which the fields of an instance belong on a sheet: an element, or a part that an entry brings."""
    found: Instance | None = instance
    while found is not None and not found.is_record:
        found = found.owner if found.form is Form.PART else None
    return found


def _ruleset(derivation: Derivation) -> dict[str, Any]:
    rules = derivation.rules
    return {"packs": {pack.name: pack.version for pack in rules.packs}, "hash": rules.hash}
