"""What the test files share: the real scheme solved once, and a small part of it; questions asked in threads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import locket
import pandas as pd
import pytest
from commands import ROOT, planner
from xdist.scheduler import WorkStealingScheduling

from planner.common import workers
from planner.messages import speaking
from planner.plans.run_folder import MANIFEST

os.environ.pop("COLUMNS", None)  # pytest-xdist hands its own terminal's width to its workers, and it would be obeyed
SCHEME = ROOT / "scenarios" / "hoang-su-phi"
FEW_AGENCIES = ("D01", "D04", "D09", "D13", "D14", "D18", "C01", "C02", "S32", "L01")


@pytest.fixture(scope="session")
def base_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of the real scheme as `planner solve` writes it; to be read, not changed.

    It is solved once for all workers of pytest-xdist, by the one that asks for it first.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "base"
    with locket.lock_file(f"{folder}.lock", timeout=300):
        if not (folder / MANIFEST).exists():
            done = planner("solve", SCHEME / "base.yaml", "--out", folder, "--quiet")
            assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="session")
def small_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real scheme, what-ifs and all, as `scenarios/hoang-su-phi`; of its agencies a few are left."""
    scheme = tmp_path_factory.mktemp("small") / "scenarios" / SCHEME.name
    shutil.copytree(SCHEME, scheme)
    for name in ("retirement-135-2020.csv", ".planner-folder"):
        shutil.copy(SCHEME.parent / name, scheme.parent)
    for file in (scheme / "roster.csv", scheme / "agencies.csv", scheme / "what-if" / "two-tier-roster.csv"):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        table[table["agency"].isin(FEW_AGENCIES)].to_csv(file, index=False)
    return scheme


@pytest.fixture
def english() -> Iterator[None]:
    """The messages are spoken in English."""
    with speaking("en"):
        yield


@pytest.fixture
def in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are asked in threads of this process: a process for each costs its start, half a second and more."""
    monkeypatch.setattr(workers, "ProcessPerTask", ThreadPoolExecutor)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WorkStealingScheduling | None:
    """With `-n` alone a worker takes one file after another, so that what a file shares is made once."""
    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None
