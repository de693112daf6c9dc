"""A Dask cluster as an executor: encrypted, never waited for without a limit, and what comes back is data.

A task goes to the cluster as a pickle, without what names persons (`planner.common.departure`): whoever has the
cluster's certificate is trusted to hand it work. Back come bytes that hold data alone (`planner.common.plain_data`),
whatever the workers have become meanwhile; Dask's own pickles are not read either
(`planner.common.received_pickles`). Whoever asked looks whether an answer can be true.
"""

from __future__ import annotations

import asyncio
import ipaddress
import pickle
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from planner.common.departure import pickled_to_leave
from planner.common.errors import Fault, InputError, PlannerError, TaskCrashedError
from planner.common.plain_data import NotDataError, packed, unpacked
from planner.common.received_pickles import guard, release

P = ParamSpec("P")
T = TypeVar("T")

AS_A_GUEST: dict[str, Any] = {"set_as_default": False, "direct_to_workers": False}
ENCRYPTED = ("tls", "wss")
KINDS = {kind.__name__: kind for kind in (InputError, TaskCrashedError)}
"""The errors that a task may end with as themselves."""


class ClusterLostError(PlannerError):
    """A cluster does not answer any more, or has no workers left."""


@dataclass(frozen=True)
class Waits:
    """How long is waited for a cluster [seconds].

    Attributes
    ----------
    connect
        For the scheduler's first answer.
    answer
        For any later answer of the scheduler, and for a result that is there to arrive.
    workers
        For the first worker, and for another one once there is none.
    sign
        For any sign of life of any worker.
    late
        For a task, beyond what it may take.
    look
        Between two looks at all this.
    """

    connect: float = 5.0
    answer: float = 30.0
    workers: float = 30.0
    sign: float = 90.0
    late: float = 120.0
    look: float = 1.0


WAITS = Waits()

_unencrypted: ContextVar[bool] = ContextVar("unencrypted", default=False)


@contextmanager
def allowing_unencrypted(*, allowed: bool = True) -> Iterator[None]:
    """Inside the block a cluster at any address may be used without TLS."""
    before = _unencrypted.set(allowed)
    try:
        yield
    finally:
        _unencrypted.reset(before)


