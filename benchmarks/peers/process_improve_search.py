"""process-improve on the paper's case: run inside an environment of its own, prints JSON lines.

It ignores a factor's levels, so the 64 combinations go in as candidates; its criterion is then the
mean over these candidates.
"""

import argparse
import json
import time
from itertools import product

import numpy as np
import pandas as pd
from process_improve.experiments import Factor, generate_design

N_RUNS = 17


def main() -> None:
    """Search with several seeds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=8)
    arguments = parser.parse_args()
    names = ["a", "b", "c"]
    grid = list(product(np.linspace(-1.0, 1.0, 4), repeat=3))
    candidates = pd.DataFrame(grid, columns=names)
    factors = [Factor(name=name, type="continuous", low=-1.0, high=1.0) for name in names]

    def plan(seed: int) -> np.ndarray:
        found = generate_design(
            factors,
            design_type="i_optimal",
            budget=N_RUNS,
            n_center_points=0,
            model_type="quadratic",
            candidates=candidates,
            random_state=seed,
        )
        return found.design[names].to_numpy(dtype=float)

    plan(0)
    for seed in range(arguments.seeds):
        start = time.process_time()
        runs = plan(seed)
        print(json.dumps({"seconds": time.process_time() - start, "plan": runs.tolist()}))


if __name__ == "__main__":
    main()
