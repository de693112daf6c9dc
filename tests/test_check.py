"""What `check` tells a planner: whom entries are about, warnings with ids, remarks on the reading, and `--strict`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from commands import planner as run
from small import small

import planner
from planner import Problem, check, load
from planner.inputs.roster.told import Remark
from planner.inputs.warnings.near_names import are_near, near_pairs
from planner.inputs.warnings.people import RETIREMENT_TABLE, general_retirement
from planner.messages import speaking
from planner.plans.run_folder import read_run
from planner.report.html.page import report_page

ROOT = Path(__file__).resolve().parent.parent
EVERYBODY = {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}
POOL = {"programmes": ["school"], "who": {}}
MEN, WOMEN = {"sex": "M"}, {"sex": "F"}
SEATED = {"programmes": {"school": {"open": False}}}
YOUNG = {"eligible": {"age": {"max": 30}}}
NEEDED = {"basics": None}  # everybody in the small scenario has that level already, which is warned of

pytestmark = pytest.mark.usefixtures("english")


def ids(path: Path) -> list[str]:
    """The ids of the open warnings."""
    return [warning.id for warning in check(path).warnings]


# --- as an office writes it -----------------------------------------------------------------------------------------

HEAD = "STT,Mã cán bộ,Họ và tên,Năm sinh,Giới tính,Cơ quan,Chức vụ,Trình độ chuyên môn,Lý luận chính trị\n"
OFFICE: dict[str, Any] = {
    "agencies": None,
    "horizon": {"first": 2026, "last": 2030},
    "groups": {"lanh_dao": {"post": ["Trưởng phòng", "Phó Trưởng phòng"]}},
    "targets": {"ld": {"who": "lanh_dao", "level": {"theory": "advanced"}, "share": 1.0}},
}


def office(folder: Path, rows: list[tuple[str, int, str, str, str]], **overrides: Any) -> Path:
    """A scenario whose roster has rows (name, year of birth, sex, office, post), codes CB01, CB02, ..."""
    lines = [
        f"{place},CB{place:02},{name},{born},{sex},{agency},{post},Đại học,Trung cấp\n"
        for place, (name, born, sex, agency, post) in enumerate(rows, 1)
    ]
    ladders = {"education": ["none", "bachelor", "master"], "administration": None}
    programmes = {"course": None, "further": None}
    return small(folder, HEAD + "".join(lines), ladders=ladders, programmes=programmes, **OFFICE, **overrides)


def test_posts_with_the_office_behind_them(tmp_path: Path) -> None:
    """Case 06: the group is empty, and the values nearest to what it asks for are shown."""
    posts = ("Phó Trưởng phòng Phòng Nội vụ", "Chuyên viên", "Trưởng phòng Phòng Nội vụ")
    path = office(tmp_path, [(f"Cán bộ {post}", 1985, "Nữ", "Phòng Nội vụ", post) for post in posts])
    found = {warning.id: str(warning) for warning in check(path).warnings}
    assert {"empty_group:lanh_dao", "empty_target:ld"} <= found.keys()
    value = found["unknown_value:groups.lanh_dao.post=Trưởng_phòng"]
    assert "no cadre has post 'Trưởng phòng'; nearest on the roster: 'Trưởng phòng Phòng Nội vụ' (1), " in value


def test_one_office_in_several_spellings(tmp_path: Path) -> None:
    """Case 07: each spelling that is left beside the most frequent one is warned of, with the entry that joins them."""
    names = ("Phòng Nội vụ", "Phòng Nội vụ", "P. Nội vụ", "PNV", "Phòng Nội vụụ", "Phòng Tư pháp")
    path = office(tmp_path, [(f"Người {place}", 1985, "Nam", name, "Chuyên viên") for place, name in enumerate(names)])
    found = {warning.id: str(warning) for warning in check(path).warnings if warning.id.startswith("near_")}
    assert sorted(found) == [
        "near_agency:Phòng_Nội_vụ~P._Nội_vụ",
        "near_agency:Phòng_Nội_vụ~PNV",
        "near_agency:Phòng_Nội_vụ~Phòng_Nội_vụụ",
    ]
    told = found["near_agency:Phòng_Nội_vụ~P._Nội_vụ"]
    assert "'Phòng Nội vụ' (2 people) and 'P. Nội vụ' (1 person)" in told
    assert 'write `synonyms: {agency: {"P. Nội vụ": "Phòng Nội vụ"}}`' in told


def test_nobody_says_when_they_retire(tmp_path: Path) -> None:
    """Case 18: without a column and a table those who reach the general age by 2030 are named, with their last year."""
    people = [("A", 1966, "Nam", "P", "x"), ("B", 1964, "Nam", "P", "x"), ("C", 1984, "Nam", "P", "x")]
    path = office(tmp_path, people)
    (told,) = (warning for warning in check(path).warnings if warning.key == "warning_no_retirement")
    assert told.id == "no_retirement:CB01+CB02"
    assert "by the general ages of Decree 135/2020 they do by 2030" in str(told)
    assert "CB01 (1966; 2027), CB02 (1964; 2025)" in str(told)
    assert f"`retirement: {RETIREMENT_TABLE}`" in str(told)
    with speaking("vi"):
        assert "Nghị định 135/2020/NĐ-CP, đến năm 2030 những người sau nghỉ hưu" in str(told)
    table = (ROOT / "scenarios" / RETIREMENT_TABLE).read_text()
    named = office(tmp_path / "named", people, retirement=RETIREMENT_TABLE)
    (named.parent / RETIREMENT_TABLE).write_text(table)
    assert not [each for each in ids(named) if "retirement" in each]


def test_the_table_of_retirement_is_that_of_the_scheme() -> None:
    """The table that `planner init` writes is the one of the scenarios, computed from the decree's articles."""
    shipped = ROOT / "planner" / "inputs" / "scenario" / "template" / RETIREMENT_TABLE
    assert shipped.read_bytes() == (ROOT / "scenarios" / RETIREMENT_TABLE).read_bytes()
    assert len(general_retirement()) == len(shipped.read_text().splitlines()) - 1


