"""The page's people: everybody can be found, offices and persons lead to each other, and nothing needs the script."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from small import small
from test_page import ModelTables

from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.messages import LANGUAGES, speaking
from planner.plans.binding_limits import binding_limits
from planner.plans.level_flow import level_flow
from planner.plans.monthly_load import monthly_load, without_month
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.report.html.document import report
from planner.report.html.labels import css_text
from planner.report.html.page import report_page
from planner.solver import solve_problem

PEOPLE: dict[str, Any] = {
    "A": {},
    "B": {"sex": "M", "agency": "hall"},
    "C": {"theory": "", "agency": "hall"},
    "D": {"theory": "advanced", "administration": "senior", "education": "master"},
    "E": {"studying": "degree", "studying_until": 2022},
}
SCHEME: dict[str, Any] = {
    "targets": {"theory": {"who": {"sex": ["F", "M"]}, "level": {"theory": "advanced"}, "share": 1.0}},
    "seats": {"school": {"programmes": ["school"], "who": {"birth_year": 1985}, "per_year": 1, "total": 2}},
    "programmes": {
        "school": {"begins": 9, "cost": 40, "open": False},
        "evening": {"open": False, "cost": 0},
        "degree": {"open": False},
    },
    "absence": {"modes": ["full_time"], "bands": [{"away": 1}]},
    "budget": {"per_year": 60},
    "goals": ["attainment", "starts", "early", "lot"],
}
AGENCIES = {"office": 10, "hall": 5, "empty": 3}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Five people of two offices; two of three who need the school find a seat."""
    folder = tmp_path_factory.mktemp("people")
    return solve_problem(load(small(folder, PEOPLE, AGENCIES, **SCHEME)))


@pytest.fixture(scope="module")
def page(plan: Plan) -> str:
    with speaking("en"):
        return report_page(plan)


def article(page: str, place: str) -> str:
    """What stands at a place, tags left out."""
    found = re.search(rf'<article id="{place}">.*?</article>', page, re.DOTALL)
    assert found, place
    return " ".join(re.sub("<[^>]*>", " ", found[0]).split())


# --- persons and offices --------------------------------------------------------------------------------------------


def test_everybody_has_a_place(plan: Plan, page: str) -> None:
    """Each cadre and each agency is a place of its own; who has nothing else to be said is a row of the list of all."""
    places = re.findall(r'<(article|tr) id="([po]-\d+)"', page)
    assert sorted(place for _, place in places) == [*(f"o-{n}" for n in (1, 2, 3)), *(f"p-{n}" for n in range(1, 6))]
    assert [place for tag, place in places if tag == "tr"] == ["p-3", "p-4"]  # of unknown level, and with every level
    assert [row[0] for row in ModelTables(page).body("everybody")] == list(plan.problem.cadres["cadre"])


def test_persons_and_offices_lead_to_each_other(plan: Plan, page: str) -> None:
    """A person's place leads to the office, the office's calendar to each person who studies."""
    offices = {name: f"o-{row + 1}" for row, name in enumerate(plan.problem.agencies["agency"])}
    for row, agency in enumerate(plan.problem.cadres["agency"]):
        person = re.search(rf'<article id="p-{row + 1}">.*?</article>', page, re.DOTALL)
        if person:
            office = re.search(rf'<article id="{offices[agency]}">.*?</article>', page, re.DOTALL)
            assert f'href="#{offices[agency]}"' in person[0]
            assert ('href="#p-' in person[0]) is False
            assert office
            studies = "<ol>" in person[0]
            assert (f'href="#p-{row + 1}"' in office[0]) == studies
    assert "Nobody of this office studies." in article(page, offices["empty"])


def test_a_path_tells_studies_levels_and_reasons(plan: Plan, page: str) -> None:
    """A start stands with its year, programme and reason, levels before and after; study under way as such."""
    sent = set(plan.assignments["cadre"])
    row = plan.assignments.iloc[0]
    told = article(page, f"p-{list(plan.problem.cadres['cadre']).index(row['cadre']) + 1}")
    assert f"{row['start']}–{row['finish']} school (Full time) For the targets: theory" in told
    assert "political theory: intermediate political theory → advanced political theory" in told
    assert "until 2022 degree (In service) Begun before the plan" in article(page, "p-5")
    (waits,) = {"A", "B", "E"} - sent
    assert "Waits for: theory" in article(page, f"p-{list('ABCDE').index(waits) + 1}")


