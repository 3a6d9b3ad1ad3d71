"""Made-up tables as laboratories keep them: share read right, refused, and wrong, by kind.

Each kind with every other one at some probability; the generator knows what each table means
(``tests/strategies/laboratory_tables.py``).

Run: OMP_NUM_THREADS=1 python benchmarks/laboratory_tables.py [tables of each kind] [probability]
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from ingest.test_laboratory_tables import outcome
from strategies.laboratory_tables import KINDS, laboratory_table


def main(n_tables: int, more: float) -> None:
    """Print the outcomes of each kind, what went wrong, and the CPU seconds."""
    total: Counter[str] = Counter()
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.table"
        for kind in KINDS:
            found: Counter[str] = Counter()
            for seed in range(n_tables):
                truth = laboratory_table(path, kind, seed, more)
                told = outcome(path, truth)
                found[told.partition(":")[0]] += 1
                if told != "right":
                    print(f"  {kind}, seed {seed}: {told}")
            print(f"{kind:28} {dict(found)}", flush=True)
            total += found
    print(f"{dict(total)}, {time.process_time() - start:.0f} s of CPU")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 20,
        float(sys.argv[2]) if len(sys.argv) > 2 else 0.25,
    )
