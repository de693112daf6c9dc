"""The documents of a year's nominees: an annex for each authority, a letter to each agency."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.analysis.given import APlan, found_plan
from planner.common.errors import Fault, InputError
from planner.common.files import check_replaceable, fresh_folder
from planner.messages import language, say, speaking
from planner.plans.plan import Plan
from planner.report.letters.placeholders import OPEN, Context, Office, said_settings, unset
from planner.report.letters.settings import Settings, read_settings
from planner.report.letters.templates import KINDS, Template, checked, find_templates, shipped
from planner.report.text.authorities import UNSIGNED, authorities, is_party
from planner.report.text.nominees import by_title, left_out, missing_names, nominees
from planner.report.text.titles import untitled_told

LIST = "documents.txt"
"""The file that names the documents of a folder, with their checksums, and what is to be filled in by hand."""
_NOT_IN_NAMES = '<>:"/\\|?*'
LONGEST = 80  # characters of a document's name


@dataclass(frozen=True)
class Documents:
    """Word documents that were written.

    Attributes
    ----------
    paths
        The files: annexes, then letters.
    open
        The settings in whose place dots stand, to be filled in by hand.
    notes
        What their reader should be told besides.
    """

    paths: tuple[Path, ...]
    open: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Draft:
    """A document to be: its name without .docx, its template and what fills it."""

    name: str
    kind: str
    context: Context


def letters(
    plan: APlan,
    year: int,
    folder: str | Path,
    *,
    settings: Settings | str | Path | None = None,
    templates: str | Path | None = None,
    with_names: bool = False,
    force: bool = False,
) -> Documents:
    """Write the Word documents of a year's nominees into a folder: `planner nominees --docx`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.
    year
        Of the start [year].
    folder
        Where to write; it appears whole or not at all.
    settings
        Who sends, where, who signs, or a file that says so; what is not set stands as dots.
    templates
        A folder of templates to take instead of the shipped ones; `copy_templates` writes these.
    with_names
        Whether names stand beside the codes.
    force
        Replace a folder of such documents, if none of them was changed since.

    Returns
    -------
    Documents
        `paths`, `open`, `notes`.

    Raises
    ------
    InputError
        There is no plan, the year is not in its horizon; the settings or a template are faulty: every unknown
        placeholder is named; the folder exists and may not be replaced, or cannot be written.
    """
    said = settings if isinstance(settings, Settings) else Settings() if settings is None else read_settings(settings)
    check_documents(folder, force=force)
    found = found_plan(plan)
    named = with_names and "name" in found.problem.cadres
    with speaking(said.language or language()):
        drafts = _drafts(Office(found, year, said, named))
        kinds = list(dict.fromkeys(draft.kind for draft in drafts))
        ready, instead = find_templates(kinds, None if templates is None else Path(templates))
        ready = _checked(ready, drafts)
        contents = {name: ready[draft.kind].filled(draft.context) for name, draft in _named(drafts)}
    used = {name for template in ready.values() for name in template.placeholders}
    open_ = tuple(dict.fromkeys(OPEN[name] for name in OPEN if name in used & unset(said)))
    notes = [*_notes(found, year, with_names=with_names), *(say("template_instead", name=name) for name in instead)]
    with fresh_folder(folder, force=force, mark=LIST, others=("*.docx",)) as draft_folder:
        for name, content in contents.items():
            (draft_folder / name).write_bytes(content)
        lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in contents.items()]
        lines += ["", *([say("docx_open", keys=said_settings(open_))] if open_ else []), *notes]
        (draft_folder / LIST).write_text("\n".join(lines).strip() + "\n", encoding="utf-8")
    return Documents(tuple(Path(folder) / name for name in contents), open_, tuple(notes))


def _notes(plan: Plan, year: int, *, with_names: bool) -> Iterator[str]:
    """What the documents do not say, because nobody said it, in the language of whoever writes them."""
    people = nominees(plan, year)
    if with_names:
        yield from missing_names(plan, people)
    if lacking := left_out(people):
        yield say("docx_left_out", columns="; ".join(lacking))
    yield from untitled_told(plan.problem, people["agency"])
    if unsigned := int((people["authority"] == UNSIGNED).sum()):
        yield say("docx_unsigned", count=unsigned)
    if people.empty:
        yield say("nominees_nobody", year=year)


def _drafts(office: Office) -> list[_Draft]:
    people = nominees(office.plan, office.year, by_name=office.named)
    return [*_annexes(office, people), *_letters(office, people)]


def _annexes(office: Office, people: pd.DataFrame) -> Iterator[_Draft]:
    """An annex for each authority that has somebody to approve, and one of those whom nobody approves."""
    for name in (*(authority.name for authority in authorities(office.plan)), UNSIGNED):
        own = people[people["authority"] == name].reset_index(drop=True)
        if len(own):
            title = say("docx_annex_name", name=name or say("nominees_unsigned"))
            yield _Draft(title, "annex", office.of_annex(own, name))


def _letters(office: Office, people: pd.DataFrame) -> Iterator[_Draft]:
    party = {authority.name for authority in authorities(office.plan) if authority.party}
    for place, (agency, called) in enumerate(by_title(people).items()):
        own = people[people["agency"] == agency].reset_index(drop=True)
        form = form_of(office.settings, all_party=set(own["authority"]) <= party)
        title = say("nominees_letter", name=called)
        yield _Draft(title, f"letter-{form}", office.of_letter(own, agency, place))


def form_of(settings: Settings, *, all_party: bool) -> str:
    """The form of a letter: as set, else as the sender's name tells, else as those who approve are."""
    if settings.form:
        return settings.form
    return "party" if (is_party(settings.sender) if settings.sender else all_party) else "state"


