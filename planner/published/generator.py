"""Scenarios of any size: districts drawn from the published tables of one, provinces that share their scarce seats.

Every district is a roster rebuilt from the tables, so each meets every published count; what the tables leave open (who
holds what together, ages, agencies and their sizes) is drawn for each anew. Its targets and seat pools are the base
scenario's own, confined to it. The seats of some pools are the province's instead: one pool for its districts, with
fewer seats than they would have had one by one. Targets on a ladder of which the tables say nothing are left out.

Settling the counts takes some two seconds a district, drawing the people a tenth of one. So the first districts (11
unless told otherwise) are settled each by itself; later ones take the counts of these in turn and draw their own
people. A district is the same in whichever size it stands: 11 districts are the first 11 of 100 of the same seed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from planner.common.csv_cells import csv_text
from planner.common.errors import Fault, InputError, nearest
from planner.common.files import fresh_folder, sha256
from planner.common.shipped import SCHEME, scenarios
from planner.inputs.roster.sheets import MAX_ROWS
from planner.inputs.scenario.conditions import COMBINERS, METADATA, columns_used
from planner.inputs.scenario.confinement import also_inside
from planner.inputs.scenario.loading import conditions, load_scenario
from planner.inputs.scenario.schema import Scenario
from planner.messages import LANGUAGES, in_each_language, say, speaking
from planner.published.loading import Published, load_published
from planner.published.margins import Margins, margins
from planner.published.people import draw_headcounts, draw_people
from planner.published.strata import Ground

SHARED = ("district_postgraduate", "district_advanced", "commune_postgraduate", "commune_advanced")
SCARCITY = 0.8
PROVINCE = 11  # districts of a province, at most
REBUILT = 11  # districts whose counts are settled each by itself
SEED = 2021

SCENARIO, ROSTER, AGENCIES, RECIPE = "scenario.yaml", "roster.csv", "agencies.csv", "generated.json"
OWN_AGENCY = "agency_in_district"
REPEATED = ("targets", "seats")  # sections with entries for every district

Plain = dict[str, Any]


@dataclass(frozen=True)
class Generated:
    """A scenario and its tables, not yet written.

    Attributes
    ----------
    scenario
        The scenario, as plain mappings.
    roster
        One row per cadre: the columns of the published-tables file, all text, and after `agency`: district, province
        and, where a condition compares agencies, agency_in_district (the agency's code without the district's).
    agencies
        agency, headcount [people], and their titles where the published-tables file has any.
    recipe
        What makes the same scenario again: the arguments, and the SHA-256 of the files of tables and base.
    """

    scenario: Plain
    roster: pd.DataFrame
    agencies: pd.DataFrame
    recipe: Plain

    def write(self, folder: str | Path, *, force: bool = False) -> None:
        """Write it into a folder, all or nothing; as `write_generated` does."""
        write_generated(self, folder, force=force)


def default_published() -> Published:
    """The published tables that scenarios are cut from unless somebody names others.

    Raises
    ------
    InputError
        They are not here: planner was installed without its scenarios.
    """
    path = scenarios() / SCHEME / "published.yaml"
    if not path.is_file():
        raise InputError(Fault("no_published", {"path": path}))
    return load_published(path)


def generate(
    published: Published,
    districts: int,
    seed: int = SEED,
    *,
    scarcity: float = SCARCITY,
    province: int = PROVINCE,
    shared: Collection[str] | None = None,
    rebuilt: int = REBUILT,
) -> Generated:
    """Draw a scenario of many districts; the same arguments give the same bytes.

    The first district of a seed is what `reconstruct` makes of that seed. A budget is that of the base times the
    districts; pins that name a cadre are left out.

    Parameters
    ----------
    published
        The tables of one district, and the scenario that they speak of.
    districts
        How many districts [districts].
    seed
        Of all that is drawn.
    scarcity
        What share of the seats that its districts would have one by one a province has in its shared pools.
    province
        How many districts a province has at most; provinces differ by one district at most [districts].
    shared
        The seat pools of the base that belong to the province; by default those of `SHARED` that the base has.
    rebuilt
        How many districts have counts settled by themselves [districts].

    Raises
    ------
    InputError
        An argument is out of its range, the roster would be larger than a roster may be, or the tables allow none.
    """
    scenario = published.scenario
    pools = [name for name in SHARED if name in scenario.seats] if shared is None else list(dict.fromkeys(shared))
    faults = list(_faults(published, districts, seed, scarcity, province, pools, rebuilt))
    if faults:
        raise InputError(faults)
    places = _places(districts, province)
    own_agency = any("agency" in columns_used(condition) for _, condition in conditions(scenario))
    roster, agencies = _drawn(published, places, seed, rebuilt, own_agency=own_agency)
    with also_inside([published.file]):
        source = load_scenario(published.file.parent / published.content.scenario)
    known = [ladder for ladder in scenario.ladders if ladder in roster and roster[ladder].ne("").any()]
    recipe = {
        "districts": districts,
        "seed": seed,
        "scarcity": scarcity,
        "province": province,
        "shared": pools,
        "rebuilt": rebuilt,
        "files": {file.name: sha256(file) for file in (published.file, *source.files)},
    }
    text = {"districts": districts, "provinces": places["province"].nunique(), "seed": seed}
    titles = _titles(text, published.file.name, source.files[0].name)
    head = titles | _head(source.merged(), scenario, districts) | titles  # first in the file, and not the base's
    head["targets"] = dict(_targets(head, places, known))
    head["seats"] = dict(_seats(head, places, pools, Fraction(str(scarcity))))
    return Generated(head, roster, agencies, recipe)


def write_generated(generated: Generated, folder: str | Path, *, force: bool = False) -> None:
    """Write scenario.yaml, roster.csv, agencies.csv and generated.json (how it was made) into a folder, all or nothing.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    with fresh_folder(folder, force=force, mark=RECIPE, others=(SCENARIO, ROSTER, AGENCIES), not_recorded=()) as draft:
        (draft / SCENARIO).write_bytes(scenario_text(generated.scenario).encode())
        for name, table in ((ROSTER, generated.roster), (AGENCIES, generated.agencies)):
            (draft / name).write_bytes(csv_text(table).encode())
        text = json.dumps(generated.recipe, ensure_ascii=False, indent=2)
        (draft / RECIPE).write_bytes(f"{text}\n".encode())


