"""Published tables: audited, made into a roster or into scenarios; a scenario to start from, and the real one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.common.shipped import write_example
from planner.inputs.scenario.starter import write_template
from planner.published import audit as audits
from planner.published import generator, reconstruction
from planner.published.audit import Audit
from planner.published.generator import Generated
from planner.published.loading import Published, load_published
from planner.published.reconstruction import Reconstruction


def audit(published: Published | str | Path) -> Audit:
    """What published tables say of each other, by computation alone: `planner audit`.

    Parameters
    ----------
    published
        The path of a published-tables file, or one that was read.

    Returns
    -------
    Audit
        `table` has a row per check: kind, table, item, published, computed, verdict (text); `faults` the rows that are
        wrong, `wrong` whether there are any; `notes` what a verdict does not say.

    Raises
    ------
    InputError
        Every fault of the file and of the scenario that it speaks of, in one message.
    """
    return audits.audit(_read(published))


def reconstruct(published: Published | str | Path, seed: int = reconstruction.SEED) -> Reconstruction:
    """A roster that meets every published count: `planner reconstruct`.

    Parameters
    ----------
    published
        The path of a published-tables file, or one that was read.
    seed
        Of all that is drawn; the same file and seed give the same roster.

    Returns
    -------
    Reconstruction
        `roster`: a row per cadre, text, in the columns that the file names; `agencies`: agency, headcount [people];
        `fit`: table, item, published, rebuilt; `deviations`: its rows that differ; `notes`; `write(folder)`.

    Raises
    ------
    InputError
        The file is faulty, its totals allow no roster, or a column's other values are nowhere named.
    """
    return reconstruction.reconstruct(_read(published), seed)


def generate(
    districts: int,
    seed: int = generator.SEED,
    published: Published | str | Path | None = None,
    **further: Any,
) -> Generated:
    """A scenario of many districts, drawn from the published tables of one: `planner generate`.

    Parameters
    ----------
    districts
        How many [districts].
    seed
        Of all that is drawn; the same arguments give the same scenario.
    published
        The path of a published-tables file, or one that was read; by default Scheme 02 of Hoàng Su Phì.
    **further
        scarcity, province, shared, rebuilt, as `planner.published.generator.generate` has them.

    Returns
    -------
    Generated
        `scenario`: plain mappings; `roster`: a row per cadre, text; `agencies`: agency, headcount [people]; `recipe`.
        `planner.load(made.scenario, roster=made.roster, agencies=made.agencies)` makes a problem of them;
        `made.write(folder)` writes them.

    Raises
    ------
    InputError
        An argument is out of its range, or the file is faulty.
    """
    tables = generator.default_published() if published is None else _read(published)
    return generator.generate(tables, districts, seed, **further)


def init(folder: str | Path, *, force: bool = False) -> Path:
    """Write a small commented scenario to start one's own from, with its tables and a what-if: `planner init`.

    Parameters
    ----------
    folder
        Where to write.
    force
        Replace a folder that holds an earlier one, and nothing else.

    Returns
    -------
    Path
        The scenario file.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written.
    """
    write_template(folder, force=force)
    return Path(folder) / "scenario.yaml"


def example(folder: str | Path, *, force: bool = False) -> Path:
    """Write the real scheme, of Hoàng Su Phì, with roster, published tables and what-ifs: `planner example`.

    Parameters
    ----------
    folder
        Where to write.
    force
        Replace a folder that holds an earlier one, and nothing else.

    Returns
    -------
    Path
        The scenario file; the roster is rebuilt from the published tables, its people are invented.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written; planner was installed without the scheme.
    """
    return write_example(folder, force=force)


def _read(published: Published | str | Path) -> Published:
    return published if isinstance(published, Published) else load_published(published)
