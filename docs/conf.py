# ruff: noqa: INP001
"""How the site is built; it opens from a file, without a network.

`PLANNER_NOTEBOOKS=1 python -m sphinx --fail-on-warning docs site`; without the variable notebooks have no outputs.
"""

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import planner  # noqa: E402
from docs.executed import NOTEBOOKS, page_of  # noqa: E402

project = "planner"
author = "the planner authors"
copyright = author  # noqa: A001
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "planner"
html_show_sourcelink = False
html_copy_source = False
html_show_search_summary = False  # the summaries are fetched, which a browser refuses from a file
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_member_order = "bysource"

REFERENCE, LIBRARY = "reference/scenario", "reference/library"
"""The page whose text is the generated `scenarios/REFERENCE.md`; the one that gets a section for each public module."""

ANCHOR = re.compile(r'^(#+ .*)\n<a id="(\w+)"></a>$', re.MULTILINE)
"""A heading and the anchor under it, as Markdown on a code host needs it; MyST has its own."""

CODE = re.compile(r"(?<![`:])`\s*([^`]+?)\s*`(?![`_])")
"""A word in single backticks, as docstrings write code."""


def read_reference(_app: Any, page: str, source: list[str]) -> None:
    """Put the generated reference of the scenario file in the place of its page."""
    if page == REFERENCE:
        text = (HERE.parent / "scenarios" / "REFERENCE.md").read_text(encoding="utf-8")
        source[0] = ANCHOR.sub(r"(\2)=\n\1", text)


def show_notebook(_app: Any, page: str, source: list[str]) -> None:
    """Put a notebook in the place of its page."""
    if page.startswith("notebooks/"):
        source[0] = page_of(NOTEBOOKS / f"{page.removeprefix('notebooks/')}.ipynb")


def add_modules(_app: Any, page: str, source: list[str]) -> None:
    """Put a section for each public module behind the public functions and classes."""
    if page == LIBRARY:
        public = [(name, getattr(planner, name)) for name in planner.__all__]
        for name, module in public:
            if isinstance(module, ModuleType):
                directive = f".. automodule:: {module.__name__}\n   :members:"
                source[0] += f"\n## planner.{name}\n\n```{{eval-rst}}\n{directive}\n```\n"


def as_written(_app: Any, what: str, _name: str, _obj: Any, _options: Any, lines: list[str]) -> None:
    """Show what stands in backticks as code; do not take "text: more text" at the head of a property for a type."""
    lines[:] = [CODE.sub(r"``\1``", line) for line in lines]
    if what == "property":
        lines.insert(0, "")


def setup(app: Any) -> None:
    """Called by Sphinx: connect the functions above, and import the public names so that autodoc finds them."""
    app.connect("source-read", read_reference)
    app.connect("source-read", add_modules)
    app.connect("source-read", show_notebook)
    app.connect("autodoc-process-docstring", as_written, priority=400)
    for name in planner.__all__:
        setattr(planner, name, getattr(planner, name))
