"""Lists to sign: what agencies are called, what a list lacks and says so."""

from __future__ import annotations

WORDS = {
    # agencies
    "agency_title_shared": ("{title} ({agency})", "{title} ({agency})"),
    "generated_agency": ("{title}, district {district}", "{title}, huyện {district}"),
}
