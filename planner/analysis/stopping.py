"""Questions that are not wanted any more: another thread stops them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from planner.analysis.partial_answers import is_out_of_time
from planner.common.errors import InputError, StoppedError
from planner.optimiser.integer_program import ended_by
from planner.optimiser.single_search import DeafEngineError


@contextmanager
def stoppable(event: Event) -> Iterator[None]:
    """Questions asked in the block, in this thread, end within about a second after another thread sets an event.

    What was asked about stays as it was, and as warm; so do answers that a run folder keeps. Other threads go on.

    Parameters
    ----------
    event
        Where it is set before, nothing is begun.

    Returns
    -------
    context manager
        For one `with` block; blocks of several threads know nothing of each other.

    Raises
    ------
    StoppedError
        The event was set. Nothing that was answered in the block is to be used: it may have been cut short.
    """
    if event.is_set():
        raise StoppedError
    try:
        with ended_by(event):
            yield
    except InputError as error:
        if event.is_set() and is_out_of_time(error):
            raise StoppedError from None
        raise
    except DeafEngineError:
        raise StoppedError from None
    if event.is_set():
        raise StoppedError
