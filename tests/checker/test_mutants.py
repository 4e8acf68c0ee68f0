"""One line of a good pack is changed: what changes its meaning is reported, and where it is."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from rulecore.errors import PackError
from rulecore.finding import Finding, Severity
from rulecore.packs.load import Loaded, load
from tests.checker.content import content
from tests.checker.mutants import Mutant, mutants
from tests.checker.tiny import FILES, write

SEED = 2024
OF_EACH = 30
OF_EACH_REAL = 4
REAL = Path(__file__).parents[2] / "packs"
# A number, an operator of effects, a line that goes: other rules, and good ones. Names that nobody uses may be any.
MAY_BE_SILENT = {
    "letter of a declared name", "number out of range", "line away", "another word of the language", "indented less",
    "indented more", "another type", "colon away", "comma away", "equals away",
}  # fmt: skip
# A declaration that goes, or has another name, is missed where it is used.
MISSED_ELSEWHERE = {"letter of a declared name", "line away", "another word of the language"}

Result = tuple[Mutant, str, Loaded | None]


def outcome(mutant: Mutant, findings: Sequence[Finding] | None, *, same: bool) -> str:
    """Say what became of a mutant."""
    if findings is None:
        return "located"
    if not findings:
        return "harmless" if same else "silent"
    places = [finding.span for finding in findings if finding.span is not None]
    places += [span for finding in findings for _what, span in finding.related]
    if any(place.file.endswith(mutant.file) and abs(place.line - mutant.line) <= 1 for place in places):
        return "located"
    if mutant.operator in MISSED_ELSEWHERE and mutant.name is not None:
        named = any(_names(finding, mutant.name) for finding in findings)
        return "named" if named else "elsewhere"
    return "elsewhere"


def _names(finding: Finding, name: str) -> bool:
    """Whether a finding says which name is missed."""
    told = (finding.found, finding.nearest)
    return any(str(each).split(".")[-1] == name for each in told) or f"`{name}`" in finding.message


def judged(files: dict[str, str], folder: Path, made: Sequence[Mutant], asked: Sequence[str]) -> list[Result]:
    write(folder, files)
    original = content(load(*(folder / name for name in asked)).rules)
    results: list[Result] = []
    for mutant in made:
        path = folder / mutant.file
        path.write_text(mutant.text, encoding="utf-8")
        try:
            loaded = load(*(folder / name for name in asked))
        except PackError:
            results.append((mutant, outcome(mutant, None, same=False), None))
        else:
            worth = [finding for finding in loaded.findings if finding.severity is not Severity.NOTE]
            same = not worth and content(loaded.rules) == original
            results.append((mutant, outcome(mutant, worth, same=same), loaded))
        path.write_text(files[mutant.file], encoding="utf-8")
    return results


def table(results: Sequence[Result]) -> str:
    columns = ["located", "named", "harmless", "silent", "elsewhere"]
    rows = [f"{'operator':32}" + "".join(f"{column:>10}" for column in columns)]
    counts: dict[str, Counter[str]] = {}
    for mutant, how, _ in results:
        counts.setdefault(mutant.operator, Counter())[how] += 1
    counts["all"] = Counter(how for _, how, _ in results)
    rows += [f"{name:32}" + "".join(f"{each[column]:>10}" for column in columns) for name, each in counts.items()]
    for mutant, how, loaded in results:
        if how == "elsewhere" or (how == "silent" and mutant.operator not in MAY_BE_SILENT):
            places = ", ".join(f"{f.code} {f.span}" for f in loaded.findings[:2]) if loaded is not None else ""
            what = f"{mutant.before.strip()} | {mutant.after.strip()} | {places}"
            rows.append(f"{how} ({mutant.operator}) {mutant.file}:{mutant.line} {what}")
    rows.append(f"located or named: {share(results):.1%} of those reported or to be reported")
    rows.append(f"located within a line, where the line is still there: {share(standing(results), {'located'}):.1%}")
    return "\n" + "\n".join(rows) + "\n"


def standing(results: Sequence[Result]) -> list[Result]:
    """Leave out those whose line is gone, which no place can point to."""
    return [result for result in results if result[0].operator != "line away"]


def share(results: Sequence[Result], good: Sequence[str] = ("located", "named")) -> float:
    """Give how many of those that are or ought to be reported are reported well: at their place, or by the missed name."""
    due = [
        how
        for mutant, how, _ in results
        if how in {"located", "named", "elsewhere"} or (how == "silent" and mutant.operator not in MAY_BE_SILENT)
    ]
    return sum(how in good for how in due) / len(due)


def test_a_changed_line_is_found_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = judged(FILES, tmp_path, list(mutants(FILES, OF_EACH, SEED)), ["kites", "gusts"])
    with capsys.disabled():
        sys.stdout.write(table(results))
    assert len(results) >= 300
    assert share(results) >= 0.98
    assert share(standing(results), ["located"]) >= 0.98


@pytest.mark.slow
def test_a_changed_line_of_a_real_pack_is_found_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {str(path.relative_to(REAL)): path.read_text(encoding="utf-8") for path in sorted(REAL.rglob("*.brew"))}
    names = sorted({name.split("/")[0] for name in files})
    assert not [finding for finding in load(*(REAL / name for name in names)).findings if finding.severity is Severity.ERROR]
    results = judged(files, tmp_path, list(mutants(files, OF_EACH_REAL, SEED)), names)
    with capsys.disabled():
        sys.stdout.write(table(results))
    assert share(results) >= 0.98
