"""The pictures: what they show is what their tables say, whatever the names, however little there is."""

from __future__ import annotations

import gc
import math
import re
import weakref
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from small import small

import planner
from planner.analysis.partial_answers import Unproven
from planner.analysis.seats.frontier import Frontier, Point
from planner.cli import documents
from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.messages import say, speaking
from planner.plans import tabulation
from planner.plans.plan import Plan, no_plan
from planner.report import charts
from planner.report.charts.agencies import agencies_by_interest
from planner.report.charts.batches import Batch, box, stroke
from planner.report.charts.canvas import BLUE, RED, fit, legible, styled, text_width
from planner.report.charts.gallery import PICTURES, pictures
from planner.report.charts.wall import sheets
from planner.report.text.seat_values import frontier_in_words
from planner.solver import solve_problem

EXAMPLE = Path(__file__).parent / "cases" / "example" / "scenario.yaml"
ODD = "Đơn vị $x^2$ & <b>Ngữ</b> {0} %s \\alpha"
Draw = Callable[..., Axes]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve_problem(load(EXAMPLE))


def figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)
    return figure


def words(axes: Axes) -> list[str]:
    """Every text of the figure."""
    return [text.get_text() for text in figure_of(axes).findobj(Text) if text.get_text()]


def bars(axes: Axes, label: str) -> list[Rectangle]:
    """The bars of a label, in the order in which they were drawn."""
    return [bar for batch, bar in _each(axes) if batch.get_label() == label]


def boxes(axes: Axes) -> list[Rectangle]:
    """The pale boxes that the bars fill, in the order of the bars."""
    return [bar for batch, bar in _each(axes) if to_hex(batch.get_facecolor()) == "#ececec"]


def _each(axes: Axes) -> list[tuple[Batch, Rectangle]]:
    """Every box and stroke with the batch that it is drawn in, in the order in which they came."""
    found: dict[int, tuple[Batch, Rectangle]] = {}
    for batch in axes.patches:
        if isinstance(batch, Batch):
            for number, (x, y, width, height) in batch.places.items():
                found[number] = batch, Rectangle((x, y), width, height)
                found[number][1].update_from(batch)
    return [found[number] for number in sorted(found)]


def drawn_area(batch: Batch) -> list[tuple[float, ...]]:
    """The outlines of a batch as matplotlib draws them, an extent (x0, y0, x1, y1) each."""
    return [tuple(outline.get_extents().extents) for outline in batch.get_path()._iter_connected_components()]


def test_a_batch_is_each_of_its_boxes() -> None:
    """Boxes of one look are one artist that draws each of them where it was put, a stroke from end to end."""
    axes = Figure().add_subplot()
    for x in (0.0, 2.0):
        box(axes, x, 1.0, 1.0, -0.5, facecolor="red")
        stroke(axes, x, 0.0, 0.0, 3.0, edgecolor="black")
    box(axes, 4.0, 0.0, 1.0, 1.0, facecolor="blue")
    red, strokes, blue = axes.patches
    assert isinstance(red, Batch)
    assert isinstance(strokes, Batch)
    assert isinstance(blue, Batch)
    assert drawn_area(red) == [(0.0, 0.5, 1.0, 1.0), (2.0, 0.5, 3.0, 1.0)]
    assert drawn_area(strokes) == [(0.0, 0.0, 0.0, 3.0), (2.0, 0.0, 2.0, 3.0)]
    assert drawn_area(blue) == [(4.0, 0.0, 5.0, 1.0)]
    assert red.zorder < strokes.zorder
    assert (axes.get_xlim(), axes.get_ylim()) == ((0.0, 1.0), (0.0, 1.0))


def test_axes_with_batches_go_when_nobody_holds_them() -> None:
    """What remembers the batches of axes holds neither."""
    axes = Figure().add_subplot()
    box(axes, 0, 0, 1, 1)
    gone = weakref.ref(axes)
    del axes
    gc.collect()
    assert gone() is None


TABLES: dict[str, tuple[Draw, Callable[[Plan], pd.DataFrame]]] = {
    "utilisation": (charts.utilisation, tabulation.utilisation),
    "wall": (charts.wall, tabulation.utilisation),
    "attainment": (charts.attainment, tabulation.attainment_by_year),
    "absence": (charts.absence, tabulation.absence_by_year),
    "priority_shares": (charts.priority_shares, tabulation.priority_shares),
    "gantt": (charts.gantt, lambda plan: tabulation.gantt(plan, plan.problem.agencies["agency"].iloc[0])),
    "yearly": (charts.yearly, tabulation.yearly),
}
COMPARED = pd.DataFrame(
    [
        ("base", "attainment", 8.0, False, True),
        ("một phương án", "attainment", 5.0, True, True),
        ("base", "Women", 0.25, False, True),
        ("một phương án", "Women", math.nan, False, False),
    ],
    columns=["scenario", "measure", "value", "best", "proven"],
)
SWEPT = pd.DataFrame(
    [(a, b, 20 - a - 10 * b, 3.5 * a, 0.1, "optimal") for a in (6, 4, 5) for b in (0.1, 0.2)],
    columns=["seats.advanced.per_year.max", "absence.share", "attainment", "early", "seconds", "status"],
)
SHARES = pd.DataFrame(
    [
        ("w", "Women", "", 0.3, 4, 2, 0.5, 2, 0),
        ("m", "Men", 2021, 0.5, 4, 1, 0.25, 2, 1),
        ("m", "Men", 2022, 0.5, 0, 0, math.nan, 0, 0),
    ],
    columns=["share", "title", "year", "least", "starts", "of_group", "group_share", "required", "shortfall"],
)
EVERY: dict[str, Draw] = {name: draw for name, (draw, _) in TABLES.items()}
EVERY |= {"comparison": charts.comparison, "sweep": charts.sweep, "shares": charts.shares}


