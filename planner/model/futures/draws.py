"""Random numbers with an address: the same person, event and year draw the same number in every plan.

The numbers of one address are a stream of their own, keyed by a digest of the address; the number of a future is the
one at its place in the stream. So they depend on nothing else: not on the plan, the order of the rows, the block in
which they are drawn, or how many futures there are.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

BITS = 53
"""Of a drawn number; a chance is told apart to 2**-53."""
PER_STEP = 4
"""Numbers that the generator makes in one step; blocks begin at a multiple of it."""


@dataclass(frozen=True)
class Draws:
    """The numbers of some futures, in a row.

    Attributes
    ----------
    seed
        Part of every address.
    first
        The place of the first future, a multiple of `PER_STEP`.
    count
        How many futures there are.
    """

    seed: int
    first: int
    count: int

    def happens(self, rate: float, event: str, cadre: str, programme: str, year: int) -> np.ndarray:
        """In which futures something of the chance `rate` happens: where the drawn number is below it."""
        address = "|".join((str(self.seed), event, cadre, programme, str(year)))
        digest = hashlib.sha256(address.encode("utf-8")).digest()
        stream = np.random.Philox(key=int.from_bytes(digest[:16], "big"))
        if self.first:
            stream.advance(self.first // PER_STEP)
        drawn = stream.random_raw(self.count) >> np.uint64(64 - BITS)
        return np.asarray(drawn < np.uint64(round(rate * 2**BITS)))
