"""The scheme in a workbook: every key has its place, nothing is lost on the way, nothing is passed over in silence."""

# ruff: noqa: E501 -- the sentences expected are as long as they are

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import openpyxl
import pandas as pd
import pytest
from commands import ROOT, planner
from pydantic import BaseModel
from random_scenarios import random_scenario
from small import one_fault, small, told

from planner import export, init, init_excel, load, outside_allowed, solve
from planner.common.errors import InputError
from planner.inputs.exporting import difference, export_excel, export_yaml, normal
from planner.inputs.scenario.loading import load_scenario
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.workbook import opening
from planner.inputs.scenario.workbook.cells import Slip, read_cell, same, write_cell
from planner.inputs.scenario.workbook.condition_rows import condition_of, rows_of
from planner.inputs.scenario.workbook.sheets import ANY, READINGS, SHEETS, Field, fields_of
from planner.inputs.scenario.workbook.words import OWN_SHEETS, called, column_of, heading
from planner.inputs.scenario.workbook.writing import path_text, written_scheme, yaml_text
from planner.inputs.synonyms import plain
from planner.messages import say, speaking

pytestmark = pytest.mark.usefixtures("english")

BASE = ROOT / "scenarios" / "hoang-su-phi" / "base.yaml"
FAULTY = {"pin-before-horizon"}  # the case is that it is refused
CASES = [
    path
    for path in sorted((ROOT / "tests" / "cases" / "language").glob("*/*.yaml"))
    if path.name != "published.yaml" and path.parent.name not in FAULTY
]
SOON = {("acknowledged",), ("roster_source", "vi"), ("roster_source", "en"), ("currency", "vi"), ("currency", "en")}
"""Places of keys that the schema is about to have."""

Change = Callable[[Any], None]


# --- every key has its place ----------------------------------------------------------------------------------------


def schema_paths(model: type[BaseModel], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every key; ids, ladders, years and numbers of items are `*`."""
    for name, info in model.model_fields.items():
        yield from type_paths(info.annotation, (*at, info.alias or name))


def type_paths(kind: Any, at: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from schema_paths(kind, at)
        return
    choices = [choice for choice in get_args(kind) if choice is not type(None)]
    inside = get_origin(kind) in (dict, list) and next(
        (each for each in models_in(choices[-1]) if issubclass(each, BaseModel)), None
    )
    if inside:
        yield from schema_paths(inside, (*at, ANY))
    elif get_origin(kind) in (dict, list) or not choices:
        yield at
    else:
        for choice in choices:
            yield from type_paths(choice, at) if not isinstance(choice, str) else [at]


def models_in(kind: Any) -> Iterator[type[BaseModel]]:
    """The models that a type speaks of, first of all itself."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for each in get_args(kind):
        yield from models_in(each)


def placed() -> set[tuple[str, ...]]:
    """The paths that have a column, a row of a form or a sheet."""
    found = {pattern for sheet in SHEETS if sheet.shape != "own" for pattern, _ in sheet.patterns()}
    found |= {(key,) for key in READINGS}
    found |= {("ladders",), ("groups",), ("goals",)}
    pins = next(sheet for sheet in SHEETS if sheet.name == "pins")
    return found | {("pins", kind, ANY, *field.path) for kind in ("require", "forbid") for field in pins.fields[1:]}


def test_every_key_of_the_schema_has_its_place() -> None:
    """A key without a column stands on no sheet but the last: only sources and titles deep inside entries may."""
    shown = {path[:-1] if path[-1] in ("vi", "en") else path for path in placed()}
    shown |= {path[:-1] for path in placed() if path[-1] == ANY}
    missing = {
        path
        for path in schema_paths(Scenario)
        if path not in shown and not any(path == other[: len(path)] for other in placed())
    }
    deep = {path for path in missing if path[-1] in ("source", "title") and len(path) > 1}
    assert missing - deep == set()
    known = {"absence", "approval", "horizon", "pins", "privacy", "programmes", "resilient", "risk", "seats", "solver"}
    assert {path[0] for path in deep} == known


def test_every_place_is_a_key_of_the_schema() -> None:
    """No column stands for a key that there is not."""
    known = {path: path for path in schema_paths(Scenario)}
    unknown = {
        path
        for path in placed() - SOON
        if not any(path[: len(own)] == own or path == own for own in known) and path[:1] != ("extends",)
    }
    assert unknown == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_two_columns_of_a_sheet_are_called_alike(sheet: Any) -> None:
    """In both languages together each heading means one column, and is read back as it."""
    words = [
        (plain(word), field.path) for field in fields_of(sheet) for word in set(called(f"scheme_head_{field.name}"))
    ]
    assert len({word for word, _ in words}) == len(words)
    for language in ("en", "vi"):
        with speaking(language):
            for field in fields_of(sheet):
                name = {"years": "2027", "ladders": "1"}.get(field.expands, "")
                path = tuple(name if step == ANY else step for step in field.path)
                assert column_of(heading(field, name), sheet) == (path, field)


def test_names_and_choices_are_clear() -> None:
    """A sheet's name means one sheet and fits Excel; the choices of one cell differ in both languages together."""
    names = [(plain(word), name) for name in OWN_SHEETS for word in set(called(f"scheme_sheet_{name}"))]
    assert len({word for word, _ in names}) == len(names)
    assert max(len(word) for name in OWN_SHEETS for word in called(f"scheme_sheet_{name}")) <= 31
    for field in (field for sheet in SHEETS for field in fields_of(sheet) if field.choices):
        words = [word for value in field.choices for word in {value, *map(plain, called(f"scheme_choice_{value}"))}]
        assert len(set(words)) == len(words), field


# --- nothing is lost ------------------------------------------------------------------------------------------------


def there_and_back(path: Path, folder: Path, language: str) -> Path:
    """A scenario written as a workbook elsewhere, and that as YAML, under another language."""
    with speaking(language), outside_allowed():
        export_excel(path, folder / "there.xlsx", force=True)
    with outside_allowed():
        return export_yaml(folder / "there.xlsx", folder / "back.yaml", force=True)


def same_scenario(path: Path, back: Path) -> None:
    """Both files say the same: the validated scenario, and whatever else is written in them, such as sources."""
    with outside_allowed():
        one, other = load_scenario(path), load_scenario(back)
    assert one.scenario == other.scenario
    assert difference(normal(one.merged()), normal(other.merged())) is None


@pytest.mark.parametrize("path", [BASE, *CASES], ids=lambda path: path.parent.name)
def test_a_scheme_comes_back_as_it_was(path: Path, tmp_path: Path) -> None:
    """The real scheme and the cases of the language go into a workbook and back, and are the same."""
    same_scenario(path, there_and_back(path, tmp_path, "vi"))


@pytest.mark.parametrize("seed", range(8))
def test_random_schemes_come_back_as_they_were(seed: int, tmp_path: Path) -> None:
    """So are random ones, which use every key, blanks around levels and files that extend each other."""
    path = random_scenario(seed, tmp_path / "given", "small")
    same_scenario(path, there_and_back(path, tmp_path, "en" if seed % 2 else "vi"))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 250))
def test_many_random_schemes_come_back_as_they_were(seed: int, tmp_path: Path) -> None:
    """The same, for many more."""
    path = random_scenario(seed, tmp_path / "given", "tiny")
    same_scenario(path, there_and_back(path, tmp_path, "vi" if seed % 2 else "en"))