def test_one_person_under_two_codes(tmp_path: Path) -> None:
    """The same name and year of birth are asked about once, by codes alone; another year is another person."""
    people = [("Trần Thị A", 1985), ("TRẦN  THỊ A", 1985), ("Trần Thị A", 1986), ("Lê B", 1985)]
    path = office(tmp_path, [(name, born, "Nữ", f"Phòng {place}", "x") for place, (name, born) in enumerate(people)])
    (told,) = (warning for warning in check(path).warnings if warning.key == "warning_one_person")
    assert told.id == "one_person:CB01+CB02"
    assert "CB01 (Phòng 0); CB02 (Phòng 1)" in str(told)
    assert "Trần" not in str(told).replace("TRẦN", "Trần")


@pytest.mark.parametrize(
    ("days", "same"),
    [(("1985-03-01", "1985-03-01"), True), (("1985-03-01", "1985-04-01"), False), (("1985-03-01", ""), True)],
)
def test_days_of_birth_tell_people_apart(tmp_path: Path, days: tuple[str, str], same: bool) -> None:
    """Of one name and year, but born on different days, they are two people."""
    people = {code: {"name": "X", "birth_date": day} for code, day in zip("AB", days, strict=True)}
    assert ("one_person:A+B" in ids(small(tmp_path, people))) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Phòng Nội vụ", "P. Nội vụ"), ("Phòng Nội vụ", "Phòng Nôi vụ"), ("Phòng Nội vụ", "Phòng Nội vụu")),
        *(("Phòng Tư pháp", "Phòng Tư phap"), ("Phòng Tư pháp", "Phòng Tư phpá"), ("Phòng Nội vụ", "PNV")),
        *(("UBND xã Nàn Ma", "Ủy ban nhân dân xã Nàn Ma"), ("Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo")),
        *(("Phòng LĐTBXH", "Phòng Lao động - Thương binh và Xã hội"), ("TT Cốc Pài", "Thị trấn Cốc Pài")),
        *(("X. Nàn Ma", "Xã Nàn Ma"), ("Xã Thông Nguyên", "Xã Thông Nguyênn"), ("Phó TP", "Phó Trưởng phòng")),
        *(("Phòng Nội vụ", "Phòng Nộivụ"), ("Ban Tổ chức", "BTC"), ("Phòng Y tế", "Phòng Ytế")),
    ],
)
def test_near_names(one: str, other: str) -> None:
    """Abbreviations, accents and slips of one letter: probably one office, whichever comes first, and found as such."""
    assert are_near(one, other)
    assert are_near(other, one)
    assert near_pairs(sorted([one, other]), {one: 2, other: 1}) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(
            ("Xã Nàn Ma", "Xã Nàn Xỉn"),
            ("Xã Thái Bình", "Xã Thái Ninh"),
            ("Phòng Y tế", "Phòng Kinh tế"),
            ("D01", "C01"),
        ),
        *(("D01", "D02"), ("Khối 1", "Khối 2"), ("Tổ A", "Tổ B"), ("Tổ A", "Tổ An"), ("Xã Nàn Ma", "Xã Nàn Mai")),
        *(("Trưởng phòng", "Phó Trưởng phòng"), ("Chủ tịch", "Phó Chủ tịch"), ("Đảng ủy xã A", "UBND xã A")),
        *(("Trường THCS Tân Lập", "Trường TH Tân Lập"), ("Ban Dân vận", "Ban Tổ chức"), ("Huyện ủy", "Huyện đoàn")),
    ],
)
def test_names_that_are_not_near(one: str, other: str) -> None:
    """Neighbouring communes, numbered units, deputies: other offices and posts."""
    assert near_pairs(sorted([one, other]), {one: 2, other: 1}) == []


