"""The report of a plan: one HTML file that opens offline, whole without its script, with no reference to a network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Any

import jinja2

from planner.analysis.kept_answers import ASKED, Kept
from planner.common.results import write_result
from planner.inputs.problem import Problem
from planner.inputs.scenario.sources import is_assumed
from planner.messages import DASH, figure, language, localised, say, visible
from planner.model.check import check_problem
from planner.plans import summary, tabulation
from planner.plans.plan import Plan
from planner.plans.run_folder import PACKAGES
from planner.plans.tables import number
from planner.report.html import glance, plan_tables, seat_tables
from planner.report.html.annex import annex
from planner.report.html.assumptions import assumptions
from planner.report.html.cells import cells
from planner.report.html.flow import flows
from planner.report.html.labels import labels
from planner.report.html.offices import offices
from planner.report.html.people import People, everybody_grid, starts_grid, waiting_grid
from planner.report.html.persons import persons
from planner.report.html.pictures import pictures
from planner.report.html.places import Places, places_of
from planner.report.html.plan_tables import Cell, Grid
from planner.report.text.first_screen import seats_used_up
from planner.report.text.titles import source_told

TEMPLATE = "report.html"
PARTS = (
    *("summary", "targets", "levels", "seats", "absence", "priority", "lists", "costs", "waiting"),
    *("offices", "people", "proof", "warnings", "data", "provenance"),
)
"""The sections of the page, in their order; those about something that is not there are left out."""


def write_report(
    plan: Plan, path: str | Path, manifest: Mapping[str, Any] | None = None, answers: Kept | None = None
) -> None:
    """Write the report of a plan as one HTML file, whole or not at all.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    write_result(path, report_page(plan, manifest, answers).encode())


def report_page(plan: Plan, manifest: Mapping[str, Any] | None = None, answers: Kept | None = None) -> str:
    """The report of a plan as HTML, in the language spoken now.

    Parameters
    ----------
    manifest
        That of the plan's run folder, `Run.manifest`: versions and inputs of the solve stand in the report then.
    answers
        Those kept in the run folder: why targets are missed, what seats are worth, who is selected, what waits cost.
    """
    people = people_of(plan, answers) if plan.found else None
    values = own_lists(people, places_of(plan.problem)) if people is not None else {}
    return whole_page(plan, manifest, answers or Kept(), people, values)


def people_of(plan: Plan, answers: Kept | None) -> People:
    """The people of a plan, for all pages."""
    return People(plan, answers or Kept(), plan_tables.known_waiting(plan))


def own_lists(people: People, places: Places) -> dict[str, Any]:
    """The lists of a page, and the places of the offices and persons that stand on it."""
    return {
        "places": places,
        "starts": starts_grid(people, places),
        "waiting_people": waiting_grid(people, places),
        "everybody": everybody_grid(people, places),
        "offices": offices(people, places),
        "persons": persons(people, places),
    }


def whole_page(
    plan: Plan, manifest: Mapping[str, Any] | None, answers: Kept, people: People | None, lists: Mapping[str, Any]
) -> str:
    """The page of the whole plan, with the lists that are given: those of everybody, or where they stand.

    `people` are those of a plan that was found.
    """
    scenario = plan.problem.scenario
    values: dict[str, Any] = {
        "word": word,
        "title": localised(scenario.title, word("untitled")),
        "source": source_told(scenario.source),
        "horizon": scenario.horizon,
        "plan": plan,
        "check": check_problem(plan.problem),
        "annex": annex(plan.problem),
        "assumptions": assumptions(plan.problem),
        "provenance": _provenance(manifest),
        "inputs": _inputs(manifest),
        "invented": invented(plan.problem),
    }
    if people is not None:
        values |= {"blocks": Grid("blocks", "", []), **lists}
        values |= _findings(people, answers, values["places"])
        values["parts"] = [name for name in PARTS if _has(name, values)]
    else:
        values["conflict"] = plan_tables.conflict(plan)
    return rendered(TEMPLATE, values)


def _has(part: str, values: Mapping[str, Any]) -> bool:
    """Whether a section has something to show."""
    rows = {"levels": values["flows"], "costs": values["costs"].rows, "offices": values["offices"]}
    return bool(rows.get(part, values["everybody"].rows if part == "people" else True))


def invented(problem: Problem) -> str:
    """That the roster is rebuilt or invented, in the scenario's words; empty where it says no such thing."""
    source = problem.scenario.roster_source
    return word("roster_invented", source=source_told(source)) if is_assumed(source) else ""


@cache
def template_of(name: str) -> jinja2.Template:
    """A template of the pages; what is put into it is escaped, what is not there is an error."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.globals["cells"] = cells
    return environment


def filled(name: str, values: Mapping[str, Any]) -> str:
    """A template with its values; signs that would turn what follows, or move a terminal's cursor, are shown."""
    return visible(template_of(name).render(values))