def table_of(name: str, plan: Plan) -> pd.DataFrame:
    return (
        {"comparison": COMPARED, "sweep": SWEPT, "shares": SHARES}[name]
        if name not in TABLES
        else TABLES[name][1](plan)
    )


# --- what a picture shows -------------------------------------------------------------------------------------------


def test_utilisation_bars_are_the_starts(plan: Plan) -> None:
    """Each bar fills starts / max of its box, and beside it stand the starts and the range."""
    table = tabulation.utilisation(plan)
    axes = charts.utilisation(table)
    shares = [bar.get_width() / room.get_width() for bar, room in zip(bars(axes, "starts"), boxes(axes), strict=True)]
    assert shares == pytest.approx(list(table["share"]))
    told = words(axes)
    for row in table.itertuples():
        span = f"{row.min}–{row.max}" if row.min != row.max else str(row.max)
        assert f"{row.starts} ({span})" in told or (row.min == 0 and f"{row.starts} (0–{row.max})" in told)
    for _, own in table.groupby("pool"):
        total = own["total"].iloc[0]
        assert f"{own['starts'].sum()}" + ("" if pd.isna(total) else f" / {total}") in told
    assert not own["total_min"].any()


SEATS = ["pool", "title", "year", "min", "max", "starts", "share", "below_min", "total", "total_min", "begun"]


def seats_of(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=SEATS).astype({"max": "Int64", "total": "Int64"})


def test_limits_by_year_are_drawn_by_year() -> None:
    """Each box is full at its own year's maximum; a year without seats has a dash and no box; no limit breaks none."""
    table = seats_of(
        ("p", "p", 2021, 0, 2, 1, 0.5, 0, pd.NA, 0, 0),
        ("p", "p", 2022, 0, 0, 0, np.nan, 0, pd.NA, 0, 0),
        ("p", "p", 2023, 1, pd.NA, 4, np.nan, 0, pd.NA, 0, 0),
        ("p", "p", 2024, 2, 8, 4, 0.5, 0, pd.NA, 0, 0),
    )
    with speaking("en"):
        axes = charts.utilisation(table)
        assert say("chart_no_seats") in words(axes)
    widths = [bar.get_width() / room.get_width() for bar, room in zip(bars(axes, "starts"), boxes(axes), strict=True)]
    assert widths == pytest.approx([0.5, 0.5, 0.5])
    assert {"1 (0–2)", "–", "4 (≥1)", "4 (2–8)"} <= set(words(axes))


def test_the_totals_of_seats_have_minimum_maximum_and_what_was_begun() -> None:
    """Starts before the horizon stand apart, the range beside them; a total below its minimum is marked."""
    table = seats_of(
        ("kept", "kept", 2021, 0, 9, 4, 4 / 9, 0, 6, 5, 2),
        ("missed", "missed", 2021, 0, 9, 3, 3 / 9, 0, 6, 6, 2),
        ("exact", "exact", 2021, 0, 9, 3, 3 / 9, 0, 3, 3, 0),
        ("most", "most", 2021, 0, 9, 3, 3 / 9, 0, 8, 0, 1),
    )
    with speaking("en"):
        told = words(charts.utilisation(table))
        assert {say("chart_begun"), say("chart_below_total")} <= {
            part for text in told for part in text.split("      ")
        }
    assert {"2 + 4 (5–6)", "▼ 2 + 3 (6)", "3 (3)", "1 + 3 / 8"} <= set(told)


def test_a_target_without_members_is_drawn_as_such() -> None:
    """No bar, no line to reach, no figures that look like a success: words."""
    row = ("t", "T", 2021, 0, 0, 0, 0, 2021)
    columns = ["target", "title", "year", "attained", "required", "members", "unknown", "by"]
    axes = charts.attainment(pd.DataFrame([row], columns=columns))
    assert say("chart_memberless") in words(axes)
    assert "0 / 0" not in words(axes)
    assert bars(axes, "mark") == []


def test_share_bars_are_the_shares_of_the_groups() -> None:
    """A box is full at 100 %, the mark stands at the least share; what is lacking is told; nobody sent is a dash."""
    with speaking("en"):
        axes = charts.shares(SHARES)
    shown = [bar.get_width() / each.get_width() for bar, each in zip(bars(axes, "share"), boxes(axes), strict=True)]
    assert shown == pytest.approx([0.5, 0.25, 0.0])
    rooms = boxes(axes)
    places = [
        (mark.get_x() - each.get_x()) / each.get_width() for mark, each in zip(bars(axes, "mark"), rooms, strict=True)
    ]
    assert places == pytest.approx([0.3, 0.5, 0.5])
    assert {"50.0\xa0% (2 of 4)", "25.0\xa0% (1 of 4)  −1", "–", "Women", "Men, 2021"} <= set(words(axes))


def test_a_pool_without_maximum_is_drawn_to_its_busiest_year() -> None:
    """Without a max the fullest year fills the box."""
    rows = [("p", "p", 2021, 0, pd.NA, 4, np.nan, 0, pd.NA), ("p", "p", 2022, 0, pd.NA, 1, np.nan, 0, pd.NA)]
    columns = ["pool", "title", "year", "min", "max", "starts", "share", "below_min", "total"]
    table = pd.DataFrame(rows, columns=columns).astype({"max": "Int64", "total": "Int64"})
    axes = charts.utilisation(table)
    widths = [bar.get_width() / room.get_width() for bar, room in zip(bars(axes, "starts"), boxes(axes), strict=True)]
    assert widths == pytest.approx([1.0, 0.25])


