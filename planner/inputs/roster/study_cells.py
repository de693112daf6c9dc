"""Study under way, wherever a roster tells it: in `studying`, in the cell of a ladder, in both."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planner.common.errors import closest
from planner.inputs.roster.cell_values import FIRST_YEAR, LAST_YEAR, year
from planner.inputs.roster.notes import LevelNames, Notes
from planner.inputs.roster.programmes import Course, Programmes
from planner.inputs.roster.told import IGNORE, Answers
from planner.inputs.synonyms import known_header
from planner.inputs.vocabulary.answers import STUDYING, study_answer
from planner.inputs.vocabulary.levels import Ladder, Study
from planner.inputs.vocabulary.phrase_tables import CERTIFICATES, is_denial
from planner.inputs.vocabulary.phrases import lowered
from planner.inputs.vocabulary.study_words import told_end, without_time
from planner.inputs.vocabulary.words import BLANK_MARKS
from planner.messages import Sentence

UNTIL = "studying_until"
MOST_WITH_YEARS = 3  # programmes that a question offers with the years of their ends, too
AHEAD = 6  # years that a question offers for a study's end: the longest of the national programmes, assumed
_BEGINS, _SEVERAL = "reading_study_begins", "reading_study_several"
_STUDYING = ("reading_studying", "reading_studying_open")
_STUDYING_BESIDE = ("reading_studying_beside", "reading_studying_beside_open")
"""The sentences on a ladder's cell that tells study, with programme and end and without."""
_APART = re.compile(r"[;\n]")
_BESIDE = re.compile(r"[,+&]|\svà\s")
"""What may part two studies, or a study and what is said of it."""


@dataclass(frozen=True)
class StudyCell:
    """A study that some rows tell in one and the same text.

    Attributes
    ----------
    column
        The column that tells it: a ladder's, or `studying`.
    text
        The cell as it was written, or the part of it that speaks of this study.
    study
        What was read.
    held
        The level that the same cell says is held; None where it says none.
    rows
        The labels of the rows.
    answer
        What somebody said that it is: a programme's id, perhaps with a year.
    """

    column: str
    text: str
    study: Study
    held: LevelNames | None
    rows: tuple[int, ...]
    answer: str = ""


@dataclass(frozen=True)
class _Told:
    """One study of one row: the programmes that it may be, and until when; asked where `key` is."""

    column: str
    text: str
    courses: tuple[Course, ...]
    until: int | None = None
    nth: int | None = None
    begun: int | None = None
    key: str = ""


def clean_studies(
    people: dict[str, pd.Series],
    index: pd.Index,
    cells: Sequence[StudyCell],
    programmes: Programmes,
    told: Answers,
    now: int | None,
    notes: Notes,
) -> None:
    """Put into `studying` the programmes' ids, into `studying_until` the years in which they end.

    Parameters
    ----------
    people
        The roster's columns, changed in place.
    cells
        What the columns of ladders tell.
    now
        The year of which the roster speaks.
    """
    if STUDYING not in people and UNTIL not in people and not cells:
        return
    blank = pd.Series("", index=index, dtype="str")
    studying, until = people.get(STUDYING, blank).copy(), people.get(UNTIL, blank).copy()
    reader = _Reader(programmes, told, now, notes)
    groups: dict[tuple[str, str, tuple[int, ...]], list[int]] = {}
    of_row: dict[int, list[int]] = {}
    for number, cell in enumerate(cells):
        for label in cell.rows:
            of_row.setdefault(label, []).append(number)
    told_by = ((studying != "") | (until != "") | index.isin([*of_row])).to_numpy()
    told_rows = zip(index[told_by], studying.to_numpy()[told_by], until.to_numpy()[told_by], strict=True)
    for label, text, years in told_rows:
        groups.setdefault((text, years, tuple(of_row.get(label, ()))), []).append(label)
    for (text, years, numbers), labels in groups.items():
        ids, ends = reader.read(text, years, [cells[number] for number in numbers], labels)
        if (ids, ends) != (text, years):
            studying.loc[labels], until.loc[labels] = ids, ends
    if STUDYING in people or cells:
        people[STUDYING] = studying.rename(STUDYING)
    if UNTIL in people or cells or (until != "").any():
        people[UNTIL] = until.rename(UNTIL)


