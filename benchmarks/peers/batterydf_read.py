"""batterydf on one file: run inside an environment of its own, prints JSON.

Wall and CPU seconds of each reading (after a first one that does not count), the number of rows and
the columns that are left, and sums of time, voltage and current.
"""

import argparse
import json
import time
import warnings
from pathlib import Path

import bdf


def main() -> None:
    """Read a file several times."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--repeats", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    seconds = []
    for _ in range(arguments.repeats + 1):
        start = time.perf_counter(), time.process_time()
        table = bdf.read(str(arguments.path))
        seconds.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    names = ("Test Time / s", "Voltage / V", "Current / A")
    found = {
        "seconds": seconds[1:],
        "rows": len(table),
        "columns": list(table.columns),
        "sums": [float(table[name].sum()) for name in names],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
