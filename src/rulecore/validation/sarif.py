"""Reports in SARIF 2.1.0: what code hosts and editors show beside a file."""

from __future__ import annotations

from rulecore.finding import Finding, Severity
from rulecore.validation.level import level_of
from rulecore.validation.rendering import identity
from rulecore.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rulecore.validation.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_sarif(report: Report, uri: str) -> dict[str, Any]:
    """Give a report as a SARIF log; patches and what follows from what stand in the properties of results."""
    codes = list(dict.fromkeys(each.code for each in report.findings))
    results = []
    for root in report.roots:
        results.append(_result(report, root.finding, uri, codes, None))
        results += [_result(report, each, uri, codes, identity(root.finding)) for each in root.consequences]
    driver = {"name": "rulecore", "version": VERSION, "rules": [{"id": code} for code in codes]}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _result(report: Report, finding: Finding, uri: str, codes: list[str], root: str | None) -> dict[str, Any]:
    place = report.source(finding) or finding.pointer or ""
    location = {
        "physicalLocation": {"artifactLocation": {"uri": uri}},
        "logicalLocations": [{"fullyQualifiedName": place, "kind": "value"}],
    }
    properties: dict[str, Any] = {"level": str(level_of(finding)), "fixes": [fix.to_json() for fix in finding.fixes]}
    if root is not None:
        properties["root"] = root
    return {
        # A rule of the packs is named behind a slash, as section 3.27.5 of SARIF has it.
        "ruleId": finding.cause,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"rulecore/v1": identity(finding)},
        "properties": properties,
    }
