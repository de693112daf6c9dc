"""The folder that `planner import` writes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from planner.common.csv_cells import csv_text
from planner.common.excel_csv import MARK
from planner.common.files import GivenFile, content_of, fresh_folder
from planner.common.marks import marked
from planner.inputs.roster.births import births_apart
from planner.inputs.roster.imported import ImportedRoster
from planner.inputs.roster.left_out import left_out_cells
from planner.inputs.roster.mapping_file import mapping_text
from planner.inputs.roster.read_back import Packed
from planner.report.workbook.read_back import read_back_workbook
from planner.report.workbook.roster import roster_workbook

READ_BACK = "read-back.xlsx"
"""What every folder of an import holds."""
ROSTER, ROSTER_CSV, MAPPING, KEY = BESIDE = ("roster.xlsx", "roster.csv", "mapping.yaml", "key.csv")


def write_import(found: ImportedRoster, folder: str | Path, *, force: bool = False) -> Path:
    """Write what `planner import` writes: read-back.xlsx, mapping.yaml, key.csv; and, if nothing is open, the roster.

    Parameters
    ----------
    found
        What `planner.import_roster` returned.
    folder
        Where to write; it appears whole or not at all.
    force
        Replace a folder that holds an earlier import, and nothing else, and no workbook that was changed since.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    source = found.source
    files = [file if isinstance(file, GivenFile) else GivenFile(str(file), content_of(file)) for file in source.files]
    packed = Packed(files, {}, source.answers, source.edits, found.key)
    with fresh_folder(folder, force=force, mark=READ_BACK, others=BESIDE, not_recorded=(MAPPING,)) as draft:
        (draft / MAPPING).write_text(
            mapping_text(source.answers, [*found.open_questions, *found.blank_questions]), encoding="utf-8"
        )
        left_out = left_out_cells(found.reading.gathered, files)
        _write_secret(draft / READ_BACK, read_back_workbook(found, packed, left_out))
        if len(found.key):
            _write_secret(draft / KEY, _csv(found.key))
        if found.ready:
            people = births_apart(found.people)
            _write_secret(draft / ROSTER_CSV, _csv(people))
            _write_secret(draft / ROSTER, roster_workbook(people, found.wording))
    return Path(folder)


def _csv(table: pd.DataFrame) -> bytes:
    """A CSV file that spreadsheets open as UTF-8; what would be a formula there stands behind an apostrophe."""
    return (MARK + csv_text(table)).encode()


def _write_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    path.touch(mode=0o600)
    path.write_bytes(marked(content, path))
