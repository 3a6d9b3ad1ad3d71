"""A coil's log condensed with pandas: ``merge_asof`` on web position, then means per segment.

Run by ``benchmarks/coil_streaming.py`` in an environment that has pandas and pyarrow.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

SEGMENT_M = 0.5


def condensed(paths: list[Path], distances_m: dict[str, float]) -> pd.DataFrame:
    """Return the mean of every sensor per web segment."""
    log = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
    time_s, speed = log["time_s"].to_numpy(), log["speed_m_min"].to_numpy()
    steps = np.diff(time_s) * (speed[1:] + speed[:-1]) / 120.0
    log["web_m"] = np.concatenate([[0.0], np.cumsum(steps)])
    log = log[log["speed_m_min"] >= 0.01]
    blade = [name for name in distances_m if distances_m[name] == 0.0]
    joined = log[["web_m", *blade]]
    for name, distance_m in distances_m.items():
        if distance_m != 0.0:
            seen = log[["web_m", name]].assign(web_m=log["web_m"] - distance_m)
            joined = pd.merge_asof(joined, seen, on="web_m", direction="nearest", tolerance=0.01)
    return joined.groupby((joined["web_m"] // SEGMENT_M).astype(int)).mean()


def cpu_seconds() -> float:
    """Return what this process has used of both cores."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    distances_m = json.loads(sys.argv[1])
    start, cpu_start = time.perf_counter(), cpu_seconds()
    table = condensed([Path(path) for path in sys.argv[2:]], distances_m)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak_mb = next(int(line.split()[1]) / 1024.0 for line in status if line.startswith("VmHWM"))
    means = {name: float(table[name].mean()) for name in distances_m}
    cpu_s = cpu_seconds() - cpu_start
    print(json.dumps({"seconds": seconds, "cpu_s": cpu_s, "peak_mb": peak_mb, "means": means}))


if __name__ == "__main__":
    main()
