"""What proves a plan the best one, on the console."""

from __future__ import annotations

from rich.markup import escape

from planner.messages import figure, say
from planner.plans import summary
from planner.proof.checked import Proof
from planner.report.terminal.console import console_wide, grid, rows_told

RESTS_ON = {
    "engine": "proof_by_engine",
    "second_engine": "proof_by_second_engine",
    "nothing": "proof_by_nothing",
    "contradicted": "proof_by_contradicted",
}


def print_proof(proof: Proof) -> None:
    """Goal by goal, what no plan surpasses and what that rests on."""
    console = console_wide()
    headings = [say(f"column_{key}") for key in ("goal", "proven_by", "value", "proven_bound")]
    table = grid(say("proof_title"), *headings, text=2)
    for row in rows_told(proof.goals):
        goal = escape(summary.goal_in_words(row.goal, proof.problem.scenario))
        style = None if row.proven_by == "certificate" else "yellow"
        table.add_row(
            goal, _rests_on(row.proven_by, row.leaves), figure(row.value), _figure(row.proven_bound), style=style
        )
    console.print(table)
    print_certified(proof)


def print_certified(proof: Proof) -> None:
    """How many goals the certificate proves."""
    number = len(proof.goals)
    whole = proof.certified == number
    console_wide().print(say("proof_whole") if whole else say("proof_in_part", certified=proof.certified, goals=number))


def _rests_on(by: str, leaves: int) -> str:
    if by != "certificate":
        return say(RESTS_ON[by])
    return say("proof_by_multipliers") if leaves == 1 else say("proof_by_leaves", leaves=leaves)


def _figure(bound: object) -> str:
    return "" if bound is None else figure(bound)
