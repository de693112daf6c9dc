"""What stands in the places of a template: every name that one may use, and its text for a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.messages import localised, say
from planner.plans import tabulation
from planner.plans.agency_titles import agency_title
from planner.plans.plan import Plan
from planner.report.letters.settings import DOTS, Settings, day_in_words
from planner.report.text.nominees import held, minority_alone
from planner.report.text.titles import mode_title, sex_title, source_told

Context = dict[str, Any]
"""Placeholder -> its text, or for `people` and `recipients` a list."""
_FOREIGN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
"""Signs that a Word document cannot hold or would take for a page's end."""
PERSON = ("row", "who", "name", "cadre", "birth", "sex", "ethnicity", "party_joined", "post", "agency", "levels",
          "training", "planned_post", "course", "programme", "mode", "place", "period", "cost", "authority", "reason",
          "remark")  # fmt: skip
"""What `person.` may be followed by, for a person of `people`."""
COUNTED = ("row", "title", "planned", "happened", "unconfirmed", "not_begun", "unplanned", "cadres", "finished",
           "presumed", "failed")  # fmt: skip
"""What `one.` may be followed by in a report's tables of starts."""
AIMED = ("row", "title", "members", "required", "attained", "unconfirmed", "line", "missing", "open", "verdict")
"""What `target.` may be followed by in a report."""
UNLIKE = ("row", "who", "agency", "course", "start", "status", "outcome")
"""What `start.` may be followed by in a report's list of what did not go as planned."""
LISTS: Mapping[str, tuple[str, ...]] = {
    "people": PERSON,
    "recipients": (),
    "targets": AIMED,
    "lagging": AIMED,
    "deviations": UNLIKE,
    **dict.fromkeys(("programmes", "agencies", "groups"), COUNTED),
    **dict.fromkeys(("started", "reached", "proposed", "notes"), ()),
}
"""The placeholders that hold several things, and what each of these has."""
OPEN = {
    "superior": "superior",
    "sender": "sender",
    "place": "place",
    "date": "date",
    "number": "letter.first_number",
    "report_number": "report.number",
    "report_symbol": "report.symbol",
    "symbol": "letter.symbol",
    "answer_by": "letter.answer_by",
    "document": "annex.document",
    "document_number": "annex.number",
    "document_symbol": "annex.symbol",
    "document_date": "annex.date",
    "issuer": "annex.issuer",
    "signatory_title": "signatory.title",
    "signatory_name": "signatory.name",
    "filed": "filed",
}
"""Placeholder -> the setting that fills it; without it dots stand there."""


@dataclass(frozen=True)
class Office:
    """A plan's year, the settings, and whether names were asked for: what all documents share."""

    plan: Plan
    year: int
    settings: Settings
    named: bool

    def of_all(self, people: pd.DataFrame) -> Context:
        """What every document may say."""
        return {
            **said_once(self.plan, self.year, self.settings),
            "starts": str(len(people)),
            "cadres": str(people["cadre"].nunique()),
            "women": str(people.loc[people["sex"] == "F", "cadre"].nunique()),
            "people": list(self._people(people)),
        }

    def of_letter(self, people: pd.DataFrame, agency: str, place: int) -> Context:
        """What the letter to an agency may say; it is the letter number `place`, from 0."""
        letter = self.settings.letter
        absence = tabulation.absence_by_year(self.plan)
        own = absence[(absence["agency"] == agency) & (absence["year"] == self.year)].iloc[0]
        limited = not pd.isna(own["limit"])
        return self._cleaned(people) | {
            "agency": clean(agency_title(self.plan.problem, agency)),
            "number": DOTS if letter.first_number is None else str(letter.first_number + place),
            "symbol": clean(letter.symbol or DOTS),
            "answer_by": day_in_words(letter.answer_by),
            "away": str(int(own["away"])),
            "headcount": str(int(own["headcount"])),
            "limit": str(int(own["limit"])) if limited and own["away"] else "",
        }

    def of_annex(self, people: pd.DataFrame, authority: str) -> Context:
        """What the annex for an authority may say."""
        annex = self.settings.annex
        return self._cleaned(people) | {
            "authority": clean(authority or say("nominees_unsigned")),
            "document": clean(annex.document or DOTS),
            "document_number": clean(annex.number or DOTS),
            "document_symbol": clean(annex.symbol or DOTS),
            "document_date": day_in_words(annex.date),
            "issuer": clean(annex.issuer or self.settings.sender or DOTS),
        }

    def _cleaned(self, people: pd.DataFrame) -> Context:
        return {key: clean(text) if isinstance(text, str) else text for key, text in self.of_all(people).items()}

    def _people(self, people: pd.DataFrame) -> Iterator[dict[str, str]]:
        minority = minority_alone(people)
        for number, row in enumerate(people.to_dict("records"), 1):
            name = row["name"] if self.named else ""
            told = {
                "row": str(number),
                "who": say("person_named", name=name, cadre=row["cadre"]) if name else row["cadre"],
                "name": name,
                "sex": sex_title(row["sex"]),
                **({"ethnicity": _minority(row["ethnicity"])} if minority else {}),
                "post": row["post_title"],
                "levels": held(row),
                "agency": row["agency_title"],
                "programme": row["title"],
                "mode": mode_title(row["mode"]),
                "authority": row["authority"] or say("nominees_unsigned"),
            }
            yield {key: clean(str(told.get(key, row.get(key, "")))) for key in PERSON}


def said_once(plan: Plan, year: int, settings: Settings) -> Context:
    """What every document says of the scheme and of the office."""
    scenario, signatory = plan.problem.scenario, settings.signatory
    return {
        "year": str(year),
        "scheme": localised(scenario.title, say("page_untitled")),
        "scheme_source": source_told(scenario.source),
        "superior": settings.superior or DOTS,
        "sender": settings.sender or DOTS,
        "place": settings.place or DOTS,
        "date": day_in_words(settings.date),
        "signatory_behalf": signatory.behalf or "",
        "signatory_deputising": signatory.deputising or "",
        "signatory_title": signatory.title or DOTS,
        "signatory_name": signatory.name or DOTS,
        "recipients": [clean(name) for name in settings.recipients],
        "filed": settings.filed or DOTS,
    }


def _minority(told: str) -> str:
    """Behind somebody's sex: that he is of a minority; of others there is nothing to say."""
    return say("person_minority") if told == say("value_is_yes") else ""


def unset(settings: Settings) -> set[str]:
    """The placeholders in whose place dots stand."""
    found = {name for name, path in OPEN.items() if _at(settings, path) is None}
    return found - {"issuer"} if settings.sender else found


def _at(settings: Settings, path: str) -> Any:
    value: Any = settings
    for step in path.split("."):
        value = getattr(value, step)
    return value


def said_settings(keys: Iterable[str]) -> str:
    """Settings by what an office calls them, each with its key in the settings file."""
    names = {key: name for name, key in OPEN.items()}
    return ", ".join(say(f"docx_setting_{names[key]}") for key in keys)


def clean(text: str) -> str:
    """A text of the data on one line, without signs that no document can hold."""
    return " ".join(_FOREIGN.sub(" ", text).split())
