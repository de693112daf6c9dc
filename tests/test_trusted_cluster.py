"""What a cluster may do to whoever uses it: read along, say nothing, die, answer code, lie. Each is noticed in time."""

from __future__ import annotations

import pickle
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import dask
import distributed
import numpy as np
import pandas as pd
import pytest
from distributed.security import Security
from small import small

from planner import Problem, load
from planner.analysis.price import Price
from planner.common import cluster
from planner.common.cluster import ClusterLostError, Waits, answered, begun, on_cluster
from planner.common.departure import pickled_to_leave
from planner.common.errors import Fault, InputError, PlannerError, TaskCrashedError
from planner.common.plain_data import NotDataError, packed, unpacked
from planner.optimiser.answers import Told
from planner.solver import solve_problem

SHORT = Waits(connect=1.0, answer=0.6, workers=0.6, sign=60.0, late=0.3, look=0.1)
IN_THREADS: dict[str, Any] = {
    "dashboard_address": None,
    "processes": False,
    "protocol": "tcp://",
    "host": "127.0.0.1",
    "threads_per_worker": 2,
}
SCHEME: dict[str, Any] = {
    "targets": {"all": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "seats": {"theory": {"programmes": ["school", "evening"], "who": {"sex": "F"}, "per_year": {"max": 1}}},
    "programmes": {"school": {"open": None}, "evening": {"open": None}},
}
PLACES: list[int] = []  # the threads in which the bomb went off


def bomb() -> str:
    """What must never be called by whoever reads an answer."""
    PLACES.append(threading.get_ident())
    return "gone off"


class Bomb:
    """A value that is code once it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[], str], tuple[()]]:
        return bomb, ()


class BombError(Exception):
    """An error that is code once it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[], str], tuple[()]]:
        return bomb, ()


def armed() -> Bomb:
    """Answers code."""
    return Bomb()


def array_of_bombs() -> np.ndarray:
    """Answers code inside an array."""
    return np.array([Bomb()], dtype=object)


def exploding() -> None:
    """Ends with code."""
    raise BombError


def no_data() -> bytes:
    """Answers bytes that say nothing."""
    return b"no answer"


def slow(seconds: float) -> float:
    """A task that takes its time."""
    time.sleep(seconds)
    return seconds


def refused() -> None:
    """A task that ends with an error of planner's."""
    raise InputError(Fault("no_cluster", {"address": "x"}, "scenario.yaml", 3))


# --- data -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        None,
        [True, 1, 10**30, 0.1, float("inf"), "Đỗ", b"\0\xff"],
        ((1,), {"a": {1, 2}, ("b", 2): frozenset({"c"})}, [], {}),
        Fraction(-7, 3),
        Path("runs") / "a",
        np.float64(0.1),
        Price(possible=True, change={"early": Fraction(1, 3)}, decided_by="early", gains=(("A", "b", 1),), loses=()),
    ],
)
def test_data_arrive_as_they_left(value: object) -> None:
    """The same value of the same kind."""
    arrived = unpacked(packed(value))
    assert arrived == value
    assert type(arrived) is type(value)


def test_arrays_and_tables_arrive_as_they_left() -> None:
    """Their kinds and the cells that are missing included."""
    array = np.array([[1.5, np.nan], [-np.inf, 0]])
    np.testing.assert_array_equal(unpacked(packed(array)), array)
    table = pd.DataFrame(
        {
            "cadre": ["A", "B"],
            "start": [2021, 2022],
            "share": [0.5, np.nan],
            "late": pd.array([1, None], dtype="Int64"),
            "of": pd.Series([None, 10**30], dtype=object),
            "empty": pd.Series([], dtype=str).reindex([0, 1]),
        }
    )
    pd.testing.assert_frame_equal(unpacked(packed(table)), table)
    pd.testing.assert_frame_equal(unpacked(packed(table.iloc[:0])), table.iloc[:0])


