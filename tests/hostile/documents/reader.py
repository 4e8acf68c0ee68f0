"""Reads documents for test_documents.py: a file or `made:NAME` a line, each in a process with the limits of loader.py."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import rulecore as rc
from tests.hostile import loader
from tests.hostile.documents.generated import MAKERS

RULES = rc.load_ruleset()
MOST_SHOWN = 2000


def read(place: Path) -> dict[str, Any]:
    """Everything that the test asks about one document."""
    word, _, name = str(place).partition(":")
    given = MAKERS[name]() if word == "made" else place
    try:
        hero = RULES.character(given)
        findings = [finding.to_json() for finding in hero.findings]
        sheet = hero.sheet().to_json()
        text = json.dumps(sheet, ensure_ascii=False).encode()
        shown = "\n".join(str(finding) for finding in hero.findings)
        shown.encode()
    except rc.DocumentError as error:
        str(error).encode()
        return {"raised": [finding.to_json() for finding in error.findings], "shown": str(error)[:MOST_SHOWN]}
    large = len(findings) > len(FIXED_BELOW) * 10
    return {
        "findings": findings,
        "shown": shown[:MOST_SHOWN],
        "shown_length": len(shown),
        "length": len(text),
        "fields": {name: sheet["fields"].get(name) for name in READ},
        "kept": word == "made" or hero.document == json.loads(place.read_text(encoding="utf-8-sig")),
        "fixed": [] if large else [fixed(hero.document, finding, findings) for finding in findings if finding.get("fixes")],
    }


READ = (
    "armor_class",
    "strength.score",
    "proficiency_bonus",
    "hit_point_maximum",
    "hit_points",
    "level",
    "load",
    "passive_perception",
    "death_failures",
    "dexterity.score",
)
FIXED_BELOW = range(30)


def fixed(document: Any, finding: dict[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    """What a fix does: whether it begins with a test, takes its finding away, and adds none."""
    after = [each.to_json() for each in RULES.character(applied(deepcopy(document), finding["fixes"][0]["patch"])).findings]
    keys = [key(each) for each in before]
    return {
        "code": finding["code"],
        "pointer": finding.get("pointer"),
        "tested": finding["fixes"][0]["patch"][0]["op"] == "test",
        "gone": key(finding) not in [key(each) for each in after],
        "added": [key(each) for each in after if key(each) not in keys],
    }


def key(finding: dict[str, Any]) -> list[Any]:
    return [finding["code"], finding.get("pointer"), finding["message"]]


def applied(document: Any, patch: list[dict[str, Any]]) -> Any:
    """RFC 6902 as far as fixes use it, sharing no code with the engine."""
    for operation in patch:
        *path, last = [each.replace("~1", "/").replace("~0", "~") for each in operation["path"].split("/")[1:]]
        holder = document
        for step in path:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        place: Any = int(last) if isinstance(holder, list) else last
        match operation["op"]:
            case "test":
                if json.dumps(holder[place], sort_keys=True) != json.dumps(operation["value"], sort_keys=True):
                    raise AssertionError(operation)
            case "remove":
                del holder[place]
            case "add" if isinstance(holder, list):
                holder.insert(place, operation["value"])
            case "replace" if place not in holder and isinstance(holder, dict):
                raise AssertionError(operation)
            case "add" | "replace":
                holder[place] = operation["value"]
            case _:
                raise AssertionError(operation)
    return document


if __name__ == "__main__":
    loader._loaded = read
    loader.main()
