"""The offices of a reform: which are left, into which of them each goes, and how many posts they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.common.errors import Fault, nearest
from planner.inputs.scenario.yaml_tree import Location
from planner.messages import localised
from planner.years.reform.reform_file import Reform

OFFICES = ("office", "merges", "was", "moved_in", "moved_out", "headcount", "how", "cadres", "source")
"""The columns of reform.csv."""


@dataclass(frozen=True)
class Offices:
    """The offices before and after.

    Attributes
    ----------
    home
        Office before -> the office that it is, or becomes; those that end are missing.
    ended
        Office that ends -> where the file says so.
    after
        All that are left, in their order: those before, then the new ones.
    """

    home: dict[str, str]
    ended: dict[str, Location]
    after: tuple[str, ...]


def offices_of(reform: Reform, known: list[str]) -> tuple[Offices, list[Fault]]:
    """What becomes of the known offices, and what the file says of them that cannot be."""
    entry, root = reform.entry, reform.root
    faults: list[Fault] = []
    merged: dict[str, str] = {}
    for name, office in entry.offices.items():
        for index, old in enumerate(office.merges):
            at: Location = ("offices", name, "merges", index)
            if old not in known:
                faults.append(root.fault(at, "reform_office", name=old, nearest=nearest(old, known)))
            elif old in merged:
                faults.append(root.fault(at, "reform_merged_twice", name=old, other=merged[old]))
            elif old != name and old in entry.offices:
                faults.append(root.fault(at, "reform_stays", name=old))
            else:
                merged[old] = name
    ended: dict[str, Location] = {}
    for place, old in enumerate(entry.ends):
        at = ("ends", place)
        if old not in known:
            faults.append(root.fault(at, "reform_office", name=old, nearest=nearest(old, known)))
        elif old in merged:
            faults.append(root.fault(at, "reform_merged_twice", name=old, other=merged[old]))
        elif old in entry.offices:
            faults.append(root.fault(at, "reform_stays", name=old))
        else:
            ended[old] = at
    home = {old: merged.get(old, old) for old in known if old not in ended}
    left = [old for old in known if home.get(old) == old]
    after = tuple(dict.fromkeys([*left, *entry.offices]))
    faults += _destinations(reform, merged, ended, after)
    return Offices(home, ended, after), faults


def _destinations(
    reform: Reform, merged: Mapping[str, str], ended: Mapping[str, Location], after: tuple[str, ...]
) -> Iterator[Fault]:
    """Moves to offices that are not there any more, or never were."""
    for name, move in reform.entry.moves.items():
        if move.to is None or move.to in after:
            continue
        at = ("moves", name, "to")
        if move.to in merged:
            yield reform.root.fault(at, "reform_to_merged", name=move.to, other=merged[move.to])
        elif move.to in ended:
            yield reform.root.fault(at, "reform_to_ended", name=move.to)
        else:
            yield reform.root.fault(at, "reform_office", name=move.to, nearest=nearest(move.to, after))


def offices_table(
    reform: Reform, offices: Offices, agencies: pd.DataFrame, before: pd.Series, now: pd.Series
) -> pd.DataFrame:
    """Each office with its posts; those that end stand last, with the posts that are lost with them.

    Parameters
    ----------
    agencies
        agency, headcount before.
    before, now
        The office of each cadre before and after.

    Returns
    -------
    pd.DataFrame
        The columns of `OFFICES`: office; merges (blank-separated); was: the posts of all it is made of [people];
        moved_in, moved_out: cadres who came or went otherwise [people]; headcount [people]; how: same, sum, given,
        ended; cadres on the roster [people]; source of a headcount that is given.
    """
    size = dict(zip(agencies["agency"], agencies["headcount"].astype(int), strict=True))
    expected = before.map(offices.home).fillna("")
    moved = expected != now
    came, went = now[moved].value_counts(), before[moved].map(offices.home).value_counts()
    lost = before[before.isin(list(offices.ended))].value_counts()
    people = now.value_counts()
    rows = []
    for name in offices.after:
        parts = [old for old, new in offices.home.items() if new == name]
        was, gained, gone = sum(size[old] for old in parts), int(came.get(name, 0)), int(went.get(name, 0))
        entry = reform.entry.offices.get(name)
        said = None if entry is None else entry.headcount
        touched = parts != [name] or gained or gone or said is not None
        how = "given" if said is not None else "sum" if touched else "same"
        headcount = said if said is not None else max(0, was + gained - gone)
        source = localised(entry.source) if entry is not None and said is not None else ""
        cells = (name, " ".join(parts), was, gained, gone, headcount, how, int(people.get(name, 0)), source)
        rows.append(cells)
    rows += [(name, name, size[name], 0, int(lost.get(name, 0)), 0, "ended", 0, "") for name in offices.ended]
    return pd.DataFrame(rows, columns=[*OFFICES])
