"""A source in one text or in two languages: told in the language spoken, assumed in either, whole on every way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from commands import ROOT
from small import one_fault, small
from test_annex import annex_rows
from test_words import ENGLISH, QUOTED

from planner.analysis.replanning.announced import with_announced
from planner.analysis.serialisation import as_data, from_data
from planner.analysis.statements import Statement, stated
from planner.inputs.exporting import export_excel, export_yaml
from planner.inputs.loading import load
from planner.inputs.scenario.loading import load_scenario
from planner.inputs.scenario.sources import is_assumed
from planner.inputs.warnings import warnings
from planner.library.personal_data.key_file import Key
from planner.library.personal_data.pseudonyms import scheme
from planner.messages import speaking
from planner.report.html.assumptions import assumptions, entries, source_cell
from planner.report.text.rules import rules_told
from planner.report.text.titles import source_told

BOTH = {"en": "III.2.a; assumed: the share", "vi": "Mục III.2.a; giả định: tỷ lệ"}
TARGET = {"who": {"agency": "office"}, "level": {"theory": "advanced"}, "share": 1.0}
SHIPPED = [
    *sorted((ROOT / "scenarios").rglob("*.yaml")),
    *sorted((ROOT / "planner" / "inputs" / "scenario").glob("template*/*.yaml")),
]
TEXTS = ("source", "title", "roster_source", "authority", "currency", "place")
"""Keys behind which a text stands that people read."""
REFERENCE = re.compile(r"(?:[IVX]+(\.\d+)*(\.[a-c])?|[a-c])(, ([IVX]+(\.\d+)*(\.[a-c])?|[a-c]))*")
"""Sections alone: they are told as such in both languages."""
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def texts(node: yaml.Node, at: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every text of a file for people: its place, and the text or the texts by language."""
    if isinstance(node, yaml.SequenceNode):
        for place, child in enumerate(node.value):
            yield from texts(child, (*at, str(place)))
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            if key.value in TEXTS:
                said = {each.value: text.value for each, text in child.value} if child.id == "mapping" else child.value
                yield ".".join((*at, key.value)), said
            else:
                yield from texts(child, (*at, key.value))


def english_alone(said: str | Mapping[str, str]) -> bool:
    """Whether a reader of Vietnamese would read English."""
    text = said if isinstance(said, str) else said.get("vi", "")
    if REFERENCE.fullmatch(text) or text == "assumed":
        return False
    decimal_point = re.search(r"(?<![\w.])\d+\.\d{1,2}(?![\d.])", text)
    return not VIETNAMESE.search(text) or bool(ENGLISH.search(QUOTED.sub(" ", text)) or decimal_point)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_shipped_scenario_speaks_english_alone(path: Path) -> None:
    """Every source, title, authority and currency has its Vietnamese; sections alone and `assumed` need one form."""
    found = list(texts(yaml.compose(path.read_text(encoding="utf-8"))))
    assert found
    assert [(at, said) for at, said in found if english_alone(said)] == []


@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("III.2.a", False),
        ("I.1.1, III.2.a, b", False),
        ("assumed", False),
        ("Đề án số 02-ĐA/HU", False),
        ({"en": "its demand lines", "vi": "nhu cầu đào tạo"}, False),
        ("III.2.a: its demand lines", True),
        ({"en": "Decree 101/2017"}, True),
        ({"en": "x", "vi": "Mục III.2.a: nhu cầu of the district"}, True),
        ({"en": "x", "vi": "làm tròn 33.6 thành 34"}, True),
    ],
)
def test_english_alone_is_found(said: Any, alone: bool) -> None:
    """What the test above looks for is found where it is."""
    assert english_alone(said) is alone


@pytest.mark.parametrize(
    ("source", "assumed"),
    [
        (BOTH, True),
        ({"en": "assumed: x", "vi": "Mục III"}, True),
        ({"en": "III", "vi": "Giả định: tỷ lệ"}, True),
        ({"en": "III", "vi": "Mục III"}, False),
        ("gia dinh: khong dau", True),
        ("gia\N{COMBINING HOOK ABOVE} đi\N{COMBINING DOT BELOW}nh", True),
        ("Điều kiện gia đình", False),
        ("unassumed", False),
        (None, False),
        ({}, False),
    ],
)
def test_assumed_is_known_in_each_language_of_a_source(source: Any, assumed: bool) -> None:
    """Either language may say it; a family (gia đình) is no assumption."""
    assert is_assumed(source) is assumed


