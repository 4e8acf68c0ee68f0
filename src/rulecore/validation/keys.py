"""Ids of questions as keys of properties, which some providers allow few signs, and back again.

A letter, digit, dot or underscore stands for itself, any other sign is its number in hexadecimal between hyphens: `a#2` becomes
`a-23-2`. The second of several places for one question ends in a hyphen and its number: `a-2`. No id can be read as one with
another place, since a hyphen of an id comes with its number. A key that is too long is cut, and ends in a digest after two
hyphens.
"""

from __future__ import annotations

import re

from rulecore.validation.profiles import LONGEST_KEY

_SPECIAL = re.compile(r"[^A-Za-z0-9_.]")
_KEY = re.compile(r"(?P<escaped>(?:[A-Za-z0-9_.]|-[0-9a-f]{1,5}-|-10[0-9a-f]{4}-)*)(?:-(?P<place>[1-9][0-9]*))?")
_ESCAPE = re.compile(r"-([0-9a-f]+)-")
_DIGITS = 12


def key_of(path: str, place: int | None = None) -> str:
    """Write an id as a key, with the number of a place where there are several."""
    end = "" if place is None else f"-{place}"
    key = _SPECIAL.sub(lambda found: f"-{ord(found[0]):x}-", path)
    if key and len(key + end) <= LONGEST_KEY:
        return key + end
    from hashlib import sha256

    digest = f"--x{sha256(path.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"
    return key[: LONGEST_KEY - len(digest + end)].rstrip("-") + digest + end


def path_of(key: str) -> tuple[str, int | None] | None:
    """Give the id that a key stands for and the number of its place; none where the key was cut, or is none."""
    found = _KEY.fullmatch(key)
    if found is None or not found["escaped"]:
        return None
    path = _ESCAPE.sub(lambda escaped: chr(int(escaped[1], 16)), found["escaped"])
    return path, None if found["place"] is None else int(found["place"])
