# ruff: noqa: INP001
"""Notebooks as pages: run with the variable PLANNER_NOTEBOOKS set, their cells and outputs become MyST Markdown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
VARIABLE = "PLANNER_NOTEBOOKS"
NOT_RUN = f"*Shown without outputs: this site was built without `{VARIABLE}=1`.*"


def page_of(path: Path) -> str:
    """The page of a notebook; with its outputs where the variable is set, else it says that they are left out."""
    notebook = nbformat.read(path, as_version=4)
    asked = bool(os.environ.get(VARIABLE))
    if asked:
        from nbclient import NotebookClient

        NotebookClient(notebook, timeout=1800, resources={"metadata": {"path": str(path.parent)}}).execute()
    title, *rest = [cell_in_words(cell) for cell in notebook.cells]
    return "\n\n".join([title, *([] if asked else [NOT_RUN]), *rest]) + "\n"


def cell_in_words(cell: Any) -> str:
    """A cell: its text as it is, or its code and what it printed, showed and drew."""
    if cell.cell_type != "code":
        return str(cell.source)
    code = "\n".join(line for line in cell.source.splitlines() if not line.startswith("%"))
    return "\n\n".join([_fenced("python", code), *(text for output in cell.outputs if (text := _shown(output)))])


def _shown(output: Any) -> str:
    """An output: the richest form of it that a page can show without a script."""
    if output.output_type == "stream":
        return _fenced("text", output.text.rstrip())
    forms = output.get("data", {})
    if "image/png" in forms:
        return _fenced("{raw} html", f'<img alt="" src="data:image/png;base64,{forms["image/png"].strip()}">')
    if "text/html" in forms:
        return _fenced("{raw} html", f'<div class="table-wrapper">{forms["text/html"]}</div>')
    return _fenced("text", forms["text/plain"]) if "text/plain" in forms else ""


def _fenced(kind: str, text: str) -> str:
    return f"````{kind}\n{text}\n````"
