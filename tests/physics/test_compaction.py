"""Eq. (3): the known answer, the inverse, limits, faults."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import compaction_rate, thickness_for_compaction


def test_the_known_compaction_is_found():
    """From 92.5 µm to 70 µm: 1 - 70/92.5 = .2432432."""
    found = compaction_rate(np.array([70.0]), np.array([92.5]))

    assert found[0] == pytest.approx(0.2432432, abs=5e-8)


def test_an_uncalendered_coating_has_no_compaction():
    """Equal thickness is rate zero, and springing back is negative."""
    found = compaction_rate(np.array([92.5, 93.0]), np.array([92.5, 92.5]))

    assert found[0] == 0.0
    assert found[1] < 0.0


@given(st.floats(1.0, 1000.0), st.floats(-0.2, 0.95))
def test_thickness_is_the_inverse_of_compaction(before: float, rate: float):
    """There and back again."""
    after = thickness_for_compaction(np.array([before]), np.array([rate]))

    assert compaction_rate(after, np.array([before]))[0] == pytest.approx(rate, abs=1e-12)


def test_faults_name_the_row():
    """A missing thickness, and a rate in percent."""
    with pytest.raises(PhysicsError, match="positive number") as caught:
        compaction_rate(np.array([70.0, 0.0]), np.array([90.0, 90.0]))
    assert "row 1" in caught.value.where
    with pytest.raises(PhysicsError, match="below 1 is possible") as caught:
        thickness_for_compaction(np.array([90.0]), np.array([24.0]))
    assert "0.24 for 24 %" in caught.value.fix
