"""What a `pack` line may say below it, and whether this version of Brew can read the pack."""

from __future__ import annotations

from rulecore.dsl import ast
from rulecore.finding import Finding
from rulecore.names import nearest
from rulecore.packs.versions import is_range, satisfies

BREW = "1.0.0"
"""The version of Brew; packs ask for it with `engine`."""
KEYS = frozenset({"license", "authors", "engine", "standard", "homepage"})


def manifest_faults(pack: ast.Pack) -> list[Finding]:
    """Report unknown keys, and a range of Brew versions that does not hold this one."""
    findings: list[Finding] = []
    for line in pack.body:
        if not isinstance(line, ast.Meta):
            continue
        key = str(line.key)
        if key not in KEYS:
            findings.append(
                Finding(
                    "pack.key",
                    f"a pack has no `{key}`",
                    span=line.span,
                    found=key,
                    nearest=nearest(key, KEYS),
                    expected=sorted(KEYS),
                )
            )
        elif key == "engine":
            findings += _engine(line)
    return findings


def _engine(line: ast.Meta) -> list[Finding]:
    item = line.items[0]
    wanted = item.value.value if isinstance(item, ast.Operand) and isinstance(item.value, ast.Text) else ""
    if not is_range(wanted):
        return [
            Finding(
                "pack.range", f"`{wanted}` is no version range", span=line.span, found=wanted, hint='write it like `">=1.0,<2"`'
            )
        ]
    if satisfies(BREW, wanted):
        return []
    return [
        Finding(
            "pack.engine",
            f"this pack needs Brew {wanted}, and this is Brew {BREW}",
            span=line.span,
            expected=wanted,
            found=BREW,
            hint="install another version of rulecore",
        )
    ]
