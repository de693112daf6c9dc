"""Certificates: what they prove is true of every plan, and nothing that was changed passes for a proof."""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from brute_force import World, best_plan
from commands import planner
from every_point import Point, points
from random_scenarios import random_scenario
from small import small, starts

from planner import InputError, check_proof, load, prove, read_run, solve, write_run
from planner.common.certificates import DamagedProofError
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.proof.checked import Proof, held_against
from planner.proof.making import make_certificate
from planner.verification import plan_findings, ranked_values
from planner.verification.goals import GOALS
from planner.verification.proof import study_plans
from planner.verification.proof.certificate import (
    Branch,
    Certificate,
    GoalCertificate,
    Leaf,
    Node,
    decoded,
    encoded,
    preorder,
)
from planner.verification.proof.checking import GOAL, Checker
from planner.verification.proof.choices import MisfitError
from planner.verification.proof.objectives import TERMS, objective
from planner.verification.proof.rows import Key, Row

SHORT, LONG = range(25), [seed for seed in range(25, 120) if seed != 87]
seeds = pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])


def tiny(seed: int, folder: Path) -> tuple[Path, Checker]:
    """The tiny scenario of a seed, and its checker."""
    path = random_scenario(seed, folder, "tiny")
    return path, Checker(load(path))


# --- what the checker writes is true of every plan ------------------------------------------------------------------


@seeds
def test_the_study_plans_are_those_of_the_contract(seed: int, tmp_path: Path) -> None:
    """What is listed for a cadre is what another reading of the contract lets him do, no more and no less."""
    path, checker = tiny(seed, tmp_path)
    world, listed = World(path), checker.rows.study_plans
    codes = listed.problem.cadres["cadre"].to_numpy()
    found = {str(code): {frozenset[tuple[str, int]]()} for code in codes}
    for kind in listed.kinds:
        assert kind.plans is not None
        for person, first in kind.first.items():
            own = listed.starts.iloc[first : first + len(kind.candidates)]
            assert set(own["cadre"]) == {codes[person]}
            keys = list(zip(own["programme"], own["start"], strict=True))
            found[codes[person]] = {frozenset(keys[at] for at in np.flatnonzero(plan)) for plan in kind.plans}
    for cadre, plans in found.items():
        assert plans == {frozenset((each.programme, each.first) for each in own) for own in world.careers(cadre)}


@seeds
def test_every_plan_obeys_every_row(seed: int, tmp_path: Path) -> None:
    """No row forbids a plan, no column is larger than it may be, and the goals have the values of another reading."""
    path, checker = tiny(seed, tmp_path)
    rows = checker.rows
    goals = [objective(rows, goal) for goal in checker.problem.scenario.goals]
    for point in points(path, checker, 150):
        for key, row in rows.rows.items():
            assert (point.x[row.columns] * row.coefficients).sum() <= row.most, key
        assert all(0 <= point.x[column] <= most for column, most in rows.upper.items())
        for goal, score in zip(goals, point.scores, strict=True):
            value = (goal.coefficients * point.x).sum()
            assert goal.read(value) * goal.sign == score
            assert value % goal.step == 0


@seeds
def test_no_multipliers_prove_too_much(seed: int, tmp_path: Path) -> None:
    """Whatever multipliers, and however the plans are divided: every plan is as bad as the bound says."""
    path, checker = tiny(seed, tmp_path)
    bound_all_plans(seed, path, checker)


