"""Rosters and agencies: every column under its name and of its type, or every bad row in one message."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.common.errors import InputError
from planner.inputs.roster.cell_values import year
from planner.inputs.roster.roster import read_agencies, read_roster, truth
from planner.inputs.synonyms import AGENCY_HEADERS, HEADERS, plain, recogniser, sex
from planner.inputs.vocabulary.levels import level_index
from planner.inputs.vocabulary.words import DEGREES, NONE, SCALES, STANDARD
from planner.messages import speaking

CASES = Path(__file__).parent / "cases"
LADDERS = {
    "education": ["none", "elementary", "intermediate", "college", "bachelor", "master", "doctorate"],
    "theory": ["none", "elementary", "intermediate", "advanced"],
    "administration": ["none", "officer", "specialist", "senior_specialist"],
    "informatics": ["none", "certified"],
    "language": ["none", "certified"],
}
PROGRAMMES = ["master_in_service", "advanced_in_service"]
HEADER = "cadre,agency,birth_year,sex"


def roster(folder: Path, text: str, **options: Any) -> pd.DataFrame:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path, LADDERS, PROGRAMMES, **options).frame


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught, speaking("en"):
        roster(folder, text)
    with speaking("en"):
        return str(caught.value).splitlines()


def agencies(folder: Path, text: str) -> pd.DataFrame:
    path = folder / "agencies.csv"
    path.write_text(text, encoding="utf-8")
    return read_agencies(path).frame


def test_the_sample_workbook_is_read_whole() -> None:
    """Titles, two-line header, codes, x marks, dates, decimals, odd blanks and letters: all arrive as meant."""
    frame = read_roster(CASES / "roster-sample.xlsx", LADDERS, PROGRAMMES).frame
    nan = math.nan
    expected = pd.DataFrame(
        {
            "cadre": ["007", "HSP-01", "HSP-02", "HSP-03"],
            "name": ["Lù Thị Mẩy", "Nguyễn Văn An", "Hoàng Văn Tý", "Xin Thị Hoa"],
            "ethnicity": ["Nùng", "Kinh", "Tày", "Dao"],
            "post": ["Trưởng phòng", "Chuyên viên", "Phó Trưởng phòng", "Cán bộ"],
            "agency": ["Phòng Nội vụ", "Phòng Tài chính", "Phòng Nội vụ", "Phòng Tài chính"],
            "education": np.array([5, 4, 4, 2], dtype=np.int8),
            "theory": np.array([3, 0, 2, 1], dtype=np.int8),
            "administration": np.array([3, -1, 2, 1], dtype=np.int8),
            "informatics": np.array([1, 1, 1, 1], dtype=np.int8),
            "language": np.array([1, -1, 0, 1], dtype=np.int8),
            "local": [1.0, 1.0, 0.0, 0.0],
            "service_start": [2008.0, 2012.0, 1994.0, 2016.0],
            "retires": [2040.0, nan, 2032.0, nan],
            "studying": ["", "advanced_in_service", "", ""],
            "studying_until": [nan, 2022.0, nan, nan],
            "note": ["", "", "nghỉ thai sản 2020", ""],
            "sex": ["F", "M", "M", "F"],
            "birth_year": [1985.0, 1990.0, 1970.0, 1993.0],
            "birth_date": pd.to_datetime(["1985-03-12", "1990-08-15", None, None]).astype("datetime64[us]"),
        },
        index=pd.Index([7, 9, 8, 10], name="row"),
    )
    pd.testing.assert_frame_equal(frame, expected)


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    """Shuffled, a roster gives the same cadres in the same order, each with its own row's number."""
    rows = [f"C{number:02},A,{1960 + number},F" for number in range(40)]
    plain_order = roster(tmp_path, "\n".join([HEADER, *rows]))
    random.Random(1).shuffle(rows)
    shuffled = roster(tmp_path, "\n".join([HEADER, *rows]))
    pd.testing.assert_frame_equal(plain_order.reset_index(drop=True), shuffled.reset_index(drop=True))
    assert shuffled.index.tolist() == [2 + rows.index(f"C{n:02},A,{1960 + n},F") for n in range(40)]


