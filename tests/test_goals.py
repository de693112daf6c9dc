"""Goals: each of the contract's section 6 by its value on plans made by hand; their ranking; the lot.

`measured` makes the solver arrive at a given plan, as the earlier plan from which nothing need change.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from random_scenarios import random_scenario
from small import small, starts

import planner
from planner.common.errors import InputError
from planner.inputs.problem import required
from planner.inputs.scenario.schema import Target
from planner.messages import speaking
from planner.model.goals import GOALS, lot_of
from planner.plans.plan import Plan

EXAMPLE = Path(__file__).parent / "cases" / "example"
Start = tuple[str, str, int]
Cadres = dict[str, dict[str, Any]]
STARTS = ["cadre", "programme", "start"]
ALL = ["changes", "attainment", "seat_floors", "shares", "starts", "priority", "early", "cost", "lot"]


def solved(folder: Path, **overrides: Any) -> Plan:
    """The best plan of a small scenario."""
    return planner.solve(planner.load(small(folder, **{"solver": {"workers": 1}, **overrides})))


def earlier(folder: Path, *chosen: Start) -> str:
    """Write the table of an earlier plan; its name."""
    folder.mkdir(parents=True, exist_ok=True)
    starts(*chosen).to_csv(folder / "earlier.csv", index=False)
    return "earlier.csv"


def measured(folder: Path, *chosen: Start, **overrides: Any) -> Plan:
    """The plan of exactly the chosen starts, with the value of every goal."""
    plan = solved(folder, **{"goals": ALL, "earlier": earlier(folder, *chosen), **overrides})
    assert plan.status == "optimal"
    assert values(plan)["changes"] == 0
    assert sorted(plan.assignments[STARTS].itertuples(index=False, name=None)) == sorted(chosen)
    return plan


def values(plan: Plan) -> dict[str, Any]:
    """Goal -> value; each is proven, so its bound must be the same."""
    assert (plan.goals["value"] == plan.goals["bound"]).all()
    return dict(zip(plan.goals["goal"], plan.goals["value"], strict=True))


def target(**more: Any) -> dict[str, Any]:
    """A target of advanced theory for all cadres."""
    share = {} if "at_least" in more else {"share": 1}
    return {"who": {"post": "staff"}, "level": {"theory": "advanced"}, **share, **more}


def row(plan: Plan, name: str) -> dict[str, Any]:
    """A target's row of the attainment table."""
    return dict(plan.attainment.set_index("target").loc[name])


def test_the_goals_are_those_of_the_contract() -> None:
    """Every goal of section 6 is there, with its sense; then those over futures."""
    names = "attainment seat_floors shares starts priority early cost lot changes expected worst_tenth"
    assert list(GOALS) == names.split()
    assert [goal for goal, kind in GOALS.items() if kind.sense == "max"] == ["priority"]


# --- attainment -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounding", "share", "members", "number"),
    [
        *[("up", 0.5, 3, 2), ("down", 0.5, 3, 1), ("nearest", 0.5, 3, 2), ("nearest", 0.5, 5, 3)],
        *[("up", 0.1, 30, 3), ("up", 0.7, 10, 7), ("up", 0.07, 100, 7), ("down", 0.29, 100, 29)],  # floats would err
        *[("up", 0.333333333, 3, 1), ("down", 0.333333332, 3, 0), ("down", 0.3333333333, 3, 1)],
        *[("up", 0.3333333337, 3, 2), ("up", 0.33333333366, 3, 1), ("nearest", 0.166666666, 3, 0)],
        *[("nearest", 0.1666666665, 3, 1), ("nearest", 0.49, 1, 0)],
        *[("up", 0.0, 7, 0), ("up", 1.0, 7, 7), ("up", 0.9, 0, 0)],
    ],
)
def test_required_is_rounded_with_a_tolerance(rounding: Any, share: float, members: int, number: int) -> None:
    """Share x members goes up, down or to the nearest, half up; 1e-9 off a whole number is that number."""
    asked = Target.model_validate({"who": "g", "level": {"theory": "a"}, "share": share, "rounding": rounding})
    assert required(asked, members) == number