def test_attainment_bars_are_the_members_who_attain(plan: Plan) -> None:
    """Each bar fills attained / members of its box; the mark stands at required / members; the end is told."""
    table = tabulation.attainment_by_year(plan)
    axes = charts.attainment(table)
    room = boxes(axes)
    shown = [bar.get_width() / each.get_width() for bar, each in zip(bars(axes, "attained"), room, strict=True)]
    scale = table[["members", "required"]].max(axis=1)
    assert shown == pytest.approx(list(table["attained"] / scale))
    marks = [mark.get_x() for mark in bars(axes, "mark")]
    places = [(mark - each.get_x()) / each.get_width() for mark, each in zip(marks, room, strict=True)]
    assert places == pytest.approx(list(table["required"] / scale))
    at_the_end = table[table["year"] == table["by"]]
    assert {reckoned(row) for row in at_the_end.itertuples()} <= set(words(axes))


def reckoned(row: Any) -> str:
    """What is attained of what is required; a range where members of unknown level might still make it up."""
    span = f"–{row.attained + row.unknown}" if row.unknown and row.attained < row.required else ""
    return f"{row.attained}{span} / {row.required}"


def test_unknown_levels_are_said_to_be_unknown() -> None:
    """A target of whose members no level is known says so, has dots and no line to reach; it is no shortfall."""
    row = ("t", "Tin học", 2021, 0, 3, 3, 3, 2021)
    columns = ["target", "title", "year", "attained", "required", "members", "unknown", "by"]
    with speaking("vi"):
        axes = charts.attainment(pd.DataFrame([row], columns=columns))
        assert {say("chart_unknown"), say("chart_cannot_be_told")} <= set(words(axes))  # in the row, in the legend
    (dots,) = bars(axes, "unknown")
    assert dots.get_width() == pytest.approx(boxes(axes)[0].get_width())
    assert dots.get_hatch()
    assert "0–3 / 3" in words(axes)
    assert not any(text.startswith("−") for text in words(axes))


@pytest.mark.parametrize(("unknown", "short", "colour"), [(0, "−2", RED), (1, "−1", RED), (2, "", "#CC79A7")])
def test_a_shortfall_is_what_is_sure(unknown: int, short: str, colour: str) -> None:
    """Of 3 required 1 attains: with 1 unknown 1 is surely short; with 2 it cannot be told, and looks like neither."""
    columns = ["target", "title", "year", "attained", "required", "members", "unknown", "by"]
    axes = charts.attainment(pd.DataFrame([("t", "T", 2021, 1, 3, 5, unknown, 2021)], columns=columns))
    assert [text for text in words(axes) if text.startswith("−")] == ([short] if short else [])
    (bar,) = bars(axes, "attained")
    assert to_hex(bar.get_facecolor()) == colour.lower()


def test_targets_stand_under_what_their_titles_share() -> None:
    """Titles that begin alike up to a colon get that beginning as a heading, once, and are shortened by it."""
    titles = ["Leaders: master", "Leaders: bachelor", "Staff: bachelor"]
    rows = [(str(place), title, 2021, 1, 1, 2, 0, 2021) for place, title in enumerate(titles)]
    columns = ["target", "title", "year", "attained", "required", "members", "unknown", "by"]
    told = words(charts.attainment(pd.DataFrame(rows, columns=columns)))
    assert [text for text in told if text in {"Leaders", "master", "bachelor", "Staff: bachelor"}] == [
        "Leaders", "master", "bachelor", "Staff: bachelor",
    ]  # fmt: skip


def test_absence_cells_hold_away_and_limit(plan: Plan) -> None:
    """Every cell says away / limit; cells at the limit are framed; the last row sums the agencies."""
    table = tabulation.absence_by_year(plan)
    axes = charts.absence(table)
    told = words(axes)
    for row in table.itertuples():
        assert (f"{row.away} / {row.limit}" if pd.notna(row.limit) else str(row.away)) in told
    framed = [cell for cell in bars(axes, "away") if cell.get_linewidth() > 0]
    assert len(framed) == ((table["away"] >= table["limit"]) & (table["away"] > 0)).sum()
    sums = [str(away) for away in table.groupby("year")["away"].sum()]
    assert told[told.index(say("chart_all_agencies")) + 1 :][: len(sums)] == sums


def test_absence_shows_first_whom_the_limit_binds() -> None:
    """Of many agencies those that reach their limit come first, the others are summed; an excess is marked."""
    rows = [(f"A{place:03d}", 2021, 10, 9, place % 7) for place in range(90)] + [("Full", 2021, 4, 1, 1)]
    rows += [("Over", 2021, 4, 1, 2), ("Never", 2021, 4, 0, 0)]
    table = pd.DataFrame(rows, columns=["agency", "year", "headcount", "limit", "away"])
    assert agencies_by_interest(table)[:2] == ["Over", "Full"]
    axes = charts.absence(table, rows=5)
    with speaking("en"):
        told = words(charts.absence(table, rows=5))
    assert len(bars(axes, "away")) == 5
    assert "88 other agencies" in told
    assert "2 / 1 !" in told
    others = table["away"].sum() - 3 - 3 * 6
    assert {str(others), str(table["away"].sum())} <= set(told)


def test_priority_dots_are_the_shares(plan: Plan) -> None:
    """The hollow dots stand at the shares of the eligible, the full ones at those of the sent."""
    table = tabulation.priority_shares(plan)
    axes = charts.priority_shares(table)
    eligible, sent = axes.lines[-2:]
    np.testing.assert_allclose(np.asarray(eligible.get_xdata(), float), table["eligible_share"])
    np.testing.assert_allclose(np.asarray(sent.get_xdata(), float), table["sent_share"])
    assert eligible.get_marker() != sent.get_marker()