def test_what_has_no_column_comes_back_as_well(tmp_path: Path) -> None:
    """Sources deep inside, titles in one language, odd texts and numbers, empty lists: all of it, in its order."""
    path = small(
        tmp_path,
        title={"vi": "Chỉ tiếng Việt"},
        programmes={
            "school": {"years": {"from": 2021, "source": "Decree 1"}, "title": {"en": "A; b, c / d", "vi": " x "}},
            "course": {"cost": 0.123456789012345, "source": "=1+1"},
        },
        seats={
            "a": {
                "programmes": ["school"],
                "who": {"all": [{"post": "5"}, {"not": {"any": [{"post": ["x;y", "no"]}, {"age": {"max": 3}}]}}]},
                "per_year": {2021: {"source": "s"}, 2022: {"max": 3}},
                "total": {"max": 3, "source": "t"},
            }
        },
        approval={
            "z": {"authority": "One", "programmes": []},
            "a": {"authority": {"vi": "Hai"}, "who": {"sex": "F", "source": "inside"}},
            "m": {"authority": {"vi": "Ba", "en": "Three"}},
        },
        groups={
            "g": {"post": "staff", "title": {"vi": "một", "en": "one"}, "source": "x\ny"},
            "h": {"all": []},
            "i": "g",
            "j": {"post": ["yes", "1.5", "a"]},
        },
        pins={"forbid": [{"cadre": 7, "source": "why"}, {"cadre": "A", "start": 2021, "title": "t"}], "source": "p"},
        headers={"Lương > Mã số": "ignore"},
        synonyms={"theory": {"CC / K74": "advanced", " - ": "none"}, "agency": {"[P] NV": "office"}},
        blank={"theory": "unknown"},
        sheets={"Cũ": "ignore", "[2]": "people"},
        goals=["attainment", {"seat_floors": ["a"]}, "lot"],
        lot="0123",
    )
    back = there_and_back(path, tmp_path, "vi")
    same_scenario(path, back)
    assert list(load_scenario(back).scenario.approval) == ["z", "a", "m"]


def test_conditions_of_entries_with_one_name_stay_apart(tmp_path: Path) -> None:
    """Entries of several sections, and groups, may be called alike; each keeps its own condition."""
    women, men = {"sex": "F"}, {"sex": "M"}
    path = small(
        tmp_path,
        groups={"priority:a": {"post": "staff"}},
        targets={"a": {"who": women, "level": {"theory": "advanced"}, "share": 0.5}},
        priority={"a": {"who": men, "points": 1}},
        shares={"a": {"who": women, "among": {"post": "staff"}, "min": 0.5}},
        seats={"a": {"who": {"post": "leader"}, "programmes": ["school"]}},
        programmes={"school": {"eligible": men}},
        absence={"modes": ["short"], "leaders": {"who": {"post": "leader"}}},
    )
    same_scenario(path, there_and_back(path, tmp_path, "en"))
    cells = written_scheme(load_scenario(path).merged())
    names = [row["id",] for row in cells.rows["groups"]]
    assert sorted(names) == sorted(
        [
            "priority:a",
            "targets:a",
            "seats:a",
            "shares:a",
            "among:a",
            "priority:a:2",
            "eligible:school",
            "absence:leaders",
        ]
    )
    assert cells.rows["other"] == []


def test_a_value_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    """32767 characters fit; one more does not, and nothing is written."""
    export_excel(small(tmp_path / "at", source="s" * 32_767), tmp_path / "at.xlsx")
    assert len(str(load_scenario(tmp_path / "at.xlsx").scenario.source)) == 32_767
    with pytest.raises(InputError, match=r"source\.en: 32\N{NO-BREAK SPACE}768 characters are more than a cell holds"):
        export_excel(small(tmp_path / "past", source="s" * 32_768), tmp_path / "past.xlsx")
    assert not (tmp_path / "past.xlsx").exists()


def test_what_does_not_come_back_is_told() -> None:
    """The first difference between two scenarios is named; the order counts where it means something."""
    one = {"lot": 1, "approval": {"a": {}, "b": {}}, "groups": {"a": {}, "b": {}}}
    assert difference(one, {**one, "groups": {"b": {}, "a": {}}}) is None
    assert difference(one, {**one, "approval": {"b": {}, "a": {}}}) == "approval"
    assert difference(one, {**one, "lot": True}) == "lot"
    assert difference(one, {"lot": 1, "approval": {"a": {}}, "groups": one["groups"]}) == "approval.b"


# --- the scheme to start from ---------------------------------------------------------------------------------------


def test_the_scheme_to_start_from_gives_the_plan_of_the_yaml(tmp_path: Path) -> None:
    """As it stands it is sound and is solved to the same plan; it holds its own roster and agencies."""
    found = solve(init_excel(tmp_path / "excel")).assignments
    expected = solve(init(tmp_path / "yaml")).assignments
    assert list(found["cadre"] + found["programme"]) == list(expected["cadre"] + expected["programme"])
    pd.testing.assert_frame_equal(found, expected)


def numbers_in(tree: Any) -> list[float]:
    """All numbers that stand in a scenario, sorted."""
    if isinstance(tree, dict):
        return sorted(number for value in tree.values() for number in numbers_in(value))
    if isinstance(tree, list):
        return sorted(number for value in tree for number in numbers_in(value))
    return [float(tree)] if isinstance(tree, int | float) and not isinstance(tree, bool) else []


def test_the_scheme_to_start_from_is_the_same_in_vietnamese_but_for_its_names(tmp_path: Path) -> None:
    """Every figure is that of the YAML; only the lot, which is drawn by names, falls otherwise. No name is English."""
    with speaking("vi"):
        path = init_excel(tmp_path / "excel")
        found = solve(path)
    expected = solve(init(tmp_path / "yaml"))
    for table in ("attainment", "seats", "absence"):
        one, other = getattr(found, table), getattr(expected, table)
        assert len(one) == len(other)
    assert list(found.attainment["required"]) == list(expected.attainment["required"])
    assert found.goals.iloc[:-1].drop(columns="seconds").equals(expected.goals.iloc[:-1].drop(columns="seconds"))
    assert numbers_in(found.problem.source.merged()) == numbers_in(expected.problem.source.merged())
    book = openpyxl.load_workbook(path)
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    english = {"education", "theory", "none", "bachelor", "leader", "staff", "everybody", "commune_a", "yes", "F"}
    assert not cells & english
    assert {"Lý luận chính trị", "Đạt trình độ: Lý luận chính trị", "Cao cấp", "Xã A", "Toàn thể cán bộ"} <= cells


def test_ladders_are_named_as_an_office_names_them(tmp_path: Path) -> None:
    """A ladder is found by its id and by what a roster's header calls it: in its column, in headings, in readings."""
    with speaking("vi"):
        path = init_excel(tmp_path / "excel")
    book = openpyxl.load_workbook(path)
    page = book["Chương trình"]
    column = next(cell.column for cell in page[2] if cell.value == "Thang trình độ")
    assert page.cell(3, column).value == "Trình độ chuyên môn"
    page.cell(4, column).value = "education"
    head = next(cell for cell in book["Mục tiêu"][2] if cell.value == "Đạt trình độ: Lý luận chính trị")
    head.value = "Đạt trình độ: theory"
    book["Cách đọc danh sách"].append(["ô trống", "Lý luận chính trị", None, "unknown"])
    book.save(path)
    scenario = load(path).scenario
    assert {scenario.programmes[name].ladder for name in ("dai_hoc", "thac_si")} == {"education"}
    assert scenario.targets["lanh_dao_cao_cap"].level == {"theory": "advanced"}
    assert scenario.blank == {"theory": "unknown"}


