"""The report page: one file that stands alone, whose figures are the run's, in which data is never markup."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small import small

import planner.report.html.page as page_module
from planner.inputs.loading import load
from planner.messages import LANGUAGES, catalogue, speaking
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.report.html import plan_tables
from planner.report.html.assumptions import entries, is_assumed
from planner.report.html.cells import cells
from planner.report.html.page import report_page, write_report
from planner.report.html.places import places_of
from planner.report.html.plan_tables import LONG_ON_PAPER, Cell, Grid, number, share, verdict_of
from planner.solver import solve_problem

OFFICE = {"agency": "office"}
SCHEME: dict[str, Any] = {
    "source": "Scheme 7",
    "targets": {
        "theory": {"who": OFFICE, "level": {"theory": "advanced"}, "share": 1.0, "source": "III.2"},
        "master": {"who": OFFICE, "level": {"education": "master"}, "at_least": 3, "source": "assumed: the number"},
    },
    "seats": {
        "school": {"programmes": ["school"], "who": OFFICE, "per_year": {"min": 1, "max": 1}, "total": 2, "source": "V"}
    },
    "absence": {"modes": ["full_time"], "bands": [{"up_to": 9, "away": 1}, {"away": 2}], "source": "II.3"},
    "priority": {"women": {"who": {"sex": "F"}, "points": 3, "title": {"en": "Women", "vi": "Cán bộ nữ"}}},
    "goals": ["attainment", "seat_floors", "priority", "early", "lot"],
}
PEOPLE = {"A": {}, "B": {"sex": "M"}, "C": {"education": "none", "theory": ""}}


class ModelTables(HTMLParser):
    """Every table of a page: id -> rows of cells, a cell being its exact value or its text; every tag; all text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[list[str]]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self._rows: list[list[str]] | None = None
        self._cell: list[str] | None = None
        self._exact: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append((tag, values))
        if tag == "table":
            self._rows = self.found.setdefault(str(values["id"]).removeprefix("table-"), [])
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th"):
            self._cell, self._exact = [], values.get("data-value")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self._rows:
            self._rows[-1].append(self._exact or "".join(self._cell))
            self._cell = None
        elif tag == "table":
            self._rows = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._cell is not None:
            self._cell.append(data)

    def body(self, name: str) -> list[list[str]]:
        return self.found[name][1:]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of a small plan with a missed, a reached and an unknown target."""
    folder = tmp_path_factory.mktemp("page")
    write_run(solve_problem(load(small(folder / "scenario", PEOPLE, **SCHEME))), folder / "run")
    return folder / "run"


@pytest.fixture(scope="module")
def plan(run: Path) -> Plan:
    return read_run(run).plan()


@pytest.fixture(scope="module")
def page(run: Path, plan: Plan) -> str:
    with speaking("en"):
        return report_page(plan, read_run(run).manifest)


def csv(run: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(run / f"{name}.csv", dtype=str, na_filter=False)


# --- the figures ----------------------------------------------------------------------------------------------------


def test_targets_agree_with_the_run(run: Path, page: str) -> None:
    """The figures are those of attainment.csv; the shortfall is told in two parts."""
    columns = ["target", "members", "unknown", "required", "already", "attained", "shortfall"]
    rows = ModelTables(page).body("targets")
    shown = [[*row[:6], str(int(row[6]) + int(row[7]))] for row in rows]
    assert shown == csv(run, "attainment")[columns].to_numpy().tolist()
    assert all(int(row[7]) <= int(row[2]) for row in rows)
    assert sum(int(row[7]) for row in rows) > 0  # somebody's level is unknown


def test_seats_agree_with_the_run(run: Path, page: str) -> None:
    """The starts of each pool and year and those below the minimum are those of seats.csv."""
    seats = csv(run, "seats").astype({"starts": int, "below_min": int})
    for row in ModelTables(page).body("seats"):
        own = seats[seats["pool"] == row[0]]
        assert [int(cell) for cell in row[2:-3]] == own["starts"].tolist()
        assert (int(row[-3]), int(row[-1])) == (own["starts"].sum(), own["below_min"].sum())


def test_absence_agrees_with_the_run(run: Path, page: str) -> None:
    """Headcount, limit and those away in each year are those of absence.csv."""
    absence = csv(run, "absence")
    for agency, headcount, limit, *away in ModelTables(page).body("absence"):
        own = absence[absence["agency"] == agency]
        assert {headcount} == set(own["headcount"])
        assert {limit.replace("–", "")} == set(own["limit"])
        assert away == own["away"].tolist()


def test_the_lists_agree_with_the_assignments(run: Path, page: str) -> None:
    """The list of starts is assignments.csv, by year."""
    shown = ModelTables(page).body("starts")
    found = [(row[2], row[1], row[0], row[6]) for row in shown]
    assert [row[0] for row in shown] == sorted(row[0] for row in shown)
    columns = ["cadre", "agency", "start", "finish"]
    assert sorted(found) == sorted(csv(run, "assignments")[columns].itertuples(index=False, name=None))


def test_who_is_never_away_is_not_printed(tmp_path: Path) -> None:
    """The row of the agency from which nobody is away is on the screen alone, that of the other is not; it is said."""
    people = {"A": {"agency": "office"}, "B": {"agency": "hall"}}
    required = {"require": [{"cadre": "A", "programme": "school", "start": 2021}]}
    absence = {"modes": ["full_time"], "bands": [{"up_to": 9, "away": 2}]}
    scheme = small(tmp_path, people, {"office": 5, "hall": 5}, pins=required, absence=absence, goals=["starts", "lot"])
    plan = solve_problem(load(scheme))
    assert plan.absence.groupby("agency")["away"].sum().to_dict() == {"hall": 0, "office": 1}
    grid = plan_tables.absence(plan, places_of(plan.problem))
    assert [grid.rows[place][0].text for place in grid.off_paper] == ["hall"]
    with speaking("en"):
        page = report_page(plan)
    rows = page.partition('id="table-absence"')[2].partition("</table>")[0]
    assert re.findall(r'<tr class="screen"><th[^>]*><a[^>]*>(\w+)', rows) == ["hall"]
    assert "In print: 1 agency that has somebody away" in page


@pytest.mark.parametrize(("rows", "paper"), [(LONG_ON_PAPER, ""), (LONG_ON_PAPER + 1, "0|1 2")])
def test_a_long_list_says_how_it_stands_on_paper(rows: int, paper: str) -> None:
    """At the bound a list is printed as it is, one row past it with few columns."""
    grid = Grid("g", "", ["a", "b", "c"], [[Cell("x")] * 3] * rows, on_paper=((0,), (1, 2)))
    assert grid.paper == paper


def test_cells_are_escaped_and_say_what_they_are() -> None:
    """Text, link and exact value are escaped; a heading is one, a long one may break; what is exact is a number."""
    row = [Cell("<b>" + "x" * 20), Cell("1 000", exact="1000"), Cell("&", "bad", link='#"'), Cell("5", "number", "5")]
    assert cells(row, 1) == (
        f'<th scope=row class="long">&lt;b&gt;{"x" * 20}</th><td class="number" data-value="1000">1 000</td>'
        '<td class="bad"><a href="#&#34;">&amp;</a></td><td class="number">5</td>'
    )


def test_yearly_sums_agree_with_the_assignments(run: Path, page: str) -> None:
    """Starts, cadres and modes of each year are counted from assignments.csv."""
    chosen = csv(run, "assignments")
    for year, starts, cadres, *modes in ModelTables(page).body("yearly"):
        own = chosen[chosen["start"] == year]
        assert (int(starts), int(cadres)) == (len(own), own["cadre"].nunique())
        assert [int(mode) for mode in modes] == [
            (own["mode"] == mode).sum() for mode in ("full_time", "in_service", "short")
        ]


def test_goals_agree_with_the_run(run: Path, page: str) -> None:
    """Values and bounds on the page are those of goals.csv, in the same rank."""
    goals = csv(run, "goals")
    shown = ModelTables(page).body("goals")
    assert [row[3] for row in shown] == goals["value"].tolist()
    assert [row[4] for row in shown] == goals["bound"].tolist()
    assert [row[0] for row in shown] == [str(rank) for rank in range(1, len(goals) + 1)]


def test_both_languages_show_the_same_figures(plan: Plan, page: str) -> None:
    """The Vietnamese page is in Vietnamese and holds the same numbers."""
    with speaking("vi"):
        other = report_page(plan)
    assert '<html lang="en">' in page
    assert '<html lang="vi">' in other
    assert "Điều đã được chứng minh" in other
    mine, theirs = ModelTables(page), ModelTables(other)
    for name in ("targets", "seats", "absence", "priority", "yearly", "goals"):
        figures = [
            [[cell for cell in row if re.fullmatch(r"[\d.]+", cell)] for row in t.body(name)] for t in (mine, theirs)
        ]
        assert figures[0] == figures[1], name


def test_numbers_are_written_the_way_of_the_language() -> None:
    """Thousands stand apart; decimals have a point in English, a comma in Vietnamese; nothing is a dash."""
    with speaking("vi"):
        assert (number(12032.5).text, share(0.3546).text, number(None).text) == ("12.032,5", "35,5\xa0%", "–")
    with speaking("en"):
        assert (number(12032.5).text, share(0.3546).text, share(float("nan")).text) == ("12\xa0032.5", "35.5\xa0%", "–")


@pytest.mark.parametrize(
    ("shortfall", "unknown", "verdict"),
    [(0, 0, "good"), (0, 5, "good"), (3, 3, "unknown"), (3, 2, "bad"), (1, 0, "bad")],
)
def test_a_target_is_missed_only_if_the_unknown_could_not_reach_it(shortfall: int, unknown: int, verdict: str) -> None:
    """Reached, missed, or not to be told: members of unknown level may be as many as are short."""
    assert verdict_of(shortfall, unknown) == verdict
    assert verdict_of(shortfall, unknown, members=0) == "none"


def words_of(page: str) -> str:
    return " ".join("".join(ModelTables(page).text).split())


VERSION_2: dict[str, Any] = {
    "targets": SCHEME["targets"] | {"nobody": {"who": {"agency": "moon"}, "level": {"theory": "advanced"}, "share": 1}},
    "seats": {
        "school": {
            "programmes": ["school"],
            "who": OFFICE,
            "per_year": {2021: {"min": 1, "max": 2}, 2022: {"min": 1, "max": 2}, 2023: 1},
            "total": {"min": 3, "max": 4},
        }
    },
    "shares": {"men": {"who": {"sex": "M"}, "min": 0.5, "title": "Men sent"}},
    "leave": {"long": {"cadre": "B", "from": 2022, "to": 2022, "away": True}},
    "study_load": {"starts_per_cadre": 2},
    "as_of": 2021,
    "history": "history.csv",
    "retirement": "retirement.csv",
    "approval": {"law": {"authority": "Office", "years": {"from": 2022, "to": 2024}}},
    "goals": [{"attainment": ["theory"]}, "attainment", "seat_floors", "shares", "early", "lot"],
}


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of a plan that uses what the contract's second version says."""
    folder = tmp_path_factory.mktemp("second")
    (folder / "history.csv").write_text(
        "cadre,agency,programme,start,finish,pools,shares,of_group\nZ,office,school,2019,2019,school,men,men\n"
    )
    (folder / "retirement.csv").write_text("sex,birth_year,retires\nF,1985,2041\n")
    write_run(solve_problem(load(small(folder, PEOPLE, **VERSION_2))), folder / "run")
    return folder / "run"


