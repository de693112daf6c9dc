"""Nothing is half there: each rule, goal and column has all that belongs to it, from the file to the test.

A rule has sentences in both languages, a place in the scenario file, a way to give way (or a reason why it has none),
a check in verification, a pair of tests in the model and in verification, and a row in the contract. A goal has a
title, a yardstick, a name in the schema, a check in verification and a row in the contract. A column has a heading, a
derivation in verification and a place in the docstrings of the library.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small import small, starts

import planner
from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import KINDS
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.yaml_tree import Location
from planner.messages import catalogue
from planner.model.build import build_model
from planner.model.goals import GOALS
from planner.model.options import admissible_starts
from planner.model.rows import Key
from planner.model.rules import RULES, statement_of
from planner.model.rules.rule import never, nowhere
from planner.model.shortfalls import TOTAL
from planner.plans.columns import COLUMNS, TABLES
from planner.plans.plan import Plan
from planner.verification import figures
from planner.verification.goals import GOALS as CHECKED_GOALS
from planner.verification.rules import RULES as CHECKED_RULES

HERE = Path(__file__).parent
CONTRACT = (HERE.parent / "docs" / "contract.md").read_text(encoding="utf-8")
EVERYWHERE = {"one_at_a_time", "ladder_order", "requires"}
"""Rules that hold for everybody, whatever the scenario says: they have no place in the file, and none to relax."""
FIRM = {
    "one_at_a_time": "nobody can be in two long programmes at once",
    "ladder_order": "a level cannot be reached before the one below it",
    "requires": "a programme's entry is not the scheme's to waive; a programme without `requires` is another programme",
}
"""Rules that no way out of a conflict relaxes, and why."""
ONE_SENTENCE = {"seats": "_total", "per_agency": "_total", "absence": "_nobody", "leaders": "_nobody"}
"""Rules whose way out is said in the same sentence with and without this suffix."""
POOL = {"programmes": ["school", "evening"], "must": True}
SCHEME: dict[str, Any] = {
    "roster": {
        **{name: {"post": "leader"} for name in "ABC"},
        **{name: {} for name in "DEF"},
        **{name: {"agency": "archive", "post": "leader"} for name in "GH"},
    },
    "agencies": {"office": 10, "archive": 2},
    "programmes": {"school": {"cost": 1}, "evening": {"requires": {"education": "master"}}},
    "targets": {"t": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "at_least": 2, "must": True}},
    "seats": {
        "p": {
            **POOL,
            "who": {"sex": "F"},
            "per_year": {"min": 1, "max": 2},
            "total": {"min": 1, "max": 3},
            "per_agency": {"max": 1, "total": 2},
        },
        "by_year": {**POOL, "who": {"post": "staff"}, "per_year": {"2021": {"min": 1, "max": 2}, "2022": 1}},
    },
    "shares": {"s": {"who": {"post": "leader"}, "min": 0.5, "must": True}},
    "absence": {
        "modes": ["full_time", "in_service"],
        "bands": [{"up_to": 2, "away": 0}, {"away": 2}],
        "leaders": {"who": {"post": "leader"}, "present": 2},
    },
    "study_load": {"starts_per_cadre": 2, "years_between": 1},
    "classes": {"school": {"min": 2, "max": 3}},
    "budget": {"per_year": 4},
    "pins": {"require": [{"cadre": "C"}]},
}
"""A scheme in which every rule says all that it can say."""


@pytest.fixture(scope="module")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    """The problem of the scheme in which every rule speaks."""
    return planner.load(small(tmp_path_factory.mktemp("scheme"), **SCHEME))


@pytest.fixture(scope="module")
def statements(problem: Problem) -> dict[str, list[Key]]:
    """The keys of each rule's statements in that scheme."""
    found: dict[str, dict[Key, None]] = {name: {} for name in RULES}
    for row in build_model(admissible_starts(problem)).tables.row_keys():
        statement = statement_of(row)
        if statement is not None:
            found[statement[0]][statement[1]] = None
    return {name: list(keys) for name, keys in found.items()}