def test_empty_cells_are_missing(tmp_path: Path) -> None:
    """NaN for years and truth, "" for text and sex, -1 (unknown) for levels: never none, never no."""
    text = f"{HEADER},theory,local,retires,note\nC1,A,,,,,,\nC2,A,1970,F,none,no,2030,n"
    first = roster(tmp_path, text).iloc[0]
    assert (first["sex"], first["theory"], first["note"]) == ("", -1, "")
    assert all(math.isnan(first[name]) for name in ("birth_year", "local", "retires"))


def test_codes_stay_as_they_are_written(tmp_path: Path) -> None:
    """007 is not 7, NA and none are codes like others."""
    frame = roster(tmp_path, f"{HEADER}\n007,NA,1970,F\n7,null,1970,F\nNA,1e3,1970,F\n")
    assert frame["cadre"].tolist() == ["007", "7", "NA"]
    assert frame["agency"].tolist() == ["NA", "null", "1e3"]


def test_men_and_women_in_columns_of_their_own(tmp_path: Path) -> None:
    """The year of birth under Nam or Nữ tells the sex; so do marks; both filled is a fault."""
    split = roster(tmp_path, "Mã,Đơn vị,Năm sinh,\n,,Nam,Nữ\nC1,A,12/03/1970,\nC2,A,,1980\nC3,A,,\n")
    assert split["sex"].tolist() == ["M", "F", ""]
    assert split["birth_year"].tolist()[:2] == [1970, 1980]
    marks = roster(tmp_path, "Mã,Đơn vị,Năm sinh,Nam,Nữ\nC1,A,1970,x,\nC2,A,1980,,x\n")
    assert marks["sex"].tolist() == ["M", "F"]
    single = roster(tmp_path, "Mã,Đơn vị,Năm sinh,Nữ\nC1,A,1970,\nC2,A,1980,x\n")
    assert single["sex"].tolist() == ["M", "F"]
    both = faults(tmp_path, "Mã,Đơn vị,Nam,Nữ\nC1,A,1970,\nC2,A,1970,1980\n")
    assert len(both) == 1
    assert ", row 3:" in both[0]


def test_exact_names_win_over_the_words_of_the_trade(tmp_path: Path) -> None:
    """A header that is a column's own name is that column; others of the same meaning keep their text."""
    frame = roster(tmp_path, f"{HEADER},Chức vụ,post,Đơn vị\nC1,A,1970,F,Chủ tịch,leader,B\n")
    assert frame[["agency", "post", "Chức vụ", "Đơn vị"]].iloc[0].tolist() == ["A", "leader", "Chủ tịch", "B"]
    named = roster(tmp_path, f"{HEADER},Chức vụ\nC1,A,1970,F,Chủ tịch\n", names=["Chức vụ"])
    assert "Chức vụ" in named
    assert "post" not in named
    two = faults(tmp_path, f"{HEADER},Chức vụ,Chức danh\nC1,A,1970,F,a,b\n")
    assert "'Chức vụ', 'Chức danh' all mean 'post'" in two[0]