def _checked(templates: dict[str, Template], drafts: list[_Draft]) -> dict[str, Template]:
    """The templates with their placeholders; all that is wrong with them in one message."""
    ready: dict[str, Template] = {}
    faults: list[Fault] = []
    for kind, template in templates.items():
        known = next(list(draft.context) for draft in drafts if draft.kind == kind)
        try:
            ready[kind] = checked(template, known)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return ready


def _named(drafts: list[_Draft]) -> list[tuple[str, _Draft]]:
    """The documents with names that every file system takes, none twice."""
    found: dict[str, _Draft] = {}
    taken: set[str] = set()
    for draft in drafts:
        bare = "".join(" " if sign in _NOT_IN_NAMES or ord(sign) < 32 else sign for sign in draft.name)
        bare = " ".join(bare.split())[:LONGEST].rstrip(" .")
        number, name = 1, bare
        while name.casefold() in taken:
            number += 1
            name = f"{bare} ({number})"
        taken.add(name.casefold())
        found[f"{name}.docx"] = draft
    return list(found.items())


def check_documents(folder: str | Path, *, force: bool) -> None:
    """Refuse a folder that may not be replaced, and documents in it that somebody filled in since they were written.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or holds such documents: they are named.
    """
    check_replaceable(folder, force=force, mark=LIST, others=("*.docx",))
    check_unchanged(Path(folder))


def check_unchanged(folder: Path) -> None:
    """Refuse a folder of documents of which somebody changed one since they were written."""
    if not (folder / LIST).is_file():
        return
    lines = (folder / LIST).read_text(encoding="utf-8", errors="replace").splitlines()
    digests = {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}
    held = sorted(path for path in folder.glob("*.docx") if path.is_file())
    changed = [path.name for path in held if digests.get(path.name) != hashlib.sha256(path.read_bytes()).hexdigest()]
    if changed:
        raise InputError(Fault("docx_changed", {"folder": folder, "names": ", ".join(changed[:5])}))


def copy_templates(folder: str | Path, *, force: bool = False) -> Path:
    """Write the shipped templates into a folder, in the language spoken now: `planner nominees --templates-to`.

    Parameters
    ----------
    folder
        Where to write.
    force
        Replace a folder that holds templates and nothing else, and none that an office has changed.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    names = [f"{kind}.docx" for kind in KINDS]
    with fresh_folder(folder, force=force, mark=names[0], others=(*names, SETTINGS), to_be_edited=True) as draft:
        for kind, name in zip(KINDS, names, strict=True):
            (draft / name).write_bytes(shipped(kind))
        (draft / SETTINGS).write_text(settings_template(), encoding="utf-8")
    return Path(folder)


SETTINGS = "office.yaml"


def settings_template() -> str:
    """A settings file in which nothing is set, every key with what it means, in the language spoken now."""
    return say("office_yaml", language=language()) + "\n"
