"""Which sheet and column of a workbook holds which key of a scenario: one table, from which both ways are read.

A sheet is a form (a label, a value), a table of entries (each with an id) or a table of items (a list). What has no
column of its own stands on the sheet `other`, by its path. `tests/test_scheme_workbook.py` holds that every key of the
schema has its place here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.inputs.scenario.ranked_goals import KINDS
from planner.inputs.scenario.rates import OF_PEOPLE, OF_STUDIES

Path = tuple[str, ...]
Kind = Literal["text", "name", "code", "number", "share", "integer", "year", "truth", "choice", "names", "who"]
Shape = Literal["form", "entries", "items", "conditions", "own"]
ANY = "*"
"""In a path: any ladder, or any year."""


@dataclass(frozen=True)
class Field:
    """A column of a table, or a row of a form.

    Attributes
    ----------
    path
        The key below the entry; with `ANY` it is a column per ladder or per year.
    kind
        What its cells are read as.
    head
        The end of the keys of its heading and note in the catalogue; by default the path's.
    offer
        What the drop-down of its cells offers: `ladders`, `levels` (of the ladder in the column `ladder`, or of the
        column's own), `programmes`, `groups`, `columns`; empty: none, or its choices.
    choices
        The values that there are, each with a word in the catalogue.
    width
        Of the column [characters].
    """

    path: Path
    kind: Kind = "text"
    head: str = ""
    offer: str = ""
    choices: tuple[str, ...] = ()
    width: int = 14

    @property
    def name(self) -> str:
        """The end of the keys of its sentences."""
        return self.head or "_".join(step for step in self.path if step != ANY)

    @property
    def expands(self) -> str:
        """`years` or `ladders`, of each of which it has a column; empty where it is one column."""
        if ANY not in self.path:
            return ""
        return "years" if self.path[0] == "per_year" else "ladders"


@dataclass(frozen=True)
class SheetForm:
    """A sheet: its name's key in the catalogue, the path of what it holds, and its columns."""

    name: str
    path: Path
    shape: Shape
    fields: tuple[Field, ...]

    def patterns(self) -> Iterator[tuple[Path, Field]]:
        """The whole paths of its fields; `ANY` stands for an entry's id or an item's number, too."""
        entry = () if self.shape == "form" else (ANY,)
        for each in self.fields:
            yield (*self.path, *entry, *each.path), each


ID = Field(("id",), "name", width=26)
TITLES = (Field(("title", "vi"), width=34), Field(("title", "en"), width=34))
SOURCE = (Field(("source", "vi"), width=40), Field(("source", "en"), width=40))
WHO = Field(("who",), "who", offer="groups", width=22)
CHANGEABLE = Field(("may_change",), "truth")
MUST = Field(("must",), "truth")
WEIGHT = Field(("weight",), "number", width=10)
PROGRAMMES = Field(("programmes",), "names", offer="programmes", width=34)
YEARS = (Field(("years", "from"), "year"), Field(("years", "to"), "year"))
MODES = ("full_time", "in_service", "short")

RELATIONS = ("is", "in", "min", "max")
GROUP_KINDS = ("group", "condition")
PIN_KINDS = ("require", "forbid")
READINGS = ("blank", "headers", "sheets", "synonyms", "acknowledged")
"""What the sheet `reading` holds: how the roster is read, and which warnings are known."""

SHEETS = (
    SheetForm(
        "scheme",
        (),
        "form",
        (
            Field(("title", "vi"), head="scheme_title_vi"),
            Field(("title", "en"), head="scheme_title_en"),
            *SOURCE,
            Field(("horizon", "first"), "year"),
            Field(("horizon", "last"), "year"),
            Field(("as_of",), "year", head="scheme_as_of"),
            Field(("lot",), "code"),
            Field(("roster",)),
            Field(("roster_source", "vi")),
            Field(("roster_source", "en")),
            Field(("currency", "vi")),
            Field(("currency", "en")),
            Field(("agencies",)),
            Field(("retirement",)),
            Field(("history",)),
            Field(("earlier",)),
            Field(("extends",)),
            Field(("solver", "time_limit_s"), "number"),
            Field(("solver", "gap"), "number"),
            Field(("solver", "workers"), "integer"),
            Field(("solver", "seed"), "integer"),
            Field(("resilient", "futures"), "integer"),
            Field(("resilient", "seed"), "integer"),
            Field(("privacy", "keep_until")),
            Field(("privacy", "fewest"), "integer"),
        ),
    ),
    SheetForm("ladders", ("ladders",), "own", ()),
    SheetForm("groups", ("groups",), "conditions", ()),
    SheetForm(
        "programmes",
        ("programmes",),
        "entries",
        (
            *TITLES,
            Field(("ladder",), "name", offer="ladders"),
            Field(("from",), "name", offer="levels"),
            Field(("to",), "name", offer="levels"),
            Field(("mode",), "choice", choices=MODES, width=18),
            Field(("months",), "number"),
            Field(("eligible",), "who", offer="groups", width=22),
            Field(("serve_after_years",), "number"),
            Field(("cost",), "number"),
            Field(("open",), "truth"),
            Field(("begins",), "integer"),
            *YEARS,
            Field(("requires", ANY), "name", offer="levels", width=18),
            Field(("place", "vi"), width=34),
            Field(("place", "en"), width=34),
            CHANGEABLE,
            *SOURCE,
        ),
    ),
    SheetForm(
        "targets",
        ("targets",),
        "entries",
        (
            *TITLES,
            WHO,
            Field(("level", ANY), "name", offer="levels", width=18),
            Field(("share",), "share"),
            Field(("at_least",), "integer"),
            Field(("counts",), "choice", choices=("completed", "enrolled"), width=18),
            Field(("by",), "year"),
            Field(("rounding",), "choice", choices=("up", "down", "nearest")),
            WEIGHT,
            Field(("leavers",), "choice", choices=("included", "excluded")),
            MUST,
            Field(("as_of",), "year"),
            *SOURCE,
        ),
    ),
    SheetForm(
        "seats",
        ("seats",),
        "entries",
        (
            *TITLES,
            PROGRAMMES,
            WHO,
            Field(("per_year", "min"), "integer"),
            Field(("per_year", "max"), "integer"),
            Field(("per_year", ANY, "min"), "integer", head="year_min"),
            Field(("per_year", ANY, "max"), "integer", head="year_max"),
            Field(("total", "min"), "integer"),
            Field(("total", "max"), "integer"),
            Field(("per_agency", "max"), "integer"),
            Field(("per_agency", "total"), "integer"),
            MUST,
            CHANGEABLE,
            *SOURCE,
        ),
    ),
    SheetForm(
        "shares",
        ("shares",),
        "entries",
        (
            *TITLES,
            PROGRAMMES,
            Field(("among",), "who", offer="groups", width=22),
            Field(("who",), "who", head="share_who", offer="groups", width=22),
            Field(("min",), "share", head="share_min"),
            Field(("per",), "choice", choices=("year", "horizon")),
            WEIGHT,
            MUST,
            *SOURCE,
        ),
    ),
    SheetForm(
        "absence",
        ("absence",),
        "form",
        (
            Field(("modes",), "names", choices=MODES),
            Field(("leaders", "who"), "who", offer="groups"),
            Field(("leaders", "present"), "integer"),
            *TITLES,
            CHANGEABLE,
            *SOURCE,
        ),
    ),
    SheetForm(
        "bands",
        ("absence", "bands"),
        "items",
        (
            Field(("up_to",), "integer"),
            Field(("away",), "integer"),
            Field(("share",), "share", head="band_share"),
            *TITLES,
            *SOURCE,
        ),
    ),
    SheetForm(
        "study_load",
        ("study_load",),
        "form",
        (
            Field(("short_per_year",), "integer"),
            Field(("starts_per_cadre",), "integer"),
            Field(("years_between",), "integer"),
            *TITLES,
            CHANGEABLE,
            *SOURCE,
        ),
    ),
    SheetForm(
        "classes",
        ("classes",),
        "entries",
        (
            Field(("min",), "integer", head="class_min"),
            Field(("max",), "integer", head="class_max"),
            *TITLES,
            CHANGEABLE,
            *SOURCE,
        ),
    ),
    SheetForm(
        "budget",
        ("budget",),
        "form",
        (
            Field(("per_year",), "number", head="budget_per_year"),
            Field(("per_year", ANY), "number", head="budget_year"),
            *TITLES,
            CHANGEABLE,
            *SOURCE,
        ),
    ),
    SheetForm(
        "priority",
        ("priority",),
        "entries",
        (*TITLES, WHO, Field(("points",), "number"), PROGRAMMES, *SOURCE),
    ),
    SheetForm(
        "approval",
        ("approval",),
        "entries",
        (
            *TITLES,
            WHO,
            PROGRAMMES,
            *YEARS,
            Field(("authority", "vi"), width=34),
            Field(("authority", "en"), width=34),
            *SOURCE,
        ),
    ),
    SheetForm(
        "leave",
        ("leave",),
        "entries",
        (
            Field(("cadre",), "code"),
            Field(("from",), "year", head="leave_from"),
            Field(("to",), "year", head="leave_to"),
            Field(("away",), "truth", head="leave_away"),
            *TITLES,
            *SOURCE,
        ),
    ),
    SheetForm(
        "risk",
        ("risk",),
        "entries",
        (
            *TITLES,
            Field(("event",), "choice", choices=(*OF_PEOPLE, *OF_STUDIES), width=18),
            WHO,
            PROGRAMMES,
            *YEARS,
            Field(("rate",), "share"),
            *SOURCE,
        ),
    ),
    SheetForm(
        "pins",
        ("pins",),
        "own",
        (
            Field(("kind",), "choice", head="pin_kind", choices=PIN_KINDS, width=20),
            Field(("cadre",), "code"),
            Field(("programme",), "name", offer="programmes", width=26),
            Field(("start",), "year"),
            *TITLES,
            *SOURCE,
        ),
    ),
    SheetForm(
        "goals",
        ("goals",),
        "own",
        (
            Field(("goal",), "choice", choices=KINDS, width=44),
            Field(("entries",), "names", width=44),
        ),
    ),
    SheetForm(
        "reading",
        (),
        "own",
        (
            Field(("kind",), "choice", head="reading_kind", choices=READINGS, width=30),
            Field(("column",), "text", head="reading_column", width=24),
            Field(("text",), "text", head="reading_text", width=40),
            Field(("meaning",), "text", head="reading_meaning", width=30),
        ),
    ),
    SheetForm("other", (), "own", (Field(("path",), "text", width=50), Field(("value",), "text", width=60))),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}

LADDER_LEVELS = 12
"""Columns for levels that the sheet of ladders offers; more are read all the same."""
GROUP_FIELDS = (
    Field(("id",), "name", head="group", width=26),
    Field(("kind",), "choice", head="group_kind", choices=GROUP_KINDS, width=14),
    Field(("block",), "integer", width=8),
    Field(("not",), "truth", head="not", width=10),
    Field(("column",), "text", offer="columns", width=22),
    Field(("relation",), "choice", choices=RELATIONS, width=16),
    Field(("value",), "text", head="compared", offer="values", width=34),
    Field(("condition",), "text", width=40),
    *TITLES,
    *SOURCE,
)
ROSTER, AGENCIES, LISTS = "roster", "agencies", "lists"
"""Sheets of the workbook that are no part of the scheme itself."""


def fields_of(sheet: SheetForm) -> tuple[Field, ...]:
    """The columns of a sheet, its id's among them."""
    if sheet.shape == "conditions":
        return GROUP_FIELDS
    if sheet.name == "ladders":
        return (Field(("id",), "name", head="ladder", width=22), Field((ANY,), "name", head="step", width=18))
    return (ID, *sheet.fields) if sheet.shape == "entries" else sheet.fields
