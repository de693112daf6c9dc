"""Answers in sentences on the terminal: the one to act on first, then the others, no line longer than can be read."""

from __future__ import annotations

from collections.abc import Sequence

from planner.analysis.why.cadre import Explanation
from planner.analysis.why.conflicts import Contradictions
from planner.analysis.why.missed_targets import Missed
from planner.inputs.problem import Problem
from planner.plans.persons import nameless
from planner.report.terminal.console import tell
from planner.report.text import first_sentences
from planner.report.text.conflicts import contradicted
from planner.report.text.explanations import explained
from planner.report.text.missed_targets import missing


def print_explanation(problem: Problem, answer: Explanation) -> None:
    """What a cadre gets and what not, and why."""
    _, *lines = explained(problem, answer)  # the first names the cadre, as the sentence before them does
    tell([first_sentences.of_explanation(problem, answer), *lines, *nameless(problem)])


def print_missing(problem: Problem, answers: Sequence[Missed]) -> None:
    """Why targets are missed, and what would reach them."""
    first = first_sentences.of_missed(problem, answers)
    tell([*first, *missing(problem, answers), *nameless(problem)])


def print_contradictions(problem: Problem, answer: Contradictions) -> None:
    """Which rules contradict each other, and the ways out."""
    first = first_sentences.of_conflicts(problem, answer)
    tell([*filter(None, [first]), *contradicted(problem, answer), *nameless(problem)])
