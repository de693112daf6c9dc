"""What a planner looks at: which limits bind, at the bound and one past it; what things are called."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from commands import ROOT
from rich.console import Console
from small import small

from planner import risk
from planner.analysis.replanning.changes import FORCED, Change
from planner.analysis.statements import Statement
from planner.inputs.loading import load
from planner.messages import DASH, LANGUAGES, localised, say, speaking
from planner.model.check import check_problem
from planner.model.rules import RULES
from planner.plans import tabulation
from planner.plans.binding_limits import binding_limits, seat_limits
from planner.plans.plan import Plan
from planner.plans.reasons import reasons
from planner.plans.summary import targets_in_words
from planner.published.audit import audit
from planner.published.generator import generate
from planner.published.loading import load_published
from planner.report import charts
from planner.report.charts import agencies, gallery
from planner.report.html import page, split
from planner.report.html.glance import binding
from planner.report.html.page import report_page
from planner.report.terminal.console import grid
from planner.report.terminal.risk import print_risk
from planner.report.terminal.studies import print_comparison
from planner.report.terminal.years import print_news
from planner.report.text.changes import why
from planner.report.text.fairness import in_order, value_title
from planner.report.text.first_screen import FirstScreen, first_screen, seats_used_up
from planner.report.text.first_screen import binding as binding_told
from planner.report.text.first_sentences import of_fairness
from planner.report.text.published import audit_first, note_in_words
from planner.report.workbook.nominees import write_nominees
from planner.report.workbook.room import text_width
from planner.solver import solve_problem
from planner.studies.comparison import compare

OFFICE, HALL = {"agency": "office", "post": "leader"}, {"agency": "hall"}
FIVE: dict[str, Any] = {"A": OFFICE, "B": OFFICE, "C": OFFICE, "D": HALL, "E": HALL}


def of_starts(folder: Path, *starts: tuple[str, str, int], **scheme: Any) -> Plan:
    """The plan that has these starts and no other."""
    required = [{"cadre": cadre, "programme": programme, "start": start} for cadre, programme, start in starts]
    path = small(folder, FIVE, {"office": 10, "hall": 5}, **scheme, pins={"require": required}, goals=["starts", "lot"])
    plan = solve_problem(load(path))
    assert len(plan.assignments) == len(starts)
    return plan


def bound(plan: Plan, kind: str) -> list[tuple[Any, ...]]:
    """The limits of a kind that are used up: agency, years, used, allowed."""
    table = binding_limits(plan)
    own = table.loc[table["kind"] == kind, ["agency", "years", "used", "allowed"]]
    return list(own.itertuples(index=False, name=None))


def test_the_seats_of_one_office_bind_at_their_number(tmp_path: Path) -> None:
    """One a year and two in all are used up by the office, not by the hall; with one more of each, nothing binds."""
    starts = ("A", "school", 2021), ("B", "school", 2022), ("D", "school", 2021)

    def pool(most: int, total: int) -> dict[str, Any]:
        own = {"programmes": ["school"], "who": {"birth_year": 1985}, "per_agency": {"max": most, "total": total}}
        return {"school": own}

    tight = of_starts(tmp_path / "at", *starts, seats=pool(1, 2))
    assert bound(tight, "per_agency") == [("hall", (2021,), 1, 1), ("office", (2021, 2022), 2, 2)]
    assert bound(tight, "per_agency_total") == [("office", (), 2, 2)]
    assert {row[0].text for row in binding(tight).rows} == {
        *("school: seats of hall", "school: seats of office"),
        "school: seats of office over the whole period",
    }
    wide = of_starts(tmp_path / "past", *starts, seats=pool(2, 3))
    assert binding_limits(wide).empty


@pytest.mark.parametrize(("present", "full"), [(2, [("office", (2021,), 1, 1)]), (1, [])])
def test_the_leaders_who_must_stay_bind(tmp_path: Path, present: int, full: list[Any]) -> None:
    """Of three leaders two must stay and one is away: nobody more may go; if one must stay, one more may."""
    absence = {"modes": ["full_time"], "leaders": {"who": {"post": "leader"}, "present": present}}
    plan = of_starts(tmp_path, ("A", "school", 2021), ("D", "school", 2021), absence=absence)
    assert bound(plan, "leaders") == full


@pytest.mark.parametrize(("most", "full"), [(2, [("", (2021,), 2, 2)]), (3, [])])
def test_a_full_class_binds(tmp_path: Path, most: int, full: list[Any]) -> None:
    """A class of two at most is full with two, and a third makes no class; one of three at most is not."""
    classes = {"school": {"min": 2, "max": most}}
    plan = of_starts(tmp_path, ("A", "school", 2021), ("D", "school", 2021), classes=classes)
    assert bound(plan, "classes") == full


def test_two_full_classes_bind_unless_three_can_be_made(tmp_path: Path) -> None:
    """Four in classes of one or two: a fifth makes a third class."""
    starts = [(cadre, "school", 2021) for cadre in "ABDE"]
    assert bound(of_starts(tmp_path, *starts, classes={"school": {"min": 1, "max": 2}}), "classes") == []


def test_calendars_of_many_agencies_are_made_from_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many agencies are drawn, the studies are gathered once, and each picture has its own agency's alone."""
    plan = of_starts(tmp_path, ("A", "school", 2021), ("D", "school", 2022))
    made = []
    gather = tabulation.calendar
    monkeypatch.setattr(tabulation, "calendar", lambda plan: made.append(plan) or gather(plan))
    figures = dict(gallery.pictures(plan, ["office", "hall"], ["gantt"]))
    assert len(made) == 1
    texts = {name: {text.get_text() for text in figure.findobj(match=_is_text)} for name, figure in figures.items()}
    assert {"A"} <= texts["gantt-office"]
    assert {"D"} <= texts["gantt-hall"]
    assert "D" not in texts["gantt-office"]
    assert any(text.endswith("B, C") for text in texts["gantt-office"])