def test_some_rows_have_the_keys_that_they_have_among_all(problem: Problem) -> None:
    """The rows asked for, of the rules asked for, in their order: each with the key that it has in the whole list."""
    tables = build_model(admissible_starts(problem)).tables
    every = list(enumerate(tables.row_keys()))
    draw = np.random.default_rng(1)
    for rules in ([*RULES], [*RULES][::2], []):
        for wanted in (np.ones(len(every), dtype=bool), draw.random(len(every)) < 0.3):
            expected = [(row, limit) for row, limit in every if wanted[row] and limit[0] in rules]
            assert list(tables.limits_among(wanted, rules)) == expected
            assert expected or not rules
    last = {limit: row for row, limit in every}
    finite = [(row, limit) for limit, row in last.items() if np.isfinite(tables.limits[row])][::9]
    for row, limit in finite:
        assert np.flatnonzero(tables.allowing({limit: 2}).limits != tables.limits).tolist() == [row]
    assert finite


def said(key: str) -> bool:
    """Whether there is a sentence in both languages."""
    return len([text for text in catalogue().get(key, ()) if text.strip()]) == 2


def goals_over_futures() -> list[str]:
    """The goals that stand beside the contract's, in the page about risk."""
    text = (HERE.parent / "docs" / "reference" / "risk.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([a-z_]+) \| (?:min|max) \|", text, flags=re.MULTILINE)


def listed(section: int) -> list[str]:
    """The first cells of the table in a section of the contract."""
    text = re.split(r"^## ", CONTRACT, flags=re.MULTILINE)[section]
    assert text.startswith(f"{section}. ")
    return re.findall(r"^\| ([a-z_]+) \|", text, flags=re.MULTILINE)[1:]


# --- the scenario file ----------------------------------------------------------------------------------------------


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario."""
    return Scenario.model_json_schema()


def below(node: dict[str, Any], step: str | int) -> Iterator[dict[str, Any]]:
    """What the schema allows one step further, in any of the forms that a value may have."""
    if "$ref" in node:
        yield from below(schema()["$defs"][node["$ref"].rpartition("/")[2]], step)
    for form in (*node.get("anyOf", ()), *node.get("oneOf", ()), *node.get("allOf", ())):
        yield from below(form, step)
    if isinstance(step, int) and isinstance(node.get("items"), dict):
        yield node["items"]
    if str(step) in node.get("properties", {}):
        yield node["properties"][str(step)]
    elif isinstance(node.get("additionalProperties"), dict):
        yield node["additionalProperties"]


def in_schema(location: Location) -> bool:
    """Whether the schema has a key at a location."""
    nodes = [schema()]
    for step in location:
        nodes = [further for node in nodes for further in below(node, step)]
    return bool(nodes)


# --- rules ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_everything_it_can(name: str, problem: Problem, statements: dict[str, list[Key]]) -> None:
    """The statements of the scheme have the suffixes that the rule declares, each with its sentence."""
    assert statements[name]
    suffixes = {RULES[name].said(problem, key)[0] for key in statements[name]}
    assert suffixes == set(RULES[name].suffixes)
    assert [suffix for suffix in suffixes if not said(f"rule_{name}{suffix}")] == []


def test_a_rule_fills_its_blanks(problem: Problem, statements: dict[str, list[Key]]) -> None:
    """What fills a blank for an id is one of the scheme's ids of that kind."""
    scenario = problem.scenario
    known: dict[str, Collection[str]] = {
        "pool": scenario.seats,
        "target": scenario.targets,
        "share": scenario.shares,
        "programme": scenario.programmes,
        "agency": set(problem.agencies["agency"]),
        "cadre": set(problem.cadres["cadre"]),
    }
    filled = [RULES[name].said(problem, key)[1] for name, keys in statements.items() for key in keys]
    assert set(known) <= {blank for values in filled for blank in values}
    assert [
        values for values in filled for blank in known if blank in values and values[blank] not in known[blank]
    ] == []


