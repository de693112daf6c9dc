"""What codes are called on lists and pages: posts, modes of study, sexes, years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from planner.inputs.problem import Problem
from planner.messages import catalogue, localised, say
from planner.plans.agency_titles import agency_titles

_SECTION = re.compile(r"[IVXLC]+(\.\d+)+(\.[a-zđ])?(?![\w.])")
"""A source that begins with the number of a section: III.2.a."""
MOST_NAMED = 10
"""Agencies without a title that a sentence names."""


def post_titles(problem: Problem) -> dict[str, str]:
    """Post -> its name for people: the title of the group that is exactly this post, else the catalogue's word.

    A post that neither knows keeps the name it has on the roster.
    """
    if "post" not in problem.cadres:
        return {}
    posts = [str(post) for post in problem.cadres["post"].unique()]
    return {post: _catalogued(post) for post in posts} | _titled_groups(problem)


def _catalogued(post: str) -> str:
    key = f"post_{post}"
    return say(key) if key in catalogue() else post


def _titled_groups(problem: Problem) -> dict[str, str]:
    """The titles of groups that are nothing but a post: {post: commune_leader, title: ...}."""
    found = {}
    for name in problem.scenario.groups:
        group = problem.source.root.find(("groups", name)).plain()
        titled = isinstance(group, Mapping) and set(group) - {"source"} == {"post", "title"}
        if titled and isinstance(group["post"], str):
            found[group["post"]] = localised(group["title"], group["post"])
    return found


def programme_title(problem: Problem, name: str) -> str:
    """A programme's name for people."""
    return localised(problem.scenario.programmes[name].title, name)


def target_title(problem: Problem, name: str) -> str:
    """A target's name for people."""
    return localised(problem.scenario.targets[name].title, name)


def untitled_agencies(problem: Problem, agencies: Iterable[str]) -> list[str]:
    """The agencies that lists call by a code: without a title, and named on the roster in one word (`C01`, not `Phòng
    Nội vụ`). Each once, in the order given.
    """
    titles = agency_titles(problem)
    found = dict.fromkeys(map(str, agencies))
    return [agency for agency in found if titles.get(agency, agency) == agency and len(agency.split()) == 1]


def untitled_told(problem: Problem, agencies: Iterable[str]) -> Iterator[str]:
    """That lists call agencies by their codes, if they do; the first of them by name."""
    found = untitled_agencies(problem, agencies)
    if found:
        more = len(found) - MOST_NAMED
        named = ", ".join(found[:MOST_NAMED]) + (f" (+{more})" if more > 0 else "")
        yield say("list_untitled", agencies=named, count=len(found))


def source_told(source: str | Mapping[str, str] | None) -> str:
    """A source in the language spoken: its mark `assumed`, too, and that numbers of sections are such."""
    told = localised(source)
    if _SECTION.match(told):
        told = say("source_section", source=told)
    return re.sub(r"\bassumed\b", say("annex_assumed"), told)


def period_title(first: int, last: int) -> str:
    """The years of a study: one year alone where it ends in the year in which it starts."""
    return say("period_year" if first == last else "period_years", first=first, last=last)


def mode_title(mode: str) -> str:
    """How a programme is studied: full time, in service, short course."""
    return say(f"studied_{mode}")


def sex_title(sex: str) -> str:
    """F and M in words; empty where the roster is."""
    return {"F": say("sex_f"), "M": say("sex_m")}.get(sex, "")
