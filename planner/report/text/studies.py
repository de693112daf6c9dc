"""What comparisons and sweeps come to, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from planner.messages import entered, say
from planner.plans.comparability import horizon_of, years_of_both
from planner.plans.exchange import CHANGES, change_in_words
from planner.plans.persons import person
from planner.plans.verdicts import REACHED, outcome
from planner.studies.comparison import Comparison
from planner.studies.sweep import Sweep

NAMED = 4
"""Targets that a sentence names."""
CODES = 12
"""Cadres that a sentence names."""


def pairs(found: Comparison) -> Iterator[tuple[str, str]]:
    """The first plan with each other; plans that were not found have nobody to exchange."""
    first, *others = found.plans
    for other in others if found.plans[first].found else ():
        if found.plans[other].found:
            yield first, other


def differences(found: Comparison) -> Iterator[str]:
    """From the first plan to each other: which targets move, what it costs, who comes in and who goes out."""
    for a, b in pairs(found):
        yield say("compare_first", a=a, b=b, targets=_targets(found, a, b), people=_people(found, a, b))
        years = ["-".join(map(str, horizon_of(found.plans[name]))) for name in (a, b)]
        if years[0] != years[1]:
            yield "  " + say("compare_years_differ", a=a, b=b, years_a=years[0], years_b=years[1])
        for which in ("newly", "no_longer", "moves"):
            titles = _titles(found.moved(a, b), which)
            if titles:
                yield "  " + say(f"compare_{which}", targets=_some(titles, NAMED))
        changes = found.gains_and_losses(a, b)
        for change in CHANGES:
            own = Counter(changes.loc[changes["change"] == change, "cadre"])  # of a cadre's starts several may move
            named = [_so_often(person(found.plans[b].problem, cadre), starts) for cadre, starts in own.items()]
            if named:
                told = _some(named, CODES)
                yield "  " + say("compare_who", change=change_in_words(change), number=len(named), names=told)


def _so_often(cadre: str, starts: int) -> str:
    return cadre if starts == 1 else f"{cadre} ×{starts}"


def _targets(found: Comparison, a: str, b: str) -> str:
    """How many targets are reached, how many places short, how many starts, before and after."""
    before, after = (outcome(found.plans[name]) for name in (a, b))
    starts = [len(sent) for sent in _compared(found, a, b)]
    return say(
        "compare_standing",
        before=before.reached,
        after=after.reached,
        short_before=before.short,
        short_after=after.short,
        starts_before=starts[0],
        starts_after=starts[1],
    )


def _people(found: Comparison, a: str, b: str) -> str:
    sent = [set(starts["cadre"]) for starts in _compared(found, a, b)]
    return say("compare_in_out", came=len(sent[1] - sent[0]), went=len(sent[0] - sent[1]))


def _compared(found: Comparison, a: str, b: str) -> Iterator[pd.DataFrame]:
    """The starts of both plans in the years that both cover."""
    years = years_of_both(found.plans[a], found.plans[b])
    for name in (a, b):
        starts = found.plans[name].assignments
        yield starts[starts["start"].isin(years)]


def _titles(moved: pd.DataFrame, which: str) -> list[str]:
    """The titles of the targets that are newly reached, no longer reached, or attained by others in number alone."""
    before, after = moved["verdict_a"] == REACHED, moved["verdict_b"] == REACHED
    if which != "moves":
        own = moved[~before & after] if which == "newly" else moved[before & ~after]
        return own["title"].tolist()
    rest = moved[before == after].to_dict("records")
    return [
        say("compare_moves_one", target=row["title"], before=row["attained_a"], after=row["attained_b"])
        for row in rest
        if row["attained_a"] != row["attained_b"]
    ]


def _some(names: list[str], most: int) -> str:
    """The first few, and how many more there are."""
    shown = "; ".join(names[:most])
    return shown if len(names) <= most else say("compare_more", names=shown, number=len(names) - most)


def sweep_in_words(found: Sweep) -> Iterator[str]:
    """How many targets are reached over the grid, and where, first, the fewest places are short."""
    solved = found.table[found.table["targets_reached"].notna()]
    if solved.empty:
        yield say("sweep_nothing", scenarios=len(found.table))
        return
    reached, short = solved["targets_reached"].astype(int), solved["places_short"].astype(int)
    ranges = {"least": int(reached.min()), "most": int(reached.max())}
    one = ranges["least"] == ranges["most"]
    told = [say("sweep_reached_alike" if one else "sweep_reached_range", scenarios=len(solved), **ranges)]
    if short.min() == short.max():
        told.append(say("sweep_short_alike", short=int(short.min())))
    else:
        best = solved.iloc[int(short.argmin())]
        where = ", ".join(f"{key} = {entered(best[key])}" for key in found.keys)
        told.append(say("sweep_short_fewest", short=int(short.min()), where=where))
    yield say("headline_sentence", parts="; ".join(told))
