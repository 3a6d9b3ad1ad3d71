"""How many small faults the tests notice: one at a time is written into a copy of the sources.

A mutant is one comparison, sign, operator or number changed. Only the tests that mirror its file
run, its own examples first, until one fails. A mutant that no test notices has survived: either no
test states what it changed, or it changed nothing that can be seen.

``python benchmarks/mutants.py [--packages physics ...] [--each 15] [--seed 2026] [--again FILE]``
"""

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("physics", "evaluate", "optimize", "preprocess")
OTHER_OPERATORS = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
    "and": ("or",),
    "or": ("and",),
    "+": ("-",),
    "-": ("+",),
    "*": ("/",),
    "/": ("*",),
    "**": ("*",),
    "&": ("|",),
    "|": ("&",),
}
"""What an operator becomes: its limit moved or turned, or the one beside it."""
TEXTS = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.And: "and",
    ast.Or: "or",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.BitAnd: "&",
    ast.BitOr: "|",
}
SIGNS = {ast.USub: b"-", ast.Not: b"not", ast.Invert: b"~"}
FLOAT_FACTOR = 1.5
"""Far enough that another claim is made, near enough that nothing breaks by itself."""


@dataclass(frozen=True)
class Mutant:
    """One change of one file: bytes from ``start`` to ``end`` become ``text``."""

    path: str
    line: int
    start: int
    end: int
    old: str
    text: str

    def applied(self, source: bytes) -> bytes:
        """Return the source with the change."""
        assert source[self.start : self.end] == self.old.encode()
        return source[: self.start] + self.text.encode() + source[self.end :]

    def reported(self) -> str:
        """Return where and what."""
        return f"{self.path}:{self.line}: {self.old.strip()} -> {self.text.strip() or 'nothing'}"


def mutants_of(path: Path) -> list[Mutant]:
    """Return every mutant of a file; texts for people and annotations have none."""
    source = path.read_bytes()
    begins = [0]
    for line in source.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    name = str(path.relative_to(ROOT))

    def at(line: int, column: int) -> int:
        return begins[line - 1] + column

    found = []
    for node in _code(ast.parse(source)):
        for start, end, text in _changes(node, source, at):
            line = source[:start].count(b"\n") + 1
            found.append(Mutant(name, line, start, end, source[start:end].decode(), text))
    return found


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """Yield nodes, but none of an annotation, a decorator, a message or a format."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr | ast.Raise):
                yield from _code(child)


def _changes(node: ast.AST, source: bytes, at) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and new text of each change of one node."""
    if isinstance(node, ast.Compare):
        operands, operators = [node.left, *node.comparators], node.ops
    elif isinstance(node, ast.BoolOp):
        operands, operators = node.values, [node.op] * (len(node.values) - 1)
    elif isinstance(node, ast.BinOp):
        operands, operators = [node.left, node.right], [node.op]
    else:
        operands, operators = [], []
        yield from _signs_and_numbers(node, at)
    for left, right, operator in zip(operands, operands[1:], operators, strict=False):
        word = TEXTS.get(type(operator))
        if word is None:
            continue
        begin = at(left.end_lineno, left.end_col_offset)
        between = source[begin : at(right.lineno, right.col_offset)]
        match = re.search(re.escape(word).encode(), re.sub(rb"#.*", _blank, between))
        if match:
            for other in OTHER_OPERATORS[word]:
                yield begin + match.start(), begin + match.end(), other


def _blank(match: re.Match[bytes]) -> bytes:
    """Return spaces in place of a comment."""
    return b" " * len(match[0])


def _signs_and_numbers(node: ast.AST, at) -> Iterator[tuple[int, int, str]]:
    """Yield the change of a sign or a number."""
    if isinstance(node, ast.UnaryOp) and type(node.op) in SIGNS:
        start = at(node.lineno, node.col_offset)
        yield start, start + len(SIGNS[type(node.op)]), ""
    elif isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        changed = node.value + 1 if isinstance(node.value, int) else FLOAT_FACTOR * node.value
        start, end = (
            at(node.lineno, node.col_offset),
            at(node.end_lineno, node.end_col_offset),
        )
        yield start, end, repr(changed if changed != node.value else 1.0)