def test_the_table_of_retirement_lies_beside_the_workbook(tmp_path: Path) -> None:
    """Whoever is told to name it finds it; the folder may be written again."""
    for _ in range(2):
        path = init_excel(tmp_path / "excel", force=True)
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["Scheme"].iter_rows() if "retirement" in str(row[0].value).lower())
    row[1].value = "retirement-135-2020.csv"
    book.save(path)
    assert load(path).scenario.retirement


@pytest.mark.parametrize("beside", [True, False])
def test_a_check_says_nothing_of_the_sheets_of_the_scheme(
    beside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the sheet of programmes is no roster is no news, however the path to the workbook is written."""
    written = init_excel(tmp_path / "excel")
    monkeypatch.chdir(tmp_path)
    told = load(Path(os.path.relpath(written)) if beside else written).remarks
    assert not [remark for remark in told if remark.key == "layout_sheet_ignored"]


def test_the_workbook_helps_whoever_fills_it_in(tmp_path: Path) -> None:
    """Headings are frozen and have notes, cells have drop-downs, of ladders, levels, groups, programmes and choices."""
    with speaking("vi"):
        book = openpyxl.load_workbook(init_excel(tmp_path / "excel"))
    assert {"Đề án", "Chương trình", "Đối tượng", "Chỉ tiêu", "Danh sách cán bộ", "Biên chế"} <= set(book.sheetnames)
    page = book["Chương trình"]
    heads = {cell.value: cell for cell in page[2]}
    assert page.freeze_panes == "B3"
    assert heads["Thời gian (tháng)"].comment.text.startswith("Ví dụ: 18")
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules[f"{heads['Hình thức'].column_letter}3"] == '"tập trung,vừa học vừa làm,bồi dưỡng"'
    assert rules[f"{heads['Thang trình độ'].column_letter}3"] == "'Thang trình độ'!$A$3:$A$60"
    assert "MATCH($D3," in rules[f"{heads['Lên trình độ'].column_letter}3"]
    assert rules[f"{heads['Đối tượng được học'].column_letter}3"].startswith("'Danh mục'!$A$2")
    assert book["Danh mục"].sheet_state == "hidden"
    offered = {
        cell.value: [below.value for below in column[1:]] for column in book["Danh mục"].columns for cell in column[:1]
    }
    assert offered["Chức vụ"][:2] == ["Công chức", "Lãnh đạo"]
    assert offered["Lý luận chính trị"][:4] == ["Chưa có", "Sơ cấp", "Trung cấp", "Cao cấp"]
    assert "Toàn thể cán bộ" in offered["#groups"]
    long = [
        rule.formula1 for sheet in book for rule in sheet.data_validations.dataValidation if len(rule.formula1) > 255
    ]
    assert long == []
    assert heads["Mã"].alignment.wrap_text
    assert page.column_dimensions["A"].width > 20


def test_the_real_scheme_goes_into_a_workbook_with_its_roster(tmp_path: Path) -> None:
    """Everybody is there, at the same agency, and the groups have the same members."""
    with speaking("vi"):
        export(BASE, tmp_path / "all.xlsx", with_roster=True)
    one, other = load(BASE), load(tmp_path / "all.xlsx")
    pd.testing.assert_frame_equal(one.cadres, other.cadres)
    pd.testing.assert_frame_equal(one.agencies, other.agencies)
    assert {name: list(members) for name, members in one.groups.items()} == {
        name: list(members) for name, members in other.groups.items()
    }


def test_a_what_if_extends_a_workbook(tmp_path: Path) -> None:
    """A YAML file may start from a workbook, and a workbook from a YAML file."""
    init_excel(tmp_path / "excel")
    (tmp_path / "what-if.yaml").write_text("extends: excel/scheme.xlsx\nseats: {master: {per_year: {max: 2}}}\n")
    assert load(tmp_path / "what-if.yaml").scenario.seats["master"].per_year.max == 2  # type: ignore[union-attr]
    book = openpyxl.Workbook()
    book.active.title = "Scheme"
    for row in (["Title of the scheme (English)", "Another"], ["Extends", "what-if.yaml"]):
        book.active.append(row)
    book.save(tmp_path / "over.xlsx")
    assert load(tmp_path / "over.xlsx").scenario.title == "Another"


# --- cells ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("share", "0,9", 0.9),
        ("share", "0.9", 0.9),
        ("share", "90 %", 0.9),
        ("share", "90%", 0.9),
        ("share", "33,3 %", 0.333),
        ("share", 0.9, 0.9),
        ("share", 1, 1),
        ("share", "100%", 1),
        ("number", " 1.234,5 ", 1234.5),
        ("number", "1,234.5", 1234.5),
        ("number", "1.234.567", 1234567),
        ("number", "12 000", 12000),
        ("number", "12\N{NO-BREAK SPACE}000", 12000),
        ("number", "0,125", 0.125),
        ("number", "-2,5", -2.5),
        ("number", 18.0, 18),
        ("number", "eighteen", "eighteen"),
        ("integer", "4", 4),
        ("integer", "4 lượt", "4 lượt"),
        ("year", dt.datetime(2026, 9, 1), 2026),
        ("year", "2026", 2026),
        ("year", 2026.0, 2026),
        ("truth", "có", True),
        ("truth", "Không", False),
        ("truth", "x", True),
        ("truth", 1, True),
        ("truth", False, False),
        ("truth", "perhaps", "perhaps"),
        ("choice", "Vừa học, vừa làm", "in_service"),
        ("choice", "full-time", "full_time"),
        ("choice", "short", "short"),
        ("choice", "fulltime", "fulltime"),
        ("names", "a; b,c\nd", ["a", "b", "c", "d"]),
        ("name", 5, "5"),
        ("name", " A\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}", "A"),
        ("code", 20260105, 20260105),
        ("code", "0123", "0123"),
        ("code", dt.datetime(2026, 1, 5), "2026-01-05"),
    ],
)
def test_cells_are_read_as_they_are_meant(kind: Any, raw: Any, expected: Any) -> None:
    """Numbers typed as text, with a decimal comma or in per cent; years as dates; words of both languages."""
    field = Field(("it",), kind, choices=("full_time", "in_service", "short") if kind == "choice" else ())
    assert same(read_cell(field, raw), expected)


@pytest.mark.parametrize(
    ("kind", "raw", "key"),
    [
        ("number", "1.234", "scheme_two_numbers"),
        ("number", "12,000", "scheme_two_numbers"),
        ("share", 90, "scheme_share_above_one"),
        ("share", "90", "scheme_share_above_one"),
        ("share", 1.01, "scheme_share_above_one"),
    ],
)
def test_cells_that_say_two_things_are_asked_about(kind: Any, raw: Any, key: str) -> None:
    """A thousand or a decimal, 90 or 90 %: never one of them in silence."""
    found = read_cell(Field(("it",), kind), raw)
    assert isinstance(found, Slip)
    assert found.key == key


def test_cells_hold_only_what_they_give_back() -> None:
    """What a cell would change stands elsewhere: an outer blank, 17 digits, control signs, what reads as another."""
    text, number = Field(("it",)), Field(("it",), "number")
    assert write_cell(text, "=SUM(A1)") == "=SUM(A1)"
    assert [write_cell(text, value) for value in (" a", "", "a\x07", "_x0041_", 5, True, None, ["a"])] == [None] * 8
    assert [write_cell(number, value) for value in (0.1, 0.30000000000000004, True)] == [0.1, None, None]
    names = Field(("it",), "names")
    assert [write_cell(names, value) for value in (["a", "b"], ["a;b"], [], [""], ["a", 1])] == ["a; b", *[None] * 4]


@pytest.mark.parametrize(
    "condition",
    [
        {"post": "leader"},
        {"age": {"max": 34}},
        {"age": {"min": 30, "max": 34}, "sex": "F"},
        {"agency": ["a", "b"]},
        {"local": True},
        {"not": {"ethnicity": "Kinh"}},
        {"all": ["communes", "young"]},
        {"all": ["communes", {"age": {"max": 3}}, {"not": "young"}]},
        {"any": ["leaders", {"service_years": {"min": 15}}]},
        {"any": [{"sex": "F", "age": {"min": 35}}, {"all": [{"sex": "M"}, {"not": {"post": ["x", "y"]}}]}]},
        {"marks": 2.5},
        {"not": {"age": {"min": 1, "max": 2}}},
        "leaders",
    ],
    ids=str,
)
def test_conditions_are_rows(condition: Any) -> None:
    """Comparisons, and, or, not: rows say them, and say the same when they are read."""
    rows = rows_of(condition)
    assert rows is not None
    assert same(condition_of(rows), condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [{"sex": "F"}, {"any": [{"age": {"max": 40}}, {"block": "school"}]}]},
        {"not": {"any": [{"a": 1}, {"b": 2}]}},
        {"not": {"a": 1, "b": 2}},
        {"any": []},
        {},
        {"post": "5"},
        {"post": []},
        {"post": ["a;b"]},
    ],
    ids=str,
)
def test_what_rows_cannot_say_is_text(condition: Any, tmp_path: Path) -> None:
    """Deeper nesting and odd values stay text in YAML, and come back as they were."""
    assert rows_of(condition) is None
    cells = written_scheme({"groups": {"g": condition}}).rows["groups"]
    assert cells == [{("id",): "g", ("kind",): "group", ("condition",): yaml_text(condition)}]


def test_paths_and_yaml_on_one_line() -> None:
    """A path is its keys with slashes between; a key with a slash makes it a list. Numbers keep their digits."""
    assert path_text(("a", "b")) == "a / b"
    assert path_text(("a", "b/c")) == "[a, b/c]"
    assert yaml_text({"a": 0.0000001, "b": "yes", "c": "5", "d": True}) == "{a: 0.0000001, b: 'yes', c: '5', d: true}"


# --- what is wrong --------------------------------------------------------------------------------------------------


SCHEME: dict[str, Any] = {
    "groups": {"women": {"sex": "F"}},
    "seats": {"school": {"programmes": ["school"], "who": "women", "per_year": {2021: 2, 2022: {"min": 1, "max": 3}}}},
    "targets": {"all": {"who": "women", "level": {"theory": "advanced"}, "share": 0.8}},
    "absence": {"modes": ["full_time"], "bands": [{"share": 0.5}]},
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The workbook of a small scheme in each language; its tables are files beside it."""
    folder = tmp_path_factory.mktemp("written")
    path, contents = small(folder, **SCHEME), {}
    for language in ("en", "vi"):
        with speaking(language):
            contents[language] = export_excel(path, folder / f"{language}.xlsx").read_bytes()
    return contents


@pytest.fixture
def book(tmp_path: Path, written: dict[str, bytes]) -> Callable[..., Path]:
    """Writes that workbook, changed, and its tables beside it."""

    def write(*changes: Change, language: str = "en", **tables: Any) -> Path:
        small(tmp_path, **tables)
        path = tmp_path / "scheme.xlsx"
        path.write_bytes(written[language])
        workbook = openpyxl.load_workbook(path)
        for change in changes:
            change(workbook)
        workbook.save(path)
        return path

    return write


FORMS = {called(f"scheme_sheet_{sheet.name}")[0] for sheet in SHEETS if sheet.shape == "form"}


def column(page: Any, head: str, row: int = 2) -> str:
    """The letter of a column."""
    return next(cell.column_letter for cell in page[row] if cell.value == head)


def put(sheet: str, head: str, row: int, value: Any) -> Change:
    """Writes a cell: of a table by heading and row (3 is the first), of a form by label (row is not used)."""

    def change(book: Any) -> None:
        page = book[sheet]
        if sheet in FORMS:
            place = next(cell.row for cell in page["A"] if cell.value == head)
            page[f"B{place}"].value = value
        else:
            page[f"{column(page, head)}{row}"].value = value

    return change


def test_a_changed_cell_is_read(book: Callable[..., Path]) -> None:
    """Text for numbers, words in the other language, blank rows, headings in another order and language."""

    def shuffle(workbook: Any) -> None:
        page = workbook["Programmes"]
        page.move_range("A1:A20", cols=40)
        page["AO2"].value = "Mã"
        page["A2"].value = "Ghi chú"
        page["A3"].value = "anything"
        page.move_range("A5:AO20", rows=2)

    path = book(
        put("Targets", "Share", 3, "90 %"),
        put("Programmes", "Months", 3, "18,5"),
        put("Programmes", "Mode", 3, "vừa học vừa làm"),
        put("Programmes", "Open", 3, "có"),
        put("Scheme", "First year", 0, dt.datetime(2021, 1, 1)),
        put("Absence", "Modes that take away", 0, "tập trung; short"),
        shuffle,
    )
    scenario = load(path).scenario
    assert scenario.targets["all"].share == 0.9
    assert scenario.programmes["degree"].months == 18.5
    assert scenario.programmes["degree"].mode == "in_service"
    assert scenario.absence is not None
    assert scenario.absence.modes == ["full_time", "short"]
    assert list(scenario.programmes) == ["degree", "basics", "school", "evening", "course", "further"]


SLIPS: list[tuple[Change, str]] = [
    (put("Targets", "Who", 3, "womens"), "'Targets', cell D3: Who: unknown group 'womens'; did you mean 'women'?"),
    (put("Programmes", "Mode", 3, "fulltime"), "'Programmes', cell G3: Mode: expected one of full-time, in service, short course, found 'fulltime'"),
    (put("Programmes", "Months", 3, None), "'Programmes', cell H3: degree: the key 'Months' is missing"),
    (put("Programmes", "Months", 3, "long"), "'Programmes', cell H3: Months: expected a number, found 'long'"),
    (put("Programmes", "Months", 3, "=6*3"), "'Programmes', cell H3: Months: a formula without a stored result; open the file in a spreadsheet and save it"),
    (put("Programmes", "Months", 3, "#REF!"), "'Programmes', cell H3: Months: the spreadsheet's error #REF!"),
    (put("Programmes", "Months", 3, "1.200"), "'Programmes', cell H3: Months: '1.200' is a thousand or a decimal; enter it as a number"),
    (put("Programmes", "To level", 3, "mastre"), "'Programmes', cell F3: To level: unknown level 'mastre'; did you mean 'master'?"),
    (put("Programmes", "Code", 4, "degree"), "'Programmes', cell A4: the code 'degree' stands in A3 already"),
    (put("Programmes", "Code", 3, None), "'Programmes', cell A3: the row has no code; write a short one"),
    (put("Programmes", "From year", 3, "soon"), "'Programmes', cell N3: From year: expected a whole number, found 'soon'"),
    (put("Targets", "Share", 3, 80), "'Targets', cell H3: Share: the share 80 is more than 1; did you mean 80 % (0.8)?"),
    (put("Targets", "At least [people]", 3, 3), "'Targets', cell A3: all: needs either 'Share' or 'At least [people]', and only one of them"),
    (put("Seats", "At most in 2021", 3, -1), "'Seats', cell I3: At most in 2021: expected at least 0, found -1"),
    (put("Seats", "Programmes", 3, "school; scool"), "'Seats', cell D3: Programmes: unknown programme 'scool'; did you mean 'school'?"),
    (put("Scheme", "First year", 0, 2030), "'Scheme', cell B7: horizon: the first year 2030 is after the last year 2024"),
    (put("Scheme", "Last year", 0, None), "'Scheme', cell B8: horizon: the key 'Last year' is missing"),
    (put("Groups", "Column", 3, "sexx"), "'Groups', cell G3: sexx: the roster has no column 'sexx'; did you mean 'sex'?"),
    (put("Groups", "Column", 3, None), "'Groups', cell E3: the row says a value, but of no column"),
    (put("Groups", "Value", 3, None), "'Groups', cell G3: the row names a column, but no value"),
    (put("Groups", "Relation", 3, "equals"), "'Groups', cell F3: 'equals' is none of is, is one of, from, to"),
    (put("Groups", "Condition as text", 3, "{sex: F}"), "'Groups', cell H3: 'women' has a condition as text besides other rows; write one or the other"),
    (put("Goals", "Goal", 3, "targets"), "'Goals', cell A3: Goal: expected one of"),
    (put("Absence bands", "May be away [people]", 3, 1), "'Absence bands', cell A3: absence.bands.0: needs either 'May be away [people]' or 'May be away [share of the headcount]', and only one of them"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), SLIPS, ids=[expected[:60] for _, expected in SLIPS])
def test_a_fault_names_sheet_and_cell(change: Change, expected: str, book: Callable[..., Path]) -> None:
    """Each slip is one fault, at its cell, with what was probably meant."""
    found = one_fault(book(change))
    assert expected in found


def test_all_faults_come_together(book: Callable[..., Path]) -> None:
    """Slips of cells, of the schema and of names are told in one message."""
    found = told(book(*[change for change, _ in (SLIPS[0], SLIPS[3], SLIPS[11], SLIPS[15])]))
    assert len(found) == 4


def test_sheets_are_never_passed_over(book: Callable[..., Path]) -> None:
    """An unknown sheet is a fault until the scheme says what it is; so is one that stands there twice."""
    stray = book(lambda workbook: workbook.create_sheet("Target"))
    expected = (
        "sheet 'Target', cell A1: 'Target' is no sheet of the scheme; did you mean 'Targets'?; if it holds people"
    )
    assert expected in one_fault(stray)
    ignored = book(
        lambda workbook: workbook.create_sheet("Draft"),
        put("Reading the roster", "What is said", 3, "sheet"),
        put("Reading the roster", "As it stands on the roster", 3, "Draft"),
        put("Reading the roster", "Meaning", 3, "bỏ qua"),
    )
    assert load(ignored).scenario.sheets == {"Draft": "ignore"}
    twice = book(lambda workbook: workbook.create_sheet("Mục tiêu"))
    assert "'Mục tiêu' and 'Targets' are the same sheet of the scheme; keep one of them" in one_fault(twice)


def cell(sheet: str, at: str, value: Any) -> Change:
    """Writes a cell by its name."""

    def change(book: Any) -> None:
        book[sheet][at].value = value

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (cell("Targets", "D2", "Whom"), "'Targets', cell D2: unknown heading 'Whom'; did you mean 'Who'?"),
        (cell("Targets", "E2", "Who"), "'Targets', cell D2: 'Who' stands there twice; keep one"),
        (
            cell("Targets", "AB3", "lost"),
            "'Targets', cell AB3: 'lost' stands in a column without a heading that is known",
        ),
        (cell("Targets", "B1", "lost"), "'Targets', cell A1: a row with several cells stands above the headings"),
        (
            cell("Scheme", "A7", "Frist year"),
            "'Scheme', cell A7: unknown item 'Frist year'; did you mean 'First year'?",
        ),
        (cell("Scheme", "E6", "lost"), "'Scheme', cell D6: nothing is read from column D on; write values in column B"),
        (cell("Scheme", "A30", "First year"), None),
        (cell("Ladders", "C3", None), "'Ladders', cell A3: 'education' leaves a level out between others"),
        (
            cell("Other", "A3", "lot"),
            "'Other', cell A3: the row needs a place, its keys with slashes between them, and a value",
        ),
        (cell("Pins", "B3", "A"), "'Pins', cell A3: nothing is chosen; expected one of is sent, is not sent"),
        (
            cell("Groups", "A3", None),
            "'Groups', cell A3: the row names no group; write its name on every one of its rows",
        ),
        (
            cell("Reading the roster", "A3", "empty cell"),
            "'Reading the roster', cell A3: 'empty cell' needs a ladder and a meaning",
        ),
        (cell("Goals", "B3", "alll"), "'Goals', cell B3: Only of: unknown target 'alll'; did you mean 'all'?"),
    ],
    ids=lambda value: "change" if callable(value) else str(value)[:60],
)
def test_what_stands_at_an_odd_place_is_told(change: Change, expected: str | None, book: Callable[..., Path]) -> None:
    """Headings, labels and cells that nobody would read are faults, as long as they say anything."""
    if expected is None:
        load(book(change))
        return
    assert expected in told(book(change))[0]


