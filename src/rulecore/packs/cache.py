"""Parsed files kept on disk, each under the hash of all that it follows from, and never missed when they are not there."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import pickle
import sys
from dataclasses import is_dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from rulecore.dsl import ast, build, build_lines, parse, recover
from rulecore.dsl.grammar import grammar_hash
from rulecore.dsl.private_folder import cache_folder, keep_newest, read_file, warn_rebuilt, write_file
from rulecore.source import SourceFile, Span
from rulecore.version import VERSION

MOST_KEPT = 400
_NODES = [found for found in vars(ast).values() if isinstance(found, type) and is_dataclass(found)]
_ALLOWED = {(found.__module__, found.__name__): found for found in (*_NODES, Span, Fraction)}
_MAKERS = (build.__name__, build_lines.__name__, parse.__name__, recover.__name__, Span.__module__)


def key(source: SourceFile) -> str:
    """Give the key of a parsed file: a hash of its text and its name, which all its places bear, and of what parses it."""
    parts = (source.name, source.text, _parser_key())
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _parser_key() -> str:
    code = hashlib.sha256(
        b"".join(_code(module) for module in sorted({*_MAKERS, *(node.__module__ for node in _NODES)}))
    ).hexdigest()
    return f"{grammar_hash()} {importlib.util.MAGIC_NUMBER.hex()} {VERSION} {code}"


def _code(module: str) -> bytes:
    try:
        return Path(sys.modules[module].__file__ or "").read_bytes()
    except OSError:
        return b""


def load(name: str) -> Any | None:
    """Give what was stored under a key, or none; what is damaged is as good as missing, with a warning."""
    path = _path(name)
    sealed = None if path is None else read_file(path)
    if path is None or sealed is None:
        return None
    seal, _, content = sealed.partition(b"\n")
    if seal != _seal(name, content):
        warn_rebuilt(path, "is damaged")
        return None
    try:
        return _Trees(io.BytesIO(content)).load()
    except Exception:  # noqa: BLE001 - a foreign pickle may raise anything
        warn_rebuilt(path, "is damaged")
        return None


def store(name: str, value: Any) -> None:
    """Keep a tree under a key; where nothing can be kept, do nothing."""
    path = _path(name)
    if path is None:
        return
    try:
        content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    except RecursionError:
        return
    write_file(path, _seal(name, content) + b"\n" + content)


def trim() -> None:
    """Remove the trees that were stored longest ago, where there are very many."""
    folder = cache_folder("trees")
    if folder is not None:
        keep_newest(folder, MOST_KEPT)


def _path(name: str) -> Path | None:
    folder = cache_folder("trees")
    return None if folder is None else folder / f"{name}.tree"


def _seal(name: str, content: bytes) -> bytes:
    return f"{name} {hashlib.sha256(content).hexdigest()}".encode()


class _Trees(pickle.Unpickler):
    """Reads trees of our own classes and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        found = _ALLOWED.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a tree")
        return found
