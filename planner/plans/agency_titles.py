"""What agencies are called on lists and pages and in pictures."""

from __future__ import annotations

from collections import Counter

from planner.inputs.problem import Problem, derived_once
from planner.inputs.roster.agency_titles import AGENCY_TITLES
from planner.inputs.synonyms import plain
from planner.messages import LANGUAGES, say
from planner.messages import language as spoken


def agency_title(problem: Problem, agency: str, language: str | None = None) -> str:
    """An agency's name for people, in a language (by default the one spoken): its title, else its name on the roster.

    Where agencies share a title, each has its name on the roster behind it, so that no reader takes one for another.
    """
    return agency_titles(problem, language).get(agency, agency)


def agency_titles(problem: Problem, language: str | None = None) -> dict[str, str]:
    """Agency -> its name for people, as `agency_title` says it."""
    return _agency_titles(problem, language or spoken())


def agency_called(problem: Problem, name: str) -> str:
    """The agency of this name on the roster, or whose title alone it is in some language; else the name as it is."""
    if (problem.agencies["agency"] == name).any():
        return name
    titles = [agency_titles(problem, language) for language in LANGUAGES]
    found = {agency for told in titles for agency, title in told.items() if plain(title) == plain(name)}
    return found.pop() if len(found) == 1 else name


@derived_once
def _agency_titles(problem: Problem, language: str) -> dict[str, str]:
    table = problem.agencies
    names = [str(name) for name in table["agency"]]
    asked = [name for name in (f"title_{language}", "title", *AGENCY_TITLES) if name in table]
    titles = dict.fromkeys(names, "")
    for name in asked:
        titles |= {
            agency: titles[agency] or str(title).strip() for agency, title in zip(names, table[name], strict=True)
        }
    shared = Counter(plain(title or agency) for agency, title in titles.items())
    return {agency: _told_apart(agency, title, shared[plain(title)]) for agency, title in titles.items()}


def _told_apart(agency: str, title: str, holders: int) -> str:
    if not title:
        return agency
    return title if holders == 1 or title == agency else say("agency_title_shared", title=title, agency=agency)
