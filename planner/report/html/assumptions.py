"""What a plan rests on: every entry of the scenario with its figures and its source, the assumed ones marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.inputs.problem import Problem
from planner.inputs.synonyms import plain
from planner.messages import DASH, entered, localised, say
from planner.report.html.plan_tables import Cell, Grid

SECTIONS = ("groups", "programmes", "targets", "seats", "classes", "priority", "approval")
"""Sections whose entries have names; any other key of the scenario is one entry."""
NO_ENTRIES = ("title", "source", "solver", "roster", "agencies")
"""What is no assumption: names, the search's limits, files, which the provenance lists."""
ASSUMED = ("assumed", "gia dinh")


def assumptions(problem: Problem) -> Grid:
    """A row per entry: section, entry, its figures as the scenario has them, its source."""
    headings = [say(f"page_{heading}") for heading in ("section", "entry", "figures", "source")]
    grid = Grid("assumptions", say("page_assumptions_caption"), headings, row_heads=2)
    for section, name, entry in entries(problem):
        cells = [Cell(section), Cell(_title(name, entry)), Cell(figures(entry))]
        grid.rows.append([*cells, source_cell(entry)])
    return grid


def entries(problem: Problem) -> Iterator[tuple[str, str, Any]]:
    """Section, name and content of every entry, in the scenario's order."""
    for key, content in problem.source.merged().items():
        if key in SECTIONS and isinstance(content, Mapping):
            yield from ((key, name, entry) for name, entry in content.items())
        elif key not in NO_ENTRIES:
            yield key, "", content


def source_cell(entry: Any) -> Cell:
    """Where an entry comes from; marked if it is assumed or says nothing."""
    texts = list(_sources(entry))
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
