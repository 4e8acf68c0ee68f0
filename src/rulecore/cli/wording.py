"""What an entry does, in words: its members line by line, as an author would write them."""

from __future__ import annotations

from collections.abc import Iterator

from rulecore.formula.format import format_formula
from rulecore.model.effect import Effect, Operation
from rulecore.model.shape import Activation, Block, Choice, Field, Grant, Mode, Requirement

INDENT = "  "

_VERBS = {
    Operation.BASE: "base {target} = {value}",
    Operation.ADD: "add {value} to {target}",
    Operation.MULTIPLY: "multiply {target} by {value}",
    Operation.AT_LEAST: "set {target} to at least {value}",
    Operation.AT_MOST: "set {target} to at most {value}",
    Operation.SET: "set {target} to {value}",
}


def block_lines(block: Block) -> Iterator[str]:
    """Give the lines of a block and, indented, of all inside it."""
    yield from _members(block)
    told = ""
    for inner in block.blocks:
        lines = list(block_lines(inner))
        gate = "" if inner.gate is None else f"while {format_formula(inner.gate)}"
        if lines and gate != told:
            told = gate
            yield from [gate] if gate else []
        yield from ((INDENT if gate else "") + line for line in lines)


def _members(block: Block) -> Iterator[str]:
    yield from (_requirement(each) for each in block.requirements)
    yield from (_field(each) for each in block.fields)
    yield from (f"{part.name}: {part.label} ({part.shape.removeprefix('record ')})" for part in block.parts)
    yield from (
        f"{each.name}: a list of {each.shape.removeprefix('record ')}, at most {each.maximum}" for each in block.collections
    )
    for choice in block.choices:
        yield from _choice(choice)
    yield from (_grant(each) for each in block.grants)
    yield from (_activation(each) for each in block.activations)
    yield from (_effect(each) for each in block.effects)
    yield from (f"on {hook.event}" for hook in block.hooks)


def _requirement(each: Requirement) -> str:
    return f"requires {format_formula(each.condition)}: {each.message}"


def _field(each: Field) -> str:
    mode = "" if each.mode is Mode.DERIVED else f"{each.mode} "
    value = "" if each.formula is None else f" = {format_formula(each.formula)}"
    return f"{mode}field {each.name} ({each.label}): {each.type}{value}"


def _choice(each: Choice) -> Iterator[str]:
    where = "" if each.where is None else f" where {format_formula(each.where)}"
    offered = ", ".join(entry.label for entry in each.entries)
    source = f"{len(each.entries)} entries" if each.where is not None or len(offered) > 100 else offered
    if each.options:
        source = "options"
    elif each.records is not None:
        source = f"any {each.records.removeprefix('record ')}"
    yield f"choose {each.name} ({each.label}): {format_formula(each.count)} of {source}{where}"
    for option in each.options:
        yield f"{INDENT}option {option.name} ({option.label})"
        yield from (INDENT * 2 + line for line in block_lines(option.shape.block))


def _grant(each: Grant) -> str:
    what = ", ".join(format_formula(formula) for formula in each.entries)
    return f"grant {what} to {_path(format_formula(each.holder), each.collection)}"


def _activation(each: Activation) -> str:
    when = "" if each.when is None else f" when {format_formula(each.when)}"
    return f"activate {format_formula(each.entries)}{when}"


def _path(of: str, name: str) -> str:
    return name if of == "this" else f"{of}.{name}"


def _effect(each: Effect) -> str:
    target = _path(format_formula(each.of), each.field) + ("" if each.where is None else f" where {format_formula(each.where)}")
    line = _VERBS[each.operation].format(target=target, value=format_formula(each.value))
    for word, formula in (("up to", each.cap), ("when", each.when)):
        line += "" if formula is None else f" {word} {format_formula(formula)}"
    line += f" against {each.against}" if each.against else ""
    return line + (f"  ({each.label})" if each.label else "")
