"""What the cells of a roster mean, said as a clean roster says it: levels, studies, sexes, births, offices."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.inputs.roster.birth_cells import check_agreement, clean_births, clean_years, join_births
from planner.inputs.roster.cell_values import truth
from planner.inputs.roster.level_cells import clean_levels
from planner.inputs.roster.notes import Notes
from planner.inputs.roster.programmes import ProgrammeLike, Programmes
from planner.inputs.roster.sex_cells import clean_sexes
from planner.inputs.roster.study_cells import StudyCell, clean_studies
from planner.inputs.roster.told import Answers, GatheredRows, RosterReading
from planner.inputs.vocabulary.levels import Ladder
from planner.inputs.vocabulary.phrases import lowered
from planner.inputs.vocabulary.spelling import one_spelling

_COMRADE = re.compile(r"^\s*(?:đ/\s?c|đ\.c|đồng chí|đ/chí|đc)[.:]?\s+(?=\S)", re.IGNORECASE)
_LEFT = re.compile(
    r"nghỉ hưu|thôi việc|nghỉ việc|từ trần|đã mất|(?:chuyển|điều động|luân chuyển)(?: công tác)? (?:đi|sang|đến|về)|"
    r"(?:đã|được) (?:chuyển|điều động)|chuyển công tác",
    re.IGNORECASE,
)
_STUDIES = re.compile(r"đang (?:đi |theo )?học|đang (?:được )?đào tạo|(?:cử|đi) học", re.IGNORECASE)
YEARS = ("service_start", "retires")
_OWN_WAY = ("studying", "sex", "birth_year", "birth_date")
"""Columns whose synonyms their own reading looks up; so do those of ladders."""


def interpreted(
    rows: GatheredRows,
    ladders: Mapping[str, Sequence[str]],
    programmes: Mapping[str, ProgrammeLike] | Collection[str] = (),
    answers: Answers | None = None,
    year: int | None = None,
    agencies: Collection[str] = (),
) -> RosterReading:
    """The rows as a clean roster, every cell that is not plain remarked upon or asked about.

    What a question is asked about is empty in the clean roster until it is answered. A level that nobody knows is
    written `unknown` there, a blank of which nobody said what it means stays blank.

    Parameters
    ----------
    ladders
        Ladder -> its levels, the lowest first.
    programmes
        Id -> programme (title, ladder, from_, to, mode, months), or ids alone. Without any a study under way stays
        text in `studying`, the ladder before a colon, to be read when there is a scenario.
    answers
        What was said of the roster's cells: `blank` and `synonyms`.
    year
        The year of which the roster speaks: an earlier year beside a degree is since when it is held, a later one the
        end of a study. Without it whatever depends on it is asked.
    agencies
        The names of the agencies table, if there is one.
    """
    told = answers or Answers()
    notes = Notes(rows)
    people = {str(name): rows.people[name] for name in rows.people.columns}
    _without_address(people, notes)
    _use_synonyms(people, told, ladders, notes)
    if "agency" in people:
        settled = told.synonyms.get("agency", {}).values()
        people["agency"] = _one_spelling(people["agency"], agencies, settled, notes)
    known = Programmes.of(programmes, ladders)
    cells: list[StudyCell] = []
    for name, levels in ladders.items():
        if name in people:
            people[name], found = clean_levels(people[name], Ladder(name, levels, year), told, known, notes)
            cells += found
    clean_studies(people, rows.people.index, cells, known, told, year, notes)
    clean_sexes(people, rows.people.index, told, notes)
    join_births(people)
    for name in ("birth_year", "birth_date"):
        if name in people:
            people[name] = clean_births(people[name], told, year, notes)
    if "birth_year" in people and "birth_date" in people:
        check_agreement(people["birth_year"], people["birth_date"], notes)
    for name in YEARS:
        if name in people:
            people[name] = clean_years(people[name], notes)
    if "local" in people:
        people["local"] = _yes_or_no(people["local"], notes)
    _look_at_notes(people, notes)
    clean = pd.DataFrame(people, index=rows.people.index)
    return RosterReading(clean, rows, (*rows.remarks, *notes.remarks), (*rows.faults, *notes.questions()))


def _without_address(people: dict[str, pd.Series], notes: Notes) -> None:
    """Names without Đồng chí before them: it is no part of a name, and next year's list may not have it."""
    if "name" not in people:
        return
    bare = people["name"].str.replace(_COMRADE, "", regex=True)
    if labels := bare.index[(bare != people["name"]).to_numpy()].tolist():
        people["name"] = bare
        notes.remark("reading_comrade", labels, "name")


