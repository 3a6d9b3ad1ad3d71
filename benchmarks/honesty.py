"""What is said of a study beside what is true of it, on truths that nobody tuned to.

Made-up studies of one response: 2 to 4 factors, 12 to 20 runs spread over the region, one sample
of each run, three, or one to five. Ten truths: nothing but noise; noise and differences between
runs; a plane; a response that saturates, one with a threshold, the ratio of two factors; a
quadratic with heavy-tailed noise, with noise in proportion to its value, with effects of days, and
with neither. The goal is to maximize, and at least so much that a third of the region truly keeps
it with 90 % (over nothing: that everything keeps it with one chance, drawn from .5 to .9).

For each study the default family is fitted, judged by leaving out configurations, and asked for
settings and an operating window as `electrodoe recommend` does. Printed with standard errors are:

- refused: nothing is likely predicted better than by its mean, so nothing is recommended;
- R2: how often the reported one is at most the true one + .10 (true: of measurements of new runs,
  settings spread over the region), the mean difference, and the largest;
- chance: the stated chance that one measurement of a new run at the recommended settings, on a
  new day, keeps the specification, less the true chance of just that. By deciles of what is stated
  for other limits: each study is asked again for ten, drawn from what is measured all over the
  region, for a limit that a third of the region keeps is kept at good settings by construction.
  After K runs no chance above K/(K + 1) is stated, so the true one is also given up to there.
  The deciles stand also at settings spread over the region;
- intervals for a new run: how much of the truth the 90 % intervals hold at the recommended
  settings, and at settings in the middle of the runs;
- windows: how often one is guaranteed, and how often a setting inside truly has a smaller chance.

Run: OMP_NUM_THREADS=1 python benchmarks/honesty.py [--studies 20] [--first 5000] [--kind noise]
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import qmc

from electrodoe.dataset import TrainingData, leave_one_configuration_out
from electrodoe.errors import ElectrodeError
from electrodoe.evaluate import LIKELY, r2_lower, r_squared
from electrodoe.models import DEFAULT_FAMILY, FittedModel, fit, predictive, tune
from electrodoe.optimize import (
    Decision,
    OperatingWindow,
    decision,
    operating_window,
    possible_settings,
)
from electrodoe.optimize.search import best_inside, best_point
from electrodoe.study import Study

Floats = NDArray[np.float64]
Surface = Callable[[Floats], Floats]
KINDS = (
    *("noise", "run_effects", "plane", "saturating", "threshold", "ratio"),
    *("heavy_tails", "relative_noise", "day_effects", "quadratic"),
)
SIGNAL, NOISE, N_NEW = 40.0, 15.0, 4000
"""Standard deviations in kPa of what the factors do and of samples; settings that the truth is
asked at."""
N_SPREAD, N_LIMITS = 100, 10
"""Of those, settings at which chances are compared by deciles; limits that each is asked for."""
DAY_SD = 25.0
"""Standard deviation in kPa of days, where they differ."""
CONFIDENCE = PROBABILITY = 0.9


@dataclass(frozen=True)
class Truth:
    """What is measured at coded settings: a surface, differences between runs and days, noise."""

    surface: Surface
    run_sd: float
    noise: Callable[[Floats, np.random.Generator], Floats]
    day_sd: float = 0.0

    def measured(self, coded: Floats, rng: np.random.Generator) -> Floats:
        """Return one measurement of a new run, on a day of its own, at each setting."""
        differing = np.hypot(self.run_sd, self.day_sd)
        heights = self.surface(coded) + rng.normal(0.0, 1.0, len(coded)) * differing
        return heights + self.noise(heights, rng)

    def chance(self, coded: Floats, lower: float, rng: np.random.Generator) -> Floats:
        """Return the chance that a measurement of a new run keeps a lower limit."""
        drawn = [self.measured(coded, rng) >= lower for _ in range(400)]
        return np.mean(drawn, axis=0)


def truth_of(kind: str, n_factors: int, rng: np.random.Generator) -> Truth:
    """Return a random truth of a kind, its surface with a standard deviation of 40 about 500."""
    region = rng.uniform(-1.0, 1.0, (2000, n_factors))
    raw = _surface(kind, n_factors, rng)
    mean, sd = raw(region).mean(), raw(region).std()

    def surface(coded: Floats) -> Floats:
        return 500.0 + (SIGNAL * (raw(coded) - mean) / sd if sd > 0.0 else np.zeros(len(coded)))

    noises = {
        "heavy_tails": lambda y, own: NOISE * own.standard_t(3, len(y)) / np.sqrt(3.0),
        "relative_noise": lambda y, own: own.normal(0.0, 0.05, len(y)) * np.abs(y),
    }
    run_sd = {"run_effects": 25.0, "day_effects": 10.0}.get(kind, rng.choice([0.0, 10.0, 20.0]))
    plain = lambda y, own: own.normal(0.0, NOISE, len(y))  # noqa: E731
    day_sd = DAY_SD if kind == "day_effects" else 0.0
    return Truth(surface, float(run_sd), noises.get(kind, plain), day_sd)


def _surface(kind: str, n_factors: int, rng: np.random.Generator) -> Surface:
    """Return what the factors do, in arbitrary units."""
    slopes = rng.normal(size=n_factors) * rng.choice([0.3, 1.0], n_factors)
    curvatures = rng.normal(size=(n_factors, n_factors)) * 0.6
    where = rng.uniform(-0.5, 0.5)
    if kind in {"noise", "run_effects"}:
        return lambda x: np.zeros(len(x))
    if kind == "plane":
        return lambda x: x @ slopes
    if kind == "saturating":
        return lambda x: (1.0 - np.exp(-2.0 * (1.0 + x))) @ slopes
    if kind == "threshold":
        return lambda x: np.tanh(6.0 * (x @ slopes / np.abs(slopes).sum() - where))
    if kind == "ratio":
        return lambda x: (2.0 + x[:, 0]) / (1.6 + x[:, 1]) + 0.2 * x @ slopes
    return lambda x: x @ slopes + np.einsum("ni,ij,nj->n", x, curvatures, x)


@dataclass(frozen=True)
class MadeUp:
    """A study with its truth."""

    truth: Truth
    data: TrainingData
    study: Study
    lower: float
    limits: Floats


def made_up(kind: str, seed: int) -> MadeUp:
    """Return a study; the same for the same kind and seed."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    n_factors, n_runs = int(rng.integers(2, 5)), int(rng.integers(12, 21))
    truth = truth_of(kind, n_factors, rng)
    runs = qmc.scale(qmc.LatinHypercube(n_factors, rng=rng).random(n_runs), -1.0, 1.0)
    sizes = (np.ones(n_runs, int), np.full(n_runs, 3), rng.integers(1, 6, n_runs))[rng.integers(3)]
    heights = truth.surface(runs) + rng.normal(0.0, 1.0, n_runs) * truth.run_sd
    if kind == "day_effects":
        heights = heights + rng.normal(0.0, DAY_SD, 3)[rng.permutation(np.arange(n_runs) % 3)]
    samples = np.repeat(heights, sizes)
    names = tuple("abcd"[:n_factors])
    data = TrainingData(
        scenario="all",
        response_name="strength_kpa",
        input_names=names,
        inputs=np.repeat(15.0 + 5.0 * runs, sizes, axis=0),
        response=samples + truth.noise(samples, rng),
        configurations=np.repeat(np.arange(n_runs), sizes),
        sample_names=tuple(f"s{number}" for number in range(sizes.sum())),
    )
    region = rng.uniform(-1.0, 1.0, (1000, n_factors))
    drawn = np.array([truth.measured(region, rng) for _ in range(200)])
    keeps = np.quantile(drawn, 1.0 - PROBABILITY, axis=0)  # limit that nine of ten keep, by setting
    is_flat = kind in {"noise", "run_effects"}
    lower = np.quantile(drawn, 1.0 - rng.uniform(0.5, 0.9)) if is_flat else np.quantile(keeps, 0.67)
    limits = np.quantile(drawn, rng.uniform(0.02, 0.98, N_LIMITS))
    return MadeUp(truth, data, _study(names, float(lower)), float(lower), limits)


