"""Runs that hold a certificate: one that contradicts goals.csv is found by `verify`, and nobody calls it proven."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from commands import planner
from small import small

from planner import InputError, load, purge, read_run, solve, verify
from planner.common.certificates import Statement, stated
from planner.plans.columns import COLUMNS
from planner.plans.plan import Plan
from planner.plans.run_folder import write_run
from planner.verification import figures
from planner.verification.proof.certificate import Leaf, decoded, encoded

SCARCE = {
    "targets": {"all": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "programmes": {"school": {"open": False}, "evening": None},
    "seats": {"few": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 1}, "total": {"max": 2}}},
    "goals": ["attainment", "early", "lot"],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with a certificate. To be read, not changed."""
    folder = tmp_path_factory.mktemp("certified")
    done = planner("solve", small(folder, **SCARCE), "--out", folder / "run", "--quiet", "--proof")
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "run"


def forged(run: Path, folder: Path, certificate: bytes) -> Path:
    """A run of a plan that sends one cadre less and calls itself the best, every figure and digest of it right."""
    best = read_run(run).plan()
    fewer = best.assignments.iloc[1:].reset_index(drop=True)
    right = figures(best.problem, fewer)
    tables = {name: getattr(right, name) for name in COLUMNS if name not in ("assignments", "goals")}
    values = [int(right.goals[name]) for name in best.goals["goal"]]
    goals = best.goals.assign(value=values, bound=values)
    plan = Plan(best.problem, "optimal", assignments=fewer, goals=goals, **tables)
    write_run(plan, folder, more={"proof.npz": certificate})
    return folder


def stating(run: Path, other: Path) -> bytes:
    """The certificate of a run, stating what is right for another."""
    read = read_run(other)
    values = dict(zip(read.tables["goals"]["goal"], map(int, read.tables["goals"]["value"]), strict=True))
    return encoded(decoded((run / "proof.npz").read_bytes()), Statement(read.fingerprint, values))


def test_a_forged_run_with_the_certificate_of_the_best_is_found_out(run: Path, tmp_path: Path) -> None:
    """`verify` finds it without further asking; no report, list or question takes it, both languages say why."""
    folder = forged(run, tmp_path / "forged", (run / "proof.npz").read_bytes())
    ended = planner("verify", folder)
    assert (ended.returncode, "certificate" in ended.stdout) == (1, True)
    assert {*verify(folder)["rule"]} == {"proof"}
    for asked in (
        ("report", folder),
        ("report", folder, "--out", tmp_path / "page.html"),
        ("nominees", folder, "--year", 2021),
        ("explain", folder, "--cadre", "A"),
    ):
        for lang, told in (("en", "certificate"), ("vi", "chứng thư")):
            ended = planner(*asked, lang=lang)
            assert (ended.returncode, "planner verify" in ended.stderr, told in ended.stderr) == (2, True, True), asked
            assert "Proven" not in ended.stdout
    assert not (tmp_path / "page.html").exists()


def test_a_certificate_that_states_the_forged_plan_proves_it_no_more(run: Path, tmp_path: Path) -> None:
    """Whoever changes what it states, too, is found by `verify`: the multipliers do not reach the values."""
    lesser = forged(run, tmp_path / "lesser", (run / "proof.npz").read_bytes())
    folder = forged(run, tmp_path / "forged", stating(run, lesser))
    read_run(folder).plan()  # at a glance nothing contradicts
    found = verify(folder)
    assert {*found["rule"]} == {"proof"}
    assert planner("verify", folder).returncode == 1
    assert verify(folder, certificate=False).empty


@pytest.mark.parametrize("changed", ["value", "plan", "goal", "nothing stated", "an earlier format", "text"])
def test_a_certificate_of_something_else_is_told_at_a_glance(run: Path, tmp_path: Path, changed: str) -> None:
    """A value, a goal or the plan that it states is another; it states none; it is none."""
    content = (run / "proof.npz").read_bytes()
    certificate, own = decoded(content), stated(content)
    first = next(iter(own.values))
    contents = {
        "value": encoded(certificate, replace(own, values={**own.values, first: own.values[first] + 1})),
        "plan": encoded(certificate, replace(own, plan="0" * 64)),
        "goal": encoded(certificate, replace(own, values={k: v for k, v in own.values.items() if k != first})),
        "nothing stated": encoded(certificate),
        "text": b"no certificate",
    }
    plan = read_run(run).plan()
    write_run(plan, tmp_path / "run", more={"proof.npz": contents.get(changed, content)})
    if changed == "an earlier format":
        (tmp_path / "run" / "proof.npz").write_bytes(content.replace(b"plan.npy", b"pian.npy"))
    with pytest.raises(InputError, match=r"certificate|chứng thư"):
        read_run(tmp_path / "run").plan()
    assert "proof" in {*verify(tmp_path / "run")["rule"]}


def test_runs_that_hold_what_they_say_stay_as_they_were(run: Path, tmp_path: Path) -> None:
    """The right certificate and none at all are no findings; how many goals it proves is told by `verify`, too."""
    assert verify(run).empty
    ended = planner("verify", run)
    assert (ended.returncode, "Every goal is proven by the certificate" in ended.stdout) == (0, True)
    content = (run / "proof.npz").read_bytes()
    first, *others = decoded(content)
    left = encoded([replace(first, proof=Leaf({}, 1), complete=False), *others], stated(content))
    plan = read_run(run).plan()
    write_run(plan, tmp_path / "left", more={"proof.npz": left})
    ended = planner("verify", tmp_path / "left")  # on an engine's word, which contradicts nothing and is said
    assert (ended.returncode, "2 of 3 goals" in ended.stdout) == (0, True)
    write_run(plan, tmp_path / "without")
    ended = planner("verify", tmp_path / "without")
    assert (ended.returncode, "certificate" in ended.stdout) == (0, False)
    assert read_run(tmp_path / "without").plan().status == "optimal"


def test_a_certificate_moves_with_its_plan(run: Path, tmp_path: Path) -> None:
    """Without names the plan has another fingerprint: its certificate states that one, and proves as much."""
    shutil.copytree(run, tmp_path / "run")
    purge(tmp_path / "run")
    assert verify(tmp_path / "run").empty
    assert read_run(tmp_path / "run").plan().status == "optimal"
    assert "purged" in json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    assert solve(load(run.parent / "scenario.yaml")).status == "optimal"