def test_kinds_with_too_many_plans_are_bounded_loosely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where study plans are too many to list, the bound is weaker, not untrue."""
    monkeypatch.setattr(study_plans, "MOST_PLANS", 1)
    loose = 0
    for seed in range(8):
        path, checker = tiny(seed, tmp_path / str(seed))
        loose += sum(kind.plans is None for kind in checker.rows.study_plans.kinds)
        bound_all_plans(seed, path, checker)
    assert loose


def bound_all_plans(seed: int, path: Path, checker: Checker) -> None:
    """Draw multipliers and limits, and hold the bound against every plan that keeps the limits."""
    draw, every = random.Random(f"multipliers/{seed}"), points(path, checker, 60)
    for _ in range(20 if every else 0):
        place = draw.randrange(len(checker.problem.scenario.goals))
        given, earlier = draw.choice(every), dict[Key, Row]()
        for goal, score in zip(checker.problem.scenario.goals[:place], given.scores, strict=False):
            own = objective(checker.rows, goal)
            earlier[GOAL, str(goal)] = own.no_worse(score * own.sign)
        keys = [key for key in [*checker.rows.rows, *earlier] if draw.random() < 0.4]
        leaf = Leaf({key: draw.randrange(0, 40) for key in keys}, draw.choice([1, 3, 8]))
        columns = draw.sample(sorted(checker.columns, key=str), min(2, len(checker.columns)))
        limits = {key: draw.choice([(0, 0), (1, 9), (0, 1)]) for key in columns if draw.random() < 0.5}
        goal = objective(checker.rows, checker.problem.scenario.goals[place])
        bound = checker.leaf(goal, leaf, earlier, limits)
        for point in every:
            if within(checker, point, given.scores[:place], limits):
                assert bound is not None
                assert (goal.coefficients * point.x).sum() >= bound


def within(checker: Checker, point: Point, scores: Sequence[Fraction], limits: Mapping[Key, tuple[int, int]]) -> bool:
    """Whether a plan is no worse in the earlier goals and keeps the limits."""
    kept = all(low <= point.x[checker.columns[key]] <= high for key, (low, high) in limits.items())
    return kept and all(own <= score for own, score in zip(point.scores, scores, strict=False))


@pytest.mark.parametrize(("shorts", "together"), [(2, False), (3, True)])
def test_current_short_study_counts_in_study_plans(shorts: int, *, together: bool, tmp_path: Path) -> None:
    """Beside a short study under way as many short starts fit into a year as `short_per_year` leaves, not one more."""
    short = {"mode": "short", "months": 2}
    cadres = {"A": {"theory": "none", "studying": "course", "studying_until": 2021}}
    scheme = {"programmes": {"degree": short, "basics": short}, "study_load": {"short_per_year": shorts}}
    listed = Checker(load(small(tmp_path, cadres, **scheme))).rows.study_plans
    (kind,) = listed.kinds
    assert kind.plans is not None
    keys = [(each.programme, each.first) for each in kind.candidates]
    plans = {frozenset(keys[at] for at in np.flatnonzero(plan)) for plan in kind.plans}
    assert ({("degree", 2021), ("basics", 2021)} in plans) is together
    assert {("degree", 2022), ("basics", 2022)} in plans


HISTORY = """cadre,agency,programme,start,finish,pools,shares,of_group
A,office,course,2019,2019,few,local,local
"""


def test_rows_say_exactly_what_is_left(tmp_path: Path) -> None:
    """Of each limit what history, study and leave have taken is gone, and no more: the row's bound, and one cadre's."""
    (tmp_path / "history.csv").write_text(HISTORY, "utf-8")
    everybody: dict[str, Any] = {"sex": "F"}
    pool = {
        "programmes": ["school"],
        "who": everybody,
        "per_year": {"min": 1, "max": 2},
        "total": {"min": 3, "max": 3},
        "per_agency": {"max": 2, "total": 3},
    }
    problem = load(
        small(
            tmp_path,
            {
                **{name: {} for name in "ABCD"},
                "S": {"studying": "school", "studying_until": 2021},
                "E": {"agency": "other"},
            },
            {"office": 10, "other": 10},
            history="history.csv",
            seats={"few": pool},
            shares={"local": {"programmes": ["school"], "who": everybody, "min": 0.5}},
            absence={"modes": ["full_time"], "bands": [{"away": 3}], "leaders": {"who": everybody, "present": 2}},
            leave={"d": {"cadre": "D", "from": 2022, "to": 2022, "away": True}},
            classes={"school": {"min": 1, "max": 2}},
            budget={"per_year": 2.5},
            pins={"require": [{"programme": "school"}]},
        )
    )
    rows = Checker(problem).rows
    most = {key: row.most for key, row in rows.rows.items()}
    assert most["seats", "few", 2021] == 2
    assert most["seats", "few", "total"] == 2
    assert most["below_min", "few", 2021] == -1
    assert most["below_min", "few", "total"] == -2
    assert most["per_agency", "few", "office", 2021] == 2
    assert most["per_agency", "few", "office", "total"] == 2
    assert most["per_agency", "few", "other", "total"] == 3
    assert most["short_share", "local", "total"] == 1  # 2 x short + starts of the group >= 1 start - 2 of the group
    assert (most["absence", "office", 2021], most["absence", "office", 2022]) == (2, 2)
    assert most["absence", "office", 2023] == 3
    assert (most["leaders", "office", 2021], most["leaders", "office", 2022]) == (2, 2)
    assert most["leaders", "office", 2023] == 3
    assert most["budget", 2021] == 5  # costs of 0 and the amount, doubled
    assert most["pins", 0] == -1
    assert rows.upper[rows.columns["classes", "school", 2021]] == 3
    assert rows.upper[rows.columns["below_min", "few", "total"]] == 2


# --- certificates that are found ------------------------------------------------------------------------------------


@seeds
def test_only_best_plans_are_certified(seed: int, tmp_path: Path) -> None:
    """The best plan of a tiny scenario is certified in every goal; of another plan the first goal it misses is not."""
    path, checker = tiny(seed, tmp_path)
    best, goals = best_plan(path), list(map(str, checker.problem.scenario.goals))
    if best.goals is None:
        return
    certificate = make_certificate(checker.problem, best.goals, 60)
    proven = checker.check(best.goals, certificate)
    assert [(goal.goal, goal.certified, goal.claimed, goal.fault) for goal in proven] == [
        (goal, True, True, "") for goal in goals
    ]
    signs = [objective(checker.rows, goal).sign for goal in checker.problem.scenario.goals]
    for point in points(path, checker, 3):
        values = {goal: score * sign for goal, score, sign in zip(goals, point.scores, signs, strict=True)}
        missed = next((goal for goal in goals if values[goal] != best.goals[goal]), None)
        again = checker.check(values, make_certificate(checker.problem, values, 60))
        kept = checker.check(values, certificate)
        for found in (again, kept):
            assert [
                goal for goal in found if goal.goal == missed and (goal.certified or goal.fault == "surpassed")
            ] == []
        assert all(goal.claimed and not goal.certified for goal in kept if goal.goal == missed)


def in_classes(folder: Path, number: int, **overrides: Any) -> Problem:
    """A few cadres who lack the advanced level, and classes of exactly three."""
    cadres: dict[str, dict[str, Any]] = {f"C{each}": {} for each in range(number)}
    scheme = {
        "horizon": {"first": 2021, "last": 2021},
        "programmes": {"evening": None},
        "targets": {"all": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}},
        "classes": {"school": {"min": 3, "max": 3}},
    }
    return load(small(folder, cadres, **scheme, **overrides))


def test_plans_are_divided_where_one_bound_does_not_do(tmp_path: Path) -> None:
    """Of five cadres three can go in one class: a mixture sends all, so the certificate divides by classes."""
    proof = prove(solve(in_classes(tmp_path, 5)))
    attainment = proof.goals.iloc[0]
    assert (attainment["value"], attainment["proven_by"], attainment["leaves"]) == (2, "certificate", 2)
    (first, *_) = decoded(proof.content)
    assert isinstance(first.proof, Branch)
    assert first.proof.column == ("classes", "school", 2021)


def test_a_row_of_nothing_binds_nothing(tmp_path: Path) -> None:
    """A budget, and programmes that all cost nothing: its row has no coefficient, and no multiplier."""
    problem = in_classes(tmp_path, 3, budget={"per_year": 5})
    assert not problem.programmes["cost"].any()
    plan = solve(problem)
    assert set(prove(plan).goals["proven_by"]) == {"certificate"}


def test_a_division_that_leaves_plans_out_is_none(tmp_path: Path) -> None:
    """Where the case with a second class is given the bound of the first, nothing is proven."""
    problem = in_classes(tmp_path, 6)  # two classes: nobody is left
    values = ranked_values(problem, solve(problem).assignments)
    worse = {**values, "attainment": 3}  # what one class leaves
    certificate = make_certificate(in_classes(tmp_path / "five", 5), {**values, "attainment": 2}, 60)
    proven = Checker(problem).check(worse, certificate)
    assert not proven[0].certified


def test_every_goal_can_be_written() -> None:
    """Whatever a scenario ranks can be certified, but for what is measured in sampled futures."""
    assert TERMS.keys() == GOALS.keys() - {"expected", "worst_tenth"}


def test_a_goal_with_a_constant_is_written_and_read_alike(tmp_path: Path) -> None:
    """Two earlier starts: the plan that keeps one and adds one has two changes, which is 0 over the columns."""
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("cadre,programme,start,finish\nA,evening,2021,2022\nB,evening,2021,2022\n", "utf-8")
    problem = load(small(tmp_path, earlier=earlier.name, goals=["changes", "attainment"]))
    rows = Checker(problem).rows
    written = objective(rows, problem.scenario.goals[0])
    keys = [(start.cadre, start.programme, start.start) for start in rows.study_plans.starts.itertuples()]
    plan = [keys.index(key) for key in (("A", "evening", 2021), ("C", "evening", 2021))]
    assert int(written.coefficients[plan].sum()) == written.written(2) == 0
    assert written.read(0) == 2


def test_of_a_goal_that_nobody_wrote_nothing_is_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A goal of whose terms the checker knows nothing rests on the engine's word; the others are proven as before."""
    plan = solve(in_classes(tmp_path, 3))
    monkeypatch.delitem(TERMS, "early")
    assert list(prove(plan).goals["proven_by"]) == ["certificate", "engine", "certificate"]


