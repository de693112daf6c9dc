"""Risk: futures against closed forms, against a plain loop over futures, and against each other."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from commands import planner as command
from random_scenarios import random_scenario
from small import merged, one_fault, small
from years import a_run, in_order, ledger

import planner
from benchmarks import risk as benchmark
from planner import InputError, Problem, load, risk, solve
from planner.analysis.risk.figures import standard_error, tail_weights, with_rare, worst_tenth
from planner.analysis.risk.futures import draw_futures
from planner.analysis.risk.recourse import with_recourse
from planner.common.files import RECORD
from planner.messages import figure
from planner.model.options import admissible_starts
from planner.plans.plan import Plan, plan_of
from planner.report.terminal.risk import print_risk

pytestmark = pytest.mark.usefixtures("english")

ALL = {"sex": ["F", "M"]}
TARGET = {"who": ALL, "level": {"theory": "advanced"}, "share": 1.0, "by": 2024}
PEOPLE: dict[str, dict[str, Any]] = {name: {} for name in "ABCDEF"}


def rate(event: str, chance: float, **more: Any) -> dict[str, Any]:
    """An entry of `risk`."""
    return {"event": event, "rate": chance, "source": "assumed", **more}


def planned(folder: Path, *chosen: tuple[str, str, int], roster: Any = PEOPLE, **overrides: Any) -> Plan:
    """The plan of some starts, whether or not it is the best."""
    problem = load(small(folder, roster, **merged({"targets": {"t": TARGET}}, overrides)))
    options = admissible_starts(problem)
    table = options.frame
    codes, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    keys = list(zip(codes[table["cadre"]], names[table["programme"]], table["start"], strict=True))
    goals = pd.DataFrame(columns=["goal", "sense", "value", "bound", "status", "seconds"])
    return plan_of(options, np.array([keys.index(each) for each in chosen], dtype=int), "optimal", goals)


def row(found: Any, target: str) -> pd.Series:
    """The row of a target."""
    return found.targets.set_index("target").loc[target]


def within(found: float, exact: float, error: float) -> bool:
    """Whether a figure is the exact one but for chance: four errors and a half, one case in a hundred thousand."""
    return abs(found - exact) <= 4.5 * error + 1e-12


def convolved(chances: list[float]) -> np.ndarray:
    """The chances of every sum of independent Bernoullis, exactly."""
    found = np.ones(1)
    for chance in chances:
        found = np.convolve(found, [1 - chance, chance])
    return found


# --- closed forms ---------------------------------------------------------------------------------------------------


def test_chances_are_those_of_a_sum_of_bernoullis(tmp_path: Path) -> None:
    """Six cadres with different chances: chance, expected shortfall, quantiles and worst tenth, by convolution."""
    roster = {name: {"post": f"p{place}"} for place, name in enumerate("ABCDEF")}
    declined = [0.05, 0.1, 0.2, 0.3, 0.4, 0.6]
    risk_entries = {f"d{at}": rate("declined", each, who={"post": f"p{at}"}) for at, each in enumerate(declined)}
    plan = planned(
        tmp_path,
        *((name, "school", 2021) for name in "ABCDEF"),
        roster=roster,
        targets={"t": {**TARGET, "share": None, "at_least": 4}},
        risk=risk_entries,
    )
    found = risk(plan, 40_000, seed=3)
    sums = convolved([1 - each for each in declined])
    short = np.maximum(4 - np.arange(7), 0)
    own = row(found, "t")
    assert within(own["chance"], sums[4:].sum(), own["chance_error"])
    assert own["chance_low"] < sums[4:].sum() < own["chance_high"]
    assert within(own["expected"], float(sums @ short), own["expected_error"])
    chances = np.array([sums[short == each].sum() for each in range(5)])
    assert own["p50"] == np.searchsorted(np.cumsum(chances), 0.5)
    assert own["p90"] == np.searchsorted(np.cumsum(chances), 0.9)
    assert within(own["worst_tenth"], _tail(chances), own["worst_tenth_error"])


def _tail(chances: np.ndarray) -> float:
    """The mean of the worst tenth of a distribution over 0, 1, 2, ..."""
    left, total = 0.1, 0.0
    for value in range(len(chances) - 1, -1, -1):
        taken = min(left, chances[value])
        total += taken * value
        left -= taken
    return total / 0.1


YEARS = {"school": 1, "evening": 2}


@pytest.mark.parametrize(
    ("event", "programme", "chance"),
    [
        ("declined", "school", 0.7),
        ("declined", "evening", 0.7),
        ("failed", "school", 0.7),
        ("failed", "evening", 0.7**2),
        ("left", "school", 0.7**2),
        ("left", "evening", 0.7**3),
        ("retired", "evening", 0.7**3),
        ("transferred", "evening", 0.7**3),
    ],
)
def test_the_chance_of_a_start(event: str, programme: str, chance: float, tmp_path: Path) -> None:
    """A start of 2022: declined once, failing in each year of study, leaving in every year from the first of all."""
    plan = planned(tmp_path, ("A", programme, 2022), roster={"A": {}}, risk={"r": rate(event, 0.3)})
    found = risk(plan, 20_000)
    start = found.hinges[found.hinges["kind"] == "start"].iloc[0]
    assert (start["cadre"], start["programme"], start["year"]) == ("A", programme, 2022)
    assert within(start["chance"], chance, start["chance_error"])
    assert within(row(found, "t")["chance"], chance, row(found, "t")["chance_error"])


def test_a_lost_step_takes_the_later_ones_with_it(tmp_path: Path) -> None:
    """School needs the intermediate level that basics gives: it happens only where neither is lost."""
    plan = planned(
        tmp_path,
        ("A", "basics", 2021),
        ("A", "school", 2022),
        roster={"A": {"theory": "none"}},
        targets={"t": TARGET, "basic": {**TARGET, "level": {"theory": "intermediate"}}},
        risk={
            "d": rate("declined", 0.2, programmes=["basics"]),
            "f": rate("failed", 0.1),
            "s": rate("declined", 0.3, programmes=["school"]),
        },
    )
    found = risk(plan, 40_000)
    basic = 0.8 * 0.9
    assert within(row(found, "basic")["chance"], basic, row(found, "basic")["chance_error"])
    whole = basic * 0.7 * 0.9
    assert within(row(found, "t")["chance"], whole, row(found, "t")["chance_error"])
    gains = found.hinges[found.hinges["kind"] == "start"].set_index("programme")
    # If basics were certain: basic is reached for sure, and t wherever school holds.
    exact = (1 - basic) + (0.63 - whole)
    assert within(gains.loc["basics", "gain"], exact, gains.loc["basics", "gain_error"])
    assert within(gains.loc["school", "gain"], basic - whole, gains.loc["school", "gain_error"])


def test_a_required_level_that_is_not_reached_stops_the_start(tmp_path: Path) -> None:
    """School requires the degree of 2021-2022: failing that, it does not begin in 2023, and is not declined either."""
    plan = planned(
        tmp_path,
        ("A", "degree", 2021),
        ("A", "school", 2023),
        roster={"A": {}},
        programmes={"school": {"requires": {"education": "master"}}},
        risk={"f": rate("failed", 0.4, programmes=["degree"])},
    )
    found = risk(plan, 20_000)
    assert within(row(found, "t")["chance"], 0.6**2, row(found, "t")["chance_error"])


@pytest.mark.parametrize("by", [2021, 2022, 2023])
def test_enrolled_is_enough_only_while_it_lasts(by: int, tmp_path: Path) -> None:
    """Evening runs 2022-2023: nobody yet in 2021; who failed or left in or before the year does not count in it."""
    plan = planned(
        tmp_path,
        ("A", "evening", 2022),
        roster={"A": {}},
        targets={"t": {**TARGET, "by": by, "counts": "enrolled"}},
        horizon={"last": 2024},
        risk={"f": rate("failed", 0.2), "l": rate("left", 0.1, years={"from": 2022})},
    )
    found = risk(plan, 20_000)
    chance = {2021: 0.0, 2022: 0.8 * 0.9, 2023: (0.8 * 0.9) ** 2}[by]
    assert within(row(found, "t")["chance"], chance, max(row(found, "t")["chance_error"], 1e-9))


@pytest.mark.parametrize("leavers", ["included", "excluded"])
def test_leavers_count_as_the_target_says(leavers: str, tmp_path: Path) -> None:
    """Two cadres, one holds the level: with leavers the other always lacks; without, nobody lacks where he is gone."""
    plan = planned(
        tmp_path,
        roster={"A": {"theory": "advanced"}, "B": {}},
        targets={"t": {**TARGET, "by": 2022, "leavers": leavers}},
        risk={"l": rate("left", 0.5)},
    )
    found = risk(plan, 20_000)
    chance = 0.0 if leavers == "included" else 0.75
    assert within(row(found, "t")["chance"], chance, max(row(found, "t")["chance_error"], 1e-9))
    assert found.drawn.members.min() == (2 if leavers == "included" else 0)


def test_current_study_may_fail(tmp_path: Path) -> None:
    """Evening until 2022 is failed in 2021 or 2022; it is never declined, and one that has ended cannot fail."""
    roster = {
        "A": {"studying": "evening", "studying_until": 2022},
        "B": {"studying": "evening", "studying_until": 2020},
    }
    plan = planned(
        tmp_path, roster=roster, targets={"t": TARGET}, risk={"f": rate("failed", 0.3), "d": rate("declined", 1.0)}
    )
    found = risk(plan, 20_000)
    assert within(row(found, "t")["chance"], 0.49, row(found, "t")["chance_error"])


def test_nobody_leaves_before_coming_or_after_going(tmp_path: Path) -> None:
    """Who enters service in 2023 cannot leave in 2022; who retires in 2022 is not asked again."""
    roster = {"A": {"service_start": 2023}, "B": {"retires": 2022}}
    plan = planned(tmp_path, roster=roster, risk={"l": rate("left", 1.0)})
    leaving = {career.cadre: [year for year, _, _ in career.leaving] for career in risk(plan, 10).drawn.careers}
    assert leaving == {"A": [2023, 2024], "B": [2021]}


def test_the_first_entry_that_matches_counts(tmp_path: Path) -> None:
    """By who, programme and year, each event for itself; the age is that of the year."""
    roster = {"A": {"birth_year": 1966}, "B": {}}
    entries = {
        "old": rate("left", 0.5, who={"age": {"min": 57}}),
        "never": rate("left", 0.9, who={"age": {"min": 57}}),
        "early": rate("left", 0.25, years={"to": 2021}),
        "evening": rate("failed", 0.125, programmes=["evening"]),
        "any": rate("failed", 0.0625),
    }
    plan = planned(tmp_path, ("B", "evening", 2022), roster=roster, risk=entries)
    by_code = {career.cadre: career for career in risk(plan, 10).drawn.careers}
    assert [(year, chance) for year, _, chance in by_code["A"].leaving] == [(2021, 0.25), (2023, 0.5), (2024, 0.5)]
    assert by_code["B"].leaving == ((2021, "left", 0.25),)
    assert by_code["B"].studies[0].failing == ((2022, 0.125), (2023, 0.125))


# --- a loop over futures --------------------------------------------------------------------------------------------


def number_drawn(seed: int, future: int, *address: object) -> float:
    """The number of one future at an address, drawn alone."""
    text = "|".join(map(str, (seed, *address)))
    key = int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "big")
    return int(np.random.Philox(key=key).random_raw(future + 1)[future] >> np.uint64(11)) / 2**53


class OneFuture:
    """One future of a plan, year by year, as the contract tells it; nothing shared with the code under test."""

    def __init__(self, problem: Problem, plan: Plan, seed: int, future: int) -> None:
        self.problem, self.seed, self.future = problem, seed, future
        self.scenario = problem.scenario
        self.levels = [
            {ladder: int(problem.cadres[ladder].iloc[row]) for ladder in self.scenario.ladders}
            for row in range(len(problem.cadres))
        ]
        self.gone: dict[int, int] = {}
        self.under_way = [[int(c), int(p), None, int(u)] for c, p, u in problem.studies.to_numpy()]
        self.to_come = plan.starts.to_numpy().tolist()
        self.running_at: dict[int, list[Any]] = {}
        self.levels_at: dict[int, list[dict[str, int]]] = {}
        self.started: dict[tuple[int, int], bool] = {}

    def chance(self, event: str, row: int, programme: str, year: int) -> float:
        for name, entry in self.scenario.risk.items():
            listed = entry.programmes is None or programme in entry.programmes
            within = entry.years is None or entry.years.from_ <= year <= entry.years.to
            index = year - self.scenario.horizon.first
            if entry.event == event and listed and within and self.problem.risk[name][index, row]:
                return entry.rate
        return 0.0

    def happens(self, event: str, row: int, programme: str, year: int) -> bool:
        drawn = number_drawn(self.seed, self.future, event, self.problem.cadres["cadre"].iloc[row], programme, year)
        return drawn < self.chance(event, row, programme, year)

    def live(self) -> None:
        names, ladders = self.problem.programmes["programme"], self.problem.programmes["ladder"]
        low, high = self.problem.programmes["low"], self.problem.programmes["high"]
        first = self.scenario.horizon.first
        known = [dict(each) for each in self.levels]
        for study in [each for each in self.under_way if each[3] < first]:
            self.raise_level(study, ladders, high)
        self.under_way = [each for each in self.under_way if each[3] >= first]
        for year in self.scenario.years_at_risk():
            for row in range(len(self.levels)):
                cadre = self.problem.cadres.iloc[row]
                serves = not cadre["service_start"] > year and not cadre["retires"] <= year
                for event in ("left", "retired", "transferred"):
                    if serves and row not in self.gone and self.happens(event, row, "", year):
                        self.gone[row] = year
            self.under_way = [each for each in self.under_way if each[0] not in self.gone]
            for row, programme, start, finish in [each for each in self.to_come if each[2] == year]:
                held = self.levels[row]
                needed = self.problem.requires.get(programme, {})
                able = held[ladders[programme]] >= low[programme]
                able = able and all(held[ladder] >= level for ladder, level in needed.items())
                if able and row not in self.gone and not self.happens("declined", row, names[programme], year):
                    self.under_way.append([row, programme, start, finish])
            failing = [each for each in self.under_way if self.happens("failed", each[0], names[each[1]], year)]
            self.under_way = [each for each in self.under_way if each not in failing]
            for study in [each for each in self.under_way if each[3] == year]:
                if study[2] is None or known[study[0]][ladders[study[1]]] >= 0:
                    self.raise_level(study, ladders, high)
            self.running_at[year] = [each for each in self.under_way if each[3] > year]
            self.levels_at[year] = [dict(each) for each in self.levels]
            self.under_way = self.running_at[year]

    def raise_level(self, study: list[Any], ladders: Any, high: Any) -> None:
        held = self.levels[study[0]]
        held[ladders[study[1]]] = max(held[ladders[study[1]]], int(high[study[1]]))

    def shortfall(self, name: str) -> int:
        target = self.scenario.targets[name]
        by = self.scenario.by(target)
        counted = self.problem.counted(name)
        members = [
            row
            for row in np.flatnonzero(counted)
            if target.leavers == "included" or self.gone.get(int(row), 10**6) > by
        ]
        attained = sum(all(self.holds(int(row), *each, target, by) for each in target.level.items()) for row in members)
        return max(0, planner.inputs.problem.required(target, len(members)) - attained)

    def holds(self, row: int, ladder: str, level: str, target: Any, by: int) -> bool:
        wanted = self.scenario.ladders[ladder].index(level)
        if self.levels_at[by][row][ladder] >= wanted:
            return True
        programmes = self.problem.programmes
        return target.counts == "enrolled" and any(
            own == row and programmes["ladder"][programme] == ladder and programmes["high"][programme] >= wanted
            for own, programme, _, _ in self.running_at[by]
        )


RATES: dict[str, dict[str, Any]] = {
    "women": rate("left", 0.1, who={"sex": "F"}),
    "rest": rate("left", 0.04),
    "old": rate("retired", 0.3, who={"age": {"min": 50}}),
    "moved": rate("transferred", 0.05),
    "no": rate("declined", 0.2),
    "fails": rate("failed", 0.15),
}


@pytest.mark.parametrize("seed", [4, 11, 14, 16, 22, 23, 33, 37])
def test_a_loop_over_futures_says_the_same(seed: int, tmp_path: Path) -> None:
    """On random scenarios every target is as short in every future as in a plain simulation of that future."""
    path = random_scenario(seed, tmp_path, "small")
    plan = solve(load(path, {"risk": RATES, "horizon": {}}))
    assert plan.found
    first = plan.problem.scenario.horizon.first
    judged = [
        (place, name)
        for place, name in enumerate(plan.problem.scenario.targets)
        if plan.problem.scenario.by(plan.problem.scenario.targets[name]) >= first
    ]
    found = draw_futures(plan.problem, plan.starts, 24, seed=9)
    assert (found.shortfall.std(axis=1) > 0).any()
    for future in range(24):
        alone = OneFuture(plan.problem, plan, 9, future)
        alone.live()
        expected = [alone.shortfall(name) for _, name in judged]
        assert found.shortfall[[place for place, _ in judged], future].tolist() == expected


# --- what changes nothing -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """Six cadres in two offices, some of whom start something."""
    roster = {name: {"agency": "office" if name in "ABC" else "archive"} for name in "ABCDEF"}
    return planned(
        tmp_path_factory.mktemp("six"),
        *(("A", "school", 2021), ("B", "evening", 2021), ("C", "school", 2022), ("D", "evening", 2023)),
        *(("E", "course", 2021), ("E", "school", 2022)),
        roster=roster,
        agencies={"office": 5, "archive": 5},
        targets={
            "t": {**TARGET, "weight": 0.3},
            "c": {**TARGET, "level": {"administration": "specialist"}, "share": 0.2, "leavers": "excluded"},
        },
        risk=RATES,
    )


def test_with_certain_rates_the_plan_is_the_plan(six: Plan) -> None:
    """Where nothing can happen each future is the plan; and what is planned is what attainment.csv says."""
    calm = risk(six, 50, rates={name: {"rate": 0.0} for name in RATES})
    assert calm.targets["planned"].tolist()[1:] == six.attainment["shortfall"].tolist()
    assert calm.targets["expected"].tolist() == calm.targets["planned"].tolist()
    assert calm.hinges.empty
    assert risk(six, 50).targets["planned"].tolist() == calm.targets["planned"].tolist()


@pytest.mark.parametrize("block", [4, 100, 1000])
def test_blocks_change_nothing(block: int, six: Plan) -> None:
    """However many futures are worked on at once, every table is the same."""
    one, other = risk(six, 1001, seed=5, block=block), risk(six, 1001, seed=5)
    for name in ("targets", "hinges", "futures"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_the_first_futures_of_many_are_those_of_few(six: Plan) -> None:
    """A seed draws the same again; more futures only add; another seed draws others."""
    few, many = risk(six, 100, seed=5).futures, risk(six, 500, seed=5).futures
    pd.testing.assert_frame_equal(few, many.head(100))
    assert not few.equals(risk(six, 100, seed=6).futures)


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    """Neither that of the roster nor that of the plan's starts."""
    chosen = [("A", "school", 2021), ("C", "evening", 2022), ("B", "basics", 2022), ("B", "school", 2023)]
    people = {"A": {}, "B": {"theory": "none"}, "C": {"sex": "M"}, "D": {}}
    turned = dict(reversed(people.items()))
    one = risk(planned(tmp_path / "one", *chosen, roster=people, risk=RATES), 500)
    other = risk(planned(tmp_path / "other", *reversed(chosen), roster=turned, risk=RATES), 500)
    for name in ("targets", "hinges", "futures"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


# --- what it hangs on -----------------------------------------------------------------------------------------------


def test_what_is_certain_is_worth_what_it_is_worth_alone(six: Plan) -> None:
    """Gains are those of drawing again with the cadre, the agency or the year at rest: the same draws, fewer events."""
    found = risk(six, 2000)
    base = found.drawn.weighted
    for cadre in "ABCDEF":
        assert _gain(found, "cadre", cadre=cadre) == pytest.approx((base - _calm(six, {"cadre": [cadre]})).mean())
    for agency in ("office", "archive"):
        codes = list(six.problem.cadres["cadre"][six.problem.cadres["agency"] == agency])
        assert _gain(found, "agency", agency=agency) == pytest.approx((base - _calm(six, {"cadre": codes})).mean())
    for year in range(2021, 2025):
        others = [each for each in range(2021, 2025) if each != year]
        spans = [(2021, year - 1), (year + 1, 2024)]
        entries = {
            f"{name}_{first}": {**entry, "years": {"from": first, "to": last}}
            for name, entry in RATES.items()
            for first, last in spans
            if first <= last
        }
        calm = _weighted(six, {**dict.fromkeys(RATES), **entries})
        assert others
        assert _gain(found, "year", year=year) == pytest.approx((base - calm).mean())


def _gain(found: Any, kind: str, **key: Any) -> float:
    own = found.hinges[found.hinges["kind"] == kind]
    for column, value in key.items():
        own = own[own[column] == value]
    (gain,) = own["gain"]
    return float(gain)


def _calm(plan: Plan, who: dict[str, list[str]]) -> np.ndarray:
    """The weighted shortfalls where nothing happens to some cadres."""
    first = {f"calm_{event}": rate(event, 0.0, who=who) for event in ("left", "retired", "transferred")}
    first |= {f"calm_{event}": rate(event, 0.0, who=who) for event in ("declined", "failed")}
    return _weighted(plan, {**dict.fromkeys(RATES), **first, **{f"x_{name}": each for name, each in RATES.items()}})


def _weighted(plan: Plan, entries: dict[str, Any]) -> np.ndarray:
    return risk(plan, 2000, rates=entries).drawn.weighted


def test_a_tenth_is_a_tenth() -> None:
    """Of futures that are equal at the edge each counts a part; the weights sum to 1 whatever the number."""
    for values in (np.arange(10.0), np.arange(25.0), np.array([3.0] * 7 + [1.0] * 8), np.zeros(11)):
        assert tail_weights(values).sum() == pytest.approx(1)
    assert worst_tenth(np.arange(10.0))[0] == 9
    assert worst_tenth(np.arange(25.0))[0] == pytest.approx((24 + 23 + 22 / 2) / 2.5)
    assert worst_tenth(np.array([3.0] * 7 + [1.0] * 8))[0] == pytest.approx(3)


# --- two plans ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("futures", [200, 10_000])
@pytest.mark.parametrize("often", [0.0, 0.02, 0.5, 3.0, 200.0])
def test_what_is_short_on_average_lies_in_its_interval(futures: int, often: float) -> None:
    """In 95 of 100 samples, also where a target is missed in few futures or in none that was drawn."""
    rng, chance = np.random.default_rng(1), often / 10_000
    held, single = 0, 0
    for _ in range(300):
        short = (rng.random(futures) < chance).astype(float)
        error = 1.96 * standard_error(short)
        low, high = with_rare(short, short.mean() - error, short.mean() + error)
        held += low <= chance <= high
        single += short.mean() - error <= chance <= short.mean() + error
    assert held >= 0.93 * 300
    assert often not in (0.02, 0.5) or single < 0.5 * 300  # the spread alone would say that it never happens


def test_two_plans_are_compared_in_the_same_futures(tmp_path: Path) -> None:
    """Plans that differ in one start have the same futures elsewhere: the error of the difference is far smaller."""
    people = {f"P{number:02}": {} for number in range(30)}
    common = [(name, "school", 2021) for name in list(people)[:28]]
    one = planned(tmp_path / "one", *common, roster=people, risk=RATES)
    other = planned(tmp_path / "other", *common, ("P28", "school", 2021), roster=people, risk=RATES)
    first, second = risk(one, 4000, seed=2), risk(other, 4000, seed=2)
    whole = first.against(second).iloc[0]
    exact = -((1 - 0.1) * (1 - 0.05) * (1 - 0.2) * (1 - 0.15))
    assert within(whole["difference"], exact, whole["error"])
    assert whole["error"] < whole["apart_error"] / 5
    assert (first.drawn.attained <= second.drawn.attained).all()


def test_plans_of_other_futures_or_targets_are_not_compared(six: Plan, tmp_path: Path) -> None:
    """Another number, another seed, another target: refused, with the target's name."""
    found = risk(six, 100)
    for other in (risk(six, 200), risk(six, 100, seed=2)):
        with pytest.raises(InputError, match="the same number, drawn with the same seed"):
            found.against(other)
    stranger = risk(planned(tmp_path, roster={"A": {}}, targets={"t": TARGET}, risk=RATES), 100)
    with pytest.raises(InputError, match="others: t; c"):
        found.against(stranger)


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        ({"r": rate("left", 0.5)}, "start declined; left"),
        ({}, "start declined; left"),
        ({"r": rate("left", 0.1), "d": rate("declined", 0.2, programmes=["evening"])}, "start declined"),
        ({"w": rate("left", 0.3, who={"cadre": "A"}), "r": rate("left", 0.1), "d": rate("declined", 0.2)}, "left"),
        ({"r": rate("left", 0.1), "w": rate("left", 0.3, who={"cadre": "A"}), "d": rate("declined", 0.2)}, ""),
        ({"r": rate("left", 0.1), "d": rate("declined", 0.2), "n": rate("failed", 0.4, who={"cadre": "Z"})}, ""),
    ],
)
def test_plans_with_other_rates_are_not_compared(rates: dict[str, Any], told: str, tmp_path: Path) -> None:
    """Rates that differ for somebody of both are no same futures; what never applies to anybody makes no difference."""
    people = {"A": {}, "B": {}}
    both = {"r": rate("left", 0.1), "d": rate("declined", 0.2)}
    one = planned(tmp_path / "one", ("A", "school", 2021), roster=people, risk=both)
    plan = planned(tmp_path / "other", ("B", "school", 2021), roster=people, risk=rates or {"f": rate("failed", 0.0)})
    first, second = risk(one, 100), risk(plan, 100)
    if told:
        with pytest.raises(InputError, match=rf"both plans have \({told}\)"):
            first.against(second)
    else:
        assert len(first.against(second)) == 2


