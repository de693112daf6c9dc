"""Where in the pages each person and each office stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.inputs.problem import Problem


@dataclass(frozen=True)
class Places:
    """The places of persons and offices, by their rows in the problem's tables: what codes hold is no matter.

    `pages` says of each code of a cadre and name of an agency which page it is on; empty for one page.
    """

    cadres: Mapping[str, int]
    agencies: Mapping[str, int]
    pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    here: str = ""

    def person_anchor(self, cadre: str) -> str:
        """The name of a person's place."""
        return f"p-{self.cadres[cadre] + 1}"

    def office_anchor(self, agency: str) -> str:
        """The name of an office's place."""
        return f"o-{self.agencies[agency] + 1}"

    def person(self, cadre: str) -> str:
        """A link to a person."""
        return f"{self._page('cadre', cadre)}#{self.person_anchor(cadre)}"

    def office(self, agency: str) -> str:
        """A link to an office."""
        return f"{self._page('agency', agency)}#{self.office_anchor(agency)}"

    def _page(self, kind: str, name: str) -> str:
        page = self.pages.get((kind, name), self.here)
        return "" if page == self.here else page


def places_of(problem: Problem, pages: Mapping[tuple[str, str], str] | None = None, here: str = "") -> Places:
    """The places of everybody on the roster and of all agencies."""
    cadres = {str(cadre): row for row, cadre in enumerate(problem.cadres["cadre"])}
    agencies = {str(agency): row for row, agency in enumerate(problem.agencies["agency"])}
    return Places(cadres, agencies, pages or {}, here)