def test_the_best_of_the_worked_example_is_certified() -> None:
    """Every goal of the contract's example, without an engine."""
    proof = prove(solve(Path(__file__).parent / "cases" / "example" / "scenario.yaml"))
    assert (proof.certified, proof.findings) == (len(proof.goals), ())


# --- nothing that was changed passes --------------------------------------------------------------------------------

SCARCE = {
    "targets": {"all": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "programmes": {"school": {"open": False}, "evening": None},
    "seats": {"few": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 1}, "total": {"max": 2}}},
    "priority": {"local": {"who": {"cadre": "B"}, "points": 3}},
    "goals": ["attainment", "priority", "early", "lot"],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with a certificate: two of three cadres can be sent, one a year. To be read, not changed."""
    folder = tmp_path_factory.mktemp("proof")
    done = planner("solve", small(folder, **SCARCE), "--out", folder / "run", "--quiet", "--proof")
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "run"


def kept(run: Path) -> list[GoalCertificate]:
    """The certificate of a run."""
    return decoded((run / "proof.npz").read_bytes())


def against(run: Path, certificate: Certificate, **values: int) -> Proof:
    """A certificate held against the plan of a run, whose goals may be said to have other values."""
    read = read_run(run)
    own = ranked_values(read.problem, read.tables["assignments"])
    return held_against(read.problem, {**own, **values}, dict.fromkeys(own, "optimal"), encoded(certificate))


def test_the_run_is_proven(run: Path) -> None:
    """The certificate of a run proves every goal, and the manifest knows the file."""
    checked = check_proof(run)
    assert list(checked.goals["proven_by"]) == ["certificate"] * 4
    assert list(checked.goals["value"]) == list(checked.goals["proven_bound"])
    assert "proof.npz" in json.loads((run / "run.json").read_text("utf-8"))["files"]
    assert against(run, kept(run)).findings == ()


def test_every_multiplier_matters_or_does_not_lie(run: Path) -> None:
    """A multiplier taken away or changed proves as much or is found out; it never proves more than the best plan."""
    original, found = kept(run), 0
    for number, goal in enumerate(original):
        assert isinstance(goal.proof, Leaf)
        for key, value in goal.proof.multipliers.items():
            for other in (0, value // 2, value * 3, value + goal.proof.denominator):
                leaf = replace(goal.proof, multipliers={**goal.proof.multipliers, key: other})
                changed = [*original[:number], replace(goal, proof=leaf), *original[number + 1 :]]
                proof = against(run, changed)
                row = proof.goals.iloc[number]
                assert row["proven_by"] == "certificate" or proof.findings
                assert row["proven_bound"] is None or not better(row, row["proven_bound"], row["value"])
                found += bool(proof.findings)
    assert found > len(original)


def better(row: Any, bound: int, value: int) -> bool:
    """Whether a bound says that the plan is better than possible."""
    return bound > value if row["sense"] == "min" else bound < value


@pytest.mark.parametrize(
    ("goal", "by"), [("attainment", 1), ("priority", -3), ("early", 1), ("lot", 1), ("lot", 100_000)]
)
def test_another_value_is_not_certified(run: Path, goal: str, by: int) -> None:
    """Of a plan that is worse in a goal the certificate does not say that it is best."""
    value = next(int(row.value) for row in check_proof(run).goals.itertuples() if row.goal == goal)
    proof = against(run, kept(run), **{goal: value + by})
    told = dict(zip(proof.goals["goal"], proof.goals["proven_by"], strict=True))
    assert told[goal] == "engine"
    assert any(finding.rule == "proof" and goal in finding.where for finding in proof.findings)


@pytest.mark.parametrize(("goal", "by"), [("attainment", -1), ("priority", 3), ("early", -1), ("lot", -1)])
def test_a_value_that_no_plan_has_is_found_out(run: Path, goal: str, by: int) -> None:
    """A plan said to be better than the certificate allows is impossible, and that is told."""
    value = next(int(row.value) for row in check_proof(run).goals.itertuples() if row.goal == goal)
    with speaking("en"):
        told = [str(finding.found) for finding in against(run, kept(run), **{goal: value + by}).findings]
    assert "proves that the plan itself is impossible" in told


def test_another_scenario_is_found_out(run: Path, tmp_path: Path) -> None:
    """With one seat more the plan is no longer best, and its certificate no longer says so."""
    more = load(small(tmp_path, **{**SCARCE, "seats": {"few": {**SCARCE["seats"]["few"], "total": {"max": 3}}}}))
    read = read_run(run)
    assert plan_findings(more, read.tables["assignments"]) == []
    values = ranked_values(more, read.tables["assignments"])
    proof = held_against(more, values, dict.fromkeys(values, "optimal"), (run / "proof.npz").read_bytes())
    assert proof.goals["proven_by"].iloc[0] == "engine"
    assert proof.findings


def test_rows_and_columns_that_there_are_not(run: Path) -> None:
    """A certificate that names a row or a figure unknown to the scenario is none; nor is one of another goal."""
    first, *others = kept(run)
    leaf = first.proof
    assert isinstance(leaf, Leaf)
    wrong: dict[str, Node] = {
        "names a rule's row that there is not": replace(leaf, multipliers={("seats", "nowhere", 2021): 1}),
        "divides by a figure that there is not": Branch(("start", "A", "nothing", 2021), 0, leaf, leaf),
        "multipliers that cannot be": replace(leaf, multipliers=dict.fromkeys(leaf.multipliers, -1)),
    }
    for told, node in wrong.items():
        proof = against(run, [replace(first, proof=node), *others])
        with speaking("en"):
            assert [str(finding.found) for finding in proof.findings] == [told]
        assert list(proof.goals["proven_by"]) == ["engine", *["certificate"] * 3]
    assert [finding.where for finding in against(run, [*kept(run), replace(first, goal="cost")]).findings] == [
        ("proof.npz", "cost")
    ]


def test_numbers_too_large_to_be_exact_are_refused(run: Path) -> None:
    """Multipliers that would not fit are no proof; the largest that fit are reckoned exactly."""
    checker = Checker(read_run(run).problem)
    goal, key = objective(checker.rows, checker.problem.scenario.goals[0]), ("seats", "few", 2021)
    exact = [checker.leaf(goal, Leaf({key: number}, 1), {}, {}) for number in (2**55, 2**55 + 1)]
    # Then nobody goes in that year, at the cost of the one who may.
    assert exact == [-(2**55), -(2**55) - 1]
    with pytest.raises(MisfitError):
        checker.leaf(goal, Leaf({key: 2**62}, 1), {}, {})


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "text": lambda content: b"no archive",
    "half": lambda content: content[: len(content) // 2],
    "an object": lambda content: _changed(content, goals=np.array([{}], dtype=object)),
    "another format": lambda content: _changed(content, format=np.array(99)),
    "no goals": lambda content: _changed(content, goals=None),
    "floats": lambda content: _changed(content, entries=np.array([[0.0, 0.0, 0.5]])),
    "a node too many": lambda content: _changed(content, nodes=np.array([[0, -1, 1]] * 5)),
    "a goal without nodes": lambda content: _changed(content, nodes=np.zeros((0, 3), dtype=np.int64)),
    "an entry of no row": lambda content: _changed(content, entries=np.array([[0, 10**6, 1]])),
    "an entry before the first": lambda content: _changed(content, entries=np.array([[-1, 0, 1]])),
    "keys that are no keys": lambda content: _changed(content, rows=np.array(['{"a": 1}'] * 20)),
    "keys that are no JSON": lambda content: _changed(content, rows=np.array(["seats"] * 20)),
    "a goal twice": lambda content: _changed(content, goals=np.array(["attainment"] * 4)),
}


def _changed(content: bytes, **arrays: np.ndarray | None) -> bytes:
    with np.load(io.BytesIO(content)) as read:
        held = {name: read[name] for name in read.files} | arrays
    out = io.BytesIO()
    np.savez(out, **{name: array for name, array in held.items() if array is not None})
    return out.getvalue()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_hold_no_certificate(run: Path, damage: str, tmp_path: Path) -> None:
    """A file that is no certificate is told as such, by the library and by the command; nothing in it is executed."""
    content = DAMAGES[damage]((run / "proof.npz").read_bytes())
    with pytest.raises(DamagedProofError):
        decoded(content)
    shutil.copytree(run, tmp_path / "run")
    (tmp_path / "run" / "proof.npz").write_bytes(content)
    ended = planner("verify", "--proof", tmp_path / "run")
    assert ended.returncode == 1
    assert "no certificate" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_a_certificate_is_read_as_it_was_written(run: Path) -> None:
    """Keys, numbers and divisions come back, and the same certificate gives the same bytes."""
    first, *others = kept(run)
    leaf = first.proof
    tree = Branch(("shortfall", "all"), 1, leaf, Branch(("start", "Ă", "school", 2021), 0, leaf, Leaf({}, 7)))
    certificate = [replace(first, proof=tree, complete=False), *others]
    assert decoded(encoded(certificate)) == certificate
    assert encoded(certificate) == encoded(certificate)
    assert len(list(preorder(tree))) == 5


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_commands(run: Path, tmp_path: Path) -> None:
    """`verify --proof` tells goal by goal what proves it, in both languages; what cannot be asked is refused."""
    for lang, verdict, told in (
        ("en", "holds", "Every goal is proven by the certificate"),
        ("vi", "đúng", "không cần công cụ tối ưu"),
    ):
        ended = planner("verify", "--proof", run, lang=lang)
        assert ended.returncode == 0
        assert verdict in ended.stdout.splitlines()[0]  # first of all, and then what it rests on
        assert told in ended.stdout
    without = tmp_path / "without"
    write_run(solve(small(tmp_path, **SCARCE)), without)
    ended = planner("verify", "--proof", without)
    assert (ended.returncode, "solve again with --proof" in ended.stderr) == (2, True)
    assert planner("verify", without).returncode == 0
    assert planner("verify", "--second-engine", run).returncode == 2
    assert planner("solve", small(tmp_path, **SCARCE), "--proof").returncode == 2


def test_the_proof_as_data(run: Path, tmp_path: Path) -> None:
    """With --json what proves each goal is told like the table: a goal on an engine's word alone is no finding."""
    expected = check_proof(read_run(run)).goals[["goal", "proven_by", "leaves"]].to_dict("records")
    out = tmp_path / "again"
    for told in (
        planner("verify", "--proof", run, "--json"),
        planner("solve", run.parent / "scenario.yaml", "--proof", "--out", out, "--json", "--quiet"),
    ):
        rows = json.loads(told.stdout)["tables"]["proof"]
        assert [{key: row[key] for key in ("goal", "proven_by", "leaves")} for row in rows] == expected
        assert all(row["value"] == row["proven_bound"] for row in rows)
    assert "proof" not in json.loads(planner("verify", run, "--json").stdout)["tables"]


