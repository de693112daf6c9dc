"""The schema of a published-tables file (contract, section 9): every key with its meaning and unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema, field_validator, model_validator

from planner.inputs.scenario.conditions import Compare, Who, read_condition
from planner.inputs.scenario.schema import Count, Name, Sourced, Text
from planner.inputs.scenario.validation import Entry, refusal

Share = Annotated[float, Field(ge=0, le=1)]
Months = Annotated[int, Field(ge=0, le=1200)]
Age = Annotated[int, Field(ge=14, le=100)]
TRUTHS = ("yes", "no")
LOCAL = "local"
"""The roster's column of truth values (contract, section 2)."""
WRITTEN = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}
LOCALS = {**WRITTEN, "1": "yes", "0": "no"}


def _read_one_column(data: Any) -> Compare:
    condition = read_condition(data)
    if not isinstance(condition, Compare):
        raise refusal("cell_one_column", found=data)
    if condition.column == LOCAL:
        truths = tuple(value == 1 if value in (0, 1) else value for value in condition.values)
        return replace(condition, values=truths)
    return condition


def word(value: object) -> str:
    """A value as the text of a roster's cell: yes or no for a truth value."""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _read_word(data: Any) -> str:
    if not isinstance(data, str | int):
        raise refusal("want_value", found=data)
    return word(data)


def _same_truths(shares: dict[str, float]) -> dict[str, float]:
    """Shares by yes and no where true and false are written: of a column of truth values alone."""
    return _renamed(shares, WRITTEN if {*map(str.lower, shares)} <= {*WRITTEN} else {})


def _renamed(shares: Mapping[str, float], names: Mapping[str, str]) -> dict[str, float]:
    """Shares by the names that values have in tables; one value under two names is given twice."""
    found: dict[str, float] = {}
    for value, share in shares.items():
        name = names.get(value.lower(), value)
        if name in found:
            raise refusal("listed_twice", name=value)
        found[name] = share
    return found


def _local_in_words(words: dict[str, str]) -> dict[str, str]:
    """The contract's column of truth values by yes and no, however it is written."""
    return {column: LOCALS.get(value.lower(), value) if column == LOCAL else value for column, value in words.items()}


When = Annotated[Compare, PlainValidator(_read_one_column), WithJsonSchema({"type": "object"})]
Word = Annotated[str, PlainValidator(_read_word), WithJsonSchema({"type": "string"})]
Words = Annotated[dict[Name, Word], AfterValidator(_local_in_words)]


class Span(Entry):
    """An inclusive range of whole numbers."""

    min: Count = Field(description="the least")
    max: Count = Field(description="the most")

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.min > self.max:
            raise refusal("min_above_max", min=self.min, max=self.max)
        return self


class Studying(Sourced):
    """The cell also counts cadres who do not hold its level yet but study for it."""

    programme: Name = Field(description="the programme they are in")
    share: Share = Field(description="of the cell's count, to be drawn")
    until: Span = Field(default=Span(min=0, max=0), description="the years in which they end [year]")


class Cell(Sourced):
    """One number of a table: how many of its members have a column in a value, a list of values or a range."""

    when: When = Field(description="the column and its value")
    count: Count | None = Field(None, description="the number printed [people]; any that `percent` allows without it")
    percent: Annotated[float, Field(ge=0, le=1000)] | None = Field(None, description="the percentage printed")
    studying: Studying | None = Field(None, description="also counts those who study for it")

    @model_validator(mode="after")
    def _some_number(self) -> Cell:
        if self.count is None and self.percent is None:
            raise refusal("cell_no_number")
        return self


class Breakdown(Sourced):
    """The cells of one column of a table."""

    complete: bool = Field(False, description="the cells divide the table")
    base: Count | None = Field(None, description="what the percentages are of; the total by default [people]")
    cells: list[Cell] = Field(min_length=1, description="the numbers")

    @model_validator(mode="after")
    def _one_column(self) -> Breakdown:
        for place, cell in enumerate(self.cells):
            if cell.when.column != self.column:
                raise refusal("cells_one_column", ("cells", place), name=cell.when.column, other=self.column)
        return self

    @property
    def column(self) -> str:
        """The column that the cells speak of."""
        return self.cells[0].when.column


class Table(Sourced):
    """A set of people of whom only counts are printed."""

    who: Words = Field(description="the roster's values that all its members have")
    total: Annotated[int, Field(ge=0, le=1_000_000)] = Field(description="the number of members [people]")
    inside: list[Name] = Field(default=[], description="tables of which this one is a part")
    also: list[Name] = Field(default=[], description="tables that it overlaps")
    parts: list[Name] = Field(default=[], description="tables that divide it: every member is in exactly one")
    breakdowns: dict[Name, Breakdown] = Field(default={}, description="its counts, column by column")


