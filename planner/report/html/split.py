"""The report of a large plan as a folder: a page for the whole plan, and one for each part of the roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import is_string_dtype

from planner.analysis.kept_answers import Kept
from planner.common.errors import Fault, InputError, nearest
from planner.common.results import write_result
from planner.inputs.problem import Problem
from planner.messages import figure, localised, say
from planner.plans.agency_titles import agency_titles
from planner.plans.plan import Plan
from planner.report.html.page import invented, own_lists, people_of, rendered, whole_page, word
from planner.report.html.people import People
from planner.report.html.places import places_of
from planner.report.html.plan_tables import Cell, Grid, number, texts
from planner.report.text.sort_keys import natural_key

TEMPLATE = "block.html"
INDEX = "index.html"
LARGE = 8e6  # a page that is worth splitting [bytes]
FEWEST, MOST_PARTS = 2, 200  # parts that a reader finds his way among
PARTS = ("lists", "waiting", "offices", "people")


def write_pages(
    plan: Plan, folder: Path, by: str, manifest: Mapping[str, Any] | None = None, answers: Kept | None = None
) -> Path:
    """Write a page for the whole plan and one for each value of a column of the roster; return the first.

    Each file is written whole or not at all, the first page last.

    Raises
    ------
    InputError
        The roster has no such column, or a file cannot be written.
    """
    problem = plan.problem
    parts = parts_of(problem, by)
    if not plan.found:
        write_result(folder / INDEX, whole_page(plan, manifest, answers or Kept(), None, {}).encode(), parents=True)
        return folder / INDEX
    people = people_of(plan, answers)
    titles = sorted(set(parts.cadres), key=natural_key)
    files = {title: f"part-{place}.html" for place, title in enumerate(titles, 1)}
    pages = {("cadre", cadre): files[part] for cadre, part in zip(problem.cadres["cadre"], parts.cadres, strict=True)}
    pages |= {("agency", agency): files[part] for agency, part in parts.agencies.items() if part in files}
    pages |= {("agency", agency): INDEX for agency in problem.agencies["agency"] if ("agency", agency) not in pages}
    places = places_of(problem, pages, INDEX)
    for title in titles:
        lists = own_lists(people, replace(places, here=files[title]))
        write_result(folder / files[title], _page(plan, title, lists).encode(), parents=True)
    lists = own_lists(people, places)
    blocks = _blocks(people, parts, files)
    write_result(
        folder / INDEX,
        whole_page(plan, manifest, answers or Kept(), people, {**lists, "blocks": blocks}).encode(),
        parents=True,
    )
    return folder / INDEX


def large(problem: Problem, page: Path) -> str:
    """That a page is large, and by which columns of the roster it could be split; empty where neither is so."""
    size, columns = page.stat().st_size, splitting_columns(problem)
    if size <= LARGE or not columns:
        return ""
    return word("large", size=figure(size / 1e6, 0), columns=", ".join(columns))


def splitting_columns(problem: Problem) -> list[str]:
    """The columns of the roster that say of each agency where it belongs, and have several values, yet not too many."""
    cadres, agencies = problem.cadres, problem.cadres["agency"]
    texts_of = [name for name in cadres if name not in ("cadre", "agency") and is_string_dtype(cadres[name])]
    own = [name for name in texts_of if FEWEST <= cadres[name].nunique() <= MOST_PARTS]
    return [str(name) for name in own if cadres[name].groupby(agencies).nunique(dropna=False).max() == 1]


class _Parts:
    """Which part of the roster each cadre and each agency is of; an agency is where its first cadre is."""

    def __init__(self, problem: Problem, told: pd.Series) -> None:
        self.cadres = list(told)
        self.agencies = dict(zip(reversed(list(problem.cadres["agency"])), reversed(self.cadres), strict=True))


def parts_of(problem: Problem, by: str) -> _Parts:
    """The parts by a column of the roster; an empty cell is a part of its own.

    Raises
    ------
    InputError
        There is no such column.
    """
    if by not in problem.cadres:
        columns = problem.cadres.columns
        raise InputError(Fault("page_no_column", {"name": by, "nearest": nearest(by, columns)}))
    column = problem.cadres[by]
    empty = column.isna() | (column.astype(str).str.strip() == "")
    told = column.astype(str).replace(agency_titles(problem)) if by == "agency" else column.astype(str)
    return _Parts(problem, told.where(~empty, say("page_block_none")))


def _page(plan: Plan, title: str, lists: Mapping[str, Any]) -> str:
    whole = localised(plan.problem.scenario.title, word("untitled"))
    values = {
        "whole": whole,
        "index": INDEX,
        "title": say("page_block_title", title=whole, block=title),
        "parts": PARTS,
    }
    return rendered(TEMPLATE, {**values, "invented": invented(plan.problem), **lists})


def _blocks(people: People, parts: _Parts, files: Mapping[str, str]) -> Grid:
    """The parts, each with the way to its page: agencies, cadres, starts, cadres sent, cadres who wait."""
    headings = [
        say(f"page_{name}") for name in ("block", "block_agencies", "cadres", "starts", "sent_cadres", "waiting_cadres")
    ]
    grid = Grid("blocks", say("page_blocks_caption"), headings)
    part_of = dict(zip(people.problem.cadres["cadre"], parts.cadres, strict=True))
    starts, waiting = people.nominations["cadre"].map(part_of), people.waiting["cadre"].drop_duplicates().map(part_of)
    sent = people.nominations["cadre"].drop_duplicates().map(part_of)
    columns = [
        pd.Series(list(each), dtype=object) for each in (parts.agencies.values(), parts.cadres, starts, sent, waiting)
    ]
    counts = [column.value_counts() for column in columns]
    for title, file in files.items():
        name = Cell(texts(title)[0].text, link=file)
        grid.rows.append([name, *(number(int(count.get(title, 0))) for count in counts)])
    return grid
