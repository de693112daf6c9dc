"""The general rules of a scheme in sentences: period, roster, absence, study load, budget, goals, lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Absence
from planner.inputs.scenario.sources import is_assumed
from planner.messages import localised, percentage, say
from planner.model.goals import GOALS
from planner.plans.summary import goal_in_words, ladder_in_words
from planner.report.html.assumptions import in_words
from planner.report.text.conditions import condition_told, level_title
from planner.report.text.titles import mode_title

Rule = tuple[str, str, Any]
"""What a rule is about, its sentence, and the entry that states it, for its source."""


def general_rules(problem: Problem) -> Iterator[Rule]:
    """Every rule that is not an entry among others, in the order in which a reader asks."""
    raw, scenario = problem.source.merged(), problem.scenario
    whole = {"source": raw.get("source")}
    yield say("annex_on_scheme"), localised(scenario.title, say("page_untitled")), whole
    first, last = scenario.horizon.first, scenario.horizon.last
    period = say("annex_horizon_year" if first == last else "annex_horizon", first=first, last=last)
    yield say("annex_on_horizon"), period, raw.get("horizon")
    yield say("annex_on_as_of"), say("annex_as_of", year=scenario.year_of_reading()), whole
    yield from _tables(problem, raw)
    for ladder, levels in scenario.ladders.items():
        ascending = ", ".join(level_title(ladder, level) for level in levels)
        yield say("annex_on_ladder", ladder=ladder_in_words(ladder)), ascending, raw.get("ladders")
    if scenario.absence is not None:
        yield from _absence(problem, scenario.absence, raw["absence"])
    load = scenario.study_load
    told = [say("annex_load", short=load.short_per_year)]
    told += [] if load.starts_per_cadre is None else [say("annex_load_starts", starts=load.starts_per_cadre)]
    told += [say("annex_load_between", years=load.years_between)] if load.years_between else []
    yield say("annex_on_load"), " ".join(told), raw.get("study_load")
    if scenario.budget is not None:
        yield say("annex_on_budget"), " ".join(_budget(scenario.budget.per_year)), raw["budget"]
    yield say("annex_on_goals"), "; ".join(_goals(problem)), whole
    lot = say("annex_lot", lot=scenario.lot) if "lot" in scenario.goals else say("annex_no_lot")
    yield say("annex_on_lot"), lot, whole


def _tables(problem: Problem, raw: Mapping[str, Any]) -> Iterator[Rule]:
    """The roster and where it comes from, who retires, what began before."""
    origin = problem.scenario.roster_source
    people = say("annex_roster", cadres=len(problem.cadres), agencies=len(problem.agencies))
    said = [people]
    if is_assumed(origin or raw.get("source")):
        said.append(say("annex_roster_assumed"))
    elif not origin:
        said.append(say("annex_roster_silent"))
    yield say("annex_on_roster"), " ".join(said), {"source": origin}
    known = int(problem.cadres["retires"].notna().sum())
    told = say("annex_retirement_all") if known == len(problem.cadres) else say("annex_retirement", cadres=known)
    yield say("annex_on_retirement"), told, {"source": origin}
    if problem.scenario.history is not None:
        yield say("annex_on_history"), in_words(problem, "history"), None
    if problem.scenario.earlier is not None:
        yield say("annex_on_earlier"), in_words(problem, "earlier"), None


def _absence(problem: Problem, absence: Absence, raw: Any) -> Iterator[Rule]:
    """Who counts as away, how many may be, band by band, and the leaders."""
    modes = ", ".join(mode_title(mode).lower() for mode in absence.modes)
    yield say("annex_on_absence"), say("annex_absence_modes", modes=modes), raw
    low: int | None = 0
    for place, band in enumerate(absence.bands):
        if low is not None:
            own = raw["bands"][place]
            yield say("annex_on_band", size=_size(low, band.up_to)), _allowed(band), own if own.get("source") else raw
            low = None if band.up_to is None else max(low, band.up_to + 1)
    if absence.bands and low is not None:
        yield say("annex_on_no_band"), say("annex_no_band"), raw
    if absence.leaders is not None:
        told = say("annex_leaders", present=absence.leaders.present, who=condition_told(problem, absence.leaders.who))
        yield say("annex_on_leaders"), told, raw["leaders"] if raw["leaders"].get("source") else raw


def share_told(share: float) -> str:
    """A share in per cent, with decimals only where it has some."""
    return percentage(share, 0 if float(100 * share).is_integer() else 1)


def _size(low: int, high: int | None) -> str:
    if high is None:
        return say("annex_size_from", low=low) if low else say("annex_size_any")
    return say("annex_size_between", low=low, high=high) if low else say("annex_size_to", high=high)


def _allowed(band: Any) -> str:
    if band.away is None:
        return say("annex_band_share", share=share_told(band.share))
    return say("annex_band_away", away=band.away) if band.away else say("annex_band_nobody")


def _budget(amounts: float | Mapping[int, float]) -> Iterator[str]:
    if not isinstance(amounts, Mapping):
        yield say("annex_budget", amount=amounts)
        return
    for year, amount in amounts.items():
        yield say("annex_budget_year", year=year, amount=amount)


def _goals(problem: Problem) -> Iterator[str]:
    for place, goal in enumerate(problem.scenario.goals, 1):
        sense = say(f"annex_goal_{GOALS[goal.kind].sense}")
        yield say("annex_goal", place=place, goal=goal_in_words(goal, problem.scenario), sense=sense)
