"""Screening designs: false alarms beside what is promised, power beside a test that knows sigma.

Unreplicated two-level designs (2^4, 2^(7-4), Plackett-Burman in 12 runs) with noise alone and with
three active effects of some size; definitive screening of six and ten factors, without and with
four fake ones, in two stages; a supersaturated design of 22 factors in 12 runs. Power stands beside
a z test that knows sigma, at the same false-alarm rate. With --critical the critical values of
Lenth's method are made again.

Run: python benchmarks/screening.py [--studies 1000] [--critical]
"""

import argparse

import numpy as np
import scipy.stats

from electrodoe.design.classical.screening import definitive_screening
from electrodoe.evaluate.screening.contrasts import orthogonal_contrasts
from electrodoe.evaluate.screening.definitive import two_stages
from electrodoe.evaluate.screening.lenth import (
    critical_values,
    pseudo_standard_error,
)
from electrodoe.evaluate.screening.supersaturated import forward_selection
from electrodoe.evaluate.screening.terms import column

SIZES = (1.0, 2.0, 3.0)
"""Coefficients of active effects, in standard deviations of a run."""


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--critical", action="store_true")
    asked = parser.parse_args()
    if asked.critical:
        critical(asked.studies * 400)
        return
    for name, coded in two_level_designs().items():
        two_levels(name, coded, asked.studies)
    for n_factors in (6, 10):
        for n_fakes in (0, 4):
            definitive(n_factors, n_fakes, asked.studies)
    supersaturated(asked.studies)


def full(n_factors: int) -> np.ndarray:
    """Return all corners in standard order."""
    return 2.0 * (np.arange(2**n_factors)[:, None] >> np.arange(n_factors) & 1) - 1.0


def cyclic(signs: str) -> np.ndarray:
    """Return a Plackett-Burman design from its first row."""
    first = [1.0 if sign == "+" else -1.0 for sign in signs]
    n = len(first)
    return np.array([*(first[-k:] + first[:-k] for k in range(n)), [-1.0] * n])


def two_level_designs() -> dict[str, np.ndarray]:
    """Return the designs by name."""
    a, b, c = full(3).T
    return {
        "2^4": full(4),
        "2^(7-4)": np.column_stack([a, b, c, a * b, a * c, b * c, a * b * c]),
        "Plackett-Burman 12, 11 factors": cyclic("++-+++---+-"),
    }


def two_levels(name: str, coded: np.ndarray, n_studies: int) -> None:
    """Print false alarms with noise alone, and beside three active effects; and power."""
    found = orthogonal_contrasts(coded)
    W = np.array([contrast.weights for contrast in found])
    rng = np.random.default_rng(1)
    noise = rng.normal(size=(n_studies, len(coded))) @ W.T
    m = len(found)
    print(f"\n{name}: {m} contrasts, {n_studies} studies")
    one, largest = alarms(noise, np.zeros(m, dtype=bool))
    print(f"  noise alone: {one:.1%} of contrasts, in {largest:.1%} of studies any")
    is_active = np.arange(m) < 3
    for size in SIZES:
        values = noise + size * np.sqrt(len(coded)) * is_active
        own, surely, known = power(values, is_active)
        one, largest = alarms(values, is_active)
        print(
            f"  three of {size:g} sigma: found {own:.1%} (margin), {surely:.1%} (simultaneous),"
            f" {known:.1%} by z at 5 %; false {one:.1%} of contrasts, any {largest:.1%}"
        )


def alarms(values: np.ndarray, is_active: np.ndarray) -> tuple[float, float]:
    """Return the fraction of inactive contrasts beyond the margin, and of studies beyond both."""
    ratios = np.abs(values) / pseudo_standard_error(values)[:, None]
    one, largest = critical_values(values.shape[1])
    quiet = ratios[:, ~is_active]
    return float(np.mean(quiet > one)), float(np.mean(quiet.max(axis=1) > largest))


def power(values: np.ndarray, is_active: np.ndarray) -> tuple[float, float, float]:
    """Return the fraction of active contrasts that are found, also by who knows sigma."""
    ratios = np.abs(values) / pseudo_standard_error(values)[:, None]
    one, largest = critical_values(values.shape[1])
    loud = ratios[:, is_active]
    known = np.abs(values[:, is_active]) > scipy.stats.norm.isf(0.025)
    return float(np.mean(loud > one)), float(np.mean(loud > largest)), float(np.mean(known))