def test_each_fault_names_its_row_and_all_come_together(tmp_path: Path) -> None:
    """Every kind of bad cell in one file gives one message with a line for each."""
    text = (
        f"{HEADER},theory,local,retires,studying,studying_until\n"
        "C1,A,1970,F,none,yes,2030,,\n"
        "C1,A,1970,F,none,yes,2030,,\n"  # row 3: twice
        ",A,1970,F,none,yes,2030,,\n"  # row 4: no code
        "C4,,1970,F,none,yes,2030,,\n"  # row 5: no agency
        "C5,A,1890,F,none,yes,2030,,\n"  # row 6: year
        "C6,A,1970,Q,none,yes,2030,,\n"  # row 7: sex
        "C7,A,1970,F,advancd,yes,2030,,\n"  # row 8: level
        "C8,A,1970,F,none,maybe,2030,,\n"  # row 9: truth
        "C9,A,1970,F,none,yes,2030.5,,\n"  # row 10: year
        "D1,A,1970,F,none,yes,2030,master_in_servce,2022\n"  # row 11: programme
        "D2,A,1970,F,none,yes,2030,master_in_service,\n"  # row 12: no end
        "D3,A,1970,F,none,yes,2030,,2022\n"  # row 13: no programme
        "D4,A,1970,F,advancd,yes,2030,,,over\n"  # row 14: too long
    )
    found = faults(tmp_path, text)
    rows = {int(line.split(", row ")[1].split(":")[0]): line for line in found}
    assert sorted(rows) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert len(found) == 12
    assert "in rows 2, 3" in rows[3]
    assert "'1890' in column 'birth_year'" in rows[6]
    assert "did you mean 'advanced'?; known: none, elementary, intermediate, advanced (also in rows 14)" in rows[8]
    assert "did you mean 'master_in_service'?" in rows[11]
    assert all(str(tmp_path / "roster.csv") in line for line in found)


def test_faults_name_the_header_that_stands_in_the_file(tmp_path: Path) -> None:
    """Who looks for the bad cell finds the column under the name it has there."""
    (line,) = faults(tmp_path, "Mã,Đơn vị,Năm sinh,Giới tính,LLCT\nC1,A,1970,Nữ,cao siêu\n")
    assert "'cao siêu' is not recognised as a level of 'theory (LLCT)'" in line
    assert "known: none, elementary, intermediate, advanced" in line


def test_many_bad_rows_are_counted_not_listed(tmp_path: Path) -> None:
    """The same mistake in 500 rows is one line."""
    text = "\n".join([HEADER, *(f"C{number},A,?,F" for number in range(500))])
    (line,) = faults(tmp_path, text)
    assert line.endswith("(also in rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 489 more)")


def test_missing_columns_are_named_with_what_they_may_be_called(tmp_path: Path) -> None:
    """A missing column, a table with no header at all, a header without rows, names without codes."""
    missing = faults(tmp_path, "cadre,agency,sex\nC1,A,F\n")
    assert "'birth_year' is missing" in missing[0]
    assert "Năm sinh" in missing[0]
    assert "header with cadre, agency, birth_year, sex" in faults(tmp_path, "C1,A,1970,F\nC2,A,1970,F\n")[0]
    assert "no rows" in faults(tmp_path, f"{HEADER}\n")[0]
    assert "names may repeat" in faults(tmp_path, "Họ tên,Đơn vị,Năm sinh,Giới tính\nVàng A Páo,A,1970,Nam\n")[0]


def test_rows_that_are_only_numbered_are_no_cadres(tmp_path: Path) -> None:
    """A form numbered in advance adds nobody, and the numbering is no column."""
    frame = roster(tmp_path, f"STT,{HEADER}\n1,C1,A,1970,F\n2,,,,\n3,,,,\n")
    assert frame["cadre"].tolist() == ["C1"]
    assert "STT" not in frame


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1985", 1985), ("1985.0", 1985), ("31/12/1985", 1985), ("1/2/1985", 1985), ("31-12-1985", 1985),
        ("31.12.1985", 1985), ("12/1985", 1985), ("1985-12-31", 1985), ("1985-12-31T00:00:00", 1985),
        ("1900", 1900), ("2200", 2200), ("1899", None), ("2201", None), ("85", None), ("1985.5", None),
        ("31/02/1985", None), ("12/31/1985", None), ("nineteen", None), ("-1985", None), ("1e3", None),
        ("1905-06-07", None), ("1905", 1905), ("٢٠٢٠", None), ("19850", None), ("1985 1986", None),
    ],
)  # fmt: skip
def test_years(text: str, expected: int | None) -> None:
    """Years and days give the year; what is no whole year from 1900 to 2200 is not read."""
    assert year(text) == expected