def _study(names: tuple[str, ...], lower: float) -> Study:
    """Return the declaration."""
    return Study.model_validate(
        {
            "title": "Made up",
            "factors": {name: {"region": [10.0, 20.0]} for name in names},
            "responses": {"strength_kpa": {"goal": "maximize", "lower": lower}},
        }
    )


def asked(kind: str, seed: int) -> dict[str, object]:
    """Return what is said of one study, and what is true."""
    one = made_up(kind, seed)
    data, rng = one.data, np.random.default_rng([seed, 77])
    model = fit(data, DEFAULT_FAMILY, tune(data, DEFAULT_FAMILY))
    known = predictive(data, model)
    left_out = np.empty(data.n_samples)
    tests = leave_one_configuration_out(data.configurations)
    for refit, test in zip(known.refits, tests, strict=True):
        left_out[test] = refit.predict(data.inputs[test])
    said = r_squared(data.response, left_out)
    new = rng.uniform(-1.0, 1.0, (N_NEW, len(data.input_names)))
    found = {"kind": kind, "seed": seed, "r2": said, "r2_true": _true_r2(one, model, new, rng)}
    bounds = [r2_lower(data.response, left_out, data.configurations, c) for c in (0.9, LIKELY)]
    if min(said, bounds[1]) <= 0.0:
        return found | {"is_refused": True}
    possible = possible_settings(one.study, data)
    decided = decision(one.study, possible.region, (known,), (data,), can_guarantee=bounds[0] > 0.0)
    best = best_point(possible.region, decided.merit, 1).point
    window = _window(decided)
    point = best
    if window is not None and not window.holds(best):
        point = best_inside(possible.region, decided.merit, window.low, window.high, 1).point
    stated = float(decided.said(decided.probability(point[None])[0]))
    spread = new[-N_SPREAD:]
    settings = decided.settings(best[None])  # the most desirable ones for every limit
    others = [known.probability(settings, float(limit), np.inf)[0] for limit in one.limits]
    return found | {
        "is_refused": False,
        "stated": stated,
        "true": float(one.truth.chance(point[None], one.lower, rng)[0]),
        "stated_others": [decided.said(float(chance)) for chance in others],
        "true_others": [float(one.truth.chance(best[None], x, rng)[0]) for x in one.limits],
        "most": decided.said(1.0),
        "stated_spread": [decided.said(float(p)) for p in decided.probability(spread)],
        "true_spread": one.truth.chance(spread, one.lower, rng).tolist(),
        "at_point": _held(one, known, point[None], rng),
        "inside": _held(one, known, _inside(data, new)[:50], rng),
        "is_guaranteed": window is not None,
        "smallest_true": None if window is None else _smallest(one, window, rng),
    }


