"""The audit of published tables in words: titles for ids, verdicts in the language spoken."""

from __future__ import annotations

import re

import pandas as pd

from planner.messages import figure, known, localised, say
from planner.published.audit import Audit
from planner.published.loading import Published
from planner.report.text.conditions import column_title, level_title

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CELL = re.compile(r"^(?P<before>parts, )?(?P<column>[a-z_]+): (?P<values>[^(]*?)(?P<rest> \(.*)?$", re.DOTALL)
_DECIMAL = re.compile(r"(?<=[0-9])\.(?=[0-9])")


def audit_in_words(table: pd.DataFrame, published: Published) -> pd.DataFrame:
    """The audit's table as people read it; the csv and the library keep the ids."""
    titles = _titles(published)
    told = table.copy()
    for name in ("kind", "verdict"):
        told[name] = [say(f"audit_{name}_{value}") for value in table[name]]
    for name in ("table", "item", "published", "computed"):
        told[name] = [_told(str(cell), titles, published) for cell in table[name]]
    return told


def audit_first(found: Audit) -> str:
    """How many of the checks fail, and by what."""
    if not found.wrong:
        return say("audit_all_right", checked=len(found.table))
    counts = found.faults["verdict"].value_counts()
    told = "; ".join(f"{say(f'audit_verdict_{name}')} ({figure(number)})" for name, number in counts.items())
    return say("audit_first", wrong=len(found.faults), checked=len(found.table), verdicts=told)


def note_in_words(note: str, published: Published) -> str:
    """A note with titles for ids: those of which it speaks at its beginning, and ids of several words anywhere."""
    titles = _titles(published)
    head, colon, rest = note.partition(": ")
    own = {name: title for name, title in titles.items() if "_" in name}
    return (
        _WORD.sub(lambda found: _word(found[0], titles if colon else own), head)
        + colon
        + _WORD.sub(lambda found: own.get(found[0], found[0]), rest)
    )


def _titles(published: Published) -> dict[str, str]:
    """Every id that the audit speaks of, with its title; an id without one stays."""
    scenario, content = published.scenario, published.content
    found: dict[str, str] = {}
    for entries in (scenario.seats, scenario.targets, content.tables, content.demands):
        for name, entry in entries.items():
            if title := localised(getattr(entry, "title", None)):
                found[name] = title
    return found


def _told(cell: str, titles: dict[str, str], published: Published) -> str:
    if part := _CELL.match(cell):
        values = "|".join(_value(published, part["column"], value) for value in part["values"].split("|"))
        before = say("audit_word_parts") + ", " if part["before"] else ""
        return _numbers(f"{before}{column_title(part['column'])}: {values}{part['rest'] or ''}")
    return _numbers(_WORD.sub(lambda found: _word(found[0], titles), cell))


def _value(published: Published, column: str, value: str) -> str:
    if column in published.scenario.ladders:
        return level_title(column, value)
    key = f"is_{column}_{value.lower()}"
    return say(key) if known(key) else _word(value, {})


def _word(word: str, titles: dict[str, str]) -> str:
    """An id as its title, a word of the audit in the language spoken, anything else as it is."""
    if word in titles:
        return titles[word]
    if known(f"audit_word_{word}"):
        return say(f"audit_word_{word}")
    return column_title(word) if known(f"ladder_{word}") else word


def _numbers(text: str) -> str:
    """A text whose decimals have the mark of the language."""
    return _DECIMAL.sub(say("audit_decimal_mark"), text)
