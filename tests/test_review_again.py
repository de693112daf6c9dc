"""A plan that was made again is looked back on from the first year of the scheme, not from its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from commands import planner as command
from years import a_run, in_order, ledger

import planner
from planner import InputError, Review
from planner.messages import LANGUAGES, speaking
from planner.report.html.review import review_page
from planner.report.text import review as told
from planner.years.before import FILES, read_before

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
        "yearly": {"programmes": ["school"], "who": AIM["who"], "per_year": dict.fromkeys(range(2021, 2025), 1)},
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


@pytest.mark.long
@pytest.mark.parametrize("years", [(2022,), (2023,), (2022, 2023), (2022, 2023, 2024), (2024,)])
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
    for what in ("left", "retired", "transferred", "unconfirmed", "taken_as_finished"):
        mine, its = (set(each.news.loc[each.news["what"] == what, "cadre"]) for each in (told_of, same))
        assert mine == its, what
    assert [str(note) for note in told_of.notes if "pins" not in note.key] == [str(note) for note in same.notes]


# --- what stands in the run folder ----------------------------------------------------------------------------------


NAMES = ("Vàng Thị Chimyen", "Lù Seo Páovang", "Sùng Mí Dếvang")


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was made again from 2022 on, of whose first year nobody confirmed anything; to be read."""
    folder = tmp_path_factory.mktemp("remade")
    run = a_run(folder, {"A": {"name": NAMES[0]}, "B": {}, "C": {}})
    first, second, third = in_order(run)
    names = [f"2021-04-0{day},changed,{code},,,name={NAMES[day]}" for day, code in enumerate((first, third), 1)]
    planner.record(run, ledger(folder, f"2021-05-01,left,{third}", *names), by="t")
    last = again(run, 2022, folder / "again")
    rows = [f"2022-09-01,admitted,{second},school,2022", f"2022-12-01,finished,{second},school"]
    planner.record(last, ledger(folder, *rows), by="t")
    return last


def test_what_nobody_confirmed_before_is_not_confirmed_by_a_roster(remade: Path) -> None:
    """The new roster holds the level that the first is taken to have reached; it is told as not confirmed."""
    found = planner.review(remade, final=True)
    assert figures(found).loc["theory"].to_list() == [2, 2, 1, 1, 2, 0, 0, "reached_unconfirmed"]
    assert found.targets.set_index("target").loc["theory", ["first_planned", "first_required"]].to_list() == [3, 3]
    assert found.progress.starts["entries"].tolist() == ["", "1; 2"]
    assert {"left", "changed"} <= set(found.news["what"])
    assert "2021/1" in set(found.news["entry"])
    assert [note.key for note in found.notes] == ["review_note_made_again", "review_note_silent"]


def test_page_and_tables_tell_the_years_before(remade: Path) -> None:
    """The whole scheme is in the title, the first plan beside the last; a year in between has its first line."""
    found, year = planner.review(remade, final=True), planner.review(remade, 2022)
    for language in LANGUAGES:
        with speaking(language):
            assert "2021-2024" in review_page(found)
            assert [row[0] for row in told.years(found).rows][:4] == ["2021", "2022", "2023", "2024"]
            (row,) = told.targets(found).rows
            assert row[1:8] == [2, 2, 2, 1, 3, 2, 0]
            (row,) = told.targets(year).rows
            assert row[5:7] == [2, 2]
            assert any(row[3] for row in told.news(found).rows)


def test_without_these_files_only_its_own_years_are_told(remade: Path, tmp_path: Path) -> None:
    """A run of an older version says which years its tables leave out, and its sequel still begins with the scheme."""
    shutil.copytree(remade, tmp_path / "run")
    for name in FILES.values():
        (tmp_path / "run" / name).unlink()
    found = planner.review(tmp_path / "run", final=True)
    assert (found.first, found.before, found.notes[0].key) == (2022, None, "review_note_history")
    assert str(planner.sequel(tmp_path / "run", 2028).notes[0]) == str(planner.sequel(remade, 2028).notes[0])


DAMAGES: dict[str, Callable[[str], str]] = {
    "before_starts.csv": lambda text: text.replace(",2021,", ",soon,"),
    "before_people.csv": lambda text: text.replace("plan,", "plans,"),
    "before_line.csv": lambda text: text.replace("2021,theory,", "2021.5,theory,"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_told(remade: Path, tmp_path: Path, name: str) -> None:
    """A cell or a column that cannot be read is a fault of the file, and so is a file that is gone; never silence."""
    shutil.copytree(remade, tmp_path / "run")
    file = tmp_path / "run" / name
    text = file.read_text(encoding="utf-8")
    file.write_text(DAMAGES[name](text), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != text
    with pytest.raises(InputError, match=name):
        read_before(tmp_path / "run")
    assert command("verify", tmp_path / "run").returncode == 1
    file.unlink()
    with pytest.raises(InputError, match=name):
        read_before(tmp_path / "run")


@pytest.mark.long
def test_a_plan_made_again_at_once_has_only_what_was_under_way(tmp_path: Path) -> None:
    """Made again from its own first year on, nothing of it lies before; the studies on the roster do."""
    run = a_run(tmp_path, {"A": {}, "D": {"theory": "advanced", "studying": "degree", "studying_until": 2022}})
    before = read_before(again(run, 2021, tmp_path / "again"))
    assert before is not None
    assert before.starts[["cadre", "status", "outcome"]].to_numpy().tolist() == [["D", "before", "under_way"]]
    assert planner.review(tmp_path / "again", final=True).first == 2021


def test_names_are_taken_out_of_these_files_too(remade: Path, tmp_path: Path) -> None:
    """A purged run keeps the years before without names, those of who is gone among them."""
    shutil.copytree(remade, tmp_path / "run")
    assert {*NAMES[1:]} <= {*names_in(tmp_path / "run")}
    assert command("purge", tmp_path / "run", "--yes").returncode == 0
    assert names_in(tmp_path / "run") == []
    assert planner.review(tmp_path / "run", final=True).first == 2021


def names_in(run: Path) -> list[str]:
    """The names that any table of a run tells."""
    text = "".join(file.read_text(encoding="utf-8") for file in run.rglob("*.csv"))
    return [name for name in NAMES if name in text]


@pytest.mark.long
def test_an_agency_that_ended_keeps_its_name(tmp_path: Path) -> None:
    """After a reform the starts of the years before stand under the agencies of then, by their titles."""
    run = a_run(tmp_path, agencies="agency,headcount,title_en,title_vi\noffice,10,The office,Văn phòng\n")
    reform = "source: assumed\nfrom: 2022-07-01\noffices: {merged: {merges: [office]}}\n"
    (tmp_path / "reform.yaml").write_text(reform, encoding="utf-8")
    planner.replan(run, 2022, reform=tmp_path / "reform.yaml", priced=False).write(tmp_path / "again")
    found = planner.review(tmp_path / "again", final=True)
    for language, called in (("en", "The office"), ("vi", "Văn phòng")):
        with speaking(language):
            table = told.counted(found, "agency", "")
        assert [(row[0], row[1]) for row in table.rows[:2]] == [("merged", 2), (called, 1)]