def test_plans_of_other_people_are_not_compared(tmp_path: Path) -> None:
    """As many members are not the same members: the target is named."""
    one, other = (
        risk(planned(tmp_path / who, (who, "school", 2021), roster={who: {}, "B": {}}, risk=RATES), 100) for who in "AC"
    )
    with pytest.raises(InputError, match="count others: t"):
        one.against(other)


# --- rates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"event": "left", "rate": 0.1}, "risk.r: the key 'source' is missing"),
        (rate("left", 1.5), "1.5"),
        (rate("lost", 0.5), "lost"),
        (rate("left", 0.5, programmes=["school"]), "'left' is of people, not of studies"),
        (rate("failed", 0.5, programmes=["scool"]), "unknown programme 'scool'"),
        (rate("failed", 0.5, programmes=["school", "school"]), "school"),
        (rate("failed", 0.5, who="nobody"), "unknown group 'nobody'"),
        (rate("failed", 0.5, who={"grade": 3}), "grade"),
    ],
)
def test_faulty_rates_are_refused(entry: dict[str, Any], told: str, tmp_path: Path) -> None:
    """Each with one fault that names its place."""
    assert told in one_fault(small(tmp_path, risk={"r": entry}))


def test_the_bounds_of_a_rate(tmp_path: Path) -> None:
    """0 and 1 are rates: with 0 nothing happens, with 1 it always does."""
    plan = planned(tmp_path, ("A", "school", 2021), roster={"A": {}}, risk={"r": rate("failed", 1.0)})
    assert row(risk(plan, 1000), "t")["expected"] == 1
    assert row(risk(plan, 1000, rates={"r": {"rate": 0.0}}), "t")["expected"] == 0


