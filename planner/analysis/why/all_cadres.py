"""The answers for all cadres at once: what each gets and how surely, and what a start they wait for would cost.

Whether every best plan has a start, or only some, is settled for all starts together (`planner.analysis.backbone`). Who
waits, a member of a target who lacks its level, could start what leads there and does not attain it in the plan, gets
the price of each such programme: nothing if some best plan has it, else by solving, once for all who are alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.analysis.backbone import EVERY, SOME, backbone
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import UNPROVEN, Unproven, is_out_of_time, kept_answers
from planner.analysis.price import Price, price_of
from planner.analysis.what_if import WhatIf
from planner.common.errors import InputError
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.model.attainment import NO_STARTS, attaining, unknown_level
from planner.model.options import Options, admissible_starts


@dataclass(frozen=True)
class Everybody:
    """The answers.

    Attributes
    ----------
    starts
        cadre, programme, start, held (`every` or `some`; `unproven`): the starts of the plan, and how many best plans
        have them.
    waiting
        cadre, programme, target: who waits for what; the target is the first that it would count for.
    prices
        Of each row of `waiting`, the price of the programme in its best year; None where some best plan has it.
    tied
        That it could not be proven in time which starts every best plan has; None where it is.
    """

    starts: pd.DataFrame
    waiting: pd.DataFrame
    prices: tuple[Price | Unproven | None, ...]
    tied: Unproven | None = None


def explain_all(
    what_if: WhatIf,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Everybody:
    """The answers for all cadres.

    Parameters
    ----------
    on_progress
        Told how many questions are answered.
    parallel
        Where the prices are found.
    """
    waiting = who_waits(what_if)
    held, late = _settled(what_if, asked_options(what_if, waiting))
    asked = prices_asked(what_if, waiting, held)
    found = kept_answers("explain", price_of_programme, what_if, list(asked), on_progress, parallel)
    prices: list[Price | Unproven | None] = [None] * len(waiting)
    for rows, price in zip(asked.values(), found, strict=True):
        for row in rows:
            prices[row] = price
    chosen = what_if.plan.assignments[["cadre", "programme", "start"]]
    starts = chosen.merge(held, on=["cadre", "programme", "start"], how="left")
    return Everybody(starts, waiting, tuple(prices), late)


def _settled(what_if: WhatIf, asked: np.ndarray) -> tuple[pd.DataFrame, Unproven | None]:
    """Which best plans have the starts asked about; where that takes too long, `unproven`, and the time."""
    try:
        return backbone(what_if, asked=asked), None
    except InputError as error:
        if not is_out_of_time(error):
            raise
        own = what_if.plan.assignments[["cadre", "programme", "start"]]
        return own.assign(held=UNPROVEN), Unproven(what_if.problem.scenario.solver.time_limit_s)


def prices_asked(what_if: WhatIf, waiting: pd.DataFrame, held: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """Cadres and programmes whose price is to be found, and the rows of `waiting` that have it: all who are alike."""
    in_some = held.loc[held["held"].isin([EVERY, SOME]), ["cadre", "programme"]].drop_duplicates()
    tied = pd.MultiIndex.from_frame(waiting[["cadre", "programme"]]).isin(pd.MultiIndex.from_frame(in_some))
    proven, cadres = what_if.proven, pd.Index(what_if.problem.cadres["cadre"])
    classes = proven.alike[cadres.get_indexer(waiting["cadre"])]
    rows: dict[tuple[int, str], list[int]] = {}
    for row in np.flatnonzero(~tied):
        rows.setdefault((int(classes[row]), str(waiting["programme"].iloc[row])), []).append(int(row))
    return {(str(waiting["cadre"].iloc[same[0]]), name): same for (_, name), same in rows.items()}


def asked_options(what_if: WhatIf, waiting: pd.DataFrame) -> np.ndarray:
    """The options of which it matters whether best plans have them: the plan's, and what somebody waits for."""
    proven, problem = what_if.proven, what_if.problem
    frame = proven.options.frame
    pairs = pd.MultiIndex.from_arrays(
        [
            problem.cadres["cadre"].to_numpy()[frame["cadre"]],
            problem.programmes["programme"].to_numpy()[frame["programme"]],
        ]
    )
    awaited = pairs.isin(pd.MultiIndex.from_frame(waiting[["cadre", "programme"]]))
    return np.asarray(awaited | (proven.at_hand(what_if.plan)[: len(frame)] > 0))


def who_waits(what_if: WhatIf) -> pd.DataFrame:
    """Members of missed targets who could start what leads to the level and do not attain it: `Everybody.waiting`."""
    return needs(what_if.problem, what_if.plan.starts)


def needs(problem: Problem, starts: pd.DataFrame = NO_STARTS) -> pd.DataFrame:
    """Who needs which programme, `starts` apart: cadre, programme, and the first target that it would count for.

    A counted member of the target who does not attain it, by `starts` either, and an admissible start that would count.
    """
    options = admissible_starts(problem)
    rows = []
    for name, target in problem.scenario.targets.items():
        lacking = problem.counted(name) & ~unknown_level(problem, target)
        lacking &= attaining(problem, target, starts) > problem.by(target)
        rows += [(cadre, programme, name) for cadre, programme in _leading(problem, options, name, lacking)]
    found = pd.DataFrame(rows, columns=["cadre", "programme", "target"])
    return found.drop_duplicates(["cadre", "programme"]).sort_values(["cadre", "programme"], ignore_index=True)


def _leading(problem: Problem, options: Options, name: str, who: np.ndarray) -> list[tuple[str, str]]:
    """Cadre and programme of the admissible starts that lead someone to a level of the target in time."""
    target, frame = problem.scenario.targets[name], options.frame
    place = options.of_cadres(np.flatnonzero(who))
    year = frame["start" if target.counts == "enrolled" else "finish"].to_numpy()[place]
    cadre, ladders, high = (frame[column].to_numpy()[place] for column in ("cadre", "ladder", "high"))
    leads = np.zeros(len(place), dtype=bool)
    for ladder, level in target.level.items():
        wanted = problem.scenario.ladders[ladder].index(level)
        lacking = options.held[ladder].to_numpy()[cadre] < wanted
        leads |= (ladders == ladder) & (high >= wanted) & lacking & (year <= problem.by(target))
    codes, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    programme = frame["programme"].to_numpy()[place]
    return sorted({(str(codes[c]), str(names[p])) for c, p in zip(cadre[leads], programme[leads], strict=True)})


def price_of_programme(what_if: WhatIf, question: tuple[str, str]) -> Price:
    """The price of having a programme, in the best year."""
    cadre, programme = question
    return price_of(what_if, "require", Pin(cadre=cadre, programme=programme), exchange=False)
