"""What can be wrong with an input, and how it is said: file, line or row, what was found, the nearest known name."""

from __future__ import annotations

import difflib
import heapq
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from planner.messages import Sentence, say, visible_line

MOST_NAMES_TOLD = 12  # names that a sentence tells
MOST_FAULTS_TOLD = 10  # faults of one kind that a message tells; of the others it tells how many they are
LONGEST_VALUE = 200  # letters of a value that a sentence tells
LONGEST_SENTENCE = 4_000  # letters
LONGEST_COMPARED = 80  # letters by which names are compared
NEAR = 0.65  # likeness from which on one name is taken for a slip of another: `mni` for `min`, not `teory` for `master`
SHORTEST_PART = 4  # letters of what may be a slip of a part of a name
MOST_COMPARED = 400  # names that are compared letter by letter; of more, those with most pairs of letters in common


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input.

    `key` names the sentence in `planner.messages`, `values` fill its blanks. `line` is the line of a YAML file,
    `row` the row of a table as a spreadsheet numbers it (the header included), `sheet` that of a workbook with
    several, `cell` a cell of it as a spreadsheet calls it (D5).
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    file: Path | str | None = None
    line: int | None = None
    row: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        values = {
            key: visible_line(value) if type(value) is str else value
            for key, value in ((key, _cut_value(value)) for key, value in self.values.items())
        }
        sentence = _cut(say(self.key, **values), LONGEST_SENTENCE)
        if self.file is None:
            return sentence
        return f"{self.place()}: {sentence}"

    def without_hints(self) -> str:
        """The same without the names that are like an unknown one, for which all names have to be looked through."""
        return str(replace(self, values={name: _without_hint(value) for name, value in self.values.items()}))

    def brief(self) -> str:
        """The same with the file's name alone, where its reader knows which folder is meant."""
        return str(self if self.file is None else replace(self, file=Path(self.file).name))

    def place(self) -> str:
        """Where it stands, as its reader finds it: file and line; or file, sheet and cell or row."""
        file = visible_line(str(self.file))
        where = file if self.sheet is None else say("at_sheet", file=file, sheet=visible_line(self.sheet))
        if self.line is not None:
            return say("at_line", file=where, line=self.line)
        if self.cell is not None:
            return say("at_cell", file=where, cell=self.cell)
        return where if self.row is None else say("at_row", file=where, row=self.row)


class PlannerError(Exception):
    """Anything planner refuses; as a text, in words for its user. Never a programming error."""


class InputError(PlannerError):
    """An input is wrong: every fault found in it, together, each once."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        found = [faults] if isinstance(faults, Fault) else faults
        self.faults = tuple({fault.without_hints(): fault for fault in found}.values())
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(told(self.faults))


class TaskCrashedError(PlannerError):
    """A task's process ended without an answer."""


def told(faults: Collection[Fault]) -> Iterator[str]:
    """The faults as lines: of each kind the first ten, and how many more there are."""
    number = Counter(fault.key for fault in faults)
    seen: Counter[str] = Counter()
    for fault in faults:
        seen[fault.key] += 1
        if seen[fault.key] <= MOST_FAULTS_TOLD:
            yield str(fault)
        if seen[fault.key] == MOST_FAULTS_TOLD < number[fault.key]:
            yield say("faults_more", number=number[fault.key] - MOST_FAULTS_TOLD)


@dataclass(frozen=True, eq=False)
class NearestName:
    """The end of a sentence about an unknown name: the known name most like it, or all of them if they are few.

    The known names are looked through only when the sentence is told: of a thousand faults most are only counted.
    """

    name: str
    names: Collection[str]
    shown: Collection[str] | None = None  # what the names are called, where that is something else

    @cached_property
    def like(self) -> str:
        """The known name most like it, empty if none is."""
        return closest(self.name, _in_order(self.names)) or ""

    @property
    def known(self) -> tuple[str, ...]:
        """All names, empty if they are too many to be told."""
        names = self.names if self.shown is None else self.shown
        return _in_order(names) if len(names) <= MOST_NAMES_TOLD else ()

    def __str__(self) -> str:
        if self.like:
            return say("did_you_mean", name=_cut(self.like, LONGEST_VALUE))
        known = [_cut(name, LONGEST_VALUE) for name in self.known]
        between = "; " if any("," in name for name in known) else ", "
        return say("known_names", names=between.join(known)) if known else ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NearestName) and (self.like, self.known) == (other.like, other.known)

    def __hash__(self) -> int:
        return hash(self.name)

    def __reduce__(self) -> tuple[Any, ...]:
        # To another process goes what is told, not all the names.
        return NearestName, (self.name, (self.like,) if self.like else (), self.known)