def test_a_value_may_be_said_once(book: Callable[..., Path]) -> None:
    """What stands on its sheet and on the last one, too, is a fault with both cells."""
    twice = (cell("Other", "A3", "lot"), cell("Other", "B3", "5"))
    assert "'Other', cell B3: lot is said already (Scheme, B" in one_fault(book(*twice))
    deep = (cell("Other", "A3", "programmes / school / years / source"), cell("Other", "B3", "Decree 7"))
    assert load(book(*deep)).scenario.programmes["school"].years.source == "Decree 7"  # type: ignore[union-attr]
    broken = (cell("Other", "A3", "budget"), cell("Other", "B3", "{per_year: ["))
    assert "'Other', cell B3: " in one_fault(book(*broken))


def rows(*cells: tuple[Any, ...]) -> Change:
    """Replaces the groups: (group, kind, block, not, column, relation, value)."""

    def change(book: Any) -> None:
        page = book["Groups"]
        page.delete_rows(3, 50)
        for number, row in enumerate(cells, 3):
            for place, value in enumerate(row, 1):
                page.cell(number, place).value = value

    return change


def test_groups_are_made_by_choosing_columns_and_values(book: Callable[..., Path]) -> None:
    """And, or, not, several values, ranges, other groups, in the words of either language; conditions without a name."""
    path = book(
        rows(
            ("women", None, None, None, "Giới tính", "là", "Nữ"),
            ("either", None, 1, None, "post", "is", "staff"),
            ("either", None, 1, "có", "(thuộc đối tượng)", "is", "women"),
            ("either", None, 2, None, "Tuổi", "từ", "30"),
            ("either", None, 2, None, "age", "to", 40),
            ("several", None, None, None, "agency", "is one of", "office; other"),
            ("several", None, None, None, "agency", "là một trong", "third"),
            ("level", "group", None, None, "Lý luận chính trị", "from", "Trung cấp"),
            ("open", None, None, None, "local", "is", "không"),
            ("not open", "condition", None, "yes", "(in group)", "is", "open"),
        ),
        cell("Targets", "D3", "not open"),
        roster={"A": {"local": "yes"}},
    )
    merged = load(path).source.merged()
    assert merged["groups"] == {
        "women": {"sex": "Nữ"},
        "either": {"any": [{"all": [{"post": "staff"}, {"not": "women"}]}, {"age": {"min": 30, "max": 40}}]},
        "several": {"agency": ["office", "other", "third"]},
        "level": {"theory": {"min": "Trung cấp"}},
        "open": {"local": False},
    }
    assert merged["targets"]["all"]["who"] == {"not": "open"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            [("women", None, None, None, "sex", "is", "F"), ("idle", "condition", None, None, "age", "to", 40)],
            "'Groups', cell A4: nothing names the condition 'idle'; name it on another sheet",
        ),
        (
            [("women", None, 1, None, "sex", "is", "F"), ("women", None, None, None, "age", "to", 40)],
            "'Groups', cell A4: 'women' has rows with and without a block; number all of them, or none",
        ),
        (
            [("women", "group", None, None, "sex", "is", "F"), ("women", "condition", None, None, "age", "to", 40)],
            "'Groups', cell A4: 'women' is a group in one row and a condition in another",
        ),
        (
            [("women", "group", None, None, None, None, None)],
            "'women' has neither a comparison nor a condition as text",
        ),
    ],
    ids=["unused", "mixed blocks", "two kinds", "empty"],
)
def test_rows_that_do_not_fit_together_are_told(
    given: list[tuple[Any, ...]], expected: str, book: Callable[..., Path]
) -> None:
    """A condition that nothing names, rows with and without a block, a group that is none."""
    assert expected in told(book(rows(*given)))[0]


