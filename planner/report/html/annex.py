"""The annex of the page: what a plan rests on, in sentences and plain tables, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.inputs.problem import Problem, required
from planner.inputs.scenario.conditions import Condition
from planner.inputs.scenario.schema import Pin, Programme, Target, YearRange
from planner.inputs.scenario.seats import PerYear, SeatPool, Total
from planner.inputs.scenario.value_types import FIRST_YEAR, LAST_YEAR
from planner.messages import DASH, localised, say
from planner.report.html.annex_rules import general_rules, share_told
from planner.report.html.assumptions import source_cell
from planner.report.html.plan_tables import Cell, Grid, number
from planner.report.text.conditions import condition_told, group_title, level_title
from planner.report.text.titles import mode_title, period_title, programme_title


@dataclass(frozen=True)
class Part:
    """A part of the annex: its title with the number of its entries, and its table."""

    title: str
    grid: Grid


def annex(problem: Problem) -> list[Part]:
    """Every part of the scenario that says something, the general rules first."""
    parts = [(name, list(rows(problem))) for name, (_, rows) in PARTS.items()]
    told = []
    for name, rows in parts:
        if rows:
            title = say(f"annex_{name}")
            headings = [say(f"annex_{heading}") for heading in (*PARTS[name][0], "source")]
            title = say("annex_part", title=title, number=len(rows)) if name != "rules" else title
            told.append(Part(title, Grid(f"annex-{name}", title, headings, rows)))
    return told


Row = list[Cell]


def _row(raw: Any, *cells: str | Cell) -> Row:
    """A row of texts, the source of its entry last."""
    return [*(Cell(cell or DASH) if isinstance(cell, str) else cell for cell in cells), source_cell(raw)]


def _raw(problem: Problem, section: str) -> Mapping[str, Any]:
    """The entries of a section as they were written, with their sources."""
    found = problem.source.merged().get(section)
    return found if isinstance(found, Mapping) else {}


def _who(problem: Problem, condition: Condition | None) -> str:
    return say("annex_everybody") if condition is None else condition_told(problem, condition)


def _titles(problem: Problem, programmes: Sequence[str] | None) -> str:
    if programmes is None:
        return say("annex_any_programme")
    return "; ".join(programme_title(problem, name) for name in programmes)


def _joined(told: Iterator[str]) -> str:
    return "; ".join(told)


def _groups(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "groups")
    for name, condition in problem.scenario.groups.items():
        title = group_title(problem, name)
        told = condition_told(problem, condition)
        named = say("annex_named", title=title, told=told) if title else told
        yield _row(raw[name], named, number(int(problem.groups[name].sum())))


# --- programmes -----------------------------------------------------------------------------------------------------


def _programmes(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "programmes")
    for name, entry in problem.scenario.programmes.items():
        ends = {"low": level_title(entry.ladder, entry.from_), "high": level_title(entry.ladder, entry.to)}
        study = say("annex_studied", mode=mode_title(entry.mode).lower(), months=entry.months)
        step, further = say("annex_climbs", **ends), _joined(_asks(entry))
        yield _row(raw[name], programme_title(problem, name), step, study, _who(problem, entry.eligible), further)


def _asks(entry: Programme) -> Iterator[str]:
    """What a programme asks for and brings with it beside its levels."""
    if entry.requires:
        yield say("annex_requires", levels=", ".join(level_title(*each) for each in entry.requires.items()))
    if entry.begins is not None:
        yield say("annex_begins", month=entry.begins)
    if entry.years is not None:
        yield say("annex_held", years=_within(entry.years))
    if entry.serve_after_years:
        yield say("annex_serves", years=entry.serve_after_years)
    if entry.cost:
        yield say("annex_costs", cost=entry.cost)
    if entry.open:
        yield say("annex_open")


def _within(years: YearRange) -> str:
    """The years of a range, of which one end may be open."""
    if years.to == LAST_YEAR:
        return say("annex_year_from", first=years.from_)
    if years.from_ == FIRST_YEAR:
        return say("annex_year_to", last=years.to)
    return say("annex_year_between", first=years.from_, last=years.to)


# --- targets --------------------------------------------------------------------------------------------------------


def _targets(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "targets")
    for name, target in problem.scenario.targets.items():
        levels = ", ".join(_at_least(problem, *each) for each in target.level.items())
        told = localised(target.title, name), condition_told(problem, target.who), levels
        yield _row(raw[name], *told, _much(problem, name, target), _joined(_reckoned(problem, target)))


def _at_least(problem: Problem, ladder: str, level: str) -> str:
    """A level to be held; of one below the top, a higher one serves, too."""
    title = level_title(ladder, level)
    return title if problem.scenario.ladders[ladder][-1] == level else say("annex_or_more", level=title)


def _much(problem: Problem, name: str, target: Target) -> str:
    if target.at_least is not None:
        return say("annex_number", number=target.at_least)
    members = int(problem.counted(name).sum())
    asked, rounding = required(target, members), say(f"annex_rounding_{target.rounding}")
    return say(
        "annex_of_members",
        share=share_told(float(target.share or 0)),
        members=members,
        rounding=rounding,
        required=asked,
    )


def _reckoned(problem: Problem, target: Target) -> Iterator[str]:
    yield say(f"annex_{target.counts}", year=problem.by(target))
    if target.leavers == "excluded":
        yield say("annex_leavers")
    if target.as_of is not None:
        yield say("annex_read", year=target.as_of)
    if target.must:
        yield say("annex_must")
    if not target.weight:
        yield say("annex_weightless")
    elif target.weight != 1:
        yield say("annex_weight", weight=target.weight)


# --- seats, shares, classes -----------------------------------------------------------------------------------------


def _seats(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "seats")
    for name, pool in problem.scenario.seats.items():
        told = localised(pool.title, name), _titles(problem, pool.programmes), condition_told(problem, pool.who)
        yield _row(raw[name], *told, _a_year(pool), range_told(pool.total), _joined(_of_pool(pool)))


def _a_year(pool: SeatPool) -> str:
    if not isinstance(pool.per_year, dict):
        return range_told(pool.per_year)
    by_year = pool.per_year.items()
    return "; ".join(say("annex_of_year", year=year, range=range_told(seats)) for year, seats in by_year)


def range_told(seats: PerYear | Total) -> str:
    """How many starts there may be, and how many there should be."""
    if seats.max is None:
        return say("annex_at_least", low=seats.min) if seats.min else say("annex_unlimited")
    if seats.max == 0:
        return say("annex_no_seats")
    form = "exactly" if seats.min == seats.max else "range" if seats.min else "at_most"
    return say(f"annex_{form}", low=seats.min, high=seats.max)


def _of_pool(pool: SeatPool) -> Iterator[str]:
    if pool.must:
        yield say("annex_must")
    own = pool.per_agency
    if own is not None and own.max is not None:
        yield say("annex_agency_year", number=own.max)
    if own is not None and own.total is not None:
        yield say("annex_agency_period", number=own.total)


def _shares(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "shares")
    for name, share in problem.scenario.shares.items():
        least = say("annex_share_of", share=share_told(share.min), who=condition_told(problem, share.who))
        further = [say("annex_each_year" if share.per == "year" else "annex_over_period")]
        further += [say("annex_must")] if share.must else []
        told = localised(share.title, name), _titles(problem, share.programmes), _who(problem, share.among)
        yield _row(raw[name], *told, least, "; ".join(further))


def _classes(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "classes")
    for name, size in problem.scenario.classes.items():
        form = "from" if size.max is None else "between"
        told = say(f"annex_class_{form}", low=size.min, **({} if size.max is None else {"high": size.max}))
        yield _row(raw[name], programme_title(problem, name), told)


# --- who goes first, who decides, what is settled -------------------------------------------------------------------


def _priority(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "priority")
    for name, entry in problem.scenario.priority.items():
        title, told = localised(entry.title), condition_told(problem, entry.who)
        named = say("annex_named", title=title, told=told) if title else told
        yield _row(raw[name], named, _titles(problem, entry.programmes), number(entry.points))


def _approval(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "approval")
    for place, (name, entry) in enumerate(problem.scenario.approval.items(), 1):
        years = say("annex_any_year") if entry.years is None else _within(entry.years)
        told = localised(entry.authority), _who(problem, entry.who), _titles(problem, entry.programmes), years
        yield _row(raw[name], Cell(str(place)), *told)


def _leave(problem: Problem) -> Iterator[Row]:
    raw = _raw(problem, "leave")
    for name, entry in problem.scenario.leave.items():
        away = say("value_is_yes" if entry.away else "value_is_no")
        yield _row(raw[name], entry.cadre, period_title(entry.from_, entry.to), away)


def _risk(problem: Problem) -> Iterator[Row]:
    """What may come between the plan and its targets: the event, whom it may befall, and how often in a year."""
    raw = _raw(problem, "risk")
    for name, entry in problem.scenario.risk.items():
        title, event = localised(entry.title), say(f"event_{entry.event}")
        named = say("annex_named", title=title, told=event) if title else event
        years = say("annex_any_year") if entry.years is None else _within(entry.years)
        whom = _who(problem, entry.who), _titles(problem, entry.programmes), years
        yield _row(raw[name], named, *whom, share_told(entry.rate))


def _pins(problem: Problem) -> Iterator[Row]:
    """The starts required and forbidden; the source is that of the pin, else that of all pins."""
    whole = _raw(problem, "pins")
    for kind, heading in (("require", "annex_required"), ("forbid", "annex_forbidden")):
        for place, pin in enumerate(getattr(problem.scenario.pins, kind)):
            own = whole[kind][place]
            raw = own if own.get("source") else {"source": whole.get("source")}
            yield _row(raw, say(heading), *_pinned(problem, pin))


def _pinned(problem: Problem, pin: Pin) -> tuple[str, str, str]:
    programme = say("annex_any_programme") if pin.programme is None else programme_title(problem, pin.programme)
    year = say("annex_any_year") if pin.start is None else str(pin.start)
    return pin.cadre or say("annex_any_cadre"), programme, year


def _rules(problem: Problem) -> Iterator[Row]:
    for heading, told, raw in general_rules(problem):
        yield _row(raw, heading, told)


PARTS = {
    "rules": (("rule", "what"), _rules),
    "groups": (("group", "members"), _groups),
    "programmes": (("programme", "step", "study", "who", "further"), _programmes),
    "targets": (("target", "who", "level", "much", "reckoned"), _targets),
    "seats": (("pool", "listed", "who", "a_year", "period", "further"), _seats),
    "shares": (("share", "listed", "who", "least", "further"), _shares),
    "classes": (("programme", "class"), _classes),
    "priority": (("group", "listed", "points"), _priority),
    "approval": (("order", "authority", "who", "listed", "years"), _approval),
    "leave": (("cadre", "years", "away"), _leave),
    "risk": (("event", "who", "listed", "years", "rate"), _risk),
    "pins": (("rule", "cadre", "programme", "years"), _pins),
}
"""The parts of the annex: their headings, and the function that tells their rows."""
