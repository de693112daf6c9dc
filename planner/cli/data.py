"""Answers as data: with `--json` standard output holds one JSON object and nothing else, whatever the command."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any

import typer

from planner.cli.exit_codes import OK
from planner.messages import visible_json

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
    stdout.write(_text(answer) + "\n")
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


def _text(answer: Mapping[str, Any]) -> str:
    """The answer as JSON text: what is missing in a table is null, whole numbers are whole."""
    import json

    from planner.analysis.serialisation import as_data

    rows = {name: _rows(table) for name, table in answer["tables"].items()}
    data = as_data({**answer, "tables": rows})
    return visible_json(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False, default=str))


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.reset_index() if any(table.index.names) else table
    kept = plain.astype(object).where(plain.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in kept.to_dict("records")]
