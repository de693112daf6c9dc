"""Certificates: what proves, without an engine, that no plan is better."""

from __future__ import annotations

from pathlib import Path

from planner.analysis.given import APlan, plan_of
from planner.common.arrays import MOST_BYTES
from planner.common.certificates import PROOF, Statement
from planner.common.errors import Fault, InputError
from planner.common.files import content_of
from planner.plans.run_folder import Run, fingerprint, read_run
from planner.proof.checked import Proof, held_against
from planner.verification import ranked_values
from planner.verification.proof.certificate import encoded


def prove(plan: APlan) -> Proof:
    """Find a certificate for a plan, and check it: `planner solve --proof`.

    It is looked for as long as the scenario's `solver.time_limit_s` says. `planner.write_run(plan, folder,
    more={"proof.npz": proof.content})` keeps it with the plan.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.

    Returns
    -------
    Proof
        Its `goals` say what proves each of them.

    Raises
    ------
    InputError
        There is no plan, or as `planner.read_run` says it.
    """
    from planner.proof.making import make_certificate  # with it come the engines, which a check does without

    at_hand = plan_of(plan)
    if not at_hand.found:
        raise InputError(Fault("no_plan_to_prove"))
    problem, values = at_hand.problem, ranked_values(at_hand.problem, at_hand.assignments)
    certificate = make_certificate(problem, values, problem.scenario.solver.time_limit_s)
    statuses = dict(zip(at_hand.goals["goal"], at_hand.goals["status"], strict=True))
    return held_against(problem, values, statuses, encoded(certificate, Statement(fingerprint(at_hand), values)))


def check_proof(run: Run | str | Path, *, second_engine: bool = False) -> Proof:
    """Check a run's certificate in exact arithmetic, without an engine and without the model: `planner verify --proof`.

    Parameters
    ----------
    run
        A run, or the folder of a run.
    second_engine
        Let CP-SAT prove the goals that the certificate does not, as long as the scenario's `solver.time_limit_s` says.

    Returns
    -------
    Proof
        Its `goals` say what proves each of them. Its `findings` are empty where nothing contradicts; that a goal rests
        on an engine's word is none.

    Raises
    ------
    InputError
        The run has no proof.npz, or as `planner.read_run` says it.
    """
    at_hand = run if isinstance(run, Run) else read_run(run)
    file = at_hand.folder / PROOF
    if not file.is_file():
        raise InputError(Fault("no_proof", {}, at_hand.folder))
    values = ranked_values(at_hand.problem, at_hand.tables["assignments"])
    goals = at_hand.tables["goals"].reindex(columns=["goal", "status"])
    statuses = dict(goals.itertuples(index=False, name=None))
    content, own = content_of(str(file), MOST_BYTES), at_hand.fingerprint
    return held_against(at_hand.problem, values, statuses, content, plan=own, second_engine=second_engine)
