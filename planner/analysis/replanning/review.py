"""A review: plan against what happened up to a year, and what the plan made again proposes."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from planner.analysis.replanning.changes import Change
from planner.messages import Sentence
from planner.plans.plan import Plan
from planner.years.before import Before
from planner.years.known import Known
from planner.years.progress import Progress


@dataclass(frozen=True)
class Review:
    """A year looked back on, or with `final` the whole scheme.

    Attributes
    ----------
    known
        What is known of the plan by the end of the year; `known.state.news`: what, cadre, agency, programme, start,
        detail, entry: everything that happened or is taken to have happened.
    progress
        Starts planned, happened, declined, failed and unconfirmed: by year, programme, office, priority entry, target.
    targets
        Every target by the end of the year against the plan's line, and what is missing.
    final
        Whether the scheme is looked back on as a whole.
    before
        The years before the plan was made again; None: it never was, or the run folder tells nothing of them.
    again
        The plan made again from the next year on; None in the last year. It may not have been found.
    proposal
        target, planned, planned_required, proposed, required [people]: what it attains, beside the plan.
    changes
        Its changes against the plan.
    notes
        What else its reader should know.
    """

    known: Known
    progress: Progress
    targets: pd.DataFrame
    final: bool
    before: Before | None = None
    again: Plan | None = None
    proposal: pd.DataFrame = field(default_factory=pd.DataFrame)
    changes: tuple[Change, ...] = ()
    notes: tuple[Sentence, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan that is looked back on."""
        return self.known.plan

    @property
    def year(self) -> int:
        """The year by whose end things are told."""
        return self.known.year

    @property
    def first(self) -> int:
        """The first year that is looked back on."""
        return self.progress.first

    @property
    def news(self) -> pd.DataFrame:
        """What happened to people, and is taken to have happened, in all these years."""
        own = self.known.state.news
        return own if self.before is None else pd.concat([self.before.people[own.columns], own], ignore_index=True)

    @property
    def verdicts(self) -> pd.Series:
        """How many targets each verdict is said of."""
        return self.targets["verdict"].value_counts()