def test_rates_of_nobody_are_warned_of(tmp_path: Path) -> None:
    """An entry that covers nobody in any year is hardly meant; one for somebody in one year is."""
    never, once = rate("left", 0.1, who={"age": {"min": 90}}), rate("left", 0.1, who={"age": {"min": 39}})
    found = planner.check(small(tmp_path, risk={"never": never, "once": once}))
    assert [each.id for each in found.warnings if "rate" in each.id] == ["empty_rate:never"]


def test_a_rate_that_counts_for_nobody_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rate concerns those whom no rate before it concerns; one of whom nobody is left is named."""
    narrow, wide = rate("left", 0.5, who={"sex": "M"}), rate("left", 0.25)
    plan = planned(tmp_path, roster={"A": {}, "B": {"sex": "M"}, "C": {"retires": 2021}})
    found = risk(plan, 10, rates={"narrow": narrow, "wide": wide})
    assert found.rates["cadres"].tolist() == [1, 1]  # C is no longer in service
    print_risk(found)
    assert "nobody" not in capsys.readouterr().out
    found = risk(plan, 10, rates={"wide": wide, "narrow": narrow, "late": rate("failed", 0.5, years={"from": 2031})})
    assert found.rates["cadres"].tolist() == [2, 0, 0]
    print_risk(found)
    assert "2 rates count for nobody" in " ".join(capsys.readouterr().out.split())


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run without rates, and beside it a file of rates."""
    folder = tmp_path_factory.mktemp("run")
    path = small(folder, targets={"t": {**TARGET, "title": "Everybody advanced"}}, goals=["attainment", "early", "lot"])
    planner.write_run(solve(path), folder / "run")
    (folder / "rates.yaml").write_text(yaml.safe_dump({"risk": RATES}), encoding="utf-8")
    return folder


