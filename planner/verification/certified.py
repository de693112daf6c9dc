"""The certificate of a run, where it holds one: that it proves what it says of this plan."""

from __future__ import annotations

from collections.abc import Mapping

from planner.common.arrays import MOST_BYTES
from planner.common.certificates import PROOF
from planner.common.errors import InputError
from planner.common.files import content_of
from planner.verification.findings import Finding, phrase
from planner.verification.kept import fingerprint
from planner.verification.manifest import RunFolder
from planner.verification.numbers import Number
from planner.verification.proof.held import held


def certificate_findings(run: RunFolder, values: Mapping[str, Number]) -> tuple[Finding, ...]:
    """What does not hold of the certificate of a run; nothing where it has none.

    Parameters
    ----------
    values
        The plan's value of each goal, recomputed.
    """
    file = run.folder / PROOF
    if not file.is_file():
        return ()
    try:
        content = content_of(file, MOST_BYTES)
    except (OSError, InputError):
        return (Finding("proof", (PROOF,), phrase("proof_damaged"), phrase("proof_sound")),)
    return held(run.problem, values, content, fingerprint(run)).findings
