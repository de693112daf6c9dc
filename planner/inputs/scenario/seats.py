"""Seat pools: the starts that one quota counts, in each year, over the horizon, and of one agency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, WrapValidator, model_validator

from planner.inputs.scenario.conditions import METADATA, Who
from planner.inputs.scenario.validation import refusal
from planner.inputs.scenario.value_types import (
    Changeable,
    Count,
    KeysAreYears,
    Name,
    OrNumber,
    Sourced,
    check_in_order,
    check_year_keys,
)


class _Range(Sourced):
    """A range that may be written as one number, its max."""

    @model_validator(mode="before")
    @classmethod
    def _number_is_max(cls, data: Any) -> Any:
        return {"max": data} if isinstance(data, int | float) and not isinstance(data, bool) else data


class PerYear(_Range):
    """The starts of a seat pool in a year: `{min, max}`, or a number, the max."""

    min: Count = Field(0, description="the starts to reach in the year [starts]")
    max: Count | None = Field(None, description="the most starts in the year [starts]")

    @model_validator(mode="after")
    def _in_order(self) -> PerYear:
        check_in_order(self.min, self.max)
        return self


class Total(_Range):
    """The starts of a seat pool over the horizon: `{min, max}`, or a number, the max."""

    min: Count = Field(0, description="the starts to reach over the horizon [starts]")
    max: Count | None = Field(None, description="the most starts over the horizon [starts]")

    @model_validator(mode="after")
    def _in_order(self) -> Total:
        check_in_order(self.min, self.max)
        return self


class PerAgency(Sourced):
    """The most starts of a seat pool by the cadres of one agency."""

    max: Count | None = Field(None, description="the most in each year [starts]")
    total: Count | None = Field(None, description="the most over the horizon [starts]")


NO_SEATS = PerYear(min=0, max=0)
_YEARS: TypeAdapter[dict[str, PerYear]] = TypeAdapter(dict[str, PerYear])


def _read_per_year(data: Any, _: Any) -> PerYear | dict[int, PerYear]:
    """One range for every year, or a range by year; it is by year as soon as one key is a number."""
    if not (isinstance(data, Mapping) and any(str(key).isdecimal() for key in data)):
        return PerYear.model_validate(data)
    if ranged := [key for key in ("min", "max") if key in data]:
        raise refusal("range_and_years", names=", ".join(f"{key}: null" for key in ranged))
    by_year = {str(key): value for key, value in data.items() if key not in METADATA}
    check_year_keys(by_year)
    return {int(year): seats for year, seats in _YEARS.validate_python(by_year).items()}


SeatsOfYear = Annotated[PerYear, OrNumber()]
ByYear = Annotated[dict[int, SeatsOfYear], KeysAreYears()]
PerYears = Annotated[PerYear | ByYear, WrapValidator(_read_per_year), OrNumber()]


class SeatPool(Changeable):
    """The starts that one quota counts: some programmes, for some cadres."""

    programmes: list[Name] = Field(min_length=1, description="the programmes it counts")
    who: Who = Field(description="the cadres it covers, in the year of reading (`as_of`)")
    per_year: PerYears = Field(
        default=PerYear(), description="the range of starts in each year, or year: range; a year left out has no seats"
    )
    total: Annotated[Total, OrNumber()] = Field(
        default=Total(), description="the range of starts over the horizon; history counts [starts]"
    )
    per_agency: PerAgency | None = Field(None, description="the most starts of one agency's cadres")
    must: bool = Field(False, description="a rule, not only a goal: `min` is reached in every year and in total")

    def of_year(self, year: int) -> PerYear:
        """The range of starts in a year; by year, a year left out has no seats."""
        return self.per_year.get(year, NO_SEATS) if isinstance(self.per_year, dict) else self.per_year

    @property
    def has_floors(self) -> bool:
        """Whether some year has a minimum."""
        ranges = self.per_year.values() if isinstance(self.per_year, dict) else (self.per_year,)
        return any(seats.min > 0 for seats in ranges)
