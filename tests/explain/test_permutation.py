"""Permutation importance is an RMSE in the response's unit, between configurations."""

from dataclasses import replace

import numpy as np

from electrodoe.explain import permutation_importance
from electrodoe.models import FittedModel, fit


def test_an_unused_input_costs_nothing_and_a_used_one_its_spread(study):
    """For y = 2a, dealing a out anew costs 2·√2 standard deviations of a on average."""
    data = study(lambda x: 2 * x[:, 0], n_configurations=200, noise=0.0)

    result = permutation_importance(
        data, fit(data, "mlr", {}), n_repeats=50, rng=np.random.default_rng(0)
    )

    expected = 2 * np.sqrt(2) * data.inputs[:, 0].std()
    np.testing.assert_allclose(result, [expected, 0.0, 0.0], rtol=0.02, atol=1e-9)


def test_the_unit_of_the_response_is_the_unit_of_the_importance(study):
    """Pascals instead of kilopascals make it a thousand times as large."""
    data = study(lambda x: 2 * x[:, 0] - x[:, 1])
    pascals = replace(data, response=1000 * data.response)

    one, other = (
        permutation_importance(
            each, fit(each, "mlr", {}), n_repeats=5, rng=np.random.default_rng(0)
        )
        for each in (data, pascals)
    )

    np.testing.assert_allclose(other, 1000 * one, rtol=1e-9)


def test_one_call_of_the_model_serves_all_inputs_and_repeats(study, monkeypatch):
    """However many repeats, every distinct setting is asked once."""
    data = study(lambda x: x[:, 0])
    model = fit(data, "mlr", {})
    asked, predict = [], FittedModel.predict
    monkeypatch.setattr(
        FittedModel, "predict", lambda self, x: asked.append(len(x)) or predict(self, x)
    )

    for n_repeats in (1, 2000):
        permutation_importance(data, model, n_repeats=n_repeats, rng=np.random.default_rng(0))

    assert len(asked) == 2
    assert asked[0] == asked[1] <= 2**3 * 18**2