def _is_text(artist: Any) -> bool:
    return hasattr(artist, "get_text")


def test_a_large_page_says_how_it_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Larger than the bound it names the columns that are one of each agency, and have several values; else nothing."""
    people = {
        name: {**own, "district": f"d-{own['agency']}", "province": "one", "room": name} for name, own in FIVE.items()
    }
    people["A"]["post"] = "chief"  # so a post does not say where an agency belongs
    problem = load(small(tmp_path, people, {"office": 10, "hall": 5}))
    assert split.splitting_columns(problem) == ["district"]
    page = tmp_path / "page.html"
    page.write_text("x" * 10)
    monkeypatch.setattr(split, "LARGE", 10)
    assert split.large(problem, page) == ""
    monkeypatch.setattr(split, "LARGE", 9)
    assert "--by" in split.large(problem, page)
    assert split.large(problem, page).rstrip(".").endswith("district")


def test_a_target_at_the_end_is_missed_never_not_yet(tmp_path: Path) -> None:
    """In Vietnamese a missed target is `không đạt` wherever it is said; `chưa đạt` would be one still to be reached."""
    from planner.messages import catalogue

    told = {key: words[LANGUAGES.index("vi")] for key, words in catalogue().items()}
    assert [key for key, text in told.items() if "mục tiêu chưa đạt" in text or text == "chưa đạt"] == []
    with speaking("vi"):
        assert {told[f"{kind}verdict_{name}"] for kind, name in (("", "missed"), ("page_", "bad"))} == {"không đạt"}
        assert told["verdict_unknown"] == told["page_verdict_unknown"] == told["review_verdict_unknown"]


def test_generated_targets_and_seats_have_titles_with_their_place(tmp_path: Path) -> None:
    """Each entry of a district or province is called by the base's title behind the place, in the base's languages."""
    published = load_published(ROOT / "tests" / "cases" / "published" / "tables.yaml")
    base = published.scenario
    made = generate(published, 2, province=2).scenario
    for section, entries in (("targets", base.targets), ("seats", base.seats)):
        for name, entry in made[section].items():
            own, _, place = name.rpartition("_")
            title = entries[own].title
            if title is None:
                assert "title" not in entry
                continue
            assert localised(entry["title"]) == f"{place} – {localised(title)}"
    with speaking("vi"):
        assert say("generated_entry", place="H001", title="x") == "H001 – x"


def test_groups_of_ages_stand_in_order_whatever_values_hold() -> None:
    """Ages by the age at which they begin, also beside another attribute; a value that looks like two is one."""
    values = {
        "sex x age": ["M x –34", "F x 45–", "F x –34", "F x 35–44"],
        "age": ["45–", "35–44", "–34"],
        "ethnicity": ["b", "a x b"],
    }
    audit = SimpleNamespace(
        groups=[SimpleNamespace(attribute=name, value=value) for name, own in values.items() for value in own]
    )
    assert [group.value for group in in_order(audit)] == [
        *("F x –34", "F x 35–44", "F x 45–", "M x –34"),
        *("–34", "35–44", "45–"),
        *("a x b", "b"),
    ]
    assert value_title("ethnicity", "a x b") == "a x b"


@pytest.mark.parametrize(("p", "said"), [(0.05, "more than chance"), (0.049, "chance explains least")])
def test_what_chance_makes_is_not_told_as_a_difference(p: float, said: str) -> None:
    """At the level of chance no difference is claimed; just below it the least likely one is named."""
    groups = [SimpleNamespace(attribute="sex", value=sex, rate=rate) for sex, rate in (("F", 1.0), ("M", 0.8))]
    test = SimpleNamespace(attribute="sex", holm_selected=p)
    audit = SimpleNamespace(tests=[test], groups=groups, priorities=[], secret=False)
    assert said in of_fairness(SimpleNamespace(), audit)


def test_the_star_is_explained_only_where_there_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two plans that are the same have no star and no word on it; where one is better both are there."""
    one = of_starts(tmp_path / "one", ("A", "school", 2021))
    two = of_starts(tmp_path / "two", ("A", "school", 2021), ("B", "school", 2021))
    for other, starred in ((one, False), (two, True)):
        print_comparison(compare({"one": one, "other": other}), people=False)
        told = capsys.readouterr().out
        assert (" *" in told, say("compare_best") in told) == (starred, starred)


