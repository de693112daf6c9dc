"""A resilient plan beside today's, on the terminal."""

from __future__ import annotations

from typing import Any

from rich.markup import escape

from planner.analysis.risk.resilient import Resilience
from planner.messages import figure, say, signed
from planner.report.terminal.console import console_wide, grid

DIGITS = 2
CERTAIN = 2.0
"""Standard errors that a gain must exceed to be told as one."""


def print_resilience(found: Resilience) -> None:
    """What is proven over the sample, both plans in fresh futures, what it costs and gains, how far from the best."""
    console = console_wide()
    sample, judged = found.plan.problem.scenario.resilient, found.judged
    if judged is None:
        return
    title = say(
        "resilient_title",
        starts=len(found.plan.assignments),
        futures=sample.futures,
        seed=sample.seed,
        judged=judged.count,
        fresh=judged.seed,
    )
    console.print("\n" + escape(title), soft_wrap=True)
    for line in _proof(found):
        console.print(escape(line), soft_wrap=True)
    headings = [say(f"resilient_column_{name}") for name in ("today", "resilient", "difference")]
    shown = grid(say("resilient_table"), "", *headings)
    for row in found.figures.to_dict("records"):
        cells = _given(row, "today"), _given(row, "resilient"), _given(row, "difference", "error", told=signed)
        shown.add_row(*map(escape, (say(f"resilient_figure_{row['figure']}"), *cells)))
    console.print(shown)
    for line in _worth(found):
        console.print(escape(line), soft_wrap=True)


def _given(row: dict[Any, Any], name: str, error: str | None = None, told: Any = figure) -> str:
    """A figure with its standard error, where it has one."""
    spread = row[error or f"{name}_error"]
    if not spread:
        return str(told(row[name]))
    return say("risk_give", value=told(row[name], DIGITS), error=figure(spread, DIGITS))


def _proof(found: Resilience) -> list[str]:
    """What is proven of the measure over the sample; how many goals after it are not."""
    own, goals = found.samples.iloc[0], found.plan.goals
    told = {
        "futures": found.plan.problem.scenario.resilient.futures,
        "value": figure(own["value"], DIGITS),
        "measure": say(f"resilient_figure_{found.measure}"),
        "no_plan": _no_plan(found),
    }
    if found.reserves:
        told |= {"number": found.reserves, "bound": figure(own["bound"], DIGITS)}
        left = int((goals["status"] != "optimal").sum())
        settled = say("resilient_unsettled_reserved", number=left) if left else say("resilient_settled")
        return [say("resilient_reserved", **told), settled]
    place = goals["goal"].tolist().index(found.measure)
    proven = bool((goals["status"].iloc[: place + 1] == "optimal").all())
    bound = figure(own["bound"], DIGITS)
    first = say("resilient_proven", **told) if proven else say("resilient_open", **told, bound=bound)
    left = int((goals["status"].iloc[place + 1 :] != "optimal").sum())
    return [first, *([say("resilient_unsettled", number=left)] if left else [])]


def _no_plan(found: Resilience) -> str:
    """Of which plans something is proven: of all, or of those that keep what today's attains."""
    return say("resilient_no_plan_kept" if found.keep_today else "resilient_no_plan_at_all")


def _worth(found: Resilience) -> list[str]:
    """What the plan costs where nothing happens, what it gains on average, and how far from the best it may be."""
    rows = {row["figure"]: row for row in found.figures.to_dict("records")}
    own, measure = rows[found.measure], say(f"resilient_figure_{found.measure}")
    gain = {"gain": figure(-own["difference"], DIGITS), "error": figure(own["error"], DIGITS), "measure": measure}
    worth = -own["difference"] > CERTAIN * own["error"]
    cost = figure(rows["planned"]["difference"])
    first = say("resilient_gains", cost=cost, **gain) if worth else say("resilient_no_gain", **gain)
    gap = found.gap
    if gap["bound"] is None:
        return [first, say("resilient_no_bound")]
    told = {
        "bound": figure(gap["bound"], DIGITS),
        "error": figure(gap["bound_error"], DIGITS),
        "no_plan": _no_plan(found),
    }
    high = figure(max(0, gap["gap_high"] or 0), DIGITS)
    return [first, say("resilient_bound", samples=gap["samples"], high=high, measure=measure, **told)]
