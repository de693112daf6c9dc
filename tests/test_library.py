"""The library says what the command line says: names documented, answers the commands', with and without files."""

from __future__ import annotations

import importlib
import inspect
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
import typer
import yaml
from matplotlib.figure import Figure
from small import SCENARIO, merged, small

import planner
from planner.cli import analysis as asking
from planner.cli import documents, plans, published, studies
from planner.cli.app import application
from planner.cli.data import data_alone
from planner.messages import say
from planner.plans.columns import COLUMNS

HERE = planner.Parallel(executor=ThreadPoolExecutor(2))  # questions asked in this process
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
VILLAGE = Path(__file__).parent / "cases" / "published" / "tables.yaml"
PEOPLE: dict[str, dict[str, Any]] = {
    "A": {},
    "B": {"sex": "M", "retires": 2040},
    "C": {"sex": "M", "in_committee": "yes"},
    "D": {"sex": "M", "birth_year": 1960},
}
SCHEME: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2022},
    "programmes": {"school": {"open": False, "eligible": {"age": {"max": 50}}}, "evening": None, "degree": None},
    "targets": {"advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "seats": {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}, "total": 2}},
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "approval": {"office": {"who": {"post": "staff"}, "authority": {"en": "The office", "vi": "Văn phòng"}}},
    "goals": ["attainment", "priority", "early", "lot"],
}
CONTRADICTION: dict[str, Any] = {"targets": {"advanced": {"must": True}}}
GOALS = {"attainment", "seat_floors", "priority", "early", "cost", "lot", "changes"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario file with its tables: four who want one school, one seat a year, one of them too old."""
    return small(tmp_path_factory.mktemp("library") / "scheme", PEOPLE, **SCHEME)


@pytest.fixture(scope="module")
def plan(path: Path) -> planner.Plan:
    """Its plan."""
    return planner.solve(path)


@pytest.fixture(scope="module")
def run(plan: planner.Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of the plan."""
    folder = tmp_path_factory.mktemp("library") / "run"
    planner.write_run(plan, folder)
    return folder


@pytest.fixture(scope="module")
def case(run: Path) -> planner.WhatIf:
    """The case of the run, which remembers what was solved."""
    return planner.what_if(run)


def written(people: dict[str, dict[str, Any]] = PEOPLE) -> tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]:
    """The same scheme in Python: mappings, a roster and agencies as frames with numbers in them."""
    keys = merged(SCENARIO, SCHEME)
    mapping = {key: value for key, value in keys.items() if key not in ("roster", "agencies")}
    columns = {"agency": "office", "birth_year": 1985, "sex": "F", "post": "staff", "education": "bachelor"}
    columns |= {"theory": "intermediate", "administration": "none", "retires": None}
    roster = pd.DataFrame([{"cadre": name, **columns, **own} for name, own in people.items()])
    return mapping, roster, pd.DataFrame({"agency": ["office"], "headcount": [10]})


def same_plan(one: planner.Plan, two: planner.Plan) -> bool:
    """Whether two plans have the same starts and goals."""
    keys = ["cadre", "programme", "start"]
    starts = [list(plan.assignments[keys].itertuples(index=False, name=None)) for plan in (one, two)]
    goals = [plan.goals[["goal", "value"]].to_numpy().tolist() for plan in (one, two)]
    return starts[0] == starts[1] and goals[0] == goals[1]


# --- the names ------------------------------------------------------------------------------------------------------


def test_importing_planner_imports_no_library() -> None:
    """`import planner` takes at most 0.2 s of CPU, and imports none of the libraries that take longer."""
    script = """
import sys, time
began = time.process_time()
import planner
print(time.process_time() - began, *{"pandas", "numpy", "ortools", "pydantic", "matplotlib"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, *libraries = done.stdout.split()
    assert libraries == []
    assert float(seconds) <= 0.2


def test_every_command_has_a_function_of_its_name() -> None:
    """What can be done on the command line can be done in Python, under the same name."""
    commands = {str(command.callback.__name__) for command in application().registered_commands if command.callback}
    assert len(commands) >= 16
    assert commands <= set(planner.__all__)
    assert set(planner.__all__) == set(dir(planner))


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that planner does not have is told as Python tells it."""
    with pytest.raises(AttributeError, match="no attribute 'solv'"):
        _ = planner.solv  # type: ignore[attr-defined]