def test_gantt_bars_are_the_studies(plan: Plan) -> None:
    """A bar from the beginning of the first year to the end of the last for each study, with the programme's name."""
    table = table_of("gantt", plan)
    axes = charts.gantt(table)
    shown = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars(axes, "study")]
    assert shown == [(row.start, row.finish + 1) for row in table.itertuples()]
    assert set(table["title"]) <= set(words(axes))
    assert [label.get_text() for label in axes.get_yticklabels()] == list(table["cadre"].unique())


def test_gantt_names_stand_beside_their_bars_and_meet_no_other() -> None:
    """A name begins where its own bar ends, ends within the sheet, and on one line before the next bar begins."""
    long = "Bồi dưỡng quản lý nhà nước chương trình chuyên viên chính"
    starts = [("A", 2021, 2021), ("A", 2021, 2025), ("A", 2022, 2022), ("A", 2025, 2025), ("B", 2025, 2025)]
    rows = [(cadre, "p", long, "short", start, finish, False) for cadre, start, finish in starts]
    columns = ["cadre", "programme", "title", "mode", "start", "finish", "current"]
    with styled():
        axes = charts.gantt(pd.DataFrame(rows, columns=columns))
        figure_of(axes).draw_without_rendering()
    extents = [text.get_window_extent().transformed(axes.transData.inverted()) for text in axes.texts]
    lanes: dict[float, float] = {}
    for bar, extent, text in zip(bars(axes, "study"), extents, axes.texts, strict=True):
        lane = text.get_position()[1]
        assert bar.get_x() >= lanes.get(lane, 0.0)
        assert extent.x0 >= bar.get_x() + bar.get_width()
        assert extent.x1 <= axes.get_xlim()[1]
        lanes[lane] = max(bar.get_x() + bar.get_width(), extent.x1)


def test_gantt_tells_leave_from_study(tmp_path: Path) -> None:
    """Leave has a bar of its own look, and the legend names it."""
    leave = {"long": {"cadre": "A", "from": 2022, "to": 2023}}
    studying = {"A": {"studying": "degree course", "studying_until": "2022 2021"}}
    plan = solve_problem(load(small(tmp_path, studying, leave=leave)))
    table = tabulation.gantt(plan, "office")
    assert table["mode"].tolist().count("leave") == 1
    assert table["current"].sum() == 2
    with speaking("en"):
        axes = charts.gantt(table)
    legend = axes.get_legend()
    assert legend is not None
    assert say("chart_leave") in [text.get_text() for text in legend.get_texts()]
    assert len(bars(axes, "study")) == len(table)


def test_a_run_with_shares_has_their_picture(tmp_path: Path) -> None:
    """A scenario that asks for a share of a group gets one picture more."""
    path = small(tmp_path, shares={"women": {"who": {"sex": "F"}, "min": 0.5}}, title=ODD)
    assert "shares" in dict(pictures(solve_problem(load(path))))


def test_yearly_bars_are_the_starts_by_mode(plan: Plan) -> None:
    """Each mode has a bar a year as high as its starts, one on the other; starts, cadres and cost are told."""
    table = tabulation.yearly(plan)
    axes = charts.yearly(table)
    for mode, container in zip(tabulation.MODES, axes.containers, strict=True):
        assert [bar.get_height() for bar in container] == list(table[mode])  # type: ignore[attr-defined]
    tops = [bar.get_y() + bar.get_height() for bar in axes.containers[-1]]  # type: ignore[attr-defined]
    assert tops == list(table["starts"])
    with speaking("en"):
        told = words(charts.yearly(table))
        wanted = [say("chart_year", starts=row.starts, cadres=row.cadres, cost=row.cost) for row in table.itertuples()]
    assert set(wanted) <= set(told)


def test_comparison_panels_are_the_measures() -> None:
    """A panel per measure, a bar per scenario as long as its value; the best dark and starred, the unproven hatched."""
    with speaking("vi"):
        axes = charts.comparison(COMPARED)
        first, second = axes.child_axes
        assert [inner.get_title(loc="left").replace("\n", " ") for inner in (first, second)] == [
            say("goal_attainment"), "Women",
        ]  # fmt: skip
    assert [bar.get_width() for bar in first.patches] == [8.0, 5.0]  # type: ignore[attr-defined]
    assert [to_hex(bar.get_facecolor()) == BLUE.lower() for bar in first.patches] == [False, True]
    assert [text.get_text() for text in first.texts] == ["8", "5 ★"]
    assert [text.get_text() for text in second.texts] == ["0,25", "–"]
    assert [bar.get_hatch() is None for bar in second.patches] == [True, False]


def test_sweep_lines_are_the_goals() -> None:
    """A panel per value, a line per combination of the other keys, in the order of the first key."""
    axes = charts.sweep(SWEPT)
    assert len(axes.child_axes) == 2
    for inner, value in zip(axes.child_axes, ["attainment", "early"], strict=True):
        for line, share in zip(inner.lines, (0.1, 0.2), strict=True):
            own = SWEPT[SWEPT["absence.share"] == share].sort_values("seats.advanced.per_year.max")
            assert list(line.get_xdata()) == list(own["seats.advanced.per_year.max"])
            assert list(line.get_ydata()) == pytest.approx(list(own[value]))
            assert line.get_label() == f"absence.share = {share}"
    styles = {(line.get_linestyle(), line.get_marker()) for line in axes.child_axes[0].lines}
    assert len(styles) == 2


