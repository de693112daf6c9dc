"""The office's own files, read into a clean roster, with all that was done and all that is doubtful."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_changes
from functools import cached_property
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.inputs.problem import Problem
from planner.inputs.roster.codes import read_key, twice_remarks
from planner.inputs.roster.edits import Edits, places_of
from planner.inputs.roster.gathering import PEOPLE_SHEET
from planner.inputs.roster.imported import ImportedRoster
from planner.inputs.roster.mapping_file import answered, read_mapping, together
from planner.inputs.roster.reading import Opened, opened, read_opened
from planner.inputs.roster.roster import read_agencies, typed
from planner.inputs.roster.told import IGNORE, Answers, Question, Remark
from planner.inputs.roster.wording import Heading, Wording
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import Given, conditions, load_scenario
from planner.inputs.scenario.schema import Programme
from planner.inputs.vocabulary.answers import wrong_answers
from planner.inputs.vocabulary.words import STANDARD

Ask = Callable[[Question, Wording], str | None]
"""Answers a question, as its choices are written; None leaves it open."""


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
        Its tables `people`, `rows`, `columns`, `remarks` and `questions`; `ready`: whether nothing is open.
        `planner.write_import` writes it.

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
        if faults := [*told.faults(scheme.ladders, scheme.programmes)]:
            raise InputError(faults)
        answers = together(answers, told.answers)
    known = None if key is None else read_key(key)
    source = opened(given, lambda: scheme.wording, answers, known)
    if faults := [*_wrong(scheme, source)]:
        raise InputError(faults)
    found = _read(scheme, source)
    asked: set[str] = set()
    while ask is not None and (answers_now := _ask(found, asked, ask)) is not None:
        found = _read(scheme, answers_now)
    return found


@dataclass(frozen=True)
class _Scheme:
    """What a scenario says of rosters; without one, what is usual."""

    ladders: Mapping[str, Sequence[str]]
    programmes: Mapping[str, Programme]
    names: frozenset[str]
    answers: Answers
    year: int
    agencies: tuple[str, ...] = ()
    assumed: tuple[Remark, ...] = ()

    @classmethod
    def of(cls, scenario: Given | Problem | None) -> _Scheme:
        if scenario is None:
            ladders = {name: [*levels] for name, levels in STANDARD.items()}
            year = dt.datetime.now(dt.UTC).year
            told = Heading(Wording(ladders), tuple(ladders))
            assumed = Remark("import_usual", {"ladders": told, "year": year}, done="assumed")
            return cls(ladders, {}, frozenset(), Answers(), year, assumed=(assumed,))
        source = scenario.source if isinstance(scenario, Problem) else load_scenario(scenario)
        given = source.scenario
        names = frozenset(column for _, condition in conditions(given) for column in columns_used(condition))
        answers = Answers(given.sheets, given.headers, given.blank, given.synonyms)
        table = source.table("agencies")
        agencies = () if table is None else tuple(read_agencies(table).frame["agency"])
        return cls(given.ladders, given.programmes, names, answers, given.year_of_reading(), agencies)

    @cached_property
    def wording(self) -> Wording:
        """What columns and cells are called for people."""
        titles = {name: programme.title for name, programme in self.programmes.items()}
        return Wording(self.ladders, titles, sorted(self.names))


def _wrong(scheme: _Scheme, source: Opened) -> Iterator[Fault]:
    """The answers of a read-back workbook that mean nothing; those of files were looked at with their lines."""
    told = source.answers
    for at, key, name, hint in wrong_answers(told.blank, told.synonyms, scheme.ladders, scheme.programmes):
        yield Fault(key, {"at": " > ".join(at), "name": name, "found": name, "nearest": hint})
    for sheet, answer in told.sheets.items():
        if answer not in (PEOPLE_SHEET, IGNORE):
            expected = f"'{PEOPLE_SHEET}', '{IGNORE}'"
            yield Fault("want_one_of", {"at": f"sheets > {sheet}", "expected": expected, "found": f"'{answer}'"})


def _read(scheme: _Scheme, source: Opened) -> ImportedRoster:
    known = scheme.ladders, scheme.programmes, scheme.names, scheme.year, scheme.agencies
    reading = read_opened(source, *known)
    _, faults = typed(reading, source.files[0], scheme.ladders, scheme.programmes)
    remarks = (*scheme.assumed, *reading.remarks, *twice_remarks(reading))
    unique = tuple({str(fault): fault for fault in faults}.values())
    return ImportedRoster(with_changes(reading, remarks=remarks), unique, source, scheme.wording)


def _ask(found: ImportedRoster, asked: set[str], ask: Ask) -> Opened | None:
    """Ask every question that was not asked yet; what is known then, or None where nothing was answered."""
    answers, cells = [], {}
    places = places_of(found.reading.gathered.places)
    for question in (*found.open_questions, *found.blank_questions):
        told = str(question)
        if told in asked or not (question.at or (question.choices and len(question.rows) == 1)):
            continue  # asked before, or only the cells themselves can be mended
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