def test_the_calendar_marks_a_year_at_the_limit(plan: Plan, page: str) -> None:
    """An office says its headcount, those on the roster and its limit."""
    names = list(plan.problem.agencies["agency"])
    assert "Headcount 10; on the roster 3 cadres. At most 1 away at once." in article(
        page, f"o-{names.index('office') + 1}"
    )


# --- figures --------------------------------------------------------------------------------------------------------


def test_levels_flow_from_before_to_after(plan: Plan) -> None:
    """Each cadre counts once on each ladder; unknown levels stay apart; study under way and the plan move people."""
    table = level_flow(plan)
    assert set(table.groupby("ladder")["cadres"].sum()) == {5}
    rows = {(row.ladder, row.before, row.after): row.cadres for row in table.itertuples()}
    assert rows["theory", "", ""] == 1
    assert rows["theory", "intermediate", "advanced"] == 2
    assert rows["theory", "intermediate", "intermediate"] == 1
    assert rows["education", "bachelor", "master"] == 1  # E, by current study


def test_months_count_from_the_month_of_the_beginning(plan: Plan, page: str) -> None:
    """Eight months from September end in April; what has no month is left out, and counted."""
    table = monthly_load(plan)
    away = {(row.year, row.month): row.away for row in table.itertuples()}
    for year in plan.assignments["start"]:
        assert [away[year, month] for month in (9, 12)] == [1, 1]
        assert away[year + 1, 4] == 1
    assert away[int(plan.assignments["start"].min()), 8] == 0
    assert table["away"].sum() == 8 * len(plan.assignments)
    assert without_month(plan) == 0
    assert len(ModelTables(page).body("months")) == table["year"].nunique()


def test_without_months_there_is_no_table_of_months(tmp_path: Path) -> None:
    """A scenario that says no month has no such table, and its full-time starts are counted as left out."""
    programmes = {**SCHEME["programmes"], "school": {"open": False}}
    plan = solve_problem(load(small(tmp_path, PEOPLE, AGENCIES, **{**SCHEME, "programmes": programmes})))
    assert monthly_load(plan).empty
    assert without_month(plan) == len(plan.assignments) == 2
    page = report_page(plan)
    assert "table-months" not in page
    assert "table-costs" not in page  # nothing costs anything


def test_limits_that_are_used_up(plan: Plan) -> None:
    """A pool at its seats of a year and of the horizon, a year whose budget pays for no second start: at the bound."""
    table = binding_limits(plan).set_index("kind")
    years = tuple(sorted(plan.assignments["start"]))
    assert table.loc["seats", ["years", "used", "allowed"]].tolist() == [years, 2, 2]
    assert table.loc["total", ["used", "allowed"]].tolist() == [2, 2]
    assert table.loc["budget", ["years", "used", "allowed"]].tolist() == [years, 80.0, 120.0]


def test_a_limit_with_room_does_not_bind(tmp_path: Path) -> None:
    """One seat, one place and one cost more than are used: nothing binds."""
    seats = {"school": {**SCHEME["seats"]["school"], "per_year": 4, "total": 4}}
    wide = {
        **SCHEME,
        "seats": seats,
        "budget": {"per_year": 160},
        "absence": {"modes": ["full_time"], "bands": [{"away": 4}]},
    }
    assert binding_limits(solve_problem(load(small(tmp_path, PEOPLE, AGENCIES, **wide)))).empty


@pytest.mark.parametrize(
    ("currency", "said"), [(None, "in the unit of the scenario"), ({"en": "million VND"}, "million VND")]
)
def test_costs_are_told_in_the_unit_of_the_scheme(tmp_path: Path, currency: Any, said: str) -> None:
    """Costs by programme and year, their sums, the budget and what is left; the unit is the scenario's."""
    plan = solve_problem(load(small(tmp_path, PEOPLE, AGENCIES, **SCHEME, currency=currency)))
    with speaking("en"):
        tables = ModelTables(report_page(plan))
    (school, total, budget, left) = tables.body("costs")
    assert school[0] == "school"
    assert school[-1] == total[-1] == "80"
    assert [int(a) - int(b) for a, b in zip(budget[1:], total[1:], strict=True)] == [int(cell) for cell in left[1:]]
    assert said in "".join(tables.text)