def test_a_large_roster_stands_in_the_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of the scheme's sheets are not those of its roster."""
    monkeypatch.setattr(opening, "MAX_ROWS", 60)
    path = export(small(tmp_path, {f"C{number}": {} for number in range(60)}), tmp_path / "book.xlsx", with_roster=True)
    assert len(load(path).cadres) == 60


def test_a_table_given_in_python_is_not_named_as_a_file(tmp_path: Path) -> None:
    """It can stand inside the workbook; elsewhere its name would lead to no file."""
    frame = pd.read_csv(small(tmp_path).parent / "roster.csv", dtype=str, keep_default_na=False)
    source = load(tmp_path / "scenario.yaml", roster=frame[:2]).source
    with pytest.raises(InputError, match="the table roster was given in Python and stands in no file"):
        export(source, tmp_path / "a.yaml")
    assert len(load(export(source, tmp_path / "a.xlsx", with_roster=True)).cadres) == 2


def test_the_workbook_speaks_both_languages(book: Callable[..., Path]) -> None:
    """What was written under one language is read under the other, and is the same."""
    one = load_scenario(book(language="en")).merged()
    with speaking("vi"):
        other = load_scenario(book(language="vi")).merged()
        assert load_scenario(book(language="en")).merged() == one
    assert other == one
    with speaking("vi"):
        found = one_fault(book(put("Đối tượng", "So sánh", 3, "bằng"), language="vi"))
    assert "trang 'Đối tượng', ô F3: không nhận ra 'bằng'; nhận: là, là một trong, từ, đến" in found


