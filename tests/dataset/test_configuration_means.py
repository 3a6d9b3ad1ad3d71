"""Means of configurations: exact, in the order of their numbers, whatever the order of the rows."""

import numpy as np

from electrodoe.dataset import configuration_means


def test_means_are_those_of_each_configuration():
    """In the order of the numbers, whichever numbers they are."""
    values = np.array([[1.0, 10.0], [5.0, 50.0], [3.0, 30.0], [7.0, 70.0]])

    means = configuration_means(values, np.array([9, 2, 9, 2]))

    assert means.tolist() == [[6.0, 60.0], [2.0, 20.0]]


def test_a_shared_setting_is_its_own_mean_to_the_bit():
    """However often 0.1 is repeated: rounding must not make a third level out of two."""
    counts = np.arange(1, 40)
    configurations = np.repeat(np.arange(39), counts)
    settings = np.where(np.arange(39) % 2, 0.1, 0.3)

    means = configuration_means(settings[configurations][:, None], configurations)

    np.testing.assert_array_equal(means[:, 0], settings)