def _in_order(names: Collection[str]) -> tuple[str, ...]:
    """Names in their order, those of a set by the alphabet: a set has another order in every process."""
    return tuple(sorted(names) if isinstance(names, set | frozenset) else names)


def nearest(name: object, known: Iterable[str]) -> NearestName:
    """The known name most like an unknown one, and the known names if they are few; of a collection it is kept."""
    return NearestName(str(name), known if isinstance(known, Collection) else tuple(known))


def closest(name: object, known: Iterable[str]) -> str | None:
    """The known name most like an unknown one; None where none is like it. Only the beginning of long names counts."""
    wanted, folded = _folded(str(name)), dict[str, list[str]]()
    for each in known:
        folded.setdefault(_folded(each), []).append(each)
    close = [wanted] if wanted in folded else _likest(wanted, folded)
    if not close:
        return None
    cut = str(name)[:LONGEST_COMPARED]
    among = folded[close[0]][:MOST_COMPARED]
    return max(among, key=lambda each: difflib.SequenceMatcher(None, cut, each[:LONGEST_COMPARED]).ratio())


def _likest(wanted: str, names: Collection[str]) -> list[str]:
    """The name most like the one that is wanted, of all names or of those that have most pairs of letters with it."""
    if len(names) > MOST_COMPARED:
        pairs = _pairs(wanted)
        names = heapq.nlargest(MOST_COMPARED, names, key=lambda each: (len(pairs & _pairs(each)), each))
    ranked = ((_likeness(wanted, each), each) for each in names)
    near = [each for each in ranked if each[0][0] >= NEAR]
    return [max(near)[1]] if near else []


def _likeness(wanted: str, name: str) -> tuple[float, int]:
    """How like a name is, by itself or by as many of its words: `teory` is as like `district_theory` as `theory`.

    The second figure ranks the first: of names that are as like the shorter one.
    """
    matcher = difflib.SequenceMatcher(None, "", wanted)
    number, words, ratio = wanted.count("_") + 1, name.split("_"), 0.0
    parts = ["_".join(words[at : at + number]) for at in range(len(words) - number + 1)]
    for text in dict.fromkeys([name, *(parts if len(wanted) >= SHORTEST_PART else ())]):
        matcher.set_seq1(text)
        if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR:
            ratio = max(ratio, matcher.ratio())
    return ratio, -len(name)


@lru_cache(maxsize=50_000)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(name)))


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    """A name without accents, in small letters, its blanks as ids have them: `Lãnh đạo` is `lanh_dao`; not all of it
    where it is long. The dashes before an option are no part of its name.
    """
    letters = unicodedata.normalize("NFD", name[: 2 * LONGEST_COMPARED].strip().lstrip("-").casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.replace("đ", "d").replace(" ", "_")[:LONGEST_COMPARED]


# --- long values ----------------------------------------------------------------------------------------------------


def _cut(text: str, longest: int) -> str:
    """As much of a text as a message can hold."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _cut_value(value: Any) -> Any:
    match value:
        case str():
            return _cut(value, LONGEST_VALUE)
        case Sentence():
            return replace(value, values={name: _cut_value(inner) for name, inner in value.values.items()})
    return value


def _without_hint(value: Any) -> Any:
    match value:
        case NearestName():
            return ""
        case Sentence():
            return replace(value, values={name: _without_hint(inner) for name, inner in value.values.items()})
    return value