def test_targets_count_what_the_contract_says(tmp_path: Path) -> None:
    """Members, unknown, required, already, attained and shortfall of many targets under one plan made by hand."""
    cadres: Cadres = {
        "A": {},  # starts evening in 2021, done in 2022
        "B": {},  # starts evening in 2024, done in 2025
        "C": {"theory": "advanced", "retires": 2023},
        "D": {"theory": "", "sex": "M"},
        "E": {"studying": "evening", "studying_until": 2023},
        "F": {"theory": "none", "retires": 2024},
    }
    advanced = {
        "all": target(),
        "by_2021": target(by=2021),
        "by_2022": target(by=2022),
        "by_2023": target(by=2023),
        "by_2025": target(by=2025),  # after the horizon
        "enrolled": target(counts="enrolled"),
        "enrolled_2021": target(counts="enrolled", by=2021),
        "enrolled_2023": target(counts="enrolled", by=2023),
        "half": target(share=0.5),
        "half_down": target(share=0.55, rounding="down"),
        "two": target(at_least=2),
        "nine": target(at_least=9),
        "no_leavers": target(leavers="excluded"),
        "no_leavers_2022": target(leavers="excluded", by=2022),
        "no_leavers_2023": target(leavers="excluded", by=2023),
        "men": target(who={"sex": "M"}),
        "nobody": target(who={"post": "nobody"}),
        "intermediate": target(level={"theory": "intermediate"}),
    }
    plan = measured(tmp_path, ("A", "evening", 2021), ("B", "evening", 2024), roster=cadres, targets=advanced)
    columns = ["members", "unknown", "required", "already", "attained", "shortfall"]
    found = {name: tuple(rest) for name, *rest in plan.attainment[["target", *columns]].to_numpy().tolist()}
    assert found == {
        "all": (6, 1, 6, 2, 3, 3),
        "by_2021": (6, 1, 6, 1, 1, 5),
        "by_2022": (6, 1, 6, 1, 2, 4),
        "by_2023": (6, 1, 6, 2, 3, 3),
        "by_2025": (6, 1, 6, 2, 4, 2),
        "enrolled": (6, 1, 6, 2, 4, 2),
        "enrolled_2021": (6, 1, 6, 2, 3, 3),
        "enrolled_2023": (6, 1, 6, 2, 3, 3),
        "half": (6, 1, 3, 2, 3, 0),
        "half_down": (6, 1, 3, 2, 3, 0),
        "two": (6, 1, 2, 2, 3, 0),
        "nine": (6, 1, 9, 2, 3, 6),
        "no_leavers": (4, 1, 4, 1, 2, 2),
        "no_leavers_2022": (6, 1, 6, 1, 2, 4),
        "no_leavers_2023": (5, 1, 5, 1, 2, 3),
        "men": (1, 1, 1, 0, 0, 1),
        "nobody": (0, 0, 0, 0, 0, 0),
        "intermediate": (6, 1, 6, 4, 4, 2),
    }
    assert values(plan)["attainment"] == sum(shortfall for *_, shortfall in found.values())
    assert row(plan, "half")["share"] == 0.5
    assert row(plan, "men")["share"] == 0
    assert pd.isna(row(plan, "nobody")["share"])


def test_a_target_of_several_ladders_asks_for_all_of_them(tmp_path: Path) -> None:
    """Whoever holds all levels attains, whoever lacks or does not know one does not."""
    cadres: Cadres = {
        "A": {"administration": "specialist"},  # lacks theory, starts it
        "B": {"theory": "advanced"},  # lacks administration, starts it
        "C": {},  # lacks both, starts both
        "D": {},  # lacks both, starts one
        "E": {"theory": "advanced", "administration": "senior"},
        "F": {"theory": "advanced", "administration": ""},
    }
    both = target(level={"theory": "advanced", "administration": "specialist"})
    chosen: list[Start] = [("A", "school", 2021), ("B", "course", 2021), ("C", "evening", 2021), ("C", "course", 2022)]
    plan = measured(tmp_path, *chosen, ("D", "school", 2022), roster=cadres, targets={"t": both})
    found = row(plan, "t")
    assert [found[key] for key in ("members", "unknown", "already", "attained", "shortfall")] == [6, 1, 1, 4, 2]
    assert values(plan)["attainment"] == 2


