"""D124: intervals that take scatter as even, of a response whose scatter is not."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from electrodoe.dataset import TrainingData, declared_transform, leave_one_configuration_out
from electrodoe.evaluate import scatter_findings
from electrodoe.findings import Severity, found
from electrodoe.models import fit, predictive, tune

NAME, FAMILY = "strength_kpa", "mlr"
EVEN, GROWING = 20.0, 0.12
"""Standard deviations: in kPa, and of the value."""


def study(seed: int, n_samples: int, *, grows: bool) -> TrainingData:
    """Return 18 runs of a plane between 40 and 360 kPa."""
    rng = np.random.default_rng([seed, n_samples, 120])
    runs = rng.uniform(-1.0, 1.0, (18, 2))
    place = np.repeat(200.0 + runs @ [120.0, 40.0], n_samples)
    return TrainingData(
        scenario="all",
        response_name=NAME,
        input_names=("a", "b"),
        inputs=np.repeat(runs, n_samples, axis=0),
        response=place + rng.normal(0.0, 1.0, len(place)) * (GROWING * place if grows else EVEN),
        configurations=np.repeat(np.arange(18), n_samples),
        sample_names=tuple(f"s{number}" for number in range(len(place))),
    )


def left_out(data: TrainingData) -> pl.DataFrame:
    """Return predictions of left-out configurations, as the table has them."""
    predicted = np.empty(data.n_samples)
    for test in leave_one_configuration_out(data.configurations):
        train = data.take(~test)
        predicted[test] = fit(train, FAMILY, tune(train, FAMILY)).predict(data.inputs[test])
    about = {"target": NAME, "scenario": "all", "family": FAMILY, "split": "loco"}
    return pl.DataFrame(
        {"row": data.sample_names, "observed": data.response, "predicted": predicted}
    ).with_columns(pl.lit(value).alias(name) for name, value in about.items())


def said(data: TrainingData) -> list[str]:
    """Return what is said of a study."""
    return [each.what for each in scatter_findings([data], left_out(data), FAMILY)]


@pytest.mark.parametrize(
    ("n_samples", "fewest", "what"), [(4, 0.6, "samples of one run"), (1, 0.05, "whole runs")]
)
def test_scatter_in_proportion_is_said_and_even_scatter_is_not(
    n_samples: int, fewest: float, what: str
):
    """One even study in a hundred may be accused; of single samples less can be known."""
    even = [said(study(seed, n_samples, grows=False)) for seed in range(200)]
    growing = [said(study(seed, n_samples, grows=True)) for seed in range(60)]

    assert np.mean([bool(each) for each in even]) <= 0.03
    assert np.mean([bool(each) for each in growing]) >= fewest
    assert any(what in each[0] for each in growing if each)


def test_what_it_warns_of_is_true():
    """Intervals of a plane hold too little of the largest third of values, and enough of others."""
    held = []
    for seed in range(60):
        data, rng = study(seed, 1, grows=True), np.random.default_rng(seed)
        known = predictive(data, fit(data, FAMILY, tune(data, FAMILY)))
        new = rng.uniform(-1.0, 1.0, (200, 2))
        place = 200.0 + new @ [120.0, 40.0]
        measured = place * (1.0 + GROWING * rng.normal(0.0, 1.0, 200))
        ends = known.intervals(new)
        is_held = (ends.lower <= measured) & (measured <= ends.upper)
        third = np.searchsorted(np.quantile(place, [1 / 3, 2 / 3]), place)
        held.append([is_held[third == number].mean() for number in range(3)])

    low, _, high = np.mean(held, axis=0)
    assert high < 0.84
    assert low > 0.95


def test_it_is_not_repeated_where_another_scale_is_proposed_or_helps():
    """D115 says more; on the scale of logarithms the scatter is even."""
    data = study(3, 4, grows=True)
    proposed = found("D115", "grows", f"response '{NAME}', scenario 'all'")
    on_scale = replace(data, transform=declared_transform("log", NAME))

    (finding,) = scatter_findings([data, data], left_out(data), FAMILY)

    assert (finding.code, finding.severity) == ("D124", Severity.WARNING)
    assert finding.where == f"response '{NAME}', scenario 'all'"
    assert scatter_findings([data], left_out(data), FAMILY, [proposed]) == []
    assert scatter_findings([on_scale], left_out(data), FAMILY) == []
