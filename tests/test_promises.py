"""What is promised can be looked up: every test and command that the page of promises names exists."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from planner.cli import app

PAGE = ROOT / "docs" / "promises.md"
IN_VIETNAMESE = ROOT / "docs" / "vi" / "cam-ket.md"
SECURITY = ROOT / "SECURITY.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TEST = re.compile(r"(tests/test_\w+\.py)(?:::(\w+))?")
COMMAND = re.compile(r"(?<![\w/-])(benchmarks/\w+\.py|\.ci/\w+)|-m (benchmarks\.\w+)")
REACHING_OUT = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.sendto",
    "subprocess.Popen",
    "os.system",
    "os.posix_spawn",
)
"""Events of the interpreter's audit (PEP 578): a connection, the look-up of a name, another program."""

heard: list[tuple[str, str]] | None = None


def promises(page: Path) -> list[list[str]]:
    """The rows of the tables of promises: what is promised, by what it is tested, the figures."""
    found: list[list[str]] = []
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in ("promise", "cam kết"):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and set(cells[0]) != {"-"}:
            found.append(cells)
    return found


def missing(text: str) -> list[str]:
    """The tests and commands that a text names and that there are not."""
    absent = []
    for file, name in TEST.findall(text):
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8")) if (ROOT / file).is_file() else ast.Module([], [])
        tests = {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}
        if not tests or (name and name not in tests):
            absent.append(f"{file}::{name}".removesuffix("::"))
    for path, module in COMMAND.findall(text):
        command = path or f"{module.replace('.', '/')}.py"
        absent += [] if (ROOT / command).is_file() else [command]
    return absent


@pytest.mark.parametrize("page", [PAGE, IN_VIETNAMESE, SECURITY], ids=lambda page: page.name)
def test_what_tests_a_promise_exists(page: Path) -> None:
    """Every test and every command named on the pages is one that there is."""
    assert missing(page.read_text(encoding="utf-8")) == []


def test_a_name_that_there_is_not_is_missed() -> None:
    """A test that was renamed or taken away, and a command, are found out."""
    text = "`tests/test_promises.py::test_of_nothing`, `tests/test_nothing_at_all.py`, `benchmarks/none.py`, `.ci/none`"
    assert missing(text) == [
        "tests/test_promises.py::test_of_nothing",
        "tests/test_nothing_at_all.py",
        "benchmarks/none.py",
        ".ci/none",
    ]
    assert (
        missing("`tests/test_promises.py::test_what_tests_a_promise_exists`, `.ci/run`, -m benchmarks.interruptions")
        == []
    )


@pytest.mark.parametrize("page", [PAGE, IN_VIETNAMESE], ids=lambda page: page.name)
def test_no_promise_is_without_a_test(page: Path) -> None:
    """Every row names what tests it; a figure says when it was measured, or that nobody did."""
    rows = promises(page)
    assert len(rows) > 10
    assert [row for row in rows if len(row) != 3] == []
    assert [row[0] for row in rows if not TEST.search(row[1]) and not COMMAND.search(row[1])] == []
    figures = [row[2] for row in rows if "benchmarks/results/" in row[2]]
    assert [figure for figure in figures if not re.search(r"\b20\d\d\b", figure) and "not all" not in figure] == []


def needed(names: Iterator[str] | list[str]) -> set[str]:
    """The libraries that an installed planner needs, with what these need in turn, as they are installed here."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = canonicalize_name(left.pop())
        if name not in found:
            found.add(name)
            further = map(Requirement, importlib.metadata.requires(name) or [])
            left += [one.name for one in further if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found


def test_the_licence_of_every_library_is_listed() -> None:
    """The page has a row for each library that is installed with planner, and none for others."""
    section = PAGE.read_text(encoding="utf-8").partition("### Licences")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")][1:]
    listed = {canonicalize_name(name.strip()) for row in rows for name in row[1].split(",")}
    assert listed == needed([Requirement(line).name for line in PROJECT["dependencies"]])


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if heard is not None and event in REACHING_OUT:
        heard.append((event, repr(arguments)))


@contextmanager
def hearing() -> Iterator[list[tuple[str, str]]]:
    """What the interpreter reports meanwhile of connections and of programs that are started."""
    global heard  # noqa: PLW0603 -- a hook of the audit stays until the process ends
    heard = []
    try:
        yield heard
    finally:
        heard = None


sys.addaudithook(_hear)


def test_no_command_calls_anybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the start of a scheme to its list no command opens a connection, looks up a name or starts a program."""
    monkeypatch.chdir(tmp_path)
    with hearing() as events:
        for line in (
            "init mine",
            "check mine/scenario.yaml",
            "solve mine/scenario.yaml --out run --quiet",
            "verify run",
            "report run",
            "nominees run --year 2026",
            "explain run --cadre C05",
        ):
            assert app.run(line.split()) == 0, line
    assert events == []


def test_a_call_would_be_heard() -> None:
    """The listener of the test above hears a program that is started, and a name that is looked up."""
    import socket
    import subprocess

    with hearing() as events:
        subprocess.run([shutil.which("true") or "true"], check=True)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.connect(("127.0.0.1", 9))
    assert {event for event, _ in events} >= {"subprocess.Popen", "socket.connect"}
