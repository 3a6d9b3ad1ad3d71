"""Pass or fail and counts: do intervals hold, are probabilities kept, are idle inputs left alone.

Simulated studies of two inputs, from 20 to 100 runs with one outcome or count each; several truths.

    python benchmarks/outcomes.py [number of studies]
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.evaluate import significance
from electrodoe.models import fit, outcome_intervals, tune
from electrodoe.models.generalized_linear import inverse_link
from electrodoe.study import ResponseKind

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from strategies.outcomes import sampled

Floats = NDArray[np.float64]
_TRUTHS: Final[dict[str, Callable[[Floats], Floats]]] = {
    "plane": lambda x: 0.3 + 1.5 * x[:, 0] - 0.8 * x[:, 1],
    "steep plane": lambda x: 0.3 + 4.0 * x[:, 0] - 1.5 * x[:, 1],
    "rare": lambda x: -1.8 + 1.5 * x[:, 0] - 0.8 * x[:, 1],
    "window": lambda x: 1.5 - 5.0 * x[:, 0] ** 2 + x[:, 1],
    "nothing": lambda x: 0.4 + 0.0 * x[:, 0],
}
"""Logits of the probability, or logarithms of the mean count."""
_SIZES: Final = (20, 40, 100)


def coverage(kind: ResponseKind, n: int, n_studies: int, name: str) -> tuple[Floats, Floats]:
    """Print how often 90 % intervals of the mean hold; return predictions beside the truth."""
    family = "logistic" if kind == "binary" else "poisson"
    places = np.random.default_rng(2).uniform(-1.0, 1.0, (20, 2))
    truth = inverse_link(kind, _TRUTHS[name](places))
    held, new_held, predicted, bent = [], [], [], 0
    for seed in range(n_studies):
        data = sampled(kind, n, seed, _TRUTHS[name])
        if np.ptp(data.response) == 0.0:
            continue
        chosen = tune(data, family)
        bent += chosen["degree"] == 2
        known = outcome_intervals(data, fit(data, family, chosen))
        lower, upper = known.mean_ends(places)
        held.append(np.mean((lower <= truth) & (truth <= upper)))
        new, ends = sampled(kind, 20, n_studies + seed, _TRUTHS[name]), known.intervals
        if kind == "count":
            found = ends(new.inputs)
            new_held.append(np.mean((found.lower <= new.response) & (new.response <= found.upper)))
        predicted.append(known.predict(places))
    beyond = f", of a new count {np.mean(new_held):.3f}" if new_held else ""
    print(
        f"{kind} {name}, {n} runs, {len(held)} studies: 90 % intervals hold {np.mean(held):.3f}"
        f"{beyond}; second degree in {bent / len(held):.3f}",
        flush=True,
    )
    return np.concatenate(predicted), np.tile(truth, len(held))


def deciles(predicted: Floats, truth: Floats) -> Floats:
    """Return predicted less true probability, by deciles of the predicted."""
    ends = np.quantile(predicted, np.linspace(0.1, 0.9, 9))
    part = np.searchsorted(ends, predicted)
    return np.array([np.mean((predicted - truth)[part == each]) for each in range(10)])


def false_alarms(kind: ResponseKind, n: int, n_studies: int) -> None:
    """Print how often an input without effect is significant at 5 %."""
    p = []
    for seed in range(n_studies):
        data = sampled(kind, n, seed, lambda x: 0.2 + 1.2 * x[:, 0])
        if np.ptp(data.response) > 0.0:
            rows = significance(data).coefficients.filter(model="linear", term="b")
            p.append(rows["p"][0])
    print(f"{kind}, {n} runs: an idle input is significant in {np.mean(np.array(p) < 0.05):.3f}")


def main(n_studies: int) -> None:
    """Print everything."""
    for n in _SIZES:
        pairs = [coverage("binary", n, n_studies, name) for name in _TRUTHS]
        apart = deciles(*map(np.concatenate, zip(*pairs, strict=True)))
        print(f"  predicted less true by deciles, all truths: {np.round(apart, 3).tolist()}")
        for name in ("plane", "nothing"):
            coverage("count", n, n_studies, name)
        for kind in ("binary", "count"):
            false_alarms(kind, n, n_studies)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