@pytest.mark.parametrize(
    ("source", "english", "vietnamese"),
    [
        (BOTH, "III.2.a; assumed: the share", "Mục III.2.a; giả định: tỷ lệ"),
        ("III.2.a", "III.2.a", "Mục III.2.a"),
        ("II.2, III.1: x", "II.2, III.1: x", "Mục II.2, III.1: x"),
        ("V", "V", "V"),
        ("I.Nguyễn", "I.Nguyễn", "I.Nguyễn"),
        ("VII.3b", "VII.3b", "VII.3b"),
        ("assumed", "assumed", "giả định"),
        ({"vi": "Mục III"}, "Mục III", "Mục III"),
        ({"vi": "", "en": "III.2"}, "III.2", "Mục III.2"),
        (None, "", ""),
    ],
)
def test_a_source_is_told_in_the_language_spoken(source: Any, english: str, vietnamese: str) -> None:
    """One text in both languages as it is, but for `assumed` and for sections; of two texts the one spoken."""
    for name, expected in (("en", english), ("vi", vietnamese)):
        with speaking(name):
            assert source_told(source) == expected


def test_the_annex_tells_both_languages(tmp_path: Path) -> None:
    """Groups, targets, the roster, and what is deep inside; what one language assumes is marked in both."""
    half = {"en": "assumed", "vi": "Mục IV"}
    problem = load(
        small(
            tmp_path,
            source={"en": "Scheme 7", "vi": "Đề án 7"},
            roster_source={"en": "assumed: drawn", "vi": "số liệu dựng lại"},
            groups={"g": {"post": "staff", "source": half}},
            targets={"t": TARGET | {"source": BOTH}},
            programmes={"school": {"years": {"from": 2021, "source": {"en": "Decree", "vi": "Nghị định"}}}},
        )
    )
    for lang, place in (("en", 0), ("vi", 1)):
        assert annex_rows(problem, "targets", lang)[0][-1] == "≈ " + [*BOTH.values()][place]
        assert annex_rows(problem, "groups", lang)[0][-1] == "≈ " + ("assumed", "Mục IV")[place]
        rules = {row[0]: row[-1] for row in annex_rows(problem, "rules", lang)}
        assert rules[("The scheme", "Đề án")[place]] == ("Scheme 7", "Đề án 7")[place]
        assert rules[("Roster", "Danh sách cán bộ")[place]] == "≈ " + ("assumed: drawn", "số liệu dựng lại")[place]
        school = next(
            row
            for row in annex_rows(problem, "programmes", lang)
            if row[-1] != ("none stated", "không ghi nguồn")[place]
        )
        assert school[-1] == ("Decree", "Nghị định")[place]
        with speaking(lang):
            kinds = {(key, name): source_cell(entry).kind for key, name, entry in entries(problem)}
            assert len(assumptions(problem).rows) == len(kinds)
        assert kinds["roster_source", ""] == "assumed"
        assert kinds["groups", "g"] == "assumed"


@pytest.mark.parametrize(
    ("source", "warned"),
    [
        (BOTH, False),
        ("assumed", False),
        ({"en": "assumed"}, False),
        ({"en": "III", "vi": "Mục III"}, False),
        ({"en": "assumed: x", "vi": "Quyết định số 12"}, True),
        ({"en": "III", "vi": "giả định"}, True),
    ],
)
@pytest.mark.usefixtures("english")
def test_who_mends_one_language_is_told_of_the_other(source: Any, warned: bool, tmp_path: Path) -> None:
    """An entry that one language alone calls assumed counts as assumed, and `check` says where."""
    pins = {"forbid": [{"cadre": "A", "start": 2021, "source": source}]}
    problem = load(small(tmp_path, targets={"t": TARGET | {"source": source}}, roster_source=source, pins=pins))
    ids = [warning.id for warning in warnings(problem) if warning.key == "warning_assumed_in_one_language"]
    places = ["targets.t.source", "pins.forbid.0.source", "roster_source"]
    assert sorted(ids) == sorted(f"assumed_in_one_language:{at}" for at in places if warned)