def test_truth_in_tables() -> None:
    """The words for yes and no in both languages; a blank is missing."""
    words = ["yes", "NO", "True", "false", "1", "0", "x", "Có", "không", "", "co", "perhaps"]
    values, bad = truth(pd.Series(words, index=range(2, 14)))
    expected = [1, 0, 1, 0, 1, 0, 1, 1, 0, math.nan, 1, math.nan]
    np.testing.assert_array_equal(values.to_numpy(), expected)
    assert bad == [13]


def test_blanks_beside_lone_marks_mean_no() -> None:
    """Where x is the only mark in a column, a blank is no; an empty column says nothing."""
    assert truth(pd.Series(["x", "", "X"]))[0].tolist() == [1, 0, 1]
    assert np.isnan(truth(pd.Series(["x", "", "no"]))[0][1])
    assert np.isnan(truth(pd.Series(["yes", ""]))[0][1])
    assert truth(pd.Series(["", ""]))[0].isna().all()


@pytest.mark.parametrize(
    ("ladder", "cells"),
    [
        ("education", {"master": "ThS|thạc sỹ|Thạc sĩ|MASTER|Thạc sĩ Quản lý công|master", "doctorate": "TS|Tiến sĩ",
                       "bachelor": "ĐH|Đại học|ĐH Luật|cử nhân|Kỹ sư nông nghiệp|dai hoc", "college": "CĐ|Cao đẳng",
                       "intermediate": "TC|Trung cấp|TC kế toán", "elementary": "SC|sơ cấp",
                       "none": "chưa qua đào tạo"}),
        ("theory", {"advanced": "CC|Cao cấp|Cử nhân|Cao cấp lý luận chính trị", "intermediate": "TC|trung cấp LLCT",
                    "elementary": "SC", "none": "không|Chưa|chưa qua bồi dưỡng"}),
        ("administration", {"senior_specialist": "CVC|Chuyên viên chính", "specialist": "CV|chuyên viên",
                            "officer": "CS|Cán sự", "none": "Chưa qua bồi dưỡng|none"}),
        ("informatics", {"certified": "x|có|B|Chứng chỉ A|CNTT cơ bản|certified", "none": "không|0"}),
        ("language", {"certified": "Tiếng Anh B1|A2|Anh C|1", "none": "chưa có"}),
    ],
)  # fmt: skip
def test_levels_in_the_words_of_the_trade(ladder: str, cells: dict[str, str]) -> None:
    """The usual codes and words, in any case and with or without accents."""
    levels = LADDERS[ladder]
    index_of = level_index(ladder, levels)
    for level, texts in cells.items():
        for text in texts.split("|"):
            for written in (text, text.upper(), plain(text)):
                assert index_of(written) == levels.index(level), written


@pytest.mark.parametrize(
    "text", ["đang học đại học", "Cử nhân Luật, Thạc sĩ Kinh tế", "sau đại học", "TC đang học ĐH", "?"]
)
def test_levels_that_are_not_certain_are_not_read(text: str) -> None:
    """Two degrees in one cell, or one that is still under way, are asked about and not guessed."""
    assert level_index("education", LADDERS["education"])(text) is None


def test_levels_of_other_ladders() -> None:
    """A level's own name wins, whatever it is; codes find it by what it means, on ladders of any name."""
    own = level_index("education", ["TC", "ThS", "ths", "Đại học"])
    assert [own("TC"), own("ThS"), own("ths"), own("DH"), own("THS")] == [0, 1, 2, 3, None]
    assert level_index("bằng cấp", ["Không", "Đại học", "Thạc sĩ"])("ThS") == 2


@pytest.mark.parametrize("words", [HEADERS, AGENCY_HEADERS])
def test_no_header_means_two_columns(words: dict[str, tuple[str, ...]]) -> None:
    """Without accents and punctuation no header stands for two columns."""
    meant = [(plain(word), column) for column, variants in words.items() for word in {column, *variants}]
    assert len({key for key, _ in meant}) == len(set(meant))