def test_a_rule_knows_its_limit(problem: Problem, statements: dict[str, list[Key]]) -> None:
    """Each statement has the number that the scheme gives it, the most allowed or for `must` the least."""
    limits = {name: [RULES[name].limit(problem, key) for key in keys] for name, keys in statements.items()}
    assert set(zip(((key[0], key[-1]) for key in statements["seats"]), limits["seats"], strict=True)) == {
        *((("p", year), 2) for year in range(2021, 2025)),
        *((("by_year", 2021), 2), (("by_year", 2022), 1), (("by_year", 2023), 0), (("by_year", 2024), 0)),
        (("p", TOTAL), 3),
    }
    shares = zip((key[-1] == TOTAL for key in statements["per_agency"]), limits["per_agency"], strict=True)
    assert set(shares) == {(False, 1), (True, 2)}
    loads = zip((key[1] for key in statements["study_load"]), limits["study_load"], strict=True)
    assert set(loads) == {("starts_per_cadre", 2), ("years_between", 1)}
    agencies = {"office": (2, 1), "archive": (0, 0)}
    for number, name in enumerate(("absence", "leaders")):
        found = set(zip((key[0] for key in statements[name]), limits[name], strict=True))
        assert found == {(agency, most[number]) for agency, most in agencies.items()}
    assert set(limits["budget"]) == {4}
    assert dict(zip(statements["must"], limits["must"], strict=True)) == {
        ("targets", "t"): 2,
        **{("seats", "p", year): 1 for year in range(2021, 2025)},
        ("seats", "p", TOTAL): 1,
        ("seats", "by_year", 2021): 1,
        ("shares", "s", TOTAL): 0.5,
    }


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_place_in_the_file(name: str, problem: Problem, statements: dict[str, list[Key]]) -> None:
    """Every statement leads to an entry of this file and a key of the schema, or the rule holds everywhere."""
    if name in EVERYWHERE:
        assert RULES[name].entry is nowhere
        return
    root = problem.source.root
    for key in statements[name]:
        at = RULES[name].entry(problem, key)
        assert in_schema(at), at
        assert len(root.existing(at)) >= min(2, len(at)) > 0, at


def test_the_schema_does_not_have_every_key() -> None:
    """The search in the schema finds what is there, in all forms of a value, and nothing else."""
    assert in_schema(("seats", "p", "per_year", 2021, "max"))
    assert in_schema(("seats", "p", "per_year", "max"))
    assert in_schema(("pins", "require", 0, "cadre"))
    assert not in_schema(("seats", "p", "per_yer", 2021, "max"))
    assert not in_schema(("study_load", "starts"))
    assert not in_schema(("pins", "required", 0))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_gives_way_or_says_why_not(name: str) -> None:
    """Whatever a way out relaxes has a sentence in both languages; what it never relaxes is firm for a reason."""
    rule = RULES[name]
    assert (rule.gives_way is never) == (name in FIRM)
    shared = ONE_SENTENCE.get(name)
    ends = [suffix for suffix in rule.suffixes if suffix != shared] if rule.gives_way is not never else []
    assert [end for end in ends if not said(f"relax_{name}{end}")] == []


def test_rules_are_checked_and_stand_in_the_contract() -> None:
    """Verification and the contract have the model's rules, in their order."""
    assert list(CHECKED_RULES) == list(RULES)
    assert listed(5) == list(RULES)