class Demand(Sourced):
    """A demand line: how many are to be trained, and how many a year."""

    who: Who = Field(description="the cadres")
    level: dict[Name, Name] = Field(description="the level they are to reach")
    total: Count = Field(description="the number printed [people]")
    per_year: list[Count] = Field(default=[], max_length=2, description="least and most a year, as printed [people]")
    targets: list[Name] = Field(default=[], alias="from", description="the targets whose unmet members it counts")
    beyond: Text | None = Field(None, description="whom it counts besides, though no printed table does")
    besides: list[Name] = Field(default=[], description="assumed tables whose members below the level are those")

    @model_validator(mode="after")
    def _in_order(self) -> Demand:
        if self.per_year and self.per_year[0] > self.per_year[-1]:
            raise refusal("min_above_max", ("per_year",), min=self.per_year[0], max=self.per_year[-1])
        return self


class Members(Sourced):
    """A group of the scenario, made of tables."""

    table: Name = Field(description="the table that holds them")
    without: list[Name] = Field(default=[], description="tables whose members are left out")


class Increase(Sourced):
    """A printed "tăng x %": the share that a target asks for less the share of today."""

    percent: Annotated[float, Field(ge=-1000, le=1000)] = Field(description="as printed, in percent of the members")


class Overlap(Sourced):
    """Two tables that share members."""

    tables: list[Name] = Field(min_length=2, max_length=2, description="the two tables")
    choose: Count | None = Field(None, description="how many a rebuilt roster has in both; by default the smallest")


class Shares(Sourced):
    """How a column that no table gives is spread."""

    when: Words = Field(default={}, description="the roster's values of those it speaks of; everybody by default")
    shares: Annotated[dict[Name, Share], AfterValidator(_same_truths)] = Field(
        min_length=1, description="value: share; for `age`: greatest age of a class: share"
    )

    @model_validator(mode="after")
    def _somebody(self) -> Shares:
        if not sum(self.shares.values()):
            raise refusal("shares_zero", ("shares",))
        return self


class Ages(Sourced):
    """The ages drawn for some cadres."""

    when: Words = Field(default={}, description="the roster's values of those it speaks of; everybody by default")
    ages: list[Age] = Field(min_length=3, max_length=3, description="youngest, most frequent, oldest [years]")

    @model_validator(mode="after")
    def _in_order(self) -> Ages:
        if sorted(self.ages) != self.ages:
            raise refusal("ages_in_order", ("ages",))
        return self


class Retirement(Sourced):
    """A pension age that rises every year."""

    first: Months = Field(description="in the year of the draw [months]")
    step: Months = Field(0, description="more each year [months]")
    limit: Months = Field(1200, description="at most [months]")

    @model_validator(mode="after")
    def _in_order(self) -> Retirement:
        if self.first > self.limit:
            raise refusal("min_above_max", min=self.first, max=self.limit)
        return self


class Draw(Sourced):
    """What no table says and a rebuilt roster needs."""

    year: Annotated[int, Field(ge=1900, le=2200)] | None = Field(None, description="of the ages; horizon.first [year]")
    shares: dict[Name, list[Shares]] = Field(default={}, description="columns that some tables give and others do not")
    after: dict[Name, list[Shares]] = Field(default={}, description="columns drawn cadre by cadre at the end")
    ages: list[Ages] = Field(default=[], description="the first entry whose `when` a cadre has")
    service_start: Span = Field(default=Span(min=21, max=27), description="age at the start of service [years]")
    retirement: dict[Name, Retirement] = Field(default={}, description="sex: pension age")

    @field_validator("shares", "after")
    @classmethod
    def _local_by_words(cls, drawn: dict[str, list[Shares]]) -> dict[str, list[Shares]]:
        if LOCAL not in drawn:
            return drawn
        told = [entry.model_copy(update={"shares": _renamed(entry.shares, LOCALS)}) for entry in drawn[LOCAL]]
        return drawn | {LOCAL: told}


class Agencies(Sourced):
    """Agencies among which the members of tables are dealt; with a `title` each is called so, with its number."""

    block: Name | None = Field(None, description="the block whose members of no other entry come here")
    tables: list[Name] = Field(default=[], description="tables whose members work here")
    codes: Name = Field(description="the letters of the agencies' codes")
    width: Annotated[int, Field(ge=1, le=9)] = Field(2, description="the digits of the agencies' codes")
    number: Annotated[int, Field(ge=1, le=100_000)] = Field(description="how many agencies [agencies]")
    uneven: list[Name] = Field(default=[], description="tables dealt by drawn weights; the others are dealt evenly")
    extra: Span = Field(default=Span(min=0, max=0), description="staff on no table, drawn for each agency [people]")


class PublishedTables(Sourced):
    """A published-tables file."""

    scenario: Name = Field(description="the scenario with the ladders, groups and targets, relative to this file")
    tables: dict[Name, Table] = Field(description="the tables")
    demands: dict[Name, Demand] = Field(default={}, description="the demand lines")
    members: dict[Name, Members] = Field(default={}, description="groups of the scenario, made of tables")
    increases: dict[Name, Increase] = Field(default={}, description="target: its printed increase")
    overlaps: dict[Name, Overlap] = Field(default={}, description="pairs of tables whose overlap increases tell")
    draw: Draw = Field(default_factory=lambda: Draw.model_validate({}), description="what no table says")
    agencies: dict[Name, Agencies] = Field(default={}, description="where the members work")
    columns: list[Name] = Field(default=[], description="the columns of the rebuilt roster, in order")
    codes: dict[Name, Name] = Field(default={}, description="block: the first letters of its cadres' codes")
