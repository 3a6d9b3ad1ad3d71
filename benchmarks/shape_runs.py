"""Runs that check the shape beside the truth: curvature is distinguished from run-to-run variation.

Studies are those of ``default_family.py`` (17 runs, 3 replicates, noise 15 kPa, three kinds of
truth). Where the lack of fit rejects the quadratic at 5 %, runs are proposed, measured (three
replicates, same truth, effects of their own) and added:

- belief: the chance of curvature against effects, before and after;
- odds: by how much the logarithm of its odds moves, beside as many random runs (mean ± standard
  error over the studies);
- missed: by how much the sum of squares of the lack of fit grows, in units of the noise variance;
- back: how often the repeated settings come back to their old mean, by the width that is reported.

Run: OMP_NUM_THREADS=1 python benchmarks/shape_runs.py [--studies 100] [--first 7000] [--runs 2]
"""

import argparse

import numpy as np

from default_family import KINDS
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.evaluate import quadratic_lack_of_fit
from electrodoe.optimize import Decision, ShapeTest, rival_shapes, shape_runs
from recommendation import NOISE, coded, data_of, decide, made_up, measure


def contradiction(data: TrainingData) -> ShapeTest:
    test = quadratic_lack_of_fit(data)
    return ShapeTest(response_name=data.response_name, f=test.f, p=test.p)


def log_odds(decided: Decision, data: TrainingData) -> float:
    odds = rival_shapes(decided, data, np.zeros((1, 3))).odds
    return float(np.log(odds) - np.log1p(-odds))


def reported(kind: str, seeds: range, n_runs: int) -> None:
    rows, odds, back = [], [], []
    for seed in seeds:
        made = made_up(kind, seed)
        decided = decide(made, "polynomial")
        found = shape_runs(decided, (contradiction(made.data),), n_runs)
        if found is None:
            continue
        runs = coded(configuration_means(made.data.inputs, made.data.configurations))
        values = made.data.response.reshape(len(runs), -1)
        random = np.random.default_rng([seed, 6]).uniform(-1, 1, (n_runs, 3))
        row, before = [], log_odds(decided, made.data)
        lack = quadratic_lack_of_fit(made.data).sum_of_squares
        for points in (found.points, random):
            more = measure(made.truth, made.effect_sd, points, np.random.default_rng([seed, 7]))
            data = data_of(np.vstack([runs, points]), np.vstack([values, more]))
            row += [log_odds(decided, data) - before]
            row += [(quadratic_lack_of_fit(data).sum_of_squares - lack) / NOISE**2]
            if points is found.points:
                odds = rival_shapes(decided, data, np.zeros((1, 3))).odds
                odds.append((found.odds, odds))
                first = found.repeats[0]
                back.append(abs(more[0].mean() - first.measured) <= first.half_width)
        rows.append(row)
    table = np.array(rows).reshape(-1, 4)
    error = np.std(table, axis=0, ddof=1) / np.sqrt(len(table))
    middle = [f"{np.mean(b):.2f}" for b in np.array(odds).T]
    print(
        f"{kind:14} contradicted in {len(table)} of {len(seeds)}; belief {' to '.join(middle)};"
        f" log odds {table[:, 0].mean():+.2f} ± {error[0]:.2f}, random {table[:, 2].mean():+.2f} ±"
        f" {error[2]:.2f}; missed +{table[:, 1].mean():.1f} ± {error[1]:.1f}, random"
        f" +{table[:, 3].mean():.1f} ± {error[3]:.1f}; back {100 * np.mean(back):.0f} %",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=100)
    parser.add_argument("--first", type=int, default=7000)
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    for kind in KINDS:
        reported(kind, range(options.first, options.first + options.studies), options.runs)
