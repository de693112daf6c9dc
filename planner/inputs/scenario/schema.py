"""The scenario's schema: every key with its meaning and unit, frozen, unknown keys refused.

The contract, section 2, fixes the meaning; `scenarios/REFERENCE.md` and `scenarios/scenario.schema.json` are
generated from the descriptions here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, PrivateAttr, ValidationInfo, model_validator

from planner.common.errors import Fault, InputError
from planner.inputs.scenario.conditions import Who
from planner.inputs.scenario.mappings import tree_of
from planner.inputs.scenario.ranked_goals import DEFAULT, IN_FUTURES, GoalEntry, GoalName, RankedGoal
from planner.inputs.scenario.rates import Rate, Resilient
from planner.inputs.scenario.references import name_faults
from planner.inputs.scenario.seats import PerAgency, PerYear, SeatPool, Total
from planner.inputs.scenario.validation import OF_A_TREE, refusal, validated
from planner.inputs.scenario.value_types import (
    Amount,
    Amounts,
    Changeable,
    Code,
    Count,
    Day,
    Id,
    Name,
    Sourced,
    Text,
    Year,
    YearRange,
    check_in_order,
    check_years_in_order,
)
from planner.inputs.scenario.yaml_tree import without_nulls

__all__ = [
    "Amount",
    "Approval",
    "Count",
    "GoalName",
    "Leave",
    "Mode",
    "Name",
    "PerAgency",
    "PerYear",
    "Pin",
    "Programme",
    "RankedGoal",
    "Rate",
    "Resilient",
    "Scenario",
    "SeatPool",
    "Share",
    "Sourced",
    "Target",
    "Text",
    "Total",
    "Year",
    "YearRange",
]

Mode = Literal["full_time", "in_service", "short"]


class Horizon(Sourced):
    """The years in which programmes may start."""

    first: Year = Field(description="the first year [year]")
    last: Year = Field(description="the last year, inclusive [year]")

    @model_validator(mode="after")
    def _in_order(self) -> Horizon:
        if self.first > self.last:
            instead = {"first": self.last, "last": self.last}
            raise refusal("horizon_backwards", first=self.first, last=self.last, instead=instead)
        if self.last - self.first >= 50:
            raise refusal("horizon_long", limit=50)
        return self

    @property
    def years(self) -> range:
        """The years of the horizon."""
        return range(self.first, self.last + 1)


class Programme(Changeable):
    """What raises a cadre from at least level `from` to level `to` of one ladder."""

    ladder: Name = Field(description="the ladder it climbs")
    from_: Name = Field(alias="from", description="the level it asks for, at least")
    to: Name = Field(description="the level it leads to")
    mode: Mode = Field(description="full_time (tập trung), in_service (vừa học vừa làm) or short (bồi dưỡng)")
    months: Annotated[float, Field(gt=0, le=240)] = Field(description="the duration [months]")
    eligible: Who | None = Field(None, description="who may start it, in the year of the start; everybody by default")
    serve_after_years: Amount = Field(0, description="service owed after it [years]")
    cost: Amount = Field(0, description="the cost of a start, in the unit of the budget")
    place: Text | None = Field(
        None, description="the institution and where it is, one text or {en, vi}; for lists and letters alone"
    )
    open: bool = Field(False, description="seats are not rationed: no pool needs to list it")
    begins: Annotated[int, Field(ge=1, le=12)] | None = Field(
        None,
        description="the month of the start; 1 by default; where it is said, `eligible` reckons ages to the day",
    )
    years: YearRange | None = Field(None, description="in which it can be started; any by default")
    requires: dict[Name, Name] = Field(default={}, description="ladder: level, to be held before it starts")


class Target(Sourced):
    """A share (or number) of a group that must hold a level by a year."""

    who: Who = Field(description="its members, in the year of reading")
    as_of: Year | None = Field(None, description="its own year of reading; the scenario's by default [year]")
    level: dict[Name, Name] = Field(min_length=1, description="ladder: level, held or exceeded; several must all hold")
    share: Annotated[float, Field(ge=0, le=1)] | None = Field(None, description="the required share of the members")
    at_least: Count | None = Field(None, description="the required number [people], instead of `share`")
    counts: Literal["completed", "enrolled"] = Field(
        "completed", description="enrolled: studying in year `by` is enough"
    )
    by: Year | None = Field(None, description="the year of reckoning; horizon.last by default [year]")
    rounding: Literal["up", "down", "nearest"] = Field("up", description="of share x members")
    weight: Amount = Field(1, description="of one person's shortfall in the goal `attainment`")
    leavers: Literal["included", "excluded"] = Field("included", description="members who retire in or before `by`")
    must: bool = Field(False, description="a rule, not only a goal: no shortfall")

    @model_validator(mode="after")
    def _share_or_number(self) -> Target:
        if (self.share is None) == (self.at_least is None):
            raise refusal("one_of_two", one="share", other="at_least")
        return self


class Band(Sourced):
    """How many may be away at once from an agency of at most `up_to` headcount."""

    up_to: Count | None = Field(None, description="the largest headcount it fits; any by default [people]")
    away: Count | None = Field(None, description="the most cadres away in a year [people]")
    share: Annotated[float, Field(ge=0, le=1)] | None = Field(None, description="of the headcount, instead of `away`")

    @model_validator(mode="after")
    def _number_or_share(self) -> Band:
        if (self.away is None) == (self.share is None):
            raise refusal("one_of_two", one="away", other="share")
        return self


class Leaders(Sourced):
    """An agency's leaders are not all away at once."""

    who: Who = Field(description="the leaders, in the year of reading (`as_of`)")
    present: Count = Field(1, description="how many stay, where there are two or more [people]")


