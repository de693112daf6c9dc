"""Rates of what may come between a plan and its targets: people leave, are transferred, decline, fail."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from planner.inputs.scenario.conditions import Who
from planner.inputs.scenario.validation import refusal
from planner.inputs.scenario.value_types import Name, Said, Sourced, YearRange

OfPeople = Literal["left", "retired", "transferred"]
OfStudies = Literal["declined", "failed"]
RiskEvent = Literal["left", "retired", "transferred", "declined", "failed"]
OF_PEOPLE: tuple[OfPeople, ...] = get_args(OfPeople)
"""Events that end a cadre's service in the scheme."""
OF_STUDIES: tuple[OfStudies, ...] = get_args(OfStudies)
"""Events that keep a study from its level."""


class Rate(Sourced):
    """The chance in a year that something happens; for each event the first entry that matches counts."""

    event: RiskEvent = Field(
        description="left, retired (early), transferred (out of the scheme), declined (a start), failed (in a study)"
    )
    who: Who | None = Field(None, description="the cadres, in the year of the event; any by default")
    programmes: list[Name] | None = Field(
        None, min_length=1, description="of declined and failed alone: the programmes; any by default"
    )
    years: YearRange | None = Field(None, description="the years of the event; any by default")
    rate: Annotated[float, Field(ge=0, le=1)] = Field(
        description="the chance per cadre and year; of declined per start, of failed per year of study"
    )
    source: Said = Field(
        description="the table or report that it comes from, or the word `assumed`; one text or {en, vi}"
    )

    @property
    def chance(self) -> tuple[Any, ...]:
        """What it says of chances, without where that comes from and what it is called."""
        return self.event, self.who, self.programmes, self.years, self.rate

    @model_validator(mode="after")
    def _programmes_of_studies(self) -> Rate:
        if self.programmes is not None and self.event in OF_PEOPLE:
            raise refusal("rate_of_people", ("programmes",), event=self.event)
        return self


class Resilient(Sourced):
    """The futures that the goals `expected` and `worst_tenth` look at."""

    futures: Annotated[int, Field(ge=10, le=10_000)] = Field(
        20, description="how many are drawn: 10 to 10000, a multiple of 10 that divides 10000, so that means are exact"
    )
    seed: Annotated[int, Field(ge=0, le=2_000_000_000)] = Field(1, description="what they are drawn with")

    @model_validator(mode="after")
    def _exact_mean(self) -> Resilient:
        if self.futures % 10 or 10_000 % self.futures:
            raise refusal("want_exact_mean", ("futures",), found=self.futures)
        return self
