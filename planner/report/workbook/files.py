"""Workbooks as files."""

from __future__ import annotations

from pathlib import Path

from planner.common.errors import Fault, InputError


def workbook_path(path: str | Path, fault: str = "ledger_not_xlsx") -> Path:
    """The path of a workbook, asked for before anything is reckoned.

    Raises
    ------
    InputError
        The name does not end in .xlsx; `fault` is what that is called.
    """
    if Path(path).suffix.lower() != ".xlsx":
        raise InputError(Fault(fault, {}, Path(path)))
    return Path(path)
