# ruff: noqa: INP001
"""The commands and code of the pages, read out of them and run; `tests/test_docs.py` does that for every page.

A fenced block is run by its language:

- `sh`: every line is a command; lines that start with `planner` are run, any other is an error.
- `console`: lines that start with `$` are commands, the lines below are what they print; `...` stands for any text.
- `python`: run as it stands, the names of earlier blocks of the page still there.

A comment on the line above says more: `<!-- file: NAME -->` writes the block to that file, `<!-- long -->` takes
minutes, `<!-- not run: WHY -->` and `<!-- command: NAME -->` (`.ci/run` runs those) leave the block out.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.cli import app
from planner.messages import speaking

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"(?:^<!-- (?P<mark>[^\n]*?) -->\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = ("sh", "console", "python")
ELSEWHERE = ("not run:", "command:", "new:", "add:", "swap:")


@dataclass(frozen=True)
class Snippet:
    """A fenced block of a page: its language, text and first line, and the comment above it."""

    kind: str
    text: str
    line: int
    mark: str = ""

    @property
    def file(self) -> str:
        """The name of the file to write; empty if none."""
        return self.mark.removeprefix("file: ") if self.mark.startswith("file: ") else ""

    @property
    def long(self) -> bool:
        """Whether it takes minutes."""
        return self.mark == "long"

    @property
    def runs(self) -> bool:
        """Whether it is to be run."""
        return self.kind in RUN and not self.mark.startswith(ELSEWHERE) and not self.file


def pages() -> list[Path]:
    """Every page of the site, the README, the guide for contributors and what is said of security."""
    return [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *sorted((ROOT / "docs").rglob("*.md")),
    ]


def snippets(page: Path) -> list[Snippet]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Snippet(found["kind"], found["text"], text.count("\n", 0, found.start("kind")) + 1, found["mark"] or "")
        for found in FENCE.finditer(text)
    ]


def run(page: Path, *, long: bool) -> int:
    """Run a page's snippets in the working directory and return how many were run.

    Raises
    ------
    AssertionError
        A command failed, or printed something else than the page says.
    """
    names: dict[str, Any] = {}
    chosen = [found for found in snippets(page) if long or not found.long]
    for found in chosen:
        where = f"{page.relative_to(ROOT)}:{found.line}"
        if found.file:
            Path(found.file).write_text(found.text, encoding="utf-8")
        elif found.runs and found.kind == "python":
            exec(compile(found.text, where, "exec"), names)  # noqa: S102
        elif found.runs:
            for command, expected in commands(found):
                _check(where, command, expected)
    return sum(found.runs for found in chosen)


def commands(found: Snippet) -> Iterator[tuple[str, str]]:
    """The commands of a block, each with what it should print (empty: not said)."""
    lines = found.text.replace("\\\n", " ")
    if found.kind == "console":
        for part in re.split(r"^\$ ", lines, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed
    else:
        yield from ((line, "") for line in lines.splitlines() if shlex.split(line, comments=True))


def _check(where: str, command: str, expected: str) -> None:
    words = shlex.split(command, comments=True)
    assert words[0] == "planner", f"{where}: a page may only call planner: {command}"
    printed, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(told), speaking("en"):
        status = app.run(words[1:])
    said = _status(command)
    assert status == said, f"{where}: {command}: exit status {status} instead of {said}: {told.getvalue()}"
    if expected:
        assert _matches(printed.getvalue(), expected), f"{where}: {command} printed\n{printed.getvalue()}"


def _status(command: str) -> int:
    """The exit status that a comment behind the command announces (`# exit status 1`), else 0."""
    found = re.search(r"# exit status (\d)", command)
    return int(found[1]) if found else 0


def _matches(printed: str, expected: str) -> bool:
    """Whether the text expected stands in what was printed: `...` is any text, blanks and frames count as one blank."""
    pattern = ".*?".join(re.escape(_plain(part)) for part in expected.split("..."))
    return re.search(pattern, _plain(printed), re.DOTALL) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\u2500-\u257f]", " ", text).split())


# --- worked examples ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """A section of CONTRIBUTING.md that changes files: its heading, its edits in order, the tests that then pass."""

    heading: str
    edits: tuple[Snippet, ...]
    tests: tuple[str, ...]


def examples(page: Path) -> list[Example]:
    """The sections that end with a comment `<!-- then: TESTS -->`."""
    found = []
    for section in re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        heading, _, text = section.partition("\n")
        then = re.search(r"^<!-- then: (.+) -->$", text, flags=re.MULTILINE)
        if then is not None:
            edits = [Snippet(one["kind"], one["text"], 0, one["mark"] or "") for one in FENCE.finditer(text)]
            found.append(Example(heading, tuple(edits), tuple(then[1].split())))
    return found


def follow(example: Example, folder: Path) -> set[str]:
    """Make the edits in a copy of the repository; return the files that were changed.

    A comment above a block says what to do with it: `new: FILE`, `add: FILE, after: LINE`, `add: FILE, before: LINE`
    (LINE is how the first such line begins), `add: FILE, at the end`, `swap: FILE, old: TEXT`. A function gets the two
    empty lines that keep it apart.
    """
    changed = set()
    for edit in example.edits:
        verb, _, rest = edit.mark.partition(": ")
        name, _, how = rest.partition(", ")
        old = "" if verb == "new" else (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(_edited(old, verb, how, edit.text), encoding="utf-8")
        changed.add(name)
    return changed


def _edited(old: str, verb: str, how: str, text: str) -> str:
    apart = "\n\n" if text.startswith("def ") else ""
    if verb == "new" or how == "at the end":
        return old + apart + text
    place, _, mark = how.partition(": ")
    if verb == "swap":
        assert mark in old, f"no {mark}"
        return old.replace(mark, text.rstrip("\n"), 1)
    lines = old.splitlines(keepends=True)
    at = next((number for number, line in enumerate(lines) if line.lstrip().startswith(mark)), None)
    assert at is not None, f"no line begins with {mark}"
    at += place == "after"
    return "".join([*lines[:at], text, apart, *lines[at:]])
