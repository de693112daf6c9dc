"""Offices and posts that are probably one under two spellings: `P. Nội vụ` and `Phòng Nội vụ`, `Phòng Tư phápp`.

Names are compared word by word in their plain form. A word stands for others if it is their initials (`UBND`), or the
first letter of one (`P.`). A slip is one letter too many, too few, swapped or wrong in one word; in proper names, where
one letter makes another place, only in longer words, and never in the first letter or a number.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from planner.inputs.people import canonical
from planner.inputs.problem import Problem
from planner.inputs.synonyms import plain
from planner.inputs.warnings.warning import ScenarioWarning

COLUMNS = ("agency", "post")
JOINING = ("va", "cua")  # words that abbreviations leave out: và, của
PROPER = ("xa", "phuong", "thi", "huyen", "truong", "thon")
"""Words of names that tell a place or a school, whose other words are proper names: xã, phường, thị trấn, ..."""
LONGEST_NAME = 200  # letters; a longer text is no name
MOST_TOGETHER = 60  # names with the same initials that are compared each with each
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
    blocks: dict[Hashable, list[str]] = {}
    for name in names:
        for block in _blocks(name) if len(name) <= LONGEST_NAME else ():
            blocks.setdefault(block, []).append(name)
    near: dict[str, set[str]] = {}
    for together in _of_one_kind(blocks.values()):
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


def _of_one_kind(blocks: Iterable[list[str]]) -> Iterator[list[str]]:
    """The blocks; of one with too many names those of them that agree in all words but one, as slips do."""
    for together in blocks:
        if len(together) <= MOST_TOGETHER:
            yield together
            continue
        finer: dict[Hashable, list[str]] = {}
        for name in together:
            words = _words(name)
            for place, word in enumerate(words):
                others = (place, *words[:place], "", *words[place + 1 :])
                for spelling in {word, *(word[:letter] + word[letter + 1 :] for letter in range(len(word)))}:
                    finer.setdefault((others, spelling), []).append(name)
        yield from (few for few in finer.values() if 1 < len(few) <= MOST_TOGETHER)


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


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether every word of the one is a word of the other, in order, or the initials of several.

    The initial of one word alone counts only where the name begins, as in `P. Nội vụ`.
    """
    used = {0}  # how many words of the long name the words so far may stand for
    for place, word in enumerate(short):
        after = {words + 1 for words in used if words < len(long) and word == long[words]}
        if not any(letter.isdigit() for letter in word) and (len(word) > 1 or not place):
            initials = ((words, long[words : words + len(word)]) for words in used)
            after |= {words + len(word) for words, each in initials if word == "".join(one[0] for one in each)}
        used = after
    return len(long) in used


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