def test_a_higher_step_passes_the_level_too(tmp_path: Path) -> None:
    """Both steps of one cadre, or one that leads beyond the level, are one attained member."""
    leap = {"ladder": "administration", "from": "none", "to": "senior", "mode": "short", "months": 1, "open": True}
    specialist = target(level={"administration": "specialist"})
    chosen: list[Start] = [("A", "course", 2021), ("A", "further", 2022), ("B", "leap", 2021)]
    plan = measured(tmp_path, *chosen, targets={"t": specialist}, programmes={"leap": leap})
    assert values(plan)["attainment"] == 1
    plan = solved(tmp_path / "free", targets={"t": {**specialist, "weight": 2}}, programmes={"leap": leap})
    assert (values(plan)["attainment"], values(plan)["early"], len(plan.assignments)) == (0, 3, 3)


def test_a_target_that_two_steps_pass_counts_a_cadre_once(tmp_path: Path) -> None:
    """Where one cadre may pass the level twice, the solver does not take that for two people."""
    leap = {"ladder": "administration", "from": "none", "to": "senior", "mode": "short", "months": 1, "open": True}
    overrides: dict[str, Any] = {
        "programmes": {"leap": leap},
        "targets": {"t": target(level={"administration": "specialist"}, at_least=2)},
        "pins": {"forbid": [{"cadre": "B"}, {"cadre": "C"}]},
    }
    plan = solved(tmp_path, **overrides)
    assert values(plan)["attainment"] == 1
    assert len(plan.assignments) == 1


def test_weights_and_shortfalls_are_exact_decimals(tmp_path: Path) -> None:
    """0.1 x 3 + 2.5 x 1 + 0 x 3 is 2.8, and of two targets the heavier one is served."""
    targets = {
        "tenth": target(weight=0.1),
        "heavy": target(level={"administration": "specialist"}, at_least=1, weight=2.5),
        "nothing": target(weight=0),
    }
    plan = measured(tmp_path / "none", targets=targets)
    assert values(plan)["attainment"] == 2.8
    pool = {"seats": {"p": {"programmes": ["school", "course"], "who": {"sex": "F"}, "total": 1}}}
    closed = {name: {"open": False} for name in ("school", "evening", "course")}
    plan = solved(tmp_path / "one", targets=targets, programmes=closed, **pool)
    assert plan.assignments["programme"].tolist() == ["course"]
    assert values(plan)["attainment"] == 0.3


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ((1_000_000_000, 999_999_999), "999999999 has too many digits beside 1000000000, the largest: {} 100"),
        ((0.333333333333333, 0.1), "0.333333333333333 has too many digits beside 0.333333333333333, the largest: {} "),
    ],
)
def test_weights_of_too_many_digits_are_refused(tmp_path: Path, weights: tuple[float, float], told: str) -> None:
    """Weights that an engine's tolerance could not tell apart are refused, not rounded in silence: which, and where."""
    targets = {name: target(weight=weight, at_least=20) for name, weight in zip("ab", weights, strict=True)}
    with speaking("en"), pytest.raises(InputError) as caught:
        solved(tmp_path, targets=targets, goals=["attainment", "lot"])
    (fault,) = str(caught.value).splitlines()
    assert told.format("round it to a multiple of") in fault
    line = int(re.search(r"scenario\.yaml, line (\d+)", fault)[1])  # type: ignore[index]
    assert f"weight: {told.split(maxsplit=1)[0]}" in (tmp_path / "scenario.yaml").read_text().splitlines()[line - 1]


@pytest.mark.parametrize(("cost", "fits"), [(99_999_990, True), (99_999_991, False)])
def test_costs_in_dong_are_counted_in_their_largest_unit(tmp_path: Path, cost: int, fits: bool) -> None:
    """Ten dong less than a hundred million counts in tens, which are few enough; to the dong it is refused."""
    programmes = {"school": {"cost": 100_000_000}, "evening": {"cost": cost}, "degree": {"cost": 0}}
    overrides = {"programmes": programmes, "targets": {"all": target()}, "goals": ["attainment", "cost", "lot"]}
    people: Cadres = {"A": {}, "B": {}}
    if not fits:
        with speaking("en"), pytest.raises(InputError, match=r"line \d+: goal 'cost': 99999991 has .* multiple of 10$"):
            solved(tmp_path, roster=people, **overrides)
        return
    plan = solved(tmp_path, roster=people, **overrides)
    assert (plan.status, values(plan)["cost"]) == ("optimal", 2 * cost)