def test_a_mode_that_the_title_says_is_not_said_again(tmp_path: Path) -> None:
    """Of the person's path: full time stands once, in the programme's title or behind it."""
    titles = {"school": {"title": "School, full time"}, "evening": {"title": "Evening"}}
    plan = of_starts(tmp_path, ("A", "school", 2021), ("B", "evening", 2021), programmes=titles)
    page = report_page(plan)
    assert " School, full time</li>" in re.sub("<br>.*?(?=</li>)", "", page)
    assert " Evening (In service)</li>" in re.sub("<br>.*?(?=</li>)", "", page)


# --- one count of used up seats -------------------------------------------------------------------------------------


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages have their words alone: drawing takes most of their time."""
    monkeypatch.setattr(page, "pictures", lambda _: defaultdict(str))


def seats_of(most: int, total: int | None) -> dict[str, Any]:
    """One pool, of the school."""
    return {"school": {"programmes": ["school"], "who": {"birth_year": 1985}, "per_year": most, "total": total}}


@pytest.mark.parametrize(
    ("most", "total", "some", "whole"),
    [(2, None, 0, 0), (1, None, 1, 0), (2, 2, 0, 1), (2, 3, 0, 0), (1, 2, 1, 1)],
)
@pytest.mark.usefixtures("no_pictures")
def test_used_up_seats_are_counted_alike_everywhere(
    tmp_path: Path, most: int, total: int | None, some: int, whole: int
) -> None:
    """A seat limit is used up in some year, or over all: terminal, page and workbook say so in the same sentence.

    A limit of the whole that is used up fills no year: the sentence counts the years that its table names.
    """
    plan = of_starts(tmp_path, ("A", "school", 2021), ("B", "school", 2022), seats=seats_of(most, total))
    limits = seat_limits(plan)
    assert (int(limits["in_some_year"].sum()), int(limits["over_all"].sum())) == (some, whole)
    told = "".join(seats_used_up(plan))
    used = max(some, whole)
    assert told == (say("screen_seats_used_up", number=used, of=1, some=some, whole=whole) if used else "")
    shown_on = [binding_told(plan), "".join(cells_of(plan, tmp_path / "list.xlsx", "Totals"))]
    if total is None:
        shown_on.append(report_page(plan))
    for shown in shown_on:
        assert ("used up: " in shown) == bool(used)
        assert told in shown
    rows = binding(plan).rows
    assert len(rows) == used
    assert [(row[1].text != DASH, row[-1].text != DASH) for row in rows] == [(bool(some), bool(whole))] * used


def test_every_year_full_is_the_whole_period(tmp_path: Path) -> None:
    """A pool whose only limits are those of years is used up in all where each of them is."""
    starts = ("A", "school", 2021), ("B", "school", 2022)
    plan = of_starts(tmp_path, *starts, seats=seats_of(1, None), horizon={"last": 2022})
    assert seat_limits(plan)["over_all"].tolist() == [True]
    assert [row[-1].text for row in binding(plan).rows] == ["2 of 2"]


def cells_of(plan: Plan, path: Path, sheet: str, year: int = 2021) -> list[str]:
    """The texts of a sheet of the workbook of a year."""
    write_nominees(plan, year, path)
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell is not None]


# --- numbers of a list ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("currency", "heading"), [("million VND", "Cost (million VND)"), (None, "Cost")])
def test_what_a_list_counts_are_numbers(tmp_path: Path, currency: str | None, heading: str) -> None:
    """Years, dates and costs are no texts, so that a spreadsheet sorts and sums them; the heading says the unit."""
    roster = {"A": {"birth_date": "1985-03-09"}, "B": {"birth_date": ""}}
    costs = {"school": {"cost": 12.5, "months": 12}, "evening": {"cost": 4000}}
    pins = {"require": [{"cadre": "A", "programme": "school"}, {"cadre": "B", "programme": "evening"}]}
    path = small(tmp_path, roster, currency=currency, programmes=costs, pins=pins, goals=["starts", "early"])
    plan = solve_problem(load(path))
    write_nominees(plan, 2021, tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    table = list(sheet.iter_rows())
    place = next(at for at, row in enumerate(table) if row[0].value == "No.")
    heads = [cell.value for cell in table[place]]
    columns = [heads.index(name) for name in ("Date of birth", "Years", heading)]
    found = [[row[column] for column in columns] for row in table[place + 1 : place + 3]]
    assert [[cell.value for cell in row] for row in found] == [
        [dt.datetime(1985, 3, 9), 2021, 12.5],
        [1985, "2021–2022", 4000],
    ]
    formats = [[cell.number_format for cell in row] for row in found]
    assert formats == [["dd/mm/yyyy", "0", "#,##0.###"], ["0", "0", "#,##0"]]


# --- who is at the limit --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "named", "rest"), [(1, 2, 1), (2, 2, 1), (3, 3, 0)])
def test_no_office_at_its_limit_is_among_the_others(rows: int, named: int, rest: int) -> None:
    """Two offices of three reach their limit: both are shown, however few rows the picture is to have."""
    told = words_of(charts.absence(offices(2, 1), rows=rows))
    assert sum(any(text.startswith(name) for text in told) for name in ("full0", "full1", "free0")) == named
    assert any("other agenc" in text for text in told) == bool(rest)


def test_the_others_at_their_limit_are_counted_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more than a picture can hold the row of the others says how many are at their limit."""
    monkeypatch.setattr(agencies, "MOST", 2)
    assert "2 other agencies, 1 at the limit" in words_of(charts.absence(offices(3, 1), rows=1))
    assert "1 other agency" in words_of(charts.absence(offices(2, 1), rows=1))


