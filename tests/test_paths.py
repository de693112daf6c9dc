"""Nothing leaked, nothing executed: scenarios, run folders and texts from strangers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import planner
from conftest import SCHEME
from small import small

import planner as library
from planner import InputError, load
from planner.inputs.scenario.loading import load_scenario, overlaid

SECRET = "root:x:0:0:secret"


def refused(path: Any, **more: Any) -> str:
    with pytest.raises(InputError) as caught:
        load(path, **more)
    return str(caught.value)


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A scenario in a folder of its own, beside which somebody's secrets lie."""
    (tmp_path / "secret").write_text(SECRET + "\n")
    (tmp_path / "secret.yaml").write_text("password: hunter2\n")
    small(tmp_path / "base")
    return small(tmp_path / "theirs")


# --- 6: a scenario reads in its own folder --------------------------------------------------------------------------

KEYS = ("roster", "agencies", "retirement", "history", "earlier")


def say(path: Path, **keys: Any) -> Path:
    """A scenario that extends `scenario.yaml` beside it and says so much more."""
    other = path.parent / "told.yaml"
    other.write_text(yaml.safe_dump({"extends": "scenario.yaml", **keys}, sort_keys=False))
    return other


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("way", ["up", "absolute", "link", "linked folder"])
def test_a_table_outside_is_not_read(stranger: Path, key: str, way: str) -> None:
    """Whatever the key and the way out; one line, with the key, the way and the flag, and nothing of the file."""
    outside = stranger.parents[1]
    (stranger.parent / "link").symlink_to(outside / "secret")
    (stranger.parent / "folder").symlink_to(outside)
    name = {"up": "../secret", "absolute": str(outside / "secret"), "link": "link", "linked folder": "folder/secret"}
    told = refused(say(stranger, **{key: name[way]}))
    assert len(told.splitlines()) == 1
    assert f"line 2: {key}: '{name[way]}' is outside the folder" in told
    assert "--allow-outside" in told
    assert "secret:" not in told.replace(name[way], "")
    assert SECRET not in told


@pytest.mark.parametrize("name", ["../secret", "../secret.yaml", "/etc/passwd", "../nothing", "../base/scenario.yaml"])
def test_nothing_is_extended_outside(stranger: Path, name: str) -> None:
    """Whether it is there or not, a scenario or not: the same sentence."""
    stranger.write_text(f"extends: {name}\n")
    told = refused(stranger)
    assert f"scenario.yaml, line 1: extends: '{name}' is outside the folder" in told
    assert len(told.splitlines()) == 1


def test_a_file_inside_may_not_lead_outside_either(stranger: Path) -> None:
    """What is extended is held to the folder of the file that was named, not to its own."""
    inner = stranger.parent / "inner"
    inner.mkdir()
    (inner / "a.yaml").write_text("extends: ../scenario.yaml\n")
    path = stranger.parent / "first.yaml"
    path.write_text("extends: inner/a.yaml\n")
    assert len(load(path).cadres) == 3
    (inner / "a.yaml").write_text("extends: ../../base/scenario.yaml\n")
    assert "is outside the folder" in refused(path)
    assert "is outside the folder" in refused(inner / "a.yaml")


def test_a_link_to_a_scenario_is_read_where_it_stands(stranger: Path, tmp_path: Path) -> None:
    """The folder is that of the path which the user wrote, its links resolved."""
    (tmp_path / "door").symlink_to(stranger.parent)
    assert len(load(tmp_path / "door" / "scenario.yaml").cadres) == 3


def test_the_user_may_allow_it(stranger: Path) -> None:
    """By a word on the command line, in Python by an argument; for this scenario alone."""
    stranger.write_text("extends: ../base/scenario.yaml\n")
    assert planner("check", stranger).returncode == 2
    assert planner("check", stranger, "--allow-outside").returncode == 0
    assert len(load(stranger, allow_outside=True).cadres) == 3
    refused(stranger)
    with library.outside_allowed():
        assert library.check(stranger)


def test_what_the_user_names_is_allowed(stranger: Path) -> None:
    """Tables and mappings given in Python; `--set`; of two scenarios named at once each may extend the other."""
    elsewhere = stranger.parents[1] / "base" / "roster.csv"
    assert len(load(stranger, roster=elsewhere).cadres) == 3
    assert len(load(say(stranger, roster="../secret"), roster=elsewhere).cadres) == 3
    assert len(load(stranger, {"roster": str(elsewhere)}).cadres) == 3
    assert len(load({"extends": str(stranger), "roster": str(elsewhere)}).cadres) == 3
    assert planner("check", stranger, "--set", f"roster={elsewhere}").returncode == 0
    base = stranger.parents[1] / "base" / "scenario.yaml"
    stranger.write_text("extends: ../base/scenario.yaml\nlot: 2\n")
    assert planner("compare", base, stranger, "--quiet").returncode == 0


def test_a_mapping_holds_what_it_extends_to_its_folder(stranger: Path) -> None:
    """The mapping is the user's own word, the file that it extends is not."""
    assert "outside the folder" in refused({"extends": str(say(stranger, agencies="../secret"))})


def test_what_is_laid_on_a_plan_stays_in_its_folder(stranger: Path) -> None:
    """Rates, and what-ifs for the years: what they extend and the tables that they name."""
    source = load_scenario(stranger)
    for text in ("extends: ../secret.yaml\n", "roster: ../secret\n"):
        (stranger.parent / "over.yaml").write_text(text)
        with pytest.raises(InputError, match="outside the folder"):
            overlaid(source, stranger.parent / "over.yaml", ())


def test_published_tables_name_a_scenario_beside_them(stranger: Path) -> None:
    """The key `scenario` of published tables is a path like any other."""
    path = stranger.parent / "tables.yaml"
    path.write_text("scenario: ../base/scenario.yaml\ntables: {}\n")
    done = planner("audit", path)
    assert done.returncode == 2
    assert "scenario: '../base/scenario.yaml' is outside the folder" in done.stderr


def test_the_real_what_ifs_say_that_they_need_the_folder_above() -> None:
    """Alone they are refused with the word that lets them in; beside their base they are read."""
    path = SCHEME / "what-if" / "women-doubled.yaml"
    assert "--allow-outside" in refused(path)
    assert load(path, allow_outside=True)


@pytest.mark.parametrize(
    "text",
    [
        "root:x:0:0:canary:/root:/bin/sh\nmail:x:8:8:canary:/var/mail:/sbin/nologin\n",
        "canary\n",
        "password: canary\n",
        "database: {password: canary, lot: 1}\n",
        "[client]\npassword=canary\n",
        "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n",
        "password: 'canary\n",
        "- canary\n- canary\n",
        '{"token": "canary"}',
    ],
)
def test_of_a_file_that_is_no_scenario_nothing_is_shown(stranger: Path, text: str) -> None:
    """Not even where it lies in the folder, or everywhere is allowed."""
    (stranger.parent / "other").write_text(text)
    stranger.write_text("extends: other\n")
    for told in (refused(stranger), refused(stranger, allow_outside=True)):
        assert "canary" not in told
        assert "other" in told