def test_the_shipped_schemes_assume_the_same_in_both_languages() -> None:
    """No mark was lost in translation, or added."""
    for path in SHIPPED:
        found = [said for _, said in texts(yaml.compose(path.read_text(encoding="utf-8"))) if isinstance(said, dict)]
        assert [said for said in found if len({*map(is_assumed, said.values())}) > 1] == [], path


def test_a_rule_tells_its_source_in_the_language_of_who_reads_it(tmp_path: Path) -> None:
    """A statement keeps both texts: found in one language, it is told in the other."""
    pool = {"programmes": ["school"], "who": {"agency": "office"}, "per_year": {"max": 1}, "source": BOTH}
    problem = load(small(tmp_path, seats={"p": pool}))
    with speaking("en"):
        rule = stated(problem, ("seats", ("p", 2021)))
        (said,) = rules_told(problem, [rule])
        assert said.endswith(BOTH["en"])
    with speaking("vi"):
        (said,) = rules_told(problem, [rule])
        assert said.endswith(BOTH["vi"])
    assert len({rule, stated(problem, ("seats", ("p", 2021)))}) == 1
    kept = json.loads(json.dumps(as_data(rule)))
    assert from_data(Statement, kept) == rule
    assert from_data(Statement, {**kept, "source": "III.2"}).source == "III.2"  # of before


def test_an_overlay_says_one_language_or_all(tmp_path: Path) -> None:
    """Mappings merge: a language that is not said again stays; one text takes the place of both."""
    small(tmp_path, source=BOTH)
    for name, given, expected in (
        ("one.yaml", {"vi": "Mục IV"}, {**BOTH, "vi": "Mục IV"}),
        ("text.yaml", "IV", "IV"),
    ):
        (tmp_path / name).write_text(yaml.safe_dump({"extends": "scenario.yaml", "source": given}), encoding="utf-8")
        assert load_scenario(tmp_path / name).scenario.source == expected


RATE = {"event": "left", "rate": 0.1}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"source": 7}, "source: expected text or a mapping of en and vi to texts, found 7"),
        ({"source": ["III"]}, "source: expected text or a mapping of en and vi to texts"),
        ({"source": {"fr": "III"}}, "source.fr: unknown key 'fr'"),
        ({"groups": {"g": {"sex": "F", "source": 7}}}, "expected text or a mapping of en and vi to texts, found 7"),
        ({"groups": {"g": {"sex": "F", "source": {"fr": "III"}}}}, "unknown key 'fr'"),
        ({"risk": {"r": {**RATE, "source": ""}}}, "risk.r.source: must not be empty"),
        ({"risk": {"r": {**RATE, "source": {}}}}, "risk.r.source: must not be empty"),
        ({"risk": {"r": {**RATE, "source": {"en": "x", "vi": ""}}}}, "risk.r.source.vi: must not be empty"),
    ],
)
@pytest.mark.usefixtures("english")
def test_what_is_no_source_is_refused(given: dict[str, Any], expected: str, tmp_path: Path) -> None:
    """Neither text nor a text by language, or empty where a source must be: refused, in groups as well."""
    assert expected in one_fault(small(tmp_path, **given))


@pytest.mark.parametrize("source", ["assumed", {"vi": "giả định"}, {"en": "x", "vi": "y"}])
def test_a_rate_needs_one_language(source: Any, tmp_path: Path) -> None:
    """Any text that says something is enough."""
    assert load(small(tmp_path, risk={"r": {**RATE, "source": source}})).scenario.risk["r"].source == source


# --- the workbook ---------------------------------------------------------------------------------------------------


