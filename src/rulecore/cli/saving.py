"""Documents on disk: put in place whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from rulecore.errors import Refused


def put(path: Path, document: Mapping[str, Any]) -> None:
    """Write a document to a file; Refused says why that cannot be, and the file is as it was."""
    # A link stays one: what it leads to is replaced.
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("x", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    except BaseException as error:
        with suppress(OSError):
            unfinished.unlink()
        if isinstance(error, OSError):
            raise Refused(f"{path} cannot be written: {error.strerror}") from error
        raise


def refuse_to_replace(path: Path, *, replace: bool) -> None:
    """Refuse a file that is there already, unless that is wanted, and one that cannot come to be."""
    if path.exists() and not path.is_file():
        raise Refused(f"{path} is no file that could be written")
    if path.exists() and not replace:
        raise Refused(f"there is a file {path} already; --replace replaces it")
    if not path.absolute().parent.is_dir():
        raise Refused(f"there is no folder {path.parent} for {path.name}")


def content(path: Path) -> bytes:
    """Give the bytes of a file that is to be written back; Refused says why it cannot be read."""
    if not path.is_file():
        raise Refused(f"there is no file {str(path)!r}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from error
