"""A scenario written as a workbook or as YAML; what is written is read again first, and must be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile, check_new, write_bytes
from planner.inputs.roster.table_reader import scan_table
from planner.inputs.scenario.loading import PATHS, Given, Source, load_scenario
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.workbook.cells import same
from planner.inputs.scenario.workbook.document import Table, workbook_bytes
from planner.inputs.scenario.workbook.opening import SUFFIXES
from planner.inputs.scenario.workbook.reading import read_workbook
from planner.inputs.scenario.workbook.sheets import AGENCIES, ROSTER, SHEETS
from planner.inputs.scenario.workbook.words import COMPUTED
from planner.inputs.scenario.workbook.writing import written_scheme, yaml_text
from planner.inputs.synonyms import AGENCY_HEADERS, HEADERS, recogniser
from planner.messages import catalogue

ORDERED = tuple(sheet.name for sheet in SHEETS if sheet.shape == "entries")
"""Sections whose entries keep their order: of approvals the first that matches signs."""
INSIDE = (ROSTER, AGENCIES)
"""The tables that a workbook can hold itself."""


def export_excel(scenario: Given, path: str | Path, *, with_roster: bool = False, force: bool = False) -> Path:
    """Write a scenario as a workbook, in the language spoken now.

    Parameters
    ----------
    scenario
        What `planner.load` takes; whatever it extends is merged.
    path
        The workbook (.xlsx).
    with_roster
        Put the roster and the agencies into it; by default it names their files.
    force
        Replace a file that is already there.

    Raises
    ------
    InputError
        The scenario is faulty, or the path does not end in .xlsx, is there already, or cannot be written; or a value
        is longer than a cell may be.
    """
    target = _target(path, (".xlsx",), force=force)
    source = load_scenario(scenario)
    kept = _relative(source, target.parent)
    tables: dict[str, Table] = {}
    for key in INSIDE if with_roster else ():
        if (table := source.table(key)) is not None:
            kept.pop(key)
            tables[key] = _table(table, source.scenario, key)
    content = scheme_bytes(kept, tables, roster_values(source))
    _check(content, kept, target, tables)
    write_bytes(target, content)
    return target


def export_yaml(scenario: Given, path: str | Path, *, force: bool = False) -> Path:
    """Write a scenario as one YAML file; its tables stay where they are. Parameters and errors as `export_excel`."""
    target = _target(path, (".yaml", ".yml"), force=force)
    kept = _relative(load_scenario(scenario), target.parent)
    lines = [f"{yaml_text(key)}: {yaml_text(value)}" if _short(value) else _block(key, value) for key, value in kept.items()]
    write_bytes(target, ("\n".join(lines) + "\n").encode())
    return target


def scheme_bytes(scenario: Mapping[str, Any], tables: Mapping[str, Table], values: Mapping[str, Sequence[str]]) -> bytes:
    """The workbook of a scenario given as plain mappings, as `workbook_bytes` has it."""
    return workbook_bytes(written_scheme(scenario), tables, values)


def roster_values(source: Source) -> dict[str, list[str]]:
    """What conditions may compare: the columns of the roster, each with what its cells say; nothing if it is faulty."""
    table = source.table("roster")
    try:
        rows = [] if table is None else _table(table, source.scenario, ROSTER)
    except InputError:
        rows = []
    return values_of(rows, source.scenario.ladders)


def values_of(rows: Table, ladders: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Column -> its distinct values, of a ladder its levels; and the columns that are computed."""
    recognise = recogniser(HEADERS, set(ladders))
    found: dict[str, list[str]] = {}
    for place, header in enumerate(rows[0] if rows else ()):
        name = recognise(str(header)) or str(header)
        cells = sorted({str(row[place]) for row in rows[1:] if place < len(row) and str(row[place])})
        found.setdefault(name, list(ladders.get(name, cells)))
    return found | {name: [] for name in COMPUTED}


# --- the file that is written ---------------------------------------------------------------------------------------


def _target(path: str | Path, suffixes: tuple[str, ...], *, force: bool) -> Path:
    target = Path(path)
    if target.suffix.lower() not in suffixes:
        raise InputError(Fault("export_suffix", {"path": target, "suffix": suffixes[0]}))
    check_new(target, force=force)
    return target


def _relative(source: Source, folder: Path) -> dict[str, Any]:
    """The scenario as plain mappings, its tables named from the folder where it is to stand."""
    merged = source.merged()
    for key in PATHS:
        if key in merged:
            table = Path(merged[key])
            near = table.is_relative_to(folder.absolute())
            merged[key] = str(table.relative_to(folder.absolute())) if near else str(table)
    return {key: value for key, value in merged.items() if value is not None}


def _table(table: Path | GivenFile, scenario: Scenario, key: str) -> list[list[str]]:
    """The rows of a roster or of agencies, as text, headings first.

    Raises
    ------
    InputError
        It is no table.
    """
    words = HEADERS if key == ROSTER else AGENCY_HEADERS
    called = catalogue()[f"scheme_sheet_{key}"]
    read, faults = scan_table(table, recogniser(dict(words), set(scenario.ladders)), called)
    if faults:
        raise InputError(faults)
    return [list(map(str, read.frame.columns)), *read.frame.to_numpy(dtype=object).tolist()]


def _check(content: bytes, kept: Mapping[str, Any], target: Path, tables: Mapping[str, Table]) -> None:
    """Read what is to be written, and refuse to write what does not say the same."""
    faults: list[Fault] = []
    again = read_workbook(GivenFile(target.name, content), faults).plain()
    if faults:
        raise InputError(faults)
    for key in tables:
        again.pop(key)
    if ROSTER in tables:
        again["sheets"] = {name: use for name, use in again["sheets"].items() if name in kept.get("sheets", {})}
        again = {key: value for key, value in again.items() if key != "sheets" or value}
    if (at := difference(normal(kept), normal(again))) is not None:
        raise InputError(Fault("export_not_same", {"at": at}))


def difference(one: Any, other: Any, at: str = "") -> str | None:
    """The first place at which two scenarios differ; None where they are the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in (*one, *(key for key in other if key not in one)):
            if key not in one or key not in other:
                return f"{at}.{key}".strip(".")
            if (found := difference(one[key], other[key], f"{at}.{key}")) is not None:
                return found
        return None if list(one) == list(other) or at.strip(".") not in ORDERED else at.strip(".")
    return None if same(one, other) else at.strip(".")


def normal(scenario: Any, path: tuple[str, ...] = ()) -> Any:
    """A scenario in which a number that stands for a range is written as the range."""
    if isinstance(scenario, dict):
        return {key: normal(value, (*path, key)) for key, value in scenario.items()}
    in_seats = path[:1] == ("seats",) and len(path) > 2 and path[2] in ("per_year", "total")
    number = isinstance(scenario, int | float) and not isinstance(scenario, bool)
    return {"max": scenario} if number and in_seats and path[-1] not in ("min", "max") else scenario


# --- YAML -----------------------------------------------------------------------------------------------------------


def _short(value: Any) -> bool:
    return not isinstance(value, dict) or len(yaml_text(value)) <= 100


def _block(key: str, value: Mapping[str, Any]) -> str:
    """A section: an entry per line."""
    lines = [f"{yaml_text(key)}:"]
    for name, entry in value.items():
        lines.append(f"  {yaml_text(name)}: {yaml_text(entry)}")
    return "\n".join(lines)