def sampled(package: str, each: int, seed: int) -> list[Mutant]:
    """Return some mutants of a package, the same ones for the same seed and sources."""
    folder = ROOT / "src" / "electrodoe" / package
    every = [
        mutant
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py"
        for mutant in mutants_of(path)
    ]
    print(f"{package}: {len(every)} mutants, {min(each, len(every))} of them tried", flush=True)
    return random.Random(f"{seed} {package}").sample(every, min(each, len(every)))


def mirror(path: str) -> list[str]:
    """Return the tests that mirror a file: the one of its name first, then its folder's."""
    inside = Path(path).relative_to("src/electrodoe")
    folders = [ROOT / "tests" / parent for parent in inside.parents if parent.name]
    folder = next(each for each in folders if each.is_dir())
    own = [each / f"test_{inside.name}" for each in folders]
    return [str(each.relative_to(ROOT)) for each in [*own, folder] if each.exists()]


def is_noticed(copy: Path, paths: list[str], limit_s: float) -> bool:
    """Return whether an example or a mirroring test of copied files fails, or never ends."""
    tests = dict.fromkeys(test for path in paths for test in mirror(path))
    arguments = ["-q", "-x", "-p", "no:randomly", *(str(copy / path) for path in paths), *tests]
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def tried(mutants: list[Mutant], copy: Path, limit_s: float) -> Iterator[tuple[Mutant, bool]]:
    """Yield each mutant and whether it was noticed, its file put back each time."""
    for mutant in mutants:
        original = (ROOT / mutant.path).read_bytes()
        (copy / mutant.path).write_bytes(mutant.applied(original))
        noticed = is_noticed(copy, [mutant.path], limit_s)
        (copy / mutant.path).write_bytes(original)
        print(f"  {'killed  ' if noticed else 'SURVIVED'} {mutant.reported()}", flush=True)
        yield mutant, noticed


def require_sound(mutants: list[Mutant], copy: Path, limit_s: float) -> None:
    """Raise where tests fail, or run too long, without any mutant: they would kill every one."""
    folders: dict[str, set[str]] = {}
    for mutant in mutants:
        folders.setdefault(mirror(mutant.path)[-1], set()).add(mutant.path)
    for folder, paths in folders.items():
        assert not is_noticed(copy, sorted(paths), limit_s), f"{folder} fails without a mutant"


def main() -> None:
    """Try mutants, print the score of each package, and keep what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", nargs="*", default=PACKAGES)
    parser.add_argument("--each", type=int, default=15, help="mutants per package")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--limit-s", type=float, default=400.0, help="a mutant's tests at most")
    parser.add_argument("--kept", type=Path, help="file for the survivors")
    parser.add_argument("--again", type=Path, help="try the survivors of such a file only")
    given = parser.parse_args()
    if given.again:
        mutants = [Mutant(**each) for each in json.loads(given.again.read_text())]
    else:
        mutants = [
            each for name in given.packages for each in sampled(name, given.each, given.seed)
        ]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "src", copy / "src")
        require_sound(mutants, copy, given.limit_s)
        outcomes = list(tried(mutants, copy, given.limit_s))
    n_tried = Counter(Path(each.path).parts[2] for each, _ in outcomes)
    n_killed = Counter(Path(each.path).parts[2] for each, noticed in outcomes if noticed)
    for package, n in n_tried.items():
        print(f"{package}: {n_killed[package]} of {n} killed")
    if given.kept:
        survivors = [asdict(each) for each, noticed in outcomes if not noticed]
        given.kept.write_text(json.dumps(survivors, indent=1))


if __name__ == "__main__":
    main()
