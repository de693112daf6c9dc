"""The values that a scenario's entries hold: texts, codes, years, amounts, ids; what every entry may say besides."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import CoreSchema

from planner.common.errors import nearest
from planner.inputs.scenario.validation import Entry, refusal

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years outside are slips of the hand."""
_SIGNS = re.compile(r"[\s,/\[\]]")
"""What an id must not hold: ids stand side by side in tables, and inside the names of goals."""


def read_text(data: Any) -> str | dict[str, str]:
    """One text, or a mapping of en and vi to texts."""
    if isinstance(data, str):
        return data
    if not isinstance(data, Mapping) or not all(isinstance(text, str) for text in data.values()):
        raise refusal("want_localised", found=data)
    for key in data:
        if key not in ("en", "vi"):
            raise refusal("unknown_key", (key,), name=key, nearest=nearest(key, ["en", "vi"]))
    return dict(data)


def read_said(data: Any) -> str | dict[str, str]:
    """A text that says something, or one in each language."""
    found = read_text(data)
    texts: dict[tuple[str, ...], str] = {(): found} if isinstance(found, str) else {(key,): found[key] for key in found}
    for at in texts or [()]:
        if not texts.get(at):
            raise refusal("want_not_empty", at)
    return found


def check_year_keys(data: Mapping[Any, Any]) -> None:
    """Refuse a mapping by year with a key that is no year."""
    for key in data:
        if not (str(key).isdecimal() and str(key).isascii() and len(str(key)) == 4):
            raise refusal("want_year", (key,), found=key)


def _read_amounts(data: Any) -> float | dict[int, float]:
    if isinstance(data, Mapping):
        check_year_keys(data)
    for key, amount in data.items() if isinstance(data, Mapping) else [(None, data)]:
        at = () if key is None else (key,)
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise refusal("want_number", at, found=amount)
        if amount < 0:
            raise refusal("want_at_least", at, ge=0, found=amount)
    return {int(year): amount for year, amount in data.items()} if isinstance(data, Mapping) else data


def _read_code(data: Any) -> str:
    if isinstance(data, bool) or not isinstance(data, str | int):
        raise refusal("want_text", found=data)
    return str(data)


def _check_day(text: str) -> str:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date().isoformat()
    raise refusal("want_day", found=text)


def _check_id(name: str) -> str:
    if found := _SIGNS.search(name):
        raise refusal("id_with_sign", name=name, sign=found.group())
    return name


@dataclass(frozen=True)
class OrNumber:
    """In the JSON Schema: an entry that may be written as one whole number, too."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The entry's own schema, or a whole number from 0."""
        own = handler(core)
        return {"anyOf": [{"type": "integer", "minimum": 0}, *own.get("anyOf", [own])]}


@dataclass(frozen=True)
class KeysAreYears:
    """In the JSON Schema: a mapping whose keys are years."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The mapping's own schema, its keys four digits."""
        return handler(core) | {"propertyNames": {"pattern": "^[0-9]{4}$"}}


_TEXT_OR_LANGUAGES = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "properties": {"en": {"type": "string"}, "vi": {"type": "string"}}},
    ]
}
_NOT_EMPTY = {"type": "string", "minLength": 1}
_SAID = {
    "anyOf": [
        _NOT_EMPTY,
        {"type": "object", "properties": {"en": _NOT_EMPTY, "vi": _NOT_EMPTY}, "minProperties": 1},
    ]
}
_NUMBER_OR_YEARS = {"anyOf": [{"type": "number"}, {"type": "object", "additionalProperties": {"type": "number"}}]}
_CODE = {"anyOf": [{"type": "string"}, {"type": "integer"}]}

Text = Annotated[str | dict[str, str], PlainValidator(read_text), WithJsonSchema(_TEXT_OR_LANGUAGES)]
Said = Annotated[str | dict[str, str], PlainValidator(read_said), WithJsonSchema(_SAID)]
Amounts = Annotated[float | dict[int, float], PlainValidator(_read_amounts), WithJsonSchema(_NUMBER_OR_YEARS)]
Code = Annotated[str, PlainValidator(_read_code), WithJsonSchema(_CODE)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Amount = Annotated[float, Field(ge=0, le=1e9)]
Day = Annotated[str, AfterValidator(_check_day)]
Name = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(min_length=1), AfterValidator(_check_id)]


class Sourced(Entry):
    """What every entry may say besides: where its figures come from, and its name for people."""

    source: Text | None = Field(
        None, description="the section, decree or article, or the word `assumed`; one text or {en, vi}"
    )
    title: Text | None = Field(None, description="the name for people, one text or {en, vi}")


class Changeable(Sourced):
    """What may be another's to decide: the law's, a superior's."""

    may_change: bool | None = Field(
        None,
        description="whether whoever makes the scheme may change it; `no` for what law or a superior fixes: no repair "
        "touches it. Not said: a limit may be changed, and of what a programme asks of people it is told that nobody "
        "says",
    )


class YearRange(Sourced):
    """The years from the one to the other, both inclusive."""

    from_: Year = Field(FIRST_YEAR, alias="from", description="the first year [year]")
    to: Year = Field(LAST_YEAR, description="the last year, inclusive [year]")

    @model_validator(mode="after")
    def _in_order(self) -> YearRange:
        check_years_in_order(self.from_, self.to)
        return self

    def holds(self, year: int) -> bool:
        """Whether `year` is one of them."""
        return self.from_ <= year <= self.to


def check_in_order(low: float | None, high: float | None) -> None:
    """Refuse a range whose min is above its max."""
    if low is not None and high is not None and low > high:
        raise refusal("min_above_max", min=low, max=high)


def check_years_in_order(first: int, last: int) -> None:
    """Refuse years that run backwards."""
    if first > last:
        raise refusal("horizon_backwards", first=first, last=last)
