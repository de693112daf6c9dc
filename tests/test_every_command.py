"""Every command runs to its end on every kind of scheme: the starter, the real one, and a generated province.

The real scheme's own commands that solve many problems take minutes, and so does a province of real districts: these
are `long`. What the commands say is tested where they are; here it is that none dies, and what it hands on is there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import ROOT, Ended, planner
from conftest import SCHEME
from typer.main import get_command

from planner import read_run
from planner.cli.app import application
from planner.messages import speaking

SEATS = """
seats:
  bachelor: {programmes: [bachelor], who: clerks, per_year: {min: 1, max: 2}, total: 3}
  master: {programmes: [master], who: chiefs, per_year: 1}
absence: {modes: [in_service], bands: [{share: 0.5}]}
priority:
  women: {who: {sex: F}, points: 2}
approval:
  everybody: {authority: {en: "the village", vi: "Uỷ ban nhân dân xã"}}
"""
"""What a village lacks to be asked about: seats that bind, a limit on absence, a priority, somebody who signs."""
RATES = "risk: {leaving: {event: left, rate: 0.05, source: assumed}}\n"
EVENTS = "date,event,cadre,programme,start,to,note\n{year}-03-01,declined,{cadre},{programme},{year},,\n"


@dataclass(frozen=True)
class Scheme:
    """A scheme and its plan, with what questions need to name."""

    scenario: Path
    run: Path
    target: str
    cadre: str
    programme: str
    year: int
    first: int
    last: int


def scheme_of(scenario: Path, run: Path) -> Scheme:
    """Of a run the first start that no rule asks for, and a target that a limited pool leads to."""
    plan = read_run(run).plan()
    said = plan.problem.scenario
    free = plan.assignments[~plan.assignments["serves"].str.contains("pin|class:|step:")]
    first = free.sort_values(["start", "cadre"]).iloc[0]
    limited = {name for pool in said.seats.values() for name in pool.programmes if _limited(pool, said.horizon.years)}
    levels = {said.programmes[name].ladder: said.programmes[name].to for name in sorted(limited)}
    target = next(
        name for name, entry in said.targets.items() if any(levels.get(k) == v for k, v in entry.level.items())
    )
    start = str(first["cadre"]), str(first["programme"]), int(first["start"])
    return Scheme(scenario, run, target, *start, said.horizon.first, said.horizon.last)


def _limited(pool: object, years: Sequence[int]) -> bool:
    return all(pool.of_year(year).max is not None for year in years)  # type: ignore[attr-defined]


def solved(scenario: Path, run: Path) -> Scheme:
    """A scheme that is solved now."""
    done = planner("solve", scenario, "--out", run, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    return scheme_of(scenario, run)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """The scheme of `planner init`."""
    folder = tmp_path_factory.mktemp("starter")
    assert planner("init", folder / "scheme").returncode == 0
    return solved(folder / "scheme" / "scenario.yaml", folder / "run")


@pytest.fixture(scope="session")
def real(base_run: Path) -> Scheme:
    """The scheme of Hoàng Su Phì."""
    return scheme_of(SCHEME / "base.yaml", base_run)


@pytest.fixture(scope="session")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """A province of three districts as small as villages."""
    folder = tmp_path_factory.mktemp("villages")
    shutil.copytree(ROOT / "tests" / "cases" / "published", folder / "published")
    base = folder / "published" / "base.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace(", open: true", "") + SEATS, encoding="utf-8")
    out, tables = folder / "province", folder / "published" / "tables.yaml"
    done = planner("generate", "--districts", 3, "--seed", 5, "--published", tables, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    return solved(out / "scenario.yaml", folder / "run")


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """A province of two real districts."""
    out = tmp_path_factory.mktemp("province") / "two"
    done = planner("generate", "--districts", 2, "--seed", 5, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    return solved(out / "scenario.yaml", out.parent / "run")


# --- the commands ---------------------------------------------------------------------------------------------------

Asked = Callable[[Scheme, Path], Ended]


def _copy(scheme: Scheme, out: Path) -> Path:
    """The run folder, to be written into."""
    return Path(shutil.copytree(scheme.run, out / "run"))


def _events(scheme: Scheme, out: Path) -> Path:
    """What happened: the first start did not."""
    path = out / "events.csv"
    path.write_text(EVENTS.format(year=scheme.year, cadre=scheme.cadre, programme=scheme.programme), encoding="utf-8")
    return path


def _recorded(scheme: Scheme, out: Path) -> Path:
    """The run folder with what happened recorded in it."""
    run = _copy(scheme, out)
    assert planner("record", run, "--ledger", _events(scheme, out)).returncode == 0
    return run


def _rates(out: Path) -> Path:
    """What is likely to happen."""
    path = out / "rates.yaml"
    path.write_text(RATES, encoding="utf-8")
    return path


def _risk(s: Scheme, out: Path, *options: object) -> Ended:
    return planner("risk", s.run, "--futures", 20, "--rates", _rates(out), "--out", out / "risk", "--quiet", *options)


def _proven(s: Scheme, out: Path) -> Ended:
    done = planner("solve", s.scenario, "--proof", "--out", out / "proven", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    return planner("verify", "--proof", "--second-engine", out / "proven")


def _report_with_answers(s: Scheme, out: Path) -> Ended:
    run = _copy(s, out)
    done = planner("report", run, "--answers", "--workers", 1)
    kept = {path.stem for path in (run / "answers").glob("*.json")}
    assert kept >= {"missed", "value", "fairness", "explain"}
    assert (run / "report.html").stat().st_size > 10_000
    return done


CHEAP: dict[str, Asked] = {
    "check": lambda s, out: planner("check", s.scenario),
    "verify": lambda s, out: planner("verify", s.run),
    "tidy": lambda s, out: planner("tidy", out),
    "import": lambda s, out: planner("import", s.scenario.parent / "roster.csv", "--out", out / "import"),
    "export": lambda s, out: planner("export", s.scenario, "--excel", "--with-roster", "--out", out / "scheme.xlsx"),
    "plot": lambda s, out: planner("plot", s.run, "--out", out / "pictures"),
    "report": lambda s, out: planner("report", s.run, "--out", out / "report.html"),
    "nominees": lambda s, out: planner(
        "nominees", s.run, "--year", s.year, "--out", out / "n.xlsx", "--letters", "--docx", out / "letters"
    ),
    "compare": lambda s, out: planner("compare", s.run, _copy(s, out), "--people", "--out", out / "compared.csv"),
    "record": lambda s, out: planner("record", _copy(s, out), "--ledger", _events(s, out)),
    "record --template": lambda s, out: planner("record", s.run, "--template", out / "t.xlsx", "--year", s.year),
    "ledger": lambda s, out: planner("ledger", _recorded(s, out), "--out", out / "ledger.csv"),
    "sequel": lambda s, out: planner("sequel", s.run, "--last", s.last + 5, "--out", out / "sequel"),
    "risk": _risk,
    "pseudonymise": lambda s, out: planner("pseudonymise", s.scenario, "--key", out / "key.csv", "--out", out / "p"),
    "purge": lambda s, out: planner("purge", _copy(s, out), "--yes"),
    "report --for-others": lambda s, out: planner("report", s.run, "--for-others", "--out", out / "others.html"),
}
ASKING: dict[str, Asked] = {
    "explain": lambda s, out: planner("explain", s.run, "--cadre", s.cadre),
    "explain --programme": lambda s, out: planner(
        "explain", s.run, "--cadre", s.cadre, "--programme", s.programme, "--year", s.first
    ),
    "explain --all": lambda s, out: planner("explain", _copy(s, out), "--all", "--workers", 1),
    "value": lambda s, out: planner("value", _copy(s, out), "--workers", 1, "--out", out / "value.csv"),
    "missed": lambda s, out: planner("missed", _copy(s, out), "--workers", 1),
    "frontier": lambda s, out: planner("frontier", _copy(s, out), "--target", s.target, "--steps", 1, "--workers", 1),
    "fairness": lambda s, out: planner("fairness", _copy(s, out), "--workers", 1, "--plot", out / "rates.svg"),
    "conflict": lambda s, out: planner("conflict", s.scenario),
    "replan": lambda s, out: planner(
        "replan",
        s.run,
        "--from",
        s.year + 1,
        "--ledger",
        _events(s, out),
        "--out",
        out / "new",
        "--frontier",
        "--quiet",
    ),
    "replan --substitutes": lambda s, out: planner(
        "replan", s.run, "--from", s.year, "--substitutes", f"{s.cadre},{s.programme},{s.year}"
    ),
    "reserves": lambda s, out: planner(
        "reserves", s.run, "--year", s.year, "--number", 1, "--out", out / "r.csv", "--quiet"
    ),
    "review": lambda s, out: planner(
        "review", _recorded(s, out), "--year", s.year, "--docx", "--out", out / "review", "--quiet"
    ),
    "verify --proof": _proven,
    "risk --against": lambda s, out: _risk(s, out, "--against", _copy(s, out)),
    "risk --recourse": lambda s, out: _risk(s, out, "--recourse", 1),
    "sweep": lambda s, out: planner(
        "sweep", s.scenario, "--vary", "lot=1,2", "--out", out / "sweep", "--workers", 1, "--plot", out / "sweep.svg"
    ),
    "report --answers": _report_with_answers,
}
ELSEWHERE = {"solve", "init", "generate", "audit", "reconstruct", "example"}
"""Commands that make what others read: the fixtures run the first three; other files of tests the rest."""


def test_every_command_is_here() -> None:
    """No command of the program is left out."""
    with speaking("en"):
        known = set(get_command(application()).commands)  # type: ignore[attr-defined]
    assert {name.split()[0] for name in (*CHEAP, *ASKING)} | ELSEWHERE == known


def ends_well(ask: Asked, scheme: Scheme, out: Path) -> None:
    """The command says yes, and something."""
    done = ask(scheme, out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


long = pytest.mark.long


DEAR = {*ASKING, "plot", "nominees", "report", "report --for-others", "pseudonymise", "purge"}
"""What takes long on the real scheme; its pictures and its report are drawn in other tests, too."""
OF_MINUTES = {*ASKING, "plot"} - {"explain", "missed", "value"}
"""What the villages are asked only when asked for."""
FROM_THE_REPORT = (
    "value",
    "missed",
    "fairness",
    "explain --all",
    "frontier",
    "reserves",
    "review",
    "sweep",
    "verify --proof",
    "risk --against",
    "risk --recourse",
)
"""What the starter is asked only when asked for: the report asks most of it, and other tests ask the rest."""


@pytest.mark.usefixtures("in_threads")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=long) if name in FROM_THE_REPORT else name for name in (*CHEAP, *ASKING)]
)
def test_on_the_starter(starter: Scheme, tmp_path: Path, name: str) -> None:
    """Every command on the scheme that `planner init` writes."""
    ends_well({**CHEAP, **ASKING}[name], starter, tmp_path)


@pytest.mark.usefixtures("in_threads")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=long) if name in OF_MINUTES else name for name in (*CHEAP, *ASKING)]
)
def test_on_a_province_of_villages(villages: Scheme, tmp_path: Path, name: str) -> None:
    """Every command on a generated province, as small as it can be."""
    ends_well({**CHEAP, **ASKING}[name], villages, tmp_path)


@pytest.mark.usefixtures("in_threads")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=long) if name in DEAR else name for name in (*CHEAP, *ASKING)]
)
def test_on_the_real_scheme(real: Scheme, tmp_path: Path, name: str) -> None:
    """Every command on the real scheme; those that solve many problems only when asked for."""
    ends_well({**CHEAP, **ASKING}[name], real, tmp_path)


@long
@pytest.mark.parametrize("name", [*CHEAP, *ASKING])
def test_on_a_province(province: Scheme, tmp_path: Path, name: str) -> None:
    """Every command on two generated districts of real size."""
    ends_well({**CHEAP, **ASKING}[name], province, tmp_path)
