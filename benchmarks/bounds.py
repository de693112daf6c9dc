"""The bounds that issue 4 sets, each with the figure that says whether it is kept.

A bound is *open* where the run cannot say: an engine that stopped at its limits would have taken longer, but nobody
knows how much; or what it is compared with was not asked to run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.contestants import INTEGERS
from benchmarks.outcomes import Fastest, Instance, Outcome
from benchmarks.stages import BUDGET

GIGABYTES = 4
LINEAR = 1.1  # what still counts as growing with the cadres and no faster: cost per cadre, largest to smallest size
TARGET = 700, 64  # the country on paper: districts, cores


@dataclass(frozen=True)
class Bound:
    """A bound in words, the figure measured, and whether it is kept; None: open."""

    says: str
    figure: str
    kept: bool | None


def bounds(outcome: Outcome) -> list[Bound]:
    """The bounds that concern a case; for the smallest all of one instance, so that none of them rots."""
    sets: dict[str, tuple[Callable[[Outcome], Iterator[Bound]], ...]] = {
        "smallest": (_always, _district, _province),
        "district": (_always, _district),
        "province": (_always, _province),
        "country": (_always, _country),
    }
    return [bound for found in sets[outcome.case] for bound in found(outcome)]


def _always(outcome: Outcome) -> Iterator[Bound]:
    yield Bound("planner comes to its end", "; ".join(outcome.missing) or "always", not outcome.missing)
    for one in outcome.instances:
        place = f" ({one.size})" if len(outcome.instances) > 1 else ""
        proven = [goal["goal"] for goal in one.planner.goals if goal["status"] == "optimal"]
        yield Bound(f"planner proves every goal{place}", f"{len(proven)} of {len(one.goals)}", proven == one.goals)
        if INTEGERS.keys() & one.runs.keys():
            wrong = one.disagreements()
            yield Bound(f"every value an engine proves is planner's{place}", "; ".join(wrong) or "no other", not wrong)


def _district(outcome: Outcome) -> Iterator[Bound]:
    for one in outcome.instances:
        yield _against_engine(one, 5)
        yield _against_relaxation(one, 5, "all goals proven", one.planner.total)
        spent, share = budget(one), budget(one) / one.planner.total
        yield Bound(
            f"{', '.join(BUDGET)}: together at most 10 % of the solve",
            f"{share:.0%}, {spent:.2f} s of {one.planner.total:.2f} s",
            share <= 0.1,
        )
        if (other := one.fastest_engine()) is not None:
            share = spent / other.seconds
            figure = f"{'' if other.exact else 'at most '}{share:.0%} of {_said(other)}"
            says = "loading to report: at most a tenth of what the best of the others takes"
            yield Bound(says, figure, _kept(True, share <= 0.1, other))


def _province(outcome: Outcome) -> Iterator[Bound]:
    for one in outcome.instances:
        near = one.planner.facts.get("near", {})
        others = [near.get(goal) for goal in one.goals if goal != "lot"]
        yield _against_relaxation(one, 5, "every goal but lot within 0.05 % of its bound", _latest(others))
        if "lot" in one.goals:
            yield _against_relaxation(one, 5, "lot within 0.5 % of its bound", near.get("lot"))
        yield _against_relaxation(one, 15, "all goals proven", one.planner.total)
        yield _against_engine(one, 4)
        peak = one.planner.facts.get("solve_megabytes", math.inf)
        yield Bound(f"peak memory under {GIGABYTES} GB", f"{peak:,.0f} MB", peak < GIGABYTES * 1024)


def _latest(seconds: list[float | None]) -> float | None:
    """When the last of them came; None if one never did."""
    return None if None in seconds else max((each for each in seconds if each is not None), default=0.0)


def _against_engine(one: Instance, times: int) -> Bound:
    says = f"all goals proven in at most 1/{times} of the fastest other engine's time"
    other, done = one.fastest_engine(), one.planner.proven(one.goals)
    if other is None:
        return Bound(says, "no other engine measured", None)
    share = one.planner.total / other.seconds
    figure = f"{'' if other.exact else 'at most '}{share:.2f} of {_said(other)}"
    return Bound(says, figure, _kept(done, share <= 1 / times, other))


def _kept(done: bool, enough: bool, other: Fastest) -> bool | None:
    """Whether a bound is kept; open where the other has only a part of its time to show for it."""
    if not done:
        return False
    return True if enough else (False if other.exact else None)


def _against_relaxation(one: Instance, times: int, what: str, seconds: float | None) -> Bound:
    says = f"{what}: in at most {times} times the linear relaxations' time"
    other = one.fastest_relaxation()
    if seconds is None:
        return Bound(says, "never", False)
    if other is None:
        return Bound(says, f"after {seconds:.2f} s; no relaxation measured", None)
    done = one.planner.proven(one.goals) or "proven" not in what
    ratio = seconds / other.seconds
    figure = f"{'' if other.exact else 'at most '}{ratio:.2f} times {_said(other)}"
    return Bound(says, figure, _kept(done, ratio <= times, other))


def _said(other: Fastest) -> str:
    """A contestant and its time."""
    return f"{other.name}'s {'' if other.exact else 'more than '}{other.seconds:.2f} s"


# --- the country: how things grow -----------------------------------------------------------------------------------


def _country(outcome: Outcome) -> Iterator[Bound]:
    if len(outcome.instances) < 2:
        return
    first, last = outcome.instances[0], outcome.instances[-1]
    sizes = f"{last.size} beside {first.districts}"
    cost = (last.planner.total / last.districts) / (first.planner.total / first.districts)
    yield Bound(f"cost per district at most 1.5 times, {sizes}", f"{cost:.2f} times", cost <= 1.5)
    grown = [growth(outcome, place, solve_megabytes) for place in range(1, len(outcome.instances))]
    shown = ", ".join(f"{exponent:.2f}" for exponent in grown)
    yield Bound("memory grows no faster than linearly: exponents at most 1", shown, max(grown) <= 1)
    before, after = (budget(one) / one.planner.facts["cadres"] for one in (first, last))
    says = f"loading to report linear in the cadres: seconds per cadre at most {LINEAR} times, {sizes}"
    yield Bound(says, f"{after / before:.2f} times", after / before <= LINEAR)


def growth(outcome: Outcome, place: int, figure: Callable[[Instance], float]) -> float:
    """The exponent with which a figure grows from the instance before to this one; 1 is linear."""
    before, after = outcome.instances[place - 1], outcome.instances[place]
    return math.log(figure(after) / figure(before)) / math.log(after.districts / before.districts)


def solve_megabytes(one: Instance) -> float:
    """Peak memory until the end of the solve [MB]."""
    return float(one.planner.facts["solve_megabytes"])


def budget(one: Instance) -> float:
    """What all but the search takes [seconds]; infinite where there was no plan to report."""
    return float(sum(one.planner.facts["stages"].get(stage, math.inf) for stage in BUDGET))


def work(one: Instance) -> float:
    """What the parts of the problem take, summed [seconds of one core]."""
    return float(sum(goal["seconds"] for goal in one.planner.goals))


@dataclass(frozen=True)
class Paper:
    """The country on paper: seconds before and after the parts, of the parts on all cores, in all; memory [MB]."""

    districts: int
    cores: int
    alone: float
    side_by_side: float
    seconds: float
    megabytes: float


def on_paper(outcome: Outcome) -> Paper:
    """The largest sizes' curve continued to the whole country, on many cores.

    What is not spread over cores is loading and all of the solve that its parts, evenly spread, would not have filled.
    The parts are spread evenly, but none takes less than the smallest size's on one core: a part is never cut. Every
    figure goes on growing with the exponent between the last two sizes, and linearly at least.
    """
    districts, cores = TARGET
    last, smallest = outcome.instances[-1], outcome.instances[0]

    def at_target(figure: Callable[[Instance], float]) -> float:
        exponent = max(1.0, growth(outcome, len(outcome.instances) - 1, figure))
        return figure(last) * (districts / last.districts) ** exponent

    def serial(one: Instance) -> float:
        rest = one.planner.total - work(one) / outcome.workers
        return float(one.planner.facts["stages"]["loading"]) + max(rest, 1e-3)

    alone = at_target(serial)
    side_by_side = max(at_target(work) / cores, work(smallest))
    return Paper(districts, cores, alone, side_by_side, alone + side_by_side, at_target(solve_megabytes))