def rendered(template: str, values: Mapping[str, Any]) -> str:
    """A page: what it says, its script, and the policy that lets nothing else run and nothing be loaded."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    allowed = f"style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    shared = {"lang": language(), "word": word, "script": script(), "policy": policy, "labels": labels(values)}
    return filled(template, shared | dict(values))


@cache
def script() -> str:
    """The script of the pages; what it says stands in the page, so that it is the same in every language."""
    return (Path(__file__).parent / "templates" / "report.js").read_text(encoding="utf-8")


def word(key: str, **values: object) -> str:
    """A sentence of the page."""
    return say(f"page_{key}", **values)


# --- what a plan has to say -----------------------------------------------------------------------------------------


def _findings(people: People, answers: Kept, places: Places) -> dict[str, Any]:
    plan = people.plan
    found = {name: getattr(plan_tables, name)(plan) for name in ("targets", "priority", "yearly", "beyond", "goals")}
    found["absence"] = plan_tables.absence(plan, places)
    found["months"], found["months_left"] = glance.months(plan)
    found |= {"binding": glance.binding(plan), "costs": glance.costs(plan), "flows": flows(plan)}
    found |= {name: getattr(seat_tables, name)(plan) for name in ("seats", "totals", "shares")}
    verdicts = [row[-1].kind for row in found["targets"].rows]
    return found | {
        "headline": summary.headline(plan),
        "counts": {kind: verdicts.count(kind) for kind in ("good", "bad", "unknown", "none")},
        "cards": _cards(plan),
        "points": list(_points(plan)),
        "waiting": plan_tables.waiting(plan, people.waiting),
        "answers": _answers(plan, answers),
        "pictures": pictures(plan),
    }


def _answers(plan: Plan, answers: Kept) -> dict[str, Any]:
    """What the page shows of the answers; their tables, and all that they need, are not imported for none."""
    if not answers.any:
        return {"complete": False, "frontiers": [], **dict.fromkeys(ASKED)}
    from planner.report.html import answer_tables

    return answer_tables.findings(plan, answers)


def _cards(plan: Plan) -> list[tuple[Cell, str]]:
    """The figures to see first, and what they count."""
    table = plan.attainment
    verdicts = [plan_tables.verdict_of(*map(int, row)) for row in table[["shortfall", "unknown", "members"]].to_numpy()]
    reached, told = verdicts.count("good"), verdicts.count("good") + verdicts.count("bad")
    distances = [plan_tables.distance(*map(int, row)) for row in table[["shortfall", "unknown"]].to_numpy()]
    cards = []
    if told:
        cards.append((Cell(f"{figure(reached)}/{figure(told)}"), word("card_reached")))
        cards.append((plan_tables.number(sum(short for short, _ in distances)), word("card_short")))
    if untold := verdicts.count("unknown"):
        cards.append((plan_tables.number(untold), word("card_untold")))
    cards.append((plan_tables.number(len(plan.assignments)), word("card_starts")))
    cards.append((plan_tables.number(plan.assignments["cadre"].nunique()), word("card_cadres")))
    cost = number(round(float(tabulation.yearly(plan)["cost"].sum()), 9))
    if any(entry.cost for entry in plan.problem.scenario.programmes.values()):
        cards.append((plan_tables.number(cost), _cost_card(plan)))
    return cards


def _cost_card(plan: Plan) -> str:
    currency = localised(plan.problem.scenario.currency)
    return word("card_cost_in", currency=currency) if currency else word("card_cost")


def _points(plan: Plan) -> Iterator[str]:
    """Seats, shares, absence and priority, a sentence each."""
    yield from _seat_points(plan)
    shares = tabulation.group_shares(plan)
    if len(shares):
        kept = int((shares["shortfall"] == 0).sum())
        yield word("point_shares", kept=kept, shares=len(shares), short=int(shares["shortfall"].sum()))
    yield from _absence_points(plan)
    for row in plan_tables.priority(plan).rows:
        yield word("point_priority", group=row[0].text, sent=row[3].text, eligible=row[5].text)


def _seat_points(plan: Plan) -> Iterator[str]:
    use = summary.seat_use(plan)
    limited = use[use["room"].notna()]
    if len(limited):
        used, room = int(limited["starts"].sum()), int(limited["room"].sum())
        yield word("point_seats", used=used, room=room, left=room - used)
    for told in seats_used_up(plan):
        yield say("headline_sentence", parts=told)
    if any(pool.has_floors for pool in plan.problem.scenario.seats.values()):
        below = int(use["below_min"].sum())
        yield word("point_floors", below=below) if below else word("point_no_floors")
    if use["total_min"].any():
        below = int(use["below_total"].sum())
        yield word("point_totals", below=below) if below else word("point_no_totals")


def _absence_points(plan: Plan) -> Iterator[str]:
    absence = tabulation.absence_by_year(plan)
    if absence["limit"].notna().any():
        at = absence[(absence["away"] > 0) & (absence["away"] >= absence["limit"]).fillna(False)]
        over = at[at["away"] > at["limit"]]
        sending = absence.loc[absence["away"] > 0, "agency"].nunique()
        figures = {"sending": sending, "agencies": absence["agency"].nunique(), "full": at["agency"].nunique()}
        yield word("point_absence", **figures)
        yield word("point_over", over=over["agency"].nunique()) if len(over) else word("point_not_over")


# --- where it comes from --------------------------------------------------------------------------------------------


def _provenance(manifest: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What made the plan: the versions in the manifest, else those of this machine."""
    if manifest is None:
        return [(name, _version(name)) for name in PACKAGES]
    versions = manifest.get("versions")
    return [(str(name), str(text)) for name, text in versions.items()] if isinstance(versions, Mapping) else []


def _inputs(manifest: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """File and SHA-256 of every input of the run; where the file lay on the machine is nobody's business."""
    entries = manifest.get("inputs") if manifest is not None else None
    files = [entry for entry in entries if isinstance(entry, Mapping)] if isinstance(entries, list) else []
    return [(PurePath(str(entry.get("path", ""))).name, str(entry.get("sha256", ""))) for entry in files]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return DASH
