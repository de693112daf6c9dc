"""A scenario written as a workbook or as YAML; what is written is read again first, and must be the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile, content_of, sha256, write_bytes
from planner.common.os_errors import os_reason
from planner.common.results import check_result, placed, write_result
from planner.inputs.roster.gathering import gathered
from planner.inputs.roster.roster import read_agencies
from planner.inputs.roster.told import Answers
from planner.inputs.scenario import confinement
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import PATHS, Given, Source, conditions, load_scenario
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.workbook.cells import same
from planner.inputs.scenario.workbook.document import Table, workbook_bytes
from planner.inputs.scenario.workbook.reading import read_workbook
from planner.inputs.scenario.workbook.scheme_words import SchemeWords
from planner.inputs.scenario.workbook.sheets import AGENCIES, ROSTER, SHEETS
from planner.inputs.scenario.workbook.words import COMPUTED, column_word
from planner.inputs.scenario.workbook.writing import written_scheme, yaml_text
from planner.inputs.scenario.yaml_reader import parsed
from planner.inputs.synonyms import AGENCY_HEADERS, HEADERS, recogniser
from planner.messages import language

ORDERED = tuple(sheet.name for sheet in SHEETS if sheet.shape == "entries")
"""Sections whose entries keep their order: of approvals the first that matches signs."""
INSIDE = (ROSTER, AGENCIES)
"""The tables that a workbook can hold itself."""
ALONG = "-tables"
"""What is behind a file's name in that of the folder of the tables that come along with it."""
OnTable = Callable[[Path], None]
FORM_OF_THE_FILE = ("sheets", "headers")
"""Keys that speak of the form of the roster's file."""


def untold(_: Path) -> None:
    """Nobody is told of a table."""


def export_excel(
    scenario: Given, path: str | Path, *, with_roster: bool = False, force: bool = False, on_table: OnTable = untold
) -> Path:
    """Write a scenario as a workbook, in the language spoken now.

    Its tables are named where they are, if the file may read there. Others come along, each as it is, in a folder
    beside the file that is called as it is with `-tables` behind.

    Parameters
    ----------
    scenario
        What `planner.load` takes; whatever it extends is merged.
    path
        The workbook (.xlsx).
    with_roster
        Put the roster and the agencies into it, as one table each under plain headings, so that what the scenario says
        of the sheets and headers of the roster's file is no longer needed and left out; by default it names the files.
    force
        Replace a file that is already there, if it was exported and nobody has changed it since.
    on_table
        Told of each table that came along.

    Raises
    ------
    InputError
        The scenario is faulty; another file stands where a table is to come along; the path does not end in .xlsx, is
        there already, or cannot be written; a value is longer than a cell may be.
    """
    target = _target(path, (".xlsx",), force=force)
    source = load_scenario(scenario)
    kept, along = _relative(source, target, INSIDE if with_roster else ())
    tables = {key: table for key in INSIDE if with_roster and (table := _table(source, key)) is not None}
    for key in (*tables, *(FORM_OF_THE_FILE if with_roster else ())):
        kept.pop(key, None)
    values = roster_values(source)
    content = workbook_bytes(written_scheme(kept), tables, values)
    try:
        _check(content, kept, target, tables)
    except InputError:  # titles that do not lead back to their entries
        content = workbook_bytes(written_scheme(kept, in_words=False), tables, values)
        _check(content, kept, target, tables)
    _bring(along, on_table)
    placed(target, lambda place: write_result(place, content), force=force)
    return target


def export_yaml(scenario: Given, path: str | Path, *, force: bool = False, on_table: OnTable = untold) -> Path:
    """Write a scenario as one YAML file. Parameters, tables and errors as `export_excel`."""
    target = _target(path, (".yaml", ".yml"), force=force)
    kept, along = _relative(load_scenario(scenario), target)
    text = yaml_document(kept)
    if (at := difference(kept, parsed(text, target).plain())) is not None:
        raise InputError(Fault("export_not_same", {"at": at}))
    _bring(along, on_table)
    placed(target, lambda place: write_result(place, text.encode()), force=force)
    return target


def roster_values(source: Source) -> dict[str, list[str]]:
    """What conditions may compare: the columns of the roster, each with what its cells say, of a ladder its levels.

    The columns that are computed are there, too; a roster that is faulty offers nothing else.
    """
    ladders = source.scenario.ladders
    try:
        people = _people(source)
    except InputError:
        people = pd.DataFrame()
    found = {str(name): sorted(set(people[name]) - {""}) for name in people.columns}
    return {name: list(ladders.get(name, cells)) for name, cells in found.items()} | {name: [] for name in COMPUTED}


# --- the file that is written ---------------------------------------------------------------------------------------


def _target(path: str | Path, suffixes: tuple[str, ...], *, force: bool) -> Path:
    target = Path(path)
    if target.suffix.lower() not in suffixes:
        raise InputError(Fault("export_suffix", {"path": target, "suffix": suffixes[0]}))
    check_result(target, force=force)
    return target