@pytest.mark.parametrize("value", [Bomb(), bomb, array_of_bombs(), object, pd.DataFrame({"a": [1]}, index=["x"])])
def test_what_is_no_data_does_not_leave(value: object) -> None:
    """Code and tables whose rows have names are refused where they are."""
    with pytest.raises(NotDataError):
        packed(value)


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps([1]),
        b"",
        b"{}",
        b'{"list":[1],"tuple":[]}',
        b'{"record":["os","system",{}]}',
        b'{"record":["planner.common.cluster","threading",{}]}',
        b'{"record":["planner.common.cluster","answered",{"asked":1}]}',
        b'{"record":["planner.common.cluster","Waits",{"connect":1}]}',
        b'{"record":["planner.nowhere","Waits",{}]}',
        b'{"table":[2,[["a","int64",[1]]]]}',
        b'{"fraction":[1,0]}',
        b'{"array":"gASVAA=="}',
        b'{"dict":[[{"list":[]},1]]}',
        b"[" * 100_000,
        b'{"list":' * 3000,
        None,
        "text",
    ],
)
def test_bytes_that_are_no_data_are_refused(content: Any) -> None:
    """Whatever another machine sends, it is data or one error."""
    with pytest.raises(NotDataError):
        unpacked(content)


def test_an_array_of_pickles_is_refused() -> None:
    """Numpy's own format can hold pickles; they are not read."""
    import base64
    import io

    target = io.BytesIO()
    np.save(target, array_of_bombs(), allow_pickle=True)
    before = len(PLACES)
    with pytest.raises(NotDataError):
        unpacked(b'{"array":"' + base64.b64encode(target.getvalue()) + b'"}')
    assert len(PLACES) == before


# --- the address ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["tcp://10.1.2.3:8786", "10.1.2.3:8786", "tcp://cluster.example:1", "ws://[::2]:1"])
def test_another_machine_without_tls_is_refused(address: str) -> None:
    """Before anything is sent; `--insecure` is named."""
    with pytest.raises(InputError, match="--insecure"), on_cluster(address):
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:1", "tcp://localhost:1", "tcp://[::1]:1"])
def test_this_machine_needs_no_tls(address: str) -> None:
    """Loopback is not a network: the address is tried."""
    with pytest.raises(InputError, match="no Dask scheduler"), on_cluster(address, waits=replace(SHORT, connect=0.1)):
        pass