def test_near_names_of_a_province_are_found_in_no_time() -> None:
    """Numbered units are compared with their like alone."""
    names = [f"H{district:03}-D{office:02}" for district in range(100) for office in range(60)]
    assert near_pairs(names, {}) == []


# --- columns and levels ---------------------------------------------------------------------------------------------


def test_columns_that_nothing_uses_are_one_warning(tmp_path: Path) -> None:
    """A further column that no condition compares is named; one that is used, known, empty or answered is not."""
    people = {"A": {"shoe": "x", "note2": "y", "empty": "", "band": "1", "block": "b"}}
    groups = {"g": {"band": "1"}}
    (told,) = (each for each in check(small(tmp_path, people, groups=groups)).warnings if "columns" in each.key)
    assert told.id == "ignored_columns:shoe+note2"
    assert "'shoe', 'note2'" in str(told)
    said = small(tmp_path / "said", people, groups=groups, headers={"shoe": "shoe", "note2": "note2"})
    assert not [each for each in ids(said) if each.startswith("ignored")]


@pytest.mark.parametrize(
    ("levels", "found"),
    [(["none", "none"], None), (["none", ""], "warning_unknown_levels"), (["", ""], "warning_no_ladder_column")],
)
def test_levels_that_nobody_knows_are_counted(tmp_path: Path, levels: list[str], found: str | None) -> None:
    """Of a ladder that targets ask for, the members of unknown level are counted; all unknown is said so."""
    people = {code: {"theory": level} for code, level in zip("AB", levels, strict=True)}
    warned = {each.key: each for each in check(small(tmp_path, people, targets={"t": EVERYBODY})).warnings}
    keys = {"warning_unknown_levels", "warning_no_ladder_column"} & warned.keys()
    assert keys == ({found} if found else set())
    for key in keys:
        assert warned[key].id == "unknown_levels:theory"
        assert warned[key].values["number"] == levels.count("")


