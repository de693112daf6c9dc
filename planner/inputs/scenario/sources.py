"""Where the figures of an entry come from, in one language or in each; and whether that says that they are assumed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_ASSUMED = re.compile(r"\b(assumed|giả[\W_]+định|gia[\W_]+dinh)\b", re.IGNORECASE)
"""The mark in each language, also without its accents; `gia đình` (family) is another word."""


def is_assumed(source: str | Mapping[str, str] | None) -> bool:
    """Whether a source says that something in the entry is assumed, in whichever language."""
    texts = [source or ""] if source is None or isinstance(source, str) else source.values()
    return any(_ASSUMED.search(unicodedata.normalize("NFC", text)) for text in texts)
