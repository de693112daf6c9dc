"""A tree of YAML nodes becomes a checked model: strict types, no unknown keys, every fault with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from planner.common.errors import Fault, NearestName, closest, nearest
from planner.inputs import synonyms
from planner.inputs.scenario.slips import meant_number
from planner.inputs.scenario.yaml_tree import Location, Node
from planner.messages import Sentence


class Entry(BaseModel):
    """A mapping of a YAML file with known keys: strict types, unknown keys refused, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            known = [info.alias or name for name, info in cls.model_fields.items()]
            unknown = [((key,), {"name": key, "nearest": nearest(key, known)}) for key in data if key not in known]
            if unknown:
                raise refusals("unknown_key", unknown)
        return data

    def replace(self, **changes: Any) -> Self:
        """A copy with other values."""
        return self.model_copy(update=changes)


M = TypeVar("M", bound=BaseModel)
OF_A_TREE = {"of": "tree"}  # the context in which a model is validated by `validated`, which collects the faults


def refusal(key: str, at: Location = (), **values: object) -> PydanticCustomError:
    """What a validator raises: the sentence `key`, for the entry `at` below the value it was given."""
    return PydanticCustomError("refused", "refused", {"key": key, "below": at, "values": values})


def refusals(key: str, found: Sequence[tuple[Location, dict[str, Any]]]) -> PydanticCustomError:
    """The same of several entries below the value: of each its place, and what fills the sentence's blanks."""
    (at, values), *further = found
    return PydanticCustomError("refused", "refused", {"key": key, "below": at, "values": values, "further": further})


MOST_ROUNDS = 50
"""So often a tree is validated again without what was wrong with it: validators that stop at their first fault would
take one round for each of a hundred thousand."""


def validated(model: type[M], root: Node) -> tuple[M | None, list[Fault]]:
    """The tree as a `model`, and every fault of it.

    What is wrong is taken out and the rest validated again, so that one fault hides no other. With faults the model
    is what was left, good for finding further faults; None where nothing useful was left.
    """
    faults: list[Fault] = []
    taken: set[Location] = set()
    tree = root
    for _ in range(MOST_ROUNDS):
        try:
            return model.model_validate(tree.plain(), context=OF_A_TREE), faults
        except ValidationError as error:
            details = [each for detail in error.errors(include_url=False) for each in _each(detail)]
        found = [_fault(tree, detail) for detail in details]
        faults += [fault for detail, (_, fault) in zip(details, found, strict=True) if not _follows(detail, taken)]
        taken |= {location[:depth] for location, _ in found for depth in range(len(location) + 1)}
        stand_ins = {location: _stand_in(detail) for detail, (location, _) in zip(details, found, strict=True)}
        if () in stand_ins:
            return None, faults
        tree = tree.edited(stand_ins)
    return None, [*faults, Fault("faults_not_all", {}, root.file)]


def _each(detail: ErrorDetails) -> Iterator[ErrorDetails]:
    """A refusal of several entries as one of each."""
    yield detail
    context = detail.get("ctx", {})
    for at, values in context.get("further", ()):
        yield {**detail, "ctx": {**context, "below": at, "values": values}}


def unknown_nulls(model: type[BaseModel], node: Node, at: Location = ()) -> Iterator[tuple[Location, str, NearestName]]:
    """The keys with the value null that a model does not know: location, key and the nearest known names.

    Null removes a key before the tree is validated, so that a slip in such a key would never be seen.
    """
    known = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
    for key, child in node.value.items() if isinstance(node.value, dict) else ():
        if key not in known and child.value is None:
            yield (*at, key), key, nearest(key, known)
        for location, inner, entry in _entries_below(known.get(key), child, (*at, key)):
            yield from unknown_nulls(inner, entry, location)