def test_sweep_draws_keys_and_values_that_it_is_told() -> None:
    """Keys that are no paths and values that are text have to be named; a key of text keeps its order."""
    table = pd.DataFrame({"lot": ["b", "a"], "early": [3, 4], "cost": [1, 2]})
    (inner,) = charts.sweep(table, keys=["lot"], values=["cost"]).child_axes
    assert list(inner.lines[0].get_ydata()) == [1, 2]
    assert [label.get_text() for label in inner.get_xticklabels()] == ["b", "a"]


def test_goals_of_entries_have_titles_in_a_sweep(plan: Plan) -> None:
    """With the scenario a panel is called by the titles of the goal's entries, without it by their ids."""
    name = next(iter(plan.problem.scenario.targets))
    goal = f"attainment[{name}]"
    table = pd.DataFrame({"seats.a.total": [1, 2], goal: [3, 4]})
    scenario = plan.problem.scenario.model_copy(
        update={"targets": {name: plan.problem.scenario.targets[name].model_copy(update={"title": "Titled"})}}
    )
    with speaking("en"):
        for given, called in ((scenario, "Titled"), (None, name)):
            (inner,) = charts.sweep(table, keys=["seats.a.total"], values=[goal], scenario=given).child_axes
            assert inner.get_title(loc="left").replace("\n", " ") == f"places short of the targets, weighted: {called}"


# --- whatever the table ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_odd_names_are_drawn_as_they_are(name: str, plan: Plan, tmp_path: Path) -> None:
    """Vietnamese, $, markup and braces in titles and names stand in the picture letter by letter."""
    table = table_of(name, plan).copy()
    for column in ("title", "scenario", "measure", "agency"):
        if column in table:
            table[column] = ODD + table[column].astype(str)
    table = table.rename(columns={"absence.share": f"{ODD}.share"})
    axes = EVERY[name](table)
    charts.save(figure_of(axes), tmp_path / "picture.svg")
    charts.save(figure_of(axes), tmp_path / "picture.png")
    if name != "yearly":
        assert any(re.match(r".*Đơn vị (\$x\^2\$|…)", text.replace("\n", " ")) for text in words(axes))
    assert (tmp_path / "picture.svg").read_text("utf-8").startswith("<?xml")


@pytest.mark.parametrize("name", EVERY)
def test_an_empty_table_gives_a_picture_that_says_so(name: str, plan: Plan) -> None:
    """No rows: no fault, but a sentence."""
    axes = EVERY[name](table_of(name, plan).iloc[:0])
    assert say("chart_nothing") in words(axes)


@pytest.mark.parametrize("name", EVERY)
def test_a_picture_is_drawn_on_the_axes_it_is_given(name: str, plan: Plan, tmp_path: Path) -> None:
    """With `ax` nothing is made anew: the axes come back, their figure holds no other picture."""
    ax = Figure(figsize=(8, 5)).add_subplot()
    assert EVERY[name](table_of(name, plan), ax) is ax
    charts.save(figure_of(ax), tmp_path / "given.png")
    assert figure_of(ax).axes == [ax]


def test_one_year_and_no_limits_make_pictures(tmp_path: Path) -> None:
    """A horizon of one year, no seats, no absence rule, no priority: every picture of the run is drawn."""
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}
    path = small(tmp_path, horizon={"last": 2021}, targets={"t": target}, title={"vi": ODD})
    plan = solve_problem(load(path))
    names = [written.name for written in charts.plot_run(plan, tmp_path / "plots", ["png"])]
    assert names == [
        "utilisation.png", "attainment.png", "absence.png", "priority_shares.png", "yearly.png",
        "wall.png", "gantt-office.png",
    ]  # fmt: skip


def test_a_plan_that_was_not_found_makes_pictures(plan: Plan, tmp_path: Path) -> None:
    """Without a plan the pictures say that there is nothing to show."""
    none = no_plan(plan.problem, "infeasible", plan.goals.iloc[:0])
    assert len(charts.plot_run(none, tmp_path, ["svg"])) == 6


def test_the_largest_tables_stay_readable() -> None:
    """Two hundred pools and targets get a longer sheet, not smaller letters than 5 points."""
    seats = [(f"p{p}", f"Pool {p}", 2021, 0, 5, 3, 0.6, 0, 9) for p in range(200)]
    columns = ["pool", "title", "year", "min", "max", "starts", "share", "below_min", "total"]
    targets = [(f"t{p}", f"Target {p}", 2021, 1, 2, 3, 0, 2021) for p in range(200)]
    own = ["target", "title", "year", "attained", "required", "members", "unknown", "by"]
    for axes in (
        charts.utilisation(pd.DataFrame(seats, columns=columns)),
        charts.attainment(pd.DataFrame(targets, columns=own)),
    ):
        assert min(float(text.get_fontsize()) for text in axes.texts) >= 5


HOSTILE = "A\uf0b7 b\x00\x1b[31m\x07 中文 \U0001f9ff\ufe0f \u202e\ud800 \x85 --> ]]> ệ"


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.filterwarnings("error")
def test_characters_that_the_font_lacks_stop_no_picture(name: str, plan: Plan, tmp_path: Path) -> None:
    """Emoji, Chinese, private bullets, control characters, half a surrogate: drawn as far as can be, without a word."""
    table = table_of(name, plan).copy()
    for column in ("title", "scenario", "measure", "agency", "cadre"):
        if column in table:
            table[column] = HOSTILE + table[column].astype(str)
    table = table.rename(columns={"absence.share": f"{HOSTILE}.share"})
    axes = EVERY[name](table)
    charts.save(figure_of(axes), tmp_path / "picture.svg")
    charts.save(figure_of(axes), tmp_path / "picture.png")
    ET.parse(tmp_path / "picture.svg")