@pytest.fixture(scope="module")
def second_page(second: Path) -> str:
    with speaking("en"):
        return report_page(read_run(second).plan(), read_run(second).manifest)


def test_totals_and_shares_agree_with_the_run(second: Path, second_page: str) -> None:
    """The tables of the whole period and of the shares hold totals.csv and shares.csv."""
    tables = ModelTables(second_page)
    (total,) = csv(second, "totals").to_dict("records")
    (row,) = tables.body("totals")
    assert [row[1], row[2], row[4], row[5]] == [total[name] for name in ("min", "max", "starts", "below_min")]
    assert row[3] == "1"  # begun before
    (share,) = csv(second, "shares").to_dict("records")
    (row,) = tables.body("shares")
    assert row[:3] == ["Men sent", "all years", "0.5"]
    assert [row[3], row[4], row[6], row[7]] == [share[n] for n in ("starts", "of_group", "required", "shortfall")]


def test_limits_by_year_stand_by_year(second_page: str) -> None:
    """What a pool may have is told for each year; years in a row with the same limits together."""
    (row,) = ModelTables(second_page).body("seats")
    assert row[1] == "2021–2022: 1–2; 2023: 0–1; 2024: no seats"


def test_a_target_without_members_is_not_reached_on_the_page(second: Path, second_page: str) -> None:
    """Its verdict is "without members", and the card counts it neither reached nor to be reached."""
    verdicts = {row[0]: row[-1] for row in ModelTables(second_page).body("targets")}
    assert verdicts["nobody"] == "without members"
    reached = sum(verdict == "reached" for verdict in verdicts.values())
    missed = sum(verdict == "missed" for verdict in verdicts.values())
    assert f"{reached}/{reached + missed}" in second_page
    assert "Without members: 1." in words_of(second_page)


