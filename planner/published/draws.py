"""Whether the rules of `draw` can be applied: each to somebody, and not against what the tables say of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.common.errors import InputError
from planner.inputs.scenario.yaml_tree import Location
from planner.published.schema import Ages, Shares
from planner.published.strata import OLDEST, Class, Ground, Stratum

APPLIED, GIVEN, AGAINST = "applied", "given", "against"
Sexed = tuple[Stratum, str]  # people of a stratum of one sex


def check_draw(ground: Ground) -> None:
    """Refuse the rules that nobody is left for, and those that contradict the tables wherever they apply.

    Raises
    ------
    InputError
        With the line of each such rule.
    """
    root = ground.published.root
    faults = [root.fault(at, key) for check in (_shares, _after, _ages, _retirement) for at, key in check(ground)]
    if faults:
        raise InputError(faults)


def idle(ground: Ground) -> list[str]:
    """The columns of `draw.shares`, with the place of the rule if there are several, that tables give altogether."""
    return [
        column if len(entries) == 1 else f"{column} {place + 1}"
        for column, entries in ground.draw.shares.items()
        for place, entry in enumerate(entries)
        if set(_states(ground, column, entry)) == {GIVEN}
    ]


Wrong = Iterator[tuple[Location, str]]


def _shares(ground: Ground) -> Wrong:
    for column, entries in ground.draw.shares.items():
        for place, entry in enumerate(entries):
            if key := _verdict(list(_states(ground, column, entry))):
                yield ("draw", "shares", column, place), key


def _verdict(states: Sequence[str]) -> str:
    """The sentence on a rule that is applied to nobody; none if it is to somebody, or tables give all it speaks of."""
    if not states:
        return "draw_nobody"
    return "draw_against" if AGAINST in states and APPLIED not in states else ""


def _states(ground: Ground, column: str, entry: Shares) -> Iterator[str]:
    """What becomes of a rule in each stratum that it is the first to fit."""
    for stratum in ground.strata:
        if ground.entry(stratum, column) is entry:
            yield _state(ground, stratum, column, entry)


def _state(ground: Ground, stratum: Stratum, column: str, entry: Shares) -> str:
    fixed = ground.values(stratum).get(column)
    if fixed is not None:
        return GIVEN if entry.shares.get(fixed) else AGAINST
    left = ground.left(stratum, column)
    if not left:
        return GIVEN
    return APPLIED if sum(ground.said(stratum, column, left).values()) else AGAINST


def _after(ground: Ground) -> Wrong:
    """An earlier rule with fewer conditions leaves nobody to a later one; so do values that no table joins."""
    everybody = [ground.values(stratum) for stratum in ground.strata]
    columns = {column for values in everybody for column in values}
    for column, entries in ground.draw.after.items():
        for place, entry in enumerate(entries):
            wanted = {key: value for key, value in entry.when.items() if key in columns}
            taken = any(other.when.items() <= entry.when.items() for other in entries[:place])
            if taken or not any(wanted.items() <= values.items() for values in everybody):
                yield ("draw", "after", column, place), "draw_nobody"


# --- years ----------------------------------------------------------------------------------------------------------


def _sexed(ground: Ground) -> Iterator[Sexed]:
    """The strata and the sexes that their people may have; empty where none is given."""
    for stratum in ground.strata:
        fixed = ground.values(stratum).get("sex")
        if fixed is not None or "sex" not in ground.columns:
            yield stratum, fixed or ""
        else:
            for one, share in ground.rates(stratum, "sex").items():
                if share:
                    yield stratum, one.value


def _ages(ground: Ground) -> Wrong:
    """Some of those of whom a rule speaks can have its ages."""
    entries, people = ground.draw.ages, list(_sexed(ground))
    for place, entry in enumerate(entries):
        own = [one for one in people if _first(entries, ground.values(one[0]) | {"sex": one[1]}) is entry]
        if not own:
            yield ("draw", "ages", place), "draw_nobody"
        elif not any(_possible(entry, one) for stratum, _ in own for one in _age_classes(ground, stratum)):
            yield ("draw", "ages", place), "draw_against"


def _first(entries: Sequence[Ages], values: Mapping[str, str]) -> Ages | None:
    return next((entry for entry in entries if entry.when.items() <= values.items()), None)


def _age_classes(ground: Ground, stratum: Stratum) -> list[Class]:
    """The ranges of ages in which people of a stratum may be."""
    if "age" not in ground.columns:
        return [Class("", low=0, high=OLDEST)]
    return [one for one, share in ground.rates(stratum, "age").items() if share]


def _possible(entry: Ages, one: Class) -> bool:
    return entry.ages[0] <= one.high and one.low <= entry.ages[-1]


def _retirement(ground: Ground) -> Wrong:
    sexes = {sex for _, sex in _sexed(ground)}
    for sex in ground.draw.retirement:
        if sex not in sexes:
            yield ("draw", "retirement", sex), "draw_nobody"
