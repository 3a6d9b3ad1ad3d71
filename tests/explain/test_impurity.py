"""Impurity flatters noise that is constant within a configuration; the shadow shows it."""

import numpy as np
import pytest

from electrodoe.errors import ExplanationError
from electrodoe.explain import SHADOW, impurity_importance, with_shadow
from electrodoe.models import fit

FOREST = {"min_samples_leaf": 1, "max_features": 1.0, "n_trees": 30}


def importance(data, seed=0):
    model = fit(data, "random_forest", FOREST)
    return impurity_importance(data, model, np.random.default_rng(seed))


def test_the_shadow_is_constant_within_a_configuration_and_a_rearranged_input(study):
    """The shadow has the values of a real input, dealt out anew between configurations."""
    data = study(lambda x: x[:, 0])

    shadowed = with_shadow(data, np.random.default_rng(0))

    shadow = shadowed.inputs[:, -1]
    assert shadowed.input_names == ("a", "b", "c", SHADOW)
    assert all(np.ptp(shadow[data.configurations == k]) == 0.0 for k in range(18))
    assert any(np.array_equal(np.sort(shadow), np.sort(column)) for column in data.inputs.T)
    correlation = np.corrcoef(shadowed.inputs, rowvar=False)[-1, :-1]
    assert np.abs(correlation).max() < 0.3


def test_noise_that_is_constant_within_a_configuration_earns_impurity(study):
    """The trap: beside a configuration effect, an input that does nothing gets a real share."""
    fractions = [
        importance(study(lambda x: x[:, 0], seed=seed, configuration_noise=0.5))[2]
        for seed in range(8)
    ]

    assert np.mean(fractions) > 0.05


def test_noise_does_not_beat_its_shadow_and_a_real_input_does(study):
    """What is real is above the shadow in every study; what is noise only by a coin's toss."""
    fractions = np.array(
        [
            importance(study(lambda x: 2 * x[:, 0], seed=seed, configuration_noise=0.5), seed)
            for seed in range(12)
        ]
    )

    real, noise, shadow = fractions[:, 0], fractions[:, 2], fractions[:, 3]
    assert np.all(real > shadow)
    assert np.mean(noise > shadow) <= 0.75
    assert not np.any((noise > real) & (noise > shadow))


@pytest.mark.parametrize(
    ("family", "hyperparameters"),
    [
        ("extra_trees", {**FOREST, "min_samples_leaf": 2}),
        ("xgboost", {"max_depth": 3, "eta": 0.1, "min_child_weight": 1, "n_rounds": 30}),
    ],
)
def test_every_family_of_trees_adds_up_to_one(study, family, hyperparameters):
    """Fractions of inputs and shadow add up, and the real input comes first."""
    data = study(lambda x: 3 * x[:, 0])
    model = fit(data, family, hyperparameters)

    result = impurity_importance(data, model, np.random.default_rng(0))

    assert result.sum() == pytest.approx(1.0)
    assert result.argmax() == 0


def test_a_family_without_splits_is_refused(study):
    """A plane has no impurity."""
    data = study(lambda x: x[:, 0])

    with pytest.raises(ExplanationError, match="does not split"):
        impurity_importance(data, fit(data, "mlr", {}), np.random.default_rng(0))
