"""The cases and the instances they are made of: which scenario, of which size, drawn from which seed.

smallest
    Some tens of cadres: eight agencies of a generated district, with seats to match. Every engine proves it in seconds.
district
    The scheme of Hoàng Su Phì, `scenarios/hoang-su-phi/base.yaml`: 978 cadres. The seed changes nothing.
province
    11 generated districts that share the province's seats.
country
    11, 33 and 100 districts, provinces of 11 at most: one instance each, for the curve.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from planner.published.generator import SCENARIO, Generated, default_published, generate, write_generated

ROOT = Path(__file__).resolve().parent.parent
DISTRICT = ROOT / "scenarios" / "hoang-su-phi" / "base.yaml"

AGENCIES = 8  # of the smallest case
SEATS = 0.15  # of a district's, for the smallest case: scarce, but not for everybody


@dataclass(frozen=True)
class WhatIf:
    """A case of the benchmark.

    Attributes
    ----------
    sizes
        The districts of its instances [districts].
    limit
        For each goal of an engine, unless told otherwise [seconds].
    compared
        Whether the other engines run, unless told otherwise.
    drawn
        Whether its scenarios are drawn from the seed in any number of districts.
    """

    name: str
    sizes: tuple[int, ...]
    limit: float
    compared: bool = True
    drawn: bool = True

    def scenario(self, districts: int, seed: int, folder: Path) -> Path:
        """The scenario file of an instance; what is generated is written into `folder`."""
        if self.name == "district":
            return DISTRICT
        found = generate(default_published(), districts, seed=seed) if self.drawn else _few_agencies(seed)
        write_generated(found, folder)
        return folder / SCENARIO


CASES = {
    case.name: case
    for case in (
        WhatIf("smallest", (1,), 60, drawn=False),
        WhatIf("district", (1,), 60, drawn=False),
        WhatIf("province", (11,), 120),
        WhatIf("country", (11, 33, 100), 1200, compared=False),
    )
}


def _few_agencies(seed: int) -> Generated:
    """Some agencies of a generated district: their cadres, and every pool with few seats."""
    published = default_published()
    district = generate(published, 1, seed=seed, scarcity=SEATS, shared=list(published.scenario.seats))
    codes = district.agencies["agency"]
    kept = np.random.default_rng(seed).choice(codes, AGENCIES, replace=False)
    roster = district.roster[district.roster["agency"].isin(kept)]
    return replace(district, roster=roster, agencies=district.agencies[codes.isin(kept)])
