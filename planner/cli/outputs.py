"""What commands write: refused before the work is done if it could not be, and written whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.messages import say

if TYPE_CHECKING:
    import pandas as pd


def check_outputs(*paths: Path | None, force: bool, excel: bool = False) -> None:
    """Refuse files that are already there, unless `force`; and `excel` without a table, the first of them."""
    from planner.common.errors import PlannerError
    from planner.common.files import check_new

    if excel and paths[0] is None:
        raise PlannerError(say("excel_csv_needs_out"))
    for path in paths:
        if path is not None:
            check_new(path, force=force)


def check_picture(path: Path | None) -> None:
    """Refuse a picture that could not be written before the work is done."""
    if path is not None:
        from planner.report.charts import picture_kind

        picture_kind(path)


def write_csv(table: pd.DataFrame, path: Path | None, *, excel: bool = False) -> None:
    """Write a table, if it is asked for; with `excel` the way Excel opens it in Viet Nam."""
    from planner.common.csv_cells import csv_text
    from planner.common.excel_csv import excel_csv
    from planner.common.files import write_bytes, write_file

    if path is None:
        return
    if excel:
        write_bytes(path, excel_csv(table))
    else:
        write_file(path, csv_text(table))