def test_a_file_of_rates_says_nothing_else(run: Path) -> None:
    """It holds `risk` alone; a goal or a target in it would change what the plan is judged by."""
    (run / "more.yaml").write_text(yaml.safe_dump({"risk": RATES, "lot": 7}), encoding="utf-8")
    with pytest.raises(InputError, match=r"more\.yaml, line .*'lot' does not belong into a file of rates"):
        risk(run / "run", 100, rates=run / "more.yaml")


def test_without_rates_or_targets_there_is_no_risk(run: Path, tmp_path: Path) -> None:
    """Both are said; so is a number of futures out of range, 10 and no fewer."""
    with pytest.raises(InputError, match="there are no rates"):
        risk(run / "run", 100)
    plan = planned(tmp_path, roster={"A": {}}, targets={"t": None}, risk=RATES)
    with pytest.raises(InputError, match="no targets"):
        risk(plan, 100)
    with pytest.raises(InputError, match="--futures: 9 is not between 10"):
        risk(run / "run", 9, rates=RATES)
    assert len(risk(run / "run", 10, rates=RATES).futures) == 10


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_command_says_and_writes(lang: str, run: Path, tmp_path: Path) -> None:
    """Rates with their sources, targets with their chances, what it hangs on; tables, pictures, a manifest."""
    out = tmp_path / "out"
    given = ("risk", run / "run", "--rates", run / "rates.yaml", "--futures", 500, "--seed", 4, "--quiet")
    done = command(*given, "--out", out, "--against", run / "run", lang=lang)
    assert (done.returncode, done.stderr) == (0, "")
    told = ("assumed", "Everybody advanced", "2021") if lang == "en" else ("giả định", "xác suất", "2021")
    assert [each for each in told if each not in done.stdout] == []
    tables = ("differences", "futures", "hinges", "rates", "targets")
    names = {*(f"{name}.csv" for name in tables), "chances.svg", "shortfall.svg", "risk.json"}
    assert {path.name for path in out.iterdir()} - {RECORD} == names
    table = pd.read_csv(out / "targets.csv")
    expected = risk(run / "run", 500, 4, run / "rates.yaml").targets
    assert table["chance"].tolist() == expected["chance"].tolist()
    assert pd.read_csv(out / "differences.csv")["difference"].tolist() == [0, 0]
    again = command(*given, "--out", out, lang=lang)
    assert again.returncode == 2
    assert command(*given, "--out", out, "--force", lang=lang).returncode == 0


