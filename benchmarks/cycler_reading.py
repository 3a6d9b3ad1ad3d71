"""Wall and CPU time of reading BaSyTec text of 200 000 rows and 30 columns, beside batterydf.

Run: python benchmarks/cycler_reading.py [--batterydf PYTHON], the interpreter of an environment
that has benchmarks/peers/requirements-batterydf.txt. Both read the same file, in turns.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from electrodoe.ingest import CyclerRecord, read_cycler_record

N_ROWS = 200_000
COUNTERS = [
    *(f"{name}-Cyc-{way}" for name in ("Ah", "Wh") for way in ("Charge", "Discharge")),
    *(f"{name}-Cyc-{way}-0" for name in ("Ah", "Wh") for way in ("Charge", "Discharge")),
    "Ah-Step",
    "Wh-Step",
]
COLUMNS = [
    *("~Time[s]", "DataSet", "t-Step[s]", "t-Set[s]", "t-Cyc[s]", "Line", "Command", "U[V]"),
    *("I[A]", "P[W]", "Ah[Ah]", "Wh[Wh]"),
    *COUNTERS,
    *("T1[°C]", "T2[°C]", "R-AC", "R-DC", "Level", "Cyc-Count", "Count", "State"),
]
COMMANDS = {0: "Pause", 1: "Charge", 2: "Discharge"}


def write_file(path: Path) -> np.ndarray:
    """Write a file as BaSyTec does, and return its time, voltage and current."""
    rng = np.random.default_rng(4)
    rows = np.arange(N_ROWS)
    phase = rows // 500 % 3
    time_s = rows * 1.0003
    current_a = np.choose(phase, [0.0, 0.448951080676823, -0.448951080676823])
    noise = rng.uniform(0.0, 4.0, (N_ROWS, len(COUNTERS) + 3))
    voltage_v = 3.0 + 0.3 * noise[:, 0]
    assert len(COLUMNS) == 30
    with path.open("w", encoding="latin-1") as file:
        file.write("~Resultfile from Basytec Battery Test System\n~\n" + "\t".join(COLUMNS) + "\n")
        for row in range(N_ROWS):
            step_s = row % 500 * 1.0003
            cells = [time_s[row], row, step_s, step_s, step_s, 3 + phase[row]]
            cells += [COMMANDS[int(phase[row])], voltage_v[row], current_a[row]]
            cells += [*noise[row], 25.47953, 25.1, 0.0093428, 0.015, 1, row // 1500, 1, 1]
            file.write("\t".join(str(cell) for cell in cells) + "\n")
    return np.stack([time_s, voltage_v, current_a])


def ours(path: Path) -> tuple[tuple[float, float], CyclerRecord]:
    """Return the wall and CPU seconds of one reading, and the record."""
    start = time.perf_counter(), time.process_time()
    record = read_cycler_record(path)
    return (time.perf_counter() - start[0], time.process_time() - start[1]), record


def check(record: CyclerRecord, written: np.ndarray) -> None:
    """Fail where a row, a column or a digit is lost."""
    assert record.frame.shape == (N_ROWS, len(COLUMNS))
    for name, values in zip(record.frame.columns[:3], written, strict=True):
        np.testing.assert_array_equal(record.frame[name].to_numpy(), values)
    assert set(record.frame["Command"]) == set(COMMANDS.values())


def beside(python: Path, path: Path) -> dict[str, object]:
    """Return one reading by batterydf."""
    script = Path(__file__).parent / "peers" / "batterydf_read.py"
    run = subprocess.run([python, script, path], capture_output=True, text=True, check=True)
    return json.loads(run.stdout.splitlines()[-1])


def main() -> None:
    """Print medians, and the median of the paired ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batterydf", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "basytec.txt"
        written = write_file(path)
        check(ours(path)[1], written)
        mine, theirs = [], []
        for _ in range(arguments.repeats):
            mine.append(ours(path)[0])
            if arguments.batterydf:
                peer = beside(arguments.batterydf, path)
                theirs.append(peer["seconds"][0])
    print(f"{N_ROWS} rows, {len(COLUMNS)} columns: every column kept, values equal")
    for place, kind in enumerate(("wall", "CPU")):
        own = [seconds[place] for seconds in mine]
        print(f"{kind}: {statistics.median(own):.2f} s ({min(own):.2f} to {max(own):.2f})")
        if theirs:
            other = [seconds[place] for seconds in theirs]
            ratios = [b / a for a, b in zip(own, other, strict=True)]
            print(
                f"  batterydf {statistics.median(other):.2f} s, {statistics.median(ratios):.1f}"
                f" times as long (median of pairs; {min(ratios):.1f} to {max(ratios):.1f})"
            )
    if theirs:
        np.testing.assert_allclose(peer["sums"], written.sum(axis=1), rtol=1e-9, atol=1e-6)
        print(f"  of {len(COLUMNS)} columns batterydf keeps {len(peer['columns'])}")


if __name__ == "__main__":
    main()