def test_new_entries_stand_in_sentences(second_page: str) -> None:
    """Leave, shares, history and study load are told in words; no entry as it was written."""
    tables = ModelTables(second_page)
    rules = {row[0]: row[1] for row in tables.body("annex-rules")}
    assert any("1 start before 2021 counts in the limits of the whole period" in text for text in rules.values())
    assert tables.body("annex-leave")[0][:2] == ["B", "2022"]
    assert tables.body("annex-shares")[0][0] == "Men sent"
    sections = {(row[0], row[1]) for row in tables.body("assumptions")}
    assert {("leave", "long"), ("shares", "Men sent (men)"), ("history", "–"), ("study load", "–")} <= sections
    assert not any("{" in cell for row in tables.body("assumptions") for cell in row)


def test_sections_of_the_scenario_have_names(second: Path) -> None:
    """In Vietnamese no section of the assumptions is called by its key."""
    with speaking("vi"):
        rows = ModelTables(report_page(read_run(second).plan())).body("assumptions")
    assert [row[0] for row in rows if re.fullmatch("[a-z_]+", row[0])] == []


def test_what_is_beyond_need_stands_on_the_page(tmp_path: Path) -> None:
    """Starts that serve nothing are named by seats, programme and year; without them there is no such table."""
    target = {"t": {"who": OFFICE, "level": {"theory": "advanced"}, "at_least": 1}}
    seats = {"school": {"programmes": ["school"], "who": OFFICE, "title": "Schools"}}
    programmes: dict[str, Any] = dict.fromkeys(("degree", "basics", "evening", "course", "further"))
    points = {"all": {"who": OFFICE, "points": 1}}
    given = {"targets": target, "seats": seats, "priority": points, "programmes": programmes, "horizon": {"last": 2021}}
    with speaking("en"):
        waste = report_page(solve_problem(load(small(tmp_path / "a", goals=["priority", "lot"], **given))))
        sound = report_page(solve_problem(load(small(tmp_path / "b", goals=["attainment", "starts", "lot"], **given))))
    assert ModelTables(waste).body("beyond") == [["Schools", "school", "3", "3"]]
    assert "3 starts are beyond need" in words_of(waste)
    assert "beyond" not in ModelTables(sound).found
    assert "No start is beyond need" in words_of(sound)


