"""The levels before and after a plan as a flow: the places of its bars and ribbons, which a template draws."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.messages import figure, say
from planner.plans.level_flow import NOT_KNOWN, level_flow
from planner.plans.plan import Plan
from planner.plans.summary import ladder_in_words
from planner.report.html.plan_tables import Grid, number, texts
from planner.report.text.conditions import level_title

WIDTH, SIDE, BAR = 820.0, 290.0, 14.0  # of a drawing, of the room for names beside it, of a bar
LETTERS = 34  # of a name that have room there; the table has it whole
HEIGHT, GAP = 190.0, 17.0  # of all bars of a side together, between two: a line of text


@dataclass(frozen=True)
class Bar:
    """A level's bar and its name beside it; `kind` is level or unknown."""

    kind: str
    x: float
    y: str
    high: str
    text_x: float
    text_y: str
    anchor: str
    told: str


@dataclass(frozen=True)
class Ribbon:
    """Those who go from one level to another, or stay; `kind` is climb or stay."""

    kind: str
    path: str
    cadres: int


@dataclass(frozen=True)
class Flow:
    """A ladder's drawing, its title, and the same as a table."""

    name: str
    title: str
    height: int
    ribbons: list[Ribbon]
    bars: list[Bar]
    grid: Grid
    width: float = WIDTH
    bar: float = BAR
    before: float = SIDE
    after: float = WIDTH - SIDE


@dataclass(frozen=True)
class Band:
    """A level of one side: where its bar begins, and how high it is."""

    top: float
    high: float
    cadres: int


def flows(plan: Plan) -> list[Flow]:
    """A flow for each ladder on which the plan moves somebody."""
    table, ladders = level_flow(plan), plan.problem.scenario.ladders
    moved = [
        (str(ladder), own)
        for ladder, own in table.groupby("ladder", sort=False)
        if (own["before"] != own["after"]).any()
    ]
    return [_flow(own, ladders[ladder], ladder, place) for place, (ladder, own) in enumerate(moved, 1)]


def _title(ladder: str, level: str) -> str:
    return say("page_level_unknown") if level == NOT_KNOWN else level_title(ladder, level)


def _grid(own: pd.DataFrame, ladder: str, place: int) -> Grid:
    grid = Grid(
        f"flow-{place}", say("page_flow_table"), [say(f"page_{name}") for name in ("before", "after", "people")]
    )
    for before, after, cadres in zip(own["before"], own["after"], own["cadres"], strict=True):
        grid.rows.append([*texts(_title(ladder, before), _title(ladder, after)), number(int(cadres))])
    return grid


def _bands(own: pd.DataFrame, side: str, order: list[str]) -> dict[str, Band]:
    """The bars of a side, the highest level at the top, the unknown at the bottom."""
    counts = own.groupby(side)["cadres"].sum()
    scale, top = HEIGHT / int(counts.sum()), 24.0
    bands = {}
    for level in order:
        if level in counts.index:
            bands[level] = Band(top, scale * int(counts[level]), int(counts[level]))
            top += bands[level].high + GAP
    return bands


def _flow(own: pd.DataFrame, levels: Sequence[str], ladder: str, place: int) -> Flow:
    order = [*reversed(levels), NOT_KNOWN]
    sides = _bands(own, "before", order), _bands(own, "after", order)
    height = max(band.top + band.high for bands in sides for band in bands.values()) + GAP
    bars = [
        *_bars(sides[0], ladder, SIDE - BAR, SIDE - BAR - 6, "end"),
        *_bars(sides[1], ladder, WIDTH - SIDE, WIDTH - SIDE + BAR + 6, "start"),
    ]
    title = say("page_flow_title", ladder=ladder_in_words(ladder))
    ribbons = list(_ribbons(own, sides, order))
    return Flow(f"flow-{place}", title, round(height), ribbons, bars, _grid(own, ladder, place))


def _bars(bands: dict[str, Band], ladder: str, x: float, text: float, anchor: str) -> Iterator[Bar]:
    for level, band in bands.items():
        kind = "unknown" if level == NOT_KNOWN else "level"
        title = textwrap.shorten(_title(ladder, level), LETTERS, placeholder="…")
        told = say("page_flow_level", level=title, cadres=figure(band.cadres))
        middle = _place(band.top + band.high / 2 + 4)
        yield Bar(kind, x, _place(band.top), _place(max(band.high, 1.0)), text, middle, anchor, told)


def _ribbons(own: pd.DataFrame, sides: tuple[dict[str, Band], dict[str, Band]], order: list[str]) -> Iterator[Ribbon]:
    """From each level to each, as broad as those who go that way; those who climb stand out."""
    left: dict[str, float] = defaultdict(float)
    right: dict[str, float] = defaultdict(float)
    place = {level: number for number, level in enumerate(order)}
    rows = sorted(own.to_dict("records"), key=lambda row: (place[row["before"]], place[row["after"]]))
    counts = sum(row["cadres"] for row in rows)
    for row in rows:
        before, after, high = row["before"], row["after"], HEIGHT * row["cadres"] / counts
        top, end = sides[0][before].top + left[before], sides[1][after].top + right[after]
        left[before] += high
        right[after] += high
        kind = "stay" if before == after else "climb"
        yield Ribbon(kind, _path(top, end, high), int(row["cadres"]))


def _path(top: float, end: float, high: float) -> str:
    near, middle, far = (_place(x) for x in (SIDE, WIDTH / 2, WIDTH - SIDE))
    upper, lower, ending, under = (_place(y) for y in (top, top + high, end, end + high))
    return (
        f"M{near} {upper}C{middle} {upper} {middle} {ending} {far} {ending}V{under}"
        f"C{middle} {under} {middle} {lower} {near} {lower}Z"
    )


def _place(value: float) -> str:
    """A place in the drawing, to a tenth."""
    return str(round(value, 1))
