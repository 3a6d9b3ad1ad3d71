"""Whole configurations are drawn, refusals are counted, and certainty is not overstated."""

from dataclasses import replace

import numpy as np

from electrodoe.errors import ModelError
from electrodoe.explain import bootstrap_configurations, normalized_coefficients
from electrodoe.explain.stability import band, fraction_of_first_ranks
from electrodoe.models import fit


def slopes(data):
    return {"coefficient": normalized_coefficients(fit(data, "mlr", {}))}


def test_replicates_come_along(study):
    """A configuration is drawn with all its samples or not at all, as many as the study has."""
    data = study(lambda x: x[:, 0], n_configurations=7, n_replicates=4)
    drawn = []

    def measure(each):
        drawn.append(np.bincount(each.configurations, minlength=7))
        return {"none": np.zeros(1)}

    bootstrap_configurations(data, measure, n_bootstraps=20, rng=np.random.default_rng(0))

    counts = np.array(drawn)
    assert np.all(counts % 4 == 0)
    assert np.all(counts.sum(axis=1) == 28)


def test_refused_draws_are_drawn_anew_and_counted(study):
    """A draw that does not determine the model is replaced, and the number is reported."""
    data = study(lambda x: x[:, 0])
    refuse = iter([True, False, True] + [False] * 100)

    def measure(each):
        if next(refuse):
            raise ModelError("too few configurations", "draw", "draw again")
        return slopes(each)

    result = bootstrap_configurations(data, measure, n_bootstraps=10, rng=np.random.default_rng(0))

    assert result.n_refused == 2
    assert result.draws["coefficient"].shape == (10, 3)


def test_too_many_refusals_leave_no_draws(study):
    """A band from the few draws that happened to work would be wrong, so there is none."""

    def measure(each):
        raise ModelError("too few configurations", "draw", "draw again")

    result = bootstrap_configurations(
        study(lambda x: x[:, 0]), measure, n_bootstraps=5, rng=np.random.default_rng(0)
    )

    assert result.draws == {}
    assert result.n_refused == 6


def test_a_band_holds_nine_tenths_of_the_draws():
    """The band runs from the 5th to the 95th percentile."""
    low, high = band(np.arange(101.0)[:, None])

    assert (low[0], high[0]) == (5.0, 95.0)


def test_where_all_are_zero_nobody_ranks_first():
    """A model that uses no input has no most important one."""
    assert fraction_of_first_ranks(np.zeros((3, 2))).tolist() == [0.0, 0.0]


def test_a_row_bootstrap_is_surer_of_the_first_rank_than_a_configuration_bootstrap(study):
    """The trap: two equal inputs and a configuration effect; rows claim to know the first."""
    certainty = {"rows": [], "configurations": []}
    for seed in range(12):
        data = study(lambda x: x[:, 0] + x[:, 1], seed=seed, configuration_noise=1.0)
        rows = replace(data, configurations=np.arange(data.n_samples))
        for name, each in (("rows", rows), ("configurations", data)):
            draws = bootstrap_configurations(
                each, slopes, n_bootstraps=60, rng=np.random.default_rng(seed)
            ).draws["coefficient"]
            certainty[name].append(fraction_of_first_ranks(draws).max())

    assert np.mean(certainty["rows"]) > np.mean(certainty["configurations"]) + 0.05


def test_draws_follow_the_generator(study):
    """The same seed gives the same draws."""
    data = study(lambda x: x[:, 0])
    one, other = (
        bootstrap_configurations(data, slopes, n_bootstraps=3, rng=np.random.default_rng(9)).draws[
            "coefficient"
        ]
        for _ in range(2)
    )

    np.testing.assert_array_equal(one, other)