def functions() -> list[str]:
    found = {name: home(name) for name in planner.__all__}
    return [name for name, thing in found.items() if inspect.isfunction(thing)]


def home(name: str) -> Any:
    """What a public name stands for; the report, a room that can be called, is the function that it calls."""
    return (
        importlib.import_module("planner.report.html.document").report if name == "report" else getattr(planner, name)
    )


@pytest.mark.parametrize("name", functions())
def test_every_function_is_documented(name: str) -> None:
    """Every public function tells its parameters, what it returns and what it raises, and is typed."""
    function = home(name)
    text = inspect.getdoc(function) or ""
    sections = ["Parameters", "Raises"] if name == "write_run" else ["Parameters", "Returns", "Raises"]
    assert [section for section in sections if f"\n{section}\n---" not in text] == []
    signature = inspect.signature(function)
    assert [p for p in signature.parameters.values() if p.annotation is p.empty] == []
    told = text.partition("Parameters\n---")[2]
    assert [p for p in signature.parameters if f"\n{p}\n" not in told and f"\n**{p}\n" not in told] == []
    assert signature.return_annotation is not signature.empty


@pytest.mark.parametrize("name", [name for name in planner.__all__ if not inspect.isfunction(home(name))])
def test_every_class_and_room_is_documented(name: str) -> None:
    """Every public class says what its attributes are, every room what it is for."""
    thing = getattr(planner, name)
    assert len(str(thing.__doc__)) > 60
    if not (isinstance(thing, ModuleType) or issubclass(thing, Exception)) and name not in ("Scenario", "WhatIf"):
        assert "Attributes\n    ---" in str(thing.__doc__)


