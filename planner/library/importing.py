"""The office's own files, read into a clean roster, with all that was done and all that is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile, content_of, fresh_folder
from planner.inputs import roster as roster_room
from planner.inputs.problem import Problem
from planner.inputs.roster.codes import key_of, read_key, twice_remarks
from planner.inputs.roster.edits import Edits, left_out_cells, places_of
from planner.inputs.roster.mapping_file import answered, mapping_text, read_mapping, together
from planner.inputs.roster.reading import Opened, opened, read_opened
from planner.inputs.roster.roster import typed
from planner.inputs.roster.told import Answers, Question, Remark, RosterReading
from planner.inputs.roster.wording import Wording
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import Given, conditions, load_scenario
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.yaml_reader import read_document
from planner.report.workbook.read_back import ReadBackContent, read_back_workbook
from planner.report.workbook.roster import roster_workbook

READ_BACK = "read-back.xlsx"
"""What every folder of an import holds."""
ROSTER, ROSTER_CSV, MAPPING, KEY = BESIDE = ("roster.xlsx", "roster.csv", "mapping.yaml", "key.csv")

Ask = Callable[[Question, Wording], str | None]
"""Answers a question, as its choices are written; None leaves it open."""


@dataclass(frozen=True)
class ImportedRoster:
    """A roster's files as they were read.

    Attributes
    ----------
    reading
        What was read, from which cells, with the remarks and faults as they are in Python.
    faults
        What keeps the roster from being clean: questions, and what is wrong.
    source
        The files, the answers that were given, what was changed by hand, and the codes that were known before.
    wording
        What columns and cells are called for people.
    """

    reading: RosterReading
    faults: tuple[Fault, ...]
    source: Opened
    wording: Wording

    @property
    def ready(self) -> bool:
        """Whether nothing is open: the roster is clean."""
        return not self.faults

    @property
    def people(self) -> pd.DataFrame:
        """A row per person under the contract's names, text, levels by the scenario's names."""
        return self.reading.people.reset_index(drop=True)

    @property
    def rows(self) -> pd.DataFrame:
        """Every row of every sheet: file, sheet, row, role (person, header, section, total, ...), text."""
        return self.reading.gathered.rows

    @property
    def columns(self) -> pd.DataFrame:
        """Every column of every sheet: file, sheet, letter, header, column (what it was taken for), why."""
        return self.reading.gathered.columns

    @property
    def remarks(self) -> pd.DataFrame:
        """What was done: done (read, left_out, assumed), column, rows [rows concerned], remark."""
        told = [(remark.done, remark.column, len(remark.rows), str(remark)) for remark in self.reading.remarks]
        return pd.DataFrame(told, columns=["done", "column", "rows", "remark"])

    @property
    def questions(self) -> pd.DataFrame:
        """What is open: at (where a mapping file answers it), column, rows, choices, proposal, question."""
        told = [
            (
                ".".join(one.at),
                one.column,
                len(one.rows),
                ", ".join(one.choices),
                one.proposal,
                str(one),
            )
            for one in self.open_questions
        ]
        return pd.DataFrame(told, columns=["at", "column", "rows", "choices", "proposal", "question"])

    @property
    def open_questions(self) -> list[Question]:
        """The questions among the faults."""
        return [fault for fault in self.faults if isinstance(fault, Question)]

    @cached_property
    def key(self) -> pd.DataFrame:
        """Whose code is whose: code, name, birth, agency; those of the key file who are not among the people, too."""
        return key_of(self.reading.people, self.source.key)

    def write(self, folder: str | Path, *, force: bool = False) -> None:
        """Write the read-back workbook, mapping.yaml, key.csv; and the roster, if nothing is open: `planner import`.

        Raises
        ------
        InputError
            The folder exists and may not be replaced, or cannot be written.
        """
        with fresh_folder(folder, force=force, mark=READ_BACK, others=BESIDE) as draft:
            (draft / MAPPING).write_text(mapping_text(self.source.answers, self.open_questions), encoding="utf-8")
            (draft / READ_BACK).write_bytes(read_back_workbook(self._content()))
            if len(self.key):
                _write_secret(draft / KEY, _csv(self.key))
            if self.ready:
                (draft / ROSTER_CSV).write_bytes(_csv(self.people))
                (draft / ROSTER).write_bytes(roster_workbook(self.people, self.wording))

    def _content(self) -> ReadBackContent:
        files = [
            file if isinstance(file, GivenFile) else GivenFile(str(file), content_of(file))
            for file in self.source.files
        ]
        return ReadBackContent(
            self.reading,
            self.faults,
            files,
            self.source.answers,
            self.source.edits,
            self.key,
            self.wording,
            further_cells=left_out_cells(self.reading.gathered, files),
        )


def import_roster(
    files: str | Path | Sequence[str | Path],
    scenario: Given | Problem | None = None,
    mapping: str | Path | None = None,
    key: str | Path | None = None,
    ask: Ask | None = None,
) -> ImportedRoster:
    """The office's own files read into a clean roster: `planner import`.

    Parameters
    ----------
    files
        One file or several, as they are: any headings and sections, totals and signatures; or a read-back workbook
        with what was changed in it.
    scenario
        Whose ladders, programmes and answers count; without one the usual ladders are assumed, and a study under way
        stays as it was written.
    mapping
        A mapping file: answers that need not be asked again; they win over the scenario's.
    key
        A key file: whose code is whose, from an earlier import.
    ask
        What answers a question; without it none is asked, and each stays among the faults.

    Returns
    -------
    ImportedRoster
        Its tables `people`, `rows`, `columns`, `remarks` and `questions`; `ready`: whether nothing is open;
        `write(folder)` writes what the command writes.

    Raises
    ------
    InputError
        A file is no table, or the scenario, the mapping or the key file is faulty.
    """
    given = [files] if isinstance(files, str | Path) else [*files]
    scheme = _Scheme.of(scenario)
    answers = scheme.answers
    if mapping is not None:
        told = read_mapping(mapping)
        if faults := [*told.faults(scheme.ladders)]:
            raise InputError(faults)
        answers = together(answers, told.answers)
    known = None if key is None else read_key(key)
    source = opened(given, lambda: scheme.wording, answers, known)
    found = _read(scheme, source)
    asked: set[str] = set()
    while ask is not None and (answers_now := _ask(found, asked, ask)) is not None:
        source = answers_now
        found = _read(scheme, source)
    return found


@dataclass(frozen=True)
class _Scheme:
    """What a scenario says of rosters; without one, what is usual."""

    ladders: Mapping[str, Sequence[str]]
    programmes: Mapping[str, Any] | None
    names: frozenset[str]
    answers: Answers
    assumed: tuple[Remark, ...]

    @classmethod
    def of(cls, scenario: Given | Problem | None) -> _Scheme:
        if scenario is None:
            ladders = read_document(_USUAL_LADDERS).plain()
            assumed = Remark("import_usual", {"ladders": ", ".join(ladders)}, done="assumed")
            return cls(ladders, None, frozenset(), Answers(), (assumed,))
        given: Scenario = (scenario.source if isinstance(scenario, Problem) else load_scenario(scenario)).scenario
        names = frozenset(column for _, condition in conditions(given) for column in columns_used(condition))
        answers = Answers(given.sheets, given.headers, given.blank, given.synonyms)
        return cls(given.ladders, given.programmes, names, answers, ())

    @cached_property
    def wording(self) -> Wording:
        """What columns and cells are called for people."""
        titles = {name: programme.title for name, programme in (self.programmes or {}).items()}
        return Wording(self.ladders, titles, sorted(self.names))


_USUAL_LADDERS = Path(roster_room.__file__).parent / "usual_ladders.yaml"


def _read(scheme: _Scheme, source: Opened) -> ImportedRoster:
    reading = read_opened(source, scheme.ladders, scheme.programmes or {}, scheme.names)
    _, faults = typed(reading, source.files[0], scheme.ladders, scheme.programmes)
    remarks = (*scheme.assumed, *reading.remarks, *twice_remarks(reading))
    unique = tuple({str(fault): fault for fault in faults}.values())
    return ImportedRoster(with_changes(reading, remarks=remarks), unique, source, scheme.wording)


def _ask(found: ImportedRoster, asked: set[str], ask: Ask) -> Opened | None:
    """Ask every question that was not asked yet; what is known then, or None where nothing was answered."""
    answers, cells = [], {}
    places = places_of(found.reading.gathered.places)
    for question in found.open_questions:
        told = str(question)
        if told in asked or not (question.at or (question.choices and len(question.rows) == 1)):
            continue
        asked.add(told)
        answer = ask(question, found.wording)
        if answer is None:
            continue
        if question.at:
            answers.append(answered(question.at, answer))
        else:
            cells[places[question.rows[0]]] = {question.column: answer}
    if not answers and not cells:
        return None
    source = found.source
    edits = Edits(cells).over(source.edits)
    return with_changes(source, answers=together(source.answers, *answers), edits=edits)


def _csv(table: pd.DataFrame) -> bytes:
    """A CSV file that spreadsheets open as UTF-8; what would be a formula there stands behind an apostrophe."""
    return ("\ufeff" + table.map(_as_text).to_csv(index=False, lineterminator="\n")).encode()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell[:1] else cell


def _write_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    path.touch(mode=0o600)
    path.write_bytes(content)
