"""How a long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

OnProgress = Callable[[int, int], None]  # questions answered, of all


def silent(done: int, total: int) -> None:
    """What listens to progress unless somebody does."""