def test_progress_and_faults_go_to_standard_error(run: Path) -> None:
    """How many futures are done, of all; a run without rates is refused with what to do."""
    done = command("risk", run / "run", "--rates", run / "rates.yaml", "--futures", 100)
    assert "100 of 100 futures" in done.stderr
    bare = command("risk", run / "run", "--futures", 100)
    assert (bare.returncode, bare.stdout) == (2, "")
    assert "--rates" in bare.stderr


def test_bars_hold_equally_many_numbers() -> None:
    """Whole numbers over a wide range: as many in every bar, however many futures there are of each."""
    futures = pd.DataFrame({"shortfall": np.arange(150)})
    targets = pd.DataFrame([{"planned": 0, "expected": 74.5, "worst_tenth": 142.0}])
    bars = planner.charts.risk_shortfall(futures, targets).containers[0]
    assert {round(bar.get_height()) for bar in bars} == {3}


def test_pictures_of_nothing_open() -> None:
    """Where every target is sure there is no chance to draw, and the picture says so."""
    targets = pd.DataFrame([{"target": "t", "title": "T", "chance": 1.0, "expected": 0.0}])
    axes = planner.charts.risk_chances(targets)
    assert [text.get_text() for text in axes.texts] == ["Nothing to show"]


# --- recourse -------------------------------------------------------------------------------------------------------

