"""The rules of the house, each a function from a source folder to the places that break it."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LARGEST_PLAIN_INTEGER = 2

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}

# A library that only one folder may import, so that it can be replaced there.
HOME_OF_LIBRARY = {"lark": "dsl/", "pluggy": "packs/"}

# The only files that may turn text or bytes into code, and the one that loads modules by names of a table.
MAY_EXECUTE = {"__init__.py", "dataclass.py", "derive/plan.py", "packs/cache.py", "packs/compiled.py"}
EXECUTING_NAMES = {"exec", "compile", "eval", "__import__"}
EXECUTING_MODULES = {"marshal", "pickle", "builtins"}

# Dataclasses of model/ that are not frozen with slots, each with its reason.
LOOSE_DATACLASSES: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Rule = Callable[[Path], list[str]]


def modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(folder).as_posix(), ast.parse(path.read_text(encoding="utf-8"), str(path))


def long_files(folder: Path) -> list[str]:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sorted(folder.rglob("*.py"))}
    return [f"{path.relative_to(folder)}: {n} lines" for path, n in lengths.items() if n > LONGEST_FILE]


def long_functions(folder: Path) -> list[str]:
    return [
        f"{name}:{node.lineno} {node.name}: {length} lines"
        for name, tree in modules(folder)
        for node in ast.walk(tree)
        if isinstance(node, Function) and (length := body_length(node)) > LONGEST_FUNCTION
    ]


def body_length(node: Function) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def undocumented(folder: Path) -> list[str]:
    return [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in modules(folder)
        for node in public_definitions(tree)
        if not opens_with_a_sentence(ast.get_docstring(node))
    ]


def public_definitions(parent: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    for node in parent.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or is_overload(node):
            continue
        yield node
        if isinstance(node, ast.ClassDef):
            yield from public_definitions(node)


def is_overload(node: Function | ast.ClassDef) -> bool:
    return any(ast.unparse(decorator).rpartition(".")[2] == "overload" for decorator in node.decorator_list)


def opens_with_a_sentence(docstring: str | None) -> bool:
    first_paragraph = (docstring or "").partition("\n\n")[0].strip()
    return bool(re.fullmatch(r"\S.*[.?!:]`?", first_paragraph, re.DOTALL))


def vague_modules(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.stem.strip("_") in VAGUE_NAMES and (path.is_dir() or path.suffix == ".py")
    ]


def strayed_libraries(folder: Path) -> list[str]:
    return [
        f"{name}:{line} imports {module}"
        for name, tree in modules(folder)
        for line, module in imports(tree)
        if not name.startswith(HOME_OF_LIBRARY.get(module.partition(".")[0], ""))
    ]


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module or ""


def executed_text(folder: Path) -> list[str]:
    return [
        f"{name}:{line} uses {word}"
        for name, tree in modules(folder)
        if name not in MAY_EXECUTE
        for line, word in executing_words(tree)
    ]


def executing_words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in EXECUTING_NAMES:
            yield node.lineno, node.id
    for line, module in imports(tree):
        if module in EXECUTING_MODULES:
            yield line, module


def loose_dataclasses(folder: Path) -> list[str]:
    return [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in modules(folder)
        if name.startswith("model/")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name not in LOOSE_DATACLASSES
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator) and not is_frozen_with_slots(decorator)
    ]


def is_frozen_with_slots(decorator: ast.expr) -> bool:
    text = ast.unparse(decorator)
    return "frozen=True" in text and "slots=True" in text


def plain_integers(folder: Path) -> list[str]:
    """Numbers of the rules live in packs; a limit of the engine is a named constant of its module."""
    return [
        f"{name}:{node.lineno} {node.value}"
        for name, tree in modules(folder)
        if name.startswith(("derive/", "model/"))
        for statement in tree.body
        if not is_named_constant(statement)
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value > LARGEST_PLAIN_INTEGER
    ]


def is_named_constant(statement: ast.stmt) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return all(isinstance(target, ast.Name) and target.id.isupper() for target in targets)


RULES: list[Rule] = [
    long_files,
    long_functions,
    undocumented,
    vague_modules,
    strayed_libraries,
    executed_text,
    loose_dataclasses,
    plain_integers,
]
