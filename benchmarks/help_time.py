"""CPU seconds of `electrodoe --help`, beside `dask --help` (another Python command line).

Run: python benchmarks/help_time.py [runs]
"""

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

COMMANDS = {"electrodoe --help": "electrodoe", "dask --help": "dask"}


def cpu_seconds(command: str) -> float:
    """Return user and system time of one run of a command's help."""
    program = Path(sys.executable).with_name(command)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([program, "--help"], check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main(n_runs: int = 9) -> None:
    """Print medians and the median of the paired ratios."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(n_runs + 1):
        for name, command in COMMANDS.items():
            times[name].append(cpu_seconds(command))
    counted = {name: found[1:] for name, found in times.items()}
    for name, found in counted.items():
        low, high = min(found), max(found)
        print(f"{name:<20} {statistics.median(found):.3f} s CPU ({low:.3f} to {high:.3f})")
    ours, peer = counted.values()
    ratio = statistics.median(mine / other for mine, other in zip(ours, peer, strict=True))
    print(f"ratio, median of {n_runs} pairs: {ratio:.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
