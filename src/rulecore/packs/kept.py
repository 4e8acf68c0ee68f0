"""Rulesets kept on disk, each under the hash of all that it follows from: texts, names, and the code that makes it of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from rulecore.bundled import HERE, bundled
from rulecore.dsl.private_folder import cache_folder, keep_newest, read_file, warn_rebuilt, write_file
from rulecore.errors import refuse_errors
from rulecore.model.rules import Rules
from rulecore.packs.compiled import Damaged, NoRuleset, OtherMaker, maker, pack_up, unpack
from rulecore.packs.survey import Survey, survey

MOST_KEPT = 16
_FOLDER = "rulesets"
# What makes a ruleset of texts; the rest of rulecore only uses it.
_MAKERS = ("", "dsl", "dsl/ast", "formula", "model", "packs")


def ruleset(*asked: str | Path, strict: bool = False) -> Rules:
    """Give the ruleset of some packs: as it was kept, or loaded and kept; its findings are the same either way."""
    found = survey(*asked)
    path = _path(found)
    rules = None if path is None else _kept(path)
    if rules is None:
        from rulecore.packs.load import load_surveyed

        rules = load_surveyed(found).rules
        if path is not None and found.holds(rules):
            _keep(path, rules)
    refuse_errors(rules.findings, strict=strict)
    return rules


def _path(found: Survey) -> Path | None:
    folder = cache_folder(_FOLDER) if found.is_whole() else None
    return None if folder is None else folder / f"{_key(found)}.ruleset"


def _key(found: Survey) -> str:
    digest = hashlib.sha256()
    for part in (maker().encode(), _code(), *found.parts()):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@cache
def _code() -> bytes:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.encode())
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - a hundred times, before every first sheet
                digest.update(file.read())
        except OSError:
            continue
    return digest.digest()


def _sources() -> Iterator[str]:
    yield str(bundled("grammars") / "brew.lark")
    for folder in _MAKERS:
        try:
            names = sorted(os.listdir(HERE / folder))  # noqa: PTH208
        except OSError:
            continue
        yield from (os.path.join(HERE, folder, name) for name in names if name.endswith(".py"))  # noqa: PTH118


def _kept(path: Path) -> Rules | None:
    content = read_file(path)
    if content is None:
        return None
    try:
        rules = unpack(content, path.stem)
    except (NoRuleset, OtherMaker, Damaged):
        warn_rebuilt(path, "is damaged")
        return None
    with suppress(OSError):
        # The time of its last use says which to keep.
        os.utime(path)
    return rules


def _keep(path: Path, rules: Rules) -> None:
    from rulecore.packs.encode import Uncompilable

    try:
        content = pack_up(rules, path.stem)
    except Uncompilable:
        return
    write_file(path, content)
    keep_newest(path.parent, MOST_KEPT)
