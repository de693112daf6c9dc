"""The reference of the scenario format, generated from its schema: Markdown for people, JSON Schema for editors.

`python -m planner.inputs.scenario.schema_reference` writes both into `scenarios/`; a test holds that they are current.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planner.common.files import write_file
from planner.inputs.scenario.schema import Scenario

MARKDOWN, SCHEMA = "REFERENCE.md", "scenario.schema.json"
EVERYWHERE = ("source", "title")
"""Keys that every entry may have; told once."""

_HEAD = """\
# The scenario file

Generated from the schema by `python -m planner.inputs.scenario.schema_reference`; do not edit.

A scenario is a YAML file (UTF-8). Entries that can be many are mappings keyed by an id of your choice, so that one
file can override another. An unknown key, a wrong type, a name that nobody defined are errors: all of them are told
together, with file, line and the nearest known name. `planner check SCENARIO` tells them without solving.

- **Numbers** are plain: `40`, `0.25`. `yes`, `no`, `true` and `false` are truth values. Everything else is text: `8:30`
  and `0123` stay as they are. Tags (`!!...`), a key that stands twice and a second document are errors.
- **`extends: other.yaml`** starts from another scenario: mappings merge key by key, anything else is replaced, and
  `null` removes a key. A path is relative to the file that names it. A condition is a mapping, too: what the other file
  compares still holds unless it is set to `null`.
- **Every entry** may also have `source` (where its figures come from: a section, a decree, or the word `assumed`) and
  `title` (its name for people, one text or `{en: ..., vi: ...}`).
- **In an editor**: the line `# yaml-language-server: $schema=scenario.schema.json` at the top of a scenario (with the
  path to the file beside this one) gives completion and a first check.
"""

_TAIL = """\
## Who

A **group's name**, or a **condition**: a mapping of columns to what they must be.

| written | holds for a cadre whose |
|---|---|
| `{sex: F}` | column `sex` has that value |
| `{post: [chair, deputy]}` | `post` has any of the values |
| `{age: {min: 30, max: 44}}` | `age` lies in the range; either end may be missing, both are inclusive |
| `{theory: {min: intermediate}}` | level stands at least there in the ladder `theory` |
| `{sex: F, local: yes}` | columns hold all of it |
| `{all: [young, {sex: F}]}` | membership in all of these holds |
| `{any: [young, {sex: F}]}` | membership in any of these holds |
| `{not: {post: chair}}` | membership does not hold |

Besides the roster's columns there are `age` (year - `birth_year`) and `service_years` (year - `service_start`), both
in years, and `headcount` (of the agency, people). The year is the first of the horizon, but in a programme's `eligible`
the year of the start. An empty cell satisfies no comparison, so `{not: {sex: F}}` covers a cadre whose sex is missing.
`yes`, `true` and `1` are the same value, in YAML and in tables; so are `no`, `false` and `0`.

## The roster

A `.csv` or `.xlsx` table, one row a cadre. Vietnamese headers (Họ tên, Năm sinh, Đơn vị, ...) and codes (ThS, ĐH, CC,
CVC, Nam, Nữ, x) are understood.

| column | |
|---|---|
| `cadre` | a unique id |
| `agency` | where the cadre works; stands in the agencies table if there is one |
| `birth_year` | year |
| `sex` | `F` or `M` |
| a ladder's name | the level held; an empty cell, or no such column, is *unknown*: neither `none` nor attained |
| `name`, `post`, `local`, `ethnicity` | optional |
| `service_start` | optional: the year in which service began |
| `retires` | optional: the first year no longer in service |
| `studying`, `studying_until` | optional: the programme under way and the year it ends, inclusive |
| any other | free, for conditions |

The agencies table has the columns `agency` and `headcount`, which may be more than the agency's rows on the roster.

## Time

A programme of m months that starts in year t occupies the calendar years t to t + d - 1, d being m / 12 rounded up. It
is completed in the last of them, and counts as begun from t on. It may end after the horizon.

## Goals

Each goal is optimised after the ones before it are fixed at their best value.

| goal | sense | value |
|---|---|---|
| `attainment` | min | the targets' shortfalls [people], each times its `weight`, summed |
| `seat_floors` | min | starts missing to the pools' yearly `min`, summed |
| `priority` | max | the cadre's points, summed over the starts |
| `early` | min | years from the start of the horizon to the completion, summed over the starts |
| `cost` | min | `cost`, summed over the starts |
| `lot` | min | numbers drawn from `lot` by SHA-256, summed over the starts: nobody chooses between equals |
| `changes` | min | starts of an earlier plan that are not kept, plus starts that it did not have |

With `lot` last the best plan is one: the same scenario names the same people, whatever the machine.
"""


def reference() -> str:
    """The reference as Markdown: every key with its type, default and meaning."""
    schema = Scenario.model_json_schema()
    paths: dict[str, list[str]] = {}
    for path, name in _paths(schema, "", schema["$defs"]):
        paths.setdefault(name, []).append(path)
    sections = [_section("The scenario itself", "Scenario", schema)]
    sections += [
        _section(", ".join(f"`{path}`" for path in found), name, schema["$defs"][name]) for name, found in paths.items()
    ]
    return "\n".join([_HEAD, "## Keys\n", *sections, _TAIL])


def json_schema() -> str:
    """A JSON Schema for editors. It refuses nothing that a file which extends another may hold."""
    schema = _lenient(Scenario.model_json_schema())
    schema["properties"]["extends"] = {"type": "string", "description": "the scenario to start from: a path"}
    needed = [name for name, info in Scenario.model_fields.items() if info.is_required()]
    schema |= {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "anyOf": [{"required": ["extends"]}, {"required": needed}],
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_reference(folder: str | Path) -> None:
    """Write both files into `folder`."""
    write_file(Path(folder) / MARKDOWN, reference())
    write_file(Path(folder) / SCHEMA, json_schema())


# --- Markdown -------------------------------------------------------------------------------------------------------

Schema = dict[str, Any]


def _paths(model: Schema, path: str, models: Schema) -> Iterator[tuple[str, str]]:
    """The paths below a model that lead to another, and that one's name; depth first."""
    for key, entry in model["properties"].items():
        for name, step in _models_in(entry):
            yield f"{path}{key}{step}", name
            yield from _paths(models[name], f"{path}{key}{step}.", models)


