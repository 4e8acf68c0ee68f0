"""JSON Patch (RFC 6902) on documents: apply one, and find the one that leads from a document to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from marshal import dumps, loads
from typing import Any

from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.model.strict import escape, unescape

Operation = Mapping[str, Any]

_LAST = "-"


# Of this form on, equal parts would be kept as one.
_FORM = 2


def copied(value: Any) -> Any:
    """Give a copy of JSON that shares nothing with it."""
    try:
        return loads(dumps(value, _FORM))  # noqa: S302 - what was dumped here
    except ValueError:  # a class that is not JSON's own
        return deepcopy(value)


def _are_one(old: Any, new: Any) -> bool:
    """Tell in haste whether two parts of documents are the same, to the type of each number; no may be wrong."""
    try:
        return old is new or dumps(old, _FORM) == dumps(new, _FORM)
    except ValueError:
        return False


def applied(document: Any, patch: Iterable[Operation]) -> Any:
    """Give a copy of a document with a patch applied; one that does not fit is refused as a whole."""
    changed = copied(document)
    for operation in patch:
        changed = _apply(changed, operation)
    return changed


def _apply(document: Any, operation: Operation) -> Any:
    word, path = operation.get("op"), operation.get("path")
    if not isinstance(path, str) or (path and not path.startswith("/")):
        raise _refused("patch.path", "an operation of a JSON Patch has a path that is a JSON pointer", path)
    match word:
        case "add" | "replace" | "test" if "value" not in operation:
            raise _refused("patch.value", f"the operation {word} has a value", path)
        case "add":
            return _put(document, path, copied(operation["value"]), new=True)
        case "replace":
            return _put(document, path, copied(operation["value"]), new=False)
        case "remove":
            return _take(document, path)
        case "move" | "copy":
            source = str(operation.get("from"))
            value = copied(_get(document, source))
            return _put(_take(document, source) if word == "move" else document, path, value, new=True)
        case "test":
            if _get(document, path) != operation["value"]:
                raise _refused("patch.test", "the document is not as this patch expects it", path)
            return document
    raise _refused(
        "patch.operation", f"JSON Patch has no operation {word!r}", path, ["add", "remove", "replace", "move", "copy", "test"]
    )


def _refused(code: str, message: str, pointer: Any, expected: Any = None) -> Refused:
    pointer = pointer if isinstance(pointer, str) else None
    return Refused("nothing was changed", [Finding(code, message, pointer=pointer, expected=expected)])


def _segments(path: str) -> list[str]:
    return [unescape(segment) for segment in path.split("/")[1:]]


def _holder(document: Any, path: str) -> tuple[Any, str]:
    *above, last = _segments(path)
    for segment in above:
        document = _child(document, segment, path)
    return document, last


def _child(document: Any, segment: str, path: str) -> Any:
    if isinstance(document, dict) and segment in document:
        return document[segment]
    if isinstance(document, list) and segment.isdecimal() and int(segment) < len(document):
        return document[int(segment)]
    raise _refused("patch.missing", "there is nothing at this place of the document", path)


def _get(document: Any, path: str) -> Any:
    for segment in _segments(path):
        document = _child(document, segment, path)
    return document


def _put(document: Any, path: str, value: Any, *, new: bool) -> Any:
    if not path:
        return value
    holder, last = _holder(document, path)
    if not new:
        _child(holder, last, path)
    if isinstance(holder, dict):
        holder[last] = value
    elif isinstance(holder, list) and (last == _LAST or (last.isdecimal() and int(last) <= len(holder))):
        _put_in_list(holder, len(holder) if last == _LAST else int(last), value, new=new)
    else:
        raise _refused("patch.missing", "there is nothing at this place of the document", path)
    return document


def _put_in_list(holder: list[Any], place: int, value: Any, *, new: bool) -> None:
    if new:
        holder.insert(place, value)
    else:
        holder[place] = value


def _take(document: Any, path: str) -> Any:
    if not path:
        raise _refused("patch.path", "a document cannot be removed from itself", path)
    holder, last = _holder(document, path)
    _child(holder, last, path)
    if isinstance(holder, dict):
        del holder[last]
    else:
        del holder[int(last)]
    return document


def difference(old: Any, new: Any, pointer: str = "") -> tuple[dict[str, Any], ...]:
    """Give the patch that leads from one document to another; lists are replaced as a whole."""
    if _are_one(old, new) if isinstance(old, dict | list) else old == new and type(old) is type(new):
        return ()
    if not (isinstance(old, dict) and isinstance(new, dict)):
        same = old == new and repr(old) == repr(new)
        return () if same else ({"op": "replace", "path": pointer, "value": copied(new)},)
    patch: list[dict[str, Any]] = []
    for key, value in old.items():
        place = f"{pointer}/{escape(key)}"
        patch += difference(value, new[key], place) if key in new else [{"op": "remove", "path": place}]
    for key in new:
        if key not in old:
            patch.append({"op": "add", "path": f"{pointer}/{escape(key)}", "value": copied(new[key])})
    return tuple(patch)
