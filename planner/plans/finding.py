"""A cadre by code or name, a programme by id or title, as people type them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from planner.common.errors import MOST_NAMES_TOLD, Fault, InputError, nearest
from planner.inputs.problem import Problem
from planner.inputs.synonyms import plain


def find_cadre(problem: Problem, asked: str, at: str = "--cadre") -> str:
    """The code of the cadre who is meant.

    The code wins; then the code in another case; then the name, in another case, at last without accents.

    Raises
    ------
    InputError
        Nobody is called so; or several are: each is told by code, agency and year of birth, so that one can be chosen.
    """
    cadres = problem.cadres
    codes = list(cadres["cadre"])
    found = _first([(codes, codes)], asked, (_composed, _folded))
    if not found and "name" in cadres:
        found = _first([(cadres["name"].astype(str), codes)], asked, (_composed, _folded, plain))
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(Fault("unknown_cadre", {"at": at, "name": asked, "nearest": nearest(asked, codes)}))
    rows = cadres[cadres["cadre"].isin(found)]
    told = [_where(*row) for row in zip(rows["cadre"], rows["agency"], rows["birth_year"], strict=True)]
    raise InputError(Fault("find_several_cadres", {"at": at, "name": asked, "found": _told(told)}))


def find_programme(problem: Problem, asked: str, at: str = "--programme") -> str:
    """The id of the programme that is meant: by its id, else by a title of it, in another case, without accents.

    Raises
    ------
    InputError
        None is called so, or several are: they are told.
    """
    entries = problem.scenario.programmes
    if asked in entries:
        return asked
    titles = {name: entry.title for name, entry in entries.items()}
    spelt = [
        (text, name)
        for name, title in titles.items()
        for text in (name, *([title] if isinstance(title, str) else (title or {}).values()))
    ]
    texts, names = [text for text, _ in spelt], [name for _, name in spelt]
    found = _first([(texts, names)], asked, (_composed, _folded, plain))
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(Fault("unknown_programme", {"at": at, "name": asked, "nearest": nearest(asked, texts)}))
    raise InputError(Fault("find_several_programmes", {"at": at, "name": asked, "found": _told(found)}))


def _first(
    spelt: Iterable[tuple[Iterable[str], Sequence[str]]], asked: str, forms: Sequence[Callable[[str], str]]
) -> list[str]:
    """What is meant by the first form in which anything is spelt as it is asked for; each once."""
    pairs = [pair for texts, meant in spelt for pair in zip(texts, meant, strict=True)]
    for form in forms:
        wanted = form(asked)
        found = [meant for text, meant in pairs if wanted and form(text) == wanted]
        if found:
            return list(dict.fromkeys(found))
    return []


def _composed(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _folded(text: str) -> str:
    return _composed(text).casefold()


def _where(cadre: str, agency: str, birth_year: float) -> str:
    return f"{cadre} ({agency})" if pd.isna(birth_year) else f"{cadre} ({agency}, {int(birth_year)})"


def _told(found: Sequence[str]) -> str:
    return "; ".join(found[:MOST_NAMES_TOLD]) + ("; …" if len(found) > MOST_NAMES_TOLD else "")