def test_what_the_font_lacks_is_a_box_a_bullet_or_nothing() -> None:
    """A letter of a font that is not there is a box, one of Word's bullets a bullet; what controls is left out."""
    assert legible("\uf0b7 đ\x00\x1b中\u202eệ\tx") == "• đ□ệ x"
    assert legible("Đơn vị 5 %") == "Đơn vị 5 %"


def test_unproven_points_are_no_facts() -> None:
    """The line stops at what is not proven: a hollow mark with a stroke to its bound; a sign for no value or no plan.

    What stands below an unproven goal is not proven either.
    """
    table = pd.DataFrame(
        {
            "seats.a.total": [1, 2, 3, 4, 0],
            "status": ["optimal", "optimal", "feasible", "time_limit", "infeasible"],
            "attainment": [9, 8, 7, math.nan, math.nan],
            "attainment_bound": [9, 8, 5, math.nan, math.nan],
            "early": [3, 3, 4, math.nan, math.nan],
            "early_bound": [3, 3, 4, math.nan, math.nan],
        }
    )
    with speaking("en"):
        axes = charts.sweep(table, values=["attainment", "early"])
        signs = [say(f"chart_points_{sign}") for sign in ("hollow", "missing", "impossible")]
        assert "      ".join(signs) in words(axes)
        told = words(charts.sweep(table.iloc[:2], values=["attainment"]))
        assert not any(sign in text for sign in signs for text in told)
    for inner, value in zip(axes.child_axes, (7, 4), strict=True):
        joined, hollow = inner.lines
        assert np.isnan(np.asarray(joined.get_ydata(), float)).tolist() == [True, False, False, True, True]
        assert list(hollow.get_ydata()) == [value]
        assert hollow.get_markerfacecolor() == "white"
        assert {text.get_position()[0]: text.get_text() for text in inner.texts} == {4: "?", 0: "×"}
    (stroke,) = axes.child_axes[0].collections[0].get_segments()  # type: ignore[attr-defined]
    assert stroke[:, 1].tolist() == [7, 5]


def test_people_and_seats_are_whole_on_axes() -> None:
    """No tick stands between two whole numbers where all values are whole."""
    table = pd.DataFrame({"more": [-1, 0, 1], "attained": [4, 5, 5], "rate": [0.1, 0.2, 0.4]})
    with speaking("en"), styled():
        axes = charts.sweep(table, keys=["more"], values=["attained", "rate"])
        figure_of(axes).draw_without_rendering()
    people, rates = axes.child_axes
    for axis in (people.xaxis, people.yaxis, rates.xaxis):
        assert all(place == round(place) for place in axis.get_majorticklocs())
    assert any(place != round(place) for place in rates.yaxis.get_majorticklocs())
    assert "−1" in [label.get_text() for label in people.get_xticklabels()]


def test_varied_keys_have_titles(plan: Plan) -> None:
    """With the scenario an axis is called by the entry's title and what is varied of it, else by the path."""
    pool, entry = next(iter(plan.problem.scenario.seats.items()))
    key = f"seats.{pool}.per_year.max"
    scenario = plan.problem.scenario.model_copy(update={"seats": {pool: entry.model_copy(update={"title": "Titled"})}})
    table = pd.DataFrame({key: [1, 2], "early": [3, 4]})
    with speaking("en"):
        for given, called in ((scenario, "Titled: most seats a year"), (None, key)):
            (inner,) = charts.sweep(table, keys=[key], values=["early"], scenario=given).child_axes
            assert inner.get_xlabel() == called


def test_no_star_where_there_is_no_difference() -> None:
    """Plans of the same value have no best one, and no legend of stars."""
    table = COMPARED.assign(value=1.0, best=True)
    with speaking("en"):
        assert not any("★" in text for text in words(charts.comparison(table)))


# --- letters and files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_cut_off(name: str, plan: Plan) -> None:
    """Every text lies within the sheet, in both languages."""
    for language in ("en", "vi"):
        with speaking(language), styled():
            figure = figure_of(EVERY[name](table_of(name, plan)))
            figure.draw_without_rendering()
        sheet = figure.bbox.padded(1)
        assert [text.get_text() for text in texts(figure) if not _within(sheet, text.get_window_extent())] == []


@pytest.mark.parametrize("name", EVERY)
def test_no_two_texts_overlap(name: str, plan: Plan) -> None:
    """No text is written over another, in both languages."""
    for language in ("en", "vi"):
        with speaking(language), styled():
            figure = figure_of(EVERY[name](table_of(name, plan)))
            figure.draw_without_rendering()
        shown = [(text.get_text(), text.get_window_extent().padded(-1)) for text in texts(figure)]
        pairs = [(one, two) for (one, a), (two, b) in combinations(shown, 2) if a.overlaps(b)]
        assert pairs == []


def texts(figure: Figure) -> list[Text]:
    """The texts that are drawn: no ticks of axes that are off, none outside their axis."""
    found = list(figure.texts)
    for axes in [*figure.axes, *(child for parent in figure.axes for child in parent.child_axes)]:
        found += [*axes.texts, axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label]
        found += axes.get_legend().get_texts() if axes.get_legend() else []
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            low, high = sorted(axis.get_view_interval())
            found += [
                tick.label1
                for tick in axis.get_major_ticks()
                if low <= tick.get_loc() <= high and tick.label1.get_visible()
            ]
    return [text for text in found if text.get_text().strip() and text.get_visible()]


def _within(sheet: Any, extent: Any) -> bool:
    return bool(sheet.x0 <= extent.x0 and extent.x1 <= sheet.x1 and sheet.y0 <= extent.y0 and extent.y1 <= sheet.y1)


