"""What is said of a study beside what is true of it, on truths that nobody tuned to.

Made-up studies of one response: 2 to 4 factors, 12 to 20 runs spread over the region, one sample
of each run, three, or one to five. Ten truths: nothing but noise; noise and differences between
runs; a plane; a response that saturates, one with a threshold, the ratio of two factors; a
quadratic with heavy-tailed noise, with noise in proportion to its value, with effects of days, and
with neither. The goal is to maximize, and at least so much that a third of the region truly keeps
it with 90 % (over nothing: that everything keeps it with one chance, drawn from .5 to .9).

For each study the default family is fitted, judged by leaving out configurations, and asked for
settings and an operating window as `electrodoe recommend` does. Printed with standard errors are:

- refused: nothing is predicted better than by its mean, so nothing is recommended;
- R2: how often the reported one is at most the true one + .10 (true: of measurements of new runs,
  settings spread over the region), the mean difference, and the largest;
- chance: the stated chance that a product of the recommended settings keeps the specification,
  less the true one, and by deciles of what is stated; the deciles also at settings spread over the
  region, for those that are recommended have no small chances;
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
from electrodoe.evaluate import r2_lower, r_squared
from electrodoe.models import DEFAULT_FAMILY, FittedModel, fit, predictive, tune
from electrodoe.optimize import Decision, decision, operating_window, possible_settings
from electrodoe.optimize.search import best_point
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
N_SPREAD = 100
"""Of those, settings at which chances are compared by deciles."""
CONFIDENCE = PROBABILITY = 0.9


@dataclass(frozen=True)
class Truth:
    """What is measured at coded settings: a surface, differences between runs, noise."""

    surface: Surface
    run_sd: float
    noise: Callable[[Floats, np.random.Generator], Floats]

    def measured(self, coded: Floats, rng: np.random.Generator) -> Floats:
        """Return one measurement of a new run at each setting."""
        heights = self.surface(coded) + rng.normal(0.0, 1.0, len(coded)) * self.run_sd
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
    return Truth(surface=surface, run_sd=float(run_sd), noise=noises.get(kind, plain))


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


def made_up(kind: str, seed: int) -> MadeUp:
    """Return a study; the same for the same kind and seed."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    n_factors, n_runs = int(rng.integers(2, 5)), int(rng.integers(12, 21))
    truth = truth_of(kind, n_factors, rng)
    runs = qmc.scale(qmc.LatinHypercube(n_factors, rng=rng).random(n_runs), -1.0, 1.0)
    sizes = (np.ones(n_runs, int), np.full(n_runs, 3), rng.integers(1, 6, n_runs))[rng.integers(3)]
    heights = truth.surface(runs) + rng.normal(0.0, 1.0, n_runs) * truth.run_sd
    if kind == "day_effects":
        heights = heights + rng.normal(0.0, 25.0, 3)[rng.permutation(np.arange(n_runs) % 3)]
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
    return MadeUp(truth=truth, data=data, study=_study(names, float(lower)), lower=float(lower))


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
    left_out = np.empty(data.n_samples)
    for test in leave_one_configuration_out(data.configurations):
        train = data.take(~test)
        own = fit(train, DEFAULT_FAMILY, tune(train, DEFAULT_FAMILY))
        left_out[test] = own.predict(data.inputs[test])
    said = r_squared(data.response, left_out)
    new = rng.uniform(-1.0, 1.0, (N_NEW, len(data.input_names)))
    found = {"kind": kind, "seed": seed, "r2": said, "r2_true": _true_r2(one, model, new, rng)}
    if said <= 0.0:
        return found | {"is_refused": True}
    can_guarantee = r2_lower(data.response, left_out, data.configurations) > 0.0
    possible = possible_settings(one.study, data)
    known = predictive(data, model)
    decided = decision(one.study, possible.region, (known,), (data,), can_guarantee=can_guarantee)
    point = best_point(possible.region, decided.merit, 1).point
    stated = float(decided.said(decided.probability(point[None])[0]))
    spread = new[-N_SPREAD:]
    return found | {
        "is_refused": False,
        "stated": stated,
        "true": float(one.truth.chance(point[None], one.lower, rng)[0]),
        "stated_spread": [decided.said(float(p)) for p in decided.probability(spread)],
        "true_spread": one.truth.chance(spread, one.lower, rng).tolist(),
        "at_point": _held(one, known, point[None], rng),
        "inside": _held(one, known, _inside(data, new)[:50], rng),
        **_window(one, decided, rng),
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


def _window(one: MadeUp, decided: Decision, rng: np.random.Generator) -> dict[str, object]:
    """Return whether a window is guaranteed, and its smallest true chance."""
    try:
        window = operating_window(decided, PROBABILITY, CONFIDENCE).window
    except ElectrodeError:
        return {"is_guaranteed": False}
    if window is None or window.confidence is None:
        return {"is_guaranteed": False}
    corners = np.array(list(product(*zip(window.low, window.high, strict=True))))
    inside = rng.uniform(window.low, window.high, (200, len(window.low)))
    chances = one.truth.chance(np.vstack([corners, inside]), one.lower, rng)
    return {"is_guaranteed": True, "smallest_true": float(chances.min())}


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


def _by_decile(where: str, stated: pl.Series, true: pl.Series) -> None:
    """Print what is stated and what is true, by tenths of what is stated."""
    print(f"stated chance {where}, by decile: n, stated, true")
    told = pl.DataFrame({"stated": stated, "true": true})
    tenths = (pl.col("stated") * 10).floor().clip(0, 9).cast(pl.Int64)
    for (decile,), own in sorted(told.group_by(tenths.alias("decile")), key=lambda pair: pair[0]):
        means = own["stated"].mean(), own["true"].mean()
        print(f"  {decile / 10:.1f}: {own.height}, {means[0]:.3f}, {means[1]:.3f}")


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
    told = rows.filter(~pl.col("is_refused"))
    _by_decile("at the recommended settings", told["stated"], told["true"])
    spread = told.select("stated_spread", "true_spread").explode("stated_spread", "true_spread")
    _by_decile("over the region", spread["stated_spread"], spread["true_spread"])


if __name__ == "__main__":
    main()