def test_a_roster_stands_in_one_place(tmp_path: Path) -> None:
    """A sheet with people beside the name of a file is a fault; an empty sheet, or no name, is none."""
    path = export(small(tmp_path), tmp_path / "scheme.xlsx", with_roster=True)
    workbook = openpyxl.load_workbook(path)
    put("Scheme", "Roster", 0, "roster.csv")(workbook)
    workbook.save(path)
    assert "sheet 'Roster', cell A1: this sheet holds rows, but the sheet of the scheme names the file" in one_fault(
        path
    )
    workbook["Roster"].delete_rows(2, 10)
    workbook.save(path)
    assert len(load(path).cadres) == 3


def test_faults_of_people_in_the_workbook_name_the_workbook(tmp_path: Path) -> None:
    """The ordinary reading of rosters reads the workbook's own sheet, and finds what is wrong in it."""
    path = export(small(tmp_path), tmp_path / "scheme.xlsx", with_roster=True)
    workbook = openpyxl.load_workbook(path)
    workbook["Roster"][f"{column(workbook['Roster'], 'sex', 1)}3"].value = "?"
    workbook.save(path)
    found = one_fault(path)
    assert "scheme.xlsx" in found
    assert "row 3" in found


# --- files ----------------------------------------------------------------------------------------------------------


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Missing, a folder, text, an old workbook, a workbook without a sheet of a scheme."""
    assert one_fault(tmp_path / "none.xlsx") == f"{tmp_path / 'none.xlsx'}: the file does not exist"
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "text.xlsx").write_text("title: x")
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0")
    book = openpyxl.Workbook()
    book.active.append(["Mã", "Họ tên"])
    book.save(tmp_path / "people.xlsx")
    expected = {
        "folder": "this is a folder",
        "text": "this is not an .xlsx workbook",
        "old": say("table_old_excel"),
        "people": "no sheet of a scheme is there; expected sheets such as 'Scheme', 'Ladders'",
    }
    for name, text in expected.items():
        assert text in one_fault(tmp_path / f"{name}.xlsx"), name


def test_a_sheet_that_reaches_too_far_is_refused(book: Callable[..., Path]) -> None:
    """20000 rows are read; a cell in the next one is a fault, not a wait."""
    load(book(cell("Targets", "A20000", None), cell("Other", "C20000", None)))
    assert "the sheet reaches beyond 20 000 rows" in one_fault(book(cell("Targets", "A20001", "x")))


def test_places_survive_a_run(tmp_path: Path) -> None:
    """A run's manifest keeps sheet and cell, and says them when it is asked where something stands."""
    source = load(init_excel(tmp_path / "excel")).source
    told = source.root.with_lines(source.root.lines())
    at = ("programmes", "master_full_time", "months")
    assert (told.find(at).place.sheet, told.find(at).place.cell) == ("Programmes", "H4")  # type: ignore[union-attr]
    assert source.file_and_line(at) == (f"{source.files[0]}, Programmes!H4", None)


def test_a_marked_copy_shows_every_faulty_cell(book: Callable[..., Path], tmp_path: Path) -> None:
    """Each fault is a colour and a comment at its cell, and a line of the first sheet; all else is as it was."""
    path = book(
        put("Targets", "Who", 3, "=womens"),
        put("Programmes", "Months", 3, None),
        cell("Programmes", "D3", "educaton"),
        lambda workbook: setattr(workbook["Programmes"]["A30"], "comment", None),
    )
    copy = tmp_path / "copy.xlsx"
    done = planner("check", path, "--marked", copy)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == f"3 faults, of which 3 marked in {copy}; the sheet 'Faults' lists all"
    marked = openpyxl.load_workbook(copy)
    months = marked["Programmes"]["H3"]
    assert months.comment.text == "degree: the key 'Months' is missing"
    assert months.fill.fgColor.rgb == "FFFF9999"
    assert marked["Programmes"]["H4"].fill.fgColor.rgb != "FFFF9999"
    assert marked.sheetnames[0] == "Faults"
    assert next(row[0] for row in marked["Faults"].iter_rows(min_row=2, values_only=True)).endswith("cell D3")
    assert len(marked["Programmes"].data_validations.dataValidation) > 5
    assert "did you mean 'education'?" in marked["Programmes"]["D3"].comment.text
    again = planner("check", copy, "--marked", tmp_path / "again.xlsx")
    assert again.stderr.splitlines()[1:] == [
        line.replace(str(path), str(copy)) for line in done.stderr.splitlines()[1:]
    ]


