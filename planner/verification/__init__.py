"""A plan re-derived from the contract's sections 3 to 7 and 10, with no solver and none of the model's code.

What is read is a `Problem` and an assignments table (cadre, programme, start; further columns are ignored here).
`plan_findings` says what the plan breaks, `figures` recomputes every table of a run folder and the value of every
goal, `figure_findings` compares those with what the folder says, `manifest_findings` what run.json says,
`kept_findings` what was added to the folder since, `certificate_findings` whether its certificate proves what it says;
`run_findings` does all of it. Written from the contract, not from
the model, so that two readings of it meet.
"""

from planner.verification.certified import certificate_findings
from planner.verification.differences import differences, figure_findings
from planner.verification.findings import Finding, findings_table
from planner.verification.kept import kept_findings
from planner.verification.manifest import RunFolder, manifest_findings
from planner.verification.purged import purged_findings
from planner.verification.recomputed import Figures, figures, ranked_values
from planner.verification.rules import broken_rules, plan_findings

__all__ = [
    "Figures",
    "Finding",
    "RunFolder",
    "broken_rules",
    "certificate_findings",
    "differences",
    "figure_findings",
    "figures",
    "findings_table",
    "kept_findings",
    "manifest_findings",
    "plan_findings",
    "purged_findings",
    "ranked_values",
    "run_findings",
]


def run_findings(run: RunFolder, *, certificate: bool = True) -> list[Finding]:
    """Everything in a run folder that does not hold: its plan, its tables, its manifest, its files, what was added.

    Parameters
    ----------
    certificate
        Check the certificate, too, where there is one.
    """
    plan = run.tables["assignments"]
    recomputed = figures(run.problem, plan)
    return [
        *plan_findings(run.problem, plan),
        *figure_findings(run.tables, recomputed),
        *manifest_findings(run),
        *kept_findings(run),
        *(
            certificate_findings(run, {name: recomputed.goals[name] for name in recomputed.ranked})
            if certificate
            else ()
        ),
    ]
