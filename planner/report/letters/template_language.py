"""What a template may say: blanks, conditions and loops over the lists that there are, and nothing that computes.

Jinja's sandbox keeps a template away from Python, not from the machine: sums, macros, functions and loops inside of
loops can fill any memory and take any time. None of them is needed to fill a document, so none is read.
"""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
from jinja2 import nodes

SAID = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Getattr),
    *(nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Concat, nodes.Filter),
)
"""The kinds of statement and expression that fill a document."""
FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "title", "trim", "upper")
"""Filters whose answer is no longer than what they are given."""
DEEPEST = 2  # loops inside of each other
MOST_PARTS = 20_000  # statements and expressions of a template
REFUSALS = (jinja2.TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError)
"""How jinja fails over a template that is wrong."""


def refused(tree: nodes.Template) -> Iterator[str]:
    """What of a template does more than fill it, by the name that jinja has for it, each once."""
    told: dict[str, None] = {}
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    parts = 0
    while waiting:
        node, loops = waiting.pop()
        parts += 1
        deeper = loops + isinstance(node, nodes.For)
        if wrong := _wrong(node, deeper, parts):
            told[wrong] = None
            continue
        waiting += [(child, deeper) for child in node.iter_child_nodes()]
    yield from told


def _wrong(node: nodes.Node, loops: int, parts: int) -> str:
    if not isinstance(node, SAID):
        return type(node).__name__.lower()
    if isinstance(node, nodes.Filter) and not _harmless(node):
        return f"|{node.name}"
    if isinstance(node, nodes.For) and (node.recursive or not isinstance(node.iter, nodes.Name | nodes.Getattr)):
        return "for"
    if isinstance(node, nodes.For) and loops > DEEPEST:
        return "for, for, for"
    return "..." if parts > MOST_PARTS else ""


def _harmless(each: nodes.Filter) -> bool:
    """Whether what a filter gives is not much longer than the template: texts joined again grow without end."""
    return each.name in FILTERS and (each.name != "join" or isinstance(each.node, nodes.Name))
