"""What is wrong with one line: the first cause in a row of causes that explains it, with a corrected line where one is near."""

from __future__ import annotations

from rulecore.dsl.faults import Faults
from rulecore.dsl.grammar import GLUED, try_parse
from rulecore.dsl.refusal import LONGEST_TRIED, Refusal, Report, refuse
from rulecore.dsl.scan import shortened
from rulecore.dsl.terminals import OPERATORS, PLACEHOLDERS, VALUES, expected_phrases, listed, word_of
from rulecore.names import nearest

_HOW_FAR_BACK = 4


def diagnose(text: str, line: int, faults: Faults) -> None:
    """Say what is wrong with a line that the grammar refuses; `line` is its number in the file."""
    refusal = refuse(text)
    report = Report(refusal, line, faults)
    if len(text) > LONGEST_TRIED or not any(attempt(report) for attempt in _ATTEMPTS):
        _unexpected(report)


def _misspelt(report: Report) -> bool:
    """A word that is nearly a word of Brew, and the line is right with that."""
    refusal = report.refusal
    last = len(refusal.tokens) - 1
    for index in dict.fromkeys([last, *range(last - 1, max(-1, last - _HOW_FAR_BACK), -1), 0]):
        token = refusal.tokens[index]
        if index < last and token.type not in {"NAME", GLUED}:
            continue
        near = _near(str(token), refusal.accepted[index])
        if near is None:
            continue
        better = refusal.replaced(index, near)
        if try_parse(better) is not None:
            message = f"`{token}` cannot stand here; `{near}` can"
            return report.add("syntax.misspelt_word", message, at=index, better=better, near=near)
    return False


def _near(word: str, accepted: frozenset[str]) -> str | None:
    if not word.isidentifier():
        return None
    known = [other for other in map(word_of, accepted) if other and other != word]
    turned = next((other for other in known if sorted(other) == sorted(word)), None)
    return turned or nearest(word, known)


def _glued(report: Report) -> bool:
    refusal = report.refusal
    if refusal.found.type != GLUED or refusal.before is None:
        return False
    start = refusal.tokens[-2].start_pos or 0
    word, word_before = f"{refusal.before}{refusal.found}", refusal.before
    better = refusal.text[:start] + word_before + refusal.text[refusal.found.end_pos :]
    if try_parse(better) is None:
        better = refusal.text[:start] + f"{word_before} {refusal.found}" + refusal.text[refusal.found.end_pos :]
    at = len(refusal.tokens) - 2
    message = f"`{shortened(word)}` cannot stand here; `{word_before}` can"
    return report.add("syntax.misspelt_word", message, at=at, better=better, near=word_before, length=len(word))


def _bar(report: Report) -> bool:
    refusal = report.refusal
    if refusal.found != "," or "VBAR" not in refusal.accepted[-1]:
        return False
    better = refusal.text[: refusal.found.start_pos] + " |" + refusal.text[refusal.found.end_pos :].replace(",", " |")
    return report.add(
        "syntax.bar",
        "the words of a `one of` are divided by `|`",
        better=better if try_parse(better) is not None else None,
    )


def _version(report: Report) -> bool:
    refusal = report.refusal
    if "VERSION" not in refusal.accepted[-1] or refusal.found.type != "NUMBER":
        return False
    complete = ".".join([*refusal.found.split("."), "0", "0"][:3])
    return report.add(
        "syntax.version",
        f"a version has three numbers, and `{refusal.found}` has fewer",
        better=refusal.replaced(-1, complete),
    )


def _quoted(report: Report) -> bool:
    refusal = report.refusal
    if not refusal.accepted[-1] <= {"STRING", "LONG_STRING"} or refusal.at_end or not refusal.accepted[-1]:
        return False
    rest = refusal.text[refusal.found.start_pos :].rstrip()
    better = refusal.replaced(-1, f'"{refusal.found}"')
    if try_parse(better) is None and '"' not in rest:
        better = refusal.text[: refusal.found.start_pos] + f'"{rest}"'
    return report.add(
        "syntax.missing_text",
        f"a quoted text belongs before {_named(refusal)}, or around it",
        better=better if try_parse(better) is not None else None,
    )


def _doubled(report: Report) -> bool:
    refusal = report.refusal
    last = len(refusal.tokens) - 1
    if refusal.found == "=" and refusal.before == "=":
        return report.add("syntax.operator", "two values are compared with one `=`", better=refusal.removed())
    for index in range(last, max(0, last - _HOW_FAR_BACK), -1):
        word = str(refusal.tokens[index])
        if word.strip() and word == str(refusal.tokens[index - 1]):
            better = refusal.removed(index)
            if try_parse(better) is not None:
                return report.add("syntax.doubled_word", f"`{shortened(word)}` stands here twice", at=index, better=better)
    return False


