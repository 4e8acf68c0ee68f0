"""What a value of the wrong type was meant to be."""

from __future__ import annotations

import re

from rulecore.dataclass import dataclass
from rulecore.finding import Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_WHOLE = re.compile(r"\s*[+]?(-?\d{1,15})(?:\.0*)?\s*")
_BEGUN = re.compile(r"\s*[+]?(-?\d{1,15})\b")
_TRUE = frozenset({"true", "yes", "y", "on", "1"})
_FALSE = frozenset({"false", "no", "n", "off", "0", ""})


def meant(text: str) -> str:
    """Give the letters and digits of a text alone, so that names which differ in their writing are one."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@dataclass(frozen=True, slots=True)
class Meant:
    """A value of the wanted type, and how sure it is that it was meant."""

    value: Any
    safety: Safety

    @staticmethod
    def of(written: Any, expected: str) -> Meant | None:
        """Read a value as another type; none where it says nothing of that type."""
        if expected in {"whole number", "number"} or expected.startswith(("int", "number")):
            return _as_number(written)
        if expected.startswith(("true or false", "bool")):
            return _as_truth(written)
        if expected.startswith("text"):
            return Meant(str(written), Safety.CERTAIN) if _is_number(written) else None
        if expected.startswith(("array", "list")):
            return _as_list(written)
        if expected.startswith("name of"):
            return _as_name(written)
        return Meant({}, Safety.LIKELY) if expected == "object" and not written else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_number(written: Any) -> Meant | None:
    if isinstance(written, bool):
        return None
    if isinstance(written, float):
        return Meant(int(written), Safety.LIKELY)
    if not isinstance(written, str):
        return None
    whole = _WHOLE.fullmatch(written)
    if whole is not None:
        return Meant(int(whole[1]), Safety.CERTAIN)
    begun = _BEGUN.match(written)
    return None if begun is None else Meant(int(begun[1]), Safety.LIKELY)


def _as_truth(written: Any) -> Meant | None:
    word = str(written).casefold() if isinstance(written, str | int) else None
    if word in _TRUE:
        return Meant(value=True, safety=Safety.CERTAIN)
    return Meant(value=False, safety=Safety.CERTAIN) if word in _FALSE or written is None else None


def _as_list(written: Any) -> Meant | None:
    if isinstance(written, str):
        return Meant([written], Safety.CERTAIN) if written else Meant([], Safety.LIKELY)
    if isinstance(written, dict):
        names = [each for each in written.values() if isinstance(each, str)]
        return Meant(names or [key for key, each in written.items() if each is True], Safety.LIKELY)
    return None


def _as_name(written: Any) -> Meant | None:
    """Read the one name in a list, or the name in an object."""
    if isinstance(written, list) and len(written) == 1 and isinstance(written[0], str):
        return Meant(written[0], Safety.CERTAIN)
    if isinstance(written, dict):
        names = [written[key] for key in ("id", "name") if isinstance(written.get(key), str)]
        return Meant(names[0], Safety.LIKELY) if names else None
    return None


def as_elements(written: Any, *, ordered: bool) -> Any:
    """Give a list as an object by ids, or an object as a list; none where it is neither."""
    if ordered:
        return list(written.values()) if isinstance(written, dict) else None
    return {f"e{place}": each for place, each in enumerate(written, 1)} if isinstance(written, list) else None