# --- assumptions ----------------------------------------------------------------------------------------------------


def test_every_entry_stands_with_its_source(plan: Plan, page: str) -> None:
    """Each entry of the scenario is on the page, with its source; assumed ones and silent ones are marked."""
    rows = ModelTables(page).body("assumptions")
    assert len(rows) == len(list(entries(plan.problem)))
    sources = {(row[0], row[1]): row[2] for row in rows}
    assert sources["targets", "theory"] == "III.2"
    assert sources["targets", "master"] == "assumed: the number"
    assert sources["absence", "–"] == "II.3"
    assert sources["programmes", "school"] == "none stated"
    assert re.search(r'<td class="assumed">assumed: the number</td>', page)


@pytest.mark.parametrize(("source", "assumed"), [("III.2; assumed: cost", True), ("Giả định", True), ("IV.5", False)])
def test_assumed_is_known_in_both_languages(source: str, assumed: bool) -> None:
    """A source that says assumed, or giả định, marks its entry."""
    assert is_assumed(source) is assumed


def test_inputs_stand_with_their_checksums(run: Path, page: str) -> None:
    """With the manifest the page names versions and the SHA-256 of every input; without, it says that it cannot."""
    manifest = read_run(run).manifest
    assert all(entry["sha256"] in page for entry in manifest["inputs"])
    assert manifest["versions"]["ortools"] in page
    assert catalogue()["page_no_manifest"][0] not in page