@pytest.mark.parametrize("notebook", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_use_public_names_only(notebook: Path) -> None:
    """A notebook imports `planner` alone, and uses what it hands on."""
    cells = [cell["source"] for cell in json.loads(notebook.read_text())["cells"] if cell["cell_type"] == "code"]
    code = "".join("".join(source) + "\n" for source in cells)
    assert "from planner" not in code
    assert "import planner." not in code
    used = set(re.findall(r"\bplanner\.(\w+)", code))
    assert len(used) >= 3
    assert used <= set(planner.__all__)


# --- a scenario without files ---------------------------------------------------------------------------------------


def test_a_scenario_written_in_python_has_the_plan_of_its_file(plan: planner.Plan) -> None:
    """Mappings and frames, or a `Scenario` and frames, give the very plan that YAML and CSV give."""
    mapping, roster, agencies = written()
    for scenario in (mapping, planner.Scenario(**mapping)):
        own = planner.solve(planner.load(scenario, roster=roster, agencies=agencies))
        assert own.problem.scenario.targets == plan.problem.scenario.targets
        assert len(own.assignments) > 0
        assert same_plan(own, plan)


def test_a_run_of_it_is_one_like_any_other(tmp_path: Path, plan: planner.Plan) -> None:
    """Its run folder holds the frames as tables, is read and verified without them, and gives the same plan again."""
    mapping, roster, agencies = written()
    planner.write_run(planner.solve(planner.load(mapping, roster=roster, agencies=agencies)), tmp_path / "run")
    read = planner.read_run(tmp_path / "run")
    assert read.manifest["scenario"]["roster"] == "inputs/roster.csv"
    assert list(pd.read_csv(tmp_path / "run" / "inputs" / "roster.csv")["cadre"]) == list(roster["cadre"])
    assert planner.verify(tmp_path / "run").empty
    assert same_plan(planner.solve(read.problem), plan)


def test_every_table_may_be_a_frame(tmp_path: Path) -> None:
    """Retirement, history and the earlier plan are frames like the roster; the run holds them and is verified."""
    mapping, roster, agencies = written()
    tables = {
        "retirement": pd.DataFrame({"sex": ["F", "M"], "birth_year": [1985, 1985], "retires": [2041, 2047]}),
        "earlier": pd.DataFrame({"cadre": ["A"], "programme": ["course"], "start": [2021]}),
        "history": pd.DataFrame({"cadre": ["A"], "programme": ["course"], "start": [2020], "finish": [2020]}).assign(
            agency="office", pools="school", shares="", of_group=""
        ),
    }
    problem = planner.load(mapping, roster=roster, agencies=agencies, **tables)
    assert problem.cadres.set_index("cadre")["retires"].to_dict() | {"D": 0} == {
        "A": 2041,
        "B": 2040,
        "C": 2047,
        "D": 0,
    }
    planner.write_run(planner.solve(problem), tmp_path / "run")
    names = {file.stem for file in (tmp_path / "run" / "inputs").iterdir()}
    assert names == {"roster", "agencies", *tables}
    assert planner.verify(tmp_path / "run").empty


def test_a_run_is_that_of_the_tables_given(tmp_path: Path) -> None:
    """A frame that is changed afterwards changes neither the problem nor what is written of it."""
    mapping, roster, agencies = written()
    problem = planner.load(mapping, roster=roster, agencies=agencies)
    roster["sex"] = "M"
    there = pickle.loads(pickle.dumps(problem))  # as it travels to another process
    planner.write_run(planner.solve(there), tmp_path / "run")
    assert list(planner.read_run(tmp_path / "run").problem.cadres["sex"]) == ["F", "M", "M", "M"]


def test_faults_of_what_is_written_in_python_name_the_key() -> None:
    """A scenario, an overlay and a frame are checked as files are; the fault tells the key's path, or table and row."""
    mapping, roster, agencies = written()
    wrong = merged(mapping, {"targets": {"advanced": {"level": {"theory": "avanced"}, "share": 2}}, "hrizon": 1})
    expected = [
        "hrizon: unknown key 'hrizon'; did you mean 'horizon'?",
        "targets.advanced.share: expected at most",
        "targets.advanced.level.theory: unknown level 'avanced'; did you mean 'advanced'?",
    ]
    for build in (lambda: planner.Scenario(**wrong), lambda: planner.load(wrong, roster=roster, agencies=agencies)):
        with pytest.raises(planner.InputError) as caught:
            build()
        assert [sentence for sentence in expected if f"scenario: {sentence}" not in str(caught.value)] == []
        assert len(caught.value.faults) == len(expected)
    with pytest.raises(planner.InputError, match=r"overlay: seats.school.per_year.max: expected a whole number"):
        planner.load(mapping, {"seats": {"school": {"per_year": {"max": "one"}}}}, roster=roster, agencies=agencies)
    with pytest.raises(planner.InputError, match=r"roster.csv, row 3: 'Q' in column 'sex'"):
        planner.load(mapping, roster=roster.assign(sex=["F", "Q", "M", "M"]), agencies=agencies)


def test_what_load_cannot_take_is_refused(plan: planner.Plan, path: Path) -> None:
    """A scenario that was changed after it was built would be another; a table that no key names is a slip."""
    with pytest.raises(planner.InputError, match="overlay"):
        planner.load(plan.problem.scenario)
    built = planner.Scenario(**written()[0])
    with pytest.raises(planner.InputError, match="overlay"):
        planner.load(built.replace(lot="5"), roster=written()[1])
    with pytest.raises(TypeError, match="rooster"):
        planner.load(path, rooster=written()[1])
    with pytest.raises(planner.InputError, match=r"nowhere\.csv"):
        planner.load(path, roster="nowhere.csv")


def test_a_frame_is_read_as_its_file_would_be(tmp_path: Path, path: Path) -> None:
    """Whole numbers beside empty cells, truth values, other headers and numpy's numbers mean what they mean in CSV."""
    _, roster, agencies = written()
    odd = roster.rename(columns={"birth_year": "Năm sinh"}).assign(in_committee=[False, False, True, None])
    problem = planner.load(path, roster=odd, agencies=agencies.assign(headcount=agencies["headcount"].astype(float)))
    odd.to_csv(tmp_path / "odd.csv", index=False)
    agencies.to_csv(tmp_path / "agencies.csv", index=False)
    same = planner.load(path, roster=tmp_path / "odd.csv", agencies=tmp_path / "agencies.csv")
    pd.testing.assert_frame_equal(problem.cadres, same.cadres)
    assert list(problem.cadres["retires"].dropna()) == [2040]
    assert list(problem.cadres["birth_year"]) == [1985, 1985, 1985, 1960]


def test_an_overlay_says_what_a_what_if_file_says(path: Path) -> None:
    """An overlay on a file, a problem or mappings merges as `extends` does; None removes; the first stays as it was."""
    changes = {"seats": {"school": {"per_year": {"max": 2}, "total": None}}, "priority": None, "lot": 7}
    what_if = path.parent / "what-if.yaml"
    what_if.write_text(yaml.safe_dump({"extends": path.name, **changes}), encoding="utf-8")
    expected = planner.load(what_if)
    problem = planner.load(path)
    mapping, roster, agencies = written()
    for changed in (
        planner.load(path, overlay=changes),
        planner.load(problem, overlay=changes),
        planner.load({"extends": str(path), **changes}),
        planner.load(mapping, changes, roster=roster, agencies=agencies),
    ):
        ignored = {"roster": "", "agencies": ""}
        assert changed.scenario.replace(**ignored) == expected.scenario.replace(**ignored)
        assert changed.scenario.seats["school"].total.max is None
        assert same_plan(planner.solve(changed), planner.solve(expected))
    assert problem.scenario.seats["school"].total.max == 2
    assert list(planner.solve(problem).attainment["attained"]) == [2]
    assert list(planner.solve(expected).attainment["attained"]) == [3]


def test_an_overlay_on_a_run_remembers_who_wrote_what(run: Path, path: Path) -> None:
    """What an overlay leaves alone still stands in the scenario's file; the rest is the overlay's."""
    changed = planner.load(planner.read_run(run).problem, overlay={"seats": {"school": {"total": 1}}})
    assert changed.source.file_and_line(("seats", "school", "total")) == ("overlay", None)
    file, line = changed.source.file_and_line(("seats", "school", "per_year", "max"))
    assert (file, "max" in path.read_text().splitlines()[(line or 1) - 1]) == (path.name, True)


def test_that_no_plan_exists_is_an_answer(path: Path) -> None:
    """Infeasibility raises nothing: the plan says so, names rules, and `conflict` the ways out; comparing works."""
    problem = planner.load(path, overlay=CONTRADICTION)
    plan = planner.solve(problem)
    assert (plan.found, plan.status, plan.assignments.empty) == (False, "infeasible", True)
    assert set(plan.conflict["rule"]) >= {"must"}
    answer = planner.conflict(problem)
    assert set(answer.tables["rules"]["rule"]) == set(plan.conflict["rule"])
    assert set(answer.tables["ways_out"]["kind"]) == {"relax"}
    assert planner.compare({"as it is": planner.load(path), "contradicted": plan}).notes


# --- what commands say ----------------------------------------------------------------------------------------------


QUESTIONS: dict[str, tuple[Callable[[Any], planner.Answer], Callable[[Path, Path], int]]] = {
    "explain": (
        lambda case: planner.explain(case, "B", "school"),
        lambda run, out: asking._explain(run, "B", "school", None),
    ),
    "explain_all": (
        lambda case: planner.explain_all(case, parallel=HERE),
        lambda run, out: asking._explain_all(run, planner.Parallel(1)),
    ),
    "missed": (
        lambda case: planner.missed(case, parallel=HERE),
        lambda run, out: asking._missed(run, [], planner.Parallel(1)),
    ),
    "value": (
        lambda case: planner.value(case, parallel=HERE),
        lambda run, out: asking._value(run, out, planner.Parallel(1), force=False),
    ),
    "frontier": (
        lambda case: planner.frontier(case, "advanced", steps=1, parallel=HERE),
        lambda run, out: asking._frontier(run, "advanced", None, 1, out, None, planner.Parallel(1), force=False),
    ),
    "fairness": (
        lambda case: planner.fairness(case, (35, 45), parallel=HERE),
        lambda run, out: asking._fairness(
            run, "35,45", out, None, planner.Parallel(1), others=False, excel=False, force=False, full=False
        ),
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_the_commands(
    name: str, case: planner.WhatIf, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a question returns is what its command prints as data and writes as a table; its columns are documented."""
    ask, command = QUESTIONS[name]
    answer = ask(case)
    out = tmp_path / "out.csv"
    with pytest.raises(typer.Exit), data_alone(name):
        assert command(run, out) == 0
    told = json.loads(capsys.readouterr().out)
    assert json.loads(answer.as_json()) == {key: told[key] for key in ("tables", "answer", "unproven")}
    if out.exists():
        assert answer.table.to_csv(index=False, lineterminator="\n") == out.read_text()
    assert not answer.table.empty
    text = inspect.getdoc(home(name)) or ""
    assert [table for table in answer.tables if f"`{table}`" not in text and len(answer.tables) > 1] == []
    columns = {str(column) for table in answer.tables.values() for column in table.columns}
    told = {column for column in columns if not any(goal in column for goal in GOALS)}
    assert [column for column in sorted(told) if column not in text] == []


@pytest.mark.parametrize("where", ["folder", "run", "plan"])
def test_questions_take_a_folder_a_run_or_a_plan(where: str, plan: planner.Plan, run: Path) -> None:
    """Whatever holds the plan, the answer is the same."""
    given = {"folder": run, "run": planner.read_run(run), "plan": plan}[where]
    got = planner.explain(given, "A", "school")
    assert got.as_json() == planner.explain(run, "A", "school").as_json()
    assert planner.backbone(given).equals(planner.backbone(run))
    assert planner.verify(given).empty


def test_a_plan_that_is_not_the_best_is_not_explained(plan: planner.Plan) -> None:
    """A plan at hand is asked about only if it is a best one, as a run folder is."""
    worse = importlib.import_module("dataclasses").replace(plan, goals=plan.goals.assign(value=99))
    with pytest.raises(planner.InputError, match="best plan"):
        planner.explain(worse, "A")
    with pytest.raises(planner.InputError, match="no plan"):
        planner.explain(planner.solve(planner.load(plan.problem, overlay=CONTRADICTION)), "A")


def test_answers_are_kept_whole(case: planner.WhatIf, run: Path, tmp_path: Path) -> None:
    """What the report shows can be kept from Python; a part of an answer is not."""
    planner.write_run(planner.read_run(run).plan(), tmp_path / "run")
    assert planner.missed(case, parallel=HERE).keep(tmp_path / "run") == tmp_path / "run" / "answers" / "missed.json"
    assert planner.missed(case, ["advanced"], parallel=HERE).keep(tmp_path / "run") is None
    assert planner.fairness(case, parallel=HERE, for_others=True).keep(tmp_path / "run") is None


def test_solve_and_verify_are_the_commands(
    path: Path, run: Path, plan: planner.Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command's run is that of the function; what verification finds is what it prints."""
    assert plans._solve(path, tmp_path / "run", "", force=False, quiet=True) == 0
    for name in ("assignments", "attainment", "seats", "absence"):
        assert (tmp_path / "run" / f"{name}.csv").read_bytes() == (run / f"{name}.csv").read_bytes()
    assert plans._verify(run) == 0
    file = tmp_path / "run" / "assignments.csv"
    file.write_text(file.read_text().replace("2021", "2022"), encoding="utf-8")
    capsys.readouterr()
    assert plans._verify(tmp_path / "run") == 1
    found, printed = planner.verify(tmp_path / "run"), capsys.readouterr().out
    assert list(found.columns) == ["rule", "where", "found", "allowed"]
    assert {rule for rule in found["rule"] if rule not in printed} == set()
    assert "seats" in set(found["rule"])


def test_check_is_the_command(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The tables of a check hold what the command prints: sizes, admissible starts by year, reasons, small agencies."""
    found = planner.check(path)
    assert plans._check(path) == 0
    printed = " ".join(capsys.readouterr().out.replace("│", " ").split())
    sizes = dict(zip(found.sizes["what"], found.sizes["number"], strict=True))
    assert (sizes["cadres"], sizes["agencies"], sizes["programmes"]) == (4, 1, 4)
    assert sizes["admissible"] == found.by_programme[[2021, 2022]].to_numpy().sum()
    for row in found.by_programme.itertuples(index=False):
        assert f"{row[0]} {row[1]} {row[2]}" in printed
    for row in found.refused.itertuples(index=False):
        assert f"{say(f'reason_{row.reason}')} {row.starts}" in printed
    assert found.too_small.empty
    few = planner.check(planner.load(path, agencies=pd.DataFrame({"agency": ["office"], "headcount": [3]})))
    assert few.too_small.to_numpy().tolist() == [["office", 3, 4]]


def test_compare_is_the_command(path: Path, run: Path, tmp_path: Path) -> None:
    """A comparison of paths is what the command writes; one of plans, runs and problems has the same figures."""
    other = path.parent / "other.yaml"
    other.write_text(yaml.safe_dump({"extends": path.name, "seats": {"school": {"total": 1}}}), encoding="utf-8")
    out = tmp_path / "compared.csv"
    assert studies._compare([run, other], out, None, people=False, force=False, quiet=True) == 0
    found = planner.compare([run, other])
    assert found.long.to_csv(index=False, lineterminator="\n") == out.read_text()
    named = planner.compare({"run": planner.read_run(run), "other": planner.load(other)})
    pd.testing.assert_frame_equal(named.long, found.long)
    lost = found.gains_and_losses("run", "other").query("change == 'loses'")
    assert lost[["cadre", "programme"]].to_numpy().tolist() == [["B", "school"]]


@pytest.mark.long
def test_sweep_is_the_command(path: Path, tmp_path: Path) -> None:
    """A sweep of a file, of a problem from frames, and the command's differ in nothing but the seconds they took."""
    assert studies._sweep(path, ["seats.school.per_year.max=0..1"], tmp_path / "one", 1, "", None, force=False) == 0
    mapping, roster, agencies = written()
    problem = planner.load(mapping, roster=roster, agencies=agencies)
    swept = planner.sweep(problem, {"seats.school.per_year.max": [0, 1]}, tmp_path / "two", parallel=HERE)
    table = pd.read_csv(tmp_path / "one" / "sweep.csv")
    kept = ["seats.school.per_year.max", "status", *swept.goals]
    pd.testing.assert_frame_equal(swept.table[kept], table[kept], check_dtype=False)
    assert list(swept.table["attainment"]) == [4, 2]
    for folder in swept.table["folder"]:
        assert planner.verify(tmp_path / "two" / folder).empty
    with pytest.raises(planner.InputError, match="KEY=VALUES"):
        planner.sweep(problem, {"seats.school.per_year.max": []}, tmp_path / "three")


def test_documents_are_the_commands(run: Path, tmp_path: Path) -> None:
    """Pictures, the report and the workbook are the command's, byte for byte."""
    drawn = planner.plot(run, tmp_path / "library", formats=["svg"])
    assert documents._plot(run, tmp_path / "command", None, force=False) == 0
    assert len(drawn) == 7
    assert all(file.read_bytes() == (tmp_path / "command" / file.name).read_bytes() for file in drawn)
    assert planner.report(run, tmp_path / "library.html") == tmp_path / "library.html"
    assert (
        documents._report(run, tmp_path / "command.html", planner.Parallel(1), answers=False, by=None, force=False) == 0
    )
    assert (tmp_path / "library.html").read_bytes() == (tmp_path / "command.html").read_bytes()
    found = planner.nominees(run, 2021, tmp_path / "library.xlsx", with_names=True)
    command = tmp_path / "command.xlsx"
    assert documents._nominees(run, 2021, command, with_names=True, letters=False, force=False) == 0
    assert (tmp_path / "library.xlsx").read_bytes() == command.read_bytes()
    assert (found.path, len(found.notes)) == (tmp_path / "library.xlsx", 2)  # no names, no titles of agencies
    starts = planner.read_run(run).plan().assignments.query("start == 2021")
    assert sorted(found.table["cadre"]) == sorted(starts["cadre"])
    assert set(found.table["authority"]) == {"The office"}
    text = inspect.getdoc(planner.Nominees) or ""
    named = [re.sub("^level_.*", "level_LADDER", str(column)) for column in found.table]
    assert [column for column in named if column not in text] == []


def test_a_plan_at_hand_has_documents_too(plan: planner.Plan, tmp_path: Path) -> None:
    """A plan in no folder is drawn and reported where one says; where nobody says, that is a fault."""
    assert planner.report(plan, tmp_path / "report.html").stat().st_size > 10_000
    assert planner.nominees(plan, 2022).path is None
    with pytest.raises(planner.InputError, match="say where to write"):
        planner.report(plan)
    with pytest.raises(planner.InputError, match="run folder"):
        planner.report(plan, tmp_path / "answers.html", answers=True)


def test_pictures_are_drawn_on_own_axes(plan: planner.Plan) -> None:
    """Every picture of a plan draws on the axes that one gives it, and on no other figure."""
    tables = planner.tabulation
    draws: list[tuple[Callable[..., Any], pd.DataFrame]] = [
        (planner.charts.utilisation, tables.utilisation(plan)),
        (planner.charts.attainment, tables.attainment_by_year(plan)),
        (planner.charts.absence, tables.absence_by_year(plan)),
        (planner.charts.priority_shares, tables.priority_shares(plan)),
        (planner.charts.yearly, tables.yearly(plan)),
        (planner.charts.gantt, tables.gantt(plan, "office")),
        (planner.charts.comparison, planner.compare({"a": plan, "b": plan}).overview()),
    ]
    axes = Figure(figsize=(20, 24)).subplots(len(draws))
    for ax, (draw, table) in zip(axes, draws, strict=True):
        assert draw(table, ax=ax) is ax
        assert ax.get_title(loc="left")
        assert len(ax.get_children()) > 12


def test_the_tables_of_a_plan_are_told() -> None:
    """What `solve` returns is documented with every table of a run folder and every column of it."""
    text = inspect.getdoc(planner.solve) or ""
    for name, columns in COLUMNS.items():
        told = text.partition(f"- `{name}`:")[2].partition("- `")[0]
        assert [column for column in columns if column not in told] == []


# --- published tables -----------------------------------------------------------------------------------------------


def test_published_tables_are_the_commands(tmp_path: Path) -> None:
    """The audit, the rebuilt roster and the generated scenario are what the commands write."""
    audit = planner.audit(VILLAGE)
    assert published._audit(VILLAGE, tmp_path / "audit.csv", force=False) == (1 if audit.wrong else 0)
    assert audit.table.to_csv(index=False, lineterminator="\n") == (tmp_path / "audit.csv").read_text()
    rebuilt = planner.reconstruct(VILLAGE, seed=3)
    assert published._reconstruct(VILLAGE, tmp_path / "rebuilt", 3, force=False) == 0
    made = planner.generate(2, seed=3, published=VILLAGE)
    assert published._generate(2, tmp_path / "made", 3, VILLAGE, force=False) == 0
    made.write(tmp_path / "library")
    for name in ("scenario.yaml", "roster.csv", "agencies.csv", "generated.json"):
        assert (tmp_path / "library" / name).read_bytes() == (tmp_path / "made" / name).read_bytes()
    assert rebuilt.roster.to_csv(index=False, lineterminator="\n") == (tmp_path / "rebuilt" / "roster.csv").read_text()


def test_what_is_generated_needs_no_files(tmp_path: Path) -> None:
    """A generated scenario and its frames are a problem at once, the one that its files would be."""
    made = planner.generate(2, seed=3, published=VILLAGE)
    made.write(tmp_path / "made")
    there = planner.load(tmp_path / "made" / "scenario.yaml")
    here = planner.load(made.scenario, roster=made.roster, agencies=made.agencies)
    pd.testing.assert_frame_equal(here.cadres, there.cadres)
    assert here.scenario.targets == there.scenario.targets


def test_init_is_the_command(tmp_path: Path) -> None:
    """The template that Python writes is the command's, and can be loaded."""
    assert plans._init(tmp_path / "command", force=False) == 0
    scenario = planner.init(tmp_path / "library")
    assert {file.name: file.read_bytes() for file in scenario.parent.iterdir()} == {
        file.name: file.read_bytes() for file in (tmp_path / "command").iterdir()
    }
    assert len(planner.load(scenario).cadres) > 0