def _operator(report: Report) -> bool:
    refusal = report.refusal
    for wrong, right in (("=<", "<="), ("=>", ">="), ("<>", "!=")):
        if f"{refusal.before}{refusal.found}" == wrong:
            start = refusal.tokens[-2].start_pos or 0
            better = refusal.text[:start] + right + refusal.text[refusal.found.end_pos :]
            return report.add(
                "syntax.operator", f"`{wrong}` is no operator; `{right}` is", better=better, at=len(refusal.tokens) - 2
            )
    return False


def _missing_sign(report: Report) -> bool:
    refusal = report.refusal
    signs = {
        "COLON": (":", "colon"),
        "EQ": ("=", "equals"),
        "COMMA": (",", "comma"),
        "RPAR": (")", "bracket"),
        "RSQB": ("]", "bracket"),
        "LEADS_TO": ("->", "leads_to"),
    }
    if refusal.accepted[-1] <= {"DOT", "LPAR"}:
        signs["LPAR"] = ("()", "bracket")
    for terminal, (sign, name) in signs.items():
        if (
            terminal not in refusal.accepted[-1]
            or (sign == "," and refusal.at_end)
            or (sign == "=" and "CMP" in refusal.accepted[-1])
        ):
            continue
        better = refusal.inserted(sign, close=sign not in {"=", "->"})
        if try_parse(_completed(report, better)) is not None:
            return report.add(f"syntax.missing_{name}", f"a `{sign}` is missing {_where(refusal)}", better=better)
    return False


def _missing_word(report: Report) -> bool:
    refusal = report.refusal
    right = []
    for terminal in sorted(refusal.accepted[-1]):
        word = word_of(terminal)
        if word and word not in {"true", "false", "none", "not", "every"} and terminal not in OPERATORS:
            better = refusal.inserted(word)
            if try_parse(better) is not None:
                right.append((word, better))
    if len(right) == 1:
        word, better = right[0]
        if refusal.before == word:
            return report.add("syntax.missing_value", f"a value is missing before `{word}`", at=len(refusal.tokens) - 2)
        return report.add("syntax.missing_word", f"the word `{word}` is missing {_where(refusal)}", better=better)
    return False


def _missing_part(report: Report) -> bool:
    """Nothing stands where a value, a name, a text, a type or a version belongs."""
    refusal = report.refusal
    accepted = refusal.accepted[-1]
    if not refusal.at_end and refusal.found.type in VALUES:
        return False
    for part, what, terminals, placeholder in PLACEHOLDERS:
        if terminals <= accepted and (refusal.at_end or _goes_on(report, placeholder)):
            return report.add(f"syntax.missing_{part}", f"{what} is missing {_where(refusal)}")
    return False


def _goes_on(report: Report, placeholder: str) -> bool:
    """Whether, with something put in before the refused token, the line can be read beyond that token."""
    refusal = report.refusal
    better = refusal.inserted(placeholder)
    return try_parse(better) is not None or len(refuse(better).tokens) > len(refusal.tokens) + 1


def _superfluous(report: Report) -> bool:
    """A sign that the line is right without; a word may be anything, so that leaving it out is no advice."""
    refusal = report.refusal
    if refusal.at_end or refusal.found[:1].isalnum():
        return False
    better = refusal.removed()
    if better.strip() == "" or try_parse(better) is None:
        return False
    return report.add("syntax.unexpected", f"{_named(refusal)} cannot stand{_instead(refusal)}", better=better)


def _unexpected(report: Report) -> None:
    refusal = report.refusal
    code = "syntax.unfinished" if refusal.at_end else "syntax.unexpected"
    message = "the line ends too early" if refusal.at_end else f"{_named(refusal)} cannot stand"
    report.add(code, f"{message}{_instead(refusal)}")


def _completed(report: Report, better: str) -> str:
    """Where the line ends, a sign alone may not be enough: a type or a value belongs behind it."""
    if not report.refusal.at_end:
        return better
    return next((f"{better} {part}" for part in ("int", "1") if try_parse(f"{better} {part}") is not None), better)


def _named(refusal: Refusal) -> str:
    return f"`{shortened(str(refusal.found))}`"


def _where(refusal: Refusal) -> str:
    if refusal.at_end:
        return f"after `{shortened(refusal.before)}`" if refusal.before else "in this line"
    return f"before {_named(refusal)}"


def _instead(refusal: Refusal) -> str:
    phrases = expected_phrases(refusal.accepted[-1])
    after = f" after `{shortened(refusal.before)}`" if refusal.before else " at the start of a line"
    return f"{after}: expected {listed(phrases)}" if phrases else after


_ATTEMPTS = (
    _glued,
    _operator,
    _bar,
    _version,
    _quoted,
    _doubled,
    _misspelt,
    _missing_sign,
    _missing_word,
    _missing_part,
    _superfluous,
)
