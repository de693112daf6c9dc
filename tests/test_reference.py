"""The reference and the editors' schema are generated, current, and true to what planner accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from small import small

from planner.inputs.scenario.schema import GoalName, Mode, Scenario
from planner.inputs.scenario.schema_reference import MARKDOWN, SCHEMA, json_schema, reference, write_reference
from planner.inputs.scenario.starter import FILES, write_template
from planner.inputs.scenario.yaml_reader import read_document

ROOT = Path(__file__).parents[1]
SCENARIOS = ROOT / "scenarios"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(json_schema()))


def complaints(path: Path) -> list[str]:
    tree = json.loads(json.dumps(read_document(path).plain()))
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(tree)]


@pytest.mark.parametrize(("name", "text"), [(MARKDOWN, reference), (SCHEMA, json_schema)])
def test_the_committed_reference_is_current(name: str, text: Any) -> None:
    """After a change of the schema `python -m planner.inputs.scenario.schema_reference` must be run."""
    assert (SCENARIOS / name).read_text(encoding="utf-8") == text()


def test_both_files_are_written(tmp_path: Path) -> None:
    """`write_reference` writes the two files."""
    write_reference(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([MARKDOWN, SCHEMA])


def test_the_reference_explains_every_key() -> None:
    """Every key of every model has a row with a type and a meaning; every goal and mode is named."""
    text = reference()
    models = [Scenario.model_json_schema(), *Scenario.model_json_schema()["$defs"].values()]
    for model in models:
        for key, entry in model["properties"].items():
            assert entry.get("description"), f"{model['title']}.{key} has no description"
            assert f"| `{key}` | " in text
    for name in (*GoalName.__args__, *Mode.__args__):  # type: ignore[attr-defined]
        assert f"`{name}`" in text


def test_every_link_in_the_reference_leads_somewhere() -> None:
    """A link to a section of the page has its anchor or heading there."""
    text = reference()
    for target in {part.split(")")[0] for part in text.split("](#")[1:]}:
        assert f'<a id="{target}"></a>' in text or f"## {target.capitalize()}\n" in text


def test_the_json_schema_is_one() -> None:
    """It keeps the rules of JSON Schema itself."""
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema()))


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for folder in (
            SCENARIOS,
            ROOT / "tests" / "cases" / "example",
            ROOT / "planner" / "inputs" / "scenario" / "template",
        )
        for path in folder.rglob("*.yaml")
        if not path.name.startswith(("published", "reform"))
    ),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_scenario_of_ours_satisfies_the_json_schema(path: Path) -> None:
    """An editor complains of none of the scenarios that planner accepts, what-ifs among them."""
    assert complaints(path) == []


@pytest.mark.parametrize(
    "faulty",
    [
        {"extra": 1},
        {"horizon": {"first": "soon"}},
        {"programmes": {"school": {"mode": "fulltime"}}},
        {"programmes": {"school": {"monts": 3}}},
        {"goals": ["atainment"]},
        {"solver": {"gap": 2}},
        {"horizon": None},
    ],
    ids=str,
)
def test_the_json_schema_finds_slips(tmp_path: Path, faulty: dict[str, Any]) -> None:
    """Unknown keys, wrong types and choices, and a missing key are marked in the editor already."""
    assert complaints(small(tmp_path / "sound")) == []
    assert complaints(small(tmp_path / "faulty", **faulty)) != []


def test_a_what_if_may_say_only_what_differs(tmp_path: Path) -> None:
    """A file that extends another needs no key, may remove some, and may write yes and no."""
    path = tmp_path / "what-if.yaml"
    path.write_text(
        "extends: base.yaml\nbudget: null\nseats: {s: {total: 4, who: null, must: 'yes'}}\ntargets: {t: null}\n"
    )
    assert complaints(path) == []


def test_the_readme_names_every_file_of_the_template(tmp_path: Path) -> None:
    """The template's files are those in planner/template, and every one is written."""
    write_template(tmp_path / "mine")
    assert sorted(path.name for path in (ROOT / "planner" / "inputs" / "scenario" / "template").iterdir()) == sorted(
        FILES
    )
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == sorted([*FILES, SCHEMA])
