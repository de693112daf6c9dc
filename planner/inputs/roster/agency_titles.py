"""The columns of an agencies table that say what an agency is called on lists."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.messages import LANGUAGES

AGENCY_TITLES = ("title", *(f"title_{language}" for language in LANGUAGES))
"""What an agency is called: in any language, and in each of those that planner speaks."""

Title = str | Mapping[str, str] | None
"""What an agency is called: one text, or {en, vi}."""


def titled(agencies: pd.DataFrame, titles: Mapping[str, Title]) -> pd.DataFrame:
    """A table of agencies with their titles, in the columns of `AGENCY_TITLES` in which anybody has one.

    A title that is told takes the place of those that the table has for the agency.
    """
    cells = {str(agency): _cells(title) for agency, title in titles.items() if title}
    found = agencies.copy()
    for name in AGENCY_TITLES:
        held = found[name] if name in found else pd.Series("", index=found.index, dtype="str")
        told = [
            cells[agency].get(name, "") if agency in cells else cell
            for agency, cell in zip(found["agency"], held, strict=True)
        ]
        if name in found or any(told):
            found[name] = told
    return found


def _cells(title: Title) -> dict[str, str]:
    if not isinstance(title, Mapping):
        return {"title": title or ""}
    spoken = {f"title_{language}": title[language] for language in LANGUAGES if title.get(language)}
    return spoken or {"title": next(iter(title.values()), "")}
