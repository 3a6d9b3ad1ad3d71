"""Tortuosity from porosity: Bruggeman's relation, its modified form, and their inverses."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.errors import PhysicsError
from electrodoe.physics.bounds import require_fraction, require_positive

BRUGGEMAN_EXPONENT: Final = 0.5
"""For spheres."""


def bruggeman_tortuosity(
    porosity: Floats, exponent: float = BRUGGEMAN_EXPONENT, prefactor: float = 1.0
) -> Floats:
    r"""Return the tortuosity that Bruggeman's relation, or its modified form, gives a porosity.

    Parameters
    ----------
    porosity : array of any shape, dimensionless
        Above 0, at most 1.
    exponent : float, dimensionless
        1/2 for spheres.
    prefactor : float, dimensionless
        Tortuosity at porosity 1, where nothing is in the way: 1 by nature. A fitted one differs.

    Returns
    -------
    array of the porosity's shape, dimensionless
        Tortuosity.

    Raises
    ------
    PhysicsError
        If a porosity is not a fraction, or the prefactor is not positive.

    See Also
    --------
    bruggeman_porosity : The inverse.
    relation_through : Both parameters from two measurements.

    Notes
    -----
    Eq. (4) and, with a prefactor, eq. (5) of [1]_ (there 2.3 and 0.31):

    .. math:: \tau = a\,\varepsilon^{-b}

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> bruggeman_tortuosity(np.array([0.25, 0.40])).round(6)
    array([2.      , 1.581139])
    >>> bruggeman_tortuosity(np.array([0.25]), 0.31, 2.3).round(6)
    array([3.534813])
    """
    require_fraction(porosity, "porosity")
    require_positive(prefactor, "prefactor")
    return np.asarray(prefactor * porosity**-exponent)


def bruggeman_porosity(
    tortuosity: Floats, exponent: float = BRUGGEMAN_EXPONENT, prefactor: float = 1.0
) -> Floats:
    r"""Return the porosity at which the relation gives a tortuosity.

    Parameters
    ----------
    tortuosity : array of any shape, dimensionless
        At least the prefactor where the exponent is positive.
    exponent, prefactor : float, dimensionless
        As in :func:`bruggeman_tortuosity`; the exponent is not zero.

    Returns
    -------
    array of the tortuosity's shape, dimensionless
        Porosity, above 0 and at most 1.

    Raises
    ------
    PhysicsError
        If no porosity from 0 to 1 has that tortuosity.

    Examples
    --------
    >>> bruggeman_porosity(np.array([2.0])).round(6)
    array([0.25])
    """
    require_positive(tortuosity, "tortuosity")
    require_positive(prefactor, "prefactor")
    if exponent == 0.0:
        raise PhysicsError(
            "exponent 0: every porosity has the same tortuosity",
            where="exponent = 0",
            fix="give the exponent of a relation in which porosity matters",
        )
    porosity = np.asarray((tortuosity / prefactor) ** (-1.0 / exponent))
    require_fraction(porosity, "porosity")
    return porosity


def relation_through(porosity: Floats, tortuosity: Floats) -> tuple[float, float]:
    r"""Return the prefactor and the exponent of the relation through two measurements.

    It always passes through both: that it does says nothing about whether the relation holds.

    Parameters
    ----------
    porosity, tortuosity : array of shape (2,), dimensionless
        Two points with different porosities.

    Returns
    -------
    prefactor, exponent : float, dimensionless
        Of ``tortuosity = prefactor * porosity ** -exponent``.

    Raises
    ------
    PhysicsError
        If the porosities are equal.

    Examples
    --------
    >>> a, b = relation_through(np.array([0.25, 0.35]), np.array([6.0, 4.5]))
    >>> round(a, 7), round(b, 7)
    (1.8339732, 0.854995)
    """
    require_fraction(porosity, "porosity")
    require_positive(tortuosity, "tortuosity")
    if porosity[0] == porosity[1]:
        raise PhysicsError(
            f"both porosities are {porosity[0]:g}: they say nothing about an exponent",
            where=f"porosity = {porosity[0]:g}",
            fix="give two different porosities",
        )
    exponent = float(-np.log(tortuosity[1] / tortuosity[0]) / np.log(porosity[1] / porosity[0]))
    return float(tortuosity[0] * porosity[0] ** exponent), exponent