def test_a_changed_certificate_breaks_the_checksum(run: Path, tmp_path: Path) -> None:
    """Another certificate, though it may be as good, is not the one that the run was written with."""
    shutil.copytree(run, tmp_path / "run")
    (first, *others) = kept(run)
    (tmp_path / "run" / "proof.npz").write_bytes(encoded([replace(first, complete=False), *others]))
    ended = planner("verify", tmp_path / "run")
    assert (ended.returncode, "proof.npz" in ended.stdout) == (1, True)


def test_what_rests_on_an_engine_is_said_and_asked(run: Path) -> None:
    """Goals that the certificate leaves open are told apart; a second engine agrees, or finds what is better."""
    first, *others = kept(run)
    left = against(run, [replace(first, proof=Leaf({}, 1), complete=False), *others])
    assert (left.certified, left.findings) == (3, ())
    assert list(left.goals["proven_by"]) == ["engine", *["certificate"] * 3]
    assert left.goals["proven_bound"].iloc[0] == 0
    read = read_run(run)
    own = ranked_values(read.problem, read.tables["assignments"])
    statuses = {**dict.fromkeys(own, "optimal"), "lot": "time_limit"}
    assert list(held_against(read.problem, own, statuses, encoded([])).goals["proven_by"])[2:] == ["engine", "nothing"]
    agreed = held_against(read.problem, own, statuses, encoded([]), second_engine=True)
    assert list(agreed.goals["proven_by"]) == ["second_engine"] * 4
    assert agreed.findings == ()


