"""What a run folder holds of people, and until when: the notice that lies in it, and the day that is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.inputs.kept_tables import KeptTable
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Privacy
from planner.messages import LANGUAGES, Sentence, say, speaking
from planner.plans.persons import names

MOST_NAMED = 12
"""Columns and sheets that are named of one table."""
NOTICE = "NOTICE.txt"
"""The notice of a run folder, in every language."""


def notice(problem: Problem, kept: Mapping[str, KeptTable] | None = None) -> str:
    """The notice of a run of the problem, in every language; `kept` are its tables by their keys, as they lie in it."""
    has_names = any(names(problem).values())
    told = []
    for language in LANGUAGES:
        with speaking(language):
            named = say("run_notice_names") if has_names else ""
            told.append(say("run_notice", people=len(problem.cadres), names=named, until=kept_until(problem)))
            told += [text for key, table in (kept or {}).items() if (text := _of_table(key, table))]
    return "\n\n".join(told) + "\n"


def _of_table(key: str, table: KeptTable) -> str:
    """What of a table is not kept, or that all of it had to be."""
    if table.whole:
        return say("run_notice_whole", table=say(f"kept_{key}"))
    if not table.left_out:
        return ""
    more = len(table.left_out) - MOST_NAMED
    names = ", ".join(f"'{name}'" for name in table.left_out[:MOST_NAMED]) + (f", ... (+{more})" if more > 0 else "")
    return say("run_notice_left_out", table=say(f"kept_{key}"), names=names)


def kept_until(problem: Problem) -> str:
    """Until when personal data are kept, as a sentence."""
    day = problem.scenario.privacy.keep_until
    return say("run_notice_no_day") if day is None else say("run_notice_until", day=day)


def overdue(privacy: Privacy, folder: object) -> Sentence | None:
    """That the day is past until which the personal data in a folder were to be kept; None while it is not."""
    day = privacy.keep_until
    if day is None or today() <= dt.date.fromisoformat(day):
        return None
    return Sentence("keep_until_past", {"folder": folder, "day": day})


def today() -> dt.date:
    """The day on which this is said."""
    return dt.datetime.now(dt.UTC).date()
