"""Bruggeman's relation: printed numbers, inverse, limits."""

import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.errors import PhysicsError
from electrodoe.physics import bruggeman_porosity, bruggeman_tortuosity, relation_through

_POROSITY = np.array([0.25, 0.30, 0.35, 0.40])


@pytest.mark.parametrize(
    ("exponent", "prefactor", "expected"),
    [
        (0.5, 1.0, [2.0, 1.825742, 1.690309, 1.581139]),
        (0.31, 2.3, [3.534813, 3.340567, 3.184687, 3.055549]),
    ],
    ids=["eq. (4)", "eq. (5)"],
)
def test_the_papers_equations_have_their_values(exponent: float, prefactor: float, expected):
    """Equations (4) and (5) of the paper at its four porosities."""
    assert bruggeman_tortuosity(_POROSITY, exponent, prefactor) == pytest.approx(expected, abs=5e-7)


def test_two_points_have_one_relation():
    """(0.25, 6.0) and (0.35, 4.5): b = 0.8549950, a = 1.8339732, and 5.1339506 between them."""
    a, b = relation_through(np.array([0.25, 0.35]), np.array([6.0, 4.5]))

    assert (a, b) == pytest.approx((1.8339732, 0.8549950), abs=5e-8)
    assert bruggeman_tortuosity(np.array([0.30]), b, a)[0] == pytest.approx(5.1339506, abs=5e-8)


@given(st.floats(0.01, 1.0), st.floats(0.1, 3.0), st.floats(0.5, 5.0))
def test_the_inverse_gives_the_porosity_back(porosity: float, exponent: float, prefactor: float):
    """And the equation, typed out with pint, gives the same tortuosity."""
    given_porosity = np.array([porosity])

    tortuosity = bruggeman_tortuosity(given_porosity, exponent, prefactor)

    quantity = pint.get_application_registry().Quantity(porosity, "dimensionless")
    assert tortuosity[0] == pytest.approx((prefactor / quantity**exponent).magnitude, rel=1e-12)
    back = bruggeman_porosity(tortuosity * (1.0 + 1e-13), exponent, prefactor)
    assert back == pytest.approx(given_porosity, rel=1e-9)


def test_an_empty_space_is_not_tortuous():
    """At porosity 1 equation (4) gives 1; equation (5) gives its prefactor, 2.3."""
    assert bruggeman_tortuosity(np.array([1.0]))[0] == 1.0
    assert bruggeman_tortuosity(np.array([1.0]), 0.31, 2.3)[0] == 2.3


def test_percent_instead_of_a_fraction_is_refused():
    """The message names the argument and its unit."""
    with pytest.raises(PhysicsError, match=r"porosity is 30 where above 0 to 1 is possible"):
        bruggeman_tortuosity(np.array([30.0]))


def test_a_tortuosity_below_the_prefactor_has_no_porosity():
    """It would be more than empty."""
    with pytest.raises(PhysicsError, match=r"porosity is 4"):
        bruggeman_porosity(np.array([0.5]))


def test_an_exponent_of_zero_cannot_be_inverted():
    """All porosities have that tortuosity."""
    with pytest.raises(PhysicsError, match="every porosity"):
        bruggeman_porosity(np.array([2.0]), 0.0)


def test_one_porosity_has_no_exponent():
    """Two measurements at the same porosity are refused."""
    with pytest.raises(PhysicsError, match="say nothing about an exponent"):
        relation_through(np.array([0.3, 0.3]), np.array([4.0, 5.0]))