def test_rounded_as_told_the_costs_are_taken(tmp_path: Path) -> None:
    """What the refusal says suffices: each entry named rounded to a multiple of the unit named."""
    costs = {"school": 98_765_433, "evening": 123_456_789, "degree": 40_000_000}
    overrides = {"targets": {"all": target()}, "goals": ["attainment", "cost", "lot"]}
    with speaking("en"), pytest.raises(InputError) as caught:
        solved(tmp_path / "raw", programmes={name: {"cost": cost} for name, cost in costs.items()}, **overrides)
    named = [line for line in str(caught.value).splitlines() if "'cost'" in line]
    assert len(named) == 2  # 40,000,000 is round enough
    unit = int(named[0].rpartition(" ")[2])
    rounded = {name: {"cost": round(cost / unit) * unit} for name, cost in costs.items()}
    assert solved(tmp_path / "rounded", programmes=rounded, **overrides).status == "optimal"


@pytest.mark.long
@pytest.mark.parametrize(("seeds", "least"), [(12, 2), pytest.param(80, 16, marks=pytest.mark.long)])
def test_a_scheme_in_dong_has_the_plan_of_the_scheme_in_millions(tmp_path: Path, seeds: int, least: int) -> None:
    """A million times the costs and the budgets: every value but that of `cost` as before, and that a million times."""
    with_budget = 0
    for seed in range(seeds):
        path = random_scenario(seed, tmp_path / str(seed), "tiny")
        problem = planner.load(path)
        budget, dong = problem.scenario.budget, 1_000_000
        changes: dict[str, Any] = {
            "programmes": {
                name: {"cost": round(entry.cost * dong)} for name, entry in problem.scenario.programmes.items()
            },
            "goals": ["cost", *(goal for goal in problem.source.merged()["goals"] if goal not in ("cost", "lot"))],
        }
        if budget is not None:
            years, with_budget = budget.per_year, with_budget + 1
            by_year = {year: round(amount * dong) for year, amount in years.items()} if isinstance(years, dict) else {}
            changes["budget"] = {"per_year": by_year or round(years * dong)}  # type: ignore[operator]
        same = {"extends": path.name, "goals": changes["goals"]}
        one, million = path.with_name("millions.yaml"), path.with_name("dong.yaml")
        one.write_text(yaml.safe_dump(same))
        million.write_text(yaml.safe_dump({"extends": path.name, **changes}))
        plans = [planner.solve(planner.load(file)) for file in (one, million)]
        assert plans[0].status == plans[1].status
        if plans[0].found:
            first, second = map(values, plans)
            assert {**first, "cost": round(first["cost"] * dong)} == second
    assert with_budget >= least


@pytest.mark.parametrize("weights", [(1_000_000_000, 500_000_000), (1.000001, 1.0), (0.0001, 0.0002)])
def test_weights_far_apart_or_close_together_are_kept_apart(tmp_path: Path, weights: tuple[float, float]) -> None:
    """However many digits the weights have, the one seat serves the heavier target and later goals keep it so."""
    first, second = weights
    targets = {
        "a": target(who={"post": "a"}, weight=first),
        "b": target(who={"post": "b"}, weight=second),
        "far": target(level={"education": "master"}, at_least=20, weight=first),
    }
    overrides: dict[str, Any] = {
        "targets": targets,
        "roster": {"A": {"post": "a", "education": "master"}, "B": {"post": "b", "education": "master"}},
        "seats": {"p": {"programmes": ["school", "evening"], "who": {"sex": "F"}, "total": 1}},
        "goals": ["attainment", "cost", "early", "lot"],
    }
    for name, cost in {"cheap": 1, "dear": 2}.items():  # the goal after it must not change who is served
        programmes = {"school": {"cost": cost}, "evening": {"cost": 3 - cost}}
        plan = solved(tmp_path / name, programmes=programmes, **overrides)
        assert plan.status == "optimal"
        assert plan.assignments["cadre"].tolist() == ["A" if first > second else "B"]


