"""The wheel: it holds what `init`, `generate` and `example` need, and works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
import yaml
from commands import ROOT

from planner.common.shipped import SCHEME, SHIPPED, scenarios, shipped
from planner.published.generator import default_published

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_a_checkout_reads_its_own_scenarios() -> None:
    """Where the package holds none, those beside it are taken."""
    assert scenarios() == ROOT / "scenarios"
    assert default_published().file == ROOT / "scenarios" / SCHEME / "published.yaml"


def test_the_wheel_and_the_example_hold_the_same_files() -> None:
    """`wheel_contents.py`, which cannot import the package while it is built, names the same kinds."""
    text = (ROOT / "wheel_contents.py").read_text(encoding="utf-8")
    assert f"PATTERNS = {SHIPPED!r}".replace("'", '"') in text


def test_every_python_that_is_promised_is_one_that_may_be_installed_on() -> None:
    """The classifiers name the versions from `requires-python` on."""
    named = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if line.startswith("Programming Language")]
    versions = sorted(name for name in named if "." in name)
    assert PROJECT["requires-python"] == f">={versions[0]}"
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in versions


def test_the_citation_is_of_this_project() -> None:
    """CITATION.cff names the title, version, licence and keywords that the package has."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["title"].startswith(f"{PROJECT['name']}: ")
    assert (cited["version"], cited["license"]) == (PROJECT["version"], PROJECT["license"])
    assert cited["authors"] == PROJECT["authors"]
    assert cited["keywords"] == PROJECT["keywords"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is installed from the wheel of a copy of this checkout, without its libraries."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    with tarfile.open(folder / "checkout.tar", "w") as archive:
        for name in filter(None, names):
            if (ROOT / name).is_file():
                archive.add(ROOT / name, name)
    with tarfile.open(folder / "checkout.tar") as archive:
        archive.extractall(folder / "checkout", filter="data")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, folder / "checkout"], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", folder / "site", wheel], check=True)
    return folder / "site"


@pytest.mark.long
def test_an_installed_planner_has_its_example_and_tables(installed: Path, tmp_path: Path) -> None:
    """Away from every checkout: a scheme to start from, the example, a generated district, each solved or checked."""
    assert shipped(installed / "planner" / "scenarios") == shipped(ROOT / "scenarios")
    own = {**os.environ, "PYTHONPATH": str(installed), "PLANNER_LANG": "en"}

    def run(*arguments: str) -> str:
        line = [sys.executable, "-m", "planner", *arguments]
        done = subprocess.run(line, cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = "import planner; print(planner.__file__)"
    home = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=own, capture_output=True, text=True, check=True
    )
    assert home.stdout.startswith(str(installed))
    run("init", "mine")
    run("solve", "mine/scenario.yaml", "--out", "runs/mine", "-q")
    run("verify", "runs/mine")
    run("example", "example")
    run("check", "example/hoang-su-phi/what-if/two-tier-2026-2030.yaml")
    run("solve", "example/hoang-su-phi/base.yaml", "--out", "runs/example", "-q")
    run("generate", "--districts", "1", "--out", "district")
    run("check", "district/scenario.yaml")
