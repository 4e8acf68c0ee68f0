"""`rulecore fields`, `schema` and `graph`: what the packs declare."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated

import typer

from rulecore.cli.console import Format, write_json, write_lines
from rulecore.cli.opening import AsFormat, KindOption, Packs, open_rules, taught
from rulecore.cli.outcome import GOOD
from rulecore.errors import FieldError
from rulecore.names import nearest
from rulecore.ruleset.catalogue import FieldInfo

Pattern = Annotated[str, typer.Argument(metavar="[PATTERN]", help="Only ids that fit, such as `ab*`.")]
Field = Annotated[str, typer.Argument(metavar="[FIELD]", help="Only what this field reads and what reads it.")]


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.command("fields", help=taught(fields))(fields)
    root.command("schema", help=taught(schema))(schema)
    root.command("graph", help=taught(graph))(graph)


def fields(pattern: Pattern = "*", kind: KindOption = None, pack: Packs = [], output: AsFormat = Format.TEXT) -> int:  # noqa: B006
    """List every field there is: its id, who determines it, its type and its label.

    rulecore fields                         all of the usual document
    rulecore fields '*.base'                those that fit a pattern
    rulecore fields --kind ENTITY           those of another entity
    """
    found = [info for info in open_rules(pack).fields(kind) if fnmatchcase(info.id, pattern)]
    if output is Format.JSON:
        write_json([_json(info) for info in found])
    else:
        widths = [max((len(part) for part in column), default=0) for column in zip(*map(_parts, found), strict=False)]
        write_lines(
            "  ".join(part.ljust(width) for part, width in zip(_parts(info), widths, strict=True)).rstrip() for info in found
        )
    return GOOD


def _parts(info: FieldInfo) -> tuple[str, str, str, str]:
    return info.id, info.mode, info.type, info.label


def _json(info: FieldInfo) -> dict[str, str]:
    record = {
        "id": info.id,
        "mode": info.mode,
        "type": info.type,
        "label": info.label,
        "pack": info.pack,
        "text": info.text,
        "citation": info.citation,
    }
    return {key: value for key, value in record.items() if value}


def schema(kind: KindOption = None, pack: Packs = []) -> int:  # noqa: B006 - typer copies it
    """Print the JSON Schema of documents, made from what the packs declare as editable.

    rulecore schema > hero.schema.json      for an editor, or a validator
    rulecore schema --kind ENTITY           of another entity
    """
    write_json(open_rules(pack).schema(kind))
    return GOOD


def graph(field: Field = "", kind: KindOption = None, pack: Packs = [], output: AsFormat = Format.TEXT) -> int:  # noqa: B006
    """Print which field reads which, over everything that could ever be active; `a -> b` means that a reads b.

    rulecore graph                          the whole graph, an edge a line
    rulecore graph FIELD                    what a field reads, and what reads it
    rulecore graph --format json            nodes, and edges with the line of the pack that makes them
    """
    found = open_rules(pack).graph(kind)
    if field and field not in found.edges:
        near = nearest(field, found.edges)
        raise FieldError(f"there is no field `{field}` in the graph" + (f"; did you mean `{near}`?" if near else ""), near)
    edges = [
        edge
        for start in sorted(found.edges)
        for _end, edge in sorted(found.edges[start].items())
        if not field or field in {start, edge.end}
    ]
    if output is Format.JSON:
        shown = [{"from": edge.start, "to": edge.end, "place": str(edge.span), "entry": edge.entry} for edge in edges]
        write_json({"nodes": [field] if field else sorted(found.edges), "edges": shown})
    else:
        write_lines(f"{edge.start} -> {edge.end}" for edge in edges)
    return GOOD