@cache
def functions(file: str) -> list[ast.FunctionDef]:
    """The tests of a file."""
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    return [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")]


def calls(function: ast.FunctionDef, name: str) -> list[ast.Call]:
    """The calls of a function by its name."""
    every = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return [call for call in every if isinstance(call.func, ast.Name) and call.func.id == name]


def texts(node: ast.AST) -> set[str]:
    """The texts written out in a piece of code."""
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def compared(function: ast.FunctionDef) -> list[ast.Compare]:
    """The comparisons of a test."""
    return [node for node in ast.walk(function) if isinstance(node, ast.Compare)]


def finds_nothing(comparison: ast.Compare) -> bool:
    """Whether something is compared with an empty list."""
    return any(isinstance(each, ast.List) and not each.elts for each in ast.walk(comparison))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_pair_of_tests_in_the_model(name: str) -> None:
    """Some test plans the starts at the rule's bound and has those one past it refused by the rule."""
    pairs = [
        each.name
        for each in functions("test_rules.py")
        if calls(each, "planned") and any(name in texts(call.args[1]) for call in calls(each, "refused"))
    ]
    if name == "must":  # a minimum is also tried with `solved`, as more starts may reach it
        pairs += [each.name for each in functions("test_rules.py") if name in texts(each) and calls(each, "solved")]
    assert pairs


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_a_pair_of_tests_in_verification(name: str) -> None:
    """Some test finds nothing in a plan at the rule's bound, and the rule in one past it."""
    every = [(each.name, compared(each)) for each in functions("test_verification.py")]
    assert [
        test
        for test, comparisons in every
        if any(map(finds_nothing, comparisons)) and any(name in texts(each) for each in comparisons)
    ]


# --- goals ----------------------------------------------------------------------------------------------------------


def test_goals_are_checked_named_and_stand_in_the_contract() -> None:
    """Verification, the schema and the contract have the model's goals, in their order, with the same senses."""
    assert {name: goal.sense for name, goal in CHECKED_GOALS.items()} == {
        name: goal.sense for name, goal in GOALS.items()
    }
    assert list(KINDS) == list(GOALS)
    assert [*listed(6), *goals_over_futures()] == list(GOALS)


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_has_its_sentences(name: str) -> None:
    """A title, and what makes its values not comparable, unless they never are; in both languages."""
    assert said(f"goal_{name}")
    assert said(f"yardstick_{name}") or GOALS[name].breaks_ties


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_has_tests(name: str) -> None:
    """Its value is expected on a plan made by hand, in the model's tests and in verification's."""
    for file in ("test_goals.py", "test_verification_figures.py"):
        assert [each.name for each in functions(file) if name in texts(each)], file


# --- columns --------------------------------------------------------------------------------------------------------

EVERY_COLUMN = [(table, name) for table, names in COLUMNS.items() for name in names]
PROVEN = ["bound", "status", "seconds"]  # what a solve says of a goal, which cannot be derived from the starts


@pytest.mark.parametrize(("table", "name"), EVERY_COLUMN)
def test_a_column_has_a_heading(table: str, name: str) -> None:
    """It is said in both languages."""
    assert said(f"column_{name}"), table


def test_columns_are_derived_again(problem: Problem) -> None:
    """Verification derives the tables with the columns that are declared, in their order."""
    derived = figures(problem, starts())
    for table, names in COLUMNS.items():
        if table == "goals":
            assert [*(name for name in names if name not in PROVEN), *PROVEN] == names
            assert set(map(str, problem.scenario.goals)) <= set(derived.goals)
        else:
            assert list(getattr(derived, table)) == names, table


def test_columns_stand_in_the_contract() -> None:
    """Section 7 lists the files with the columns that are declared, in their order."""
    rows = dict(re.findall(r"^\| (\w+)\.csv \| (.+) \|$", CONTRACT, flags=re.MULTILINE))
    assert {table: plain(rows[table]) for table in TABLES} == COLUMNS


def plain(row: str) -> list[str]:
    """The names in a row of a docstring: without units, remarks and what follows the row."""
    return re.sub(r" ?(\[[^]]*\]|\([^)]*\))", "", row.partition(";")[0]).rstrip(".").split(", ")


def documented(text: str, pattern: str) -> dict[str, list[str]]:
    """Table -> columns, as a docstring lists them."""
    return {table: plain(" ".join(row.split())) for table, row in re.findall(pattern, text) if table in TABLES}


def test_columns_stand_in_the_docstrings() -> None:
    """`planner.solve` and the plan list every table with its columns, in their order."""
    assert documented(inspect.getdoc(planner.solve) or "", r"- `(\w+)`: (.+)") == COLUMNS
    assert documented(inspect.getdoc(Plan) or "", r"(?m)^(\w+)\n    (.+)") == COLUMNS
