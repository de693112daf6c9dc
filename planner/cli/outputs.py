"""What commands write: refused before the work is done if it could not be, and written whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def check_outputs(*paths: Path | None, force: bool) -> None:
    """Refuse files that are already there, unless `force`."""
    from planner.common.files import check_new

    for path in paths:
        if path is not None:
            check_new(path, force=force)


def check_picture(path: Path | None) -> None:
    """Refuse a picture that could not be written before the work is done."""
    if path is not None:
        from planner.report.charts import picture_kind

        picture_kind(path)


def write_csv(table: pd.DataFrame, path: Path | None) -> None:
    """Write a table, if it is asked for."""
    from planner.common.files import write_file

    if path is not None:
        write_file(path, table.to_csv(index=False, lineterminator="\n"))
