"""The tables beside the roster: retirement by birth, the starts before the horizon, an earlier plan."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from small import codes, one_fault, small, told

from planner import InputError, load
from planner.inputs.roster.further_tables import read_earlier, read_history, read_retirement
from planner.inputs.scenario.loading import source_of

pytestmark = pytest.mark.usefixtures("english")


def with_table(folder: Path, name: str, text: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return f"{name}.csv"


POOL = {"programmes": ["school"], "who": {}}


# --- retirement -----------------------------------------------------------------------------------------------------

RETIREMENT = "sex,birth_year,retires\nF,1970,2027\nM,1970,2032\nNữ,1985,2045\n"


def test_the_retirement_table_fills_what_the_roster_leaves_empty(tmp_path: Path) -> None:
    """By sex and year of birth, where `retires` is empty; who is not in the table stays without."""
    table = with_table(tmp_path, "retirement", RETIREMENT)
    people = {
        "A": {"birth_year": 1970},
        "B": {"birth_year": 1970, "sex": "M"},
        "C": {"birth_year": 1970, "retires": 2023},
        "D": {"birth_year": 1971},
        "E": {"birth_year": ""},
    }
    retires = load(small(tmp_path, people, retirement=table)).cadres["retires"]
    assert retires.tolist()[:3] == [2027, 2032, 2023]
    assert retires.isna().tolist()[3:] == [True, True]


def test_the_retirement_table_feeds_conditions_even_without_a_column(tmp_path: Path) -> None:
    """A condition on `retires` sees what the table fills in."""
    table = with_table(tmp_path, "retirement", "Giới tính,Năm sinh,Năm nghỉ hưu\nNữ,1970,2027\n")
    roster = "cadre,agency,sex,birth_year\nA,office,F,1970\nB,office,M,1970\n"
    problem = load(small(tmp_path, roster, retirement=table, seats={"s": POOL | {"who": {"retires": {"max": 2030}}}}))
    assert codes(problem, problem.pools["s"]) == "A"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (RETIREMENT + "F,1970,2028\n", "row 5: sex F, birth year 1970 is listed more than once"),
        ("sex,birth_year,retires\nX,1970,2030\n", "row 2: 'X' in column 'sex' is no sex"),
        ("sex,birth_year,retires\nF,1970,soon\n", "row 2: 'soon' in column 'retires' is no year"),
        ("sex,birth_year,retires\nF,,2030\n", "row 2: the cell 'birth_year' is empty"),
        ("sex,birth_year\nF,1970\n", "the column 'retires' is missing"),
        ("sex,birth_year,retires\n", "has a header but no rows"),
    ],
)
def test_a_faulty_retirement_table_is_refused(tmp_path: Path, text: str, part: str) -> None:
    """What is wrong is named with the table's row."""
    found = one_fault(small(tmp_path, retirement=with_table(tmp_path, "retirement", text)))
    assert "retirement.csv" in found
    assert part in found


# --- history and the earlier plan -----------------------------------------------------------------------------------

HISTORY = """cadre,agency,programme,start,finish,pools,shares,of_group
C,palace,school,2019,2019,s gone,h,h
A,office,degree,2020,2021,,,
A,,course,,2018,,,
gone,office,course,2020,2020,s,,
B,office,forgotten,2020,2020,s,,
"""


def test_history_in_rows_of_roster_and_programmes(tmp_path: Path) -> None:
    """Sorted by cadre and finish; rows of names no longer defined stay, but count in no pool that is gone."""
    path = small(
        tmp_path,
        seats={"s": POOL},
        shares={"h": {"who": {}, "min": 0.1}},
        history=with_table(tmp_path, "history", HISTORY),
    )
    history = load(path).history
    assert history["cadre"].tolist() == ["A", "A", "B", "C", "gone"]
    assert history["row"].tolist() == [0, 0, 1, 2, -1]
    assert history["agency"].tolist() == ["office", "office", "office", "palace", "office"]
    assert history["programme"].tolist() == ["course", "degree", "forgotten", "school", "course"]
    assert history["programme_row"].tolist() == [4, 0, -1, 2, 4]
    assert history["start"].isna().tolist() == [True, False, False, False, False]
    assert history["start"].tolist()[1:] == [2020, 2020, 2019, 2020]
    assert history["finish"].tolist() == [2018, 2021, 2020, 2019, 2020]
    assert history["pools"].tolist() == [(), (), ("s",), ("s",), ("s",)]
    assert history["shares"].tolist() == [(), (), (), ("h",), ()]
    assert history["of_group"].tolist() == [(), (), (), ("h",), ()]


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("A,office,school,2021,2021,,,", "row 2: the start 2021 is not before the horizon, which begins in 2021"),
        ("A,office,school,2020,2019,,,", "row 2: the finish 2019 is before the start 2020"),
        ("A,office,school,2020,,,,", "row 2: the cell 'finish' is empty"),
        (",office,school,2020,2020,,,", "row 2: the cell 'cadre' is empty"),
        ("A,office,school,soon,2020,,,", "row 2: 'soon' in column 'start' is no year"),
    ],
)
def test_a_faulty_history_is_refused(tmp_path: Path, row: str, part: str) -> None:
    """What is wrong is named with the table's row."""
    text = f"{HISTORY.splitlines()[0]}\n{row}\n"
    found = one_fault(small(tmp_path, history=with_table(tmp_path, "history", text)))
    assert "history.csv, " in found
    assert part in found