class Absence(Changeable):
    """How many cadres of an agency may be away in a year."""

    modes: list[Mode] = Field(min_length=1, description="the modes that take a cadre away")
    bands: list[Band] = Field(default=[], description="the first band that fits the headcount gives the limit")
    leaders: Leaders | None = Field(None, description="the limit among the leaders")


class StudyLoad(Changeable):
    """How much a cadre studies."""

    short_per_year: Count = Field(1, description="short programmes of one cadre in one year")
    starts_per_cadre: Count | None = Field(None, description="the most starts of one cadre; history counts [starts]")
    years_between: Annotated[int, Field(ge=0, le=100)] = Field(
        0, description="whole years between the end of a long programme and the start of the next [years]"
    )


class ClassSize(Changeable):
    """A programme starts in classes of a size: none, or k classes of min to max cadres."""

    min: Count = Field(0, description="the fewest cadres of a class [people]")
    max: Annotated[int, Field(ge=1, le=10_000_000)] | None = Field(
        None, description="the most cadres of a class [people]"
    )

    @model_validator(mode="after")
    def _in_order(self) -> ClassSize:
        check_in_order(self.min, self.max)
        return self


class Budget(Changeable):
    """What the programmes started in a year may cost."""

    per_year: Amounts = Field(description="an amount for every year, or year: amount; a year left out has no limit")


class Priority(Sourced):
    """Points for each start of certain cadres."""

    who: Who = Field(description="the cadres, in the year of reading (`as_of`)")
    points: Annotated[float, Field(ge=-1e6, le=1e6)] = Field(description="points for each of their starts")
    programmes: list[Name] | None = Field(None, min_length=1, description="the programmes; any by default")


class Approval(Sourced):
    """Who signs: the first entry that matches a start."""

    who: Who | None = Field(None, description="the cadres, in the year of reading (`as_of`); any by default")
    programmes: list[Name] | None = Field(None, description="the programmes; any by default")
    years: YearRange | None = Field(None, description="the years of the start; any by default")
    authority: Text = Field(description="who signs, one text or {en, vi}")


class Share(Sourced):
    """Of those who are sent, a share is of a group."""

    programmes: list[Name] | None = Field(None, min_length=1, description="the starts it speaks of; any by default")
    among: Who | None = Field(None, description="the cadres whose starts it speaks of; everybody by default")
    who: Who = Field(description="the group that is to have the share, in the year of reading (`as_of`)")
    min: Annotated[float, Field(ge=0, le=1)] = Field(description="the least share of the starts")
    per: Literal["year", "horizon"] = Field("horizon", description="in every year, or over the horizon with history")
    weight: Amount = Field(1, description="of one start short in the goal `shares`")
    must: bool = Field(False, description="a rule, not only a goal: no shortfall")


class Leave(Sourced):
    """The years in which a cadre is on leave and cannot study."""

    cadre: Code = Field(description="a cadre on the roster")
    from_: Year = Field(alias="from", description="the first year [year]")
    to: Year = Field(description="the last year, inclusive [year]")
    away: bool = Field(False, description="counts as away in `absence`")

    @model_validator(mode="after")
    def _in_order(self) -> Leave:
        check_years_in_order(self.from_, self.to)
        return self


