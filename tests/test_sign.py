"""Lists to sign: agencies by title, columns that somebody has, sheets that can be printed and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import small

from planner.common.errors import InputError
from planner.inputs.exporting import export_excel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.roster.roster import read_agencies
from planner.messages import speaking
from planner.plans.run_folder import read_run, write_run
from planner.report.text.titles import agency_title, agency_titles, untitled_agencies
from planner.solver import solve_problem

TITLED = "agency,headcount,title_vi,title_en\nC01,9,Xã Bản A,Commune A\nC02,8,Xã Bản B,\nC03,7,,\n"
PEOPLE = {"A": {"agency": "C01"}, "B": {"agency": "C02"}, "C": {"agency": "C03"}}


def titled(folder: Path, agencies: str = TITLED) -> Problem:
    return load(small(folder, PEOPLE, agencies))


# --- agencies by title ----------------------------------------------------------------------------------------------


def test_an_agency_is_called_by_its_title_in_the_language_asked_for(tmp_path: Path) -> None:
    """The title in the language, else one in another, else the code, which is told; a language asked for wins."""
    problem = titled(tmp_path)
    with speaking("vi"):
        assert list(agency_titles(problem).values()) == ["Xã Bản A", "Xã Bản B", "C03"]
        assert agency_title(problem, "C01", "en") == "Commune A"
        assert untitled_agencies(problem, ["C03", "C01", "C03"]) == ["C03"]
    with speaking("en"):
        assert list(agency_titles(problem).values()) == ["Commune A", "Xã Bản B", "C03"]
    assert agency_title(problem, "elsewhere") == "elsewhere"


def test_agencies_that_share_a_title_are_told_apart(tmp_path: Path) -> None:
    """Two offices of one title have their codes behind it; the spelling's case and accents make no difference."""
    problem = titled(tmp_path, "agency,headcount,title\nC01,9,Văn phòng\nC02,8,VĂN PHÒNG\nC03,7,Ban Tổ chức\n")
    titles = [agency_title(problem, name) for name in ("C01", "C02", "C03")]
    assert titles == ["Văn phòng (C01)", "VĂN PHÒNG (C02)", "Ban Tổ chức"]


def test_a_name_on_the_roster_is_no_code(tmp_path: Path) -> None:
    """Who calls agencies by name on the roster needs no titles and is told nothing."""
    path = small(tmp_path, {"A": {"agency": "Phòng Nội vụ"}, "B": {"agency": "C02"}}, None)
    assert untitled_agencies(load(path), ["Phòng Nội vụ", "C02"]) == ["C02"]


@pytest.mark.parametrize(
    ("heads", "title"),
    [
        ("Mã đơn vị,Tên đơn vị,Biên chế", "title"),
        ("Mã cơ quan,Tên cơ quan,Số biên chế", "title"),
        ("agency,Tên gọi,headcount", "title"),
        ("Cơ quan,Tên tiếng Anh,Biên chế", "title_en"),
        ("Cơ quan,Tên tiếng Việt,Biên chế", "title_vi"),
    ],
)
def test_headers_of_titles(tmp_path: Path, heads: str, title: str) -> None:
    """A table with codes and names has titles in the names; further headers are known in both languages."""
    (tmp_path / "agencies.csv").write_text(f"{heads}\nC01,Xã Bản A,9\n", encoding="utf-8")
    row = read_agencies(tmp_path / "agencies.csv").frame.iloc[0].to_dict()
    assert row == {"agency": "C01", "headcount": 9, title: "Xã Bản A"}


def test_two_columns_of_titles_are_a_fault(tmp_path: Path) -> None:
    """Which of two columns is the title is nobody's guess."""
    (tmp_path / "agencies.csv").write_text("Mã đơn vị,Tên đơn vị,Tên gọi,Biên chế\nC01,A,B,9\n", encoding="utf-8")
    with pytest.raises(InputError, match="title"):
        read_agencies(tmp_path / "agencies.csv")


def test_a_run_folder_alone_knows_the_titles(tmp_path: Path) -> None:
    """A run read back, a frame given and a workbook with the tables inside keep every title."""
    problem = titled(tmp_path / "scheme")
    write_run(solve_problem(problem), tmp_path / "run")
    kept = read_run(tmp_path / "run").problem
    again = load(problem, agencies=problem.agencies)
    for language in ("en", "vi"):
        with speaking(language):
            book = export_excel(tmp_path / "scheme" / "scenario.yaml", tmp_path / f"{language}.xlsx", with_roster=True)
            for other in (kept, again, load(book)):
                assert agency_titles(other) == agency_titles(problem)
