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
from planner.inputs.scenario.reference_text import HEAD, TAIL
from planner.inputs.scenario.schema import Scenario

MARKDOWN, SCHEMA = "REFERENCE.md", "scenario.schema.json"
RATES_ALONE = {"required": ["risk"], "maxProperties": 1}
"""A file of rates, which `planner risk --rates` lays on a run's scenario."""
EVERYWHERE = ("source", "title")
"""Keys that every entry may have; told once."""


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
    return "\n".join([HEAD, "## Keys\n", *sections, TAIL])


def json_schema() -> str:
    """A JSON Schema for editors. It refuses nothing that a file which extends another may hold."""
    schema = _lenient(Scenario.model_json_schema())
    schema["properties"]["extends"] = {"type": "string", "description": "the scenario to start from: a path"}
    needed = [name for name, info in Scenario.model_fields.items() if info.is_required()]
    schema |= {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "anyOf": [{"required": ["extends"]}, {"required": needed}, RATES_ALONE],
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_reference(folder: str | Path) -> None:
    """Write both files into `folder`."""
    write_file(Path(folder) / MARKDOWN, reference(), shared=True)
    write_file(Path(folder) / SCHEMA, json_schema(), shared=True)


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
        yield from _models_in(entry["additionalProperties"], ".YEAR" if "propertyNames" in entry else ".ID")
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
        case {"properties": keys}:
            kind = f"`{{{', '.join(keys)}}}`"
        case {"additionalProperties": values}:
            kind = f"mapping of {'years' if 'propertyNames' in entry else 'ids'} to {_kind(values)}"
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
