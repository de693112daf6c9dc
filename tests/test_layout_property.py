"""Any clean roster, decorated as offices decorate theirs, reads back as the same people."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layouts import book, plainly, read

pytestmark = pytest.mark.usefixtures("english")

COLUMNS = {
    "cadre": "Mã cán bộ", "name": "Họ và tên", "birth_year": "Năm sinh", "sex": "Giới tính", "post": "Chức vụ",
    "education": "Trình độ chuyên môn", "theory": "Lý luận chính trị", "ethnicity": "Dân tộc", "note": "Ghi chú",
}  # fmt: skip
UPPER = {"birth_year": "Thông tin cá nhân", "sex": "Thông tin cá nhân", "education": "Trình độ", "theory": "Trình độ"}
LOWER = {"education": "Chuyên môn", "theory": "LLCT"}
OFFICES = ("Phòng Nội vụ", "Ban Dân vận", "UBND xã Bản Díu", "Văn phòng Huyện ủy")
DEGREES = ("Tiến sĩ", "Thạc sĩ", "Đại học", "Cao đẳng")
Person = dict[str, str]


@st.composite
def rosters(draw: st.DrawFn) -> list[Person]:
    """People, those of an office together."""
    people = []
    number = 0
    for office in draw(st.lists(st.sampled_from(OFFICES), min_size=1, max_size=4, unique=True)):
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            people.append(
                {
                    "agency": office,
                    "cadre": draw(st.sampled_from(["CB{}", "{}", "00{}", "TC-{}"])).format(number),
                    "name": draw(st.sampled_from(["Tống Văn Cộng", "Đoàn Thị Ban", "Lý Ký", "Vàng Seo Páo"])),
                    "birth_year": draw(st.sampled_from(["1970", "12/03/1985", "5/1990", ""])),
                    "sex": draw(st.sampled_from(["Nam", "Nữ"])),
                    "post": draw(st.sampled_from(["Trưởng phòng", "Chuyên viên Tổng hợp", "Kế toán"])),
                    "education": draw(st.sampled_from([*DEGREES, ""])),
                    "theory": draw(st.sampled_from(["Cao cấp", "TC", ""])),
                    "ethnicity": draw(st.sampled_from(["Kinh", "Mông", ""])),
                    "note": draw(st.sampled_from(["", "Tổng cộng 3 con", "nghỉ thai sản, ngày 1 tháng 2 năm 2025"])),
                }
            )
    return people


class Decorator:
    """Lays people out in one of the ways of offices, as the dice say."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.rows: list[list[Any]] = []
        self.merged: list[str] = []
        self.office = dice.choice(("column", "sections", "merged"))
        self.marks = dice.random() < 0.5
        self.lines = dice.choice((1, 2))
        names = [name for name in COLUMNS if not (self.marks and name == "education")]
        dice.shuffle(names)
        place = dice.randrange(len(names) + 1)
        degrees = ["education"] if self.marks else []
        self.order = [
            "stt",
            *names[:place],
            *degrees,
            *names[place:],
            *([] if self.office == "sections" else ["agency"]),
        ]

    def cells(self, texts: dict[str, Any]) -> list[Any]:
        """Texts in the order of the columns; marks are four columns."""
        found: list[Any] = []
        for name in self.order:
            text = texts.get(name, "")
            found += text if isinstance(text, list) else [text]
        return found

    def header(self) -> list[list[Any]]:
        """One line, or two where some columns are grouped."""
        names = {"stt": "TT", "agency": "Cơ quan, đơn vị", **COLUMNS}
        if self.lines == 1:
            flat: dict[str, Any] = names | ({"education": ["TS", "ThS", "ĐH", "CĐ"]} if self.marks else {})
            return [self.cells(flat)]
        grouped = {name for name in UPPER if name in self.order}
        upper: dict[str, Any] = {name: UPPER[name] if name in grouped else text for name, text in names.items()}
        lower: dict[str, Any] = {name: LOWER.get(name, names[name]) for name in grouped}
        if self.marks:
            upper["education"] = ["Trình độ chuyên môn", "", "", ""]
            lower["education"] = [*DEGREES]
        return [self.cells(upper), self.cells(lower)]

    def decorated(self, people: list[Person]) -> list[list[Any]]:
        """The whole sheet."""
        dice, header = self.dice, self.header()
        width = len(header[0])
        letterhead = [[], ["UBND HUYỆN SƠN HÀ", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["DANH SÁCH CÁN BỘ"], []]
        self.rows += letterhead[: dice.randrange(5)]
        self.rows += header
        if dice.random() < 0.5:
            self.rows.append([f"({number + 1})" for number in range(width)])
        office, since = "", 0
        for number, person in enumerate(people, 1):
            if dice.random() < 0.15:
                self.rows += header
            if person["agency"] != office:
                self._close(since)
                office, since = person["agency"], len(self.rows) + 1
                if self.office == "sections":
                    mark = dice.choice(("I", "II", "A", ""))
                    self.rows.append([mark, office] if mark else [office])
                shown = True
            else:
                shown = self.office == "column"
            degree = (
                [("x" if person["education"] == one else "") for one in DEGREES] if self.marks else person["education"]
            )
            own = {**person, "stt": number, "education": degree, "agency": office if shown else ""}
            self.rows.append(self.cells(own))
        self._close(since)
        if dice.random() < 0.7:
            self.rows.append(["", f"Tổng cộng: {len(people)} người"])
        if dice.random() < 0.7:
            self.rows += [[], ["", "", "", "Sơn Hà, ngày 12 tháng 01 năm 2026"],
                          ["", "NGƯỜI LẬP BIỂU", "", "TRƯỞNG BAN"],
                          ["", "Nguyễn Thị Bích", "", "Trần Văn Sỹ"]]  # fmt: skip
        return self.rows

    def _close(self, since: int) -> None:
        """Merge the office's cells downwards; a repeated header in between ends the cell."""
        if self.office != "merged" or not since:
            return
        place = len(self.header()[0])
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place - 1]
        for row in range(since, len(self.rows) + 1):
            if self.rows[row - 1] in self.header():
                self.office = "column"  # the rest of this roster says its office in every row
        if self.office == "column":
            self._fill(since)
        elif len(self.rows) > since:
            self.merged.append(f"{letters}{since}:{letters}{len(self.rows)}")

    def _fill(self, since: int) -> None:
        office = self.rows[since - 1][-1]
        for row in self.rows[since - 1 :]:
            if row not in self.header():
                row[-1] = office


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=rosters(), seed=st.integers(0, 10**9), as_text=st.booleans())
def test_any_layout_reads_back_as_the_same_people(
    tmp_path: Path, people: list[Person], seed: int, as_text: bool
) -> None:
    """Letterheads, lines of headers, sections, merged offices, pages, totals, signatures, marks, shuffled columns."""
    decorator = Decorator(Random(seed))
    if as_text and decorator.office == "merged":
        decorator.office = "column"  # a CSV file has no merged cells
    rows = decorator.decorated(people)
    if as_text:
        path = tmp_path / "t.csv"
        path.write_text("\n".join(";".join(map(str, row)) for row in rows), encoding="utf-8")
    else:
        path = book(tmp_path, rows, merged=decorator.merged)
    found = plainly(read(path)).people
    assert found.reindex(columns=[*people[0]]).to_dict("records") == people
