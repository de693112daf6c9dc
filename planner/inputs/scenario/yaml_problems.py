"""What breaks a YAML file, in its reader's words: the place, what stands there, and what was probably meant.

The parser's own sentences are English and speak of tokens. Here each becomes one of ours, chosen by the kind of its
problem and by the lines around it; one that is not known is told by its place alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from planner.messages import Sentence

CURLY_QUOTES = "“”„‟‘’‚‛«»"
_TIGHT = re.compile(r"(?:^\s*(?:-\s+)?|[{,]\s*)([^\W\d]\w*):(?!//)(\{[^}]*\}?|\[[^\]]*\]?|[^\s/,}\]][^,}]*)")
_AFTER_QUOTE = re.compile(r""":\s+("[^"]*"|'[^']*')\s*[^\s#,}\]]""")
_SIGNS = "@`%*&!|>?"
_TEXTS = ("title", "source", "authority", "en", "vi")  # keys behind which a text stands
_CLOSING = {"{": "}", "[": "]"}


def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text)


def tight_colon(line: str) -> str:
    """An entry that lacks the blank after its colon (`from:2021`), as it was meant; empty where there is none."""
    found = _TIGHT.search(line)
    return f"{found[1]}: {found[2].strip()}" if found else ""


def problem_told(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[int, Sentence]:
    """The line of a problem [from 1], and the sentence about it."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return _unmarked(error, lines)
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, Sentence("yaml_unreadable")
    start = error.context_mark or mark
    return next(_readings(error, lines, start, mark), (mark.line + 1, Sentence("yaml_unreadable")))


def _readings(
    error: yaml.MarkedYAMLError, lines: Sequence[str], start: yaml.Mark, mark: yaml.Mark
) -> Iterator[tuple[int, Sentence]]:
    """What the problem may be, the plainest first: the signs of a slip on its lines, then the kind of the problem."""
    here, began, problem = _line(lines, mark.line), _line(lines, start.line), error.problem or ""
    if re.match(r" *\t", here):
        yield mark.line + 1, Sentence("yaml_tab")
    if "quoted scalar" in (error.context or "") and "unexpected" in problem:
        yield start.line + 1, Sentence("yaml_open_quote", {"text": _short(began[start.column :])})
    if "escape" in problem or "hexdecimal" in problem:
        yield mark.line + 1, Sentence("yaml_escape")
    for number in dict.fromkeys((start.line, mark.line)):
        line = _line(lines, number)
        if any(sign in line for sign in CURLY_QUOTES) and not _quotes_curly(line):
            yield number + 1, Sentence("yaml_curly_quote", {"text": _short(line.strip())})
        if meant := tight_colon(line):
            yield number + 1, Sentence("yaml_tight_colon", {"meant": _short(meant)})
    if "',' or" in problem:
        yield _in_brackets(lines, start, mark)
    if "mapping values" in problem:
        yield _second_colon(lines, mark)
    if "expected ':'" in problem:
        yield start.line + 1, Sentence("yaml_no_colon", {"text": _short(began.strip())})
    yield from _signs(lines, start, mark)
    if "expected key" in problem or "'-' indicator" in problem or "block sequence entries" in problem:
        yield mark.line + 1, Sentence("yaml_indentation", {"text": _short(here.strip())})


def _signs(lines: Sequence[str], start: yaml.Mark, mark: yaml.Mark) -> Iterator[tuple[int, Sentence]]:
    """A sign that cannot stand where it stands."""
    here = _line(lines, mark.line)
    sign = here[mark.column : mark.column + 1]
    if sign in ("}", "]"):
        yield mark.line + 1, Sentence("yaml_close_bracket", {"sign": sign})
    if _AFTER_QUOTE.search(here):
        yield mark.line + 1, Sentence("yaml_after_quote", {"text": _short(here.strip())})
    for place in (start, mark):
        first = _line(lines, place.line)[place.column : place.column + 1]
        if first and first in _SIGNS:
            yield place.line + 1, Sentence("yaml_sign", {"sign": first})
    if behind := re.search(r"[:,\[]\s+([*&!@`%|>])", here):
        yield mark.line + 1, Sentence("yaml_sign", {"sign": behind[1]})
    if sign == ",":
        yield mark.line + 1, Sentence("yaml_comma")


def _in_brackets(lines: Sequence[str], start: yaml.Mark, mark: yaml.Mark) -> tuple[int, Sentence]:
    """A bracket left open, or entries inside of it that no comma divides."""
    here, began = _line(lines, mark.line), _line(lines, start.line)
    sign = began[start.column : start.column + 1]
    if mark.line == start.line and here[mark.column : mark.column + 1] not in _CLOSING.values():
        return mark.line + 1, Sentence("yaml_no_comma", {"text": _short(here[: mark.column + 1].strip(), last=True)})
    return start.line + 1, Sentence("yaml_open_bracket", {"sign": sign, "closing": _CLOSING.get(sign, "")})


def _second_colon(lines: Sequence[str], mark: yaml.Mark) -> tuple[int, Sentence]:
    """A colon where there can be none: a text with a colon in it, or a line that stands too far to the right."""
    here = _line(lines, mark.line)
    before = here[: mark.column]
    if key := re.match(r"\s*(?:-\s+)?([^:{\[]+):\s+\S", before[:1_000]):
        name, text = key[1].strip(), _short(here[key.end() - 1 :].strip())
        if re.match(r"\w+:", text) and name not in _TEXTS:
            return mark.line + 1, Sentence("yaml_needs_braces", {"meant": f"{name}: {{{text}}}"})
        return mark.line + 1, Sentence("yaml_colon_in_text", {"meant": f'{name}: "{text}"'})
    above = next((number for number in reversed(range(mark.line)) if _line(lines, number).strip()), mark.line)
    line = _line(lines, above).strip()
    if meant := tight_colon(line):
        return above + 1, Sentence("yaml_tight_colon", {"meant": _short(meant)})
    if above != mark.line and ":" not in line:
        return above + 1, Sentence("yaml_no_colon", {"text": _short(line)})
    return mark.line + 1, Sentence("yaml_indentation", {"text": _short(here.strip())})


def _unmarked(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[int, Sentence]:
    """A character that no YAML file may hold."""
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return 1, Sentence("yaml_unreadable")
    for number, line in enumerate(lines, 1):
        if position <= len(line):
            return number, Sentence("yaml_control")
        position -= len(line) + 1
    return 1, Sentence("yaml_control")


def _quotes_curly(line: str) -> bool:
    """Whether curly quotes stand between straight ones."""
    straight = [place for place, sign in enumerate(line) if sign in "\"'"]
    return bool(straight) and any(sign in "“”‘’" for sign in line[straight[0] : straight[-1]])


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _short(text: str, *, last: bool = False) -> str:
    """At most so much of a text as a sentence can hold; its end where the problem is there."""
    if len(text) <= 50:
        return text
    return "..." + text[-47:] if last else text[:47] + "..."
