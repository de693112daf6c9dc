"""What a planner looks at: which limits bind, at the bound and one past it; what things are called."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from commands import ROOT
from small import small

from planner.inputs.loading import load
from planner.messages import LANGUAGES, localised, say, speaking
from planner.plans import tabulation
from planner.plans.binding_limits import binding_limits
from planner.plans.plan import Plan
from planner.published.generator import generate
from planner.published.loading import load_published
from planner.report.charts import gallery
from planner.report.html import split
from planner.report.html.glance import binding
from planner.report.html.page import report_page
from planner.report.terminal.studies import print_comparison
from planner.report.text.fairness import in_order, value_title
from planner.report.text.first_sentences import of_fairness
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
