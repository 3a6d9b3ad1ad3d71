"""pyoptex on the paper's case: run inside an environment of its own, prints JSON lines.

One line per seed: CPU seconds of the search (after a warm-up, so that compilation does not count)
and the plan in coded units.
"""

import argparse
import json
import time

import numpy as np
from pyoptex.doe.fixed_structure import (
    Factor,
    create_fixed_structure_design,
    create_parameters,
    default_fn,
)
from pyoptex.doe.fixed_structure.metric import Iopt
from pyoptex.utils.model import model2Y2X, partial_rsm_names

N_RUNS = 17


def parameters(names: list[str], levels: np.ndarray) -> object:
    """Return the search for an I-optimal plan of the full quadratic."""
    factors = [Factor(name, None, "cont", -1, 1, levels) for name in names]
    model = partial_rsm_names(dict.fromkeys(names, "quad"))
    return create_parameters(
        factors, default_fn(factors, Iopt(), model2Y2X(model, factors)), N_RUNS
    )


def main() -> None:
    """Search with several seeds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--tries", type=int, default=30)
    arguments = parser.parse_args()
    names, levels = ["a", "b", "c"], np.linspace(-1.0, 1.0, 4)
    create_fixed_structure_design(parameters(names, levels), n_tries=2)
    for seed in range(arguments.seeds):
        np.random.seed(seed)  # noqa: NPY002 - the peer draws from the global state
        start = time.process_time()
        plan, _ = create_fixed_structure_design(parameters(names, levels), n_tries=arguments.tries)
        seconds = time.process_time() - start
        print(json.dumps({"seconds": seconds, "plan": plan[names].to_numpy().tolist()}))


if __name__ == "__main__":
    main()