# --- entries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "at_bound", "found"),
    [
        (
            {"priority": {"p": {"who": {"sex": "M"}, "points": 1}}},
            {"priority": {"p": {"who": {"sex": "F"}}}},
            "empty_priority:p",
        ),
        ({"priority": {"p": {"who": {}, "points": 0}}}, {"priority": {"p": {"points": 1}}}, "no_points:p.points"),
        (
            {"approval": {"a": {"who": {"sex": "M"}, "authority": "x"}}},
            {"approval": {"a": {"who": WOMEN}}},
            "empty_approval:a",
        ),
        (
            {"approval": {"a": {"authority": "x"}, "b": {"who": {"sex": "F"}, "authority": "y"}}},
            {"approval": {"a": {"years": {"from": 2022}}}},
            "approval_never_reached:b",
        ),
        (
            {"absence": {"modes": ["short"], "leaders": {"who": {"sex": "M"}}}},
            {"absence": {"leaders": {"who": WOMEN}}},
            "empty_leaders:leaders",
        ),
        (
            {"absence": {"modes": ["short"], "bands": [{"up_to": 9, "away": 2}, {"up_to": 9, "away": 1}]}},
            {"absence": {"bands": [{"up_to": 9, "away": 2}, {"up_to": 10, "away": 1}]}},
            "band_never_fits:bands.1",
        ),
        ({"targets": {"t": EVERYBODY | {"share": 0.0}}}, {"targets": {"t": {"share": 0.01}}}, "nothing_required:t"),
        ({"groups": {"g": {"age": 36}}}, {"groups": {"g": {"age": [36, 37]}}}, "exact_years:groups.g.age"),
        (
            {"seats": {"s": POOL | {"per_year": {"min": 4}}}},
            {"seats": {"s": {"per_year": {"min": 3}}}},
            "floor_out_of_reach:s.2021",
        ),
        (
            {"seats": {"s": POOL | {"per_year": {"min": 2}, "total": 7}}},
            {"seats": {"s": {"total": 8}}},
            "floors_above_total:s.total",
        ),
        (
            {"seats": {"s": POOL | {"per_year": {"2021": 1, "2025": 1}}}},
            {"horizon": {"last": 2025}},
            "years_outside:seats.s.per_year",
        ),
        (
            {"budget": {"per_year": {"2025": 1}}},
            {"horizon": {"last": 2025}},
            "years_outside:budget.per_year",
        ),
        (
            {"leave": {"l": {"cadre": "A", "from": 2025, "to": 2026}}},
            {"leave": {"l": {"from": 2024}}},
            "years_outside:leave.l",
        ),
        ({"targets": {"t": EVERYBODY | {"by": 2020}}}, {"targets": {"t": {"by": 2021}}}, "by_outside:t.by"),
        ({"targets": {"t": EVERYBODY | {"by": 2028}}}, {"targets": {"t": {"by": 2026}}}, "by_outside:t.by"),
        (
            {"seats": {"s": POOL | {"per_year": {"2021": 1, "2023": 1}}}},
            {"seats": {"s": {"per_year": {"2022": 0}}}},
            "years_left_out:seats.s.per_year",
        ),
        ({"horizon": {"last": 2033}}, {"horizon": {"last": 2032}}, "long_horizon:last"),
        ({"as_of": 2025}, {"as_of": 2024}, "reading_outside:2025"),
        ({"as_of": 2016}, {"as_of": 2017}, "reading_outside:2016"),
        (
            {"budget": {"per_year": 4}, "programmes": {"school": {"cost": 5}}},
            {"budget": {"per_year": 5}},
            "beyond_budget:school.cost",
        ),
        (
            {
                "classes": {"school": {"min": 3}},
                "programmes": {"school": {"open": False}},
                "seats": {"s": POOL | {"per_year": 2}},
            },
            {"classes": {"school": {"min": 2}}},
            "class_beyond_seats:school",
        ),
        (
            {
                "targets": {"t": EVERYBODY},
                "programmes": {name: {"eligible": {"age": {"max": 30}}} for name in ("school", "evening")},
            },
            {"programmes": {"school": {"eligible": {"age": {"max": 36}}}}},
            "target_out_of_reach:t",
        ),
        ({"targets": {"t": EVERYBODY}, "goals": ["early"]}, {"goals": ["attainment"]}, "unranked:targets.t"),
        (
            {"targets": {"t": EVERYBODY, "u": EVERYBODY}, "goals": [{"attainment": ["u"]}]},
            {"goals": [{"attainment": ["u"]}, "attainment"]},
            "unranked:targets.t",
        ),
    ],
    ids=str,
)
def test_each_warning_at_its_bound_and_one_past(
    tmp_path: Path, overrides: dict[str, Any], at_bound: dict[str, Any], found: str
) -> None:
    """One past the bound an entry is warned of, by its id; at the bound it is not."""
    from small import laid

    assert found in ids(small(tmp_path / "past", **overrides))
    assert found not in ids(small(tmp_path / "at", **laid(overrides, at_bound)))


