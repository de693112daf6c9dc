"""The page in a real browser, opened from its file: lists that are searched, sorted and filtered, a phone, a print.

Run by `.ci/run`, or with `-m browser`; where there is no browser of the Chromium kind each is skipped, and says so.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from browser import browser, driven, printed
from small import small

from planner.inputs.loading import load
from planner.messages import speaking
from planner.plans.plan import Plan
from planner.report.html import plan_tables
from planner.report.html.page import report_page
from planner.solver import solve_problem

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser() is None, reason="no browser: apt-get install chromium, then pytest -m browser"),
]
MANY = 90  # starts: a list of several sheets
SIZE = 2e6  # a print is no larger [bytes]

PRINTING = """
  var before = doc.body.innerHTML;
  win.dispatchEvent(new win.Event("beforeprint"));
  var lines = Array.from(doc.querySelectorAll("table.paper tr")).map(function (row) { return row.textContent; });
  told.head = lines[0]; told.first = lines.slice(1, 4); told.lines = lines.length;
  told.links = doc.querySelectorAll("main a[href]").length;
  told.hidden = doc.getElementById("table-starts").parentNode.hidden;
  win.dispatchEvent(new win.Event("afterprint"));
  told.same = doc.body.innerHTML === before;
  var box = doc.getElementById("table-starts").parentNode.previousElementSibling.querySelector("input");
  box.value = "phong le"; box.dispatchEvent(new win.Event("input", {bubbles: true}));
  win.dispatchEvent(new win.Event("beforeprint"));
  told.chosen = Array.from(doc.querySelectorAll("table.paper td")).map(function (each) { return each.textContent; });
"""
LISTS = """
  var table = doc.getElementById("table-starts"), bar = table.parentNode.previousElementSibling;
  var box = bar.querySelector("input"), count = bar.querySelector("output");
  var shown = function (row) { return win.getComputedStyle(row).display !== "none"; };
  var rows = function () { return Array.from(table.tBodies[0].rows).filter(shown); };
  var cells = function (column) { return rows().map(function (row) { return row.cells[column].textContent; }); };
  var enter = function (field, text) {
    field.value = text;
    field.dispatchEvent(new win.Event("input", {bubbles: true}));
  };
  told.all = rows().length;
  enter(box, "phong le"); told.searched = cells(2); told.count = count.textContent;
  enter(box, "no such thing"); told.none = rows().length;
  enter(box, "");
  var pick = bar.querySelectorAll("select")[1];
  told.picks = Array.from(pick.options).map(function (each) { return each.value; });
  enter(pick, pick.options[1].value); told.filtered = Array.from(new Set(cells(1)));
  enter(pick, "");
  var heads = Array.from(table.tHead.rows[0].cells), finish = heads[2].querySelector("[role=button]");
  finish.click(); told.up = cells(2); told.sort = heads[2].getAttribute("aria-sort");
  finish.click(); told.down = cells(2);
  finish.dispatchEvent(new win.KeyboardEvent("keydown", {key: "Enter", bubbles: true})); told.key = cells(2);
  told.requests = win.performance.getEntriesByType("resource").map(function (entry) { return entry.name; });
  told.sticky = win.getComputedStyle(heads[0]).position;
"""
ALONE = """
  told.shown = Array.from(doc.querySelectorAll("article")).filter(function (each) {
    return win.getComputedStyle(each).display !== "none"; }).map(function (each) { return each.id; });
  told.articles = doc.querySelectorAll("article").length;
  told.top = doc.querySelector("article:target").getBoundingClientRect().top; told.room = win.innerHeight;
"""
PHONE = """
  told.wide = doc.documentElement.scrollWidth; told.room = win.innerWidth;
  var cell = doc.querySelector("#table-starts tbody td:nth-child(5)");
  told.label = win.getComputedStyle(cell, "::before").content;
  told.card = win.getComputedStyle(cell).display;
"""


def cadre(place: int) -> str:
    return f"Phòng Lê {place}" if place in (7, 70) else f"P{place}"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan by which ninety people of three offices go to the school, one of them with a hostile name."""
    folder = tmp_path_factory.mktemp("browser")
    people: dict[str, dict[str, Any]] = {cadre(place): {"agency": f"office{place % 3}"} for place in range(MANY)}
    scheme = {
        "targets": {"all": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}},
        "seats": {"school": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": MANY // 3}},
        "programmes": {"school": {"open": False}, "evening": {"open": False}},
        "title": "<img src=http://127.0.0.1:9/x onerror=alert(1)>",
    }
    plan = solve_problem(load(small(folder, people, None, **scheme)))
    assert len(plan.assignments) == MANY
    return plan


