"""A benchmark uses the public API and nothing else of rulecore, and keeps the lengths of the house."""

import ast
from pathlib import Path

import rulecore
from tests.architecture.rules import long_files, long_functions, modules, undocumented

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_only_public_names_are_imported():
    strays = [f"{name}:{node.lineno}" for name, tree in modules(BENCHMARKS) for node in ast.walk(tree) if not is_public(node)]
    assert strays == []


def is_public(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return not any(alias.name.startswith("rulecore.") for alias in node.names)
    if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "rulecore":
        return node.module == "rulecore" and {alias.name for alias in node.names} <= set(rulecore.__all__)
    return True


def test_files_and_functions_are_short_and_say_what_they_do():
    assert [*long_files(BENCHMARKS), *long_functions(BENCHMARKS), *undocumented(BENCHMARKS)] == []
