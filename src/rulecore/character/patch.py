"""JSON Patch (RFC 6902) on documents: apply one, and find the one that leads from a document to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rulecore.errors import Refused
from rulecore.finding import Finding
from rulecore.model.strict import escape, unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Operation: TypeAlias = "Mapping[str, Any]"

_LAST = "-"
_SINGLE = frozenset({str, int, bool, float, type(None)})
_EXACT = frozenset({str, int, bool})
"""Of these, equal ones are one; but 0.0 is not -0.0."""
_NOTHING = object()


def copied(value: Any) -> Any:
    """Give a copy of JSON that shares nothing with it."""
    kind = value.__class__
    if kind is dict:
        own = value.copy()
        for key, each in value.items():
            if each.__class__ not in _SINGLE:
                own[key] = copied(each)
        return own
    if kind is list:
        return [each if each.__class__ in _SINGLE else copied(each) for each in value]
    if kind in _SINGLE:
        return value
    from copy import deepcopy

    return deepcopy(value)


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


def found_at(document: Any, path: str) -> tuple[Any] | None:
    """Give what stands at a JSON pointer, alone in a tuple; none where nothing does."""
    try:
        return (_get(document, path),)
    except Refused:
        return None


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


def inverse(old: Any, patch: Iterable[Operation]) -> tuple[dict[str, Any], ...]:
    """Give the patch that takes one back that `difference` has found from a document."""
    return tuple(_taken_back(old, str(operation["op"]), str(operation["path"])) for operation in reversed([*patch]))


def _taken_back(old: Any, word: str, path: str) -> dict[str, Any]:
    if word == "add":
        return {"op": "remove", "path": path}
    return {"op": "add" if word == "remove" else word, "path": path, "value": copied(_get(old, path))}


def difference(old: Any, new: Any, pointer: str = "") -> tuple[dict[str, Any], ...]:
    """Give the patch that leads from one document to another; a list is replaced as a whole, but for objects that stay in it."""
    return () if is_same(old, new) else tuple(_differences(old, new, pointer))


def _differences(old: Any, new: Any, pointer: str) -> Iterator[dict[str, Any]]:
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and _are_objects(old) and _are_objects(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            if not is_same(one, other):
                yield from _differences(one, other, f"{pointer}/{place}")
    elif isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            if key not in new:
                yield {"op": "remove", "path": f"{pointer}/{escape(key)}"}
            elif not is_same(value, new[key]):
                yield from _differences(value, new[key], f"{pointer}/{escape(key)}")
        for key in new:
            if key not in old:
                yield {"op": "add", "path": f"{pointer}/{escape(key)}", "value": copied(new[key])}
    else:
        yield {"op": "replace", "path": pointer, "value": copied(new)}


def is_same(old: Any, new: Any) -> bool:
    """Tell whether two JSON values are one, as a patch has it: 1 is neither true nor 1.0, and keys have no order."""
    if old is new:
        return True
    kind = old.__class__
    if kind is not new.__class__:
        return False
    if kind is list:
        return len(old) == len(new) and all(map(is_same, old, new))
    if kind is not dict:
        return bool(old == new) and (kind in _EXACT or repr(old) == repr(new))
    for key, each in old.items():
        other = new.get(key, _NOTHING)
        if each is not other and not is_same(each, other):
            return False
    return len(old) == len(new)


def _are_objects(several: list[Any]) -> bool:
    return all(isinstance(each, dict) for each in several)
