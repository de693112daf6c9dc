"""What the test files share: the plan of the real scheme, solved once; questions asked without starting processes."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import locket
import pytest
from commands import ROOT, planner
from xdist.scheduler import WorkStealingScheduling

from planner.common import workers
from planner.plans.run_folder import MANIFEST

SCHEME = ROOT / "scenarios" / "hoang-su-phi"


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


@pytest.fixture
def in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are asked in threads of this process: a process for each costs its start, half a second and more."""
    monkeypatch.setattr(workers, "ProcessPerTask", ThreadPoolExecutor)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> WorkStealingScheduling | None:
    """With `-n` alone a worker takes one file after another, so that what a file shares is made once."""
    return WorkStealingScheduling(config, log) if config.getoption("dist") == "load" else None
