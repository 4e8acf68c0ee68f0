"""RFC 6902 (JSON Patch) for tests, sharing no code with the engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any


class Mismatch(Exception):
    """The patch does not fit the document."""


def patched(document: Any, patch: Iterable[Mapping[str, Any]]) -> Any:
    """A copy of a document with all operations of a patch done in turn."""
    document = deepcopy(document)
    for operation in patch:
        document = _done(document, operation)
    return document


def _done(document: Any, operation: Mapping[str, Any]) -> Any:
    match operation["op"]:
        case "test":
            if json.dumps(_read(document, operation["path"]), sort_keys=True) != json.dumps(operation["value"], sort_keys=True):
                raise Mismatch(operation)
        case "remove":
            _taken(document, operation["path"])
        case "add":
            return _added(document, operation["path"], operation["value"])
        case "replace":
            _read(document, operation["path"])
            if operation["path"]:
                _taken(document, operation["path"])
            return _added(document, operation["path"], operation["value"])
        case "move":
            return _added(document, operation["path"], _taken(document, operation["from"]))
        case _:
            raise Mismatch(operation)
    return document


def _steps(path: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in path.split("/")[1:]]


def _step(holder: Any, step: str) -> Any:
    try:
        return holder[int(step)] if isinstance(holder, list) else holder[step]
    except (LookupError, TypeError, ValueError) as error:
        raise Mismatch(step) from error


def _read(document: Any, path: str) -> Any:
    for step in _steps(path):
        document = _step(document, step)
    return document


def _taken(document: Any, path: str) -> Any:
    holder, _, last = path.rpartition("/")
    inside = _read(document, holder)
    value = _read(document, path)
    key = _steps(f"/{last}")[0]
    del inside[int(key) if isinstance(inside, list) else key]
    return value


def _added(document: Any, path: str, value: Any) -> Any:
    if not path:
        return deepcopy(value)
    holder, _, last = path.rpartition("/")
    inside, key = _read(document, holder), _steps(f"/{last}")[0]
    if isinstance(inside, list):
        inside.insert(len(inside) if key == "-" else int(key), deepcopy(value))
    elif isinstance(inside, dict):
        inside[key] = deepcopy(value)
    else:
        raise Mismatch(path)
    return document
