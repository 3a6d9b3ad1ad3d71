"""The same study on other processors: what differs, and by how much.

OpenBLAS has a kernel for each family of processors, and NumPy code for each set of instructions;
both can be chosen by hand, so that one machine plays several. Each example is run under all of
them, and its results are compared with those of the first: plan and run sheet byte by byte, tables
number by number, the report word by word. Then the end-to-end tests are run under each.

A machine with AVX-512 can play all of them; kernels that it cannot play are passed over.

Run: python benchmarks/machines.py [--effort quick] [--no-tests] [--only Haswell,Zen]
"""

import argparse
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
KERNELS = ("SkylakeX", "Haswell", "Zen", "Sandybridge", "Prescott")
NO_AVX512 = "X86_V4 AVX512_ICL AVX512_SPR"
NO_AVX2 = f"X86_V3 {NO_AVX512}"
MACHINES = {
    **{kernel: {"OPENBLAS_CORETYPE": kernel} for kernel in KERNELS},
    "one thread": {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    "NumPy without AVX-512": {"NPY_DISABLE_CPU_FEATURES": NO_AVX512},
    "NumPy without AVX2": {"NPY_DISABLE_CPU_FEATURES": NO_AVX2},
    "Haswell throughout": {"OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": NO_AVX512},
}
"""The first is the one that others are compared with."""
STUDIES = {
    "anode-coating": ("run", "--simulate"),
    "calendering-nmc622": ("run",),
}
TO_THE_BYTE = ("run_plan.csv", "run_sheet.csv", "run_sheet.xlsx", "run_sheet.html", "plan.html")
_OWN = re.compile(
    r"<figcaption>Where the time went.*?</figure>|\b[0-9a-f]{64}\b|<svg.*?</svg>", re.DOTALL
)
"""What a page says of its own making, durations and hashes of files, and its drawings."""
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Difference:
    """How far a file is from the first machine's."""

    file: str
    largest: float
    where: str


def main() -> None:
    """Run everything and print what differs."""
    options = _options()
    chosen = options.only.split(",") if options.only else list(MACHINES)
    machines = {name: MACHINES[name] for name in dict.fromkeys([next(iter(MACHINES)), *chosen])}
    with tempfile.TemporaryDirectory() as scratch:
        for study, command in STUDIES.items():
            print(f"\n{study}, effort {options.effort}")
            first = None
            for name, variables in machines.items():
                folder = Path(scratch) / f"{study}-{name}".replace(" ", "-")
                results = _run(study, command, folder, variables, options.effort)
                if first is None:
                    first = results
                    print(f"    {name:<24} is what the others are compared with")
                else:
                    _print(name, first, results)
    if not options.no_tests:
        _end_to_end(machines)


def _options() -> argparse.Namespace:
    """Return the words of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--effort", default="quick")
    parser.add_argument("--no-tests", action="store_true")
    parser.add_argument("--only", default="")
    return parser.parse_args()


def _run(
    study: str, command: tuple[str, ...], folder: Path, variables: dict[str, str], effort: str
) -> Path:
    """Return the results of an example on one machine."""
    source = ROOT / "examples" / study
    unwanted = ("results",) if study == "calendering-nmc622" else ("results", "raw", "truth")
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*unwanted))
    verb, *words = command
    subprocess.run(
        [sys.executable, "-m", "electrodoe", verb, str(folder), *words, "--effort", effort],
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return folder / "results"


def _print(name: str, first: Path, other: Path) -> None:
    """Print what differs between two results folders."""
    found = list(_differences(first, other))
    tables = [own for own in found if own.largest > 0.0]
    worst = max(tables, key=lambda own: own.largest, default=None)
    said = "no difference at all"
    if worst is not None:
        said = f"{len(tables)} files; largest {worst.largest:.1e} of a column, {worst.where}"
    print(f"    {name:<24} {said}")
    for own in tables:
        limit = 1e-9 if own.file.startswith("condensed/") else 1e-6
        if own.largest > limit:
            print(f"        beyond {limit:g}: {own.file}: {own.largest:.1e}, {own.where}")


def _differences(first: Path, other: Path) -> Iterator[Difference]:
    """Return how far each file is from the first machine's."""
    names = {file.relative_to(first).as_posix() for file in first.rglob("*") if file.is_file()}
    names |= {file.relative_to(other).as_posix() for file in other.rglob("*") if file.is_file()}
    for name in sorted(names):
        if name.startswith("work/") or name in {"manifest.json", "ro-crate-metadata.json"}:
            continue  # hashes of the files that are compared here
        one, two = first / name, other / name
        if not (one.is_file() and two.is_file()):
            yield Difference(name, float("inf"), "is not there on both")
        elif one.read_bytes() != two.read_bytes():
            yield _difference(name, one, two)


def _difference(name: str, one: Path, two: Path) -> Difference:
    """Return how far two files that are not equal are apart."""
    if name in TO_THE_BYTE:
        return Difference(name, float("inf"), "not equal to the byte")
    match one.suffix:
        case ".csv":
            return _of_tables(name, one.read_text("utf-8"), two.read_text("utf-8"))
        case ".json":
            return _of_numbers(
                name, *(_leaves(json.loads(file.read_bytes())) for file in (one, two))
            )
        case ".html":
            return _of_words(name, one.read_text("utf-8"), two.read_text("utf-8"))
        case _:
            return Difference(name, 0.0, "")  # drawings and arrays: their numbers are in tables


def _of_tables(name: str, one: str, two: str) -> Difference:
    """Return the largest difference of two tables, in fractions of a column's largest number."""
    rows, others = (list(csv.reader(io.StringIO(text))) for text in (one, two))
    if [len(row) for row in rows] != [len(row) for row in others]:
        return Difference(name, float("inf"), "another number of rows or cells")
    worst = Difference(name, 0.0, "")
    columns, other_columns = zip(*rows, strict=True), zip(*others, strict=True)
    for column, other in zip(columns, other_columns, strict=True):
        pairs = [
            (f"{column[0]}, row {place}", a, b)
            for place, (a, b) in enumerate(zip(column, other, strict=True))
        ]
        worst = max(worst, _largest(name, pairs), key=lambda each: each.largest)
    return worst


def _largest(name: str, pairs: list[tuple[str, str, str]]) -> Difference:
    """Return the largest difference of a column's cells; words must be equal."""
    numbers = [(_number(a), _number(b)) for _, a, b in pairs]
    scale = max((abs(a) for a, b in numbers if a is not None), default=0.0) or 1.0
    worst = Difference(name, 0.0, "")
    for (where, a, b), (x, y) in zip(pairs, numbers, strict=True):
        if a == b:
            continue
        apart = _apart(a, b) if x is None or y is None else abs(x - y) / scale
        if apart > worst.largest:
            worst = Difference(name, apart, f"{where}: {a[:40]} and {b[:40]}")
    return worst


def _apart(cell: str, other: str) -> float:
    """Return how far two cells of words are apart: infinitely, unless both hold JSON's numbers."""
    try:
        one, two = _leaves(json.loads(cell)), _leaves(json.loads(other))
    except json.JSONDecodeError:
        return float("inf")
    return _of_numbers("", one, two).largest


def _number(cell: str) -> float | None:
    """Return a cell's number, or None."""
    try:
        return float(cell)
    except ValueError:
        return None


def _leaves(value: object, where: str = "") -> dict[str, str]:
    """Return every leaf of JSON by its way."""
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    else:
        return {} if where.endswith("sha256") else {where: str(value)}
    return {k: v for key, own in pairs for k, v in _leaves(own, f"{where}/{key}").items()}


def _of_numbers(name: str, one: dict[str, str], two: dict[str, str]) -> Difference:
    """Return the largest difference of two JSON files, each number by its own size."""
    if one.keys() != two.keys():
        return Difference(name, float("inf"), "other keys")
    found = [_largest(name, [(way, value, two[way])]) for way, value in one.items()]
    return max(found, key=lambda own: own.largest)


def _of_words(name: str, one: str, two: str) -> Difference:
    """Return whether two pages say the same, its own making and drawings aside."""
    lines, others = (_TAG.sub("\n", _OWN.sub("", text)).split("\n") for text in (one, two))
    for line, other in zip(lines, others, strict=False):
        if line != other:
            return Difference(
                name, float("inf"), f"{line.strip()[:60]!r} and {other.strip()[:60]!r}"
            )
    return Difference(name, 0.0, "")


def _end_to_end(machines: dict[str, dict[str, str]]) -> None:
    """Print what the end-to-end tests say on each machine."""
    print("\nend-to-end tests")
    for name, variables in machines.items():
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "tests/end_to_end"],
            cwd=ROOT,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"    {name:<24} {done.stdout.strip().splitlines()[-1]}")


if __name__ == "__main__":
    main()
