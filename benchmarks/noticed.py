"""What is noticed of tables: runs that nobody named, slips, sorted days; and false words.

Studies are made up (1 to 5 factors at levels or anywhere, 9 to 21 runs, one to four samples each,
inputs set or measured), spoiled in one place or not, and checked as ``electrodoe check`` does.
Counted are those found and those accused without a reason; there is no peer that does the same.

Run: python benchmarks/noticed.py [--studies 200] [--seed 15]
"""

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from electrodoe.dataset import Dataset, assemble, confounded_factors, inspect
from electrodoe.errors import ElectrodeError
from electrodoe.findings import Severity
from electrodoe.ingest import RawTable
from electrodoe.study import declare_study

LEVELS = {
    "mass_loading_mg_cm2": (8.0, 10.0, 12.0),
    "drying_temperature_c": (50.0, 60.0, 70.0),
    "porosity": (0.25, 0.3, 0.4),
    "coating_gap_um": (90.0, 120.0, 150.0),
    "line_speed_m_min": (1.0, 2.0, 5.0),
}
SLIPS = ("× 10", "÷ 10", "× 100", "another value", "× 1.35", "run × 10")


@dataclass
class Made:
    """A made-up study: inputs by name, response, run and day of every sample."""

    inputs: dict[str, np.ndarray]
    response: np.ndarray
    run: np.ndarray
    day: np.ndarray | None = None
    repeats_settings: bool = False

    def dataset(self, *, group: bool = True, named: bool = True) -> Dataset:
        """Return it as a dataset, its runs declared, only named in a column, or not named."""
        columns: dict[str, object] = {} if not named else {"run": [f"R{n:02d}" for n in self.run]}
        columns |= {} if self.day is None else {"day": [f"d{day}" for day in self.day]}
        columns |= {name: values.tolist() for name, values in self.inputs.items()}
        frame = pl.DataFrame(columns | {"y_kpa": self.response.tolist()}, strict=False)
        measurements = {"table": "t.csv", "context": [] if self.day is None else ["day"]}
        study = declare_study(
            {
                "title": "Made up",
                "measurements": measurements | ({"group": "run"} if group else {}),
                "factors": {name: {} for name in self.inputs},
                "responses": {"y_kpa": {}},
            },
            source="noticed.py",
        )
        lines = tuple(range(2, frame.height + 2))
        return assemble(study, RawTable(path=Path("t.csv"), frame=frame, lines=lines))


def made(rng: np.random.Generator, *, n_factors: int | None = None, scatter: float = 0.0) -> Made:
    """Return a study; ``scatter`` of measured inputs is a fraction of their range."""
    names = list(rng.permutation(list(LEVELS))[: n_factors or int(rng.integers(1, 6))])
    n_runs = int(rng.integers(9, 22))
    n_samples = rng.integers(1, 5, n_runs) if rng.random() < 0.5 else np.full(n_runs, 3)
    run = np.repeat(np.arange(n_runs), n_samples)
    at_levels = rng.random() < 0.5
    inputs, settings = {}, []
    for name in names:
        low, high = LEVELS[name][0], LEVELS[name][-1]
        drawn = rng.choice(LEVELS[name], n_runs) if at_levels else rng.uniform(low, high, n_runs)
        settings.append(drawn)
        values = np.round(drawn, 3)[run]
        noise = scatter * (high - low) * rng.normal(size=len(run))
        inputs[str(name)] = np.round(values + noise, 4) if scatter else values
    response = 500.0 + 50.0 * rng.normal(size=n_runs)[run] + 5.0 * rng.normal(size=len(run))
    is_repeated = len(np.unique(np.column_stack(settings), axis=0)) < n_runs
    rounded = np.round(response, 1)
    return Made(inputs=inputs, response=rounded, run=run, repeats_settings=is_repeated)


def one_scatters(rng: np.random.Generator, n_factors: int) -> bool:
    """Return whether runs are found of which one input alone is measured, by 5 or 10 % uneven."""
    study = made(rng, n_factors=n_factors)
    name = next(iter(study.inputs))
    width = float(rng.choice([0.05, 0.1])) * (LEVELS[name][-1] - LEVELS[name][0])
    off = width * rng.normal(size=len(study.run))
    study.inputs[name] = np.round(study.inputs[name] + off, 4)
    return study.dataset(group=False, named=False).grouping.source == "clumps"