def test_a_second_engine_contradicts(tmp_path: Path) -> None:
    """Of a plan that is not the best one a second engine finds a better one."""
    problem = load(small(tmp_path, **SCARCE))
    values = ranked_values(problem, starts(("A", "school", 2021)))
    proof = held_against(problem, values, dict.fromkeys(values, "optimal"), encoded([]), second_engine=True)
    assert proof.goals["proven_by"].iloc[0] == "contradicted"
    with speaking("en"):
        assert "a second engine found a better plan" in {str(finding.found) for finding in proof.findings}
    cut_short = held_against(problem, values, {}, encoded([]), second_engine=True)  # and does not say it were best
    assert (cut_short.goals["proven_by"].iloc[0], cut_short.findings) == ("nothing", ())


def test_no_plan_has_no_proof(tmp_path: Path) -> None:
    """That there is no plan is not proven by a certificate, and that is said."""
    none = solve(small(tmp_path, pins={"require": [{"cadre": "A", "programme": "basics"}]}))
    with pytest.raises(InputError, match=r"no plan|không có kế hoạch"):
        prove(none)


def test_a_plan_cut_short_is_not_certified(tmp_path: Path) -> None:
    """The certificate of a plan that could be better proves a bound, and says that it is not the plan's value."""
    problem = load(small(tmp_path, **SCARCE))
    best = solve(problem)
    values = ranked_values(problem, starts(("A", "school", 2021)))
    certificate = make_certificate(problem, values, 60)
    assert not certificate[0].complete
    proven = Checker(problem).check(values, certificate)[0]
    assert (proven.certified, proven.claimed, proven.bound) == (False, False, best.goals["value"].iloc[0])


WITHOUT_ENGINE = """
import os, sys, threading
import planner.cli.app
import planner.library.plans, planner.library.proofs, planner.report.terminal.proofs, planner.report.terminal.plans
called = set()
def heard(frame, event, _):
    name = frame.f_code.co_filename.replace(os.sep, "/")
    if event == "call" and any(f"/planner/{room}" in name for room in ("model/", "optimiser/", "solver.py")):
        called.add(f"{name.rpartition('/planner/')[2]}: {frame.f_code.co_name}")
threading.setprofile(heard)
sys.setprofile(heard)
code = planner.cli.app.run(["verify", "--proof", sys.argv[1], "--lang", "en"])
sys.setprofile(None)
print(code, sorted(called), sorted({"ortools", "scipy", "highspy"} & set(sys.modules)))
"""


def test_the_command_calls_neither_an_engine_nor_the_model(run: Path) -> None:
    """While a proof is checked no engine is even imported, and no function of the model or the optimiser runs."""
    done = subprocess.run([sys.executable, "-c", WITHOUT_ENGINE, run], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 [] []"
    assert "Every goal is proven by the certificate" in done.stdout
