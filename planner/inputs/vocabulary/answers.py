"""What may be answered about a roster's cells, and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from planner.common.errors import NearestName, nearest
from planner.inputs.vocabulary.levels import level_index

UNKNOWN = "unknown"
IGNORE = "ignore"
"""The answer that leaves a study out, since it is none of the scheme's."""
STUDYING = "studying"
"""The answer that takes a text for study under way; which programme and until when is asked apart."""


class WrongAnswer(NamedTuple):
    """An answer that means nothing: where it stands, the key of the sentence, its blanks."""

    at: tuple[str, ...]
    key: str
    name: str
    hint: NearestName


class StudyAnswer(NamedTuple):
    """A programme's id and the year in which the study ends, if the answer tells it."""

    programme: str
    until: int | None


def study_answer(text: str, programmes: Collection[str]) -> StudyAnswer | None:
    """A text such as "master 2027", or "master" alone, read as an answer; None where it is no programme."""
    if text in programmes:
        return StudyAnswer(text, None)
    found = re.fullmatch(r"(\S+)\s+(\d{4})", text.strip(), re.ASCII)
    return StudyAnswer(found[1], int(found[2])) if found and found[1] in programmes else None


def wrong_answers(
    blank: Mapping[str, str],
    synonyms: Mapping[str, Mapping[str, str]],
    ladders: Mapping[str, Sequence[str]],
    programmes: Collection[str],
) -> Iterator[WrongAnswer]:
    """The answers that name a ladder, a level or a programme that nobody defined.

    Parameters
    ----------
    blank
        Ladder -> what a blank means.
    synonyms
        Column -> text of a cell -> what it means.
    """
    for ladder, level in blank.items():
        if ladder not in ladders:
            yield WrongAnswer(("blank", ladder), "unknown_ladder", ladder, nearest(ladder, ladders))
        elif level != UNKNOWN and level_index(ladder, ladders[ladder])(level) is None:
            known = [*ladders[ladder], UNKNOWN]
            yield WrongAnswer(("blank", ladder), "unknown_level", level, nearest(level, known))
    for column, meanings in synonyms.items():
        for text, meaning in meanings.items():
            if column in ladders and not _means_level(column, meaning, ladders, programmes):
                known = [*ladders[column], UNKNOWN]
                yield WrongAnswer(("synonyms", column, text), "unknown_level", meaning, nearest(meaning, known))
            if column == STUDYING and programmes and meaning != IGNORE and study_answer(meaning, programmes) is None:
                yield WrongAnswer(
                    ("synonyms", column, text), "unknown_programme", meaning, nearest(meaning, programmes)
                )
            if column == "sex" and meaning not in ("F", "M"):
                yield WrongAnswer(("synonyms", column, text), "want_sex", meaning, nearest(meaning, ("F", "M")))


def _means_level(ladder: str, meaning: str, ladders: Mapping[str, Sequence[str]], programmes: Collection[str]) -> bool:
    if meaning in (UNKNOWN, STUDYING) or study_answer(meaning, programmes) is not None:
        return True
    return level_index(ladder, ladders[ladder])(meaning) is not None
