"""What a plan rests on: every entry of the scenario with its figures and its source, the assumed ones marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.inputs.problem import Problem
from planner.inputs.scenario.sources import is_assumed
from planner.messages import DASH, localised, say
from planner.report.html.plan_tables import Cell, Grid
from planner.report.text.titles import source_told

SECTIONS = ("groups", "programmes", "targets", "seats", "shares", "classes", "priority", "approval", "leave", "risk")
"""Sections whose entries have names; any other key of the scenario is one entry."""
SINGLE = (
    *("horizon", "ladders", "absence", "study_load", "budget", "pins", "goals", "lot", "as_of"),
    *("retirement", "history", "earlier", "roster_source"),
)
"""Keys that are one entry."""
NO_ENTRIES = ("title", "source", "solver", "roster", "agencies", "acknowledged", "currency")
"""What is no assumption: names, the search's limits, files, which the provenance lists, ids of warnings."""


def assumptions(problem: Problem) -> Grid:
    """A row per entry: section, entry, its source; what the entries say stands in sentences in the annex."""
    headings = [say(f"page_{heading}") for heading in ("section", "entry", "source")]
    grid = Grid("assumptions", say("page_assumptions_caption"), headings, row_heads=2, filters=(0,))
    for section, name, entry in entries(problem):
        grid.rows.append([Cell(section_title(section)), Cell(_title(name, entry)), source_cell(entry)])
    return grid


def entries(problem: Problem) -> Iterator[tuple[str, str, Any]]:
    """Section, name and content of every entry, in the scenario's order."""
    for key, content in problem.source.merged().items():
        if key in SECTIONS and isinstance(content, Mapping):
            yield from ((key, name, entry) for name, entry in content.items())
        elif key not in NO_ENTRIES:
            yield key, "", {"source": content} if key == "roster_source" else content


def section_title(section: str) -> str:
    """What a section of the scenario is called."""
    return say(f"page_section_{section}") if section in (*SECTIONS, *SINGLE) else section


def in_words(problem: Problem, section: str) -> str:
    """What the table of `history` or of the `earlier` plan means for the plan, with its figures."""
    if section == "history":
        begun = int(problem.history["start"].notna().sum())
        return say("page_means_history", starts=begun, year=problem.scenario.horizon.first)
    return say("page_means_earlier", starts=len(problem.earlier))


def source_cell(entry: Any) -> Cell:
    """Where an entry comes from; marked if it is assumed or says nothing."""
    found = list(_sources(entry))
    if not found:
        return Cell(say("page_no_source"), "unknown")
    return Cell("; ".join(map(source_told, found)), "assumed" if any(map(is_assumed, found)) else "")


def _sources(entry: Any) -> Iterator[str | Mapping[str, str]]:
    """The sources said anywhere in an entry."""
    if isinstance(entry, Mapping):
        if localised(entry.get("source")):
            yield entry["source"]
        for key, value in entry.items():
            if key not in ("source", "title"):
                yield from _sources(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _sources(value)


def _title(name: str, entry: Any) -> str:
    title = localised(entry["title"], name) if isinstance(entry, Mapping) and entry.get("title") else ""
    return f"{title} ({name})" if title and name else title or name or DASH