def test_text_widths_are_those_of_the_letters_drawn() -> None:
    """The width that `fit` reckons with is that of the drawn text, but for kerning."""
    figure = Figure(figsize=(11, 2))
    for text in ("Bồi dưỡng quản lý nhà nước chương trình chuyên viên", "ĐỘI WAVE 100 %"):
        for weight in ("normal", "bold"):
            with styled():
                drawn = figure.text(0, 0, text, size=9, weight=weight)
                figure.draw_without_rendering()
                width = drawn.get_window_extent().width / figure.dpi
            assert text_width(text, 9, weight) == pytest.approx(width, rel=0.03)


def test_fit_breaks_and_cuts() -> None:
    """Text is broken between words into the lines allowed; what has no room gives way to an ellipsis."""
    text = "Ủy viên Ban chấp hành Đảng bộ huyện"
    assert fit(text, 10, 9) == text
    two = fit(text, 1.5, 9, lines=2)
    assert two.replace("\n", " ") == text
    cut = fit(text, 1.0, 9)
    assert cut.endswith("…")
    assert text_width(cut, 9) <= 1.0
    assert fit("", 1, 9) == ""


def test_the_same_run_gives_the_same_bytes(plan: Plan, tmp_path: Path) -> None:
    """SVG and PNG of a run repeat byte for byte and carry no date."""
    first = charts.plot_run(plan, tmp_path / "a")
    second = charts.plot_run(plan, tmp_path / "b")
    assert [path.name for path in first] == [path.name for path in second]
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name
        assert b"<dc:date>" not in one.read_bytes()


def test_pictures_name_the_scenario_and_the_agencies_asked_for(plan: Plan) -> None:
    """Above each picture stands the scenario's title; a Gantt is drawn for each agency asked for, named after it."""
    agencies = list(plan.problem.agencies["agency"])
    with speaking("vi"):
        drawn = dict(pictures(plan, agencies))
    assert [name for name in drawn if name.startswith("gantt-")] == [f"gantt-{name}" for name in agencies]
    title = "Mười hai cán bộ của hai cơ quan"
    assert {figure.get_suptitle() for name, figure in drawn.items() if name != "wall"} == {title}
    assert title in words(drawn["wall"].axes[0])


def test_pictures_are_those_asked_for(plan: Plan, tmp_path: Path) -> None:
    """By name; the calendar of every agency with one word; a name that is none is refused with the nearest."""
    every = [path.name for path in planner.plot(plan, tmp_path, names=["gantt"], formats=["png"], every_agency=True)]
    assert every == [f"gantt-{name}.png" for name in plan.problem.agencies["agency"]]
    assert [path.name for path in charts.plot_run(plan, tmp_path, ["svg"], names=["yearly", "wall"])] == [
        "yearly.svg", "wall.svg",
    ]  # fmt: skip
    with pytest.raises(InputError, match="gantt"):
        charts.plot_run(plan, tmp_path, names=["gant"])
    assert (*PICTURES, "wall", "gantt") == documents.PICTURES


def test_a_calendar_drops_nobody_and_has_the_limit_as_a_line(tmp_path: Path) -> None:
    """Every cadre of the agency has a line or stands at the foot; below are those away, and the limit of each year."""
    bands = {"modes": ["full_time", "in_service"], "bands": [{"up_to": 99, "away": 2}]}
    plan = solve_problem(
        load(
            small(
                tmp_path,
                {"A": {"studying": "degree", "studying_until": "2022"}, "B": {"theory": "advanced"}},
                absence=bands,
            )
        )
    )
    assert 0 < tabulation.gantt(plan, "office")["cadre"].nunique() < len(plan.problem.cadres)
    with speaking("en"):
        axes = dict(pictures(plan, ["office"]))["gantt-office"].axes[0]
        told = " ".join(words(axes))
        assert say("chart_away_limit") in told
    for cadre in plan.problem.cadres["cadre"]:
        assert cadre in told
    (inner,) = axes.child_axes
    assert isinstance(inner, Axes)
    table = tabulation.absence_by_year(plan)
    assert [bar.get_height() for bar in bars(inner, "away")] == list(table["away"])
    (lines,) = [each for each in inner.collections if each.get_label() == "limit"]
    assert [segment[0, 1] for segment in lines.get_segments()] == [2.0] * len(table)  # type: ignore[attr-defined]
    assert all(place == round(place) for place in inner.yaxis.get_majorticklocs())


def test_the_wall_shows_every_pool_and_year() -> None:
    """Bars are starts of the most, in every year and over the period; what is below a minimum is marked."""
    table = seats_of(
        ("p", "Pool P", 2021, 1, 4, 2, 0.5, 0, 8, 0, 1),
        ("p", "Pool P", 2022, 2, 4, 1, 0.25, 1, 8, 0, 1),
        ("q", "Pool Q", 2021, 0, 0, 0, np.nan, 0, pd.NA, 0, 0),
        ("q", "Pool Q", 2022, 0, 5, 5, 1.0, 0, pd.NA, 0, 0),
    )
    with speaking("en"):
        axes = charts.wall(table, scheme="A scheme")
        told = words(axes)
        assert say("chart_wall_lacking", starts=8, lacking=1) in told
    shown = [bar.get_width() / room.get_width() for bar, room in zip(bars(axes, "starts"), boxes(axes), strict=True)]
    assert shown == pytest.approx([2 / 4, 1 / 4, 4 / 8, 5 / 5, 5 / 5])
    assert {"Pool P", "Pool Q", "▼ 1", "–", "1 + 3", "(0–8)", "A scheme"} <= set(told)
    assert [bool(bar.get_hatch()) for bar in bars(axes, "starts")] == [False, True, False, False, False]


