"""The template is a scenario that solves, and writing it never costs anybody anything."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.common.errors import InputError
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.starter import FILES, write_template
from planner.inputs.scenario.yaml_reader import read_document
from planner.messages import speaking
from planner.verification import broken_rules


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".yaml")])
def test_the_template_solves_to_a_proven_plan(tmp_path: Path, name: str) -> None:
    """The scenario and its what-if have a plan that is proven in every goal and holds when it is derived again."""
    write_template(tmp_path / "mine")
    problem = planner.load(tmp_path / "mine" / name)
    plan = planner.solve(problem)
    assert plan.status == "optimal"
    assert plan.repeatable
    assert broken_rules(problem, plan.assignments).empty
    assert len(plan.assignments) > len(problem.cadres)


def test_the_template_shows_every_key() -> None:
    """Every key of a scenario stands in the template, switched on or behind a #."""
    text = (Path(planner.__file__).parent / "inputs" / "scenario" / "template" / "scenario.yaml").read_text(
        encoding="utf-8"
    )
    schema = Scenario.model_json_schema()
    keys = set(schema["properties"]).union(*(set(model["properties"]) for model in schema["$defs"].values()))
    assert {key for key in keys | {"extends"} if f"{key}:" not in text and f"#   {key} " not in text} == set()


def test_the_template_is_small(tmp_path: Path) -> None:
    """About 25 cadres in three agencies, all of them codes."""
    write_template(tmp_path / "mine")
    problem = planner.load(tmp_path / "mine" / "scenario.yaml")
    assert (len(problem.cadres), len(problem.agencies)) == (25, 3)
    assert "name" not in problem.cadres.columns
    assert read_document(tmp_path / "mine" / "what-if.yaml").has("extends")


def test_force_replaces_a_template_but_nothing_else(tmp_path: Path) -> None:
    """An existing folder needs --force; one with anything beside, or with a file that was worked in, stays."""
    mine = tmp_path / "mine"
    write_template(mine)
    with pytest.raises(InputError):
        write_template(mine)
    write_template(mine, force=True)
    kept = (mine / "roster.csv").read_text(encoding="utf-8")
    (mine / "roster.csv").write_text("our own people")
    with speaking("en"), pytest.raises(InputError, match=r"changed since planner wrote them \(roster.csv\)"):
        write_template(mine, force=True)
    assert (mine / "roster.csv").read_text() == "our own people"
    (mine / "roster.csv").write_text(kept, encoding="utf-8")
    (mine / "decision.doc").write_text("years of work")
    with speaking("en"), pytest.raises(InputError, match=r"planner wrote there \(decision.doc\)"):
        write_template(mine, force=True)
    assert (mine / "decision.doc").read_text() == "years of work"
