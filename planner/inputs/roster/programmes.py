"""The programmes that a roster's studies may be: found by id, by title, or by the level they lead to."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from planner.inputs.synonyms import plain
from planner.inputs.vocabulary.levels import Ladder


class ProgrammeLike(Protocol):
    """What is asked of a programme."""

    @property
    def title(self) -> str | Mapping[str, str] | None:
        """Its name for people, one text or one for each language."""

    @property
    def ladder(self) -> str:
        """The ladder it climbs."""

    @property
    def to(self) -> str:
        """The level it leads to."""

    @property
    def mode(self) -> str:
        """full_time, in_service or short."""

    @property
    def months(self) -> float:
        """The duration [months]."""


@dataclass(frozen=True)
class Course:
    """A programme as the roster's reading knows it: `to` is an index on its ladder, None where nobody knows it."""

    id: str
    titles: tuple[str, ...] = ()
    ladder: str = ""
    to: int | None = None
    mode: str = ""
    years: int = 1

    def __str__(self) -> str:
        return f"{self.titles[0]} ({self.id})" if self.titles else self.id


@dataclass(frozen=True)
class Programmes:
    """All programmes, and the ladders that they climb."""

    courses: Mapping[str, Course]
    ladders: Mapping[str, Ladder]

    @classmethod
    def of(
        cls, programmes: Mapping[str, ProgrammeLike] | Collection[str], ladders: Mapping[str, Sequence[str]]
    ) -> Programmes:
        """Programmes as the scenario has them, or their ids alone."""
        whole = {name: Ladder(name, levels) for name, levels in ladders.items()}
        if not isinstance(programmes, Mapping):
            return cls({name: Course(name) for name in programmes}, whole)
        return cls({name: _course(name, entry, whole) for name, entry in programmes.items()}, whole)

    def named(self, text: str) -> list[Course]:
        """Those of which a text is the id or the title."""
        if text in self.courses:
            return [self.courses[text]]
        key = plain(text)
        return [one for one in self.courses.values() if key and key in {plain(name) for name in (one.id, *one.titles)}]

    def leading_to(self, ladder: str, levels: Iterable[int], mode: str = "") -> list[Course]:
        """Those that lead to one of the levels of a ladder; of these, those of a mode, if any is."""
        wanted = set(levels)
        found = [one for one in self.courses.values() if one.ladder == ladder and one.to in wanted]
        return [one for one in found if one.mode == mode] or found if mode else found


def _course(name: str, entry: ProgrammeLike, ladders: Mapping[str, Ladder]) -> Course:
    title = entry.title
    titles = () if title is None else (title,) if isinstance(title, str) else tuple(title.values())
    ladder = ladders.get(entry.ladder)
    to = None if ladder is None else ladder.own(entry.to)
    return Course(name, titles, entry.ladder, to, entry.mode, max(1, math.ceil(entry.months / 12 - 1e-9)))