# --- the others -----------------------------------------------------------------------------------------------------


def test_seat_floors_sum_what_is_missing_in_each_year(tmp_path: Path) -> None:
    """A surplus in one year makes up for nothing in another; every pool counts by itself."""
    seats = {
        "women": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 1}},
        "all": {"programmes": ["school", "evening"], "who": {"post": "staff"}, "per_year": {"min": 2}},
        "none": {"programmes": ["degree"], "who": {"post": "staff"}},
    }
    chosen: list[Start] = [("A", "school", 2021), ("B", "school", 2021), ("C", "evening", 2021), ("M", "school", 2023)]
    cadres: Cadres = {"A": {}, "B": {}, "C": {}, "M": {"sex": "M"}}
    plan = measured(tmp_path, *chosen, roster=cadres, seats=seats)
    below = plan.seats.set_index(["pool", "year"])["below_min"]
    assert below.loc["women"].tolist() == [0, 1, 1, 1]
    assert below.loc["all"].tolist() == [0, 2, 1, 2]
    assert below.loc["none"].tolist() == [0, 0, 0, 0]
    assert values(plan)["seat_floors"] == 8


def test_shares_sum_what_is_missing_times_the_weights(tmp_path: Path) -> None:
    """Half of three starts are two; in each year by itself more may be missing; other programmes do not count."""
    women = {"programmes": ["school"], "who": {"sex": "F"}, "min": 0.5}
    shares = {"all": {**women, "weight": 0.5}, "yearly": {**women, "per": "year", "weight": 2}}
    cadres: Cadres = {"A": {}, "B": {}, "M": {"sex": "M"}, "N": {"sex": "M"}}
    chosen: list[Start] = [("M", "school", 2021), ("N", "school", 2021), ("A", "school", 2022), ("B", "course", 2021)]
    plan = measured(tmp_path, *chosen, roster=cadres, shares=shares)
    assert plan.shares["shortfall"].tolist() == [1, 1, 0, 0, 0]
    assert values(plan)["shares"] == 0.5 + 2
    assert values(measured(tmp_path / "none", roster=cadres, shares=shares))["shares"] == 0


def test_past_starts_may_leave_a_share_far_short(tmp_path: Path) -> None:
    """Three men sent before the horizon, and nobody now: half of three are two women short, however few may start."""
    past = pd.DataFrame({"cadre": ["X", "Y", "Z"], "agency": "office", "programme": "school", "start": 2020})
    past.assign(finish=2020, pools="", shares="s", of_group="").to_csv(tmp_path / "history.csv", index=False)
    shares = {"s": {"programmes": ["school"], "who": {"sex": "F"}, "min": 0.5}}
    plan = measured(tmp_path, roster={"A": {}}, shares=shares, history="history.csv")
    assert values(plan)["shares"] == 2


def test_starts_are_counted(tmp_path: Path) -> None:
    """Every start counts one, of open programmes too; ranked below a target only what it needs is started."""
    chosen: list[Start] = [("A", "school", 2021), ("A", "course", 2022), ("B", "course", 2021)]
    assert values(measured(tmp_path / "all", *chosen))["starts"] == 3
    plan = solved(tmp_path / "few", targets={"t": target(at_least=2)}, goals=["attainment", "starts", "lot"])
    assert values(plan)["starts"] == 2


def test_priority_early_and_cost_are_sums_over_starts(tmp_path: Path) -> None:
    """Points of all entries that cover the cadre add up; early counts the years until the end, cost the costs."""
    priority = {"women": {"who": {"sex": "F"}, "points": 0.1}, "a": {"who": {"birth_year": 1990}, "points": 0.2}}
    cadres: Cadres = {"A": {"birth_year": 1990}, "B": {}, "M": {"sex": "M"}}
    costs = {"degree": {"cost": 1.05}, "school": {"cost": 20}}
    chosen: list[Start] = [("A", "degree", 2022), ("A", "school", 2024), ("B", "school", 2021), ("M", "degree", 2024)]
    plan = measured(tmp_path, *chosen, roster=cadres, priority=priority, programmes=costs)
    assert values(plan)["priority"] == 0.7
    assert values(plan)["early"] == 3 + 4 + 1 + 5
    assert values(plan)["cost"] == 42.1
    assert plan.assignments["points"].tolist() == [0.3, 0.3, 0.1, 0]
    assert values(plan)["lot"] == sum(lot_of("1", *start) for start in chosen)