def test_insecure_is_said_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--insecure` the address is tried, without it is not; a command without `--cluster` has no such option."""
    from commands import planner

    monkeypatch.setattr(cluster, "WAITS", replace(SHORT, connect=0.2))
    path = small(tmp_path)
    asked = "solve", str(path), "--cluster", "tcp://192.0.2.1:1"
    refused_, tried = planner(*asked), planner(*asked, "--insecure")
    assert refused_.returncode == tried.returncode == 2
    assert "--insecure" in refused_.stderr
    assert "no Dask scheduler answers at tcp://192.0.2.1:1" in tried.stderr
    assert planner("check", str(path), "--insecure").returncode == 2


# --- waiting --------------------------------------------------------------------------------------------------------


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever the block waits for has a limit; generous, for a machine that does other things as well."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@pytest.fixture(scope="module")
def workers() -> Iterator[distributed.LocalCluster]:
    """A scheduler and a worker in threads of this process, which speak over a socket as others do."""
    with distributed.LocalCluster(n_workers=1, **IN_THREADS) as running:
        yield running


class Wire:
    """A socket between client and scheduler that can go silent, or be cut."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition("//")[2].partition(":")
        self._to, self._silent, self._ends = (host, int(port)), threading.Event(), []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def silence(self) -> None:
        """Say nothing more, as a machine that was stopped."""
        self._silent.set()

    def cut(self) -> None:
        """Hang up, as a machine that has died."""
        self._silent.set()
        for end in (self._door, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                there = socket.create_connection(self._to)
                self._ends += [here, there]
                for one, other in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while (content := one.recv(1 << 16)) and not self._silent.is_set():
                other.sendall(content)


def test_a_server_that_says_nothing() -> None:
    """It accepts, and never speaks: given up."""
    with socket.create_server(("127.0.0.1", 0)) as silent, within(20):
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(InputError, match="no Dask scheduler answers"), on_cluster(address, waits=SHORT):
            pass


@pytest.mark.parametrize("spoken", [b"HTTP/1.1 200 OK\r\n\r\n", (1 << 60).to_bytes(8, "little"), bytes(range(256))])
def test_a_server_that_is_no_scheduler(spoken: bytes) -> None:
    """A web page stands there, or something that says it sends an exbibyte: no scheduler, and no memory for it."""
    with socket.create_server(("127.0.0.1", 0)) as server, within(20):

        def speak() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].sendall(spoken)

        threading.Thread(target=speak, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(InputError, match="no Dask scheduler answers"), on_cluster(address, waits=SHORT):
            pass


def test_a_scheduler_without_workers() -> None:
    """Nobody comes: given up."""
    with (
        distributed.LocalCluster(n_workers=0, **IN_THREADS) as empty,
        within(20),
        pytest.raises(InputError, match="has had no workers"),
        on_cluster(empty.scheduler_address, waits=SHORT),
    ):
        pass


@pytest.mark.parametrize("how", [Wire.silence, Wire.cut])
def test_a_scheduler_that_stops(how: Callable[[Wire], None], workers: distributed.LocalCluster) -> None:
    """It was stopped, or it died, with a task at work: the task fails, and all that come later."""
    wire = Wire(workers.scheduler_address)
    with within(30), on_cluster(wire.address, waits=SHORT) as (executor, threads):
        assert threads == 2
        assert executor.submit(slow, 0.0).result(10) == 0
        waiting = executor.submit(slow, 3.0)
        how(wire)
        with pytest.raises(ClusterLostError, match="has not answered"):
            waiting.result(20)
        with pytest.raises(ClusterLostError):
            executor.submit(slow, 0.0).result(20)


def test_all_workers_are_gone() -> None:
    """The only worker ends with a task at work, and no other comes: given up."""
    with (
        distributed.LocalCluster(n_workers=1, **IN_THREADS) as running,
        within(30),
        on_cluster(running.scheduler_address, waits=SHORT) as (executor, _),
    ):
        waiting = executor.submit(slow, 2.0)
        running.scale(0)
        with pytest.raises(ClusterLostError, match="has had no workers"):
            waiting.result(20)


def test_a_task_that_takes_longer_than_it_may(workers: distributed.LocalCluster) -> None:
    """Workers are alive, but no answer comes in the time that a task may take, and some more; one in time is taken."""
    with within(30), on_cluster(workers.scheduler_address, waits=SHORT) as (executor, _):
        assert begun(executor, 2.0, slow, 0.1).result(10) == 0.1
        with pytest.raises(ClusterLostError, match="longer than any task may take"):
            begun(executor, 0.1, slow, 2.0).result(20)


# --- code and lies --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", [armed, array_of_bombs, exploding, no_data])
def test_code_that_comes_back_is_not_run(task: Callable[[], Any], workers: distributed.LocalCluster) -> None:
    """A worker that answers by other ways than planner's: nothing of it is called, and there is one error."""
    with on_cluster(workers.scheduler_address, waits=replace(SHORT, answer=5.0)) as (executor, _), within(30):
        client = vars(executor)["_client"]
        client.submit, honest = (lambda fn, asked, **how: honest(task, pure=False)), client.submit
        reader = client.sync(_ident)
        with pytest.raises((PlannerError, TaskCrashedError)):
            executor.submit(slow, 0.0).result(20)
        client.submit = honest
        assert reader not in PLACES
        assert executor.submit(slow, 0.0).result(20) == 0  # and the stream goes on


async def _ident() -> int:
    return threading.get_ident()


def test_what_planner_hands_over_answers_in_data(workers: distributed.LocalCluster) -> None:
    """An answer that is code does not leave the worker; an error of planner's arrives as it was."""
    with on_cluster(workers.scheduler_address, waits=replace(SHORT, answer=5.0)) as (executor, _):
        with pytest.raises(PlannerError, match="NotDataError: Bomb"):
            executor.submit(armed).result(20)
        with pytest.raises(InputError) as caught:
            executor.submit(refused).result(20)
    assert caught.value.faults[0] == Fault("no_cluster", {"address": "x"}, "scenario.yaml", 3)


class Courier(Executor):
    """Carries a task as it would leave for another machine, and its answer as it would come back, perhaps changed."""

    def __init__(self, change: Callable[[Any], Any] = lambda found: found) -> None:
        self.change, self.carried = change, b""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it at once."""
        future: Future[Any] = Future()
        content = pickled_to_leave((fn, args, kwargs))
        self.carried += content
        good, found = unpacked(answered(content))
        if good:
            future.set_result(self.change(found))
        else:
            future.set_exception(PlannerError(str(found)))
        return future


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Three women, one seat a year."""
    return load(small(tmp_path, **SCHEME))


def _more(told: Told) -> Told:
    """As if everybody started at once: it breaks the seats."""
    return told[0], np.ones_like(told[1]), told[2]


def _nothing(told: Told) -> Told:
    """A plan without starts, under the values of another."""
    return told[0], np.zeros_like(told[1]), told[2]


def _half(told: Told) -> Told:
    assert told[1] is not None
    return told[0], told[1] / 2, told[2]


def _better_value(told: Told) -> Told:
    return told[0], told[1], [(status, value - 1, bound - 1, seconds) for status, value, bound, seconds in told[2]]


def _proven_too_early(told: Told) -> Told:
    return told[0], told[1], [(status, value, bound - 1000, seconds) for status, value, bound, seconds in told[2]]


def _bound_above(told: Told) -> Told:
    return told[0], told[1], [("feasible", value, value + 5, seconds) for _, value, _, seconds in told[2]]


def _goal_left_out(told: Told) -> Told:
    return told[0], told[1], told[2][1:]


def _other_form(told: Told) -> Any:
    return {"plan": told[1]}


def _plan_of_texts(told: Told) -> Any:
    return told[0], "everybody", told[2]


def _no_word(told: Told) -> Told:
    return "splendid", told[1], told[2]


LIES = [_more, _nothing, _half, _better_value, _proven_too_early, _bound_above]
LIES += [_goal_left_out, _other_form, _plan_of_texts, _no_word]


@pytest.mark.parametrize("lie", LIES)
def test_a_plan_that_cannot_be_true_is_not_believed(lie: Callable[[Told], Any], problem: Problem) -> None:
    """Rules, values and bounds are looked at here."""
    with pytest.raises(PlannerError, match="cannot be true"):
        solve_problem(problem, executor=Courier(lie))


def test_a_true_plan_is_believed(problem: Problem) -> None:
    """It is the one that is found here."""
    here, there = solve_problem(problem), solve_problem(problem, executor=Courier())
    pd.testing.assert_frame_equal(here.assignments, there.assignments)
    pd.testing.assert_frame_equal(here.goals.drop(columns="seconds"), there.goals.drop(columns="seconds"))


def test_nobody_else_says_that_there_is_no_plan(problem: Problem) -> None:
    """A worker claims it: found out here, and the plan with it."""
    plan = solve_problem(problem, executor=Courier(lambda told: ("infeasible", None, told[2])))
    pd.testing.assert_frame_equal(plan.assignments, solve_problem(problem).assignments)


# --- names ----------------------------------------------------------------------------------------------------------


def test_names_do_not_travel(tmp_path: Path) -> None:
    """Whatever is asked, no name and no column that no condition speaks of leaves; a code and a used column do."""
    from planner import Parallel, explain_all, missed, sweep, value

    canaries = {"name": "Canarya", "phone": "Canaryb", "ethnicity": "Canaryc", "birth_date": "1985-03-07"}
    cadres = {code: {**canaries, "post": "Hoopoe", "sex": "F"} for code in ("Raven1", "Raven2", "Raven3")}
    groups = {"groups": {"staff": {"post": "Hoopoe"}}}
    path = small(tmp_path / "s", cadres, **SCHEME, **groups)
    frame = pd.read_csv(path.parent / "roster.csv")
    given = load(path, roster=frame)  # in memory, where the problem holds its content
    courier = Courier()
    parallel = Parallel(1, executor=courier)
    plan = solve_problem(given, executor=courier)
    value(plan, parallel=parallel)
    explain_all(plan, parallel=parallel)
    missed(plan, parallel=parallel)
    swept = sweep(given, {"lot": [1, 2]}, tmp_path / "sweep", parallel=parallel)
    assert swept.table["status"].tolist() == ["optimal"] * 2
    assert b"Raven2" in courier.carried
    assert b"Hoopoe" in courier.carried
    assert [name for name in (*canaries.values(), "07/03/1985") if name.encode() in courier.carried] == []
    assert b"Canarya" in pickle.dumps(given)  # on this machine nothing is lost


# --- TLS ------------------------------------------------------------------------------------------------------------

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")


def certificates(folder: Path, name: str) -> dict[str, str]:
    """An authority and a key with its certificate, as docs/how-to/cluster.md makes them."""
    folder.mkdir(parents=True, exist_ok=True)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    commands = [
        ("req", "-x509", *curve, "-subj", f"/CN={name}", "-keyout", "ca-key.pem", "-out", "ca.pem"),
        ("req", *curve[:-2], "-subj", f"/CN={name}-member", "-keyout", "key.pem", "-out", "request.pem"),
        (
            *("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca-key.pem"),
            *("-CAcreateserial", "-days", "2", "-out", "cert.pem"),
        ),
    ]
    for command in commands:
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    return {
        "distributed.comm.tls.ca-file": str(folder / "ca.pem"),
        "distributed.comm.tls.client.cert": str(folder / "cert.pem"),
        "distributed.comm.tls.client.key": str(folder / "key.pem"),
    }


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """A scheduler and a worker that speak TLS; the settings of a client who may."""
    folder = tmp_path_factory.mktemp("tls")
    own = certificates(folder, "own")
    ends = {
        f"tls_{who}_{what}": str(folder / f"{what}.pem") for who in ("scheduler", "worker") for what in ("cert", "key")
    }
    with (
        dask.config.set(own),
        distributed.LocalCluster(
            n_workers=1,
            security=Security(require_encryption=True, tls_ca_file=str(folder / "ca.pem"), **ends),
            **{**IN_THREADS, "protocol": "tls://"},
        ) as running,
    ):
        address = running.scheduler_address
        yield address, own


@needs_openssl
def test_a_plan_over_tls(encrypted: tuple[str, dict[str, str]], problem: Problem) -> None:
    """With certificates of the cluster's authority the plan is the same."""
    address, own = encrypted
    assert address.startswith("tls://")
    with dask.config.set(own), on_cluster(address, waits=replace(SHORT, connect=10, answer=10)) as (executor, _):
        plan = solve_problem(problem, executor=executor)
    pd.testing.assert_frame_equal(plan.assignments, solve_problem(problem).assignments)


@needs_openssl
def test_certificates_that_are_missing_or_strange(encrypted: tuple[str, dict[str, str]], tmp_path: Path) -> None:
    """Without certificates it is said where they are named; with those of another authority nobody answers."""
    address, own = encrypted
    nothing: dict[str, Any] = dict.fromkeys(own)
    with dask.config.set(nothing), pytest.raises(InputError, match="certificates"), on_cluster(address, waits=SHORT):
        pass
    strange = certificates(tmp_path, "strange")
    with dask.config.set(strange), pytest.raises(InputError, match="no Dask sched"), on_cluster(address, waits=SHORT):
        pass
