"""Offices and posts that are probably one under two spellings: `P. Nội vụ` and `Phòng Nội vụ`, `Phòng Tư phápp`.

Names are compared word by word in their plain form. A word stands for others if it is their initials (`UBND`), or the
first letter of one (`P.`). A slip is one letter too many, too few, swapped or wrong in one word; in proper names, where
one letter makes another place, only in longer words, and never in the first letter or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from planner.inputs.matching import canonical
from planner.inputs.problem import Problem
from planner.inputs.synonyms import plain
from planner.inputs.warnings.warning import ScenarioWarning

COLUMNS = ("agency", "post")
JOINING = ("va", "cua")  # words that abbreviations leave out: và, của
PROPER = ("xa", "phuong", "thi", "huyen", "truong", "thon")
"""Words of names that tell a place or a school, whose other words are proper names: xã, phường, thị trấn, ..."""
SHORTEST_PROPER = 4  # letters of a word of a proper name in which a slip can be told from another name


def near_name_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """One warning for each spelling beside the most frequent one."""
    for column in COLUMNS:
        if column not in problem.cadres:
            continue
        rows = problem.cadres[column].value_counts()
        listed = list(problem.agencies["agency"]) if column == "agency" else []
        names = sorted({*map(str, rows.index), *listed} - {""})
        for main, other in near_pairs(names, {str(name): int(number) for name, number in rows.items()}):
            told = {"name": main, "rows": int(rows.get(main, 0)), "other": other, "others": int(rows.get(other, 0))}
            key = "warning_near_agency" if column == "agency" else "warning_near_post"
            yield ScenarioWarning(key, told, problem.scenario.roster, about=f"{main}~{other}")


def near_pairs(names: Sequence[str], rows: Mapping[str, int]) -> list[tuple[str, str]]:
    """The names that are near another, each behind the most frequent of those that it is near to."""
    blocks: dict[tuple[str, str], list[str]] = {}
    for name in names:
        for block in _blocks(name):
            blocks.setdefault(block, []).append(name)
    near: dict[str, set[str]] = {}
    for together in blocks.values():
        for place, one in enumerate(together):
            for other in together[place + 1 :]:
                if canonical(one) != canonical(other) and are_near(one, other):
                    near.setdefault(one, {one}).add(other)
                    near.setdefault(other, {other}).add(one)
    found = []
    for name, others in near.items():
        main = max(sorted(others), key=lambda each: (int(rows.get(each, 0)), len(each)))
        if main != name:
            found.append((main, name))
    return found


def are_near(one: str, other: str) -> bool:
    """Whether two names are probably one."""
    words, others = _words(one), _words(other)
    if "".join(words) == "".join(others) or _abbreviates(words, others) or _abbreviates(others, words):
        return True
    if len(words) != len(others):
        return False
    differing = [(word, against) for word, against in zip(words, others, strict=True) if word != against]
    return len(differing) == 1 and _is_slip(*differing[0], proper=not {*words}.isdisjoint(PROPER))


def _words(name: str) -> list[str]:
    return [word for word in plain(name).split() if word not in JOINING]


def _blocks(name: str) -> set[tuple[str, str]]:
    """Where a name is looked for: by initials, capitals letter by letter too, or by all letters; and by numbers."""
    words = _words(name)
    numbers = "".join(re.findall(r"\d+", name))
    capitals = {plain(word) for word in re.findall(r"[^\W\d_]{2,}", name) if word.isupper()}
    initials = "".join(word[0] for word in words)
    spelt = "".join(word if word in capitals and len(word) <= 6 else word[0] for word in words)
    return {(initials, numbers), (spelt, numbers), ("".join(words), numbers)}


def _abbreviates(short: Sequence[str], long: Sequence[str], *, first: bool = True) -> bool:
    """Whether every word of the one is a word of the other, in order, or the initials of several.

    The initial of one word alone counts only where the name begins, as in `P. Nội vụ`.
    """
    if not short:
        return not long
    word, rest = short[0], short[1:]
    if long and word == long[0] and _abbreviates(rest, long[1:], first=False):
        return True
    if any(letter.isdigit() for letter in word) or len(long) < len(word) or (len(word) == 1 and not first):
        return False
    return word == "".join(each[0] for each in long[: len(word)]) and _abbreviates(rest, long[len(word) :], first=False)


def _is_slip(one: str, other: str, *, proper: bool) -> bool:
    """Whether two words differ by a slip of the hand."""
    if any(letter.isdigit() for letter in one + other) or min(len(one), len(other)) < 2:
        return False
    if proper and (one[0] != other[0] or max(len(one), len(other)) < SHORTEST_PROPER):
        return False
    return _one_letter_apart(one, other)


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter added, left out or changed, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    start = next((place for place, (here, there) in pairs if here != there), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