CHANCE = 0.5
DECLINING = {"d": rate("declined", CHANCE)}


@pytest.mark.long
@pytest.mark.usefixtures("in_threads")
def test_a_plan_made_again_gives_the_seat_to_somebody(tmp_path: Path) -> None:
    """Three need the one seat of each of four years: every year somebody who still needs it is sent, until nobody does.

    Who declines is told by the drawn numbers alone, whoever is sent.
    """
    read = planner.read_run(a_run(tmp_path))
    run = replace(read, problem=load(read.problem, {"risk": DECLINING}))
    found = with_recourse(run, 6, 3)
    assert [each.future for each in found] == list(range(6))
    for each in found:
        reached: set[str] = set()
        for place, (cadre, programme, year, _) in enumerate(each.starts):
            assert (programme, year) == ("school", 2021 + place)
            assert cadre not in reached
            if number_drawn(3, each.future, "declined", cadre, "school", year) >= CHANCE:
                reached.add(cadre)
        assert each.recourse == 3 - len(reached)
        assert len(each.starts) == 4 or len(reached) == 3
        assert each.recourse <= each.shortfall
    assert any(each.recourse < each.shortfall for each in found)
    assert [each.shortfall for each in found] == risk(run, 10, 3).futures["shortfall"].tolist()[:6]


