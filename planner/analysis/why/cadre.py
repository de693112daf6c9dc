"""Why a cadre gets what he gets, why not the rest, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from planner.analysis.price import Price, price_of
from planner.analysis.what_if import WhatIf, with_pin
from planner.analysis.why.conflicts import explain_conflicts
from planner.analysis.why.remedies import Remedies, remedies
from planner.analysis.why.ways_out import WayOut
from planner.common.errors import Fault, InputError
from planner.inputs.scenario.schema import Pin
from planner.model.options import Options, admissible_starts
from planner.plans.finding import find_cadre, find_programme
from planner.plans.serves import Purpose, read

INADMISSIBLE, IMPOSSIBLE, FREE, COSTS = "inadmissible", "impossible", "free", "costs"


@dataclass(frozen=True)
class Got:
    """A start of the plan: what it serves, what the plan would be without it, and why it is not sooner.

    `sooner` are the years before it in which it is not admissible, each with every reason.

    Every best plan has it unless being without it is free.
    """

    programme: str
    start: int
    finish: int
    serves: tuple[Purpose, ...]
    without: Price
    sooner: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def held(self) -> str:
        """Whether `every` best plan has the start, or only `some`."""
        return "some" if self.without.free else "every"


@dataclass(frozen=True)
class Missed:
    """A start that the plan does not have, in one year or in whichever is best (None).

    Attributes
    ----------
    reasons
        By year, why the start is not admissible; empty for a year in which it is.
    price
        Of having it; None where it is admissible in no year asked for.
    remedies
        What would get it in; None unless asked for.
    way_out
        Where no plan can hold it: the least that the rules would have to give way; None unless asked for.
    """

    programme: str
    start: int | None
    reasons: dict[int, tuple[str, ...]]
    price: Price | None
    remedies: Remedies | None = None
    way_out: WayOut | None = None

    @property
    def verdict(self) -> str:
        """inadmissible; impossible together with what must be; free: a tie, the lot decided; or costs."""
        if self.price is None:
            return INADMISSIBLE
        return (FREE if self.price.free else COSTS) if self.price.possible else IMPOSSIBLE


@dataclass(frozen=True)
class Explanation:
    """All that was asked about one cadre."""

    cadre: str
    agency: str
    got: tuple[Got, ...]
    missed: tuple[Missed, ...] = field(default=())


def explain(what_if: WhatIf, cadre: str, programme: str | None = None, year: int | None = None) -> Explanation:
    """What a cadre gets and why not something else.

    With a programme the answer is about it, and says what would get the cadre in; without, about every programme.

    Raises
    ------
    InputError
        The scenario knows no such cadre, programme or year; or a proof took too long.
    """
    cadre, programme = _asked(what_if, cadre, programme, year)
    options = admissible_starts(what_if.problem)
    got = tuple(_got(what_if, options, cadre, programme, year))
    have = {found.programme for found in got}
    asked = [programme] if programme is not None else list(what_if.problem.scenario.programmes)
    missed = [
        _missed(what_if, options, Pin(cadre=cadre, programme=name, start=year)) for name in asked if name not in have
    ]
    if programme is not None:
        missed = [_with_remedies(what_if, options, cadre, found) for found in missed]
    row = what_if.problem.cadres[what_if.problem.cadres["cadre"] == cadre].iloc[0]
    return Explanation(cadre, str(row["agency"]), got, tuple(missed))


def _asked(what_if: WhatIf, cadre: str, programme: str | None, year: int | None) -> tuple[str, str | None]:
    """The code and the id of what was asked for by code or name, id or title."""
    problem = what_if.problem
    faults: list[Fault] = []
    try:
        cadre = find_cadre(problem, cadre)
    except InputError as error:
        faults += error.faults
    try:
        programme = None if programme is None else find_programme(problem, programme)
    except InputError as error:
        faults += error.faults
    if year is not None and year not in problem.scenario.horizon.years:
        horizon = problem.scenario.horizon
        faults.append(Fault("year_outside", {"year": year, "first": horizon.first, "last": horizon.last}))
    if faults:
        raise InputError(faults)
    return cadre, programme


def _got(what_if: WhatIf, options: Options, cadre: str, programme: str | None, year: int | None) -> list[Got]:
    plan = what_if.plan
    found = []
    for row in plan.assignments.to_dict("records"):
        asked = programme in (None, row["programme"]) and year in (None, int(row["start"]))
        if row["cadre"] == cadre and asked:
            pin = Pin(cadre=cadre, programme=str(row["programme"]), start=int(row["start"]))
            against = reasons_against(options, cadre, str(pin.programme))
            sooner = {before: why for before, why in against.items() if why and before < int(row["start"])}
            figures = str(row["programme"]), int(row["start"]), int(row["finish"])
            found.append(Got(*figures, tuple(read(row["serves"])), price_of(what_if, "forbid", pin), sooner))
    return found


def reasons_against(options: Options, cadre: str, programme: str) -> dict[int, tuple[str, ...]]:
    """By year, every reason against a start; none where it is admissible."""
    problem = options.problem
    row = int(np.flatnonzero(problem.cadres["cadre"] == cadre)[0])
    bits = options.reasons[row, int(problem.programme_ids([programme])[0])]
    return {int(year): options.reasons_of(int(found)) for year, found in zip(problem.years, bits, strict=True)}


def _missed(what_if: WhatIf, options: Options, pin: Pin) -> Missed:
    reasons = reasons_against(options, str(pin.cadre), str(pin.programme))
    asked = {year: found for year, found in reasons.items() if pin.start in (None, year)}
    price = None if all(asked.values()) else price_of(what_if, "require", pin)
    return Missed(str(pin.programme), pin.start, asked, price)


def _with_remedies(what_if: WhatIf, options: Options, cadre: str, missed: Missed) -> Missed:
    if missed.price is None or missed.price.free:
        return missed
    pin = Pin(cadre=cadre, programme=missed.programme, start=missed.start)
    if not missed.price.possible:
        asked, own = with_pin(what_if.problem, "require", pin), len(what_if.problem.scenario.pins.require)
        ways = explain_conflicts(asked, 1, firm=[("pins", (own,))]).ways_out
        return replace(missed, way_out=ways[0] if ways else None)
    found = remedies(what_if, options, pin, missed.price)
    return Missed(missed.programme, missed.start, missed.reasons, missed.price, found)