# --- one file -------------------------------------------------------------------------------------------------------


def test_the_page_needs_nothing_but_itself(page: str) -> None:
    """No frames, no address of a network, one script of its own; every link goes to a place in the page."""
    tags = ModelTables(page).tags
    assert {tag for tag, _ in tags} & {"link", "iframe", "object", "embed", "img", "base", "form"} == set()
    assert [values for tag, values in tags if tag == "script"] == [{}]
    attributes = [(name, str(value)) for _, values in tags for name, value in values.items()]
    assert [name for name, _ in attributes if name.startswith("on")] == []
    places = {value for name, value in attributes if name == "id"}
    links = [value for name, value in attributes if name in ("href", "xlink:href", "src")]
    assert [link for link in links if link.removeprefix("#") not in places or not link.startswith("#")] == []
    addresses = set(re.findall(r"https?://[^\s\"'<>]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"@import|url\((?!#)", page)


def test_ids_are_unique_and_labels_exist(page: str) -> None:
    """No id stands twice, pictures included, and every label that is referred to is there."""
    attributes = [(name, str(value)) for _, values in ModelTables(page).tags for name, value in values.items()]
    ids = [value for name, value in attributes if name == "id" and "DejaVu" not in value]
    assert len(ids) == len(set(ids))
    labels = [value for name, value in attributes if name == "aria-labelledby"]
    assert set(labels) <= set(ids)
    clips = re.findall(r"url\(#([^)]+)\)", page)
    assert set(clips) <= set(ids)


def test_tables_can_be_read_aloud(page: str) -> None:
    """Every table has a caption, every heading cell a scope, every picture a role and a label."""
    tags = ModelTables(page).tags
    assert [tag for tag, _ in tags].count("table") == [tag for tag, _ in tags].count("caption")
    assert all(values.get("scope") in ("row", "col") for tag, values in tags if tag == "th")
    pictures = [values for tag, values in tags if tag == "svg"]
    assert [values["class"] for values in pictures].count("picture") == 5
    assert all(values["role"] == "img" and values["aria-labelledby"] for values in pictures)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lights = sorted((light(one), light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_text_has_contrast_enough(page: str) -> None:
    """Every colour of text stands out from the page and from the pale rows by 4.5 to 1 or more, in light and dark."""
    for light_or_dark in re.findall(r":root \{([^}]*)\}", page):
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", light_or_dark))
        grounds = [colours[name] for name in ("paper", "pale", "row")]
        for name in ("ink", "soft", "blue", "good", "bad", "open"):
            assert min(contrast(colours[name], ground) for ground in grounds) >= 4.5, name
    assert page.count(":root {") == 2  # light and dark


EVIL = [
    "<script>alert(1)</script>",
    "</style><script>",
    "{{7*7}}",
    "{% raw %}",
    '" onload="x',
    "--><img src=x>",
    "&lt;b&gt;",
]


def test_data_is_never_markup(tmp_path: Path) -> None:
    """Titles, codes, agencies, sources and posts that look like markup or templates stand on the page as they are."""
    people = {text: {"agency": text, "post": text} for text in EVIL}
    nasty, code = "".join(EVIL), '<b>&lt;b&gt;{{7*7}}"onload="x'  # an id has no blank and no slash
    everybody = {"not": {"post": "nobody's"}}
    path = small(
        tmp_path,
        people,
        agencies=None,
        title=nasty,
        source=nasty,
        targets={
            f"t{code}": {
                "who": everybody,
                "level": {"theory": "advanced"},
                "share": 1.0,
                "title": nasty,
                "source": nasty,
            },
            "missed": {"who": everybody, "level": {"education": "master"}, "at_least": 99, "title": nasty},
        },
        programmes={"school": {"title": nasty}},
        seats={code: {"programmes": ["school"], "who": everybody, "title": nasty}},
        priority={code: {"who": everybody, "points": 1}},
        approval={code: {"authority": nasty}},
    )
    manifest = {"versions": {nasty: nasty}, "inputs": [{"path": nasty, "sha256": nasty}, None]}
    page = report_page(solve_problem(load(path)), manifest)
    parsed = ModelTables(page)
    tags = [tag for tag, _ in parsed.tags]
    assert (tags.count("script"), page.count("<script"), "img" in tags) == (1, 1, False)
    assert page.count("<b>") == page.count("</b></") + page.count("</b>;")  # those around levels, and no other
    assert not any(name.startswith("on") for _, values in parsed.tags for name in values)
    text = "".join(parsed.text)
    assert all(evil in text for evil in (*EVIL, code))
    assert page.count("<style>") == page.count("</style>") == 1


def test_damaged_manifests_do_not_break_the_page(plan: Plan) -> None:
    """A manifest whose versions or inputs are anything else gives a page without them."""
    for manifest in ({}, {"versions": [], "inputs": {}}, {"versions": None, "inputs": ["x", {}]}):
        assert "</html>" in report_page(plan, manifest)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_was_not_found_has_a_page(tmp_path: Path, language: str) -> None:
    """An infeasible scenario gives a page that says so, names the rules and still shows what it assumes."""
    pins = {"require": [{"cadre": "A", "programme": "school"}], "forbid": [{"cadre": "A"}]}
    plan = solve_problem(load(small(tmp_path, pins=pins)))
    assert not plan.found
    with speaking(language):
        tables = ModelTables(report_page(plan))
        assert catalogue()["page_none_infeasible"][LANGUAGES.index(language)] in "".join(tables.text)
    annex = {name for name in tables.found if name.startswith("annex-")}
    assert {"annex-rules", "annex-programmes", "annex-pins"} <= annex
    assert set(tables.found) - annex == {"conflict", "assumptions"}


def test_the_same_plan_gives_the_same_page(plan: Plan, tmp_path: Path) -> None:
    """Written twice, the page is the same file, and nothing but it is left in the folder."""
    for name in ("one.html", "two.html"):
        write_report(plan, tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_a_moved_run_gives_the_same_page(run: Path, page: str, tmp_path: Path) -> None:
    """Where the run folder stands does not show on its page."""
    shutil.copytree(run, tmp_path / "elsewhere")
    moved = read_run(tmp_path / "elsewhere")
    with speaking("en"):
        assert report_page(moved.plan(), moved.manifest) == page


def test_every_word_of_the_templates_is_in_the_catalogue() -> None:
    """Each key that a template speaks exists, and each sentence of the page is spoken by a template or a module."""
    folder = Path(page_module.__file__).parent
    spoken = "\n".join(path.read_text() for path in (folder / "templates").glob("*.html"))
    modules = "\n".join((folder / name).read_text() for name in sorted(path.name for path in folder.glob("*.py")))
    keys = set(re.findall(r'word\("(\w+)"(?! \+)', spoken))
    assert {key for key in keys if f"page_{key}" not in catalogue()} == set()
    for key in (key for key in catalogue() if key.startswith("page_")):
        name = key.removeprefix("page_")
        end = (
            name.removeprefix("part_")
            .removeprefix("card_")
            .removeprefix("verdict_")
            .removeprefix("sense_")
            .removeprefix("section_")
        )
        assert re.search(rf'"{end}"|"{name}"|"{key}"', spoken + modules), key