class _Reader:
    """Reads the studies of rows that tell the same."""

    def __init__(self, programmes: Programmes, told: Answers, now: int | None, notes: Notes) -> None:
        self.programmes, self.now, self.notes = programmes, now, notes
        self.answers = {lowered(text): meaning for text, meaning in told.synonyms.get(STUDYING, {}).items()}
        self.ladders = {name: Ladder(name, ladder.levels, now) for name, ladder in programmes.ladders.items()}

    def read(self, text: str, years: str, cells: Sequence[StudyCell], labels: list[int]) -> tuple[str, str]:
        """What a clean roster writes into `studying` and `studying_until`."""
        ends = self._ends(years, labels)
        if ends is None:
            return "", ""
        own = [one for one in self._own(text, len(ends)) if not self._ignored(one)]
        cells = [cell for cell in cells if self.answers.get(lowered(cell.text)) != IGNORE]
        of_ladders = [self._of_cell(cell) for cell in cells]
        told = _without_repeats(own, of_ladders)
        if not told:
            return self._nothing_studied(years, labels, asked=bool(ends) and not text and not cells)
        if ends and len(ends) != len(told):
            self.notes.ask("roster_study_pairs", labels, STUDYING, programmes=len(told), years=len(ends))
            return "", ""
        given: list[int | None] = [*ends] if ends else [None] * len(told)
        settled = [self._settled(one, end, labels) for one, end in zip(told, given, strict=True)]
        for cell, one in zip(cells, of_ladders, strict=True):
            self._say(cell, one, settled, labels)
        if not self.programmes.courses:
            years_told = [end or one.until for one, end in zip(told, given, strict=True)]
            return _as_text(told), " ".join(str(end) for end in years_told if end is not None)
        found = [one for one in settled if one is not None]
        if len(found) < len(told):
            return "", ""
        return " ".join(course.id for course, _ in found), " ".join(str(end) for _, end in found)

    # --- what the cells say

    def _ends(self, years: str, labels: list[int]) -> list[int] | None:
        """The years of `studying_until`; None where one cannot be read."""
        if lowered(years) in BLANK_MARKS:
            return []
        parts = [years] if year(years) is not None else re.split(r"[\s;,]+", years)
        ends = [year(part) for part in parts if part]
        bad = [part for part, end in zip([part for part in parts if part], ends, strict=True) if end is None]
        for part in bad:
            self.notes.ask("roster_year", labels, UNTIL, found=part[:60], first=FIRST_YEAR, last=LAST_YEAR)
        return None if bad else [end for end in ends if end is not None]

    def _ignored(self, told: _Told) -> bool:
        """Whether somebody said that a study is none of the scheme's."""
        return self.answers.get(lowered(told.text)) == IGNORE

    def _nothing_studied(self, years: str, labels: list[int], *, asked: bool) -> tuple[str, str]:
        if asked:
            self.notes.ask("roster_studying", labels, UNTIL, until=f"'{years}'")
        return "", ""

    def _own(self, text: str, ends: int) -> list[_Told]:
        """What `studying` says: ids separated by blanks, or texts separated by semicolons.

        One id among as many words as there are ends makes all of them ids, so that a slip in one is told.
        """
        if not text or lowered(text) in BLANK_MARKS:
            return []
        if is_denial(text) and lowered(text) not in self.answers:
            return []
        names = text.split()
        known = [name in self.programmes.courses for name in names]
        if all(known) or (any(known) and len(names) == ends > 1):
            courses = self.programmes.courses
            return [_Told(STUDYING, name, (courses[name],)) if name in courses else self._text(name) for name in names]
        if lowered(text) in self.answers:
            return [self._answered(_Told(STUDYING, text, ()), self.answers[lowered(text)])]
        parts = [part.strip() for part in _APART.split(text) if part.strip()]
        return [self._text(study) for part in parts for study in self._studies_of(part)]

    def _studies_of(self, text: str) -> list[str]:
        """The studies of a text, apart where commas part programmes of several ladders: "Thạc sĩ 2027, CCLLCT 2026"."""
        if lowered(text) in self.answers or self.programmes.named(text) or self._ladder(text.partition(":")[0].strip()):
            return [text]
        found: list[tuple[str, set[str]]] = []
        for piece in _BESIDE.split(text):
            ladders = {name for name, _ in self._leading(self._on_ladders(piece.strip(), [*self.ladders]))}
            if not found or (ladders and found[-1][1] and not any(ladders & others for _, others in found)):
                found.append((piece.strip(), ladders))
            else:
                found[-1] = (f"{found[-1][0]}, {piece.strip()}", found[-1][1] | ladders)
        return [piece for piece, _ in found] if len(found) > 1 else [text]

    def _leading(self, studies: Sequence[tuple[str, Study]]) -> list[tuple[str, Course]]:
        """The programmes that studies on ladders may be."""
        return [
            (ladder, course)
            for ladder, study in studies
            for course in self.programmes.leading_to(ladder, study.levels, study.mode)
        ]

    def _text(self, text: str) -> _Told:
        if lowered(text) in self.answers:
            return self._answered(_Told(STUDYING, text, ()), self.answers[lowered(text)])
        told = _Told(STUDYING, text, (), self._last_year(text))
        named = self.programmes.named(text) or self.programmes.named(without_time(text))
        if named:
            return replace(told, courses=tuple(named))
        prefix, colon, rest = text.partition(":")
        only = self._ladder(prefix.strip()) if colon else ""
        studies = self._on_ladders(rest.strip() if only else text, [only] if only else [*self.ladders])
        courses = [course for _, course in self._leading(studies)]
        first = studies[0][1] if studies else Study(())
        begins = not studies and any(ladder.read(text).question == _BEGINS for ladder in self.ladders.values())
        return replace(
            told,
            courses=tuple(dict.fromkeys(courses)),
            nth=first.nth,
            begun=first.begun,
            until=first.until or told.until,
            key=_BEGINS if begins else _SEVERAL if len({ladder for ladder, _ in studies}) > 1 else "",
        )

    def _ladder(self, text: str) -> str:
        return text if text in self.ladders else next((name for name in self.ladders if known_header(text) == name), "")

    def _on_ladders(self, text: str, names: Iterable[str]) -> list[tuple[str, Study]]:
        """On which ladders a text tells a study, and which."""
        found = []
        for name in names:
            ladder = self.ladders[name]
            read = ladder.read(text)
            if not read.studies:
                read = ladder.read(f"đang học {text}")
            found += [(name, study) for study in read.studies]
        # "Thạc sĩ" is a degree before it is a certificate of a language.
        degrees = [(name, study) for name, study in found if self.ladders[name].kind not in CERTIFICATES]
        return degrees or found

    def _last_year(self, text: str) -> int | None:
        """The year in which a text says that a study ends, if it has not ended yet."""
        end = told_end(text)
        return end if end is not None and (self.now is None or end >= self.now) else None

    def _of_cell(self, cell: StudyCell) -> _Told:
        """What a ladder's cell says."""
        study = cell.study
        courses = tuple(self.programmes.leading_to(cell.column, study.levels, study.mode))
        told = _Told(cell.column, cell.text, courses, study.until, study.nth, study.begun)
        answer = cell.answer or self.answers.get(lowered(cell.text), "")
        return self._answered(told, answer) if answer else told

    def _answered(self, told: _Told, answer: str) -> _Told:
        """With what somebody said that it is; a programme of another ladder is said of another cell."""
        found = study_answer(answer, self.programmes.courses)
        if found is None:
            return told
        course = self.programmes.courses[found.programme]
        if told.column != STUDYING and course.ladder not in ("", told.column):
            return told
        return replace(told, courses=(course,), until=found.until or told.until or self._last_year(told.text), key="")

    # --- what is still open

    def _settled(self, told: _Told, end: int | None, labels: list[int]) -> tuple[Course, int] | None:
        """The programme and the year of its end; None where they have to be asked for."""
        if not self.programmes.courses:
            return None
        until = end if end is not None else told.until
        if len(told.courses) != 1 or told.key:
            self._ask_programme(told, until, labels)
            return None
        course = told.courses[0]
        if end is not None and told.until is not None and end != told.until:
            self.notes.ask("reading_study_ends", labels, told.column, found=told.text[:60], until=end, other=told.until)
            return None
        if until is None:
            self._ask_end(told, course, labels)
            return None
        if told.column == STUDYING and told.text != course.id:
            self.notes.remark(
                "reading_study_taken", labels, STUDYING, found=told.text[:60], programme=str(course), until=until
            )
        return course, until

    def _ask_programme(self, told: _Told, until: int | None, labels: list[int]) -> None:
        courses = self.programmes.courses.values()
        offered = told.courses or [one for one in courses if told.column in (STUDYING, one.ladder)] or [*courses]
        known = ", ".join(map(str, offered[:12]))
        key = told.key or (_SEVERAL if told.courses else "reading_study_which")
        ids = [one.id for one in offered]
        few = until is None and len(ids) <= MOST_WITH_YEARS
        choices = [f"{one} {end}" for one in ids for end in self._offered_years()] if few else ids
        self.notes.ask(
            key,
            labels,
            told.column,
            at=self._at(told),
            choices=[*(choices or ids), IGNORE],
            found=told.text[:60],
            hint=self._hint(told.text),
            programmes=known,
        )

    def _hint(self, text: str) -> Sentence | str:
        """The programme whose id or title is most like a text."""
        like = closest(text, [name for one in self.programmes.courses.values() for name in (one.id, *one.titles)])
        return "" if like is None else Sentence("did_you_mean", {"name": like})

    def _ask_end(self, told: _Told, course: Course, labels: list[int]) -> None:
        proposal = self._likely_end(told, course)
        choices = [f"{course.id} {end}" for end in self._offered_years()]
        self.notes.ask(
            "reading_study_end",
            labels,
            told.column,
            at=self._at(told),
            choices=choices,
            proposal=f"{course.id} {proposal}" if proposal else "",
            found=told.text[:60],
            programme=str(course),
            example=f"{course.id} {proposal or self._next_year()}",
        )

    def _at(self, told: _Told) -> tuple[str, ...]:
        """Where the answer is written: under `studying`, unless the same text is answered there for another ladder."""
        elsewhere = study_answer(self.answers.get(lowered(told.text), ""), self.programmes.courses)
        column = STUDYING if elsewhere is None or told.courses else told.column
        return ("synonyms", column, told.text)

    def _offered_years(self) -> list[int]:
        return [] if self.now is None else [*range(self.now, self.now + AHEAD + 1)]

    def _next_year(self) -> int:
        return (dt.datetime.now(tz=dt.UTC).year if self.now is None else self.now) + 1

    def _likely_end(self, told: _Told, course: Course) -> int | None:
        """When a study would end that takes as long as its programme says."""
        if self.now is None:
            return None
        if told.nth is not None:
            return (
                self.now if told.nth == 0 else self.now + course.years - told.nth if told.nth <= course.years else None
            )
        if told.begun is not None and told.begun + course.years - 1 >= self.now:
            return told.begun + course.years - 1
        return None

    def _say(
        self, cell: StudyCell, told: _Told, settled: Sequence[tuple[Course, int] | None], labels: list[int]
    ) -> None:
        """Remark that a ladder's cell was taken for a study, and what that says of the level held."""
        mine = next((one for one in settled if one is not None and one[0].ladder == cell.column), None)
        if mine is None and self.programmes.courses:
            return  # asked
        name = cell.text if mine is None else str(mine[0])
        until = told.until if mine is None else mine[1]
        keys = _STUDYING if cell.held is None else _STUDYING_BESIDE
        self.notes.remark(
            keys[0] if until and mine is not None else keys[1],
            labels,
            cell.column,
            found=cell.text[:60],
            programme=name,
            until=until or "",
            level=cell.held or "",
        )


def _without_repeats(own: Sequence[_Told], of_ladders: Sequence[_Told]) -> list[_Told]:
    """The studies, each once: what a ladder's cell and `studying` both tell is one."""
    found = list(own)
    for one in of_ladders:
        twin = next((place for place, other in enumerate(found) if _same(one, other)), None)
        if twin is None:
            found.append(one)
            continue
        other = found[twin]
        common = tuple(course for course in other.courses if course in one.courses) or other.courses
        found[twin] = replace(
            other,
            courses=common,
            until=other.until or one.until,
            nth=other.nth or one.nth,
            begun=other.begun or one.begun,
        )
    return found


def _same(one: _Told, other: _Told) -> bool:
    return other.column == STUDYING and bool(set(one.courses) & set(other.courses))


def _as_text(told: Sequence[_Told]) -> str:
    """Studies as text, to be read when there is a scenario."""
    return "; ".join(one.text if one.column == STUDYING else f"{one.column}: {one.text}" for one in told)
