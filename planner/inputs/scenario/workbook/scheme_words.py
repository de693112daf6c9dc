"""What the entries and levels of a scheme are called in its workbook: by titles that lead back to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.inputs import synonyms
from planner.inputs.scenario.workbook.cells import BETWEEN
from planner.inputs.scenario.workbook.condition_rows import Comparison
from planner.inputs.scenario.workbook.naming import Names, in_words, ladder_word, level_of, level_word
from planner.inputs.scenario.workbook.words import GROUP_COLUMN
from planner.messages import language, localised, say

NAMED = ("programmes", "groups", "targets", "seats", "shares", "priority", "approval")


class SchemeWords:
    """The titles of a scenario's entries, and the words of its ladders; of an empty one nothing has a word."""

    def __init__(self, scenario: Mapping[str, Any]) -> None:
        ladders = scenario.get("ladders") or {}
        self.ladders = {name for name, levels in ladders.items() if isinstance(levels, list) and in_words(name, levels)}
        self._names = {section: Names() for section in NAMED}
        self._titles: dict[tuple[str, str], str] = {}
        for section, names in self._names.items():
            for code, entry in (scenario.get(section) or {}).items():
                title = entry.get("title") if isinstance(entry, dict) else None
                names.add(code, title.values() if isinstance(title, dict) else [title] if title else [])
                self._titles[section, code] = localised(title) if title else ""

    def name(self, section: str, code: str) -> str:
        """What an entry, or a ladder, is called."""
        if section == "ladders":
            return self.ladder(code)
        names = self._names.get(section)
        return code if names is None else names.word(code, self._titles.get((section, code)))

    def listed(self, section: str, codes: Any) -> str | None:
        """The cell of a list of entries by what they are called; None where that would not lead back."""
        names = self._names.get(section)
        if names is None or not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            return None
        cell = BETWEEN.join(self.name(section, code) for code in codes)
        return (
            cell
            if codes and [names.meant(word) for word in names.several(cell)] == [[code] for code in codes]
            else None
        )

    def means_group(self, text: str) -> bool:
        """Whether some group is called so."""
        return bool(self._names["groups"].meant(text))

    def ladder(self, ladder: str) -> str:
        """What a ladder is called."""
        return ladder_word(ladder) if ladder in self.ladders else ladder

    def level(self, ladder: str, level: str) -> str:
        """What a level is called."""
        return level_word(ladder, level) if ladder in self.ladders else level

    def compared(self, row: Comparison) -> Any:
        """What a row of a condition is compared with, in words; None where the words would not lead back."""
        if not isinstance(row.value, str):
            return row.value
        if row.column == GROUP_COLUMN:
            return self.name("groups", row.value)
        if row.column in self.ladders:
            values = row.value.split(BETWEEN) if row.relation == "in" else [row.value]
            back = all((level_of(row.column, value) or value) == value for value in values)
            return BETWEEN.join(self.level(row.column, value) for value in values) if back else None
        if row.column == "sex" and self.ladders:
            return self.sex(row.value) if (synonyms.sex(row.value) or row.value) == row.value else None
        return row.value

    def sex(self, value: str) -> str:
        """What a sex is called."""
        return say(f"scheme_sex_{value}") if language() == "vi" and value in ("F", "M") and self.ladders else value
