"""Every claim of every answering command is re-solved by a road that shares nothing with planner's model.

The scenarios are random; a wrong claim names its seed, which writes the same files again. Those found wrong once stand
in `cases/claims`. How many claims the long run re-solves: `PLANNER_CLAIMS` (default 5,000).
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from brute_force import TooManyPlansError, World
from claims import Claim, claims
from judges import Census, Question, SecondEngine
from random_scenarios import random_scenario

CASES = Path(__file__).parent / "cases" / "claims"
SHORT = (4, 9, 11, 13)  # together every command claims something; 13 has no plan
MOST = int(os.environ.get("PLANNER_CLAIMS", "5000"))

ASKED = {
    "absence-excess": ("value", "missed"),
    "blocking-does-not-block": ("missed",),
    "changes-of-another-plan": ("explain",),
    "frontier-must": ("frontier",),
    "frontier-no-plan": ("frontier",),
    "limit-without-a-row": ("explain",),
    "points-of-named-priorities": ("fairness",),
}
"""The commands that the cases are asked."""


def judged(path: Path, *commands: str) -> list[Claim]:
    """All claims about a tiny scenario, or those of some commands."""
    return list(claims(path, Census(path), commands=commands))


@pytest.mark.parametrize("name", ASKED)
def test_what_was_wrong_once_is_right(tmp_path: Path, name: str) -> None:
    """The scenarios on which some command once claimed what is not so."""
    path = Path(shutil.copytree(CASES / name, tmp_path / name)) / "scenario.yaml"
    assert [str(claim) for claim in judged(path, *ASKED[name]) if claim.wrong] == []


def test_every_case_is_asked() -> None:
    """No folder of cases lies about unread."""
    assert {path.name for path in CASES.iterdir()} == set(ASKED)


def test_the_claims_of_random_scenarios(tmp_path: Path) -> None:
    """Of a handful of scenarios every claim is right, and every command claims something."""
    found = [claim for seed in SHORT for claim in judged(random_scenario(seed, tmp_path / str(seed), "tiny"))]
    assert [str(claim) for claim in found if claim.wrong] == []
    asked = ["solve", "explain", "backbone", "value", "missed", "frontier", "fairness", "conflict"]
    assert {*asked, "explain --all"} == {claim.command for claim in found}


@pytest.mark.long
def test_thousands_of_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of as many scenarios as `PLANNER_CLAIMS` claims need; every tenth of 8 to 25 cadres, by the second engine."""
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    seed = 0
    while seen.total() < MOST:
        seed += 1
        size = "small" if seed % 10 == 0 else "tiny"
        path = random_scenario(seed, tmp_path / str(seed), size)
        try:
            judge = SecondEngine(path) if size == "small" else Census(path)
        except TooManyPlansError:
            continue
        for claim in claims(path, judge, questions=2 if size == "small" else 4):
            seen[claim.command] += 1
            wrong += [f"{size} {seed}: {claim}"] if claim.wrong else []
    with capsys.disabled():
        print(f"\n{seen.total()} claims re-solved on {seed} scenarios, {len(wrong)} wrong: {dict(seen)}")  # noqa: T201
    assert wrong == []


def test_the_two_judges_agree(tmp_path: Path) -> None:
    """Every plan tried and the second engine: the same values, as things are, with a pin, and with a limit raised."""
    raised = 0
    for seed in (2, 6, 9, 14, 15):
        path = random_scenario(seed, tmp_path / str(seed), "tiny")
        census, second, world = Census(path), SecondEngine(path), World(path)
        pin = {"cadre": next(iter(world.roster)), "programme": next(iter(world.programmes))}
        questions = [Question(), Question(require=(pin,)), Question(forbid=(pin,))]
        questions += [Question(more={_statement(key): by}) for key in list(world.written)[-6:] for by in (1, -1)]
        for question in questions:
            assert census.values(question) == second.values(question), (seed, question)
            raised += bool(question.more) and census.values(question) != census.values()
    assert raised


def _statement(key: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
    """A limit of every-plan-tried as the rules call it."""
    rule, *where = key
    names = {"pool": "seats", "total": "seats", "agency": "per_agency", "agency_total": "per_agency", "away": "absence"}
    whole = ("total",) if str(rule).endswith("total") else ()
    return names.get(str(rule), str(rule)), (*where, *whole)


def test_a_wrong_claim_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is off by one start is a wrong claim; so is one that dies."""
    import planner
    from planner.analysis import price

    path = random_scenario(9, tmp_path, "tiny")
    own = price.change
    monkeypatch.setattr(price, "change", lambda one, two: {goal: by + 1 for goal, by in own(one, two).items()})
    monkeypatch.setattr(planner, "fairness", lambda *_, **__: 1 / 0)
    wrong = {(claim.command, claim.kind) for claim in judged(path, "explain", "fairness") if claim.wrong}
    assert ("explain", "price") in wrong
    assert ("fairness", "an answer") in wrong
