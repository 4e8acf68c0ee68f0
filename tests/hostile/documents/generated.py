"""Documents too large, or too odd, to be kept as files: text, bytes, a file or a Python object."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MANY = 100_000
FEWER = 20_000


def good() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((HERE / "good.json").read_text(encoding="utf-8"))
    return document


def forty_megabytes() -> bytes:
    return json.dumps(good() | {"notes": "x" * 40_000_000}).encode()


def gigabyte_file() -> Path:
    with tempfile.NamedTemporaryFile(suffix=".json", delete=False) as file:
        file.truncate(1 << 30)
    return Path(file.name)


def depth_ten_thousand() -> str:
    return '{"kind": "character", "fields": {"species": ' + "[" * 10_000 + "]" * 10_000 + "}}"


def depth_of_objects() -> str:
    return '{"a":' * 10_000 + "1" + "}" * 10_000


def depth_in_an_object() -> dict[str, Any]:
    inner: Any = 1
    for _ in range(10_000):
        inner = [inner]
    return good() | {"notes": inner}


def itself_inside() -> dict[str, Any]:
    document = good()
    inner: list[Any] = []
    inner += [inner, inner, inner]
    document["fields"]["species"] = inner
    return document


def many_items() -> dict[str, Any]:
    document = good()
    document["collections"]["inventory"] |= {f"z{n:06}": {"item": "club"} for n in range(MANY)}
    return document


def many_unlike_items() -> str:
    document = good()
    document["collections"]["inventory"] |= {f"{n:06}": {} for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def many_levels() -> dict[str, Any]:
    document = good()
    document["collections"]["levels"] = [{"class": "fighter"}] * FEWER
    return document


def many_unknown_fields() -> str:
    document = good()
    document["fields"] |= {f"f{n:05}": 1 for n in range(MANY)}
    return json.dumps(document, separators=(",", ":"))


def many_misspelt_fields() -> str:
    document = good()
    document["fields"] |= {f"strength.bose{n:05}": 1 for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def many_unknown_choices() -> str:
    document = good()
    document["choices"] |= {f"c{n:05}": [] for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def many_unknown_collections() -> str:
    document = good()
    document["collections"] |= {f"inventry{n:05}": {} for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def many_packs() -> str:
    document = good()
    document["packs"] |= {f"p{n:05}": "1" for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def many_rulings() -> str:
    document = good()
    document["rulings"] = {f"score_floor_{n:05}": True for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def many_waivers() -> str:
    document = good()
    document["waivers"] = {f"w{n:05}": "x" for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def many_envelope_keys() -> str:
    return json.dumps(good() | {f"feilds{n:05}": 1 for n in range(FEWER)}, separators=(",", ":"))


def many_answers() -> str:
    document = good()
    document["choices"]["fighter.masteries"] += ["longswrd"] * FEWER
    return json.dumps(document, separators=(",", ":"))


def many_other_answers() -> str:
    document = good()
    document["choices"]["fighter.masteries"] += [f"club{n:05}" for n in range(FEWER)]
    return json.dumps(document, separators=(",", ":"))


def many_entries_unknown() -> dict[str, Any]:
    document = good()
    document["collections"]["inventory"] |= {f"z{n}": {"item": f"longswrd{n}"} for n in range(400)}
    return document


def many_fields_of_an_element() -> str:
    document = good()
    document["collections"]["inventory"]["i4"] |= {f"quantitty{n:05}": 1 for n in range(FEWER)}
    return json.dumps(document, separators=(",", ":"))


def long_field() -> str:
    document = good()
    document["fields"]["x" * 1_500_000] = 1
    return json.dumps(document)


def long_path() -> str:
    document = good()
    document["fields"][".".join("a" * 100_000)] = 1
    document["choices"][".".join("a" * 100_000)] = ["b"]
    document["collections"][".".join("a" * 100_000)] = {"b": {}}
    return json.dumps(document)


def long_value() -> str:
    document = good()
    document["fields"]["species"] = "dwarf" * 100_000
    return json.dumps(document)


def long_id() -> str:
    document = good()
    document["collections"]["inventory"]["i" * 500_000] = {"item": "club"}
    return json.dumps(document)


def huge_integer() -> str:
    return json.dumps(good()).replace('"strength.base": 15', '"strength.base": 1' + "0" * 5000)


def feats_in_feats() -> dict[str, Any]:
    """As deep as feats go: a feat of every level, each with its inner choices, each of them asking for the one before."""
    document = good()
    document["collections"]["levels"] = [{"class": "fighter"}] * 20
    path = "fighter.4.improvement"
    for _ in range(30):
        document["choices"][path] = ["magic_initiate"]
        path += ".magic_initiate.improvement"
    return document


def same_feat_many_times() -> dict[str, Any]:
    document = good()
    document["fields"]["species"] = "human"
    document["choices"]["human.feat"] = ["magic_initiate"] * 5000
    for n in range(2, 200):
        document["choices"][f"human.feat.magic_initiate#{n}.cantrips"] = ["light"] * 200
    return document


MAKERS: dict[str, Callable[[], Any]] = {
    maker.__name__: maker
    for maker in (
        forty_megabytes, gigabyte_file, depth_ten_thousand, depth_of_objects, depth_in_an_object, itself_inside,
        many_items, many_unlike_items, many_levels, many_unknown_fields, many_misspelt_fields, many_unknown_choices,
        many_unknown_collections, many_packs, many_rulings, many_waivers, many_envelope_keys, many_answers, many_other_answers,
        many_entries_unknown, many_fields_of_an_element, long_field, long_path, long_value, long_id, huge_integer,
        feats_in_feats, same_feat_many_times,
    )
}  # fmt: skip