class Pin(Sourced):
    """The starts of one cadre, programme and year; a key left out means any."""

    cadre: Code | None = Field(None, description="a cadre on the roster")
    programme: Name | None = Field(None, description="a programme")
    start: Year | None = Field(None, description="a year [year]")


class Pins(Sourced):
    """Starts that are settled before the planning."""

    require: list[Pin] = Field(default=[], description="each is met by at least one start")
    forbid: list[Pin] = Field(default=[], description="no start meets any of them")


class SolverSettings(Sourced):
    """Limits of the search; they never change what the best plan is."""

    time_limit_s: Annotated[float, Field(gt=0, le=1e7)] = Field(300, description="for all goals together [seconds]")
    gap: Annotated[float, Field(ge=0, le=1)] = Field(0.0, description="the relative gap at which a goal is good enough")
    workers: Annotated[int, Field(ge=1, le=256)] = Field(2, description="threads of an engine")
    seed: Annotated[int, Field(ge=0, le=2_000_000_000)] = Field(1, description="of the engines' random choices")


class Privacy(Sourced):
    """How long the data of a scheme's people are kept, and how few people may be told to others."""

    keep_until: Day | None = Field(
        None, description="the last day on which its run folders are to hold personal data, year-month-day"
    )
    fewest: Annotated[int, Field(ge=2, le=1000)] = Field(
        5, description="what is made for others tells no count of fewer people, but none [people]"
    )


SCHEME = "A training scheme: who is there, what may be started, what is to be reached, under which limits."


