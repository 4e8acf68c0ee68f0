"""Parsed files, from the cache where their text has been parsed before."""

from __future__ import annotations

from rulecore.dsl import ast
from rulecore.dsl.parse import parse
from rulecore.finding import Finding
from rulecore.packs import cache
from rulecore.source import SourceFile


def parsed(source: SourceFile) -> tuple[ast.File, tuple[Finding, ...]]:
    """Give the tree and the faults of a text; only trees without faults are kept in the cache."""
    key = cache.key(source)
    kept = cache.load(key)
    if isinstance(kept, ast.File):
        return kept, ()
    file, findings = parse(source)
    if not findings:
        cache.store(key, file)
    return file, findings