@contextmanager
def on_cluster(address: str, *, insecure: bool = False, waits: Waits | None = None) -> Iterator[tuple[Executor, int]]:
    """A Dask cluster as an executor, and its threads. A task whose worker dies is started again on another.

    Raises
    ------
    InputError
        Dask is not installed; the address is not on this machine and not encrypted, and that is not allowed; no
        scheduler answers there, or none to whom the certificates speak; it has no workers.
    """
    _check_encrypted(address, allowed=insecure or _unencrypted.get())
    limits = waits or WAITS
    with _client(address, limits) as client, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph")  # a part of a province is some 20 MB, sent once
        executor = ClusterExecutor(client, address, limits)
        try:
            yield executor, _threads(client, address, limits)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def begun(executor: Executor, seconds: float, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """Hand over a task that takes at most so long by itself [seconds]; a cluster is held to that, and some more."""
    if isinstance(executor, ClusterExecutor):
        return executor.submit_within(seconds, fn, *args, **kwargs)
    return executor.submit(fn, *args, **kwargs)


class ClusterExecutor(Executor):
    """Hands tasks to a cluster and takes data back; whatever is still open when the cluster is lost, fails then."""

    def __init__(self, client: Any, address: str, waits: Waits) -> None:
        self._client, self._address, self._waits = client, address, waits
        self._open: dict[Future[Any], float] = {}  # the longest that each may take
        self._lock = threading.Lock()
        self._lost: PlannerError | None = None
        self._came = time.monotonic()
        self._ended = threading.Event()
        threading.Thread(target=self._watch, name="cluster-watch", daemon=True).start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn(*args, **kwargs)` on the cluster, as long as some worker there is alive."""
        return self.submit_within(float("inf"), fn, *args, **kwargs)

    def submit_within(self, seconds: float, fn: Callable[..., T], *args: Any, **kwargs: Any) -> Future[T]:
        """The same, if it takes at most so long [seconds], counted from when another one ended."""
        ours: Future[T] = Future()
        with self._lock:
            if not self._open:
                self._came = time.monotonic()
            self._open[ours] = seconds
        if self._lost is not None:
            self._end(ours, self._lost)
            return ours
        theirs = self._client.submit(answered, pickled_to_leave((fn, args, kwargs)), pure=False)
        ours.add_done_callback(lambda done: theirs.cancel() if done.cancelled() and not self._ended.is_set() else None)
        theirs.add_done_callback(lambda done: self._receive(done, ours))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Look no longer; with `cancel_futures` give up what is open."""
        with self._lock:
            left = list(self._open)
        if cancel_futures:
            for future in left:
                future.cancel()
        elif wait:
            for future in left:
                with suppress(Exception):
                    future.exception()
        self._ended.set()

    def _receive(self, theirs: Any, ours: Future[Any]) -> None:
        """Take what a task has ended with; all of Dask's reading is done in the guarded thread of the client."""
        if ours.done():
            self._end(ours)
            return
        try:
            good, found = _answer(theirs.result(timeout=self._waits.answer))
        except NotDataError as error:
            self._end(ours, PlannerError(Fault("cluster_no_data", {"address": self._address, "found": str(error)})))
        except Exception:  # noqa: BLE001 -- Dask's own, of which nothing is believed
            self._end(ours, self._lost or self._gone(theirs))
        else:
            self._end(ours, None if good else found, found)

    def _gone(self, theirs: Any) -> PlannerError:
        """Why a task has no answer: its workers died of it, or it was given up with the connection."""
        if theirs.status == "error":
            return TaskCrashedError(Fault("task_crashed", {"status": "-"}))
        return ClusterLostError(Fault("cluster_silent", {"address": self._address, "seconds": self._waits.answer}))

    def _end(self, ours: Future[Any], error: PlannerError | None = None, found: Any = None) -> None:
        with self._lock:
            self._open.pop(ours, None)
            self._came = time.monotonic()
            if ours.done():
                return
            ours.set_running_or_notify_cancel()
        if error is None:
            ours.set_result(found)
        else:
            ours.set_exception(error)

    def _watch(self) -> None:
        """See to it that nobody waits for a cluster that is lost."""
        waits = self._waits
        heard = alive = seen = time.monotonic()
        signs: dict[str, float] = {}
        while not self._ended.wait(waits.look):
            now = time.monotonic()
            told = _identity(self._client, min(waits.answer, 5 * waits.look))
            if told is not None:
                heard = time.monotonic()
                workers = {name: worker.get("last_seen") for name, worker in told.items()}
                alive = now if workers or not self._open else alive
                seen = now if workers != signs or not self._open else seen
                signs = workers
            with self._lock:
                longest, still = max(self._open.values(), default=float("inf")), time.monotonic() - self._came
            if time.monotonic() - heard > waits.answer:
                self._lose("cluster_silent", waits.answer)
            elif told is not None and now - alive > waits.workers:
                self._lose("cluster_no_workers", waits.workers)
            elif told is not None and now - seen > waits.sign:
                self._lose("cluster_no_sign", waits.sign)
            elif still > longest + waits.late:
                self._lose("cluster_late", longest + waits.late)

    def _lose(self, key: str, seconds: float) -> None:
        """Fail what is open, and what comes later."""
        self._lost = ClusterLostError(Fault(key, {"address": self._address, "seconds": round(seconds)}))
        with self._lock:
            left = list(self._open)
        for future in left:
            self._end(future, self._lost)
        self._ended.set()


def answered(asked: bytes) -> bytes:
    """What a worker does: run a task, and answer in data; an error of planner's is an answer, too."""
    function, args, kwargs = pickle.loads(asked)  # noqa: S301 -- whoever hands over work is trusted
    try:
        return packed((True, function(*args, **kwargs)))
    except PlannerError as error:
        return packed((False, [type(error).__name__, _faults(error)]))
    except Exception as error:  # noqa: BLE001 -- told as a text, and raised where it was asked
        return packed((False, ["", [("task_failed", {"reason": f"{type(error).__name__}: {error}"}, None, None)]]))


def _faults(error: PlannerError) -> list[tuple[str, dict[str, Any], str | None, int | None]]:
    """What an error says: key, values, file and line of each fault."""
    own = error.faults if isinstance(error, InputError) else ()
    faults = own or tuple(each for each in error.args if isinstance(each, Fault))
    told = [(each.key, {name: _plain(value) for name, value in each.values.items()}, each) for each in faults]
    found = [(key, values, None if each.file is None else str(each.file), each.line) for key, values, each in told]
    return found or [("task_failed", {"reason": str(error)}, None, None)]


def _plain(value: Any) -> Any:
    """A value of a sentence, as a text where it is no data."""
    try:
        packed(value)
    except NotDataError:
        return str(value)
    return value


def _answer(content: Any) -> tuple[bool, Any]:
    """Whether a task ended well, and its result; or the error that it ended with."""
    if not isinstance(content, bytes):
        raise NotDataError(type(content).__name__)
    match unpacked(content):
        case (True, found):
            return True, found
        case (False, [str(kind), list(faults)]):
            try:
                told = [Fault(key, values, file=file, line=line) for key, values, file, line in faults]
                for each in told:
                    str(each)
            except (TypeError, ValueError, KeyError, IndexError) as error:
                raise NotDataError(type(error).__name__) from None
            return False, InputError(told) if kind == "InputError" else KINDS.get(kind, PlannerError)(*told)
    raise NotDataError("answer")


# --- the connection -------------------------------------------------------------------------------------------------


def _check_encrypted(address: str, *, allowed: bool) -> None:
    """Refuse an address on another machine at which everything would travel readable, unless that is allowed."""
    scheme, host = _parts(address)
    if scheme in ENCRYPTED or allowed or _on_this_machine(host):
        return
    raise InputError(Fault("cluster_unencrypted", {"address": address}))


def _parts(address: str) -> tuple[str, str]:
    """The protocol of an address and its host."""
    try:
        whole = urlsplit(address if "://" in address else f"tcp://{address}")
        host = whole.hostname or ""
    except ValueError:
        return "", ""
    return whole.scheme, host


def _on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _client(address: str, waits: Waits) -> Iterator[Any]:
    """A client whose thread reads no pickles but plain ones."""
    try:
        from distributed import Client
        from distributed.utils import LoopRunner
    except ImportError:
        raise InputError(Fault("no_cluster_library")) from None
    runner: Any = LoopRunner()
    runner.start()
    thread = runner.run_sync(_own_thread)
    guard(thread)
    made: list[Any] = []

    async def connect() -> None:
        made.append(Client(address, asynchronous=True, timeout=waits.connect, **AS_A_GUEST))  # type: ignore[no-untyped-call]
        await asyncio.wait_for(made[0], waits.connect)

    try:
        try:
            runner.run_sync(connect, callback_timeout=2 * waits.connect)
        except (TypeError, RuntimeError) as error:  # what Dask says of certificates that are missing
            key = "cluster_no_certificates" if _parts(address)[0] in ENCRYPTED else "no_cluster"
            raise InputError(Fault(key, {"address": address, "reason": str(error)})) from None
        except Exception:  # noqa: BLE001 -- whatever speaks there is no scheduler: its bytes are read as lengths
            raise InputError(Fault("no_cluster", {"address": address})) from None
        yield made[0]
    finally:
        for client in made:
            with suppress(Exception):
                client.close(timeout=waits.look)
        with suppress(Exception):
            runner.stop(timeout=waits.look)
        release(thread)


async def _own_thread() -> int:
    return threading.get_ident()


def _threads(client: Any, address: str, waits: Waits) -> int:
    """The threads of the cluster's workers, once there are some."""
    ends = time.monotonic() + waits.workers
    while not (found := _identity(client, waits.answer)):
        if found is None:
            raise InputError(Fault("cluster_silent", {"address": address, "seconds": round(waits.answer)}))
        if time.monotonic() > ends:
            raise InputError(Fault("cluster_no_workers", {"address": address, "seconds": round(waits.workers)}))
        time.sleep(waits.look / 10)
    return sum(worker["nthreads"] for worker in found.values())


def _identity(client: Any, seconds: float) -> dict[str, Any] | None:
    """The workers as the scheduler knows them; None where it does not answer in time."""
    try:
        told = client.sync(client.scheduler.identity, callback_timeout=seconds)
        return dict(told["workers"])
    except Exception:  # noqa: BLE001 -- Dask's own: closed, late, cut off
        return None
