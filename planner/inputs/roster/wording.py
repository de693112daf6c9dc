"""A clean roster in the words of whoever reads it: headings and cells, and back again from either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.inputs.roster.told import IGNORE, UNKNOWN
from planner.inputs.synonyms import FEMALE, HEADERS, MALE, NUMBERING, level_index, recogniser
from planner.messages import LANGUAGES, known, language, localised, say, speaking

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
        self._words = {column: self._both(column) for column in (*ladders, "studying", "sex")}
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
        return " ".join(self._shown.get(column, {}).get(part, part) for part in self._parts(column, value))

    def meant(self, column: str, text: str) -> str:
        """The clean cell that a text stands for, which may be shown in either language; any other text is itself."""
        found = self._words.get(column, {}).get(text)
        return text if found is None else found

    def choices(self, column: str) -> list[str]:
        """What may stand in a column, as it is shown; empty for any text."""
        if column in self.ladders:
            return [self.shown(column, level) for level in self.ladders[column]]
        if column == "sex":
            return [self.shown(column, sex) for sex in "FM"]
        return [self.shown(column, name) for name in self.programmes] if column == "studying" else []

    def answer(self, at: Sequence[str], value: str) -> str:
        """An answer to a question, or a choice of it, as its reader knows it."""
        if value in (IGNORE, UNKNOWN, "people"):
            return say(f"import_{value}")
        if at[:1] == ("headers",):
            return self.heading(value)
        return self.shown(at[1], value) if at[:1] in (("blank",), ("synonyms",)) else value

    def answer_meant(self, at: Sequence[str], text: str) -> str:
        """The answer that a text stands for, which may be shown in either language."""
        for name in LANGUAGES:
            with speaking(name):
                for value in (IGNORE, UNKNOWN, "people"):
                    if text.casefold() in (value, say(f"import_{value}").casefold()):
                        return value
        if at[:1] == ("headers",):
            return self.column(text)
        return self.meant(at[1], text) if at[:1] in (("blank",), ("synonyms",)) else text

    def _parts(self, column: str, value: str) -> Sequence[str]:
        return value.split(" ") if column == "studying" and value not in self._shown["studying"] else [value]

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
        else:
            told = {name: localised(title, name) for name, title in self.programmes.items()}
        texts = [*told.values()]
        return {value: text if texts.count(text) == 1 else value for value, text in told.items()}

    def _values(self, column: str) -> Sequence[str]:
        return ("F", "M") if column == "sex" else [*self.ladders.get(column, self.programmes)]

    def _level(self, ladder: str, level: str) -> str:
        """A level's name for people, if a roster's reader takes it for that level."""
        levels = self.ladders[ladder]
        read = level_index(ladder, levels)
        key = f"level_{ladder}_{level}"
        names = ([say(key)] if known(key) else []) + ([say("import_none")] if level == "none" else [])
        fits = (name[:1].upper() + name[1:] for name in names if read(name) == levels.index(level))
        return next(fits, level)
