"""What the wheel holds beside the package's own files: the real scheme, out of `scenarios/`; no copy of it is kept."""

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
PATTERNS = ("*.yaml", "*.csv", "*.json", ".planner-folder")
"""The same as `planner.common.shipped.SHIPPED`; a test holds that. The package cannot be imported while it is built."""


class WithScenarios(build_py):
    """Builds the package, and puts the scenarios into it: `planner/scenarios`."""

    def run(self) -> None:
        """Copy them, but for an editable installation, which reads the checkout's own."""
        super().run()
        if self.editable_mode:
            return
        inside = Path(self.build_lib) / "planner" / "scenarios"
        shutil.rmtree(inside, ignore_errors=True)
        for path in sorted(found for kind in PATTERNS for found in (ROOT / "scenarios").rglob(kind)):
            target = inside / path.relative_to(ROOT / "scenarios")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
