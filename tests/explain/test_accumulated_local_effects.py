"""Accumulated local effects follow the function and are centered."""

import numpy as np

from electrodoe.explain import accumulated_local_effects


def test_a_plane_is_followed_and_the_mean_is_zero():
    """The slope of an additive function is met exactly, whatever the other input does."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    x[:, 1] += 0.9 * x[:, 0]

    edges, effects = accumulated_local_effects(lambda x: 3 * x[:, 0] - 5 * x[:, 1], x, 0)

    np.testing.assert_allclose(np.diff(effects), 3 * np.diff(edges))
    assert abs(np.interp(x[:, 0], edges, effects).mean()) < 0.2


def test_the_levels_of_a_factor_are_the_edges():
    """Three levels make three points; samples at the lowest level are not lost."""
    x = np.repeat([85.0, 120.0, 145.0], 6)[:, None]

    edges, effects = accumulated_local_effects(lambda x: x[:, 0], x, 0)

    assert edges.tolist() == [85.0, 120.0, 145.0]
    np.testing.assert_allclose(np.diff(effects), [35.0, 25.0])


def test_a_constant_input_has_no_effect():
    """A single level is a single point at zero."""
    edges, effects = accumulated_local_effects(lambda x: x[:, 0], np.ones((4, 1)), 0)

    assert (edges.tolist(), effects.tolist()) == ([1.0], [0.0])
