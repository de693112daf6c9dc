"""A plan that was made again is looked back on from the first year of the scheme, not from its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from years import a_run, in_order, ledger

import planner
from planner import Review

pytestmark = pytest.mark.usefixtures("english")
FIGURES = ("members", "required", "confirmed", "unconfirmed", "attained", "under_way", "missing", "verdict")
SAME = ("by_year", "by_programme", "by_agency", "by_priority", "by_target")
HEAD = ["cadre", "agency", "programme", "start", "status", "why", "outcome", "ended"]
PEOPLE = {
    **{name: {"sex": sex} for name, sex in zip("ABCF", "FMFF", strict=True)},
    **{
        name: {"theory": "advanced", "studying": "degree", "studying_until": until}
        for name, until in zip("DEG", (2022, 2023, 2022), strict=True)
    },
}
AIM: dict[str, Any] = {"who": {"sex": ["F", "M"]}, "level": {"theory": "advanced"}}
SCHEME: dict[str, Any] = {
    "programmes": {"school": {"months": 18}},
    "targets": {
        "masters": {**AIM, "level": {"education": "master"}, "at_least": 2},
        "enrolled": {**AIM, "share": 1.0, "counts": "enrolled"},
        "soon": {**AIM, "share": 0.5, "by": 2022},
    },
    "seats": {
        "school": None,
        "yearly": {"programmes": ["school"], "who": {"sex": ["F", "M"]}, "per_year": dict.fromkeys(range(2021, 2025), 1)},
    },
    "priority": {"women": {"who": {"sex": "F"}, "points": 1}, "schools": {"who": {"sex": "M"}, "points": 0}},
}
"""One begins the school of two years in each year; three are at a master's degree."""


def again(run: Path, year: int, out: Path) -> Path:
    """The plan made again from a year on, in its own run folder."""
    planner.replan(run, year, keep="all", priced=False).write(out)
    return out


def chained(run: Path, rows: dict[int, list[str]], folder: Path, years: tuple[int, ...]) -> Path:
    """The last of the runs that are made one from another; each records what happens until the next."""
    for year in sorted(rows):
        if year in years:
            run = again(run, year, folder / str(year))
        if rows[year]:
            planner.record(run, ledger(folder, *rows[year]), by="test")
    return run


def what_happens(run: Path) -> dict[int, list[str]]:
    """Some years: much of it is confirmed, some only later, some never."""
    first, second, third, fourth = in_order(run)  # nobody ever says anything of the first, nor of G
    return {
        2021: [f"2021-06-01,transferred,{second},,,other"],
        2022: ["2022-12-01,finished,D,degree", "2022-05-01,left,E", f"2022-11-01,leave,{first},,2023,2023"],
        2023: [f"2023-09-01,admitted,{third},school,2023", f"2023-12-01,extended,{second},school,,2024"],
        2024: [f"2024-12-20,failed,{third},school", f"2024-05-02,retired,{fourth}"],
    }


def figures(found: Review) -> pd.DataFrame:
    """What is said of the targets, but for the plan's line."""
    return found.targets.set_index("target")[[*FIGURES]]


LONG = [pytest.param(years, marks=pytest.mark.long) for years in ((2022,), (2023,), (2022, 2023, 2024), (2024,))]


@pytest.mark.parametrize("years", [(2022, 2023), *LONG])
def test_made_again_without_news_the_whole_scheme_is_told_as_by_one_run(tmp_path: Path, years: tuple[int, ...]) -> None:
    """The same ledger in one run or in several: every count, every target, and what is confirmed of it."""
    one = a_run(tmp_path / "one", PEOPLE, {"office": 10, "other": 10}, **SCHEME)
    rows = what_happens(one)
    last = chained(one, rows, tmp_path / "chain", years) if (tmp_path / "chain").mkdir() is None else one
    planner.record(one, ledger(tmp_path, *(row for own in rows.values() for row in own), name="all.csv"), by="test")
    whole, chain = planner.review(one, final=True), planner.review(last, final=True)
    assert whole.plan.assignments["start"].tolist() != []
    assert chain.first == 2021
    pd.testing.assert_frame_equal(chain.progress.starts[HEAD], whole.progress.starts[HEAD])
    for name in SAME:
        pd.testing.assert_frame_equal(getattr(chain.progress, name), getattr(whole.progress, name))
    pd.testing.assert_frame_equal(figures(chain), figures(whole))
    assert planner.verify(last).empty
    told_of, same = planner.sequel(last, 2028), planner.sequel(one, 2028)
    assert told_of.problem.source.merged()["seats"]["yearly"]["per_year"].keys() == {"2025", "2026", "2027", "2028"}
    for key in ("seats", "targets", "horizon", "source", "roster_source"):
        assert told_of.problem.source.merged()[key] == same.problem.source.merged()[key], key
    assert [str(note) for note in told_of.notes if "pins" not in note.key] == [str(note) for note in same.notes]