def offices(full: int, free: int) -> pd.DataFrame:
    """The table of the absence: offices at their limit, and others."""
    names = [f"full{number}" for number in range(full)] + [f"free{number}" for number in range(free)]
    away = [1] * full + [0] * free
    return pd.DataFrame({"agency": names, "year": 2021, "headcount": 4, "away": away, "limit": 1})


def words_of(axes: Any) -> set[str]:
    """The texts of a picture."""
    return {text.get_text() for text in axes.get_figure().findobj(match=_is_text)}


# --- sentences without a fraction, titles, units --------------------------------------------------------------------


@pytest.mark.usefixtures("no_pictures")
def test_no_target_is_no_fraction(tmp_path: Path) -> None:
    """Without a target that can be told nothing is said of 0 of 0, neither in words nor on a card."""
    for name, targets in (
        ("none", {}),
        ("nobody", {"t": {"who": {"post": "x"}, "level": {"theory": "advanced"}, "share": 1}}),
    ):
        plan = solve_problem(load(small(tmp_path / name, targets=targets)))
        told = targets_in_words(plan)
        assert told.startswith("There is no target with members.")
    assert "0/0" not in report_page(plan)


def test_a_scheme_without_a_title_has_no_empty_line_for_it(tmp_path: Path) -> None:
    """The first line says what it is."""
    lines = first_screen(solve_problem(load(small(tmp_path, title=None))), FirstScreen(), 80)
    assert lines[0] == say("page_untitled")
    assert [place for place, line in enumerate(lines) if not (line or lines[place - 1])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_levels_are_told_by_the_ladders_title(tmp_path: Path, language: str) -> None:
    """A warning calls a ladder as pages do; where it stands is told by its key."""
    roster = {"A": {"theory": ""}, "B": {}}
    targets = {"t": {"who": {"birth_year": 1985}, "level": {"theory": "advanced"}, "share": 1}}
    problem = load(small(tmp_path, roster, targets=targets))
    with speaking(language):
        (told,) = [str(each) for each in check_problem(problem).warnings if each.id == "unknown_levels:theory"]
        assert f"'{say('ladder_theory')}'" in told


@pytest.mark.parametrize(("currency", "told"), [("triệu đồng", "7 triệu đồng"), ("", "cost 7")])
def test_costs_on_the_bars_of_years_have_their_unit(tmp_path: Path, currency: str, told: str) -> None:
    """The unit of the scheme, or the word cost."""
    plan = of_starts(tmp_path, ("A", "school", 2021), programmes={"school": {"cost": 7}}, currency=currency or None)
    figures = dict(gallery.pictures(plan, names=["yearly"]))
    assert any(text.endswith(told) for text in words_of(figures["yearly"].axes[0]))


def test_a_legend_has_rows_of_one_length(tmp_path: Path) -> None:
    """No entry of a calendar's legend stands in a row alone, where there are others beside which it has room."""
    starts = [("A", "school", 2021), ("B", "evening", 2021), ("C", "course", 2021)]
    roster = FIVE | {"D": OFFICE | {"studying": "evening", "studying_until": 2022}}
    pins = [dict(zip(("cadre", "programme", "start"), each, strict=True)) for each in starts]
    absence = {"modes": ["full_time"], "bands": [{"share": 1}]}
    path = small(tmp_path, roster, {"office": 10, "hall": 5}, absence=absence, pins={"require": pins})
    axes = dict(gallery.pictures(solve_problem(load(path)), ["office"], ["gantt"]))["gantt-office"].axes[0]
    number, columns = len(axes.get_legend().get_texts()), axes.get_legend()._ncols
    assert number == 6
    assert number % columns == 0


def test_a_title_wider_than_its_table_is_broken_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The title of a table is a line of its own, as wide as the console; it begins with a capital letter."""
    table = grid("whoever waits for a seat in the years of the plan, and why that is", "a", "b")
    table.add_row("x", "1")
    Console(width=80).print(table)
    first = capsys.readouterr().out.splitlines()[0]
    assert first.rstrip() == "Whoever waits for a seat in the years of the plan, and why that is"


def test_what_happened_is_told_by_titles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before a plan is made again, starts are told by their programmes' titles, not by the scheme's keys."""
    titles = {"school": {"title": "Higher school"}}
    problem = load(small(tmp_path, programmes=titles))
    row = {"agency": "office", "entry": "", "cadre": "A", "programme": "school", "start": 2021}
    news = pd.DataFrame([row | {"what": "unconfirmed", "detail": ""}, row | {"what": "pin_met", "detail": "require"}])
    print_news(problem, news, 2022)
    told = capsys.readouterr().out
    assert told.count("A Higher school 2021") == 2
    assert "require" not in told
    assert "school 2021" not in told.replace("Higher school 2021", "")


def test_a_minimum_of_all_years_is_told_apart_from_one_of_a_year(tmp_path: Path) -> None:
    """The reason for a start names the year of a minimum, or all years; so nothing is said twice."""
    pool = {"programmes": ["school"], "who": {"birth_year": 1985}, "per_year": {2021: {"min": 1, "max": 1}}}
    seats = {"school": pool | {"title": "School", "total": {"min": 1}}}
    plan = of_starts(tmp_path, ("A", "school", 2021), seats=seats)
    assert reasons(plan.problem, ["floor:school/2021 floor:school"]) == [
        say("serves_floor", what=f"School (2021); School ({say('whole_period')})")
    ]


def test_dots_to_write_on_have_their_room() -> None:
    """An ellipsis is an em wide: the line of a sender is not broken, nor written over the line below."""
    sender = say("nominees_sender")
    dots = sender.count("…")
    assert dots
    bare = text_width(sender.replace("…", ""), size=12, bold=True)
    assert text_width(sender, size=12, bold=True) - bare == pytest.approx(dots * 16)


# --- risk: what nobody can tell is no shortfall ---------------------------------------------------------------------


@pytest.mark.parametrize(("known", "left_out"), [("none", 0), ("", 1)])
def test_risk_leaves_out_what_cannot_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], known: str, left_out: int
) -> None:
    """Levels that the roster leaves open make no place short and no chance less."""
    everybody: dict[str, Any] = {"birth_year": 1985}
    roster = {name: {"administration": known} for name in "ABC"}
    targets = {
        "schooled": {"who": everybody, "level": {"theory": "advanced"}, "share": 1.0},
        "trained": {"who": everybody, "level": {"administration": "specialist"}, "share": 1.0},
    }
    rates = {"leaving": {"event": "declined", "rate": 0.2, "source": "assumed"}}
    plan = solve_problem(load(small(tmp_path, roster, targets=targets, risk=rates)))
    found = risk(plan, futures=200, seed=1)
    assert len(found.untold) == left_out
    print_risk(found)
    told = capsys.readouterr().out
    assert ("cannot be told" in told) == bool(left_out)
    assert "and 0 where nothing happens" in told
    whole = found.without(found.untold).targets.iloc[0]
    assert whole["planned"] == 0
    assert whole["chance"] > 0
    assert (found.targets.iloc[0]["chance"] == 0) == bool(left_out)
    assert found.without(()) is found