def test_an_invented_roster_is_said_first(tmp_path: Path) -> None:
    """The first page says of a roster that is assumed that these are no real people; of any other it says nothing."""
    for source, said in (("assumed: drawn", True), ("the office's list", False)):
        plan = solve_problem(load(small(tmp_path / source[:3], PEOPLE, AGENCIES, **SCHEME, roster_source=source)))
        with speaking("en"):
            head = report_page(plan).partition("</header>")[0]
        assert ("These are no real people" in head) is said


# --- the script, the policy, the style ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_lets_the_script_run_and_no_other(plan: Plan, language: str) -> None:
    """The policy names the digest of the script as it stands in the page; nothing may be loaded."""
    with speaking(language):
        page = report_page(plan)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")
    assert f"'sha256-{digest}'" in policy[1].replace("&#39;", "'").replace("&#43;", "+")
    assert not re.search(r"fetch|XMLHttp|WebSocket|innerHTML|eval|import\(|document\.write", script)


def test_without_the_script_everything_is_there(page: str) -> None:
    """Nothing is hidden but by the class that the script sets, where scripts run, or on paper, and what is said of the
    print alone; no list is empty.
    """
    style = page.partition("<style>")[2].partition("</style>")[0]
    with_scripts = re.compile(r"@media screen and \(scripting: enabled\) \{\s*article \{ display: none; \}[^}]*\}")
    assert with_scripts.search(style)
    screen = with_scripts.sub("", style).partition("@media print")[0]
    hiding = re.findall(r"([^{}]*)\{[^{}]*display: none", screen)
    assert {rule.strip() for rule in hiding} == {"[hidden]", ".js article", ".paper"}
    assert " hidden" not in page.partition("</style>")[2].partition("<script>")[0].replace("hidden=", " hidden")
    assert all(ModelTables(page).body(name) for name in ("starts", "everybody"))


def test_headings_in_styles_are_never_styles() -> None:
    """On a narrow screen headings stand in the style: no quote, brace or bracket of them is one."""
    assert re.fullmatch(r"[\w \\]*", css_text('x"; } </style><script>{{1}}'))
    assert css_text("Cấp huyện 2021") == "Cấp huyện 2021"


# --- a page for each part -------------------------------------------------------------------------------------------


def test_a_page_for_each_part_of_the_roster(plan: Plan, tmp_path: Path) -> None:
    """Everybody stands on the page of their part; every link between the pages leads somewhere."""
    with speaking("en"):
        index = report(plan, tmp_path / "pages", by="agency")
    pages = {path.name: path.read_text(encoding="utf-8") for path in index.parent.iterdir()}
    assert index.name == "index.html"
    assert sorted(pages) == ["index.html", "part-1.html", "part-2.html"]
    places = {name: set(re.findall(r' id="([^"]+)"', text)) for name, text in pages.items()}
    for name, text in pages.items():
        for link in re.findall(r'href="([^"]+)"', text):
            file, _, place = link.partition("#")
            assert not place or place in places[file or name], (name, link)
            assert file in ("", *pages)
    found = [place for text in places.values() for place in text if re.fullmatch(r"[po]-\d+", place)]
    assert sorted(found) == [*(f"o-{n}" for n in (1, 2, 3)), *(f"p-{n}" for n in range(1, 6))]
    rows = ModelTables(pages["index.html"]).body("blocks")
    assert [sum(int(row[column]) for row in rows) for column in (2, 3)] == [5, len(plan.assignments)]


def test_a_column_that_is_not_there_is_refused(plan: Plan, tmp_path: Path) -> None:
    """The message names the column and what it may have meant; nothing is written."""
    with pytest.raises(InputError, match=r"agancy.*agency"):
        report(plan, tmp_path / "pages", by="agancy")
    assert not (tmp_path / "pages").exists()


@pytest.mark.long
def test_answers_stand_with_the_person(tmp_path: Path) -> None:
    """With the answers kept in the run, a person's place says what it would cost to send them."""
    folder = tmp_path / "run"
    write_run(solve_problem(load(small(tmp_path / "scheme", PEOPLE, AGENCIES, **SCHEME))), folder)
    with speaking("en"):
        page = report(folder, answers=True).read_text(encoding="utf-8")
    own = read_run(folder).plan()
    (waits,) = {"A", "B", "E"} - set(own.assignments["cadre"])
    assert "If sent to school:" in article(page, f"p-{list('ABCDE').index(waits) + 1}")