def _look_at_notes(people: dict[str, pd.Series], notes: Notes) -> None:
    """Say whose remark tells that they have left, or that they study, where no other column does: nothing reads it."""
    for column in [people[name] for name in ("note",) if name in people]:
        studying = people.get("studying", pd.Series("", index=column.index))
        for key, pattern, open_ones in (
            ("reading_note_left", _LEFT, column != ""),
            ("reading_note_studying", _STUDIES, (column != "") & (studying == "")),
        ):
            told = column.str.contains(pattern, regex=True) & open_ones
            if labels := column.index[told.to_numpy()].tolist():
                notes.remark(key, labels, "note", "assumed", found=str(column[labels[0]])[:60])


def _use_synonyms(
    people: dict[str, pd.Series], told: Answers, ladders: Mapping[str, Sequence[str]], notes: Notes
) -> None:
    """Put in place of a text what somebody said that it means."""
    for name, meanings in told.synonyms.items():
        if name not in people:
            if name not in ("studying", *ladders):
                notes.remark("reading_synonym_column", [], name, "left_out")
            continue
        if name in _OWN_WAY or name in ladders:
            continue
        wanted = {lowered(text): meaning for text, meaning in meanings.items()}
        codes, texts = pd.factorize(people[name].to_numpy(dtype=object))
        changed = np.array([wanted.get(lowered(text), text) for text in texts] or [""], dtype=object)
        people[name] = pd.Series(changed[codes], index=people[name].index, dtype="str", name=name)


def _one_spelling(column: pd.Series, agencies: Collection[str], settled: Collection[str], notes: Notes) -> pd.Series:
    """The offices, each under one spelling."""
    counts = column[column != ""].value_counts(sort=False)
    spellings = one_spelling({str(name): int(count) for name, count in counts.items()}, agencies, settled)
    for text, others in spellings.doubtful.items():
        labels = column.index[(column == text).to_numpy()].tolist()
        if labels:
            choices = (*others, text)
            values = {"found": text, "others": ", ".join(f"'{other}'" for other in others)}
            notes.ask("reading_office", labels, "agency", at=("synonyms", "agency", text), choices=choices, **values)
    taken: dict[str, list[str]] = {}
    for text, chosen in spellings.chosen.items():
        if text in counts.index:
            taken.setdefault(chosen, []).append(text)
    for chosen, texts in taken.items():
        labels = column.index[column.isin(texts).to_numpy()].tolist()
        found = ", ".join(f"'{text}'" for text in texts)
        notes.remark("reading_spellings", labels, "agency", found=found, chosen=chosen)
    if not taken:
        return column
    codes, names = pd.factorize(column.to_numpy(dtype=object))
    clean = np.array([spellings.chosen.get(name, name) for name in names], dtype=object)
    return pd.Series(clean[codes], index=column.index, dtype="str", name="agency")


def _yes_or_no(column: pd.Series, notes: Notes) -> pd.Series:
    """A column that says yes or no, in these words."""
    values, bad = truth(column)
    for text, labels in column.loc[bad].groupby(column.loc[bad]).groups.items():
        at = ("synonyms", str(column.name), str(text))
        notes.ask("roster_truth", list(labels), str(column.name), at=at, choices=("yes", "no"), found=str(text)[:60])
    said = np.select([values == 1, values == 0], ["yes", "no"], default="")
    return pd.Series(said, index=column.index, dtype="str", name=column.name)