def _entries_below(kind: Any, node: Node, at: Location) -> Iterator[tuple[Location, type[BaseModel], Node]]:
    """The models below a location whose values are of the type `kind`, and the nodes that hold them."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield at, kind, node
    elif get_origin(kind) in (Union, UnionType, Annotated):
        by_year = isinstance(node.value, dict) and any(key.isdecimal() for key in node.value)
        for choice in get_args(kind):
            if not (by_year and isinstance(choice, type)):  # such a mapping is not the model itself
                yield from _entries_below(choice, node, at)
    elif get_origin(kind) is dict and isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from _entries_below(get_args(kind)[1], child, (*at, key))
    elif get_origin(kind) is list and isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from _entries_below(get_args(kind)[0], child, (*at, index))


def _stand_in(detail: ErrorDetails) -> Any:
    """A right value in place of a wrong one, where the fault says what would be right; None where it does not."""
    context = detail.get("ctx", {})
    if "values" in context:
        return context["values"].get("instead")
    kinds = {"ge": 0, "le": 0, "gt": 1, "lt": -1}
    return next((context[kind] + step for kind, step in kinds.items() if kind in context), None)


_LACKS = ("missing", "too_short", "one_of_two", "empty_range", "want_not_empty")


def _follows(detail: ErrorDetails, taken: set[Location]) -> bool:
    """Whether something is lacking only because it, or what was inside of it, is one of those `taken` out."""
    location, kind = detail["loc"], detail["type"]
    if kind == "refused":
        location, kind = location + detail["ctx"]["below"], detail["ctx"]["key"]
    return kind in _LACKS and location in taken


def _fault(tree: Node, detail: ErrorDetails) -> tuple[Location, Fault]:
    """What to take out of the tree, and the fault."""
    location: Location = detail["loc"]
    context = detail.get("ctx", {})
    if detail["type"] == "refused":
        location += context["below"]
        values = dict(context["values"])
        if "found" in values:
            values["found"] = _found(context["key"], values["found"], values | {"at": location})
        location = tree.existing(location)
        return location, tree.fault(location, context["key"], **values)
    key = _SENTENCES.get(detail["type"], "invalid")
    values = {"found": _found(key, detail["input"], {"at": location, **context}), "reason": detail["msg"], **context}
    if "expected" in values:  # 'up', 'down' or 'nearest'
        values["expected"] = str(values["expected"]).replace(" or ", ", ")
    if detail["type"] == "missing":
        values["name"], location = location[-1], location[:-1]
    location = tree.existing(location)
    return location, tree.fault(location, key, **values)


def _found(key: str, value: object, context: Mapping[str, Any]) -> str | Sentence:
    """What was found where the sentence `key` wants something else, with what was probably meant.

    `context` tells the location, `at`, and the bound that a number breaks, such as `le`.
    """
    shown, meant = _shown(value), _meant(key, value, context)
    return Sentence("found_meant", {"found": shown, "meant": meant}) if meant else shown


def _meant(key: str, value: object, context: Mapping[str, Any]) -> str:
    """What somebody who wrote `value` probably meant; empty where nothing is plain, as of a text without end."""
    meant = ""
    if isinstance(value, str | list | Mapping) and len(value) > LONGEST_MEANT:
        return meant
    match key, value:
        case "want_integer", str() as text if year := _DATE.fullmatch(text.strip()):
            month = year[0].partition(next(sign for sign in year[0] if sign in "/.-"))[0]
            meant = str(int(month)) if context["at"][-1:] == ("begins",) and year[1] else year[1] or year[2]
        case "want_one_of", str() as text:
            meant = _meant_choice(text, re.findall(r"'([^']+)'", str(context.get("expected", ""))))
        case "want_list", Mapping() as entries if context["at"][-1:] in (("any",), ("all",)):
            meant = _listed(entries)
        case "want_number" | "want_integer", str() as text:
            number = meant_number(text)
            meant = number if key == "want_number" or "." not in number else ""
        case "want_number", [int() as whole, int() as behind]:
            meant = f"{whole}.{behind}"
        case "want_at_most", int() | float():
            meant = f"{value / 100:.10g}" if context.get("le") == 1 and 1 < value <= 100 else ""
        case "want_truth", str() as text:
            meant = {True: "yes", False: "no", None: ""}[synonyms.truth(text)]
        case "want_list", str() as text:
            items = [item.strip() for item in re.split(r",|(?:^|\s)[-–—]\s*", text) if item.strip()]
            meant = f"[{', '.join(items)}]"
        case "want_mapping", str() as text:
            meant = _meant_mapping(text, context["at"])
    return meant


_DATE = re.compile(r"(?:\d{1,2}[/.-])?\d{1,2}[/.-](\d{4})|(\d{4})[/.-]\d{1,2}(?:[/.-]\d{1,2})?")
"""A day or a month, of which the year was wanted."""
LONGEST_MEANT = 200  # letters or entries
CHOICES = {
    "full_time": ("tap trung", "hoc tap trung", "he tap trung", "full time", "fulltime"),
    "in_service": ("vua hoc vua lam", "vua lam vua hoc", "tai chuc", "khong tap trung", "he khong tap trung", "vhvl"),
    "short": ("boi duong", "ngan han", "lop ngan han"),
    "completed": ("hoan thanh", "da hoc xong", "tot nghiep"),
    "enrolled": ("dang hoc", "studying"),
    "up": ("len", "lam tron len"),
    "down": ("xuong", "lam tron xuong"),
    "nearest": ("gan nhat", "half"),
    "included": ("include", "co tinh"),
    "excluded": ("exclude", "khong tinh"),
    "year": ("nam", "moi nam", "yearly"),
    "horizon": ("ca ky", "period", "total"),
}
"""What people write for the words that some keys choose from."""


def _meant_choice(text: str, choices: list[str]) -> str:
    written = synonyms.plain(text)
    by_name = {synonyms.plain(choice): choice for choice in choices}
    by_name |= {word: choice for choice in choices for word in CHOICES.get(choice, ())}
    return by_name.get(written) or closest(text, choices) or ""


def _listed(entries: Mapping[str, Any]) -> str:
    """A mapping's plain entries as the conditions of a list."""
    plain = all(isinstance(value, str | int | float) for value in entries.values())
    return f"[{', '.join(f'{{{key}: {value}}}' for key, value in entries.items())}]" if plain else ""