def test_no_history_and_no_plan_are_empty_tables(tmp_path: Path) -> None:
    """Without the tables, and with tables that have a header alone, there are the same columns and no rows."""
    silent = load(small(tmp_path))
    tables = {
        "history": with_table(tmp_path, "history", HISTORY.splitlines()[0] + "\n"),
        "earlier": with_table(tmp_path, "earlier", "cadre,programme,start\n"),
    }
    for name, found in {"history": load(small(tmp_path, **tables)).history, "earlier": silent.earlier}.items():
        assert list(found.columns) == list(getattr(silent, name).columns)
        assert len(found) == 0
    assert load(small(tmp_path, **tables)).earlier.empty
    assert {"cadre", "row", "of_group"} <= {*silent.history.columns}


def test_an_earlier_plan_may_be_a_runs_assignments(tmp_path: Path) -> None:
    """Further columns are left out, repeated rows count once, unknown names stay; `changes` may then be a goal."""
    text = "cadre,agency,programme,mode,start,finish,points,serves\nA,office,school,full_time,2022,2022,3,pin\n"
    text += "A,office,school,full_time,2022,2022,3,pin\nX,office,magic,short,2021,2021,0,\n"
    problem = load(small(tmp_path, earlier=with_table(tmp_path, "plan", text), goals=["changes", "lot"]))
    assert problem.earlier.to_dict("list") == {
        "cadre": ["A", "X"],
        "programme": ["school", "magic"],
        "start": [2022, 2021],
    }


def test_the_tables_may_have_vietnamese_headers_or_be_workbooks(tmp_path: Path) -> None:
    """The roster's reader reads them all: Vietnamese headers, .xlsx."""
    rows = {"Mã cán bộ": ["A"], "Chương trình": ["school"], "Năm bắt đầu": [2019], "Năm kết thúc": [2020]}
    pd.DataFrame(rows).to_excel(tmp_path / "history.xlsx", index=False)
    history = read_history(tmp_path / "history.xlsx", 2021)
    assert history[["cadre", "programme", "start", "finish"]].iloc[0].tolist() == ["A", "school", 2019, 2020]
    assert read_earlier(tmp_path / "history.xlsx")["start"].tolist() == [2019]
    with pytest.raises(InputError):
        read_retirement(tmp_path / "history.xlsx")


def test_paths_are_relative_to_the_file_that_names_them_and_digests_cover_all(tmp_path: Path) -> None:
    """A what-if elsewhere finds the tables of its base; the merged scenario names them by whole paths."""
    tables = {
        "retirement": with_table(tmp_path / "base", "retirement", RETIREMENT),
        "history": with_table(tmp_path / "base", "history", HISTORY),
        "earlier": with_table(tmp_path / "base", "earlier", "cadre,programme,start\nA,school,2022\n"),
    }
    small(tmp_path / "base", **tables)
    other = tmp_path / "elsewhere" / "what-if.yaml"
    other.parent.mkdir()
    other.write_text("extends: ../base/scenario.yaml\nas_of: 2022\n")
    problem = load(other, allow_outside=True)
    merged = problem.source.merged()
    for name in ("roster", "agencies", *tables):
        assert Path(merged[name]).is_absolute()
        assert Path(merged[name]).resolve() == (tmp_path / "base" / f"{name}.csv").resolve()
        assert Path(merged[name]) in problem.digests
    assert source_of(problem.source.root).scenario == problem.scenario


def test_every_fault_of_every_table_comes_in_one_message(tmp_path: Path) -> None:
    """A missing table, a faulty one and a slip in the scenario are told together."""
    path = small(
        tmp_path,
        retirement="nowhere.csv",
        history=with_table(tmp_path, "history", "cadre,programme,start,finish\nA,school,2030,2031\n"),
        leave={"l": {"cadre": "X", "from": 2021, "to": 2021}},
        as_off=2021,
    )
    found = told(path)
    for part in ("nowhere.csv: the file does not exist", "history.csv, row 2: ", "unknown cadre 'X'", "key 'as_off'"):
        assert any(part in row for row in found), part
    assert len(found) == 4
