"""Schemes as workbooks: writing one to start from, turning YAML into a workbook and back, marking what is wrong."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.common.files import fresh_folder
from planner.inputs.exporting import export_excel, export_yaml
from planner.inputs.scenario.loading import Given
from planner.inputs.scenario.workbook.opening import SUFFIXES
from planner.messages import language

SCHEME = "scheme.xlsx"
RETIREMENT = "retirement-135-2020.csv"
"""The table of retirement ages that a scheme may name; it lies beside the workbook."""


def export(scenario: Given, path: str | Path, *, with_roster: bool = False, force: bool = False) -> Path:
    """A scenario as one file, a workbook (.xlsx) or YAML by the path's ending, nothing lost: `planner export`.

    It stands for itself: tables that it could not read from where it stands come along, each as it is, in the folder
    beside it that is called as it is with `-tables` behind.

    Parameters
    ----------
    scenario
        What `planner.load` takes: a YAML file, a workbook, mappings. What it extends is merged.
    path
        The file to write.
    with_roster
        Put the roster and the agencies into the workbook, too; by default the file names theirs.
    force
        Replace a file that is already there, if it was exported and nobody has changed it since.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        The scenario is faulty; the path has another ending, is there already or cannot be written; another file stands
        where a table is to come along; a value is longer than a cell may be.
    """
    if Path(path).suffix.lower() in SUFFIXES:
        return export_excel(scenario, path, with_roster=with_roster, force=force)
    if with_roster:
        raise InputError(Fault("export_roster_only"))
    return export_yaml(scenario, path, force=force)


def init_excel(folder: str | Path, *, force: bool = False) -> Path:
    """Write the scheme to start from as one workbook, in the language spoken now: `planner init --excel`.

    Parameters
    ----------
    folder
        Where to write.
    force
        Replace a folder that holds an earlier one as it was written, and nothing else.

    Returns
    -------
    Path
        The workbook.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    with fresh_folder(folder, force=force, mark=SCHEME, others=(SCHEME, RETIREMENT), to_be_edited=True) as draft:
        with resources.as_file(_template("template_vi" if language() == "vi" else "template")) as template:
            export_excel(template / "scenario.yaml", draft / SCHEME, with_roster=True)
        (draft / RETIREMENT).write_bytes((_template("template") / RETIREMENT).read_bytes())
    return Path(folder) / SCHEME


def _template(name: str) -> Traversable:
    """The folder of a scheme to start from: the same in both, but for the names that stand in it."""
    return resources.files("planner.inputs.scenario") / name
