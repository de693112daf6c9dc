"""Codes for people without one: the same again whoever makes them, never two of one; what is not plain is asked."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from planner.common.errors import InputError
from planner.inputs.roster.codes import (
    LENGTHS,
    PREFIX,
    SIGNS,
    coded,
    key_of,
    made_codes,
    name_key,
    people_twice,
    read_key,
    same_birth,
    twice_remarks,
)
from planner.inputs.roster.told import GatheredRows, RosterReading

pytestmark = pytest.mark.usefixtures("english")

Person = tuple[str, str, str]
ONE: Person = ("Cán bộ Hoà", "12/05/1985", "Phòng Nội vụ")
TWO: Person = ("Cán bộ Tư", "1990", "Phòng Tư pháp")


def reading(*people: Person, codes: list[str] | None = None) -> RosterReading:
    frame = pd.DataFrame(people, columns=["name", "birth_date", "agency"], dtype="str")
    if codes is not None:
        frame["cadre"] = codes
    frame.index += 2
    places = pd.DataFrame({"file": Path("r.csv"), "sheet": "", "row": frame.index}, index=frame.index)
    rows = places.assign(role="person", text="")
    return RosterReading(frame, GatheredRows(frame, places, rows, pd.DataFrame(), {}))


def codes(*people: Person, key: pd.DataFrame | None = None, given: list[str] | None = None) -> list[str]:
    return coded(reading(*people, codes=given), key).people["cadre"].tolist()


def known(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["code", "name", "birth", "agency"], dtype="str")


def test_codes_do_not_depend_on_the_order_of_rows() -> None:
    """Whoever stands where in the file has the same code."""
    people = [(f"Cán bộ {n % 7}", f"{1960 + n % 5}", f"Phòng {n}") for n in range(60)]
    first = dict(zip(people, codes(*people), strict=True))
    random.Random(1).shuffle(people)
    assert dict(zip(people, codes(*people), strict=True)) == first
    assert len(set(first.values())) == 60


@pytest.mark.parametrize(
    "name",
    ["CÁN BỘ HOÀ", "  cán  bộ   hoà", unicodedata.normalize("NFD", "Cán bộ Hoà"), "Cán bộ Hòa", "Cán bộ Hoà."],
)
def test_codes_do_not_depend_on_how_a_name_is_typed(name: str) -> None:
    """Case, blanks, composed or decomposed accents, and where the tone stands do not matter."""
    assert codes((name, *ONE[1:])) == codes(ONE)


def test_accents_make_another_name() -> None:
    """Hà is not Há, whatever the case."""
    assert name_key("Hà") != name_key("HÁ")
    assert codes(("Cán bộ Há", "1985", "A")) != codes(("Cán bộ Hà", "1985", "A"))


def test_codes_do_not_depend_on_whether_the_day_of_birth_is_known() -> None:
    """A year this year and a date the next make one code, and so does another office."""
    assert codes(("Cán bộ Hoà", "1985", "Ban khác")) == codes(ONE)


def test_day_and_office_tell_namesakes_apart() -> None:
    """Those of one name and year differ by the day; those of one day by the office."""
    days = codes(("N", "1/2/1985", "A"), ("N", "2/2/1985", "A"))
    offices = codes(("N", "1/2/1985", "A"), ("N", "1/2/1985", "B"))
    assert len({*days, *offices}) == 4


def test_people_who_cannot_be_told_apart_are_asked_about() -> None:
    """Of one name, birth and office two get no code but a question; with a code for one the other is plain."""
    found = coded(reading(ONE, ONE, TWO))
    assert [code != "" for code in found.people["cadre"]] == [False, False, True]
    (asked,) = found.faults
    assert (asked.rows, asked.column, asked.row) == ((2, 3), "cadre", 2)  # type: ignore[attr-defined]
    assert "give each a code" in str(asked)
    first, second = codes(ONE, ONE, given=["C1", ""])
    assert first == "C1"
    assert second.startswith(PREFIX)


def test_a_code_in_the_file_stays() -> None:
    """Codes are made for those alone who have none, and the remark says of how many."""
    found = coded(reading(ONE, TWO, codes=["C1", ""]))
    assert found.people["cadre"].tolist()[0] == "C1"
    (remark,) = found.remarks
    assert (remark.done, remark.rows) == ("assumed", (3,))
    assert "1 code was made from name and birth for 1 person of 2" in str(remark)
    assert coded(reading(ONE, codes=["C1"])).remarks == ()


def test_whoever_has_no_name_gets_no_code() -> None:
    """A blank name makes no code: what is missing is left to be told."""
    assert codes(("", "1985", "A"), TWO)[0] == ""


def test_a_code_is_short_and_safe_in_a_spreadsheet() -> None:
    """It is no number, no formula and has no blank; the signs are those that nobody mixes up."""
    (code,) = codes(ONE)
    assert code.startswith(PREFIX)
    assert len(code) == len(PREFIX) + LENGTHS[0]
    assert set(code.removeprefix(PREFIX)) <= set(SIGNS)


def test_a_code_that_is_taken_grows() -> None:
    """Where somebody has the code that would be made, it gets more signs."""
    (short,) = codes(ONE)
    long = codes(ONE, TWO, given=["", short])[0]
    assert long.startswith(short)
    assert len(long) == len(PREFIX) + LENGTHS[1]
    frame = pd.DataFrame({"person": ["n"], "birth": ["1985"], "office": ["a"]})
    (first,) = made_codes(frame, frame, ())
    assert made_codes(frame, frame, {first}) != [first]


# --- the key file ---------------------------------------------------------------------------------------------------


def test_the_key_file_gives_the_code_again() -> None:
    """Same name and birth: the code of before, a year beside a date included; a move is remarked upon."""
    key = known(("C7", "cán bộ hòa", "1985-05-12", "Phòng Nội vụ"))
    assert codes(ONE, key=key) == ["C7"]
    assert codes(("Cán bộ Hoà", "1985", "Phòng Nội vụ"), key=key) == ["C7"]
    moved = coded(reading(("Cán bộ Hoà", "12/5/1985", "Phòng Tư pháp")), key)
    assert moved.people["cadre"].tolist() == ["C7"]
    assert any("'Phòng Nội vụ', not 'Phòng Tư pháp'" in str(remark) for remark in moved.remarks)
    stayed = coded(reading(("Cán bộ Hoà", "12/5/1985", "PHÒNG NỘI VỤ")), key)
    assert [remark.key for remark in stayed.remarks] == ["codes_known"]


@pytest.mark.parametrize("birth", ["", "1986", "13/05/1985"])
def test_a_namesake_of_the_key_file_is_asked_about(birth: str) -> None:
    """Same name, no birth or another birth: one of those known, or somebody new; nothing is guessed."""
    key = known(("C7", "Cán bộ Hoà", "1985-05-12", "Phòng Nội vụ"))
    found = coded(reading(("Cán bộ Hoà", birth, "Phòng Nội vụ")), key)
    (asked,) = found.faults
    assert found.people["cadre"].tolist() == [""]
    assert asked.choices[0] == "C7"  # type: ignore[attr-defined]
    assert asked.choices[1].startswith(PREFIX)  # type: ignore[attr-defined]
    assert "C7: 1985-05-12, Phòng Nội vụ" in str(asked)


@pytest.mark.parametrize(
    ("name", "birth", "asked"),
    [
        ("Triệu Mùi Phạm", "1/1/1982", True), ("Triệu Mùi Phạm", "1982", True), ("Trieu Mui Pham", "1982", True),
        ("Triệu Múi Pam", "01/01/1982", True), ("Triệu Mùi Phạm", "1983", False), ("Triệu Múi Pam", "1982", False),
        ("Lý Thị Hoa", "01/01/1982", False),
    ],
)  # fmt: skip
def test_whoever_is_called_almost_so_is_asked_about(name: str, birth: str, asked: bool) -> None:
    """A name put right is no other person, or is: asked while whoever had it is gone, new where he is there."""
    key = known(("C7", "Triệu Mùi Pham", "1982-01-01", "Phòng Nội vụ"))
    found = coded(reading((name, birth, "Phòng Nội vụ")), key)
    assert [fault.key for fault in found.faults] == (["codes_alike"] if asked else [])
    if asked:
        assert "C7: Triệu Mùi Pham, 1982-01-01, Phòng Nội vụ" in str(found.faults[0])
    both = codes((name, birth, "Phòng Nội vụ"), ("Triệu Mùi Pham", "1982", "Ban khác"), key=key)
    assert both[1] == "C7"
    assert both[0].startswith(PREFIX)


def test_the_very_day_of_birth_counts_more_than_the_year() -> None:
    """Of two namesakes who moved, who was born on the day of the key file has the code; who stayed may be neither."""
    key = known(("C7", "Cán bộ Hoà", "1985-05-12", "Phòng Nội vụ"))
    first, second = codes(("Cán bộ Hoà", "12/05/1985", "Ban một"), ("Cán bộ Hoà", "1985", "Ban hai"), key=key)
    assert first == "C7"
    assert second.startswith(PREFIX)
    doubtful = coded(reading(("Cán bộ Hoà", "12/05/1985", "Ban một"), ("Cán bộ Hoà", "1985", "Phòng Nội vụ")), key)
    assert doubtful.people["cadre"].tolist() == ["", ""]


def test_a_namesake_is_new_where_the_known_one_is_there() -> None:
    """Whoever is known and found takes the code; the other of that name is plainly somebody else."""
    key = known(("C7", "Cán bộ Hoà", "1985-05-12", "Phòng Nội vụ"))
    first, second = codes(ONE, ("Cán bộ Hoà", "1986", "Phòng Nội vụ"), key=key)
    assert first == "C7"
    assert second.startswith(PREFIX)


def test_never_two_of_one_code() -> None:
    """Of two who fit one code of the key file, who stayed in the office has it; if none did, both are asked about."""
    key = known(("C7", "Cán bộ Hoà", "1985-05-12", "Phòng Nội vụ"))
    first, second = codes(ONE, ("Cán bộ Hoà", "12/05/1985", "Ban khác"), key=key)
    assert first == "C7"
    assert second != "C7"
    elsewhere = [("Cán bộ Hoà", "12/05/1985", office) for office in ("Ban một", "Ban hai")]
    both = coded(reading(*elsewhere), key)
    assert both.people["cadre"].tolist() == ["", ""]
    assert len(both.faults) == 2
    given = codes(("Người khác", "1970", "A"), ONE, key=key, given=["C7", ""])
    assert given[1] != "C7"


def test_the_key_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    """It holds everybody with a code, and keeps those who are not on the roster this year."""
    people = coded(reading(ONE, TWO)).people
    key = key_of(people, known(("C7", "Người cũ", "1960", "A")))
    assert len(key) == 3
    (tmp_path / "key.csv").write_text(key.to_csv(index=False), encoding="utf-8")
    pd.testing.assert_frame_equal(read_key(tmp_path / "key.csv"), key)
    assert codes(TWO, ONE, key=read_key(tmp_path / "key.csv")) == people["cadre"].tolist()[::-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name\nC1,A\nC1,B\n", "row 3: the code 'C1' stands twice"),
        ("code,name\n,A\n", "row 2: a code is empty"),
        ("name,birth\nA,1985\n", "the key file has no column 'code'"),
    ],
)
def test_a_faulty_key_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """With the row and what is wrong."""
    (tmp_path / "key.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_key(tmp_path / "key.csv")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1985-05-12", "1985-05-12", True),
        ("1985-05-12", "1985-05-13", False),
        ("1985", "1985-05-12", True),
        ("1985", "1986-05-12", False),
        ("", "", False),
    ],
)
def test_births_are_one_if_they_may_be(one: str, other: str, same: bool) -> None:
    """The same day, or a year and a day in it; what is not known is nobody's."""
    assert same_birth(one, other) is same


def test_one_person_under_two_codes_is_remarked_upon() -> None:
    """Same name and birth, different codes; not without a birth, not with another."""
    found = reading(ONE, ("CÁN BỘ HÒA", "12/5/1985", "B"), TWO, codes=["C1", "C2", "C3"])
    assert people_twice(found.people) == [(2, 3)]
    (remark,) = twice_remarks(found)
    assert "(C1, C2), in rows 2, 3" in str(remark)
    assert people_twice(reading(("N", "", "A"), ("N", "", "B"), codes=["C1", "C2"]).people) == []
    assert people_twice(reading(("N", "1980", "A"), ("N", "1981", "B"), codes=["C1", "C2"]).people) == []
