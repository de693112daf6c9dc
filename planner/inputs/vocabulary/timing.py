"""Whether a degree beside which years stand is held or under way, judged by the year of which the roster speaks."""

from __future__ import annotations

from planner.inputs.vocabulary.parts import Part

HELD, UNDER_WAY = "held", "under way"
State = tuple[str, int | None]
"""`HELD` and since when, `UNDER_WAY` and until when, or the question to ask; None where it is not told."""


def state_of(part: Part, year: int | None) -> State:
    """Whether what a part names is held or under way.

    Parameters
    ----------
    year
        The year of which the roster speaks; None where nobody knows it: then what depends on it is asked.
    """
    end = part.ends if part.span is None else part.span[1]
    told = end or part.bare
    begun = part.begins if part.span is None else part.span[0]
    if part.in_doubt or part.several_years or (part.done and part.under_way):
        return "reading_level_doubt", None
    if part.done:
        later = told is not None and not _past(told, year) and told != year
        return ("reading_level_doubt", None) if later else (HELD, told)
    if part.under_way or part.nth is not None:
        return _under_way(part, end, year)
    return _apart(part, told, year) if begun is None else _begun(part, begun, year)


def _under_way(part: Part, end: int | None, year: int | None) -> State:
    """What is said to be under way: a year beside it is its end, if that may be."""
    if part.begins is not None and not _past(part.begins, year) and part.begins != year:
        return "reading_study_begins", None
    if end is None and part.bare is not None and part.bare == year:
        return UNDER_WAY, None
    told = end or part.bare
    if told is not None and _past(told, year):
        return "reading_level_doubt", None
    return UNDER_WAY, told


def _begun(part: Part, begun: int, year: int | None) -> State:
    """A study of which it is told when it began: this year it may have, or may not yet."""
    if not _past(begun, year):
        return "reading_study_begins", None
    return (UNDER_WAY, None) if part.span is None else _ended(part.span[1], year, ends_now=UNDER_WAY)


def _apart(part: Part, told: int | None, year: int | None) -> State:
    """A level beside which at most a class or a single year stands."""
    if part.numbered_class:
        return "reading_level_class", None
    if told is not None:
        return _ended(told, year, ends_now="reading_level_doubt")
    return ("reading_level_course", None) if part.course else (HELD, None)


def _ended(told: int, year: int | None, ends_now: str) -> State:
    """What ended before this year is held, what ends later is under way; this year either may be."""
    if year is None:
        return "reading_level_doubt", None
    if told == year:
        return ends_now, told
    return (HELD if told < year else UNDER_WAY), told


def _past(told: int, year: int | None) -> bool:
    return year is not None and told < year
