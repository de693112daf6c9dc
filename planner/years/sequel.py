"""The start of the next scheme: the cadres as the last one leaves them, its figures as a draft to be edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import LANGUAGES, Sentence, localised, say, speaking
from planner.plans.plan import Plan
from planner.years.before import Before, with_before
from planner.years.known import Known, known_by
from planner.years.ledger import News
from planner.years.progress import starts_of
from planner.years.state import HISTORY, NEWS, State
from planner.years.successor import leave_left

FIGURES = ("targets", "seats", "shares", "classes", "priority")
"""Sections whose entries are figures of the old scheme, each marked as assumed."""
SINGLE = ("absence", "study_load", "budget")
"""Keys that are one such entry."""
LEFT_OUT = ("pins", "acknowledged", "earlier", "history", "as_of", "sheets", "headers", "synonyms")
"""What speaks of the old scheme's years, people and files alone."""


@dataclass(frozen=True)
class Sequel:
    """The start of the next scheme.

    Attributes
    ----------
    problem
        Its scenario and tables, sound: it can be solved as it is.
    known
        What is known of the old scheme at its end.
    notes
        What its reader should decide or know, a sentence each.
    news
        what, cadre, agency, programme, start, detail, entry: what happened in the old scheme, or is only taken to have
        happened; of the years before its plan was made again what people did, and what nobody confirmed.
    """

    problem: Problem
    known: Known
    notes: tuple[Sentence, ...]
    news: pd.DataFrame


def sequel_of(plan: Plan, news: News, last: int, before: Before | None = None) -> Sequel:
    """The start of the scheme that follows a plan's, to the year `last`.

    Parameters
    ----------
    news
        All events of the run, checked.
    last
        The last year of the new scheme [year].
    before
        The years before the plan was made again.

    Raises
    ------
    InputError
        The year does not lie after the old scheme.
    """
    horizon = plan.problem.scenario.horizon
    if last <= horizon.last:
        raise InputError(Fault("sequel_last", {"last": last, "end": horizon.last}))
    known = known_by(plan, news, horizon.last)
    draft = _Draft(plan.problem, known, last, before)
    scenario = draft.scenario()
    state = known.state
    tables: dict[str, Any] = {"roster": state.roster, "agencies": plan.problem.agencies}
    rest = resting(state, draft.first)
    if len(rest):
        tables["history"] = rest
    return Sequel(load(scenario, **tables), known, tuple(draft.notes(len(rest))), draft.news)


def resting(state: State, first: int) -> pd.DataFrame:
    """The studies of the old scheme that ended, as history of the new one.

    They count in `years_between` alone: without `start`, pools and shares no limit of the new scheme counts them.
    """
    there = set(state.roster["cadre"])
    past = state.history[state.history["cadre"].isin(there)]
    past = past[pd.to_numeric(past["finish"]) < first]
    blank = dict.fromkeys(("start", "pools", "shares", "of_group"), "")
    return past.assign(**blank)[[*HISTORY]].reset_index(drop=True)