def _true_r2(one: MadeUp, model: FittedModel, new: Floats, rng: np.random.Generator) -> float:
    """Return R² of one measurement of new runs all over the region."""
    return float(r_squared(one.truth.measured(new, rng), model.predict(15.0 + 5.0 * new)))


def _inside(data: TrainingData, new: Floats) -> Floats:
    """Return the settings that are mixtures of runs: those within half of each run's range."""
    runs = (data.inputs - 15.0) / 5.0
    spread = np.quantile(runs, [0.15, 0.85], axis=0)
    return new[np.all((new > spread[0]) & (new < spread[1]), axis=1)]


def _held(one: MadeUp, known: object, coded: Floats, rng: np.random.Generator) -> float:
    """Return how much of what is measured lies in the 90 % intervals for a new run."""
    found = known.intervals(15.0 + 5.0 * coded, CONFIDENCE)
    drawn = np.array([one.truth.measured(coded, rng) for _ in range(400)])
    return float(np.mean((drawn >= found.lower) & (drawn <= found.upper)))


def _window(decided: Decision) -> OperatingWindow | None:
    """Return the window that is guaranteed, if one is."""
    try:
        window = operating_window(decided, PROBABILITY, CONFIDENCE).window
    except ElectrodeError:
        return None
    return None if window is None or window.confidence is None else window


def _smallest(one: MadeUp, window: OperatingWindow, rng: np.random.Generator) -> float:
    """Return the smallest true chance of corners and settings inside."""
    corners = np.array(list(product(*zip(window.low, window.high, strict=True))))
    inside = rng.uniform(window.low, window.high, (200, len(window.low)))
    points = np.vstack([corners, inside])
    # asked twice: of 200 chances the smallest is too small by the luck of its draws
    worst = points[np.argmin(one.truth.chance(points, one.lower, rng))]
    again = [one.truth.chance(worst[None], one.lower, rng)[0] for _ in range(10)]
    return float(np.mean(again))


