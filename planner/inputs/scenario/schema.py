"""The scenario's schema: every key with its meaning and unit, frozen, unknown keys refused.

The contract, section 2, fixes the meaning; `scenarios/REFERENCE.md` and `scenarios/scenario.schema.json` are
generated from the descriptions here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.scenario.conditions import Who
from planner.inputs.scenario.mappings import tree_of
from planner.inputs.scenario.references import name_faults
from planner.inputs.scenario.validation import OF_A_TREE, Entry, refusal, validated
from planner.inputs.scenario.yaml_tree import without_nulls

GoalName = Literal["attainment", "seat_floors", "priority", "early", "cost", "lot", "changes"]
Mode = Literal["full_time", "in_service", "short"]


# --- values ---------------------------------------------------------------------------------------------------------


def _read_text(data: Any) -> str | dict[str, str]:
    if isinstance(data, str):
        return data
    if not isinstance(data, Mapping) or not all(isinstance(text, str) for text in data.values()):
        raise refusal("want_localised", found=data)
    for key in data:
        if key not in ("en", "vi"):
            raise refusal("unknown_key", (key,), name=key, nearest=nearest(key, ["en", "vi"]))
    return dict(data)


def _read_amounts(data: Any) -> float | dict[int, float]:
    amounts = data.items() if isinstance(data, Mapping) else [(None, data)]
    for key, amount in amounts:
        at = () if key is None else (key,)
        if key is not None and not (key.isdecimal() and len(key) == 4):
            raise refusal("want_year", at, found=key)
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise refusal("want_number", at, found=amount)
        if amount < 0:
            raise refusal("want_at_least", at, ge=0, found=amount)
    return {int(year): amount for year, amount in data.items()} if isinstance(data, Mapping) else data


def _read_code(data: Any) -> str:
    if isinstance(data, bool) or not isinstance(data, str | int):
        raise refusal("want_text", found=data)
    return str(data)


_TEXT_OR_LANGUAGES = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "properties": {"en": {"type": "string"}, "vi": {"type": "string"}}},
    ]
}
_NUMBER_OR_YEARS = {"anyOf": [{"type": "number"}, {"type": "object", "additionalProperties": {"type": "number"}}]}
_CODE = {"anyOf": [{"type": "string"}, {"type": "integer"}]}

Text = Annotated[str | dict[str, str], PlainValidator(_read_text), WithJsonSchema(_TEXT_OR_LANGUAGES)]
Amounts = Annotated[float | dict[int, float], PlainValidator(_read_amounts), WithJsonSchema(_NUMBER_OR_YEARS)]
Code = Annotated[str, PlainValidator(_read_code), WithJsonSchema(_CODE)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Amount = Annotated[float, Field(ge=0, le=1e9)]
Name = Annotated[str, Field(min_length=1)]


def _range_in_order(entry: Any) -> None:
    if entry.min is not None and entry.max is not None and entry.min > entry.max:
        raise refusal("min_above_max", min=entry.min, max=entry.max)


# --- entries --------------------------------------------------------------------------------------------------------


class Sourced(Entry):
    """What every entry may say besides: where its figures come from, and its name for people."""

    source: str | None = Field(None, description="the section, decree or article, or the word `assumed`")
    title: Text | None = Field(None, description="the name for people, one text or {en, vi}")


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


class Programme(Sourced):
    """What raises a cadre from at least level `from` to level `to` of one ladder."""

    ladder: Name = Field(description="the ladder it climbs")
    from_: Name = Field(alias="from", description="the level it asks for, at least")
    to: Name = Field(description="the level it leads to")
    mode: Mode = Field(description="full_time (tập trung), in_service (vừa học vừa làm) or short (bồi dưỡng)")
    months: Annotated[float, Field(gt=0, le=240)] = Field(description="the duration [months]")
    eligible: Who | None = Field(None, description="who may start it, in the year of the start; everybody by default")
    serve_after_years: Amount = Field(0, description="service owed after it [years]")
    cost: Amount = Field(0, description="the cost of a start, in the unit of the budget")
    open: bool = Field(False, description="seats are not rationed: no pool needs to list it")


class Target(Sourced):
    """A share (or number) of a group that must hold a level by a year."""

    who: Who = Field(description="its members, in the first year of the horizon")
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


class PerYear(Sourced):
    """The starts of a seat pool in each year."""

    min: Count = Field(0, description="the starts to reach in each year [starts]")
    max: Count | None = Field(None, description="the most starts in each year [starts]")

    @model_validator(mode="after")
    def _in_order(self) -> PerYear:
        _range_in_order(self)
        return self


class SeatPool(Sourced):
    """The starts that one quota counts: some programmes, for some cadres."""

    programmes: list[Name] = Field(min_length=1, description="the programmes it counts")
    who: Who = Field(description="the cadres it covers, in the first year of the horizon")
    per_year: PerYear = Field(default=PerYear(), description="the range of starts in each year [starts]")
    total: Count | None = Field(None, description="the most starts over the horizon [starts]")
    must: bool = Field(False, description="a rule, not only a goal: `min` is reached in every year")


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

    who: Who = Field(description="the leaders, in the first year of the horizon")
    present: Count = Field(1, description="how many stay, where there are two or more [people]")


class Absence(Sourced):
    """How many cadres of an agency may be away in a year."""

    modes: list[Mode] = Field(min_length=1, description="the modes that take a cadre away")
    bands: list[Band] = Field(default=[], description="the first band that fits the headcount gives the limit")
    leaders: Leaders | None = Field(None, description="the limit among the leaders")


class StudyLoad(Sourced):
    """How much a cadre studies in one year."""

    short_per_year: Count = Field(1, description="short programmes of one cadre in one year")


class ClassSize(Sourced):
    """A programme starts in classes of a size: none, or k classes of min to max cadres."""

    min: Count = Field(0, description="the fewest cadres of a class [people]")
    max: Annotated[int, Field(ge=1, le=10_000_000)] | None = Field(
        None, description="the most cadres of a class [people]"
    )

    @model_validator(mode="after")
    def _in_order(self) -> ClassSize:
        _range_in_order(self)
        return self


class Budget(Sourced):
    """What the programmes started in a year may cost."""

    per_year: Amounts = Field(description="an amount for every year, or year: amount; a year left out has no limit")


class Priority(Sourced):
    """Points for each start of certain cadres."""

    who: Who = Field(description="the cadres, in the first year of the horizon")
    points: Annotated[float, Field(ge=-1e6, le=1e6)] = Field(description="points for each of their starts")


class Approval(Sourced):
    """Who signs: the first entry that matches a start."""

    who: Who | None = Field(None, description="the cadres, in the first year of the horizon; any by default")
    programmes: list[Name] | None = Field(None, description="the programmes; any by default")
    authority: Text = Field(description="who signs, one text or {en, vi}")


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

    horizon: Horizon = Field(description="the years of the plan")
    roster: Name = Field(description="the table of cadres (.csv or .xlsx), relative to the file that names it")
    agencies: Name | None = Field(None, description="the table agency, headcount; by default the roster's rows count")
    ladders: dict[Name, list[Name]] = Field(description="ladder: its levels, the lowest first")
    groups: dict[Name, Who] = Field(default={}, description="group: a condition, in the first year of the horizon")
    programmes: dict[Name, Programme] = Field(description="the programmes")
    targets: dict[Name, Target] = Field(default={}, description="the targets")
    seats: dict[Name, SeatPool] = Field(default={}, description="the seat pools")
    absence: Absence | None = Field(None, description="how many may be away at once")
    study_load: StudyLoad = Field(default=StudyLoad(), description="how much a cadre studies in one year")
    classes: dict[Name, ClassSize] = Field(default={}, description="programme: the size of its classes")
    budget: Budget | None = Field(None, description="what the starts of a year may cost")
    priority: dict[Name, Priority] = Field(default={}, description="points by which equals are ranked")
    approval: dict[Name, Approval] = Field(default={}, description="who signs for which starts")
    pins: Pins = Field(default=Pins(), description="starts required or forbidden")
    goals: list[GoalName] = Field(
        default=["attainment", "seat_floors", "priority", "early", "lot"],
        min_length=1,
        description="what to optimise, the most important first",
    )
    lot: Code = Field("1", description="the public number of the goal `lot`")
    solver: SolverSettings = Field(default=SolverSettings(), description="limits of the search")

    @model_validator(mode="after")
    def _each_once(self) -> Scenario:
        lists: dict[str, list[str]] = {"goals": list(self.goals)}
        lists |= {f"ladders.{name}": levels for name, levels in self.ladders.items()}
        lists |= {f"seats.{name}.programmes": pool.programmes for name, pool in self.seats.items()}
        for at, names in lists.items():
            if twice := sorted({name for name in names if names.count(name) > 1}):
                raise refusal("listed_twice", tuple(at.split(".")), name=twice[0])
        for name, levels in self.ladders.items():
            if not levels:
                raise refusal("want_not_empty", ("ladders", name))
        return self
