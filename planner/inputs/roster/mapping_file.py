"""The mapping file: what somebody said of a roster's form, kept so that next year's file is read without a question."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from planner.common.errors import Fault, InputError
from planner.inputs.roster.told import Answers, Question
from planner.inputs.scenario.validation import Entry, validated
from planner.inputs.scenario.value_types import Name
from planner.inputs.scenario.yaml_reader import read_document
from planner.inputs.scenario.yaml_tree import Node
from planner.inputs.vocabulary.answers import wrong_answers
from planner.messages import say

SECTIONS = tuple(one.name for one in fields(Answers))
"""The keys of a mapping file, which are those of a scenario, too."""


class AnswersEntry(Entry):
    """What a mapping file may hold."""

    sheets: dict[Name, Literal["people", "ignore"]] = Field(default={})
    headers: dict[Name, Name] = Field(default={})
    blank: dict[Name, Name] = Field(default={})
    synonyms: dict[Name, dict[Name, Name]] = Field(default={})


@dataclass(frozen=True)
class MappingFile:
    """A mapping file as it was read: the answers, and the tree that knows their lines."""

    answers: Answers
    root: Node

    def faults(self, ladders: Mapping[str, Sequence[str]], programmes: Collection[str]) -> Iterator[Fault]:
        """What names a ladder, a level or a programme that there is not."""
        told = self.answers
        for at, key, name, hint in wrong_answers(told.blank, told.synonyms, ladders, programmes):
            yield self.root.fault(at, key, name=name, found=name, nearest=hint)


def read_mapping(path: str | Path) -> MappingFile:
    """The answers in a mapping file (YAML with the keys sheets, headers, blank, synonyms).

    Raises
    ------
    InputError
        Every fault, with file and line: unknown keys, answers that are missing or not of the form they should have.
    """
    file = Path(path)
    try:
        root = _without_empty_sections(read_document(file))
    except InputError as error:
        if [fault.key for fault in error.faults] == ["empty_file"]:  # nothing but comments: nothing is answered yet
            return MappingFile(Answers(), Node.of({}, file))
        raise
    content, faults = validated(AnswersEntry, root)
    if faults or content is None:
        raise InputError(faults)
    return MappingFile(Answers(content.sheets, content.headers, content.blank, content.synonyms), root)


def _without_empty_sections(root: Node) -> Node:
    """The tree without sections in which every answer is still a comment."""
    if not isinstance(root.value, dict):
        return root
    kept = {key: node for key, node in root.value.items() if node.value is not None or key not in SECTIONS}
    words = kept.get("synonyms")
    if words is not None and isinstance(words.value, dict):
        kept["synonyms"] = replace(words, value={k: v for k, v in words.value.items() if v.value is not None})
    return replace(root, value=kept)


def together(first: Answers, *further: Answers) -> Answers:
    """Several answers as one; the later ones win."""
    whole = first
    for over in further:
        words = {
            column: {**whole.synonyms.get(column, {}), **over.synonyms.get(column, {})}
            for column in {**whole.synonyms, **over.synonyms}
        }
        whole = Answers(
            {**whole.sheets, **over.sheets}, {**whole.headers, **over.headers}, {**whole.blank, **over.blank}, words
        )
    return whole


def answered(at: tuple[str, ...], answer: str) -> Answers:
    """One answer to a question, where the question says that it is written."""
    section, *names = at
    if section == "synonyms":
        return Answers(synonyms={names[0]: {names[1]: answer}})
    own: dict[str, Any] = {section: {names[0]: answer}}
    return Answers(**own)


def mapping_text(answers: Answers, questions: Iterable[Question] = ()) -> str:
    """The mapping file of these answers, with the open questions as comments where their answers are to stand."""
    still_open = [question for question in questions if question.at]
    lines = [f"# {line}" for line in say("mapping_head").splitlines()]
    for section in SECTIONS:
        told = getattr(answers, section)
        asked = [question for question in still_open if question.at[0] == section]
        lines += ["", f"# {say(f'mapping_{section}')}"]
        if not told and not asked:
            lines.append(f"{section}: {{}}")
            continue
        lines.append(f"{section}:")
        if section == "synonyms":
            lines += _words(told, asked)
        else:
            lines += [f"  {_text(name)}: {_text(answer)}" for name, answer in sorted(told.items())]
            lines += [line for question in asked for line in _open(question, "  ")]
    return "\n".join(lines) + "\n"


def _words(told: Mapping[str, Mapping[str, str]], asked: list[Question]) -> Iterator[str]:
    for column in sorted({*told, *(question.at[1] for question in asked)}):
        yield f"  {_text(column)}:"
        yield from (f"    {_text(text)}: {_text(meaning)}" for text, meaning in sorted(told.get(column, {}).items()))
        for question in asked:
            if question.at[1] == column:
                yield from _open(question, "    ")


def _open(question: Question, indent: str) -> Iterator[str]:
    """An open question as comments: what is asked, what may be answered, and the answer's place."""
    yield from (f"{indent}# {line}" for line in say("mapping_open", question=question.brief()).splitlines())
    if question.choices:
        yield f"{indent}# {say('mapping_choices', choices=', '.join(question.choices))}"
    yield f"{indent}# {_text(question.at[-1])}: {_text(question.proposal) if question.proposal else '...'}"


def _text(text: str) -> str:
    """A text as YAML writes it in quotes, on one line."""
    return json.dumps(text, ensure_ascii=False)
