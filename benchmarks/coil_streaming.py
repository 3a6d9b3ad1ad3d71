"""A coil's log of 50 M rows in flat memory, and rows per second beside pandas' ``merge_asof``.

The log is made in a temporary folder as Parquet files of 5 M rows: 1 kHz, six channels, speed
changes and a stop an hour. Every measurement is a process of its own; its peak is the resident
memory that the system saw. The peer joins each sensor to the blade on web position and takes means
per segment, at a size that it can hold; ours does the same work through ``read_coil``, with counts,
spreads, lags and findings besides.

Run: OMP_NUM_THREADS=1 python benchmarks/coil_streaming.py [--pandas PYTHON] [--files 10]
[--repeats 3]
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

PEER = Path(__file__).parent / "peers" / "pandas_coil.py"
ROWS_PER_FILE = 5_000_000
PERIOD_S = 1e-3
DISTANCES_M = {"gap_left": 0.0, "gap_right": 0.0, "wet": 0.8, "dryer": 3.0, "dry": 5.6}


def write_log(folder: Path, n_files: int) -> list[Path]:
    """Return the log's files; its gap steps every 7 m, and every sensor sees it where it stands."""
    rng = np.random.default_rng(5)
    position, paths = 0.0, []
    for number in range(n_files):
        row = np.arange(number * ROWS_PER_FILE, (number + 1) * ROWS_PER_FILE)
        time_s = PERIOD_S * row
        hour_s = np.mod(time_s, 3600.0)
        speed = np.interp(
            hour_s,
            [0, 1500, 1530, 2400, 2405, 2700, 2705, 3600],
            [0.6, 0.6, 0.9, 0.9, 0, 0, 0.6, 0.6],
        )
        web_m = position + np.cumsum(speed) * PERIOD_S / 60.0
        position = float(web_m[-1])
        columns = {"time_s": time_s, "speed_m_min": speed}
        for name, distance_m in DISTANCES_M.items():
            seen = web_m - distance_m
            gap = 180.0 + 20.0 * np.mod(np.floor(seen / 7.0) * 0.6180339887, 1.0) + np.sin(9 * seen)
            columns[name] = gap + rng.standard_normal(ROWS_PER_FILE, dtype=np.float32)
        path = folder / f"line-{number:03}.parquet"
        pl.DataFrame(columns).write_parquet(path, row_group_size=250_000)
        paths.append(path)
    return paths


def ours(paths: list[Path]) -> dict[str, Any]:
    """Return time, peak and means of our condensing, measured in this process."""
    from electrodoe.preprocess.coil import coil_logs, read_coil
    from electrodoe.study import CoilProtocol

    sensors = [
        {"name": name, "column": name, "unit": "um", "distance_m": distance_m}
        for name, distance_m in DISTANCES_M.items()
    ]
    protocol = CoilProtocol(instrument="coil", files=("*.parquet",), sensors=sensors)
    start, cpu_start = time.perf_counter(), cpu_seconds()
    coil = read_coil(coil_logs(paths, protocol), protocol)
    seconds = time.perf_counter() - start
    table = coil.condensed.table
    return {
        "seconds": seconds,
        "cpu_s": cpu_seconds() - cpu_start,
        "peak_mb": peak_mb(),
        "means": {name: table[f"{name}_um"].mean() for name in DISTANCES_M},
        "n_web_segments": table.height,
        "lags": coil.lags.table["estimated_m"].to_list() if coil.lags else [],
    }


def cpu_seconds() -> float:
    """Return what this process has used of both cores."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mb() -> float:
    """Return the most memory this program has held; ``ru_maxrss`` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024.0 for line in status if line.startswith("VmHWM"))


def measured(command: list[str | Path]) -> dict[str, Any]:
    """Return what a process of its own measured about itself."""
    reported = subprocess.run(
        command,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(reported.stdout.splitlines()[-1])
    return found


def show(name: str, runs: list[dict[str, Any]], n_rows: int) -> None:
    """Print the medians of some runs."""
    seconds, cpu_s, peak = (
        statistics.median(run[key] for run in runs) for key in ("seconds", "cpu_s", "peak_mb")
    )
    print(
        f"{name:18} {n_rows / 1e6:3.0f} M rows {seconds:7.2f} s {n_rows / seconds / 1e6:6.2f} M/s"
        f" {cpu_s:7.2f} s of CPU, peak {peak:5.0f} MB ({min(run['peak_mb'] for run in runs):.0f} to"
        f" {max(run['peak_mb'] for run in runs):.0f})",
        flush=True,
    )


def ratio(ours_all: list[dict[str, Any]], peers: list[dict[str, Any]], key: str) -> str:
    """Return how many times more the peer takes: median, least and most of the pairs."""
    pairs = [peer[key] / our[key] for our, peer in zip(ours_all, peers, strict=True)]
    return f"{statistics.median(pairs):.1f} ({min(pairs):.1f} to {max(pairs):.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pandas", type=Path)
    parser.add_argument("--files", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--ours", nargs="*", type=Path)
    asked = parser.parse_args()
    if asked.ours:
        print(json.dumps(ours(asked.ours)))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = write_log(Path(folder), asked.files)
        me = [sys.executable, Path(__file__), "--ours"]
        small, large, theirs = [], [], []
        for _ in range(asked.repeats):
            small.append(measured([*me, paths[0]]))
            if asked.pandas:
                distances = json.dumps(DISTANCES_M)
                theirs.append(measured([asked.pandas, PEER, distances, paths[0]]))
            large.append(measured([*me, *paths]))
        show("electrodoe", small, ROWS_PER_FILE)
        show("electrodoe", large, ROWS_PER_FILE * asked.files)
        print(f"lags found: {large[-1]['lags']}, segments: {large[-1]['n_web_segments']}")
        if theirs:
            show("pandas merge_asof", theirs, ROWS_PER_FILE)
            print(f"rows per second, ours over pandas: {ratio(small, theirs, 'seconds')}")
            print(f"rows per second of CPU, the same:  {ratio(small, theirs, 'cpu_s')}")
            print("means, ours:  ", small[-1]["means"])
            print("means, pandas:", theirs[-1]["means"])


if __name__ == "__main__":
    main()
