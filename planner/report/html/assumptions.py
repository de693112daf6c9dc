"""What a plan rests on: every entry of the scenario with its figures and its source, the assumed ones marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.inputs.problem import Problem
from planner.inputs.synonyms import plain
from planner.messages import DASH, entered, localised, say
from planner.plans.summary import goal_in_words
from planner.report.html.plan_tables import Cell, Grid
from planner.report.text.titles import marked_in_words

SECTIONS = ("groups", "programmes", "targets", "seats", "shares", "classes", "priority", "approval", "leave", "risk")
"""Sections whose entries have names; any other key of the scenario is one entry."""
SINGLE = (
    *("horizon", "ladders", "absence", "study_load", "budget", "pins", "goals", "lot", "as_of"),
    *("retirement", "history", "earlier", "roster_source"),
)
"""Keys that are one entry."""
NO_ENTRIES = ("title", "source", "solver", "roster", "agencies", "acknowledged")
"""What is no assumption: names, the search's limits, files, which the provenance lists, ids of warnings."""
ASSUMED = ("assumed", "gia dinh")


def assumptions(problem: Problem) -> Grid:
    """A row per entry: section, entry, its figures as the scenario has them or what a file says, its source."""
    headings = [say(f"page_{heading}") for heading in ("section", "entry", "figures", "source")]
    grid = Grid("assumptions", say("page_assumptions_caption"), headings, row_heads=2)
    for section, name, entry in entries(problem):
        told = in_words(problem, section) if section in IN_WORDS else figures(entry)
        cells = [Cell(section_title(section)), Cell(_title(name, entry)), Cell(told)]
        grid.rows.append([*cells, source_cell(entry)])
    return grid


def entries(problem: Problem) -> Iterator[tuple[str, str, Any]]:
    """Section, name and content of every entry, in the scenario's order."""
    for key, content in problem.source.merged().items():
        if key in SECTIONS and isinstance(content, Mapping):
            yield from ((key, name, entry) for name, entry in content.items())
        elif key not in NO_ENTRIES:
            yield key, "", content


def section_title(section: str) -> str:
    """What a section of the scenario is called."""
    return say(f"page_section_{section}") if section in (*SECTIONS, *SINGLE) else section


IN_WORDS = ("goals", "as_of", "retirement", "history", "earlier")
"""Keys of which ids, a year or a file's name would say too little."""


def in_words(problem: Problem, section: str) -> str:
    """What a key of `IN_WORDS` means for the plan, with the figures that came from it."""
    if section == "goals":
        return "; ".join(goal_in_words(goal, problem.scenario) for goal in problem.scenario.goals)
    if section == "as_of":
        return say("page_means_as_of", year=problem.scenario.year_of_reading())
    if section == "retirement":
        return say("page_means_retirement", cadres=int(problem.cadres["retires"].notna().sum()))
    if section == "history":
        begun = int(problem.history["start"].notna().sum())
        return say("page_means_history", starts=begun, year=problem.scenario.horizon.first)
    return say("page_means_earlier", starts=len(problem.earlier))


def source_cell(entry: Any) -> Cell:
    """Where an entry comes from; marked if it is assumed or says nothing."""
    texts = list(map(marked_in_words, _sources(entry)))
    if not texts:
        return Cell(say("page_no_source"), "unknown")
    return Cell("; ".join(texts), "assumed" if any(is_assumed(text) for text in texts) else "")


def is_assumed(source: str) -> bool:
    """Whether a source says that something in the entry is assumed."""
    return any(word in plain(source) for word in ASSUMED)


def _sources(entry: Any) -> Iterator[str]:
    """The sources said anywhere in an entry."""
    if isinstance(entry, Mapping):
        if entry.get("source"):
            yield str(entry["source"])
        for key, value in entry.items():
            if key not in ("source", "title"):
                yield from _sources(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _sources(value)


def _title(name: str, entry: Any) -> str:
    title = localised(entry["title"], name) if isinstance(entry, Mapping) and entry.get("title") else ""
    return f"{title} ({name})" if title and name else title or name or DASH


def figures(entry: Any) -> str:
    """An entry as the scenario has it, on one line, without titles and sources."""
    if isinstance(entry, Mapping):
        kept = {key: value for key, value in entry.items() if key not in ("source", "title")}
        return ", ".join(f"{key}: {_inside(value)}" for key, value in kept.items())
    if isinstance(entry, list):
        return ", ".join(map(_inside, entry))
    return _inside(entry)


def _inside(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "{" + figures(value) + "}"
    return "[" + figures(value) + "]" if isinstance(value, list) else entered(value)
