"""Any file that holds a table, as sheets of rows of text."""

from __future__ import annotations

from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile
from planner.common.os_errors import os_reason
from planner.inputs.roster.old_workbooks import xls_sheets
from planner.inputs.roster.open_documents import is_open_document, ods_sheets
from planner.inputs.roster.sheets import Sheet
from planner.inputs.roster.text_tables import OLE, ZIP, csv_sheet
from planner.inputs.roster.workbooks import xlsx_sheets
from planner.inputs.synonyms import Recogniser

MAX_BYTES = 200 * 1024**2
TEXTS = frozenset({".csv", ".tsv", ".txt"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


def sheets_in(path: str | Path, headers: Recogniser) -> tuple[Path, list[Sheet]]:
    """The sheets of a file, the hidden ones too; what kind of workbook it is, its content tells and not its name.

    Parameters
    ----------
    headers
        What knows a header when it sees one; it tells the separator of a text.

    Raises
    ------
    InputError
        The file is missing, is no table, is locked or damaged, or larger than any table of people.
    """
    file = Path(path)
    data = path.content if isinstance(path, GivenFile) else _bytes(file)
    if file.suffix.lower() in TEXTS:
        return file, [csv_sheet(file, data, headers)]
    if data.startswith(OLE):
        return file, xls_sheets(file, data)
    if is_open_document(data):
        return file, ods_sheets(file, data)
    if file.suffix.lower() == ".xls" and not data.startswith(ZIP):
        # Programs write tables of HTML or of text under this name.
        raise InputError(Fault("table_not_xls" if data else "table_empty", file=file))
    return file, xlsx_sheets(file, data)


def _bytes(file: Path) -> bytes:
    """The file's content, if it is a file of a kind that is read here."""
    try:
        if file.is_dir():
            raise InputError(Fault("table_folder", file=file))
        if not file.exists():
            raise InputError(Fault("file_missing", file=file))
        if not file.is_file():
            raise InputError(Fault("table_not_a_file", file=file))
        if file.suffix.lower() not in TEXTS | WORKBOOKS:
            raise InputError(Fault("table_extension", {"extension": file.suffix or file.name}, file=file))
        if file.stat().st_size > MAX_BYTES:
            raise InputError(Fault("table_bytes", {"limit": MAX_BYTES // 1024**2}, file=file))
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, file=file)) from None
