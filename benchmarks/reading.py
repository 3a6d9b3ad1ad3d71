"""Files per second of each reader beside a notebook's: find the header, then pandas.read_csv.

The anode study's instruments are simulated into a folder that is deleted afterwards; formats that
the virtual line does not write are those of tests/files. Both read the same files in turns, in CPU
seconds of one process; the ratio is the median of the turns'. NumPy's loadtxt stands beside where a
file holds numbers alone. Then the whole road of impedance: files to a table of ionic resistances
with intervals, spread and flags, and how far the memory grows from 1,000 to 10,000 spectra.

Run: OMP_NUM_THREADS=1 POLARS_MAX_THREADS=1 python benchmarks/reading.py [--turns 7] [--many 10000]
"""

import argparse
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from electrodoe.ingest import read_cycler_record, read_pull_off, read_spectra
from electrodoe.preprocess.impedance import condense_impedance
from electrodoe.study import ImpedanceProtocol, read_study
from electrodoe.workflow.simulate import simulate_study

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "files"


@dataclass(frozen=True, kw_only=True)
class Format:
    """Files of one format, and what whoever writes a notebook knows of them."""

    name: str
    read: Callable[[Path], Any]
    files: Sequence[Path]
    header: str
    separator: str = "\t"
    decimal: str = "."
    n_below: int = 0
    is_numbers: bool = False

    def by_pandas(self, path: Path) -> pd.DataFrame:
        """Return a file's columns."""
        skipped = self._header_line(path)
        rows = [*range(skipped), *range(skipped + 1, skipped + 1 + self.n_below)]
        return pd.read_csv(
            path, sep=self.separator, decimal=self.decimal, skiprows=rows, encoding="latin-1"
        )

    def by_loadtxt(self, path: Path) -> np.ndarray:
        """Return a file's numbers, without their names."""
        skipped = self._header_line(path) + 1 + self.n_below
        return np.loadtxt(path, delimiter=self.separator, skiprows=skipped, encoding="latin-1")

    def _header_line(self, path: Path) -> int:
        """Return how many lines stand above the header."""
        with path.open(encoding="latin-1") as lines:
            return next(n for n, line in enumerate(lines) if line.startswith(self.header))


def formats(raw: Path) -> list[Format]:
    """Return every format with its files."""
    cyclers = EXAMPLES / "cyclers"
    return [
        Format(
            name="EC-Lab spectrum, 51 points",
            read=read_spectra,
            files=sorted(raw.glob("impedance/*/*.mpt")),
            header="freq/Hz",
            is_numbers=True,
        ),
        Format(
            name="testXpert, 1400 rows",
            read=read_pull_off,
            files=sorted(raw.glob("adhesion/*/*.TRA")),
            header='"Pr\xfcfzeit"',
            n_below=1,
            is_numbers=True,
        ),
        Format(
            name="BaSyTec, 1300 rows of 19",
            read=read_cycler_record,
            files=sorted(raw.glob("cells/*.txt")),
            header="~Time[",
        ),
        Format(
            name="ZPlot, 10 points",
            read=read_spectra,
            files=[EXAMPLES / "zplot" / "sweep.z"] * 40,
            header="  Freq(Hz)",
            n_below=1,
        ),
        Format(
            name="Gamry DTA, 12 points",
            read=read_spectra,
            files=[EXAMPLES / "gamry_dta" / "decimal_comma.DTA"] * 40,
            header="\tPt\tTime\tFreq",
            decimal=",",
            n_below=1,
        ),
        Format(
            name="force table, 72 rows",
            read=read_pull_off,
            files=[EXAMPLES / "force_table" / "plain.csv"] * 40,
            header="time (s)",
            separator=",",
        ),
        Format(
            name="Arbin, 12 rows",
            read=read_cycler_record,
            files=[cyclers / "arbin.csv"] * 40,
            header="\xef\xbb\xbfData Point",
            separator=",",
        ),
    ]


def milliseconds(read: Callable[[Path], Any], files: Sequence[Path]) -> float:
    """Return the CPU time of a file."""
    start = time.process_time()
    for path in files:
        read(path)
    return 1e3 * (time.process_time() - start) / len(files)


def beside(each: Format, turns: int) -> None:
    """Print one format's row."""
    roads = [each.read, each.by_pandas, *([each.by_loadtxt] if each.is_numbers else [])]
    for road in roads:
        road(each.files[0])
    took = np.array([[milliseconds(road, each.files) for road in roads] for _ in range(turns)])
    ours, *theirs = np.median(took, axis=0)
    ratios = took[:, 0] / took[:, 1]
    loadtxt = f"{theirs[1]:.2f}" if each.is_numbers else "–"
    print(
        f"| {each.name} | {1e3 / ours:.0f} | {ours:.2f} | {theirs[0]:.2f} | {loadtxt} |"
        f" {np.median(ratios):.1f} ({ratios.min():.1f} to {ratios.max():.1f}) |"
    )


def whole_road(files: Sequence[Path], n: int, folder: Path) -> tuple[float, float, float]:
    """Return the CPU seconds of reading and of condensing, and the largest memory so far in MB."""
    made = []
    for number in range(n):
        path = folder / f"{number}.mpt"
        shutil.copyfile(files[number % len(files)], path)
        made.append(path)
    start = time.process_time()
    spectra = [spectrum for path in made for spectrum in read_spectra(path)]
    read = time.process_time() - start
    table = condense_impedance(
        spectra, ImpedanceProtocol(instrument="impedance", files=("*",))
    ).table
    assert table.height == n
    assert table["ionic_resistance_low_ohm"].null_count() < 0.05 * n
    whole = time.process_time() - start
    return read, whole - read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table of readers and the road of impedance."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--many", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copy(ROOT / "examples" / "anode-coating" / "study.toml", folder)
        simulate_study(read_study(folder), folder)
        print("| format | files a second | ours, ms | pandas, ms | loadtxt, ms | ours / pandas |")
        print("| --- | --- | --- | --- | --- | --- |")
        found = formats(folder / "raw")
        for each in found:
            beside(each, arguments.turns)
        for n in (arguments.many // 10, arguments.many):
            rounds = [whole_road(found[0].files, n, folder) for _ in range(3)]
            read, fit, memory = (statistics.median(each) for each in zip(*rounds, strict=True))
            print(
                f"{n} spectra, files to table: {read + fit:.1f} s of CPU (reading {read:.1f},"
                f" fits and screening {fit:.1f}), {n / (read + fit):.0f} a second; {memory:.0f} MB"
            )


if __name__ == "__main__":
    main()