def slip_is_named(rng: np.random.Generator) -> tuple[str, bool]:
    """Return the kind of a slip, and whether row and column were named (or the value refused)."""
    study = made(rng, scatter=float(rng.choice([0.0, 0.0, 0.01])))
    name, row = str(rng.choice(list(study.inputs))), int(rng.integers(len(study.run)))
    of_run = np.flatnonzero(study.run == study.run[row])
    kind = str(rng.choice(SLIPS))
    if kind in {"another value", "× 1.35"} and len(of_run) < 3:
        kind = "× 10"
    values, half = study.inputs[name], 0.5 * (LEVELS[name][-1] - LEVELS[name][0])
    rows = of_run if kind == "run × 10" else np.array([row])
    change: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "× 10": lambda old: 10.0 * old,
        "÷ 10": lambda old: old / 10.0,
        "× 100": lambda old: 100.0 * old,
        "another value": lambda old: old + half,
        "× 1.35": lambda old: 1.35 * old,
        "run × 10": lambda old: 10.0 * old,
    }
    values[rows] = change[kind](values[rows])
    try:
        found = [each for each in inspect(study.dataset()) if each.code == "D112"]
    except ElectrodeError:  # refused with its row, as 3.2 for a fraction
        return kind, True
    lines = {str(line + 2) for line in rows}
    named = [each.where.split("line")[-1].lstrip("s ").split(", ") for each in found]
    return kind, any(lines & set(each) for each in named)


def sorted_days_are_warned(rng: np.random.Generator, *, is_sorted: bool) -> bool:
    """Return whether a factor that runs were sorted by (or no factor) counts as confounded."""
    study = made(rng, scatter=float(rng.choice([0.0, 0.01])))
    name = next(iter(study.inputs))
    runs = np.unique(study.run)
    means = np.array([study.inputs[name][study.run == run].mean() for run in runs])
    order = np.argsort(means, kind="stable") if is_sorted else rng.permutation(len(runs))
    day = np.empty(len(runs), dtype=int)
    day[order] = np.arange(len(runs)) * int(rng.integers(2, 4)) // len(runs)
    study.day = day[study.run]
    pairs = confounded_factors(study.dataset())
    return (name, "day") in pairs if is_sorted else bool(pairs)


def false_warnings(rng: np.random.Generator, kind: str) -> Counter[str]:
    """Return the warnings and errors of a clean study, by code."""
    study = made(rng, scatter=0.01 if kind == "measured inputs" else 0.0)
    noise = rng.normal(size=len(study.run))
    between = rng.normal(size=study.run.max() + 1)[study.run]
    study.response = {
        "normal": study.response,
        "measured inputs": study.response,
        "over decades": np.round(np.exp(2.0 * between + 0.1 * noise), 4),
        "heavy tails": np.round(500.0 + 50.0 * between + 5.0 * rng.standard_t(3, len(noise)), 1),
        "coarse scale": np.round(40.0 + 5.0 * between + 2.0 * noise),
        "random days": study.response,
    }[kind]
    if kind == "random days":
        days = rng.permutation(np.arange(study.run.max() + 1) % 3)
        study.day = days[study.run]
    findings = inspect(study.dataset())
    return Counter(each.code for each in findings if each.severity is not Severity.NOTE)


def main() -> None:
    """Print what is found and what is accused without a reason."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=15)
    options = parser.parse_args()
    rng, n = np.random.default_rng(options.seed), options.studies
    scatters = [0.002, 0.005, 0.01, 0.02]
    column = clumped = alone = n_alone = 0
    for _ in range(n):
        study = made(rng, n_factors=int(rng.integers(2, 6)), scatter=float(rng.choice(scatters)))
        column += study.dataset(group=False).grouping.source == "column"
        clumped += study.dataset(group=False, named=False).grouping.source == "clumps"
        single = made(rng, scatter=0.02)
        _, first = np.unique(single.run, return_index=True)
        rows = {name: values[first] for name, values in single.inputs.items()}
        lone = Made(inputs=rows, response=single.response[first], run=single.run[first])
        if not single.repeats_settings:
            n_alone += 1
            alone += lone.dataset(group=False, named=False).grouping.source != "levels"
    print(f"runs that nobody named: by their column {column}, by clumps {clumped} of {n};")
    print(f"single runs, none of them repeated, taken for replicates: {alone} of {n_alone}")
    for n_factors in (1, 2, 3, 5):
        found = sum(one_scatters(rng, n_factors) for _ in range(n))
        print(f"of {n_factors} inputs one scatters by 5 or 10 %: by clumps {found} of {n}")
    slips = [slip_is_named(rng) for _ in range(n)]
    of_kind = Counter(kind for kind, _ in slips)
    named = Counter(kind for kind, is_named in slips if is_named)
    shown = ", ".join(f"{kind} {named[kind]} of {of_kind[kind]}" for kind in SLIPS)
    print(f"slips named: {named.total()} of {n} ({shown})")
    for is_sorted in (True, False):
        warned = sum(sorted_days_are_warned(rng, is_sorted=is_sorted) for _ in range(n))
        print(f"{'sorted' if is_sorted else 'random'} days, warned: {warned} of {n}")
    kinds = ("normal", "measured inputs", "over decades", "heavy tails", "coarse scale")
    for kind in (*kinds, "random days"):
        codes = sum((false_warnings(rng, kind) for _ in range(n)), Counter())
        of_code = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
        others = codes.total() - codes["S201"]
        print(f"clean, {kind}: {others / n:.2f} warnings a study beside S201 ({of_code})")


if __name__ == "__main__":
    main()
