"""More terms than settings: what a reduced and a minimum-norm quadratic say and what is so.

Made-up studies like the third scenario of Haghi et al. (2023): 17 runs of three factors, three
replicates, seen through six inputs that follow from the factors but for a small scatter of their
own; signal 65 to 75 kPa, noise 15 kPa. A third of the truths is quadratic in the factors, a third
adds a smooth deviation, a third an effect of each configuration with an SD of 44 kPa. Printed for
each family: median R² of the random split's test rows, of left-out configurations, and of what
would be measured at 400 new settings.

Run: OMP_NUM_THREADS=1 python benchmarks/more_terms_than_settings.py [--studies 30] [--first 0]
"""

import argparse

import numpy as np
from numpy.typing import NDArray

from electrodoe.dataset import TrainingData
from electrodoe.evaluate import evaluate, r_squared
from electrodoe.models import fit, in_canonical_order, tune
from electrodoe.models.terms import quadratic_matrix

FAMILIES = (
    *("reduced_polynomial", "minimum_norm_polynomial", "ridge_quadratic"),
    *("mlr", "svm", "xgboost", "ensemble"),
)
N_RUNS, N_REPLICATES, N_NEW = 17, 3, 400
SIGNAL_KPA, NOISE_KPA, EFFECT_KPA = 70.0, 15.0, 44.0
SCATTER = 0.05
"""Of each input about what the factors make of it, in half-ranges of a factor."""


def study(number: int) -> tuple[TrainingData, NDArray[np.float64], NDArray[np.float64]]:
    """Return a study's samples, and inputs and measurements at new settings."""
    rng = np.random.default_rng(number)
    levels = np.linspace(-1.0, 1.0, 4)
    factors = np.vstack(
        [rng.choice(levels, (N_RUNS, 3)), rng.uniform(-1.0, 1.0, (N_NEW, 3))],
    )
    truth = quadratic_matrix(factors, np.ones(3, dtype=np.bool_)) @ rng.normal(size=10)
    kind = number % 3
    if kind == 1:
        truth += np.sin(4.0 * factors @ rng.normal(size=3))
    truth *= SIGNAL_KPA / truth.std()
    if kind == 2:
        truth += rng.normal(0.0, EFFECT_KPA, len(truth))
    inputs = factors @ rng.normal(size=(3, 6)) + SCATTER * rng.normal(size=(len(factors), 6))
    made = np.repeat(np.arange(N_RUNS), N_REPLICATES)
    data = TrainingData(
        scenario="combined",
        response_name="adhesion_strength_kpa",
        input_names=tuple("abcdef"),
        inputs=inputs[made],
        response=truth[made] + rng.normal(0.0, NOISE_KPA, len(made)),
        configurations=made,
        sample_names=tuple(f"S{row}" for row in range(len(made))),
    )
    measured = truth[N_RUNS:] + rng.normal(0.0, NOISE_KPA, N_NEW)
    return in_canonical_order(data), inputs[N_RUNS:], measured


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=30)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in FAMILIES}
    for number in range(asked.first, asked.first + asked.studies):
        data, new, measured = study(number)
        for family in FAMILIES:
            scores = evaluate(data, family, n_repeats=5, width=1).summary.row(0, named=True)
            model = fit(data, family, tune(data, family, width=1))
            true = r_squared(measured, model.predict(new))
            rows[family].append((scores["r2_test"], scores["r2_loco"], true))
    print(f"{'family':26} {'R² random test':>15} {'R² left out':>12} {'R² new':>8}")
    for family, found in rows.items():
        test, left_out, true = np.nanmedian(np.array(found), axis=0)
        print(f"{family:26} {test:15.2f} {left_out:12.2f} {true:8.2f}")


if __name__ == "__main__":
    main()