def test_a_sound_workbook_has_no_marked_copy(book: Callable[..., Path], tmp_path: Path) -> None:
    """Nothing is written, and it is said so; what is no workbook, or would be overwritten, is refused at once."""
    path = book()
    done = planner("check", path, "--marked", tmp_path / "copy.xlsx")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "no cell is faulty; no marked copy is written")
    assert not (tmp_path / "copy.xlsx").exists()
    assert "is the workbook itself" in planner("check", path, "--marked", path).stderr
    assert "must end in .xlsx" in planner("check", path, "--marked", tmp_path / "copy.csv").stderr
    assert "only a workbook (.xlsx) can be marked" in planner("check", BASE, "--marked", tmp_path / "c.xlsx").stderr


def test_the_commands(tmp_path: Path) -> None:
    """Init --excel, check, export to YAML and back; nothing is overwritten without --force."""
    done = planner("--lang", "vi", "init", tmp_path / "de-an", "--excel")
    book = tmp_path / "de-an" / "scheme.xlsx"
    assert (done.returncode, done.stdout) == (
        0,
        f"{book} là đề án mẫu để bắt đầu; chạy planner solve {book} là giải được ngay\n",
    )
    assert planner("check", book).returncode == 0
    assert planner("export", book, "--yaml", "--out", tmp_path / "a.yaml").stdout == f"Written: {tmp_path / 'a.yaml'}\n"
    assert planner("export", tmp_path / "a.yaml", "--excel", "--out", tmp_path / "b.xlsx").returncode == 0
    assert load(tmp_path / "b.xlsx").scenario == load(book).scenario
    refused = {
        ("--yaml", "--out", tmp_path / "a.yaml"): "already exists",
        ("--yaml", "--out", tmp_path / "a.xlsx"): "must end in .yaml",
        ("--excel", "--out", tmp_path / "c.yaml"): "must end in .xlsx",
        ("--out", tmp_path / "c.yaml"): "say either --excel or --yaml",
        ("--excel", "--yaml", "--out", tmp_path / "c.yaml"): "say either --excel or --yaml",
        ("--yaml", "--with-roster", "--out", tmp_path / "c.yaml"): "--with-roster goes with --excel",
    }
    for options, text in refused.items():
        ended = planner("export", book, *options)
        assert (ended.returncode, text in ended.stderr) == (2, True), ended
    assert planner("init", tmp_path / "de-an", "--excel").returncode == 2
    assert planner("init", tmp_path / "de-an", "--excel", "--force").returncode == 2  # it is in another language
    assert planner("--lang", "vi", "init", tmp_path / "de-an", "--excel", "--force").returncode == 0


# --- titles instead of codes ----------------------------------------------------------------------------------------


def filled(sheet: str, *lines: dict[str, Any]) -> Change:
    """Empties a table, and writes rows by heading."""

    def change(book: Any) -> None:
        page = book[sheet]
        page.delete_rows(3, 60)
        for number, line in enumerate(lines, 3):
            for head, value in line.items():
                page[f"{column(page, head)}{number}"].value = value

    return change


def steps(ladder: str, *levels: str) -> dict[str, Any]:
    return {"Thang trình độ": ladder} | {f"Bậc: {number}": level for number, level in enumerate(levels, 1)}


def course(title: str, low: str, high: str, mode: str) -> dict[str, Any]:
    """A programme of political theory, as somebody writes it who knows of no codes."""
    levels = {"Thang trình độ": "Lý luận chính trị", "Từ trình độ": low, "Lên trình độ": high}
    return {"Tên gọi": title} | levels | {"Hình thức": mode, "Thời gian (tháng)": 8}


def by_titles(book: Any) -> None:
    """The small scheme in Vietnamese words alone."""
    comparison = {"Cột của danh sách": "Giới tính", "So sánh": "là", "Giá trị": "Nữ"}
    for change in (
        filled(
            "Thang trình độ",
            steps("Trình độ chuyên môn", "Chưa có", "Đại học", "Thạc sĩ"),
            steps("Lý luận chính trị", "Chưa có", "Sơ cấp", "Trung cấp", "Cao cấp"),
        ),
        filled("Đối tượng", {"Tên đối tượng": "Cán bộ nữ"} | comparison),
        filled(
            "Chương trình",
            course("Cao cấp, tập trung", "Trung cấp", "Cao cấp", "tập trung"),
            course("Trung cấp", "Chưa có", "Trung cấp", "vừa làm vừa học"),
        ),
        filled(
            "Chỉ tiêu",
            {
                "Tên gọi": "Lý luận",
                "Chương trình": "Cao cấp, tập trung, Trung cấp",
                "Đối tượng": "cán bộ nữ",
                "Tối đa mỗi năm": 2,
            },
        ),
        filled("Mục tiêu", {"Tên gọi": "Nữ có cao cấp", "Đối tượng": "Cán bộ nữ", "Tỷ lệ": "90 %"}),
    ):
        change(book)
    put("Mục tiêu", "Đạt trình độ: Lý luận chính trị", 3, "Cao cấp")(book)


def test_a_scheme_can_be_written_without_codes(book: Callable[..., Path]) -> None:
    """Codes are made of titles, and said; entries, ladders and levels are named in words, titles with commas too."""
    path = book(by_titles, language="vi")
    with speaking("vi"):
        source = load_scenario(path)
        remarks = [str(remark) for remark in load(path).remarks if remark.key == "scheme_codes_made"]
    merged = source.merged()
    assert list(merged["ladders"]["theory"]) == ["none", "elementary", "intermediate", "advanced"]
    assert merged["groups"] == {"can_bo_nu": {"sex": "F", "title": "Cán bộ nữ"}}
    assert list(merged["programmes"]) == ["cao_cap_tap_trung", "trung_cap"]
    assert merged["programmes"]["trung_cap"]["mode"] == "in_service"
    pool = merged["seats"]["ly_luan"]
    assert (pool["programmes"], pool["who"]) == (["cao_cap_tap_trung", "trung_cap"], "can_bo_nu")
    target = merged["targets"]["nu_co_cao_cap"]
    assert (target["who"], target["level"], target["share"]) == ("can_bo_nu", {"theory": "advanced"}, 0.9)
    assert any("ô A3: mã được lập từ tên gọi (2): cao_cap_tap_trung, trung_cap" in remark for remark in remarks)


def group_of(*names: str) -> Change:
    """Rows of groups, each with a name and one comparison."""
    return filled(
        "Đối tượng",
        *({"Tên đối tượng": name, "Cột của danh sách": "Giới tính", "So sánh": "=", "Giá trị": "Nữ"} for name in names),
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("Mục tiêu", "Đối tượng", 3, "Cán bộ nữu"), "ô D3: Đối tượng: không có nhóm nào tên 'Cán bộ nữu'; có phải ý là 'Cán bộ nữ'?"),
        (put("Chương trình", "Tên gọi", 4, "Cao cấp tập trung"), "ô A4: 'Cao cấp tập trung' đã có ở ô A3; hãy đổi tên"),
        (group_of("Cán bộ nữ", "Cán bộ nủ"), "ô A4: 'Cán bộ nủ' chỉ khác 'Cán bộ nữ' (ô A3) ở dấu"),
        (put("Mục tiêu", "Tên gọi", 3, None), "ô A3: dòng chưa có tên gọi"),
    ],
    ids=["unknown", "twice", "accents", "nameless"],
)  # fmt: skip
def test_names_that_mean_nothing_or_two_things_are_told(
    change: Change, expected: str, book: Callable[..., Path]
) -> None:
    """A name is never guessed; the sentence names the cell and the title that was probably meant."""
    path = book(by_titles, change, language="vi")
    with speaking("vi"):
        assert expected in told(path)[0]


