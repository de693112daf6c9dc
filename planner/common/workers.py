"""Where tasks run: a process for each, so that a crash loses one task only; or a cluster.

With `ProcessPoolExecutor` one abort of an engine loses every task that is waiting or at work.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from planner.common.cluster import on_cluster
from planner.common.drafts import tidy
from planner.common.errors import Fault, TaskCrashedError

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Parallel:
    """Where the tasks of a question or a sweep run, and how many at the same time.

    Attributes
    ----------
    at_once
        Tasks at the same time; by default the machine's cores, on a cluster its threads.
    cluster
        The address of a running Dask scheduler; empty: this machine, a process of its own for each task. Beyond this
        machine it must be encrypted (`tls://`).
    insecure
        Whether the cluster may be one on another machine without TLS all the same.
    executor
        Anything that runs tasks, used as it is, instead of `cluster`.
    limit_s
        What one question may take [seconds]; by default the scenario's `solver.time_limit_s`, and twice as long as the
        last time where it was asked before in vain.
    keep_in
        A run folder in which the answers to a batch of questions are kept as they are found, so that it goes on where
        it was cut off; None: nothing is kept.
    """

    at_once: int | None = None
    cluster: str = ""
    executor: Executor | None = None
    limit_s: float | None = None
    keep_in: Path | None = None
    insecure: bool = False

    @property
    def elsewhere(self) -> bool:
        """Whether what comes back was made by machines that need not be believed."""
        return bool(self.cluster) or self.executor is not None


THIS_MACHINE = Parallel()
START = 0.5
"""What the start of a process may take, when all are to end [seconds]."""
_at_work: weakref.WeakSet[ProcessPerTask] = weakref.WeakSet()


class ProcessPerTask(Executor):
    """At most `workers` processes at once, each started afresh (spawn) for one task.

    A task and its answer are pickled, so its function must stand at the top of a module. A future whose process died
    raises `TaskCrashedError`.
    """

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="task")
        self._context = multiprocessing.get_context("spawn")
        self._running: set[BaseProcess] = set()
        self._lock = threading.RLock()
        self._stopped = False
        _at_work.add(self)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn(*args, **kwargs)` in a process of its own."""
        return self._threads.submit(self._run, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Start nothing more; with `cancel_futures` also end what is at work."""
        if cancel_futures:
            with self._lock:
                self.kill()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)

    def kill(self) -> None:
        """Start nothing more, and end what is at work."""
        self._stopped = True
        for process in self.running:
            process.kill()

    def stop(self) -> None:
        """End what is at work before this process ends: what is being started is waited for, as long as that takes."""
        self._stopped = True
        known = self._lock.acquire(timeout=START)
        self.kill()
        if known:
            self._lock.release()

    @property
    def running(self) -> list[BaseProcess]:
        """The processes at work."""
        return [*self._running]

    def _run(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_answer, args=(there,), daemon=True)
        with self._lock:
            if self._stopped:
                raise TaskCrashedError(Fault("task_crashed", {"status": "-"}))
            resource_tracker.ensure_running()  # whose start lets signals through again
            with _interrupts_blocked():
                process.start()
            self._running.add(process)
        there.close()
        try:
            here.send((fn, args, kwargs))  # not with the start, which waits until all is read: it could not be stopped
            good, answer = here.recv()
        except (EOFError, OSError):
            process.join()
            raise TaskCrashedError(Fault("task_crashed", {"status": process.exitcode})) from None
        finally:
            here.close()
            process.join()
            with self._lock:
                self._running.discard(process)
        if not good:
            raise answer
        return answer


def stop_workers() -> None:
    """End every task's process before this one ends; what they had among the temporary files goes, too."""
    stopped = [*_at_work]
    for place in stopped:
        place.stop()
    if stopped:
        wait([process.sentinel for place in stopped for process in place.running], START)
        tidy(Path(tempfile.gettempdir()))


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """A process started in the block inherits a blocked Ctrl-C, until it ignores it itself."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer(there: Connection) -> None:
    """What a task's process does. It leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        fn, args, kwargs = there.recv()
        message = True, fn(*args, **kwargs)
    except EOFError:  # the parent has died
        return
    except Exception as error:  # noqa: BLE001 -- it is the caller's to handle
        message = False, error
    try:
        there.send(message)
    except OSError:  # the parent has died
        return
    there.close()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@contextmanager
def workplace(parallel: Parallel) -> Iterator[tuple[Executor, int]]:
    """Where tasks run, and how many to hand over at a time; processes that were started end with the block.

    Raises
    ------
    InputError
        There is no cluster that may be used at the address.
    """
    if parallel.executor is not None:
        yield parallel.executor, parallel.at_once or os.cpu_count() or 1
    elif parallel.cluster:
        with on_cluster(parallel.cluster, insecure=parallel.insecure) as (shared, threads):
            yield shared, parallel.at_once or max(1, threads)
    else:
        number = parallel.at_once or os.cpu_count() or 1
        own = ProcessPerTask(number)
        try:
            yield own, number
        finally:
            own.shutdown(cancel_futures=True)


@contextmanager
def parts_place(parallel: Parallel) -> Iterator[Executor | None]:
    """Where the parts of one problem are solved; None: in threads of this process.

    Raises
    ------
    InputError
        There is no cluster that may be used at the address.
    """
    if not parallel.cluster:
        yield parallel.executor
        return
    with on_cluster(parallel.cluster, insecure=parallel.insecure) as (shared, _):
        yield shared
