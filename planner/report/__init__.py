"""What people read: tables, pictures, pages; from a plan only.

As `planner.report(run)` the room can be called: that is `planner.report.html.document.report`, which writes the page.
"""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """The room, which shares its name with the command."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Write the report of a plan; see `planner.report.html.document.report`."""
        from planner.report.html.document import report

        return report(*arguments, **options)


sys.modules[__name__].__class__ = _Room