@pytest.fixture(scope="module")
def page(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the plan."""
    return written(plan, tmp_path_factory.mktemp("page"))


@pytest.fixture
def long_page(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page of the plan, its list being a long one."""
    monkeypatch.setattr(plan_tables, "LONG_ON_PAPER", MANY - 1)
    return written(plan, tmp_path)


def written(plan: Plan, folder: Path) -> Path:
    """The page of a plan as a file, in English."""
    path = folder / "report.html"
    with speaking("en"):
        path.write_text(report_page(plan), encoding="utf-8")
    return path


def test_lists_are_searched_filtered_and_sorted(page: Path) -> None:
    """Without accents, by what a column holds, up and down, by mouse and by key; no word of the console, no request."""
    seen = driven(page, LISTS)
    told = seen.told
    assert told.get("error") is None
    assert (told["all"], told["none"], told["requests"], told["sticky"]) == (MANY, 0, [], "sticky")
    assert sorted(told["searched"]) == ["Phòng Lê 7", "Phòng Lê 70"]
    assert told["count"] == f"2 / {MANY}"
    assert told["picks"] == ["", "=office0", "=office1", "=office2"]
    assert told["filtered"] == ["office0"]
    assert told["sort"] == "ascending"
    assert told["up"][:3] == ["P0", "P1", "P2"]  # by number, as people count
    assert told["up"] == told["key"] == told["down"][::-1]
    assert seen.console == []


def test_what_the_policy_forbids_is_heard(page: Path) -> None:
    """The test's own ear: a foreign script does not run, a foreign picture is not fetched, and both are heard."""
    bad = page.with_name("bad.html")
    text = page.read_text(encoding="utf-8")
    foreign = '<script>document.title = "taken"</script><img src="http://127.0.0.1:9/x">'
    bad.write_text(text.replace("<footer>", foreign + "<footer>"), encoding="utf-8")
    seen = driven(bad, "told.title = doc.title;")
    assert "taken" not in seen.told["title"]
    assert len(seen.console) == 2
    assert all("Content Security Policy" in line for line in seen.console)


def test_a_link_to_a_person_shows_that_person_alone(page: Path) -> None:
    """The place of one person at the fragment is shown and in view, the others are not shown."""
    told = driven(page, ALONE, "#p-8").told
    assert told["shown"] == ["p-8"]
    assert told["articles"] > MANY
    assert 0 <= told["top"] < told["room"] / 2


def test_on_a_phone_rows_are_cards(page: Path) -> None:
    """390 wide nothing is cut off at the side, and each cell says which column it is of."""
    told = driven(page, PHONE, width=390).told
    assert told["wide"] <= told["room"]
    assert (told["label"], told["card"]) == ('"Programme: "', "block")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: apt-get install poppler-utils")
def test_a_print_has_everybody_and_repeats_its_headings(page: Path) -> None:
    """The list goes over several sheets; each begins with its headings, everybody is there, and the file is small."""
    target = printed(page)
    assert target.stat().st_size <= SIZE
    command = ["pdftotext", "-layout", str(target), "-"]
    sheets = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout.split("\f")
    listed = [sheet for sheet in sheets if sum(f" P{place} " in sheet for place in range(MANY)) > 5]
    assert len(listed) > 1
    assert all("Programme" in sheet and "Reason" in sheet for sheet in listed)
    words = set("\n".join(sheets).split())
    assert [cadre(place) for place in range(MANY) if cadre(place).split()[-1] not in words] == []


def test_a_long_list_is_printed_with_a_text_for_each_row(long_page: Path) -> None:
    """Headings by year and office, below each a line a row; a reader's choice is printed; after it all is as before."""
    told = driven(long_page, PRINTING).told
    assert told.get("error") is None
    assert told["head"] == "Code · Post\tProgramme · Mode · Until · Approved by · Reason"
    assert told["first"][0].endswith(" · office0")
    assert told["first"][1].startswith("P0 · staff\tschool · Full time · ")
    assert told["lines"] == 1 + MANY + 9  # the headings of three years and three offices each
    assert (told["links"], told["hidden"], told["same"]) == (0, True, True)
    assert sorted(line.partition(" · ")[0] for line in told["chosen"]) == ["Phòng Lê 7", "Phòng Lê 70"]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: apt-get install poppler-utils")
def test_a_tagged_print_of_a_long_list_is_small(page: Path, long_page: Path) -> None:
    """Of each row two objects are left, of nine and more; everybody is there, each sheet begins with the headings."""
    whole, short = (printed(each).read_bytes().count(b"/StructElem") for each in (page, long_page))
    assert short > 2 * MANY
    assert whole - short > 7 * MANY
    command = ["pdftotext", "-layout", str(long_page.with_suffix(".pdf")), "-"]
    sheets = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout.split("\f")
    listed = [sheet for sheet in sheets if sum(f"P{place} ·" in sheet for place in range(MANY)) > 5]
    assert len(listed) > 1
    assert all("Programme · Mode" in sheet for sheet in listed)
    words = set("\n".join(sheets).split())
    assert [cadre(place) for place in range(MANY) if cadre(place).split()[-1] not in words] == []