def test_headers_are_known_without_accents_and_year_is_no_man() -> None:
    """Case, accents, punctuation and brackets do not matter; Năm (year) is not Nam (man)."""
    header = recogniser(HEADERS)
    assert [header("HO VA TEN:"), header("Năm sinh (dd/mm/yyyy)"), header("Nam / Nữ")] == ["name", "birth_year", "sex"]
    assert [header("Nam"), header("NAM"), header("Năm"), header("Cân nặng")] == ["male", "male", None, None]


def test_every_ladder_of_the_issue_has_words_for_all_its_levels() -> None:
    """The standard ladders' levels are those that the words lead to."""
    assert {ladder: tuple(levels) for ladder, levels in LADDERS.items()} == STANDARD
    assert {kind: {*levels} <= {*SCALES[kind], NONE} for kind, levels in DEGREES.items()} == dict.fromkeys(
        DEGREES, True
    )


def test_sexes() -> None:
    """F and M in both languages; anything else is nobody's guess."""
    assert [sex(text) for text in ("F", "nữ", "Female", "NU", "m", "Nam", "male", "x", "1")] == [
        "F", "F", "F", "F", "M", "M", "M", None, None,
    ]  # fmt: skip


def test_agencies(tmp_path: Path) -> None:
    """Vietnamese headers, sorted by agency, whole headcounts, rows remembered."""
    frame = agencies(tmp_path, "STT,Tên cơ quan,Biên chế\n1,Phòng Nội vụ,12\n2,Ban Dân vận,0\n3,Huyện đoàn,5.0\n")
    assert frame["agency"].tolist() == ["Ban Dân vận", "Huyện đoàn", "Phòng Nội vụ"]
    assert frame["headcount"].tolist() == [0, 5, 12]
    assert frame.index.tolist() == [3, 4, 2]


def test_faults_of_agencies_come_together(tmp_path: Path) -> None:
    """Twice, empty, negative, fractional and missing headcounts, each with its row."""
    with pytest.raises(InputError) as caught, speaking("en"):
        agencies(tmp_path, "agency,headcount\nA,1\nA,2\n,3\nB,-1\nC,2.5\nD,\n")
    rows = sorted(fault.row for fault in caught.value.faults if fault.row)
    assert rows == [3, 4, 5, 6, 7]
    with pytest.raises(InputError, match="headcount"), speaking("en"):
        agencies(tmp_path, "agency,number\nA,1\n")


def test_messages_speak_vietnamese(tmp_path: Path) -> None:
    """In Vietnamese the same faults come in Vietnamese."""
    with speaking("vi"):
        with pytest.raises(InputError) as caught:
            roster(tmp_path, f"{HEADER},theory\nC1,A,1970,F,cao siêu\n")
        assert "không nhận ra trình độ" in str(caught.value)


CELLS = st.sampled_from(
    ["", "x", "F", "1970", "yes", "master", "none", "31/12/1985", "ĐH", "master_in_service", "{0}", "%s"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*HEADER.split(","), "Năm sinh", "Nam", "Nữ", "", "TT", "studying", "studying_until",
                              "local", "education", "Đơn vị", "name", "index", "row"]), max_size=9),
    st.lists(st.lists(CELLS, max_size=9), max_size=5),
)  # fmt: skip
def test_any_table_gives_a_roster_or_faults(tmp_path: Path, header: list[str], rows: list[list[str]]) -> None:
    """Never a traceback, whatever columns a table has and whatever stands in them."""
    text = "\n".join(",".join(cells) for cells in [header, *rows])
    try:
        frame = roster(tmp_path, text)
    except InputError as error:
        assert str(error)
    else:
        assert frame["cadre"].is_unique
        assert frame["cadre"].is_monotonic_increasing
