"""Answers as data: with `--json` standard output holds one JSON object and nothing else, whatever the command."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any

import typer

from planner.cli.exit_codes import OK

if TYPE_CHECKING:
    import pandas as pd

_asked: list[dict[str, Any]] = []
"""The answer that is gathered; nothing where no data are asked for."""


@contextmanager
def data_alone(command: str) -> Iterator[None]:
    """Inside the block what is told to people is dropped; at its end what was handed on is printed as JSON.

    Keys: `command`, `exit_status`, `tables` (name -> list of rows), `written` (paths), and what else the command hands
    on. A command that ends with a mistake prints nothing: that is told on standard error.
    """
    answer: dict[str, Any] = {"command": command, "exit_status": OK, "tables": {}, "written": []}
    _asked.append(answer)
    stdout = sys.stdout
    try:
        with redirect_stdout(io.StringIO()):
            try:
                yield
            except typer.Exit as end:
                answer["exit_status"] = end.exit_code
    finally:
        _asked.pop()
    from planner.library.answer import json_text

    stdout.write(json_text(answer) + "\n")
    raise typer.Exit(answer["exit_status"])


def hand_on(
    tables: Mapping[str, pd.DataFrame] | None = None, *, written: Iterable[object] = (), **further: object
) -> None:
    """Put tables, paths and figures into the answer, if data are asked for."""
    if not _asked:
        return
    _asked[-1]["tables"].update(tables or {})
    _asked[-1]["written"] += [str(path) for path in written if path is not None]
    _asked[-1].update(further)