class Scenario(Sourced):
    """A training scheme: who is there, what may be started, what is to be reached, under which limits.

    The keys of a scenario file are the arguments, and what stands under them is written as there, in mappings and
    lists: `Scenario(horizon={"first": 2021, "last": 2025}, ladders={...}, programmes={...})`. They are listed in
    `scenarios/REFERENCE.md`. `planner.load` makes a problem of it; `roster` may be left out where that gets a table.

    Raises
    ------
    InputError
        Everything wrong with it in one message, each with the path of its key: `programmes.school.mode: ...`.
    """

    model_config = ConfigDict(json_schema_extra={"description": SCHEME})
    _written: dict[str, Any] = PrivateAttr(default={})

    @model_validator(mode="wrap")
    @classmethod
    def _checked_whole(cls, data: Any, handler: ModelWrapValidatorHandler[Scenario], info: ValidationInfo) -> Scenario:
        """What is built in Python is checked for all that a file is checked for, and remembers how it was written."""
        if info.context == OF_A_TREE:
            return handler(data)
        tree = without_nulls(tree_of({"roster": "roster.csv", **data}))
        if faults := [*validated(cls, tree)[1], *name_faults(tree)]:
            raise InputError(faults)
        built = handler(tree.plain())
        built._written = tree.plain()  # noqa: SLF001 -- of this class
        return built

    def written(self) -> dict[str, Any]:
        """The scenario as plain mappings, the way it was written in Python.

        Raises
        ------
        InputError
            It was read from a file, or changed since: there `planner.load(..., overlay=...)` serves.
        """
        if not self._written or Scenario(**self._written) != self:
            raise InputError(Fault("scenario_not_written"))
        return self._written

    currency: Text | None = Field(
        None, description="the unit of `cost` and `budget`, one text or {en, vi}; for what people read alone"
    )
    horizon: Horizon = Field(description="the years of the plan")
    as_of: Year | None = Field(None, description="the year of reading of groups; horizon.first by default [year]")
    roster: Name = Field(description="the table of cadres (.csv or .xlsx), relative to the file that names it")
    roster_source: Text | None = Field(
        None, description="where the roster comes from; `assumed` in it marks one that is rebuilt or invented"
    )
    agencies: Name | None = Field(None, description="the table agency, headcount; by default the roster's rows count")
    retirement: Name | None = Field(
        None, description="the table sex, birth_year, retires, for cadres whose `retires` the roster leaves empty"
    )
    history: Name | None = Field(
        None, description="the table of starts before the horizon that count in limits over the horizon"
    )
    earlier: Name | None = Field(None, description="the table cadre, programme, start of which `changes` speaks")
    ladders: dict[Id, list[Name]] = Field(description="ladder: its levels, the lowest first")
    blank: dict[Name, Name] = Field(
        default={}, description="ladder: what a blank or a dash on the roster means, a level or `unknown`"
    )
    synonyms: dict[Name, dict[Name, Name]] = Field(
        default={}, description="column: text on the roster: what it means, such as a level or an agency's name"
    )
    headers: dict[Name, Name] = Field(
        default={}, description="header on the roster, an upper line before ` > `: the column it is, or `ignore`"
    )
    sheets: dict[Name, Literal["people", "ignore"]] = Field(
        default={}, description="sheet of the roster's workbook: whether its rows are people or left out"
    )
    groups: dict[Id, Who] = Field(default={}, description="group: a condition, in the year of reading (`as_of`)")
    programmes: dict[Id, Programme] = Field(description="the programmes")
    targets: dict[Id, Target] = Field(default={}, description="the targets")
    seats: dict[Id, SeatPool] = Field(default={}, description="the seat pools")
    shares: dict[Id, Share] = Field(default={}, description="shares of groups among those who are sent")
    absence: Absence | None = Field(None, description="how many may be away at once")
    study_load: StudyLoad = Field(default=StudyLoad(), description="how much a cadre studies")
    leave: dict[Id, Leave] = Field(default={}, description="years in which cadres cannot study")
    classes: dict[Name, ClassSize] = Field(default={}, description="programme: the size of its classes")
    budget: Budget | None = Field(None, description="what the starts of a year may cost")
    priority: dict[Id, Priority] = Field(default={}, description="points by which equals are ranked")
    approval: dict[Id, Approval] = Field(default={}, description="who signs for which starts")
    pins: Pins = Field(default=Pins(), description="starts required or forbidden")
    risk: dict[Id, Rate] = Field(
        default={}, description="what may come between a plan and its targets: for `planner risk` and the goals below"
    )
    resilient: Resilient = Field(
        default=Resilient(), description="the futures that the goals `expected` and `worst_tenth` look at"
    )
    goals: list[GoalEntry] = Field(
        default=list(DEFAULT), min_length=1, description="what to optimise, the most important first; see Goals"
    )
    lot: Code = Field("1", description="the public number of the goal `lot`")
    solver: SolverSettings = Field(default=SolverSettings(), description="limits of the search")
    privacy: Privacy = Field(
        default=Privacy(source="assumed"), description="until when personal data are kept, and what is told to others"
    )
    acknowledged: list[Name] = Field(
        default=[], description="ids of warnings that somebody has looked at: they are counted, no longer told"
    )

    def year_of_reading(self, target: Target | None = None) -> int:
        """The year in which groups are read, for a target its own."""
        own = target.as_of if target is not None else None
        return own or self.as_of or self.horizon.first

    def by(self, target: Target) -> int:
        """The year of reckoning of a target."""
        return target.by if target.by is not None else self.horizon.last

    def years_at_risk(self) -> range:
        """The years in which something may come between a plan and its targets: to the last year of reckoning."""
        last = max((self.by(target) for target in self.targets.values()), default=self.horizon.last)
        return range(self.horizon.first, max(last, self.horizon.first) + 1)

    @property
    def looks_at_futures(self) -> bool:
        """Whether a goal is reckoned in sampled futures."""
        return any(goal.kind in IN_FUTURES for goal in self.goals)

    @model_validator(mode="after")
    def _each_once(self) -> Scenario:
        for location, names in self._lists():
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise refusal("listed_twice", location, name=twice[0])
        for name, levels in self.ladders.items():
            if not levels:
                raise refusal("want_not_empty", ("ladders", name))
        return self

    def _lists(self) -> Iterator[tuple[tuple[str, ...], list[str]]]:
        """The lists of names that may hold each name once, with their locations."""
        yield ("goals",), [str(goal) for goal in self.goals]
        yield ("acknowledged",), self.acknowledged
        for name, levels in self.ladders.items():
            yield ("ladders", name), levels
        for name, pool in self.seats.items():
            yield ("seats", name, "programmes"), pool.programmes
        for name, share in self.shares.items():
            yield ("shares", name, "programmes"), share.programmes or []
        for name, entry in self.priority.items():
            yield ("priority", name, "programmes"), entry.programmes or []
        for name, rate in self.risk.items():
            yield ("risk", name, "programmes"), rate.programmes or []
