"""Wall time of `make demo`'s run, stage by stage, from nothing and on two workers.

Run: python benchmarks/demo_time.py [effort]
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "calendering-nmc622"


def main(effort: str = "standard") -> None:
    """Print the seconds of each stage, of the whole command, and of a second, fresh run."""
    with tempfile.TemporaryDirectory() as scratch:
        study = Path(scratch) / "study"
        shutil.copytree(EXAMPLE, study, ignore=shutil.ignore_patterns("results"))
        program = Path(sys.executable).with_name("electrodoe")
        command = [program, "run", study, "--effort", effort, "--workers", "2", "--json"]
        for name in ("first run", "second run, fresh"):
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds = time.perf_counter() - start
            stages = json.loads(done.stdout)["seconds"] if name == "first run" else {}
            print(f"{name}, effort {effort}: {seconds:.1f} s wall")
            for stage, duration in stages.items():
                print(f"    {stage:<14} {duration:6.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:2])