def everywhere(folder: Path) -> Path:
    """A scheme whose sources take each form at every kind of place."""
    return small(
        folder,
        source=BOTH,
        groups={"g": {"post": "staff", "source": BOTH}, "h": {"sex": "F", "source": "III"}},
        targets={"t": TARGET | {"source": "III.2.a"}, "u": TARGET | {"source": {"vi": "Mục III"}}},
        absence={"modes": ["full_time"], "bands": [{"away": 1, "source": BOTH}], "source": BOTH},
        programmes={"school": {"years": {"from": 2021, "source": BOTH}, "source": BOTH}},
        pins={"forbid": [{"cadre": "A", "start": 2021, "source": BOTH}], "source": BOTH},
        leave={"l": {"cadre": "B", "from": 2021, "to": 2021, "source": BOTH}},
        risk={"r": {**RATE, "source": BOTH}},
    )


@pytest.mark.parametrize("spoken", ["en", "vi"])
def test_sources_come_back_from_a_workbook(spoken: str, tmp_path: Path) -> None:
    """Each form at each place, through a workbook and back, as it was."""
    path = everywhere(tmp_path / "given")
    with speaking(spoken):
        export_excel(path, tmp_path / "there.xlsx")
    export_yaml(tmp_path / "there.xlsx", tmp_path / "back.yaml")
    one, other = load_scenario(path), load_scenario(tmp_path / "back.yaml")
    assert one.scenario == other.scenario
    assert one.merged()["groups"] == other.merged()["groups"]
    assert one.merged()["programmes"] == other.merged()["programmes"]


@pytest.mark.parametrize(
    ("spoken", "sheet", "kept", "gone"),
    [
        ("en", "Targets", "Source", "Source (Vietnamese)"),
        ("vi", "Mục tiêu", "Nguồn, căn cứ", "Nguồn, căn cứ bằng tiếng Anh"),
    ],
)
def test_one_column_of_sources_is_enough(spoken: str, sheet: str, kept: str, gone: str, tmp_path: Path) -> None:
    """A workbook of before, or of an office that needs one language, has one column: its text stands for both."""
    path = small(tmp_path / "given", targets={"t": TARGET | {"source": "Mục III"}})
    with speaking(spoken):
        export_excel(path, tmp_path / "one.xlsx")
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    headings = {cell.value: cell.column for cell in book[sheet][2]}
    assert book[sheet].cell(3, headings[kept]).value == "Mục III"
    book[sheet].delete_cols(headings[gone])
    book.save(tmp_path / "one.xlsx")
    assert load_scenario(tmp_path / "one.xlsx").scenario.targets["t"].source == "Mục III"


# --- what planner writes itself -------------------------------------------------------------------------------------


def test_names_leave_a_source_in_each_language(tmp_path: Path) -> None:
    """Pseudonyms stand in both texts of a source."""
    people: dict[str, dict[str, Any]] = {"K0017": {"name": "Trần Văn Ân"}, "K0018": {"name": "Lù Thị An"}}
    said = {"en": "asked by Trần Văn Ân", "vi": "theo đơn của Trần Văn Ân"}
    leave = {"l": {"cadre": "K0017", "from": 2021, "to": 2021, "source": said}}
    files = scheme(small(tmp_path, people, leave=leave), Key()).files
    told = yaml.safe_load(files["scenario.yaml"])["leave"]["l"]["source"]
    assert set(told) == {"en", "vi"}
    assert not any("Trần" in text or "K0017" in text for text in told.values())


@pytest.mark.parametrize("spoken", ["en", "vi"])
def test_a_pin_that_planner_sets_says_why_in_each_language(spoken: str, tmp_path: Path) -> None:
    """Whoever makes the plan again writes for readers of both languages, whichever is spoken meanwhile."""
    path = small(tmp_path, earlier="earlier.csv")
    (tmp_path / "earlier.csv").write_text("cadre,programme,start\nA,school,2021\n")
    with speaking(spoken):
        problem = with_announced(load(path), 2021).problem
    (pin,) = problem.scenario.pins.require
    assert pin.source == {"en": "announced", "vi": "đã công bố"}
    assert annex_rows(problem, "pins", "vi")[0][-1] == "đã công bố"