def test_whom_the_entries_are_about(tmp_path: Path) -> None:
    """Every entry has its members, blanks of what it compares, and of a target who is unknown, required and there."""
    people = {"A": {"theory": "advanced"}, "B": {"theory": ""}, "C": {"post": "", "sex": "M"}}
    path = small(
        tmp_path,
        people,
        groups={"staff": {"post": "staff", "title": "Nhân viên"}, "young": {"all": ["staff", {"age": {"max": 30}}]}},
        targets={"t": EVERYBODY | {"title": "Cao cấp"}},
        seats={"s": POOL | {"who": "staff"}},
        shares={"h": {"who": {"sex": "F"}, "among": {"post": "staff"}, "min": 0.1}},
        priority={"p": {"who": {"sex": "M"}, "points": 1}},
        approval={"a": {"authority": {"en": "district", "vi": "huyện"}}},
        absence={"modes": ["short"], "leaders": {"who": "staff"}},
    )
    table = check(path).members.astype(object).where(lambda frame: frame.notna(), None)
    assert table.to_numpy().tolist() == [
        ["group", "staff", "Nhân viên", 2, 1, None, None, None],
        ["group", "young", "young", 0, 1, None, None, None],
        ["target", "t", "Cao cấp", 3, 0, 1, 3, 1],
        ["pool", "s", "s", 2, 1, None, None, None],
        ["share", "h", "h", 2, 0, None, None, None],
        ["priority", "p", "p", 1, 0, None, None, None],
        ["approval", "a", "district", 3, 0, None, None, None],
        ["leaders", "", "Nhân viên", 2, 1, None, None, None],
    ]
    told = run("check", path).stdout
    assert "Whom the entries are about" in told
    assert "Nhân viên" in told
    assert "(staff)" not in told
    assert "Các mục áp dụng cho ai" in run("check", path, lang="vi").stdout


# --- acknowledged, strict -------------------------------------------------------------------------------------------

EMPTY = {"groups": {"g": {"age": {"min": 90}}, "h": {"age": {"min": 91}}}, "programmes": NEEDED}


def test_acknowledged_warnings_are_counted(tmp_path: Path) -> None:
    """An id that the scenario acknowledges is no longer told; one that no warning has is a warning itself."""
    found = check(small(tmp_path, **EMPTY, acknowledged=["empty_group:g", "empty_group:i"]))
    assert [warning.id for warning in found.acknowledged] == ["empty_group:g"]
    assert [warning.id for warning in found.warnings] == ["empty_group:h", "idle_acknowledgement:empty_group_i"]
    stale = str(found.warnings[1])
    assert "acknowledged.1: no warning has the id 'empty_group:i'; did you mean 'empty_group:h'?" in stale
    told = run("check", tmp_path / "scenario.yaml").stdout
    assert "Warnings (2)" in told
    assert "[empty_group:h] " in told
    assert "[empty_group:g]" not in told
    assert "1 acknowledged in the scenario" in told


def test_other_people_are_another_warning(tmp_path: Path) -> None:
    """An acknowledged warning about people holds for these people alone, few or many."""
    many = {f"C{number}": {"birth_year": 2020} for number in range(5)}
    found = [
        ids(small(tmp_path / str(number), dict(list(many.items())[:number]), programmes=NEEDED)) for number in (3, 4, 5)
    ]
    assert [len(own) for own in found] == [1, 1, 1]
    assert found[0] == ["too_young:C0+C1+C2"]
    assert found[1][0].startswith("too_young:4~")
    assert found[2][0].startswith("too_young:5~")


def test_ids_stand_in_yaml_as_they_are(tmp_path: Path) -> None:
    """Every id may be copied into a list of YAML without quotes, and holds no blank."""
    awkward = "a, b: [c] {d} #e 'f' \"g\" &h"
    first = small(tmp_path, {"A": {"agency": "x"}}, agencies=None, groups={"g": {"post": awkward}})
    named = ids(first)
    assert any(each.startswith("unknown_value:groups.g.post=a_b") for each in named)
    text = first.read_text() + f"acknowledged: [{', '.join(named)}]\n"
    first.write_text(text)
    assert ids(first) == []
    assert len(check(first).acknowledged) == len(named)


