"""What a certificate says it is about: the plan, and the value of each goal.

A certificate of another plan is told by it at a glance. That it proves anything is never taken from it:
`planner/verification/proof` checks that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from planner.common.arrays import UNREADABLE, arrays_of

PROOF = "proof.npz"
FORMAT = 2  # 2: it states which plan it is about
STATED = ("format", "plan", "ranked", "values")


class DamagedProofError(ValueError):
    """A file that holds no certificate."""


@dataclass(frozen=True)
class Statement:
    """The plan, by its fingerprint, and the value of each goal."""

    plan: str = ""
    values: Mapping[str, int | Fraction] = field(default_factory=dict)

    def arrays(self) -> dict[str, np.ndarray]:
        """How it is kept in a certificate: the arrays of `STATED`."""
        return {
            "format": np.array(FORMAT),
            "plan": np.array(self.plan),
            "ranked": np.array([*self.values], dtype=np.str_),
            "values": np.array([str(Fraction(value)) for value in self.values.values()], dtype=np.str_),
        }


def stated(content: bytes) -> Statement:
    """What the certificate in a `proof.npz` says it is about.

    Raises
    ------
    DamagedProofError
        It holds none.
    """
    try:
        arrays = arrays_of(content, STATED)
        check_format(arrays)
        pairs = zip(arrays["ranked"].tolist(), arrays["values"].tolist(), strict=True)
        values = {str(goal): Fraction(value) for goal, value in pairs}
    except (*UNREADABLE, ZeroDivisionError) as error:
        raise DamagedProofError from error
    whole = {goal: int(value) if value.denominator == 1 else value for goal, value in values.items()}
    return Statement(str(arrays["plan"]), whole)


def check_format(arrays: Mapping[str, np.ndarray]) -> None:
    """Refuse a certificate of another form.

    Raises
    ------
    DamagedProofError
        It has another.
    """
    if int(arrays["format"]) != FORMAT:
        raise DamagedProofError