def test_points_may_be_negative(tmp_path: Path) -> None:
    """A start that costs points is not made without need, one that gives points is made."""
    priority = {"men": {"who": {"sex": "M"}, "points": -2}, "women": {"who": {"sex": "F"}, "points": 0.5}}
    closed = {name: {"open": False} for name in ("degree", "basics", "evening", "course", "further")}
    overrides: dict[str, Any] = {"roster": {"A": {}, "M": {"sex": "M"}}, "priority": priority, "programmes": closed}
    plan = solved(tmp_path, goals=["priority", "early", "lot"], **overrides)
    assert plan.assignments[STARTS].to_numpy().tolist() == [["A", "school", 2021]]
    assert values(plan)["priority"] == 0.5


def test_early_drops_what_nothing_needs(tmp_path: Path) -> None:
    """With a target met by one start, `early` makes that one, in the first year, and no other."""
    plan = solved(tmp_path, targets={"t": target(at_least=1)}, goals=["attainment", "early", "lot"])
    assert len(plan.assignments) == 1
    assert plan.assignments.loc[0, ["programme", "start"]].tolist() == ["school", 2021]
    lots = [lot_of("1", each, "school", 2021) for each in "ABC"]
    assert values(plan) == {"attainment": 0, "early": 1, "lot": min(lots)}


def test_goals_are_optimised_in_the_order_they_are_ranked(tmp_path: Path) -> None:
    """What the first goal decides the second does not undo: points before cost buy, cost before points saves."""
    overrides: dict[str, Any] = {
        "priority": {"all": {"who": {"post": "staff"}, "points": 1}},
        "programmes": {**{name: {"open": False} for name in ("degree", "basics", "course", "further")}},
    }
    overrides["programmes"] |= {"school": {"cost": 5}, "evening": {"cost": 3}}
    found = {}
    for goals in (["priority", "cost", "early"], ["cost", "priority", "early"], ["priority", "early", "cost"]):
        plan = solved(tmp_path / "-".join(goals), goals=goals, **overrides)
        assert plan.goals["goal"].tolist() == goals
        found[goals[0], goals[1]] = [values(plan)[goal] for goal in ("priority", "cost", "early")]
    assert found["priority", "cost"] == [3, 9, 6]  # three evenings of two years
    assert found["cost", "priority"] == [0, 0, 0]
    assert found["priority", "early"] == [3, 15, 3]  # three schools in the first year


def test_changes_are_starts_dropped_and_starts_added(tmp_path: Path) -> None:
    """An earlier plan that can be kept is; one start of it that is no longer possible is one change."""
    first = earlier(tmp_path, ("A", "degree", 2021), ("B", "school", 2022), ("Z", "school", 2022))
    pins: dict[str, Any] = {"forbid": [{"cadre": "B", "start": 2022}]}
    plan = solved(tmp_path, goals=["changes", "lot"], earlier=first, pins=pins)
    assert plan.assignments[STARTS].to_numpy().tolist() == [["A", "degree", 2021]]
    assert values(plan)["changes"] == 2
    first, pins = earlier(tmp_path / "more", ("A", "degree", 2021)), {"require": [{"cadre": "B"}]}
    assert values(solved(tmp_path / "more", goals=["changes", "lot"], earlier=first, pins=pins))["changes"] == 1


def test_changes_to_an_empty_plan_are_all_starts(tmp_path: Path) -> None:
    """Where nothing was planned every start is one more."""
    goals, targets = ["attainment", "changes", "lot"], {"t": target(at_least=2)}
    plan = solved(tmp_path, goals=goals, targets=targets, earlier=earlier(tmp_path))
    assert values(plan)["changes"] == len(plan.assignments) == 2


