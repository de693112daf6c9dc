"""planner: a training scheme for public officials becomes a five-year schedule that reaches as much of its targets as
possible, provably.

What a command does, a function of the same name does; it returns tables. A scenario may be a file or plain mappings, a
roster a file or a frame; that no plan exists is an answer, not an exception.

>>> import planner
>>> problem = planner.load("scenarios/hoang-su-phi/base.yaml")
>>> plan = planner.solve(problem)
>>> plan.status
'optimal'
>>> fewer = planner.load(problem, overlay={"seats": {"district_advanced": {"per_year": {"max": 4}}}})
>>> planner.compare({"base": plan, "fewer": fewer}).goals  # doctest: +SKIP
>>> planner.charts.utilisation(planner.tabulation.utilisation(plan))  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.analysis.given import what_if
    from planner.analysis.replanning.review import Review
    from planner.analysis.risk.resilient import Resilience
    from planner.analysis.risk.result import Risk
    from planner.analysis.stopping import stoppable
    from planner.analysis.what_if import WhatIf
    from planner.common.errors import InputError, PlannerError, StoppedError
    from planner.common.workers import Parallel
    from planner.inputs.loading import load
    from planner.inputs.problem import Problem
    from planner.inputs.roster.imported import ImportedRoster
    from planner.inputs.scenario.confinement import outside_allowed
    from planner.inputs.scenario.schema import Scenario
    from planner.library.answer import Answer
    from planner.library.folders import tidy
    from planner.library.importing import import_roster
    from planner.library.personal_data.purging import Purged
    from planner.library.plans import check, solve, verify
    from planner.library.privacy import Pseudonyms, pseudonymise, purge, undo_pseudonyms
    from planner.library.proofs import check_proof, prove
    from planner.library.published import audit, example, generate, init, reconstruct
    from planner.library.questions import (
        backbone,
        conflict,
        explain,
        explain_all,
        fairness,
        frontier,
        missed,
        value,
    )
    from planner.library.resilient import resilient, write_resilience
    from planner.library.review import review, sequel, write_sequel
    from planner.library.risk import risk, risk_recourse, write_risk
    from planner.library.schemes import export, init_excel
    from planner.library.studies import compare
    from planner.library.years import Replan, Substitution, ledger, record, replan, reserves, substitutes
    from planner.model.check import Check
    from planner.plans import summary, tabulation
    from planner.plans.plan import Plan
    from planner.plans.run_folder import Run, read_run, write_run
    from planner.proof.checked import Proof
    from planner.published.audit import Audit
    from planner.published.generator import Generated
    from planner.published.reconstruction import Reconstruction
    from planner.report import charts
    from planner.report.charts.document import plot
    from planner.report.html.document import report
    from planner.report.html.review import write_review_page
    from planner.report.letters.document import Documents, copy_templates, letters
    from planner.report.letters.review import write_review_report
    from planner.report.workbook.document import Nominees, nominees, totals_for_others
    from planner.report.workbook.import_folder import write_import
    from planner.report.workbook.review import write_review_workbook
    from planner.report.workbook.year import year_workbook
    from planner.studies.comparison import Comparison
    from planner.studies.sweep import Sweep
    from planner.studies.sweep import run_sweep as sweep
    from planner.years.ledger import Recorded
    from planner.years.sequel import Sequel

__all__ = [
    "Answer",
    "Audit",
    "Check",
    "Comparison",
    "Documents",
    "Generated",
    "ImportedRoster",
    "InputError",
    "Nominees",
    "Parallel",
    "Plan",
    "PlannerError",
    "Problem",
    "Proof",
    "Pseudonyms",
    "Purged",
    "Reconstruction",
    "Recorded",
    "Replan",
    "Resilience",
    "Review",
    "Risk",
    "Run",
    "Scenario",
    "Sequel",
    "StoppedError",
    "Substitution",
    "Sweep",
    "WhatIf",
    "audit",
    "backbone",
    "charts",
    "check",
    "check_proof",
    "compare",
    "conflict",
    "copy_templates",
    "example",
    "explain",
    "explain_all",
    "export",
    "fairness",
    "frontier",
    "generate",
    "import_roster",
    "init",
    "init_excel",
    "ledger",
    "letters",
    "load",
    "missed",
    "nominees",
    "outside_allowed",
    "plot",
    "prove",
    "pseudonymise",
    "purge",
    "read_run",
    "reconstruct",
    "record",
    "replan",
    "report",
    "reserves",
    "resilient",
    "review",
    "risk",
    "risk_recourse",
    "sequel",
    "solve",
    "stoppable",
    "substitutes",
    "summary",
    "sweep",
    "tabulation",
    "tidy",
    "totals_for_others",
    "undo_pseudonyms",
    "value",
    "verify",
    "what_if",
    "write_import",
    "write_resilience",
    "write_review_page",
    "write_review_report",
    "write_review_workbook",
    "write_risk",
    "write_run",
    "write_sequel",
    "year_workbook",
]

_HOMES = {  # public name -> module:attribute, or the module that it is
    "Answer": "library.answer:Answer",
    "Audit": "published.audit:Audit",
    "Check": "model.check:Check",
    "Comparison": "studies.comparison:Comparison",
    "Documents": "report.letters.document:Documents",
    "Generated": "published.generator:Generated",
    "ImportedRoster": "inputs.roster.imported:ImportedRoster",
    "InputError": "common.errors:InputError",
    "Nominees": "report.workbook.document:Nominees",
    "Parallel": "common.workers:Parallel",
    "Plan": "plans.plan:Plan",
    "PlannerError": "common.errors:PlannerError",
    "Problem": "inputs.problem:Problem",
    "Proof": "proof.checked:Proof",
    "Pseudonyms": "library.privacy:Pseudonyms",
    "Purged": "library.personal_data.purging:Purged",
    "Reconstruction": "published.reconstruction:Reconstruction",
    "Recorded": "years.ledger:Recorded",
    "Replan": "library.years:Replan",
    "Resilience": "analysis.risk.resilient:Resilience",
    "Review": "analysis.replanning.review:Review",
    "Risk": "analysis.risk.result:Risk",
    "Run": "plans.run_folder:Run",
    "Scenario": "inputs.scenario.schema:Scenario",
    "Sequel": "years.sequel:Sequel",
    "StoppedError": "common.errors:StoppedError",
    "Substitution": "library.years:Substitution",
    "Sweep": "studies.sweep:Sweep",
    "WhatIf": "analysis.what_if:WhatIf",
    "audit": "library.published:audit",
    "backbone": "library.questions:backbone",
    "charts": "report.charts",
    "check": "library.plans:check",
    "check_proof": "library.proofs:check_proof",
    "compare": "library.studies:compare",
    "conflict": "library.questions:conflict",
    "copy_templates": "report.letters.document:copy_templates",
    "example": "library.published:example",
    "explain": "library.questions:explain",
    "explain_all": "library.questions:explain_all",
    "export": "library.schemes:export",
    "fairness": "library.questions:fairness",
    "frontier": "library.questions:frontier",
    "generate": "library.published:generate",
    "import_roster": "library.importing:import_roster",
    "init": "library.published:init",
    "init_excel": "library.schemes:init_excel",
    "ledger": "library.years:ledger",
    "letters": "report.letters.document:letters",
    "load": "inputs.loading:load",
    "missed": "library.questions:missed",
    "nominees": "report.workbook.document:nominees",
    "outside_allowed": "inputs.scenario.confinement:outside_allowed",
    "plot": "report.charts.document:plot",
    "prove": "library.proofs:prove",
    "pseudonymise": "library.privacy:pseudonymise",
    "purge": "library.privacy:purge",
    "read_run": "plans.run_folder:read_run",
    "reconstruct": "library.published:reconstruct",
    "record": "library.years:record",
    "replan": "library.years:replan",
    "reserves": "library.years:reserves",
    "report": "report",
    "review": "library.review:review",
    "sequel": "library.review:sequel",
    "resilient": "library.resilient:resilient",
    "risk": "library.risk:risk",
    "risk_recourse": "library.risk:risk_recourse",
    "solve": "library.plans:solve",
    "stoppable": "analysis.stopping:stoppable",
    "substitutes": "library.years:substitutes",
    "summary": "plans.summary",
    "sweep": "studies.sweep:run_sweep",
    "tabulation": "plans.tabulation",
    "tidy": "library.folders:tidy",
    "totals_for_others": "report.workbook.document:totals_for_others",
    "undo_pseudonyms": "library.privacy:undo_pseudonyms",
    "value": "library.questions:value",
    "verify": "library.plans:verify",
    "what_if": "analysis.given:what_if",
    "write_import": "report.workbook.import_folder:write_import",
    "write_review_page": "report.html.review:write_review_page",
    "write_review_report": "report.letters.review:write_review_report",
    "write_review_workbook": "report.workbook.review:write_review_workbook",
    "write_resilience": "library.resilient:write_resilience",
    "write_risk": "library.risk:write_risk",
    "write_run": "plans.run_folder:write_run",
    "write_sequel": "library.review:write_sequel",
    "year_workbook": "report.workbook.year:year_workbook",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the engines take a second, `import planner` should not."""
    if name not in _HOMES:
        raise AttributeError(f"module 'planner' has no attribute '{name}'")
    module, _, attribute = _HOMES[name].partition(":")
    found = import_module(f"planner.{module}")
    return getattr(found, attribute) if attribute else found


def __dir__() -> list[str]:
    """The public names, for whoever asks an interpreter to complete them."""
    return __all__