@pytest.mark.long
@pytest.mark.usefixtures("in_threads")
def test_every_event_goes_into_the_ledger(tmp_path: Path) -> None:
    """With all events drawn the years' ledgers are taken, and no shortfall is worse for it."""
    run = a_run(tmp_path, {name: {} for name in "ABCD"})
    high = {name: {**entry, "rate": min(1.0, 2 * entry["rate"])} for name, entry in RATES.items()}
    table = planner.risk_recourse(run, 4, 5, high)
    assert table["future"].tolist() == [1, 2, 3, 4]
    assert table["shortfall"].tolist() == risk(run, 10, 5, high).futures["shortfall"].tolist()[:4]
    assert (table["recourse"] <= table["shortfall"]).all()
    assert table["stopped"].isna().all()


@pytest.mark.usefixtures("in_threads")
@pytest.mark.parametrize("known", ["none", ""])
def test_what_cannot_be_told_hangs_on_nothing(known: str, tmp_path: Path) -> None:
    """A course for all: where the roster leaves open what two of three hold, no place is short by who declines."""
    target = {"who": {"birth_year": 1985}, "level": {"administration": "specialist"}, "share": 1.0}
    roster = {"A": {}, "B": {"administration": known}, "C": {"administration": known}}
    years = {"first": 2021, "last": 2022}
    run = a_run(tmp_path, roster, horizon=years, targets={"theory": None, "trained": target})
    often = {"d": rate("declined", 0.9)}
    found, again = risk(run, 50, 1, often), planner.risk_recourse(run, 1, 1, often)
    assert (found.untold == ()) == bool(known)
    assert found.futures["shortfall"].max() == 3
    assert (found.hinges["gain"] > 0).any() == bool(known)
    assert (again[["shortfall", "recourse"]].to_numpy() > 0).any() == bool(known)


