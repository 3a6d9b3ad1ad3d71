"""Every end-to-end claim on many simulated studies: how often it holds, and by how much.

The claims are the tests in tests/end_to_end. Each seed simulates another study: other noise, other
specimens, other faults. Printed are, for every claim, the seeds on which it fails, and the minimum
and the maximum of what it compares with its limit.

Run: python benchmarks/end_to_end_seeds.py [--seeds 20] [--first 0]
"""

import argparse
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run the claims on every seed, then print them one by one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    failed, values = defaultdict(list), defaultdict(list)
    seeds = range(options.first, options.first + options.seeds)
    for seed in seeds:
        for case in _cases(seed):
            name = f"{case.get('classname', '').split('.')[-1]}::{case.get('name')}"
            failed[name] += [seed] if case.find("failure") is not None else []
            failed[name] += [seed] if case.find("error") is not None else []
            for own in case.iter("property"):
                values[name, own.get("name")].append(float(own.get("value", "nan")))
    for name, where in failed.items():
        held = f"holds on {len(seeds) - len(where)} of {len(seeds)}"
        print(f"{name}: {held}" + (f"; not on {where}" if where else ""))
        for (owner, what), found in values.items():
            if owner == name:
                print(f"    {what}: {min(found):.4g} to {max(found):.4g}")


def _cases(seed: int) -> list[ET.Element]:
    """Return the test cases of one seed."""
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        words = ["tests/end_to_end", "--study-seed", str(seed), f"--junitxml={report}"]
        words += ["-o", "junit_family=xunit1"]  # which has properties of a test
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", *words],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        return list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest's own


if __name__ == "__main__":
    main()