def test_many_pools_are_several_sheets_and_none_is_lost() -> None:
    """Eighteen pools are one sheet, 19 two; every pool is on one of them; letters have ten points or more."""
    for count, number in ((18, 1), (19, 2), (61, 4)):
        rows = [(f"p{place}", f"Pool {place}", 2021, 0, 9, 3, 1 / 3, 0, 9, 0, 0) for place in range(count)]
        parts = list(sheets(seats_of(*rows)))
        assert len(parts) == number
        assert [pool for part in parts for pool in part["pool"]] == [f"p{place}" for place in range(count)]
        sizes = [float(text.get_fontsize()) for part in parts for text in charts.wall(part).texts]
        assert min(sizes) >= 10


def test_large_numbers_have_room_on_the_wall() -> None:
    """Thousands in every cell over ten years: no text meets another."""
    rows = [("p", "Pool", 2021 + place, 1000, 12000, 11500, 11.5 / 12, 0, 99000, 9000, 0) for place in range(10)]
    with speaking("vi"), styled():
        figure = figure_of(charts.wall(seats_of(*rows)))
        figure.draw_without_rendering()
    shown = [(text.get_text(), text.get_window_extent().padded(-1)) for text in texts(figure)]
    assert [(one, two) for (one, a), (two, b) in combinations(shown, 2) if a.overlaps(b)] == []


def test_agencies_of_like_names_keep_their_own_files(tmp_path: Path) -> None:
    """File names are plain letters; two agencies that differ in accents alone do not overwrite each other."""
    cadres = {"A": {"agency": "Phòng Nội vụ/1"}, "B": {"agency": "Phong Noi vu 1"}, "C": {"agency": "///"}}
    sizes = {"Phòng Nội vụ/1": 5, "Phong Noi vu 1": 5, "///": 5}
    plan = solve_problem(load(small(tmp_path, cadres, sizes)))
    written = charts.plot_run(plan, tmp_path / "plots", ["png"], agencies=list(sizes))
    names = [path.stem for path in written if path.stem.startswith("gantt")]
    assert names == ["gantt-phong_noi_vu_1", "gantt-phong_noi_vu_1-2", "gantt-agency"]


def test_saving_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """An unknown ending or a folder that cannot be made is refused, and nothing is left behind."""
    figure = Figure()
    with pytest.raises(InputError, match="pdf"):
        charts.save(figure, tmp_path / "picture.pdf")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file"):
        charts.save(figure, tmp_path / "file" / "picture.svg")
    charts.save(figure, tmp_path / "picture.svg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "picture.svg"]


def test_the_readers_own_style_changes_nothing(plan: Plan, tmp_path: Path) -> None:
    """Settings of matplotlib outside do not show in the picture."""
    import matplotlib as mpl

    table = tabulation.yearly(plan)
    charts.save(figure_of(charts.yearly(table)), tmp_path / "plain.svg")
    with mpl.rc_context({"font.family": "monospace", "text.parse_math": True, "axes.grid": True, "font.size": 20}):
        charts.save(figure_of(charts.yearly(table)), tmp_path / "styled.svg")
    assert (tmp_path / "plain.svg").read_bytes() == (tmp_path / "styled.svg").read_bytes()


def test_a_point_of_the_frontier_that_was_not_proven_is_a_question_mark() -> None:
    """Points in their order, the late one a question mark on every panel; without late ones no sign."""
    points = (Point(-1, 2, 4, 3, 4, {"attainment": Fraction(3)}), Point(0, 3, 5, 2, 6, {"attainment": Fraction(2)}))
    cases: list[tuple[dict[int, Unproven], list[tuple[float, str]]]] = [({}, []), ({1: Unproven(60.0)}, [(1.0, "?")])]
    for late, signs in cases:
        table, across = frontier_in_words(Frontier("t", 7, ("p",), points, late))
        axes = charts.sweep(table, keys=[across])
        assert len(axes.child_axes) == 3
        for inner in axes.child_axes:
            assert [(text.get_position()[0], text.get_text()) for text in inner.texts] == signs
            assert list(np.asarray(inner.lines[0].get_xdata(), float))[:2] == [-1, 0]


def test_an_agency_is_found_by_its_title_too(tmp_path: Path) -> None:
    """Pages call it by its title, so the command hears it, in any language and spelling; a title of two is no name."""
    table = [
        {"agency": "C1", "headcount": 9, "title_en": "Commune No. 1", "title_vi": "Xã số 1"},
        {"agency": "C2", "headcount": 9, "title_en": "Commune No. 2", "title_vi": "Xã số 2"},
        {"agency": "C3", "headcount": 9, "title_en": "School", "title_vi": "Trường"},
        {"agency": "C4", "headcount": 9, "title_en": "School", "title_vi": "Trường"},
    ]
    roster = {name: {"agency": f"C{place}"} for place, name in enumerate("ABCD", 1)}
    path = small(tmp_path, roster=roster)
    pd.DataFrame(table).to_csv(tmp_path / "agencies.csv", index=False)
    plan = solve_problem(load(path))
    asked = ["Xã số 1", "commune no. 1", "C1", "Xã số 2"]
    assert [name for name, _ in pictures(plan, asked, ["gantt"])] == ["gantt-c1", "gantt-c2"]
    with pytest.raises(InputError, match="School"):
        charts.plot_run(plan, tmp_path, agencies=["School"], names=["gantt"])
    with pytest.raises(InputError, match=r"Commune No\. 2"):
        charts.plot_run(plan, tmp_path, agencies=["Commune No. 22"], names=["gantt"])
