"""Templates: the shipped ones and an office's own, checked before they are filled, filled in a sandbox."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planner.common.errors import Fault, InputError, nearest
from planner.messages import language, visible
from planner.report.letters.placeholders import LISTS, Context
from planner.report.letters.template_language import REFUSALS, refused

KINDS = ("annex", "letter-state", "letter-party", "review-state", "review-party")
"""The templates, as their files are called without .docx."""
LARGEST = 20_000_000  # bytes of a template
LARGEST_UNPACKED = 60_000_000  # bytes of what is packed in it
MOST_SAID = 200  # letters of a reason
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file can say


@dataclass(frozen=True)
class Template:
    """A template: what it is called in messages, its content, and the placeholders that stand in it."""

    name: str
    content: bytes
    placeholders: frozenset[str] = frozenset()

    def filled(self, context: Context) -> bytes:
        """The document: the same template and texts give the same bytes.

        Raises
        ------
        InputError
            The template asks for something that there is not, or for something that is not allowed.
        """
        document = DocxTemplate(io.BytesIO(self.content))
        try:
            document.render(context, _environment(), autoescape=True)
        except REFUSALS as error:
            raise InputError(Fault("template_wrong", {"reason": _reason(error)}, self.name)) from None
        stream = io.BytesIO()
        document.save(stream)
        return repacked(stream.getvalue())


def shipped(kind: str) -> bytes:
    """The shipped template of a kind, in the language spoken now."""
    folder = resources.files("planner.report.letters") / "templates" / language()
    return (folder / f"{kind}.docx").read_bytes()


def find_templates(kinds: Collection[str], folder: Path | None) -> tuple[dict[str, Template], list[str]]:
    """The templates of `kinds` in a folder, and which of them are not there, so that the shipped ones are taken.

    Raises
    ------
    InputError
        The folder is none, or holds a document that no template is called like; all such together.
    """
    if folder is None:
        return {kind: Template(f"{kind}.docx", shipped(kind)) for kind in kinds}, []
    if not folder.is_dir():
        raise InputError(Fault("template_no_folder", {"folder": folder}))
    known = [f"{kind}.docx" for kind in KINDS]
    held = sorted(path.name for path in folder.iterdir() if path.suffix.lower() == ".docx" and path.name[:2] != "~$")
    if strange := [name for name in held if name not in known]:
        wrong = [{"name": name, "nearest": nearest(name, known)} for name in strange]
        raise InputError([Fault("template_strange", values, folder) for values in wrong])
    found, instead = {}, []
    for kind in kinds:
        path = folder / f"{kind}.docx"
        if path.name in held:
            found[kind] = _own(path)
        else:
            found[kind] = Template(path.name, shipped(kind))
            instead.append(path.name)
    return found, instead


def _own(path: Path) -> Template:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(Fault("too_large", {}, path))
        return Template(str(path), path.read_bytes())
    except OSError as error:
        raise InputError(Fault("file_unreadable", {"reason": error.strerror}, path)) from None


# --- what a template asks for ---------------------------------------------------------------------------------------


def checked(template: Template, known: Collection[str]) -> Template:
    """The template with its placeholders.

    Raises
    ------
    InputError
        It is no Word document, its statements cannot be read, or it has placeholders that are not `known`: every one
        is named, and what is known.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(template.content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise InputError(Fault("too_large", {}, template.name))
        document = DocxTemplate(io.BytesIO(template.content))
        document.init_docx()
        parts = list(_parts(document))
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise InputError(Fault("template_no_document", {"reason": str(error)[:200]}, template.name)) from None
    try:
        trees = [_environment().parse(part) for part in parts]
    except REFUSALS as error:
        raise InputError(Fault("template_wrong", {"reason": _reason(error)}, template.name)) from None
    if more := sorted({each for tree in trees for each in refused(tree)}):
        raise InputError([Fault("template_says_too_much", {"what": what}, template.name) for what in more])
    names: dict[str, None] = {}
    faults: list[Fault] = []
    for tree in trees:
        asked = meta.find_undeclared_variables(tree)
        names |= dict.fromkeys(sorted(asked))
        faults += [_unknown(template, name, known) for name in sorted(asked) if name not in known]
        faults += [_unknown(template, *found) for found in _unknown_fields(tree)]
    if faults:
        raise InputError(faults)
    return Template(template.name, template.content, frozenset(names))


def _reason(error: Exception) -> str:
    return str(error)[:MOST_SAID] or type(error).__name__


def _unknown(template: Template, name: str, known: Collection[str]) -> Fault:
    values = {"name": name, "nearest": nearest(name, known), "known": ", ".join(sorted(known))}
    return Fault("template_unknown", values, template.name)


def _unknown_fields(tree: nodes.Template) -> Iterator[tuple[str, list[str]]]:
    """What is asked of one thing of a list that it does not have: person.nmae, and what there is."""
    for loop in tree.find_all(nodes.For):
        if not (isinstance(loop.iter, nodes.Name) and isinstance(loop.target, nodes.Name)):
            continue
        fields, one = LISTS.get(loop.iter.name, ()), loop.target.name
        for asked in loop.find_all(nodes.Getattr):
            if isinstance(asked.node, nodes.Name) and asked.node.name == one and asked.attr not in fields:
                yield f"{one}.{asked.attr}", [f"{one}.{field}" for field in fields]


def _parts(document: Any) -> Iterator[str]:
    """The text of the document and of its headers and footers as jinja sees it."""
    yield document.patch_xml(document.get_xml())
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            yield document.patch_xml(document.get_part_xml(part))


def _environment() -> jinja2.Environment:
    """No code of Python is reached from a template, data stay text, and what is not there is a fault."""
    return ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True, finalize=_printable)


def _printable(value: Any) -> Any:
    """A text without what Word cannot hold."""
    return visible(value) if type(value) is str else value


# --- the file -------------------------------------------------------------------------------------------------------


def repacked(content: bytes) -> bytes:
    """A .docx file whose parts carry no time, so that the same document is the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            new.writestr(part, old.read(name))
    return stream.getvalue()
