"""Compiled rulesets as files to ship: whoever names one trusts it, as they trust a program that they start."""

from __future__ import annotations

import os
from collections.abc import Sequence

from rulecore.errors import PackError, refuse_errors
from rulecore.finding import Finding
from rulecore.model.rules import Rules
from rulecore.packs.compiled import SUFFIX, Damaged, NoRuleset, OtherMaker, maker, pack_up, unpack

# What is kept is named by its key; this is the name of what is shipped.
_NAME = "shipped"
_AGAIN = f"make it again where it is used: rulecore pack compile PACK... -o FILE{SUFFIX}"

Asked = str | os.PathLike[str]


def is_shipped(asked: Asked) -> bool:
    """Tell whether a compiled ruleset is asked for; no pack has a name like its file."""
    return os.fspath(asked).endswith(SUFFIX) and not os.path.isdir(asked)  # noqa: PTH112 - a start needs no pathlib


def read_shipped(asked: Sequence[Asked], *, strict: bool = False) -> Rules:
    """Give the ruleset of a compiled file; a PackError says why there is none in it."""
    path = next(os.fspath(each) for each in asked if is_shipped(each))
    if len(asked) > 1:
        raise _refused(path, "compiled.alone", "a compiled ruleset is loaded alone", "compile it with the other packs")
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a start needs no pathlib
            rules = unpack(file.read(), _NAME)
    except OSError as error:
        raise _refused(path, "compiled.unreadable", f"the file cannot be read: {error.strerror}") from error
    except NoRuleset as error:
        raise _refused(path, "compiled.none", "this is no compiled ruleset", _AGAIN) from error
    except OtherMaker as error:
        message = f"this ruleset was compiled by {error.maker}, and this is {maker()}"
        raise _refused(path, "compiled.version", message, _AGAIN, expected=maker(), found=error.maker) from error
    except Damaged as error:
        raise _refused(path, "compiled.damaged", "this compiled ruleset is not as it was written", _AGAIN) from error
    refuse_errors(rules.findings, strict=strict)
    return rules


def _refused(
    path: str, code: str, message: str, hint: str | None = None, *, expected: str | None = None, found: str | None = None
) -> PackError:
    finding = Finding(code, message, pointer=path, hint=hint, expected=expected, found=found)
    return PackError(f"{path} cannot be used", [finding])


def write_shipped(path: Asked, rules: Rules) -> None:
    """Put the file of a compiled ruleset in place at once; a PackError says why that cannot be done."""
    from contextlib import suppress

    unfinished = f"{os.fspath(path)}.{os.getpid()}.part"
    try:
        with open(unfinished, "wb") as file:  # noqa: PTH123
            file.write(pack_up(rules, _NAME))
        os.replace(unfinished, path)  # noqa: PTH105
    except OSError as error:
        with suppress(OSError):
            os.unlink(unfinished)  # noqa: PTH108
        raise _refused(os.fspath(path), "compiled.unwritable", f"the file cannot be written: {error.strerror}") from error