def test_a_title_of_two_entries_is_asked_about(book: Callable[..., Path]) -> None:
    """Two programmes of one title have codes of their own, and whoever names them writes the code."""
    codes = [put("Chương trình", "Mã", row, code) for row, code in ((3, "mot"), (4, "hai"))]
    titles = [put("Chương trình", "Tên gọi", row, "Lý luận") for row in (3, 4)]
    path = book(by_titles, *codes, *titles, put("Chỉ tiêu", "Chương trình", 3, "lý luận"), language="vi")
    with speaking("vi"):
        assert "ô D3: có nhiều mục tên 'lý luận'; hãy ghi mã: hai, mot" in told(path)[0]
    sound = book(by_titles, *codes, *titles, put("Chỉ tiêu", "Chương trình", 3, "mot"), language="vi")
    assert load(sound).scenario.seats["ly_luan"].programmes == ["mot"]


def test_the_vietnamese_workbook_names_entries_in_words(tmp_path: Path) -> None:
    """Nothing in its cells is a code but the codes themselves; levels of the roster are words, too."""
    with speaking("vi"):
        path = init_excel(tmp_path / "excel")
    workbook = openpyxl.load_workbook(path)

    def first(sheet: str, head: str, row: int = 2) -> Any:
        return workbook[sheet][f"{column(workbook[sheet], head, row)}{row + 1}"].value

    assert first("Thang trình độ", "Bậc: 1") == "Chưa có"
    assert first("Chương trình", "Lên trình độ") == "Đại học"
    assert first("Chỉ tiêu", "Chương trình") == "Đại học, vừa học vừa làm"
    assert first("Mục tiêu", "Đối tượng") == "Lãnh đạo"
    assert first("Ưu tiên", "Đối tượng") == "Ưu tiên: Cán bộ nữ"
    assert first("Danh sách cán bộ", "Trình độ chuyên môn", 1) == "Đại học"
    assert load_scenario(path).merged()["programmes"]["thac_si"]["to"] == "master"


def test_the_workbook_prints_and_says_nothing_of_its_own_sheets(tmp_path: Path) -> None:
    """Wide sheets go on A3 with their headings repeated; that the scheme's sheets hold no people is no news."""
    with speaking("vi"):
        path = init_excel(tmp_path / "excel")
        assert not [remark for remark in load(path).remarks if remark.key == "layout_sheet_ignored"]
    page = openpyxl.load_workbook(path)["Chương trình"]
    assert (page.page_setup.paperSize, page.print_title_rows) == (8, "$2:$2")
    assert page.column_dimensions[column(page, "Tên tiếng Anh")].hidden


@pytest.mark.parametrize("suffix", [".ods", ".xls"])
def test_a_scheme_in_another_kind_of_workbook_is_refused(suffix: str, tmp_path: Path) -> None:
    """It says to save it as .xlsx, not that it is no text."""
    path = tmp_path / f"scheme{suffix}"
    path.write_bytes(b"PK\x03\x04")
    assert "must be an .xlsx file" in one_fault(path)


def merged_name(book: Any) -> None:
    page = book["Groups"]
    page.delete_rows(3, 50)
    for row, cells in enumerate((("young women", "sex", "=", "F"), (None, "age", "<=", 40)), 3):
        for head, value in zip(("Group", "Column", "Relation", "Value"), cells, strict=True):
            page[f"{column(page, head)}{row}"].value = value
    page.merge_cells("A3:A4")
    book["Targets"]["D3"].value = book["Seats"]["E3"].value = "young women"


@pytest.mark.parametrize(
    ("change", "at", "expected"),
    [
        (put("Scheme", "First year", 0, "01/01/2021"), ("horizon", "first"), 2021),
        (put("Scheme", "Lot", 0, dt.datetime(2026, 1, 5)), ("lot",), 20260105),
        (put("Programmes", "Cost", 3, "-"), ("programmes", "degree", "cost"), None),
        (put("Targets", "Who", 3, "women; Women"), ("targets", "all", "who", "any"), ["women", "women"]),
        (merged_name, ("groups", "young_women", "age"), {"max": 40}),
        (cell("Targets", "A9", "Ghi chú: theo Đề án 05"), ("targets", "all", "share"), 0.8),
        (lambda book: book.create_sheet("Ghi chú riêng").append(["x"]), ("targets", "all", "share"), 0.8),
        (lambda book: book.create_sheet("Sheet1"), ("targets", "all", "share"), 0.8),
        (cell("Scheme", "A30", "Ghi chú của tôi"), ("horizon", "first"), 2021),
    ],
    ids=["date as text", "lot", "dash", "groups", "merged", "note row", "note sheet", "empty sheet", "note label"],
)
def test_ways_of_an_excel_user_are_read(
    change: Change, at: tuple[str, ...], expected: Any, book: Callable[..., Path]
) -> None:
    """Dates, dashes, several groups, merged cells, notes and empty sheets."""
    found: Any = load_scenario(book(change)).merged()
    for step in at:
        found = found.get(step)
    assert found == expected


def without(sheet: str) -> Change:
    def change(book: Any) -> None:
        del book[sheet]

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("Programmes", "Months", 3, dt.datetime(2026, 5, 1)), "cell H3: Months: the cell holds the date 01/05/2026"),
        (put("Seats", "At most each year", 3, 3), "cell G3: At most each year: an amount for every year and amounts by year"),
        (put("Scheme", "Roster", 0, None), "cell B11: no roster: fill the sheet 'Roster', name a file here"),
        (without("Programmes"), "the sheet 'Programmes' is missing or empty"),
        (without("Scheme"), "the sheet 'Scheme' is missing or empty"),
        (rows(("old", None, None, None, "age", "to", "<=35")), "cell G3: age: expected a number, found '<=35'"),
    ],
    ids=["date", "year", "roster", "programmes", "scheme", "age"],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(change: Change, expected: str, book: Callable[..., Path]) -> None:
    """Each at its cell, in words of the workbook."""
    assert any(expected in fault for fault in told(book(change)))


def test_people_may_stand_on_a_sheet_of_another_name(tmp_path: Path) -> None:
    """The sheet of reading says which; the name of the sheet does for the name of the roster's file, too."""
    path = export(small(tmp_path), tmp_path / "scheme.xlsx", with_roster=True)
    workbook = openpyxl.load_workbook(path)
    put("Scheme", "Roster", 0, "Roster")(workbook)
    workbook.save(path)
    assert len(load(path).cadres) == 3
    put("Scheme", "Roster", 0, None)(workbook)
    workbook["Roster"].title = "DS 2026"
    reading = ("What is said", "sheet"), ("As it stands on the roster", "DS 2026"), ("Meaning", "danh sách người")
    for head, value in reading:
        put("Reading the roster", head, 3, value)(workbook)
    workbook.save(path)
    assert len(load(path).cadres) == 3