def _faults(
    published: Published,
    districts: int,
    seed: int,
    scarcity: float,
    province: int,
    pools: list[str],
    rebuilt: int,
) -> Iterator[Fault]:
    """What is wrong with the arguments."""
    least = {"districts": (districts, 1), "seed": (seed, 0), "province": (province, 1), "rebuilt": (rebuilt, 1)}
    for at, (found, ge) in least.items():
        if found < ge:
            yield Fault("want_at_least", {"at": at, "ge": ge, "found": found})
    if districts > MAX_ROWS:
        yield Fault("want_at_most", {"at": "districts", "le": MAX_ROWS, "found": districts})
    if not scarcity > 0:  # NaN, too
        yield Fault("want_greater", {"at": "scarcity", "gt": 0, "found": scarcity})
    elif scarcity > 1000:
        yield Fault("want_at_most", {"at": "scarcity", "le": 1000, "found": scarcity})
    known = published.scenario.seats
    for name in pools:
        if name not in known:
            yield Fault("unknown_seats", {"at": "shared", "name": name, "nearest": nearest(name, known)})
    tables = published.content.tables.values()
    taken = {column for table in tables for column in table.who} | set(published.content.columns)
    taken |= {*published.content.draw.after, *published.content.draw.shares}
    taken |= {part.column for table in tables for part in table.breakdowns.values()}
    taken |= {column for _, condition in conditions(published.scenario) for column in columns_used(condition)}
    for name in sorted(taken & {"district", "province", OWN_AGENCY}):
        yield Fault("column_taken", {"name": name}, published.file)


# --- people ---------------------------------------------------------------------------------------------------------


def _places(districts: int, province: int) -> pd.DataFrame:
    """district, province: H001, H002, ... cut into provinces P01, P02, ... of equal size but for one district."""
    provinces = math.ceil(districts / province)
    width, wide = max(3, len(str(districts))), max(2, len(str(provinces)))
    return pd.DataFrame(
        {
            "district": [f"H{n:0{width}}" for n in range(1, districts + 1)],
            "province": [f"P{n * provinces // districts + 1:0{wide}}" for n in range(districts)],
        }
    )


