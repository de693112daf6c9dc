"""Mutation testing of the rules and of verification: a test is to fail for every small fault put into the code.

    python benchmarks/mutants.py --number 150 --seed 1 --first 0

draws faults (another comparison, a number one higher, `min` for `max`, `and` for `or`, a sign turned, a statement
left out), runs the fast tests of the room in a process of its own for each, and names those that no test finds.
"""

from __future__ import annotations

import argparse
import ast
import copy
import inspect
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
MODEL = [
    *sorted(path.relative_to(ROOT) for path in (ROOT / "planner/model/rules").glob("[a-z]*.py")),
    Path("planner/model/shortfalls.py"),
    Path("planner/model/admissibility.py"),
]
VERIFICATION = [
    path.relative_to(ROOT)
    for path in sorted((ROOT / "planner/verification").rglob("*.py"))
    if path.name != "__init__.py"
]
MODEL_TESTS = "test_rules.py test_goals.py test_options.py test_completeness.py test_language_cases.py"
VERIFICATION_TESTS = "test_verification.py test_verification_figures.py test_completeness.py test_language_cases.py"
TESTS = {
    "planner/verification/proof/study_plans.py": "test_study_plans.py test_proof.py",
    "planner/verification/proof": "test_study_plans.py test_proof.py",
    "planner/verification/admissibility.py": "test_study_plans.py test_verification.py test_completeness.py",
    "planner/verification/proofs.py": "test_folder_changes.py test_verification_folder.py test_proof.py",
    "planner/verification/manifest.py": "test_verification_folder.py test_folder_changes.py",
    "planner/verification/kept.py": "test_verification_folder.py test_folder_changes.py test_ledger.py",
    "planner/verification/differences.py": "test_verification_folder.py test_folder_changes.py",
    "planner/verification/futures.py": "test_resilient.py",
}
"""Of the files whose tests are others than those of their room."""
SECONDS = 240  # for the tests of one mutant; of one that takes longer nothing is known but that
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    one: other
    for pair in (
        *((ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot)),
        *((ast.Add, ast.Sub), (ast.And, ast.Or), (ast.BitAnd, ast.BitOr)),
    )
    for one, other in (pair, pair[::-1])
}
EXTREMES = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """A fault: the file, the line, what was there and what is there now, and the module's code with it."""

    path: Path
    line: int
    before: str
    after: str
    tree: ast.Module


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """The faults that may be made at one node, each as another node in its stead."""
    other = copy.deepcopy(node)
    match other:
        case ast.Compare(ops=[op, *rest]) if type(op) in SWAPPED:
            other.ops = [SWAPPED[type(op)](), *rest]  # type: ignore[list-item]
            yield other
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPPED:
            other.op = SWAPPED[type(op)]()  # type: ignore[assignment]
            yield other
        case ast.Constant(value=bool()):
            yield ast.Constant(not other.value)
        case ast.Constant(value=int() | float()):
            yield ast.Constant(other.value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in EXTREMES:
            other.func = ast.Name(EXTREMES[name], ast.Load())
            yield other
        case ast.Call(func=ast.Attribute(attr=name)) if name in EXTREMES:
            other.func.attr = EXTREMES[name]  # type: ignore[attr-defined]
            yield other
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Continue():
            yield ast.Pass()


class Replacing(ast.NodeTransformer):
    """Puts one node in the stead of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node for the old one, any other as it is."""
        return ast.copy_location(self.new, node) if node is self.old else self.generic_visit(node)


def faults(path: Path) -> int:
    """How many faults the functions of a file may have."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return len([None for node in sites(tree) for _ in changed(node)])


def mutant_of(path: Path, wanted: int) -> Mutant:
    """A file with one of its faults."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    node, new = [(node, new) for node in sites(tree) for new in changed(node)][wanted]
    before, after, line = ast.unparse(node), ast.unparse(new), node.lineno  # type: ignore[attr-defined]
    return Mutant(path, line, before, after, ast.fix_missing_locations(Replacing(node, new).visit(tree)))


def sites(tree: ast.Module) -> list[ast.AST]:
    """The nodes in the bodies of a module's functions, without their annotations."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [node for function in functions for statement in function.body for node in ast.walk(statement)]


def put_in(mutant: Mutant) -> None:
    """Give the functions of the imported module the mutant's code: whoever has imported one of them has the fault."""
    module = sys.modules[".".join(mutant.path.with_suffix("").parts)]
    for name, code in codes(compile(mutant.tree, str(mutant.path), "exec")):
        function: Any = module
        for step in name.split("."):
            function = vars(function)[step]
        while not hasattr(function, "__code__"):  # behind a property, a cached property or a cache
            function = next(getattr(function, end) for end in ("fget", "func", "__wrapped__") if hasattr(function, end))
        function.__code__ = code


def codes(code: CodeType, within: str = "") -> Iterator[tuple[str, CodeType]]:
    """The functions at the top of a module and in its classes: their names and code; those inside go with them."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType) and not inner.co_name.startswith("<"):
            name = f"{within}{inner.co_name}"
            if inner.co_flags & inspect.CO_NEWLOCALS and inner.co_flags & inspect.CO_OPTIMIZED:
                yield name, inner
            else:
                yield from codes(inner, f"{name}.")


class Trial:
    """Runs the collected tests once for each mutant, in a fork of its own, instead of once."""

    def __init__(self, drawn: list[Mutant]) -> None:
        self.drawn = drawn

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Tell of each mutant whether a test fails."""
        ends: Counter[str] = Counter()
        for mutant in self.drawn:
            began, end = time.monotonic(), end_of(mutant, session)
            ends[end] += 1
            change = f"{mutant.before}  ->  {mutant.after}".replace("\n", " ")
            print(f"{end:8} {time.monotonic() - began:4.0f} s  {mutant.path}:{mutant.line}  {change}", flush=True)
        print(", ".join(f"{number} {end}" for end, number in ends.items()), flush=True)
        return True


def end_of(mutant: Mutant, session: pytest.Session) -> str:
    """`found` where a test fails with the mutant, `SURVIVED` where none does, `no end` where the tests do not end."""
    child = os.fork()
    if child == 0:
        put_in(mutant)
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            os._exit(_fails(session, concerned(mutant, session.items)))
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "found" if status else "SURVIVED"
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "no end"


def concerned(mutant: Mutant, items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests of the mutant's file, or of its room, those first whose names have a word of its file's name."""
    files = tests_of(mutant.path).split()
    words = mutant.path.stem.removesuffix("_rules").rstrip("s").split("_")
    own = [item for item in items if item.path.name in files]
    return sorted(own, key=lambda item: not any(word in item.name for word in words))


def tests_of(path: Path) -> str:
    """The test files that are to find the faults of a file."""
    own = [tests for place, tests in TESTS.items() if path.as_posix().startswith(place)]
    return own[0] if own else MODEL_TESTS if path in MODEL else VERIFICATION_TESTS


def _fails(session: pytest.Session, items: list[pytest.Item]) -> int:
    """Run tests until one fails; 1 if one does."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return 1
    return 0


def main() -> None:
    """Draw mutants, test them, and tell which were found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=150, help="mutants to draw")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--only", default="", help="of the files whose path has this in it")
    parser.add_argument("--first", type=int, default=0, help="of the drawn ones, the first to test")
    parser.add_argument("--step", type=int, default=1, help="test every so many")
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    files = [path for path in (*MODEL, *VERIFICATION) if asked.only in path.as_posix()]
    every = [(path, number) for path in files for number in range(faults(path))]
    chosen = random.Random(asked.seed).sample(every, min(asked.number, len(every)))[asked.first :: asked.step]
    drawn = [mutant_of(*each) for each in chosen]
    print(f"{len(every)} mutants, {len(drawn)} tested", flush=True)
    tests = dict.fromkeys(f"tests/{file}" for mutant in drawn for file in tests_of(mutant.path).split())
    sys.exit(pytest.main(["-s", "-p", "no:cacheprovider", "-p", "no:terminal", *tests], plugins=[Trial(drawn)]))


if __name__ == "__main__":
    main()
