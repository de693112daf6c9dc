"""What Dask unpickles of what comes over a wire: in the threads of a guarded client nothing but plain values.

Dask pickles more than answers: their types, the errors of tasks, warnings. Whoever owns a worker could put a call of
any function there. In guarded threads such a pickle becomes a `RefusedPickleError` instead; it is not raised, so that
one does not cut off the stream in which it comes. All else in the process reads pickles as before.
"""

from __future__ import annotations

import builtins
import io
import pickle
import threading
from typing import Any

PLAIN_TYPES = {"bytes", "str", "int", "float", "bool", "tuple", "list", "dict", "set", "frozenset", "NoneType"}
TRACEBACK, ERROR = b"unpickle_traceback", b"unpickle_exception"
"""What tblib, by which Dask pickles them, calls in the pickle of a traceback; in that of an error, which has one."""
OFFLOADED = "Dask-Offload"  # the threads in which Dask reads large messages, for whoever they are

_guarded: set[int] = set()


class RefusedPickleError(Exception):
    """What stands for a pickle that was not read."""


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values, their types and Python's own errors."""

    def find_class(self, module: str, name: str) -> Any:
        found = getattr(builtins, name, None) if module == "builtins" else None
        if isinstance(found, type) and (name in PLAIN_TYPES or issubclass(found, BaseException)):
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


class _GuardedPickle:
    """The module `pickle` as Dask sees it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(pickle, name)

    def loads(self, content: Any, /, **how: Any) -> Any:
        """Read a pickle; in a guarded thread a plain one."""
        thread = threading.current_thread()
        if thread.ident not in _guarded and not (_guarded and thread.name.startswith(OFFLOADED)):
            return pickle.loads(content, **how)  # noqa: S301 -- not ours
        content = bytes(content)
        if TRACEBACK in content and ERROR not in content:
            return None
        try:
            return _PlainUnpickler(io.BytesIO(content), **how).load()
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is not read
            return RefusedPickleError(f"{type(error).__name__}: {error}")


def guard(thread: int | None) -> None:
    """From now on this thread reads plain pickles only."""
    import distributed.protocol.pickle as dask_pickle

    seen = vars(dask_pickle)
    if not isinstance(seen["pickle"], _GuardedPickle):
        seen["pickle"] = _GuardedPickle()
    if thread is not None:
        _guarded.add(thread)


def release(thread: int | None) -> None:
    """The thread has ended; its number may come again."""
    _guarded.discard(thread or 0)
