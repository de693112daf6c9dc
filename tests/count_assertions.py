"""How many tests and assertions there are: `python tests/count_assertions.py [TESTS]` prints them file by file.

Counted in the source: `assert` statements, and the blocks and calls of `pytest` that assert (`raises`, `warns`, `fail`
and `approx` within an assert is no further one). Counted by pytest: the tests it collects, the long ones apart.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

ASSERTING = {"raises", "warns", "fail", "assert_frame_equal", "assert_series_equal", "assert_array_equal"}


def assertions(path: Path) -> int:
    """The assertions that stand in a file."""
    return sum(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASSERTING)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def collected(folder: Path, marked: str) -> Counter[str]:
    """The tests that pytest finds, by file."""
    call = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", marked, "-p", "no:cacheprovider", folder.name]
    done = subprocess.run(call, cwd=folder.parent, capture_output=True, text=True, check=False)
    return Counter(Path(line.split("::")[0]).name for line in done.stdout.splitlines() if "::" in line)


def main() -> None:
    """Print a line per file and one for all."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent).resolve()
    stated = Counter({path.name: assertions(path) for path in sorted(folder.glob("*.py"))})
    default, long = collected(folder, "not long"), collected(folder, "long")
    sys.stdout.write("assertions  tests  long\n")
    for name in (*stated, "all"):
        figures = [table.total() if name == "all" else table[name] for table in (stated, default, long)]
        sys.stdout.write("{:10} {:6} {:5}  {}\n".format(*figures, name))


if __name__ == "__main__":
    main()
