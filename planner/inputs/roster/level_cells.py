"""The cells of a ladder's column: the level held, a blank, or study under way."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.roster.notes import Done, LevelNames, Notes
from planner.inputs.roster.programmes import Programmes
from planner.inputs.roster.study_cells import StudyCell
from planner.inputs.roster.told import UNKNOWN, Answers
from planner.inputs.vocabulary.answers import STUDYING, study_answer
from planner.inputs.vocabulary.frameworks import MINORITY_SOURCE
from planner.inputs.vocabulary.levels import Ladder, LevelReading, Study
from planner.inputs.vocabulary.phrase_tables import CERTIFICATES
from planner.inputs.vocabulary.phrases import lowered
from planner.inputs.vocabulary.words import BLANK_MARKS
from planner.messages import Sentence, known

_PROPOSED = ("reading_level_words", "reading_level_course")
"""Questions of which the level named is the likeliest answer."""


def clean_levels(
    column: pd.Series, ladder: Ladder, told: Answers, programmes: Programmes, notes: Notes
) -> tuple[pd.Series, list[StudyCell]]:
    """The column with the ladder's levels in it, and the study under way that its cells tell."""
    codes, texts = pd.factorize(column.to_numpy(dtype=object))
    cells = _Cells(ladder, told, programmes, notes, [*texts])
    clean = np.array([cells.read(text) for text in texts] or [""], dtype=object)
    studies: list[StudyCell] = []
    for place, text in enumerate(texts):
        if text in cells.said:
            studies += cells.tell(text, column.index[codes == place].tolist())
    blanks = np.array([cells.is_blank(text) for text in texts] or [False], dtype=bool)[codes]
    if blanks.any():
        cells.tell_blanks(column.index[blanks].tolist(), len(column))
    return pd.Series(clean[codes], index=column.index, dtype="str", name=column.name), studies


class _Cells:
    """The distinct texts of one column."""

    def __init__(self, ladder: Ladder, told: Answers, programmes: Programmes, notes: Notes, texts: list[str]) -> None:
        self.ladder, self.programmes, self.notes = ladder, programmes, notes
        self.answers = {lowered(text): meaning for text, meaning in told.synonyms.get(ladder.name, {}).items()}
        blank = told.blank.get(ladder.name, "")
        self.blank = UNKNOWN if blank == UNKNOWN else self._level(blank) or ""
        # Beside 1 for yes, 0 is no.
        self.truths = ladder.kind in CERTIFICATES and "1" in texts
        self.said: dict[str, LevelReading] = {}
        self.answered_studies: dict[str, str] = {}

    def _level(self, answer: str) -> str | None:
        """The level that an answer plainly names."""
        read = self.ladder.read(answer) if answer else None
        return self.ladder.levels[read.held] if read is not None and read.is_plain and read.held is not None else None

    def is_blank(self, text: str) -> bool:
        """Whether a text stands where nothing is said."""
        if text == "":
            return True
        if lowered(text) not in BLANK_MARKS or lowered(text) in self.answers:
            return False
        return self.ladder.own(text) is None and not (text == "0" and self.truths)

    def read(self, text: str) -> str:
        """What a clean roster writes for a text; what is to be told of it is kept in `said`."""
        answer = self.answers.get(lowered(text)) if text else None
        if answer is not None:
            answered = self._answered(text, answer)
            if answered is not None:
                return answered
        if self.is_blank(text):
            return self.blank
        if text == UNKNOWN and self.ladder.own(text) is None:
            return UNKNOWN
        read = self.ladder.read(text)
        if read.is_plain:
            assert read.held is not None
            return self.ladder.levels[read.held]
        self.said[text] = read
        if read.question:
            return ""
        return UNKNOWN if read.held is None else self.ladder.levels[read.held]

    def _answered(self, text: str, answer: str) -> str | None:
        """What an answer makes of a text; None where the answer means nothing here."""
        if answer == UNKNOWN:
            return UNKNOWN
        level = self._level(answer)
        if level is not None:
            return level
        study = study_answer(answer, self.programmes.courses)
        if answer == STUDYING or study is not None:
            read = self.ladder.read(text)
            told = read.studies or (Study(read.options or tuple(range(len(self.ladder.levels)))),)
            self.said[text] = LevelReading(read.held if read.studies else None, told)
            self.answered_studies[text] = "" if study is None else answer
            held = self.said[text].held
            return UNKNOWN if held is None else self.ladder.levels[held]
        return None

    def tell(self, text: str, labels: list[int]) -> list[StudyCell]:
        """Remark upon a text or ask about it; the studies that it tells."""
        read, name = self.said[text], self.ladder.name
        levels = self.ladder.levels
        if read.question:
            options = tuple(levels[index] for index in read.options)
            choices = (*options, *(level for level in levels if level not in options), UNKNOWN, STUDYING)
            slip = self.ladder.likely(text) if read.question == "reading_level" else None
            proposal = options[0] if len(options) == 1 and read.question in _PROPOSED else ""
            proposal = proposal if slip is None else levels[slip]
            self.notes.ask(
                read.question,
                labels,
                name,
                at=("synonyms", name, text),
                choices=choices,
                proposal=proposal,
                found=text[:60],
                hint=Sentence("did_you_mean", {"name": LevelNames(name, (proposal,))}) if slip is not None else "",
                levels=LevelNames(name, levels),
                options=LevelNames(name, options or levels),
            )
            return []
        if read.unknown:
            self.notes.remark("reading_unknown", labels, name, found=text[:60])
            return []
        held = None if read.held is None else LevelNames(name, (levels[read.held],))
        if read.remark and held is not None:
            done: Done = "assumed" if read.source == MINORITY_SOURCE else "read"
            source = Sentence(read.source) if known(read.source) else read.source
            self.notes.remark(
                read.remark, labels, name, done, found=text[:60], level=held, source=source, year=read.since or ""
            )
        answer = self.answered_studies.get(text, "")
        return [StudyCell(self.ladder.name, text, study, held, tuple(labels), answer) for study in read.studies]

    def tell_blanks(self, labels: list[int], of: int) -> None:
        """Say how many cells are blank, and what that was taken for, where nobody has said it."""
        if not self.blank:
            none = self.ladder.places.get("none")
            example = self.ladder.levels[0] if none is None else self.ladder.levels[none]
            self.notes.remark(
                "reading_blank", labels, self.ladder.name, "assumed", of=of, ladder=self.ladder.name, level=example
            )
