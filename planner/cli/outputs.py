"""What commands write: refused before the work is done if it could not be, written whole, and kept where it cannot be.

Imports stand inside the functions: most commands' help needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from planner.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from planner.common.files import Record

T = TypeVar("T")
COLUMNS: dict[str, Sequence[str]] = {
    "audit": ("kind", "table", "item", "published", "computed", "verdict"),
    "compare": ("kind", "item", "title", "measure", "sense", "plan", "value", "best", "proven"),
    "fairness": ("attribute", "value", "needing", "selected", "rate"),
    "frontier": ("more", "seats", "attained", "shortfall", "attainable"),
    "ledger": (
        "number",
        "recorded",
        "by",
        "date",
        "event",
        "cadre",
        "programme",
        "start",
        "to",
        "note",
        "withdrawn_by",
    ),
    "reserves": ("programme", "year", "pools", "places", "declined"),
    "value": ("rule", "where", "year", "limit", "used"),
}
"""The first columns of the table that a command writes: by them alone it knows an earlier one from any other table."""


def check_outputs(*paths: Path | None, force: bool, excel: bool = False, command: str = "") -> None:
    """Refuse files that could not be written, or are there and not ours to replace; and `excel` without a table.

    What killed processes have left in their folders is taken away, and told, on standard error.

    Parameters
    ----------
    force
        Replace what planner wrote and nobody has changed since.
    excel
        The first of the files is a table for Excel.
    command
        Whose table the .csv files are.

    Raises
    ------
    PlannerError
        One of them is refused, or there is no table.
    """
    from planner.common.errors import PlannerError
    from planner.common.results import check_result

    if excel and paths[0] is None:
        raise PlannerError(say("excel_csv_needs_out"))
    for path in paths:
        if path is not None:
            clear_up(path.absolute().parent)
            check_result(path, force=force, columns=columns_of(path, command))


def check_run_folder(out: Path | None, *, force: bool) -> None:
    """The same as `check_folder`, of the folder of a run."""
    from planner.plans.run_folder import BESIDE, MANIFEST, recorded

    check_folder(out, force=force, mark=MANIFEST, others=BESIDE, record=recorded)


def check_folder(
    out: Path | None, *, force: bool, mark: str, others: Collection[str] = (), record: Record | None = None
) -> None:
    """Refuse a folder that could not be written in the end; what killed processes left beside it goes, and is told."""
    from planner.common.files import check_replaceable

    if out is not None:
        clear_up(out.absolute().parent)
        check_replaceable(out, force=force, mark=mark, others=others, record=record)


def check_files(folder: Path, names: Sequence[str], *, force: bool) -> None:
    """The same for files in a folder, by their names (* for anything): a file that is called so must be ours."""
    from planner.common.errors import Fault, InputError
    from planner.common.results import check_result
    from planner.messages import Sentence

    if folder.exists() and not folder.is_dir():
        raise InputError(Fault("cannot_write", {"path": folder, "reason": Sentence("os_not_a_folder")}))
    clear_up(folder.absolute() if folder.is_dir() else folder.absolute().parent)
    there = sorted({path for name in names for path in folder.glob(name)})
    if there and not force:
        raise InputError(Fault("folder_exists", {"folder": folder}))
    for path in there or [folder / names[0]]:
        check_result(path, force=force)


def check_picture(path: Path | None) -> None:
    """Refuse a picture that could not be written before the work is done."""
    if path is not None:
        from planner.report.charts import picture_kind

        picture_kind(path)


def clear_up(folder: Path) -> None:
    """Take away what killed processes have left in a folder, and tell it on standard error."""
    from planner.common.drafts import tidy

    for left in tidy(folder):
        tell_left_over(left.path, left.put_back, removed=left.removed)


def clear_up_run(folder: Path) -> None:
    """The same in the folder of a run, before something is kept in it: in the folder, and among its answers."""
    from planner.plans.run_folder import ANSWERS

    for place in (folder.absolute(), folder.absolute() / ANSWERS):
        clear_up(place)


def tell_left_over(path: Path | str, put_back: Sequence[Path | str], *, removed: bool) -> None:
    """Tell on standard error what was left and what became of it."""
    for each in put_back:
        typer.echo(say("put_back", path=each), err=True)
    typer.echo(say("left_over_removed" if removed else "left_over_stays", path=path), err=True)


def deliver(path: Path | None, write: Callable[[Path], T], *, force: bool, command: str = "") -> T | None:
    """Have a file written, if it is asked for, and put in its place; where that fails it is kept elsewhere, and told.

    Raises
    ------
    InputError
        It could not be put there.
    """
    from planner.common.results import kept_at_the_end, placed

    if path is None:
        return None
    columns = columns_of(path, command)
    return kept_at_the_end(path, lambda place: placed(place, write, force=force, columns=columns))


def deliver_all(folder: Path, write: Callable[[Path], T], *, force: bool) -> T:
    """Have the files of a folder written and put into it, as `deliver` does with one."""
    from planner.common.results import all_placed, kept_at_the_end

    return kept_at_the_end(folder, lambda place: all_placed(place, write, force=force))


def deliver_folder(out: Path | None, write: Callable[[Path], T]) -> T | None:
    """Have a whole folder written, if it is asked for; where that fails it is kept elsewhere, and told."""
    from planner.common.results import kept_at_the_end

    return None if out is None else kept_at_the_end(out, write)


def write_csv(table: pd.DataFrame, path: Path | None, *, force: bool, command: str, excel: bool = False) -> None:
    """Write a table, if it is asked for; with `excel` the way Excel opens it in Viet Nam."""
    from planner.common.csv_cells import csv_text
    from planner.common.excel_csv import excel_csv
    from planner.common.results import write_result

    content = excel_csv(table) if excel else csv_text(table).encode()
    deliver(path, lambda place: write_result(place, content), force=force, command=command)


def columns_of(path: Path, command: str) -> Sequence[str]:
    """The first columns of the table that a command writes there; none where it is no table."""
    return COLUMNS[command] if path.suffix.lower() not in (".xlsx", ".svg", ".png", ".html") and command else ()