class _Draft:
    def __init__(self, problem: Problem, known: Known, last: int, before: Before | None) -> None:
        self.old, self.known, self.last, self.before = problem, known, last, before
        self.first = problem.scenario.horizon.last + 1
        self.began = _first_year(problem, before)
        self.shift = self.first - self.began
        self.plain: dict[str, Any] = problem.source.merged()
        self.news = known.state.news if before is None else _with_news_before(known, before)

    def scenario(self) -> dict[str, Any]:
        """The scenario as one mapping."""
        horizon = self.old.scenario.horizon
        made = {key: value for key, value in self.plain.items() if key not in LEFT_OUT}
        made["horizon"] = {"first": self.first, "last": self.last}
        made["title"] = {name: self._said(name, "sequel_scheme", title=True) for name in LANGUAGES}
        made["source"] = self._assumed(self.plain)
        made["roster_source"] = {
            name: self._said(name, "sequel_roster", first=self.began, last=horizon.last) for name in LANGUAGES
        }
        for key in FIGURES:
            if made.get(key):
                made[key] = {name: self._figure(entry) for name, entry in made[key].items()}
        for key in SINGLE:
            if made.get(key):
                made[key] = self._figure(made[key])
        if goals := [goal for goal in made.pop("goals", None) or () if goal != "changes"]:
            made["goals"] = goals
        if self.plain.get("blank"):
            made["blank"] = dict.fromkeys(self.plain["blank"], "unknown")
        leave = self._leave()
        made.pop("leave", None)
        return made | ({"leave": leave} if leave else {})

    def _said(self, name: str, key: str, *, title: bool = False, **values: object) -> str:
        with speaking(name):
            if title:
                values = {"title": localised(self.old.scenario.title, say("page_untitled"))}
                values |= {"first": self.first, "last": self.last}
            return say(key, **values)

    def _assumed(self, entry: Mapping[str, Any]) -> dict[str, str]:
        """The source of an entry that is carried over."""
        told: dict[str, str] = {}
        for name in LANGUAGES:
            with speaking(name):
                carried = say("sequel_assumed", first=self.began, last=self.old.scenario.horizon.last)
                told[name] = "; ".join(filter(None, [carried, localised(entry.get("source"))]))
        return told

    def _figure(self, entry: Any) -> Any:
        """An entry with its years shifted, and its figures marked as assumed."""
        shifted = _shifted(entry, self.shift)
        return {**shifted, "source": self._assumed(entry)} if isinstance(shifted, Mapping) else shifted

    def _leave(self) -> dict[str, Any]:
        """The leave that reaches into the new years."""
        old = self.plain.get("leave") or {}
        changed, _ = leave_left(old, self.known.careers, set(self.known.state.roster["cadre"]))
        merged = {name: entry for name, entry in {**old, **changed}.items() if entry is not None}
        return {name: entry for name, entry in merged.items() if int(entry["to"]) >= self.first}

    def notes(self, resting_studies: int) -> Iterator[Sentence]:
        """What is to be decided or known."""
        scenario = self.old.scenario
        yield Sentence("sequel_note_figures", {"first": self.began, "last": scenario.horizon.last})
        old, new = self.shift, self.last - self.first + 1
        if old != new:
            yield Sentence("sequel_note_length", {"old": old, "new": new})
        there = self.news["cadre"].isin(self.known.state.roster["cadre"])
        for what in ("unconfirmed", "taken_as_finished", "overdue"):
            if own := [*map(str, self.news.loc[there & (self.news["what"] == what), "cadre"])]:
                cadres = ", ".join(dict.fromkeys(own[:NAMED]))
                more = "" if len(own) <= NAMED else " …"
                yield Sentence(f"sequel_note_{what}", {"number": len(own), "cadres": cadres + more})
        pins = len(scenario.pins.require) + len(scenario.pins.forbid)
        if pins:
            yield Sentence("sequel_note_pins", {"number": pins})
        if scenario.acknowledged:
            yield Sentence("sequel_note_acknowledged", {"number": len(scenario.acknowledged)})
        ended = [name for name, entry in scenario.programmes.items() if self._over(entry.years)]
        if ended:
            yield Sentence("sequel_note_programmes", {"names": ", ".join(ended), "first": self.first})
        signed = [name for name, entry in scenario.approval.items() if self._over(entry.years)]
        if signed:
            yield Sentence("sequel_note_approval", {"names": ", ".join(signed), "first": self.first})
        if any(getattr(goal, "kind", goal) == "lot" for goal in scenario.goals):
            yield Sentence("sequel_note_lot", {"lot": scenario.lot})
        if resting_studies and scenario.study_load.years_between:
            yield Sentence("sequel_note_rest", {"number": resting_studies})

    def _over(self, years: Any) -> bool:
        """Whether what holds in some years has ended before the new ones."""
        return years is not None and years.to is not None and years.to < self.first


NAMED = 6
"""Cadres that a note names."""


def _with_news_before(known: Known, before: Before) -> pd.DataFrame:
    """The news of all years: of those before the plan was made again what people did, and what nobody confirmed."""
    then, now = before.starts, with_before(starts_of(known), before)[0]
    taken = {
        "unconfirmed": now["status"].eq("unconfirmed"),
        "taken_as_finished": then["start"].isna() & then["outcome"].eq("presumed"),
    }
    columns = [name for name in NEWS if name in now]
    parts = [now.loc[mask, columns].assign(what=what, detail="", entry="") for what, mask in taken.items()]
    parts = [part.assign(start=part["start"].astype(object).where(part["start"].notna(), "")) for part in parts]
    return pd.concat([before.people[[*NEWS]], *(part[[*NEWS]] for part in parts), known.state.news], ignore_index=True)


def _first_year(problem: Problem, before: Before | None) -> int:
    """The first year of the scheme, of which a plan that was made again has only the last years."""
    known = None if before is None else before.first
    begun = problem.history["start"].dropna()
    return min([problem.scenario.horizon.first, *([known] if known is not None else map(int, begun))])


def _shifted(entry: Any, years: int) -> Any:
    """An entry whose years lie so many later: the years of its limits, of reckoning and of reading."""
    if not isinstance(entry, Mapping):
        return entry
    found: dict[Any, Any] = {}
    for key, value in entry.items():
        if key in ("by", "as_of") and isinstance(value, int):
            found[key] = value + years
        elif key == "per_year" and isinstance(value, Mapping):
            found[key] = {int(str(own)) + years if str(own).isdecimal() else own: each for own, each in value.items()}
        else:
            found[key] = value
    return found