@pytest.mark.usefixtures("in_threads")
def test_where_nobody_is_left_nobody_starts(tmp_path: Path) -> None:
    """Everybody leaves in the first year, or all but one: an empty roster ends the planning, one row does not."""
    run = a_run(tmp_path, {"A": {}, "B": {}, "C": {"sex": "M"}})
    table = planner.risk_recourse(run, 1, 1, {"l": rate("left", 1.0)})
    assert table[["shortfall", "recourse"]].to_numpy().tolist() == [[3, 3]]
    some = planner.risk_recourse(run, 1, 1, {"l": rate("left", 1.0, who={"sex": "F"})})
    assert some[["recourse"]].to_numpy().tolist() == [[2]]


def test_what_is_recorded_is_not_drawn(tmp_path: Path) -> None:
    """A run with a ledger is refused for recourse, and told of without; a number of futures out of range, too."""
    run = a_run(tmp_path)
    (tmp_path / "rates.yaml").write_text(yaml.safe_dump({"risk": DECLINING}), encoding="utf-8")
    with pytest.raises(InputError, match="--recourse: 0 is not between 1"):
        planner.risk_recourse(run, 0, rates=DECLINING)
    planner.record(run, ledger(tmp_path, f"2021-03-01,declined,{in_order(run)[0]},school,2021"))
    with pytest.raises(InputError, match="1 event is recorded in the ledger"):
        planner.risk_recourse(run, 1, rates=DECLINING)
    done = command("risk", run, "--rates", tmp_path / "rates.yaml", "--futures", 50, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The ledger is not looked at (1 event)" in done.stdout


@pytest.mark.long
def test_the_command_makes_plans_again(tmp_path: Path) -> None:
    """A row for each future, what is gained on average, and recourse.csv."""
    run = a_run(tmp_path)
    (tmp_path / "rates.yaml").write_text(yaml.safe_dump({"risk": DECLINING}), encoding="utf-8")
    given = ("--rates", tmp_path / "rates.yaml", "--futures", 50, "--seed", 3, "--quiet", "--out", tmp_path / "out")
    done = command("risk", run, *given, "--recourse", 2)
    assert (done.returncode, done.stderr) == (0, "")
    table = pd.read_csv(tmp_path / "out" / "recourse.csv")
    gained = (table["shortfall"] - table["recourse"]).mean()
    assert f"Made again, {figure(gained, 2)} fewer places are short on average" in done.stdout


# --- the district ---------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_benchmark_tells_what_it_measured() -> None:
    """On the smallest case: the seconds of solve and risk, their ratio, and whether the bound is kept."""
    data = benchmark.measure("smallest", 50, 1)
    assert data["futures"] == 50
    assert data["ratio"] == round(data["seconds"]["risk"] / max(data["seconds"]["solve"], 0.01), 2)
    assert "| kept |" in benchmark.told({**data, "ratio": 5.0})
    assert "| NOT kept |" in benchmark.told({**data, "ratio": 5.01})
