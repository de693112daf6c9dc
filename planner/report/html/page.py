"""The report of a plan: one HTML file that opens offline, without scripts and without a reference to any network."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath
from typing import Any

import jinja2

from planner.analysis.saved_answers import Kept
from planner.common.files import write_file
from planner.messages import DASH, figure, language, localised, say
from planner.model.check import check_problem
from planner.plans import summary, tabulation
from planner.plans.plan import Plan
from planner.plans.run_folder import PACKAGES
from planner.plans.tables import number
from planner.report.html import answer_tables, plan_tables, seat_tables
from planner.report.html.annex import annex
from planner.report.html.assumptions import assumptions
from planner.report.text.titles import marked_in_words

TEMPLATE = "report.html"


def write_report(
    plan: Plan, path: str | Path, manifest: Mapping[str, Any] | None = None, answers: Kept | None = None
) -> None:
    """Write the report of a plan as one HTML file, whole or not at all.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    write_file(path, report_page(plan, manifest, answers))


def report_page(plan: Plan, manifest: Mapping[str, Any] | None = None, answers: Kept | None = None) -> str:
    """The report of a plan as HTML, in the language spoken now.

    Parameters
    ----------
    manifest
        That of the plan's run folder, `Run.manifest`: versions and inputs of the solve stand in the report then.
    answers
        Those kept in the run folder: why targets are missed, what seats are worth, who is selected, what waits cost.
    """
    scenario = plan.problem.scenario
    values: dict[str, Any] = {
        "lang": language(),
        "word": _word,
        "title": localised(scenario.title, _word("untitled")),
        "source": marked_in_words(scenario.source or ""),
        "horizon": scenario.horizon,
        "plan": plan,
        "check": check_problem(plan.problem),
        "annex": annex(plan.problem),
        "assumptions": assumptions(plan.problem),
        "provenance": _provenance(manifest),
        "inputs": _inputs(manifest),
    }
    values |= _findings(plan, answers or Kept()) if plan.found else {"conflict": plan_tables.conflict(plan)}
    return template_of(TEMPLATE).render(values)


@cache
def template_of(name: str) -> jinja2.Template:
    """A template of the pages; what is put into it is escaped, what is not there is an error."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name)


def _word(key: str, **values: object) -> str:
    return say(f"page_{key}", **values)


# --- what a plan has to say -----------------------------------------------------------------------------------------


def _findings(plan: Plan, answers: Kept) -> dict[str, Any]:
    found = {
        name: getattr(plan_tables, name)(plan)
        for name in ("targets", "absence", "priority", "yearly", "beyond", "goals")
    }
    found |= {name: getattr(seat_tables, name)(plan) for name in ("seats", "totals", "shares")}
    verdicts = [row[-1].kind for row in found["targets"].rows]
    people = plan_tables.known_waiting(plan)
    return found | {
        "headline": summary.headline(plan),
        "counts": {kind: verdicts.count(kind) for kind in ("good", "bad", "unknown", "none")},
        "cards": _cards(plan),
        "points": list(_points(plan)),
        "waiting": plan_tables.waiting(plan, people),
        "waiting_people": plan_tables.waiting_people(plan, people),
        "lists": list(plan_tables.lists(plan, answer_tables.held_by(answers))),
        "answers": answer_tables.findings(plan, answers),
        "pictures": pictures(plan),
    }


def _cards(plan: Plan) -> list[tuple[plan_tables.Cell, str]]:
    """The figures to see first, and what they count."""
    table = summary.targets(plan)
    reached = table.loc[table["members"] > 0, "reached"]
    years = tabulation.yearly(plan)
    of_all = plan_tables.Cell(f"{figure(reached.sum())}/{figure(len(reached))}")
    values = {
        "starts": plan_tables.number(len(plan.assignments)),
        "cadres": plan_tables.number(plan.assignments["cadre"].nunique()),
        "cost": plan_tables.number(number(round(float(years["cost"].sum()), 9))),
        "short": plan_tables.number(int(plan.attainment["shortfall"].sum())),
    }
    return [(of_all, _word("card_reached")), *((cell, _word(f"card_{key}")) for key, cell in values.items())]


def _points(plan: Plan) -> Iterator[str]:
    """Seats, shares, absence and priority, a sentence each."""
    yield from _seat_points(plan)
    shares = tabulation.group_shares(plan)
    if len(shares):
        kept = int((shares["shortfall"] == 0).sum())
        yield _word("point_shares", kept=kept, shares=len(shares), short=int(shares["shortfall"].sum()))
    yield from _absence_points(plan)
    for row in plan_tables.priority(plan).rows:
        yield _word("point_priority", group=row[0].text, sent=row[3].text, eligible=row[5].text)


def _seat_points(plan: Plan) -> Iterator[str]:
    use = summary.seat_use(plan)
    limited = use[use["room"].notna()]
    if len(limited):
        used, room = int(limited["starts"].sum()), int(limited["room"].sum())
        yield _word("point_seats", used=used, room=room, left=room - used)
    if any(pool.has_floors for pool in plan.problem.scenario.seats.values()):
        below = int(use["below_min"].sum())
        yield _word("point_floors", below=below) if below else _word("point_no_floors")
    if use["total_min"].any():
        below = int(use["below_total"].sum())
        yield _word("point_totals", below=below) if below else _word("point_no_totals")


def _absence_points(plan: Plan) -> Iterator[str]:
    absence = tabulation.absence_by_year(plan)
    if absence["limit"].notna().any():
        at = absence[(absence["away"] > 0) & (absence["away"] >= absence["limit"]).fillna(False)]
        over = at[at["away"] > at["limit"]]
        sending = absence.loc[absence["away"] > 0, "agency"].nunique()
        figures = {"sending": sending, "agencies": absence["agency"].nunique(), "full": at["agency"].nunique()}
        yield _word("point_absence", **figures)
        yield _word("point_over", over=over["agency"].nunique()) if len(over) else _word("point_not_over")


# --- pictures -------------------------------------------------------------------------------------------------------


def pictures(plan: Plan) -> dict[str, str]:
    """Every picture of a plan as SVG that can stand in one page with the others; its texts are outlines."""
    from planner.report import charts  # matplotlib: half a second

    drawn = {
        "utilisation": charts.utilisation(tabulation.utilisation(plan)),
        "attainment": charts.attainment(tabulation.attainment_by_year(plan)),
        "absence": charts.absence(tabulation.absence_by_year(plan)),
        "priority_shares": charts.priority_shares(tabulation.priority_shares(plan)),
        "yearly": charts.yearly(tabulation.yearly(plan)),
    }
    if plan.problem.scenario.shares:
        drawn["shares"] = charts.shares(tabulation.group_shares(plan))
    return {name: inline_svg(name, axes.get_figure(root=True)) for name, axes in drawn.items()}


def inline_svg(name: str, figure: Any) -> str:
    """A figure as SVG without prolog, comments, metadata, style and size of its own; its ids begin with `name`."""
    from planner.report.charts.canvas import styled

    stream = io.StringIO()
    with styled():
        figure.savefig(stream, format="svg", metadata={"Date": None})
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|href="#|url\(#)', lambda found: f"{found[1]}{name}-", svg)
    label = partial(re.sub, r'<svg ([^>]*?)width="[^"]*" height="[^"]*"', count=1)
    svg = label(rf'<svg \1role="img" aria-labelledby="{name}-caption" class="picture"', svg)
    return re.sub(r"\s*\n\s*", " ", svg)


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
