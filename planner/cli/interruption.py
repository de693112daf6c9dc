"""Ctrl-C and SIGTERM: heard from the first moment on, in every phase; nothing half-written and no process is left.

The main thread hears a signal between two steps of Python. While it is in an engine, which takes seconds, a thread that
is woken by the signal itself does what is to be done. Only what is needed before anything else is imported here.
"""

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import Any

from planner.cli.exit_codes import INTERRUPTED, TERMINATED

ENDS = {int(signal.SIGINT): INTERRUPTED, int(signal.SIGTERM): TERMINATED}
PATIENCE = 0.2
"""How long the main thread has to hear a signal itself [seconds]."""
LONGEST = 3.0
"""After which what takes the drafts away is given up: a disk may not answer [seconds]."""
spoken: list[str] = []
"""The language of the command, once it is known."""
_ending: list[int] = []
_begun = threading.Lock()
_able = threading.Event()
"""Set once the sentences are there."""
_early: list[int] = []
"""Signals heard before."""


def listen() -> None:
    """Hear Ctrl-C and SIGTERM from now on, in the main thread of a process of its own; once is enough."""
    if signal.getsignal(signal.SIGTERM) is _heard:
        return
    for number in ENDS:
        signal.signal(number, _heard)
    if os.name != "nt":  # where signals wake nothing but a socket
        told, tell = os.pipe()
        os.set_blocking(tell, False)
        signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
        threading.Thread(target=_watch, args=(told,), name="signals", daemon=True).start()
    from planner.messages import catalogue

    catalogue()
    _able.set()
    for number in _early[:1]:
        _end(number)


def _heard(number: int, frame: FrameType | None) -> None:
    """In the main thread: end, as soon as the sentences are there to say so; again, while it ends, do nothing."""
    if not _able.is_set():
        _early.append(number)
    elif _ending != [threading.get_ident()]:
        _end(number)


def _watch(told: int) -> None:
    """In a thread: end where the main thread does not, and give up what takes too long."""
    while (number := int.from_bytes(os.read(told, 1), "big")) not in ENDS:
        pass
    _able.wait(LONGEST)
    time.sleep(PATIENCE)
    threading.Timer(LONGEST, os._exit, [ENDS[number]]).start()
    _end(number)


def _end(number: int) -> None:
    """Stop what was started, take the drafts away, say what is known, and end at once; one thread does it, once."""
    if not _begun.acquire(blocking=False):
        while True:  # another thread ends the process; this one does nothing more
            time.sleep(LONGEST)
    _ending[:] = [threading.get_ident()]
    with suppress(Exception):
        _of("planner.common.workers", "stop_workers")()
    with suppress(Exception):
        _of("planner.common.drafts", "remove_drafts")()
    try:
        _tell()
    except Exception:  # noqa: BLE001 -- whatever it was, the process ends
        with suppress(Exception):
            _say("interrupted")
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(ENDS[number])


def _tell() -> None:
    """What is known, if anything can be by now; else that nothing was written."""
    from planner.messages import language, speaking

    with speaking(spoken[0] if spoken else language()):
        if (told := _of("planner.report.terminal.progress", "print_interrupted", None)) is not None:
            told()
        elif finished := _of("planner.common.drafts", "finished", ()):
            _say("interrupted_written", paths=", ".join(map(str, finished)))
        else:
            _say("interrupted")


def _say(key: str, **values: object) -> None:
    """A sentence, past whatever the interrupted step does to standard error."""
    from planner.messages import say

    os.write(2, f"{say(key, **values)}\n".encode())


def _of(module: str, name: str, otherwise: Any = lambda: None) -> Any:
    """What a module holds, if it is imported whole by now."""
    return getattr(sys.modules.get(module), name, otherwise)