def definitive(n_factors: int, n_fakes: int, n_studies: int) -> None:
    """Print both stages' false alarms and power."""
    X = definitive_screening(n_factors + n_fakes)[:, :n_factors]
    rng = np.random.default_rng(2)
    print(f"\nDefinitive screening, {n_factors} factors, {n_fakes} fake, {len(X)} runs")
    noise = [two_stages(X, rng.normal(size=len(X))) for _ in range(n_studies)]
    rate = np.mean([found.is_active.mean() for found in noise])
    print(f"  noise alone: {rate:.1%} of main effects")
    mains = np.zeros(n_factors)
    mains[:3] = 2.0, -2.0, 2.0
    lengths = np.linalg.norm(X, axis=0)[:3]
    z = np.mean(scipy.stats.norm.sf(1.96 - 2.0 * lengths))
    for words, second in (
        ("no second order", {}),
        ("AB of 3 sigma", {(0, 1): 3.0}),
        ("AB and C^2 of 3 sigma", {(0, 1): 3.0, (2, 2): 3.0}),
    ):
        truth = X @ mains + sum(size * column(X, term) for term, size in second.items())
        studies = [two_stages(X, truth + rng.normal(size=len(X))) for _ in range(n_studies)]
        print(
            f"  three main effects of 2 sigma, {words}: {rates(studies, set(second))};"
            f" main effects by z at 5 %: {z:.1%}"
        )


def rates(studies: list, second: set) -> str:
    """Return what was found and what was claimed without reason, in words."""
    found = np.mean([one.is_active[:3].mean() for one in studies])
    false = np.mean([one.is_active[3:].mean() for one in studies])
    claimed = np.mean([bool(set(one.second_order) - second) for one in studies])
    alone = [one for one in studies if not one.rivals]
    surely = np.mean([bool(set(one.second_order) - second) for one in alone])
    right = np.mean([second <= set(one.second_order) for one in studies])
    return (
        f"main effects found {found:.1%}, false {false:.1%};"
        f" second order found {right:.1%}, any false {claimed:.1%}"
        f" (without rivals: {surely:.1%} of {len(alone) / len(studies):.0%})"
    )


def supersaturated(n_studies: int) -> None:
    """Print false alarms and power of the forward selection."""
    X = cyclic("+++++-+-++--++--+-+----")
    X = X[X[:, 22] > 0.0, :22]
    rng = np.random.default_rng(3)
    print("\nSupersaturated, 22 factors in 12 runs")
    noise = [forward_selection(X, rng.normal(size=12)) for _ in range(n_studies)]
    print(f"  noise alone: any in {np.mean([bool(one.selected) for one in noise]):.1%} of studies")
    for n_active in (1, 2, 3):
        for size in (2.0, 5.0):
            active = [rng.choice(22, n_active, replace=False) for _ in range(n_studies)]
            done = [forward_selection(X, truth(X, own, size, rng)) for own in active]
            pairs = list(zip(done, active, strict=True))
            found = np.mean([len({*one.selected} & {*own}) / n_active for one, own in pairs])
            false = np.mean([bool({*one.selected} - {*own.tolist()}) for one, own in pairs])
            print(f"  {n_active} of {size:g} sigma: found {found:.1%}, any false {false:.1%}")


def truth(X: np.ndarray, own: np.ndarray, size: float, rng: np.random.Generator) -> np.ndarray:
    """Return responses with some active factors of random sign."""
    return X[:, own] @ rng.choice([-size, size], len(own)) + rng.normal(size=len(X))


def critical(n_draws: int) -> None:
    """Print the critical values again."""
    for m in (5, 7, 11, 15, 31, 63):
        rng = np.random.default_rng(20_000)
        z = rng.normal(size=(min(n_draws, 12_000_000 // m), m))
        ratios = np.abs(z) / pseudo_standard_error(z)[:, None]
        new = (np.quantile(ratios, 0.95), np.quantile(ratios.max(axis=1), 0.95))
        print(m, [round(float(value), 3) for value in new], critical_values(m))


if __name__ == "__main__":
    main()
