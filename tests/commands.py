"""The command line for tests: run in this process, or as a process of its own where the process is what is tested.

`planner(...)` runs a command as `main` does, and gives back what a shell would see of it. It starts no interpreter, so
it costs what the command costs. The rest is for kills, signals, closed pipes and consoles of other encodings.
"""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

from planner.cli import app
from planner.messages import speaking

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE_VARIABLES = ("PLANNER_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "PYTHONIOENCODING")
HIDDEN = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)  # Python shows them to nobody


@dataclass(frozen=True)
class Ended:
    """A command that came to its end: its exit status, and what it wrote to its two streams."""

    returncode: int
    stdout: str
    stderr: str


def planner(*arguments: object, lang: str = "en", cwd: Path | None = None) -> Ended:
    """Run a command of planner in this process, to its end.

    `lang` is the language that the user's environment asks for. What an engine or another process writes is caught,
    too, and so is a warning, which a user sees on standard error. An exception that leaves the command is a test's end.
    """
    with (
        chdir(cwd) if cwd else nullcontext(),
        speaking(lang),
        _caught(1, "stdout") as out,
        _caught(2, "stderr") as err,
        _warnings_shown(),
    ):
        status = app.run([str(argument) for argument in arguments])
    return _without_traceback(Ended(status, *out, *err))


def in_a_process(*arguments: object, timeout: float = 120, **variables: str) -> Ended:
    """Run a command as a process of its own, with `variables` in its environment, for at most so many seconds."""
    done = subprocess.run(
        command(*arguments),
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        check=False,
    )
    return _without_traceback(Ended(done.returncode, done.stdout, done.stderr))


def command(*arguments: object) -> list[str]:
    """What starts planner with the arguments as a process."""
    return [sys.executable, "-m", "planner", *map(str, arguments)]


def environment(**variables: str) -> dict[str, str]:
    """The tests' environment, in no language, with `variables`."""
    kept = {name: value for name, value in os.environ.items() if name not in LANGUAGE_VARIABLES}
    path = os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": path, **variables}


def _without_traceback(done: Ended) -> Ended:
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


@contextmanager
def _caught(number: int, name: str) -> Iterator[list[str]]:
    """Catch what is written to a standard stream, by Python or below it; the list holds it when the block has ended."""
    texts: list[str] = []
    stream: TextIO = getattr(sys, name)
    stream.flush()
    kept = os.dup(number)
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        os.dup2(file.fileno(), number)
        setattr(sys, name, file)
        try:
            yield texts
        finally:
            setattr(sys, name, stream)
            os.dup2(kept, number)
            os.close(kept)
            file.seek(0)
            texts.append(file.read())


@contextmanager
def _warnings_shown() -> Iterator[None]:
    """Write warnings to standard error, those that Python shows to a user."""

    def show(message: Warning | str, category: type[Warning], *_: object) -> None:
        sys.stderr.write(f"{category.__name__}: {message}\n")

    with warnings.catch_warnings():
        warnings.showwarning = show
        warnings.simplefilter("default")
        for category in HIDDEN:
            warnings.simplefilter("ignore", category)
        yield