def test_a_leader_is_called_by_the_title_of_the_group(tmp_path: Path) -> None:
    """Those of whom somebody stays are called as their group; by its key where it has no title."""
    absence = {"modes": ["full_time"], "leaders": {"who": "chiefs", "present": 1}}
    for title, told in (("Chiefs", "Chiefs"), (None, "chiefs")):
        group = {"post": "leader"} | ({"title": title} if title else {})
        problem = load(small(tmp_path, groups={"chiefs": group}, absence=absence))
        members = check_problem(problem).members
        assert members.loc[members["what"] == "leaders", "title"].tolist() == [told]


def test_an_audit_begins_with_what_fails_and_calls_tables_by_their_titles() -> None:
    """The first sentence counts the checks that fail, as the exit status has it; notes have titles for ids."""
    published = load_published(ROOT / "scenarios" / "hoang-su-phi" / "published.yaml")
    found = audit(published)
    told = audit_first(found)
    assert told.startswith(f"{len(found.table)} checks, {len(found.faults)} of them fail: ")
    assert audit_first(replace(found, table=found.table.drop(found.faults.index))).endswith("every figure stands.")
    words = [note_in_words(note, published) for note in found.notes]
    assert not [told for told in words if re.search("organisation_heads|agency_leaders|district_specialist", told)]
    assert note_in_words("Nothing of a committee", published) == "Nothing of a committee"


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_that_stand_against_a_start_are_told_in_words(tmp_path: Path, language: str) -> None:
    """Every rule has words, in a change that is forced, too; none is called by its key."""
    against = tuple(Statement(rule, rule, (), "", "", None, "") for rule in RULES)
    change = Change("dropped", "A", "office", "", None, "school", 2021, cause=FORCED, against=against)
    with speaking(language):
        told = why(load(small(tmp_path)), change)
        assert all(say(f"stands_{rule}") in told for rule in RULES)
    assert not re.search(r"[a-z]_[a-z]", told)
