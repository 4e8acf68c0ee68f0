"""The order of packs: a pack stands behind those it uses; the rest is by id, so that it never matters how they came."""

from __future__ import annotations

from collections.abc import Mapping

from rulecore.dsl import ast
from rulecore.finding import Finding
from rulecore.names import nearest
from rulecore.packs.versions import is_range, satisfies


def uses_of(pack: ast.Pack) -> list[ast.Uses]:
    """Give the `uses` lines of a manifest."""
    return [line for line in pack.body if isinstance(line, ast.Uses)]


def ordered(packs: Mapping[str, ast.Pack]) -> tuple[list[str], list[Finding]]:
    """Give the ids in order; packs that use each other in a circle come last, with a finding."""
    findings: list[Finding] = []
    done: list[str] = []
    waiting = dict(sorted(packs.items()))
    while waiting:
        ready = next(
            (
                name
                for name, pack in waiting.items()
                if all(line.name in done or line.name not in packs for line in uses_of(pack))
            ),
            None,
        )
        if ready is None:
            findings.append(_circle(waiting))
            done += waiting
            break
        done.append(ready)
        del waiting[ready]
    return done, findings


def _circle(waiting: Mapping[str, ast.Pack]) -> Finding:
    names = ", ".join(f"`{name}`" for name in waiting)
    first = next(iter(waiting.values()))
    related = tuple((f"`{name}` uses another", pack.span) for name, pack in waiting.items())
    return Finding("pack.circle", f"the packs {names} use each other in a circle", span=first.span, related=related)


def unmet(packs: Mapping[str, ast.Pack], known: Mapping[str, object]) -> list[Finding]:
    """Report each pack that is used and not there, or there in another version."""
    found = (_unmet(pack, line, packs, known) for pack in packs.values() for line in uses_of(pack))
    return [finding for finding in found if finding is not None]


def _unmet(pack: ast.Pack, line: ast.Uses, packs: Mapping[str, ast.Pack], known: Mapping[str, object]) -> Finding | None:
    if line.alias is not None:
        hint = "leave `as …` out"
        return Finding("uses.alias", "a pack is used under its own name", span=line.span, found=line.alias, hint=hint)
    if not is_range(line.versions):
        message, hint = f"`{line.versions}` is no version range", 'write it like `">=1.0,<2"`'
        return Finding("pack.range", message, span=line.span, found=line.versions, hint=hint)
    other = packs.get(line.name)
    if other is None:
        return Finding(
            "pack.missing",
            f"pack `{pack.name}` uses `{line.name}`, which is not installed",
            span=line.span,
            found=line.name,
            nearest=nearest(line.name, known),
            expected=line.versions,
            related=(("used here", line.span),),
        )
    if satisfies(other.version, line.versions):
        return None
    return Finding(
        "pack.version",
        f"pack `{pack.name}` uses `{line.name}` {line.versions}, and version {other.version} is there",
        span=line.span,
        expected=line.versions,
        found=other.version,
        related=((f"`{other.name}`", other.span),),
    )


def visible(name: str, packs: Mapping[str, ast.Pack]) -> frozenset[str]:
    """Give the packs whose names a pack may use: itself and, through them, all that it uses."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each not in found and each in packs:
            found.add(each)
            waiting += [line.name for line in uses_of(packs[each])]
    return frozenset(found)
