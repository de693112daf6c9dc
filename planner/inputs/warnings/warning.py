"""A warning: what it says, where, and the id under which a scenario acknowledges it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from planner.common.errors import Fault
from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location

PREFIX = "warning_"
MOST_NAMED_IN_ID = 3  # people whose codes an id holds; of more it has their number and a digest
_ONE_KIND = dict.fromkeys(("value_nearest", "value_known", "value_unknown"), "unknown_value")
_ONE_KIND["no_ladder_column"] = "unknown_levels"
_NOT_COPIED = re.compile(r"[\s,:\[\]{}#\"'&*!|>%@`]+")


@dataclass(frozen=True)
class ScenarioWarning(Fault):
    """Something that is allowed, but hardly meant; `str` says it in the language spoken now.

    Attributes
    ----------
    key, values, file, line
        As of a `Fault`: the sentence's key, its figures and names, where it stands.
    at
        The location in the scenario; empty for people.
    cadres
        The codes of those concerned, all of them; empty where it is not about people.
    about
        What the id names behind its kind: an entry, a value, people.
    """

    at: Location = ()
    cadres: tuple[str, ...] = ()
    about: str = ""

    @property
    def id(self) -> str:
        """The kind and what it is about: `empty_group:leaders`. It stands in YAML without quotes.

        The same as long as the warning is about the same entry, value or people, whatever the figures and the language.
        """
        kind = self.key.removeprefix(PREFIX)
        about = _NOT_COPIED.sub("_", self.about) or "all"
        return f"{_ONE_KIND.get(kind, kind)}:{about}"


def people_in_id(codes: Sequence[str]) -> str:
    """What an id says of people: their codes, or if they are many their number and a digest of the codes."""
    if len(codes) <= MOST_NAMED_IN_ID:
        return "+".join(codes)
    digest = hashlib.sha256("\n".join(sorted(codes)).encode("utf-8")).hexdigest()
    return f"{len(codes)}~{digest[:8]}"


def warning_at(
    problem: Problem, location: Location, key: str, about: str | None = None, /, **values: object
) -> ScenarioWarning:
    """A warning about a place of the scenario; `about` stands in its id, by default the place inside its section."""
    file, line = problem.source.file_and_line(location)
    named = ".".join(map(str, location[1:])) if about is None else about
    at = ".".join(map(str, location))
    return ScenarioWarning(key, {"at": at, **values}, file, line, at=location, about=named)
