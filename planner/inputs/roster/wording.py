"""A clean roster in the words of whoever reads it: headings and cells, and back again from either language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.inputs.roster.told import IGNORE, UNKNOWN, Question
from planner.inputs.synonyms import FEMALE, HEADERS, MALE, NUMBERING, recogniser
from planner.inputs.vocabulary.answers import STUDYING
from planner.inputs.vocabulary.levels import level_index
from planner.inputs.vocabulary.words import DEGREES, NONE
from planner.messages import LANGUAGES, known, language, localised, say, speaking

LOCAL = "local"
"""A column that says yes or no."""
_ANSWERS = (IGNORE, UNKNOWN, "people", STUDYING)
"""Answers that are words of their own."""
Title = str | Mapping[str, str] | None


class Wording:
    """What the columns and cells of a clean roster are called in the language spoken now.

    In English that is the contract's own names; in Vietnamese what an office writes, where a roster's reader takes it
    for the same again.

    Parameters
    ----------
    ladders
        Ladder -> its levels, lowest first.
    programmes
        Programme -> its title.
    names
        Further columns that the scenario speaks of.
    """

    def __init__(
        self,
        ladders: Mapping[str, Sequence[str]],
        programmes: Mapping[str, Title] | None = None,
        names: Sequence[str] = (),
    ) -> None:
        self.ladders = ladders
        self.programmes = programmes or {}
        self._names = names
        self._recognise = recogniser(HEADERS, {*ladders, *names})
        self._words = {column: self._both(column) for column in (*ladders, STUDYING, "sex", LOCAL)}
        self._shown = {column: self._spoken(column) for column in self._words}

    def heading(self, column: str) -> str:
        """What a column is called: in English the contract's name, in Vietnamese what an office calls it."""
        words = HEADERS.get(column, ())
        if language() == "en" or not words or self._recognise(words[0]) != column:
            return column
        return words[0]

    def known_columns(self) -> list[str]:
        """The columns that a roster may have."""
        usual = [name for name in HEADERS if name not in (NUMBERING, MALE, FEMALE) and name not in self.ladders]
        return [
            *usual,
            *self.ladders,
            *(name for name in self._names if name not in usual and name not in self.ladders),
        ]

    def column(self, heading: str) -> str:
        """The column that a heading stands for, in either language."""
        return self._recognise(heading) or heading

    def shown(self, column: str, value: str) -> str:
        """A clean cell as its reader knows it."""
        if column == "birth_date" and language() == "vi":
            return "/".join(reversed(value.split("-")))
        if column in self.ladders and value == UNKNOWN:
            return say("import_unknown")
        shown = self._shown.get(column, {})
        return " ".join(shown.get(part, part) for part in (value.split(" ") if column == STUDYING else [value]))

    def meant(self, column: str, text: str) -> str:
        """The clean cell that a text stands for, which may be shown in either language; any other text is itself."""
        return self._words.get(column, {}).get(text, text)

    def choices(self, column: str) -> list[str]:
        """What may stand in a column, as it is shown; empty for any text."""
        if column in self.ladders:
            return [self.shown(column, level) for level in self.ladders[column]]
        if column in ("sex", LOCAL):
            return [self.shown(column, value) for value in self._values(column)]
        return [self.shown(column, name) for name in self.programmes] if column == STUDYING else []

    def answer(self, at: Sequence[str], value: str) -> str:
        """An answer to a question, or a choice of it, as its reader knows it."""
        if value in _ANSWERS:
            return say(f"import_{value}")
        if at[0] == "headers":
            return self.heading(value)
        if at[0] == "sheets":
            return value
        study = self._shown[STUDYING]
        name, _, year = value.partition(" ")
        return f"{study[name]} {year}".rstrip() if name in study else self.shown(at[1], value)

    def offered(self, question: Question, value: str) -> str:
        """A choice of a question as its reader knows it."""
        return self.answer(question.at, value) if question.at else self.shown(question.column, value)

    def answer_meant(self, at: Sequence[str], text: str) -> str:
        """The answer that a text stands for, which may be shown in either language."""
        for name in LANGUAGES:
            with speaking(name):
                for value in _ANSWERS:
                    if text.casefold() in (value, say(f"import_{value}").casefold()):
                        return value
        if at[0] == "headers":
            return self.column(text)
        if at[0] == "sheets":
            return text
        title, _, year = text.rpartition(" ") if re.fullmatch(r".* \d{4}", text) else (text, "", "")
        if title in self._words[STUDYING] and title not in self._words.get(at[1], {}):
            return f"{self._words[STUDYING][title]} {year}".rstrip()
        return self.meant(at[1], text)

    def person(self, text: str) -> bool | None:
        """Whether a text says that a row is a person, or is left out, in either language; None for any other text."""
        for name in LANGUAGES:
            with speaking(name):
                for key in ("import_person", "import_left_out"):
                    if text.casefold() == say(key).casefold():
                        return key == "import_person"
        return None

    def _both(self, column: str) -> dict[str, str]:
        """What is shown in any language -> the clean cell."""
        found: dict[str, str] = {}
        for name in LANGUAGES:
            with speaking(name):
                found |= {text: value for value, text in self._spoken(column).items()}
        return found

    def _spoken(self, column: str) -> dict[str, str]:
        """The clean cell -> what is shown in the language spoken now, each different from the others."""
        if language() == "en":  # where the contract's names are words
            return {value: value for value in self._values(column)}
        if column in self.ladders:
            told = {level: self._level(column, level) for level in self.ladders[column]}
        elif column == "sex":
            told = {"F": say("sex_f"), "M": say("sex_m")}
        elif column == LOCAL:
            told = {"yes": say("scheme_yes"), "no": say("scheme_no")}
        else:
            told = {name: localised(title, name) for name, title in self.programmes.items()}
        texts = [*told.values()]
        return {value: text if texts.count(text) == 1 else value for value, text in told.items()}

    def _values(self, column: str) -> Sequence[str]:
        if column in ("sex", LOCAL):
            return ("F", "M") if column == "sex" else ("yes", "no")
        return [*self.ladders.get(column, self.programmes)]

    def _level(self, ladder: str, level: str) -> str:
        """A level's name for people, if a roster's reader takes it for that level."""
        levels = self.ladders[ladder]
        read = level_index(ladder, levels)
        key = f"level_{ladder}_{level}"
        # The first word for a level is its abbreviation, the second what it stands for.
        names = [*DEGREES.get(ladder, {}).get(level, ())[1:2], *([say(key)] if known(key) else [])]
        names += [say("import_none")] if level == NONE else []
        names += [say(held)] if known(held := f"held_{ladder}_{level}") else []
        fits = (name[:1].upper() + name[1:] for name in names if read(name) == levels.index(level))
        return next(fits, level)


@dataclass(frozen=True)
class Heading:
    """What a column is called, or several, in the language spoken where it is shown."""

    wording: Wording
    column: str | tuple[str, ...]

    def __str__(self) -> str:
        names = (self.column,) if isinstance(self.column, str) else self.column
        return ", ".join(map(self.wording.heading, names))