def test_strict_ends_with_two(tmp_path: Path) -> None:
    """A warning that is left ends check and solve with 2, before anything is solved; without one all is well."""
    open_one, none = small(tmp_path / "open", **EMPTY), small(tmp_path / "none", programmes=NEEDED)
    said = small(tmp_path / "said", **EMPTY, acknowledged=["empty_group:g", "empty_group:h"])
    for command, quiet in (("check", []), ("solve", ["--quiet"])):
        done = run(command, open_one, "--strict", *quiet)
        assert done.returncode == 2
        assert done.stderr.startswith("2 warnings not acknowledged, and --strict asks for none")
        assert "[empty_group:g]" in done.stdout
        assert [run(command, path, "--strict", *quiet).returncode for path in (none, said)] == [0, 0]
        assert run(command, open_one, *quiet).returncode == 0
    done = run("solve", open_one, "--strict", "--quiet", "--out", tmp_path / "run", lang="vi")
    assert done.stderr.startswith("còn 2 cảnh báo chưa xác nhận")
    assert not (tmp_path / "run").exists()


# --- what was read and how, and where it is told --------------------------------------------------------------------


def remarked(problem: Problem) -> Problem:
    """The problem with two remarks, as the reading of a roster makes them."""
    file = problem.scenario.roster
    values = {"name": "Phòng Nội vụ", "count": 1, "table": "agencies.csv", "nearest": ""}
    remarks = (
        Remark("unknown_agency", values, file, row=3, done="read"),
        Remark("file_missing", {}, file, done="assumed"),
    )
    return replace(problem, remarks=remarks)


def test_remarks_reach_the_reader(tmp_path: Path) -> None:
    """Check tells each, solve how many there are, the run keeps them in both languages, the page shows them."""
    from planner.report.terminal.plans import print_check, print_remarks_in_short

    problem = remarked(load(small(tmp_path, **EMPTY, acknowledged=["empty_group:g"])))
    found = check(problem)
    assert [str(remark) for remark in found.remarks] == [str(remark) for remark in problem.remarks]
    plan = planner.solve(problem)
    planner.write_run(plan, tmp_path / "run")
    manifest = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
    assert [(each["id"], each["acknowledged"]) for each in manifest["warnings"]] == [
        ("empty_group:h", False),
        ("empty_group:g", True),
    ]
    assert "nhóm không có ai vào năm 2021" in manifest["warnings"][0]["vi"]
    assert [each["done"] for each in manifest["remarks"]] == ["read", "assumed"]
    assert "roster.csv, row 3: the agency 'Phòng Nội vụ'" in manifest["remarks"][0]["en"]
    assert planner.verify(tmp_path / "run").empty
    page = report_page(plan)
    for part in (
        "<code>empty_group:h</code>",
        "Looked at and acknowledged in the scenario (1):",
        "How the roster was read (2):",
    ):
        assert part in page
    assert "row 3: the agency &#39;Phòng Nội vụ&#39;" in page
    with speaking("vi"):
        assert "Cảnh báo và cách đọc danh sách" in report_page(plan)
    assert read_run(tmp_path / "run").problem.remarks == ()  # the frames of this test have none
    for shown, part in ((print_check, "What was read and how (2)"), (print_remarks_in_short, "2 remarks on how")):
        assert part in printed(shown, found)


def printed(show: Any, found: Any) -> str:
    """What is printed on standard output."""
    from contextlib import redirect_stdout
    from io import StringIO

    with redirect_stdout(StringIO()) as stream:
        show(found)
    return stream.getvalue()


def test_a_plan_of_frames_has_its_warnings_too() -> None:
    """A scenario without files has warnings with ids, and no lines."""
    roster = pd.DataFrame({"cadre": ["A"], "agency": ["x"], "birth_year": [2020], "sex": ["F"], "theory": ["none"]})
    ladders = {"theory": ["none", "advanced"]}
    programme = {"ladder": "theory", "from": "none", "to": "advanced", "mode": "short", "months": 1, "open": True}
    horizon = {"first": 2021, "last": 2022}
    problem = load({"horizon": horizon, "ladders": ladders, "programmes": {"p": programme}}, roster=roster)
    assert [warning.id for warning in check(problem).warnings] == ["too_young:A"]
