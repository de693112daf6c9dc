"""Cadres out of counts: who has which values together, ages, service, studies and agencies, drawn from a seed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.inputs.roster.agency_titles import Title, titled
from planner.published.draw_names import USUAL_AGES
from planner.published.margins import Margins
from planner.published.schema import Agencies, Ages, Retirement
from planner.published.strata import OLDEST, Class, Ground, Stratum, first_fitting

Person = dict[str, str]


def draw_people(ground: Ground, margins: Margins, rng: np.random.Generator) -> pd.DataFrame:
    """The cadres, in the order of their codes.

    All columns are text: those of the tables, birth_year, service_start, retires, studying, studying_until, agency,
    cadre and `stratum` (its place in `ground.strata`).
    """
    people: list[Person] = []
    for place, stratum in enumerate(ground.strata):
        people += _members(ground, margins, stratum, place, rng)
    for column in sorted(ground.draw.after):
        for person in people:
            person[column] = _after(ground, column, person, rng)
    frame = pd.DataFrame(people, dtype=str).fillna("")
    frame["agency"] = _agencies(ground, frame, rng)
    return _with_codes(ground, frame)


def _members(ground: Ground, margins: Margins, stratum: Stratum, place: int, rng: np.random.Generator) -> list[Person]:
    """The people of one stratum: each class as often as its count, dealt by age and chance."""
    size, values = margins.sizes[stratum], ground.values(stratum)
    people = [dict(values, stratum=str(place), studying="", studying_until="") for _ in range(size)]
    sex = _dealt(margins.counts.get((stratum, "sex"), {}), np.zeros(size), rng)
    bounds = _dealt(margins.counts.get((stratum, "age"), {}), np.zeros(size), rng)
    for n, person in enumerate(people):
        if sex:
            person["sex"] = sex[n].value
        low, high = (bounds[n].low, bounds[n].high) if bounds else (0, OLDEST)
        _draw_years(ground, person, low, high, rng)
    age = np.array([-int(person["birth_year"]) for person in people], dtype=float)
    learned = np.zeros(size)
    for column in ground.columns:
        if column in ("sex", "age"):
            continue
        ladder = column in ground.published.scenario.ladders
        lean = 0.5 * _standard(age) + 0.5 * _standard(learned) if ladder else np.zeros(size)
        dealt = _dealt(margins.counts[stratum, column], lean, rng, ground.published.scenario.ladders.get(column, []))
        _assign(ground, stratum, column, people, dealt, rng)
        if column == "education":
            learned = np.array([ground.published.place(column, person[column]) for person in people], dtype=float)
    return people


def _standard(column: np.ndarray) -> np.ndarray:
    """Less the mean, in standard deviations; 0 where all are the same."""
    spread = column.std() if column.size else 0.0
    return (column - column.mean()) / spread if spread else np.zeros(column.size)


def _dealt(
    counts: Mapping[Class, int], lean: np.ndarray, rng: np.random.Generator, ladder: list[str] | None = None
) -> list[Class]:
    """A class for each person: higher levels rather to those who lean to them, all else by chance."""
    levels = ladder or []
    classes = [one for one, number in sorted(counts.items()) for _ in range(number)]
    classes.sort(key=lambda one: (levels.index(one.value) if one.value in levels else 0, one.studying != ""))
    if not classes:
        return []
    order = np.argsort(lean + rng.normal(size=len(classes)), kind="stable")
    dealt = dict(zip(order.tolist(), classes, strict=True))
    return [dealt[n] for n in range(len(classes))]


def _assign(
    ground: Ground, stratum: Stratum, column: str, people: list[Person], dealt: list[Class], rng: np.random.Generator
) -> None:
    """Write a column; whoever studies something already changes places with somebody who does not."""
    for n, one in enumerate(dealt):
        if one.studying and people[n]["studying"]:
            free = [m for m, other in enumerate(dealt) if not other.studying and not people[m]["studying"]]
            if free:
                m = free[int(rng.integers(len(free)))]
                dealt[n], dealt[m] = dealt[m], dealt[n]
    for person, one in zip(people, dealt, strict=True):
        person[column] = one.value
        if one.studying and not person["studying"]:
            person["studying"], person["studying_until"] = one.studying, _until(ground, stratum, one, rng)
        elif one.studying:  # nobody is free: the study has ended
            person[column] = ground.published.scenario.programmes[one.studying].to


def _until(ground: Ground, stratum: Stratum, one: Class, rng: np.random.Generator) -> str:
    """The year in which a study ends, as the first table that counts it says."""
    for table in stratum.tables:
        for name in sorted(ground.tables[table].breakdowns):
            for cell in ground.tables[table].breakdowns[name].cells:
                if cell.studying is not None and cell.studying.programme == one.studying and cell.studying.until.max:
                    return str(rng.integers(cell.studying.until.min, cell.studying.until.max + 1))
    return str(ground.published.year)


def _after(ground: Ground, column: str, person: Person, rng: np.random.Generator) -> str:
    entry = first_fitting(ground.draw.after[column], person)
    if entry is None:
        return ""
    names = sorted(entry.shares)
    weights = np.array([entry.shares[name] for name in names])
    return names[int(rng.choice(len(names), p=weights / weights.sum()))]


# --- years ----------------------------------------------------------------------------------------------------------


def _draw_years(ground: Ground, person: Person, low: int, high: int, rng: np.random.Generator) -> None:
    """Birth, start of service and retirement: in service in the year of the draw, whatever the age."""
    draw, year = ground.draw, ground.published.year
    youngest, usual, oldest = _ages_of(draw.ages, person)
    pension = draw.retirement.get(person.get("sex", ""))
    low = max(low, min(youngest, high))
    high = max(low, min(high, oldest))
    while pension is not None and high > low and retirement(pension, year - high, year) <= year:
        high -= 1
    age = round(rng.triangular(low, min(max(usual, low), high), high)) if high > low else low
    born = year - age
    span = draw.service_start
    started = min(born + int(rng.integers(span.min, span.max + 1)), year - 1)
    person |= {"birth_year": str(born), "service_start": str(started)}
    person["retires"] = "" if pension is None else str(retirement(pension, born, year))


def _ages_of(entries: list[Ages], person: Person) -> tuple[int, int, int]:
    for entry in entries:
        if all(person.get(key, "") == value for key, value in entry.when.items()):
            return entry.ages[0], entry.ages[1], entry.ages[2]
    return USUAL_AGES


def retirement(pension: Retirement, born: int, year: int) -> int:
    """The first year no longer in service of somebody born in the middle of `born` [year].

    References
    ----------
    Decree 135/2020: the pension age rises by some months every year from 2021, up to a limit.
    """
    leaving = year
    while (leaving - born) * 12 + 6 < min(pension.limit, pension.first + pension.step * (leaving - year)):
        leaving += 1
    return leaving + 1


# --- agencies and codes ---------------------------------------------------------------------------------------------


def _agencies(ground: Ground, frame: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """An agency for each cadre: of the first entry of the file that names one of his tables, else of his block."""
    found = np.full(len(frame), "X1", dtype=object)  # X1: nobody says where
    strata = [ground.strata[int(place)] for place in frame["stratum"]]
    rules = list(ground.published.content.agencies.values())
    for rule in rules:
        for table in rule.tables:
            rows = [n for n, stratum in enumerate(strata) if table in stratum and found[n] == "X1"]
            found[rows] = _spread(rule, rows, uneven=table in rule.uneven, rng=rng)
    blocks = _column(frame, "block")
    for rule in rules:
        rows = [n for n, block in enumerate(blocks) if rule.block == block and found[n] == "X1"]
        found[rows] = _spread(rule, rows, uneven=False, rng=rng)
    return pd.Series(found, index=frame.index, dtype=str)


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    """A column of the frame; empty if it has none of that name."""
    return frame[name] if name in frame else pd.Series("", index=frame.index, dtype=str)


def _spread(rule: Agencies, rows: list[int], *, uneven: bool, rng: np.random.Generator) -> list[str]:
    codes = [f"{rule.codes}{n:0{rule.width}}" for n in range(1, rule.number + 1)]
    order = [codes[n] for n in rng.permutation(rule.number)]
    dealt = [order[n % rule.number] for n in range(len(rows))]
    if uneven:
        kept = min(rule.number, len(rows))  # one for each agency, then by weight
        weights = rng.dirichlet(np.full(rule.number, 3.0))
        dealt = dealt[:kept] + [codes[n] for n in rng.choice(rule.number, size=len(rows) - kept, p=weights)]
    return [dealt[n] for n in rng.permutation(len(rows))]


def _with_codes(ground: Ground, frame: pd.DataFrame) -> pd.DataFrame:
    """Codes by block, agency and post, those without a post last; within them in the order of the draw."""
    content = ground.published.content
    blocks = sorted(content.codes)
    posts = sorted({table.who.get("post", "") for table in content.tables.values()} - {""})
    keys = pd.DataFrame(
        {
            "block": [blocks.index(value) if value in blocks else len(blocks) for value in _column(frame, "block")],
            "agency": frame["agency"],
            "post": [posts.index(value) if value in posts else len(posts) for value in _column(frame, "post")],
        }
    )
    ordered = frame.loc[keys.sort_values(["block", "agency", "post"], kind="stable").index].reset_index(drop=True)
    letters = _column(ordered, "block").map(lambda value: content.codes.get(value, "P"))
    numbers = ordered.groupby(letters).cumcount() + 1
    ordered["cadre"] = [f"{letter}{number:04}" for letter, number in zip(letters, numbers, strict=True)]
    return ordered


def draw_headcounts(ground: Ground, roster: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """agency, headcount [people]: the rows of the roster and a drawn number of others; sorted by agency.

    Agencies of an entry with a title have it, too, numbered where the entry has several.
    """
    rows = roster.groupby("agency").size()
    extra: dict[str, int] = {}
    titles: dict[str, Title] = {}
    for name in sorted(ground.published.content.agencies):
        rule = ground.published.content.agencies[name]
        for n in range(1, rule.number + 1):
            code = f"{rule.codes}{n:0{rule.width}}"
            extra[code] = int(rng.integers(rule.extra.min, rule.extra.max + 1))
            titles[code] = _numbered(rule.title, n) if rule.number > 1 else rule.title
    heads = [int(rows.get(agency, 0)) + extra.get(str(agency), 0) for agency in rows.index]
    table = pd.DataFrame({"agency": list(rows.index), "headcount": heads})
    return titled(table, titles).sort_values("agency", ignore_index=True)


def _numbered(title: Title, number: int) -> Title:
    """The title of one of several: Xã 7."""
    if isinstance(title, Mapping):
        return {language: f"{text} {number}" for language, text in title.items()}
    return f"{title} {number}" if title else None