def _models_in(entry: Schema, step: str = "") -> Iterator[tuple[str, str]]:
    """The models that an entry's values are of, and the step to them: one, one per id, or one per item of a list."""
    if "$ref" in entry:
        yield entry["$ref"].rpartition("/")[2], step
    for choice in entry.get("anyOf", ()):
        yield from _models_in(choice, step)
    if isinstance(entry.get("additionalProperties"), dict):
        yield from _models_in(entry["additionalProperties"], ".ID")
    if "items" in entry:
        yield from _models_in(entry["items"], "[]")


def _section(heading: str, name: str, model: Schema) -> str:
    rows = [
        f"| `{key}` | {_kind(entry)} | {_default(key, entry, model)} | {_meaning(entry)} |"
        for key, entry in model["properties"].items()
        if key not in EVERYWHERE or name == "Scenario"
    ]
    table = "\n".join(["| key | type | default | meaning |", "|---|---|---|---|", *rows])
    return f'### {heading}\n<a id="{name.lower()}"></a>\n\n{_first_paragraph(model)}\n\n{table}\n'


def _first_paragraph(model: Schema) -> str:
    return " ".join(str(model.get("description", "")).partition("\n\n")[0].split())


def _meaning(entry: Schema) -> str:
    return str(entry.get("description", "")).replace("|", "\\|")


def _default(key: str, entry: Schema, model: Schema) -> str:
    if key in model.get("required", ()):
        return "**needed**"
    match entry.get("default"):
        case bool(default):
            return "yes" if default else "no"
        case int(default) | float(default):
            return f"`{default:g}`"
        case str(default):
            return f"`{default}`"
        case [_, *_] as default:
            return f"`[{', '.join(default)}]`"
        case _:
            return "-"


_WHO = [{"type": "string"}, {"type": "object"}]
_AMOUNTS = [{"type": "number"}, {"additionalProperties": {"type": "number"}, "type": "object"}]
_PLAIN = {"string": "text", "boolean": "yes or no", "integer": "whole number", "number": "number", "object": "mapping"}


def _kind(entry: Schema) -> str:
    """The type of a key's value in words."""
    choices = entry.get("anyOf")
    if choices == _WHO:
        return "[who](#who)"
    if choices == _AMOUNTS:
        return "number, or mapping of years to numbers"
    if choices:
        return " or ".join(dict.fromkeys(_kind(choice) for choice in choices if choice.get("type") != "null"))
    match entry:
        case {"$ref": ref}:
            name = ref.rpartition("/")[2]
            kind = f"[{_spaced(name)}](#{name.lower()})"
        case {"enum": values}:
            kind = ", ".join(f"`{value}`" for value in values)
        case {"items": items}:
            kind = f"list of {_kind(items)}"
        case {"additionalProperties": values}:
            kind = f"mapping of ids to {_kind(values)}"
        case {"properties": keys}:
            kind = f"`{{{', '.join(keys)}}}`"
        case _:
            kind = _PLAIN[entry["type"]] + _range(entry)
    return kind


def _spaced(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _range(entry: Schema) -> str:
    above, low, high = entry.get("exclusiveMinimum"), entry.get("minimum"), entry.get("maximum")
    huge = 1_000_000  # such ends only keep sums exact
    words = [f"above {above:g}"] if above is not None else []
    words += [f"from {low:g}"] if low is not None and low > -huge else []
    words += [f"to {high:g}"] if high is not None and high < huge else []
    return f", {' '.join(words)}" if words else ""


# --- JSON Schema ----------------------------------------------------------------------------------------------------


def _lenient(schema: Any) -> Any:
    """The schema without `required`, with null (which removes a key) and with YAML 1.2's reading of yes and no."""
    if isinstance(schema, list):
        return [_lenient(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "boolean":
        return {key: value for key, value in schema.items() if key != "type"} | {"enum": [True, False, "yes", "no"]}
    result = {key: _lenient(value) for key, value in schema.items() if key != "required"}
    if isinstance(schema.get("properties"), dict):
        result["properties"] = {key: _or_null(value) for key, value in result["properties"].items()}
    if isinstance(schema.get("additionalProperties"), dict):
        result["additionalProperties"] = _or_null(result["additionalProperties"])
    return result


def _or_null(schema: Schema) -> Schema:
    kept = {key: schema[key] for key in ("description", "default") if key in schema}
    rest = {key: value for key, value in schema.items() if key not in kept}
    choices = rest["anyOf"] if set(rest) <= {"anyOf", "title"} and "anyOf" in rest else [rest]
    return kept | {"anyOf": [*(choice for choice in choices if choice != {"type": "null"}), {"type": "null"}]}


if __name__ == "__main__":
    write_reference(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[3] / "scenarios")