def _share(values: pl.Series) -> str:
    """Return a fraction with its standard error."""
    n, mean = len(values), float(values.mean() or 0.0)
    return f"{mean:.3f} ± {np.sqrt(mean * (1.0 - mean) / max(n, 1)):.3f} of {n}"


def _error(values: pl.Series) -> float:
    """Return the standard error of a mean; nan of a single value."""
    return float(values.std() or np.nan) / len(values) ** 0.5


def report(rows: pl.DataFrame, title: str) -> None:
    """Print what holds for some studies."""
    told = rows.filter(~pl.col("is_refused"))
    gap = rows["r2"] - rows["r2_true"]
    print(f"{title}: {rows.height} studies, refused {_share(rows['is_refused'])}")
    print(
        f"  R² at most .10 above the true one: {_share(gap <= 0.10)}; mean difference"
        f" {gap.mean():+.3f}, largest {gap.max():+.2f}"
    )
    if told.is_empty():
        return
    off = told["stated"] - told["true"]
    print(
        f"  stated chance less the true one: {off.mean():+.3f} ± {_error(off):.3f},"
        f" more than .05 too high {_share(off > 0.05)}"
    )
    for name in ("at_point", "inside"):
        held = told[name]
        print(f"  intervals {name}: {held.mean():.3f} ± {_error(held):.3f}")
    window = told.filter(pl.col("is_guaranteed"))
    false = window["smallest_true"] < PROBABILITY if window.height else pl.Series([], dtype=bool)
    print(
        f"  windows guaranteed {_share(told['is_guaranteed'])}, of all studies falsely"
        f" {_share(pl.Series([False] * (rows.height - window.height) + false.to_list()))}"
    )


def _by_decile(where: str, told: pl.DataFrame) -> None:
    """Print what is stated and what is true, by tenths of what is stated; errors over studies."""
    print(f"stated chance {where}, by decile: n, studies, stated, true, less the true one;")
    print("  in brackets less the true one up to K/(K + 1), the most that is ever stated")
    tenths = (pl.col("stated") * 10).floor().clip(0, 9).cast(pl.Int64).alias("decile")
    told = told.with_columns(
        tenths,
        off=pl.col("stated") - pl.col("true"),
        short=pl.col("stated") - pl.min_horizontal("true", "most"),
    )
    for (decile,), own in sorted(told.group_by("decile"), key=lambda pair: pair[0]):
        off, short = own["off"].mean(), own["short"].mean()
        sums = own.group_by("study").agg((pl.col("off") - off).sum())["off"]
        error = float((sums**2).sum()) ** 0.5 / own.height
        print(
            f"  {decile / 10:.1f}: {own.height}, {sums.len()}, {own['stated'].mean():.3f},"
            f" {own['true'].mean():.3f}, {off:+.3f} ± {error:.3f} ({short:+.3f})"
        )


def main() -> None:
    """Ask every study, then report by kind, over nothing, over signals and by decile."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=20, help="of each kind")
    parser.add_argument("--first", type=int, default=5000)
    parser.add_argument("--kind", choices=KINDS)
    options = parser.parse_args()
    kinds = (options.kind,) if options.kind else KINDS
    seeds = range(options.first, options.first + options.studies)
    rows = pl.DataFrame(
        [asked(kind, seed) for kind in kinds for seed in seeds], infer_schema_length=None
    )
    for kind in kinds:
        report(rows.filter(kind=kind), kind)
    nothing = pl.col("kind").is_in(["noise", "run_effects"])
    for chosen, title in ((nothing, "OVER NOTHING"), (~nothing, "OVER A SIGNAL")):
        if (own := rows.filter(chosen)).height:
            report(own, title)
    told = rows.filter(~pl.col("is_refused")).with_row_index("study")
    if told.is_empty():
        return
    columns = ("study", "kind", "most")
    for asked_for, where in (
        ("", "at the recommended settings"),
        ("_others", "at the most desirable settings, limits drawn"),
        ("_spread", "over the region"),
    ):
        pair = (f"stated{asked_for}", f"true{asked_for}")
        own = told.select(*columns, **dict(zip(("stated", "true"), pair, strict=True)))
        own = own.explode("stated", "true") if asked_for else own
        _by_decile(where, own)
        _by_decile(f"{where}, over a signal alone", own.filter(~nothing))


if __name__ == "__main__":
    main()
