"""Post and office out of one column that tells both: "Phó Trưởng phòng, Phòng Nội vụ", "Chuyên viên Ban Tổ chức"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from planner.inputs.roster.findings import Findings
from planner.inputs.roster.layout_words import HEADS, NO_OFFICE, POST_AND_OFFICE
from planner.inputs.roster.meanings import Column
from planner.inputs.roster.row_roles import is_office
from planner.inputs.synonyms import plain

_CLAUSE = re.compile(r"\s*[,;]\s*")
_DASH = re.compile(r"\s+[-–]\s+")


def with_posts_and_offices(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    headers: dict[str, str],
    answers: Mapping[str, str],
    findings: Findings,
) -> pd.DataFrame:
    """The people with post and office, where one column tells both; a text that cannot be parted is asked about.

    Where something else tells the office, the column is the post as it stands.

    Parameters
    ----------
    headers
        Column -> what it is called in the file; what is made here is added.
    answers
        What somebody said that a text means as an office.
    """
    both = [
        column.name
        for column in columns
        if column.kind == "further" and not column.told and plain(column.header) in POST_AND_OFFICE
    ]
    if len(both) != 1 or both[0] not in frame or "post" in frame:
        return frame
    whole = frame.rename(columns={both[0]: "post"})
    headers["post"] = both[0]
    if "agency" in frame:
        return whole
    headers["agency"] = both[0]
    parted = {text: parts(text) for text in whole["post"].unique()}
    whole["agency"] = pd.Series([(parted[text] or ("", text))[1] for text in whole["post"]], whole.index, dtype="str")
    known = [text for text, found in parted.items() if found]
    if known:
        rows = whole.index[whole["post"].isin(known)].tolist()
        post, office = parted[known[0]] or ("", "")
        told = {"header": both[0], "found": known[0], "post": post, "office": office}
        findings.remark("layout_post_and_office", "assumed", rows, "agency", **told)
    said = {plain(text) for text in answers}
    for text, found in parted.items():
        if text and not found and plain(text) not in said:
            rows = whole.index[whole["post"] == text].tolist()
            at = ("synonyms", "agency", text)
            findings.ask("layout_post_or_office", at, rows=rows, column="agency", header=both[0], found=text[:80])
    whole["post"] = pd.Series([(parted[text] or (text, ""))[0] for text in whole["post"]], whole.index, dtype="str")
    return whole


def parts(text: str) -> tuple[str, str] | None:
    """The post and the office that a text tells; None where more than one office, or none, may be meant."""
    post, *others = _CLAUSE.split(text)
    office = text[len(post) :].lstrip(" ,;")
    if others:
        posts = any(map(NO_OFFICE.match, map(str.casefold, others)))
        return (post, office) if is_office(office) and not (posts or is_office(post)) else None
    post, _, office = _DASH.sub("\n", text, count=1).partition("\n")
    if is_office(office) and not is_office(post):
        return post, office
    words = text.split()
    for place in range(1, len(words) - 1):
        rest = " ".join(words[place:])
        if words[place].casefold() == words[place + 1].casefold() or not is_office(rest):
            continue
        post, low = " ".join(words[:place]), rest.casefold()
        if post.casefold().endswith(("trưởng", "chánh")):  # the head of an office is called by its first word
            post += next((f" {head}" for head in HEADS if low.startswith(f"{head} ")), "")
        return post, rest[0].upper() + rest[1:]
    return None
