"""Who is a man and who a woman; where no column says it, Ông and Bà before the name do."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

from planner.inputs import synonyms
from planner.inputs.roster.notes import Notes
from planner.inputs.roster.told import Answers
from planner.inputs.vocabulary.phrases import lowered
from planner.inputs.vocabulary.words import BLANK_MARKS
from planner.messages import Sentence

_TITLES = {"ông": "M", "bà": "F"}
"""Forms of address that tell the sex."""
_TITLED = re.compile(r"(ông|bà)[.:]?\s+(?=\S)", re.IGNORECASE)
_NAMES = {"F": "reading_sex_F", "M": "reading_sex_M"}
_MIDDLE = {"văn": "M", "thị": "F"}
"""Middle names that most men or women have: too little to go by, enough to propose."""


def clean_sexes(people: dict[str, pd.Series], index: pd.Index, told: Answers, notes: Notes) -> None:
    """Put F or M into `sex`, "" where nobody knows; a name loses the form of address that told it.

    A blank in a column of sexes is remarked upon (contract, section 2: a missing value satisfies no comparison); where
    there is no such column, those of whom nothing is known are asked about.
    """
    if not len(index) or not {"cadre", "name"} & {*people}:
        return
    has_column = "sex" in people
    column, asked = _read(people.get("sex", pd.Series("", index=index, dtype="str")), told, notes)
    silent = index[(column == "").to_numpy() & ~index.isin(asked)]
    if len(silent) and "name" in people:
        silent = _by_title(people, column, silent, notes)
    people["sex"] = column.rename("sex")
    if not len(silent):
        return
    if has_column:
        notes.remark("reading_sex_blank", silent.tolist(), "sex", "assumed")
        return
    likely = _likely(people, silent)
    proposed = Sentence("reading_proposal", {"proposal": Sentence(_NAMES[likely])}) if likely else ""
    notes.ask(
        "reading_sex_missing",
        silent.tolist(),
        "sex",
        choices=("F", "M"),
        proposal=likely,
        names=_examples(people, silent),
        proposed=proposed,
    )


def _read(column: pd.Series, told: Answers, notes: Notes) -> tuple[pd.Series, list[int]]:
    """The column as F and M, and the rows that have to be asked about."""
    answers = {lowered(text): meaning for text, meaning in told.synonyms.get("sex", {}).items()}
    codes, texts = pd.factorize(column.to_numpy(dtype=object))
    asked: list[int] = []
    clean = []
    for place, text in enumerate(texts):
        found = "" if lowered(text) in BLANK_MARKS or text == "" else answers.get(lowered(text)) or synonyms.sex(text)
        clean.append(found if found in ("F", "M") else "")
        if found not in ("F", "M", ""):
            labels = column.index[codes == place].tolist()
            asked += labels
            notes.ask("roster_sex", labels, "sex", at=("synonyms", "sex", text), choices=("F", "M"), found=text[:60])
    values = np.array(clean or [""], dtype=object)[codes]
    return pd.Series(values, index=column.index, dtype="str"), asked


def _by_title(people: dict[str, pd.Series], column: pd.Series, silent: pd.Index, notes: Notes) -> pd.Index:
    """Read Ông and Bà in the names of those of whom nothing else tells it; who is left."""
    names = people["name"].copy()
    told: list[int] = []
    for label in silent:
        name = unicodedata.normalize("NFC", str(names[label]))
        found = _TITLED.match(name)
        if found is not None:
            column.loc[label] = _TITLES[found[1].lower()]
            names.loc[label] = name[found.end() :]
            told.append(label)
    if told:
        people["name"] = names
        notes.remark("reading_sex_title", told, "name")
    return silent[~silent.isin(told)]


def _examples(people: dict[str, pd.Series], silent: pd.Index) -> str:
    """The first of those who are asked about, by code or name."""
    told = people.get("cadre", people.get("name"))
    return "" if told is None else ", ".join(str(told[label]) for label in silent[:5])


def _likely(people: dict[str, pd.Series], silent: pd.Index) -> str:
    """What the middle names of all who are asked about speak for; empty where they disagree or say nothing."""
    if "name" not in people:
        return ""
    spoken = {
        next((sex for word, sex in _MIDDLE.items() if word in lowered(str(people["name"][label])).split()[1:-1]), "")
        for label in silent
    }
    return spoken.pop() if len(spoken) == 1 else ""