# --- the lot --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "start", "digits"),
    [  # printf '%s' '1|A|school|2021' | sha256sum | cut -c1-5
        ("20210203", ("C2", "advanced_full_time", 2022), "4a848"),
        ("1", ("A", "school", 2021), "1172b"),
        ("Số 7", ("Nguyễn", "degree", 2024), "c0376"),
    ],
)
def test_the_lot_of_a_start(drawn: str, start: Start, digits: str) -> None:
    """Five hexadecimal digits of the SHA-256 of LOT|cadre|programme|start in UTF-8, as a number."""
    assert lot_of(drawn, *start) == int(digits, 16)


def example(folder: Path, lot: str | int | None = None, **solver: Any) -> Plan:
    """The plan of the worked example with another lot or solver, its tables' rows in another order."""
    folder.mkdir()
    for table in ("roster", "agencies"):
        header, *rows = (EXAMPLE / f"{table}.csv").read_text("utf-8").splitlines()
        random.Random(str(solver)).shuffle(rows)
        (folder / f"{table}.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    changes = {"roster": "roster.csv", "agencies": "agencies.csv", "solver": solver, **({"lot": lot} if lot else {})}
    (folder / "s.yaml").write_text(yaml.safe_dump({"extends": str(EXAMPLE / "scenario.yaml"), **changes}), "utf-8")
    return planner.solve(planner.load(folder / "s.yaml", allow_outside=True))


def test_the_lot_makes_the_plan_one_and_the_same(tmp_path: Path) -> None:
    """Whatever the seed, the workers and the order of the rows, the example's plan is the expected one."""
    expected = pd.read_csv(EXAMPLE / "expected-assignments.csv")[STARTS].to_numpy().tolist()
    for place, solver in enumerate([{"seed": 7, "workers": 1}, {"seed": 2_000_000_000, "workers": 3}]):
        plan = example(tmp_path / str(place), **solver)
        assert plan.repeatable
        assert plan.assignments[STARTS].to_numpy().tolist() == expected


def test_another_lot_draws_other_people(tmp_path: Path) -> None:
    """Another lot leaves every other goal at its value, and draws another plan."""
    one, other = example(tmp_path / "one"), example(tmp_path / "other", lot="another day")
    assert not one.assignments.equals(other.assignments)
    assert {**values(one), "lot": 0} == {**values(other), "lot": 0}


def test_seniority_is_ranked_before_the_lot(tmp_path: Path) -> None:
    """Points for bands of service, in a goal of their own above the lot, decide among equals whatever the lot says."""
    cadres: Cadres = {"A": {"service_start": 2019}, "B": {"service_start": 2005}, "C": {"service_start": 2012}}
    bands = {f"years_{least}": {"who": {"service_years": {"min": least}}, "points": 1} for least in (5, 10, 15)}
    given = {"roster": cadres, "targets": {"t": target(at_least=1)}, "priority": bands}
    goals = ["attainment", "starts", "early"]
    sent: dict[bool, set[str]] = {False: set(), True: set()}
    for lot in range(1, 9):
        for seniority in (False, True):
            ranked = [*goals, *([{"priority": list(bands)}] if seniority else []), "lot"]
            plan = solved(tmp_path / f"{lot}{seniority}", **given, goals=ranked, lot=lot)
            sent[seniority] |= set(plan.assignments["cadre"])
    assert sent[True] == {"B"}
    assert sent[False] == {"A", "B", "C"}


# --- goals over futures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("goal", ["expected", "worst_tenth"])
@pytest.mark.parametrize(("chance", "short"), [(0.0, 0), (1.0, 1)])
def test_who_is_surely_lost_is_short_in_every_future(goal: str, chance: float, short: int, tmp_path: Path) -> None:
    """Where A leaves in every future or in none, the mean and the worst tenth are the same whole number."""
    overrides = {"goals": [goal, "early"], "targets": {"all": target()}}
    leaves = {"r": {"event": "left", "who": {"post": "leader"}, "rate": chance, "source": "assumed"}}
    roster = {"A": {"post": "leader"}, "B": {}}
    everybody = {"all": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1}}
    plan = solved(tmp_path, roster=roster, **overrides | {"targets": everybody}, risk=leaves)
    assert values(plan)[goal] == short
    assert set(plan.assignments["cadre"]) == ({"B"} if short else {"A", "B"})
