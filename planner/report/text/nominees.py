"""Those who are sent in a year as lists and letters show them: every cell in words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.synonyms import plain, truth
from planner.messages import entered, known, localised, say
from planner.plans import tabulation
from planner.plans.agency_titles import agency_title
from planner.plans.persons import names
from planner.plans.plan import Plan
from planner.report.text.conditions import column_title
from planner.report.text.sort_keys import name_key, natural_key
from planner.report.text.titles import mode_title, post_titles, programme_title

PLANNED = ("planned_post", "quy_hoach")
"""Roster columns that tell the post for which a cadre is planned (quy hoạch)."""
LEVEL = "level_"
"""What the columns of present levels begin with; the ladder's name follows."""
SAID_IF_EMPTY = ("ethnicity", "party_joined", "training", "planned_post", "place", "cost")
"""Columns that a list has only where somebody has something in them."""


def nominees(plan: Plan, year: int, *, by_name: bool = False) -> pd.DataFrame:
    """Those who start in `year`: the columns of `tabulation.nominations`, and beside them what lists show.

    Further columns, text and empty where neither roster nor scenario says it: name; post_title; agency_title; birth
    (the full date where it is known, else the year); ethnicity; party_joined; training, the subject and the institution
    of what is held; planned_post; level_LADDER, what is held on each ladder; course, programme, mode and place in one;
    place; cost, in the scenario's unit; period, the years of study; remark, what else concerns the cadre that year.
    Sorted by code, or, with `by_name`, by name the Vietnamese way and by code where two share a name.
    """
    problem = plan.problem
    table = tabulation.nominations(plan, year)
    people = problem.cadres.set_index("cadre").loc[table["cadre"]].reset_index()
    posts, called = post_titles(problem), names(problem)
    table = table.assign(
        name=[called.get(cadre, "") for cadre in table["cadre"]],
        post_title=[posts.get(post, "") for post in table["post"]],
        agency_title=[agency_title(problem, agency) for agency in table["agency"]],
        birth=[_birth(row) for row in people.to_dict("records")],
        ethnicity=_ethnicity(people),
        party_joined=_told(people, "party_joined"),
        training=_training(people),
        planned_post=_planned(people),
        **{LEVEL + ladder: _levels(problem, people, ladder) for ladder in problem.scenario.ladders},
        place=[localised(problem.scenario.programmes[name].place) for name in table["programme"]],
        cost=[_cost(problem, name) for name in table["programme"]],
        period=[period(*years) for years in zip(table["start"], table["finish"], strict=True)],
        remark=_remarks(plan, table, people, with_notes=by_name),
    )
    table["course"] = [_course(row) for row in table.to_dict("records")]
    shown = table["name"] if by_name else [""] * len(table)
    keys = [
        (name_key(name), natural_key(cadre), programme)
        for name, cadre, programme in zip(shown, table["cadre"], table["programme"], strict=True)
    ]
    order = sorted(range(len(table)), key=keys.__getitem__)
    return table.iloc[order].reset_index(drop=True)


def by_title(people: pd.DataFrame) -> dict[str, str]:
    """The agencies of a list and what they are called, in the order of the titles."""
    called = dict(zip(people["agency"], people["agency_title"], strict=True))
    return dict(sorted(called.items(), key=lambda each: natural_key(each[1])))


def period(first: int, last: int) -> str:
    """The years of a study in a column of years: 2026, or 2026-2027."""
    return str(first) if first == last else f"{first}–{last}"


def ladder_title(ladder: str) -> str:
    """The heading of a column of levels."""
    title = column_title(ladder)
    return title[:1].upper() + title[1:]


def held(nominee: Mapping[Any, Any]) -> str:
    """What a nominee holds on all ladders on which that is known, in one text."""
    columns = [str(name) for name in nominee if str(name).startswith(LEVEL)]
    told = {name.removeprefix(LEVEL): nominee[name] for name in columns}
    unknown = say("list_level_unknown")
    return "; ".join(f"{ladder_title(name)}: {level}" for name, level in told.items() if level != unknown)


def left_out(people: pd.DataFrame) -> list[str]:
    """The headings of what neither roster nor scenario says of anybody, so that lists have no column of it."""
    unknown = {"", say("list_level_unknown")}
    columns = [name for name in people if name in SAID_IF_EMPTY or str(name).startswith(LEVEL)]
    empty = [str(name) for name in columns if len(people) and set(people[name]) <= unknown]
    return [ladder_title(name.removeprefix(LEVEL)) if name.startswith(LEVEL) else heading(people, name)
            for name in empty]  # fmt: skip


def heading(people: pd.DataFrame, name: str) -> str:
    """The heading of a column of a list: dates of birth where there are any, ladders by what they are called."""
    if name.startswith(LEVEL):
        return ladder_title(name.removeprefix(LEVEL))
    if name == "birth":
        return say(
            "nominees_birth_date" if any("/" in str(birth) for birth in people["birth"]) else "nominees_birth_year"
        )
    return say("nominees_minority" if name == "ethnicity" and minority_alone(people) else f"nominees_{name}")


def minority_alone(people: pd.DataFrame) -> bool:
    """Whether the column of ethnic groups says only who is of a minority: yes or no."""
    return bool(people["ethnicity"].any()) and set(people["ethnicity"]) <= {"", *map(say, _TRUTH.values())}