def _drawn(
    published: Published, places: pd.DataFrame, seed: int, rebuilt: int, *, own_agency: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rosters and the agencies of all districts."""
    ground = Ground(published)
    settled: list[Margins] = []
    rosters, agencies = [], []
    for n, (district, province) in enumerate(zip(places["district"], places["province"], strict=True)):
        rng = np.random.default_rng([seed, n] if n else seed)
        if n < rebuilt:
            settled.append(margins(ground, rng))
            _check_size(settled[0], len(places))
        people = draw_people(ground, settled[n % len(settled)], rng)
        heads = draw_headcounts(ground, people, rng)
        rosters.append(_placed(published, people, district, province, own_agency=own_agency))
        agencies.append(_of_district(heads, district))
    return pd.concat(rosters, ignore_index=True), pd.concat(agencies, ignore_index=True)


def _of_district(heads: pd.DataFrame, district: str) -> pd.DataFrame:
    """A district's agencies, their codes below the district's, their titles with its code behind them."""
    titles = {}
    for language in LANGUAGES:
        if (column := f"title_{language}") in heads:
            with speaking(language):
                said = partial(say, "generated_agency", district=district)
                titles[column] = [said(title=title) if title else "" for title in heads[column]]
    return heads.assign(agency=f"{district}-" + heads["agency"], **titles)


def _check_size(settled: Margins, districts: int) -> None:
    people = sum(settled.sizes.values())
    if people * districts > MAX_ROWS:
        raise InputError(Fault("too_many_districts", {"districts": districts, "people": people, "limit": MAX_ROWS}))


def _placed(
    published: Published, people: pd.DataFrame, district: str, province: str, *, own_agency: bool
) -> pd.DataFrame:
    """A district's roster, its codes below the district's."""
    columns = published.content.columns
    columns = columns or ["cadre", "agency", *sorted(set(people.columns) - {"cadre", "agency", "stratum"})]
    roster = people.reindex(columns=columns, fill_value="")
    own = {"district": district, "province": province} | ({OWN_AGENCY: people["agency"]} if own_agency else {})
    for place, (name, value) in enumerate(own.items(), start=columns.index("agency") + 1):
        roster.insert(place, name, value)
    return roster.assign(cadre=f"{district}-" + people["cadre"], agency=f"{district}-" + people["agency"])


# --- the scenario ---------------------------------------------------------------------------------------------------


def _head(base: Plain, scenario: Scenario, districts: int) -> Plain:
    """The base scenario with its conditions on agencies, its tables, budget and pins fit for many districts."""
    head: Plain = {"targets": {}, "seats": {}} | deepcopy(base) | {"roster": ROSTER, "agencies": AGENCIES}
    for location, _ in conditions(scenario):
        entry = head
        for step in location[:-1]:
            entry = entry[str(step)]
        entry[str(location[-1])] = _by_own_agency(entry[str(location[-1])])
    if "budget" in head:
        head["budget"]["per_year"] = _times(head["budget"]["per_year"], districts)
    for key in head.get("pins", {}).keys() & {"require", "forbid"}:
        head["pins"][key] = [pin for pin in head["pins"][key] if "cadre" not in pin]
    return head


def _times(amounts: Any, districts: int) -> Any:
    """A budget of the base, one amount or one for each year, for many districts."""
    if isinstance(amounts, dict):
        return {year: _times(amount, districts) for year, amount in amounts.items()}
    return amounts * districts if isinstance(amounts, int) else round(amounts * districts, 6)


def _by_own_agency(condition: Any) -> Any:
    """A condition that compares the codes that agencies have within their district."""
    match condition:
        case dict():
            return {
                OWN_AGENCY if key == "agency" else key: _by_own_agency(value) if key in COMBINERS else value
                for key, value in condition.items()
            }
        case list():
            return [_by_own_agency(part) for part in condition]
    return condition


def _titles(text: Mapping[str, object], tables: str, base: str) -> Plain:
    """What the scenario says of itself, in all languages, so that the language spoken never changes a file."""
    return {
        "title": in_each_language("generated_title", **text, file=tables),
        "source": in_each_language("generated_source", **text, file=base),
        "roster_source": in_each_language("generated_roster"),
    }


def _targets(head: Plain, places: pd.DataFrame, known: Collection[str]) -> Iterator[tuple[str, Plain]]:
    """Every target of the base for every district, but for those on ladders that nobody knows."""
    kept = {name: entry for name, entry in head["targets"].items() if set(entry["level"]) <= set(known)}
    for district in places["district"]:
        for name, entry in kept.items():
            yield (
                f"{name}_{district}",
                _placed_entry(entry, district) | {"who": _in("district", district, entry["who"], head)},
            )


def _seats(
    head: Plain, places: pd.DataFrame, shared: Collection[str], scarcity: Fraction
) -> Iterator[tuple[str, Plain]]:
    """The provinces' shared pools, then every other pool for every district."""
    for province, members in places.groupby("province"):
        for name, entry in head["seats"].items():
            if name in shared:
                who = _in("province", str(province), entry["who"], head)
                yield (
                    f"{name}_{province}",
                    _scaled(_placed_entry(entry, str(province)), scarcity * len(members)) | {"who": who},
                )
    for district in places["district"]:
        for name, entry in head["seats"].items():
            if name not in shared:
                yield (
                    f"{name}_{district}",
                    _placed_entry(entry, district) | {"who": _in("district", district, entry["who"], head)},
                )


def _placed_entry(entry: Plain, place: str) -> Plain:
    """An entry of one district or province: its title begins with the place; its source stands in the base alone."""
    rest = {key: value for key, value in entry.items() if key not in METADATA}
    match entry.get("title"):
        case dict() as titles:
            return {
                "title": {name: say("generated_entry", place=place, title=text) for name, text in titles.items()}
            } | rest
        case str() as title:
            return {"title": say("generated_entry", place=place, title=title)} | rest
    return rest


def _in(column: str, place: str, who: Any, head: Plain) -> Plain:
    """`who`, in one district or province only: a group is written out, as a comparison of columns is cheaper."""
    while isinstance(who, str):
        who = head["groups"][who]
    return {column: place} | {key: value for key, value in who.items() if key not in METADATA}


def _scaled(pool: Plain, factor: Fraction) -> Plain:
    """A pool with so many times the seats: in a year least down, most up, in total to the nearest number (half up)."""
    scaled = dict(pool)
    if "per_year" in pool:
        yearly = {"min": lambda seats: math.floor(seats * factor), "max": lambda seats: math.ceil(seats * factor)}
        by_year = isinstance(pool["per_year"], Mapping) and not yearly.keys() & pool["per_year"].keys()
        years = pool["per_year"].items() if by_year else [(None, pool["per_year"])]
        found = {year: _scaled_range(seats, yearly) for year, seats in years}
        scaled["per_year"] = found if by_year else found[None]
    if "total" in pool:
        nearest = dict.fromkeys(("min", "max"), lambda seats: math.floor(seats * factor + Fraction(1, 2)))
        scaled["total"] = _scaled_range(pool["total"], nearest)
    return scaled


def _scaled_range(seats: Any, ends: Mapping[str, Callable[[Any], int]]) -> Any:
    """A range of seats, or one number, which is its most."""
    if not isinstance(seats, Mapping):
        return ends["max"](seats)
    return {key: scale(seats[key]) for key, scale in ends.items() if key in seats}


# --- text -----------------------------------------------------------------------------------------------------------


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes numbers as planner reads them: without an exponent; and no anchors."""

    def ignore_aliases(self, _: object) -> bool:
        return True


def _decimal(dumper: yaml.Dumper, number: float) -> yaml.ScalarNode:
    text = np.format_float_positional(number, trim="0")
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


_Dumper.add_representer(float, _decimal)


def scenario_text(scenario: Plain) -> str:
    """A scenario as YAML; the entries that every district has stand last, a line each."""
    parts = [_dumped({key: value for key, value in scenario.items() if key not in REPEATED}, flow=None)]
    for key in REPEATED:
        entries = scenario[key].items()
        parts += [f"{key}:", *(f"  {name}: {_dumped(entry, flow=True)}" for name, entry in entries)]
    return "\n".join(parts) + "\n"


def _dumped(value: Any, *, flow: bool | None) -> str:
    width = 2**31 - 1 if flow else 120
    text = yaml.dump(value, Dumper=_Dumper, default_flow_style=flow, allow_unicode=True, sort_keys=False, width=width)
    return str(text).rstrip("\n")