def _relative(source: Source, target: Path, inside: Collection[str] = ()) -> tuple[dict[str, Any], dict[Path, Path]]:
    """The scenario as plain mappings, its tables named from where it is to stand; and which table comes along whither.

    Raises
    ------
    InputError
        A table that is not to stand `inside` the same file is in no file; or another one stands where it would come.
    """
    merged, folder = source.merged(), target.parent.absolute()
    along: dict[Path, Path] = {}
    for key in PATHS:
        if key in merged and key not in inside:
            if isinstance(source.table(key), GivenFile):
                raise InputError(Fault("export_given", {"name": key}))
            table = Path(merged[key])
            if not confinement.inside(table, confinement.folder_of(target)):
                taken = [place for path, place in along.items() if path != table]
                table = along.setdefault(table, _place_along(folder / f"{target.stem}{ALONG}", table, key, taken))
            merged[key] = _named_from(folder, table, confinement.folder_of(target))
    for table, place in along.items():
        if os.path.lexists(place) and not (place.is_file() and sha256(place) == sha256(table)):
            raise InputError(Fault("export_table_there", {"path": place}))
    order = [info.alias or name for name, info in Scenario.model_fields.items()]
    return {key: merged[key] for key in sorted(merged, key=order.index) if merged[key] is not None}, along


def _place_along(folder: Path, table: Path, key: str, taken: Collection[Path]) -> Path:
    """Where a table comes to lie that may not be read where it is; of two of one name each has its key's."""
    place = folder / table.name
    return folder / f"{key}{table.suffix}" if place in taken else place


def _named_from(folder: Path, table: Path, home: Path) -> str:
    """How a scenario in a folder names a table: from that folder, if both lie in the folder that it may read."""
    if table.is_relative_to(folder):
        return table.relative_to(folder).as_posix()
    return os.path.relpath(table, folder) if table.is_relative_to(home) else str(table)


def _bring(along: Mapping[Path, Path], on_table: OnTable) -> None:
    """Lay the tables that come along in their places; one that lies there already is the same.

    Raises
    ------
    InputError
        One cannot be read or written, or something else stands in its place by now.
    """
    for table, place in along.items():
        try:
            content = content_of(table)
        except OSError as error:
            raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, table)) from None
        if not os.path.lexists(place):
            placed(place, partial(write_bytes, content=content), force=False)
        on_table(place)


def _people(source: Source) -> pd.DataFrame:
    """The roster's rows under the contract's names, every cell as it was written.

    Raises
    ------
    InputError
        It cannot be read.
    """
    scenario = source.scenario
    told = Answers(scenario.sheets, scenario.headers, scenario.blank, scenario.synonyms)
    rows = gathered([source.table("roster") or scenario.roster], scenario.ladders, _used(scenario), told)
    if rows.faults:
        raise InputError(rows.faults)
    return rows.people


def _used(scenario: Scenario) -> set[str]:
    """The columns that conditions compare."""
    return {column for _, condition in conditions(scenario) for column in columns_used(condition)}


def _table(source: Source, key: str) -> Table | None:
    """The rows of the roster or of the agencies, headings first; None where the scenario names none.

    Raises
    ------
    InputError
        It cannot be read.
    """
    if (path := source.table(key)) is None:
        return None
    if key == AGENCIES:
        frame = read_agencies(path).frame
        recognise = recogniser(AGENCY_HEADERS)
        words = {name: AGENCY_HEADERS[name][0] for name in frame.columns}
    else:
        frame = _people(source)
        ladders = source.scenario.ladders
        recognise = recogniser(HEADERS, {*ladders, *_used(source.scenario)})
        words = {str(name): column_word(str(name), ladders) or str(name) for name in frame.columns}
        frame = _in_words(source, frame) if language() == "vi" else frame
    kept = {name for name, word in words.items() if language() == "en" or recognise(word) != name}
    headings = [name if name in kept else words[name] for name in map(str, frame.columns)]
    return [headings, *frame.to_numpy(dtype=object).tolist()]


def _in_words(source: Source, people: pd.DataFrame) -> pd.DataFrame:
    """The roster with levels, sexes and studies under way in words, where these lead back."""
    words = SchemeWords(source.merged())
    told: dict[str, Callable[[str], str]] = {name: partial(words.level, name) for name in words.ladders}
    told |= {"sex": words.sex, "studying": partial(words.name, "programmes")}
    found = people.copy()
    for name in map(str, people.columns):
        if name in told:
            found[name] = people[name].map(told[name])
    return found


def _check(content: bytes, kept: Mapping[str, Any], target: Path, tables: Mapping[str, Table]) -> None:
    """Read what is to be written, and refuse to write what does not say the same."""
    faults: list[Fault] = []
    again = read_workbook(GivenFile(target.name, content), faults).plain()
    if faults:
        raise InputError(faults)
    for key in (*tables, *(FORM_OF_THE_FILE if tables else ())):
        again.pop(key, None)
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

WIDEST = 110
"""A longer entry is broken over lines [characters]."""


def yaml_document(scenario: Mapping[str, Any]) -> str:
    """A scenario as YAML: short entries on one line each, long ones with a line for each of their keys."""
    return "\n".join(_lines(scenario, "")) + "\n"


def _lines(entries: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in entries.items():
        line = f"{indent}{yaml_text(key)}: {yaml_text(value)}"
        if isinstance(value, dict) and value and (len(line) > WIDEST or (not indent and len(value) > 1)):
            yield f"{indent}{yaml_text(key)}:"
            yield from _lines(value, indent + "  ")
        else:
            yield line
