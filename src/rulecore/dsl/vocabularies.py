"""What others call what the packs declare: fields, parts, lists, choices, entries and kinds with their other words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rulecore.dsl import arithmetic, ast
from rulecore.dsl.declare import Segment
from rulecore.dsl.effects import Aim, Effects
from rulecore.dsl.expressions import Expressions
from rulecore.dsl.scope import Scope
from rulecore.source import Span

_FORMS = ("field", "part", "collection", "choice")
_KIND = "kind"


class Vocabularies:
    """Lowers vocabularies."""

    def __init__(self, expressions: Expressions) -> None:
        """Look targets up with the given expression checker."""
        self.declared, self.report = expressions.declared, expressions.report
        self.expressions, self.effects = expressions, Effects(expressions)

    def vocabulary(self, name: str, segments: Sequence[Segment]) -> dict[str, tuple[str, ...]]:
        """Give the aliases of an entity, by what they stand for."""
        if name not in self.declared.entities:
            span = segments[0].lines[0].span
            message = f"there is no entity `{name}` to have other words for"
            self.report.error("vocabulary.unknown", span, message, found=name, known=self.declared.entities)
            return {}
        found: dict[str, tuple[str, ...]] = {}
        first: dict[tuple[Hashable, str], Span] = {}
        for segment in segments:
            scope = Scope(f"entity {name}", segment.pack, (name,))
            for line in segment.lines:
                if isinstance(line, ast.Alias):
                    self._add(line, scope, found, first)
        return found

    def _add(
        self, line: ast.Alias, scope: Scope, found: dict[str, tuple[str, ...]], first: dict[tuple[Hashable, str], Span]
    ) -> None:
        sort = self._sort(line, scope)
        if sort is None:
            return
        for text in line.texts:
            before = first.setdefault((sort, text.casefold()), line.span)
            if before is not line.span:
                message = f"{text!r} is an alias of something else of this sort already, so it would say which of neither"
                self.report.error(
                    "alias.twice", line.span, message, found=text, related=[("first given", before)], hint="leave one of them out"
                )
        key = f"every {line.target.path}" if line.target.every else str(line.target.path)
        found[key] = (*found.get(key, ()), *line.texts)

    def _sort(self, line: ast.Alias, scope: Scope) -> Hashable:
        """Say among what the words of an alias have to be unlike, none where it stands for nothing."""
        names = line.target.path.names
        if not line.target.every and len(names) == 2:
            if names in self.declared.entries:
                return "entry", names[0]
            if names[0] == _KIND and names[1] in self.declared.kinds:
                return _KIND
        aim = self._aim(line, scope)
        if aim is None:
            return None
        return names[: line.target.every], str(aim.of.type), aim.member.form, arithmetic.is_numeric(aim.member.type)

    def _aim(self, line: ast.Alias, scope: Scope) -> Aim | None:
        state, before = self.report.state(), len(self.report.findings)
        aim = self.effects.aim(line.target, scope, _FORMS)
        new = self.report.findings[before:]
        if aim is not None and not new:
            return aim
        self.report.restore(state)
        path = line.target.path
        known = [each.nearest for each in new if each.nearest is not None]
        known += [name for kind, name in self.declared.entries if kind == path.names[0]]
        message = f"there is nothing called `{path}` that could have another word"
        hint = None if known else "write a field, an entry as `KIND.NAME`, or `kind.NAME`"
        self.report.error("alias.unknown", path.span, message, found=path.names[-1], known=known, hint=hint)
        return None