def _meant_mapping(text: str, at: Location) -> str:
    """The mapping that a text was probably meant as: two years, an entry without the blank, or a range, a number."""
    if years := re.fullmatch(r"(\d{4})\s*[-–—/]\s*(\d{4})", text.strip()):
        first, last = ("first", "last") if at[-1:] == ("horizon",) else ("from", "to")
        return f"{{{first}: {years[1]}, {last}: {years[2]}}}"
    if bounds := re.fullmatch(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})", text.strip()):
        return f"{{min: {bounds[1]}, max: {bounds[2]}}}"
    entry = re.fullmatch(r"([^\W\d]\w*)\s*[:=]\s*(\S.*)", text.strip())
    return f"{{{entry[1]}: {entry[2]}}}" if entry else meant_number(text)


def _shown(value: object) -> str:
    """A value as it stands in the file: text in quotes, so that '5' is not taken for 5."""
    match value:
        case None:
            return "null"
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return "{...}"
        case [int() as one, int() as other]:
            return f"[{one}, {other}]"
        case list() | tuple():
            return "[...]"
    text = f"'{value}'" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


_SENTENCES = {
    "missing": "missing_key",
    "string_type": "want_text",
    "int_type": "want_integer",
    "int_from_float": "want_integer",
    "float_type": "want_number",
    "bool_type": "want_truth",
    "list_type": "want_list",
    "tuple_type": "want_list",
    "dict_type": "want_mapping",
    "model_type": "want_mapping",
    "literal_error": "want_one_of",
    "greater_than": "want_greater",
    "greater_than_equal": "want_at_least",
    "less_than": "want_less",
    "less_than_equal": "want_at_most",
    "too_short": "want_not_empty",
    "string_too_short": "want_not_empty",
}