def missing_names(plan: Plan, people: pd.DataFrame) -> list[str]:
    """What whoever asked for names should be told: that the roster has none, or how many of `people` lack one."""
    if "name" not in plan.problem.cadres or (len(people) and (people["name"] == "").all()):
        return [say("nominees_no_names")]
    nameless = people.loc[people["name"] == "", "cadre"].nunique()
    return [say("nominees_some_no_names", count=nameless)] if nameless else []


# --- classes --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StudyClass:
    """A class of a programme: its number, of how many, and who is in it. `sized`: the scenario says how large."""

    programme: str
    title: str
    number: int
    of: int
    people: pd.DataFrame
    sized: bool


def study_classes(plan: Plan, people: pd.DataFrame) -> Iterator[StudyClass]:
    """The classes of a year, by the scenario's order of programmes.

    Where `classes` gives a size there are as few classes as hold everybody, of sizes that differ by one at most, filled
    in the order of `people`: who is in which class is nobody's decision yet.
    """
    for name in plan.problem.scenario.programmes:
        own = people[people["programme"] == name].reset_index(drop=True)
        size = plan.problem.scenario.classes.get(name)
        number = math.ceil(len(own) / size.max) if size is not None and size.max is not None else min(1, len(own))
        first = 0
        for place in range(number):
            last = first + len(own) // number + (place < len(own) % number)
            title = programme_title(plan.problem, name)
            yield StudyClass(name, title, place + 1, number, own.iloc[first:last], size is not None)
            first = last


# --- cells ----------------------------------------------------------------------------------------------------------

_TRUTH = {True: "value_is_yes", False: "value_is_no"}


def _birth(row: Mapping[Any, Any]) -> str:
    date, year = row.get("birth_date"), row.get("birth_year")
    if date is not None and not pd.isna(date):
        return f"{date:%d/%m/%Y}"
    return "" if year is None or pd.isna(year) else str(int(year))


def _ethnicity(people: pd.DataFrame) -> list[str]:
    """As the roster writes it; where it says only who is of a minority, yes or no."""
    if "ethnicity" in people:
        return people["ethnicity"].fillna("").astype(str).tolist()
    if "ethnic_minority" not in people:
        return [""] * len(people)
    said = [truth(str(cell)) for cell in people["ethnic_minority"]]
    return ["" if cell is None else say(_TRUTH[cell]) for cell in said]


def _planned(people: pd.DataFrame) -> list[str]:
    return _told(people, next((name for name in PLANNED if name in people), ""))


def _told(people: pd.DataFrame, column: str) -> list[str]:
    """A column of the roster as it is written there; empty where it has none."""
    return people[column].fillna("").astype(str).tolist() if column in people else [""] * len(people)


def _training(people: pd.DataFrame) -> list[str]:
    """What somebody learnt, and where."""
    both = zip(_told(people, "subject"), _told(people, "institution"), strict=True)
    return ["; ".join(part for part in parts if part) for parts in both]


def _course(row: Mapping[Any, Any]) -> str:
    """A programme in one text: its title, how it is studied where the title does not say so, and where."""
    mode = mode_title(row["mode"])
    said = set(plain(mode).split()) <= set(plain(row["title"]).split())
    parts = (row["title"], "" if said else mode.lower(), row["place"])
    return ", ".join(part for part in parts if part)


def _levels(problem: Problem, people: pd.DataFrame, ladder: str) -> list[str]:
    levels = problem.scenario.ladders[ladder]
    words = [_level(ladder, level) for level in levels]
    return [say("list_level_unknown") if place == UNKNOWN else words[place] for place in map(int, people[ladder])]


def _level(ladder: str, level: str) -> str:
    """A level in the column of its ladder; as the scenario writes it where the catalogue does not know it."""
    key = f"held_{ladder}_{level}"
    return say(key) if known(key) else level


def _cost(problem: Problem, programme: str) -> str:
    cost = problem.scenario.programmes[programme].cost
    return entered(cost) if cost else ""


def _remarks(plan: Plan, table: pd.DataFrame, people: pd.DataFrame, *, with_notes: bool) -> list[str]:
    """What else the list's reader should know: other starts of the year, study under way, the roster's own note.

    What an office notes of somebody may be anything: it is told with names alone.
    """
    problem = plan.problem
    year = int(table["start"].iloc[0]) if len(table) else 0
    under_way: dict[str, list[str]] = {}
    for study in problem.studies[problem.studies["until"] >= year].to_dict("records"):
        title = programme_title(problem, str(problem.programmes["programme"].iloc[study["programme"]]))
        told = say("list_remark_studying", programme=title, until=study["until"])
        under_way.setdefault(str(problem.cadres["cadre"].iloc[study["cadre"]]), []).append(told)
    titles = table.groupby("cadre")["title"].agg(list).to_dict()
    notes = (
        people["note"].fillna("").astype(str) if with_notes and "note" in people else pd.Series("", index=people.index)
    )
    found = []
    for cadre, title, note in zip(table["cadre"], table["title"], notes, strict=True):
        others = [say("list_remark_other", programme=other) for other in titles[cadre] if other != title]
        remark = "; ".join(part for part in (*under_way.get(cadre, ()), *others, note) if part)
        found.append(remark[:1].upper() + remark[1:])
    return found
