"""Porosity that drying leaves, before the calender."""

from typing import Final

from electrodoe.virtual_line.coatings import Coatings, Floats

_LEVEL: Final = 0.50
_BY_TEMPERATURE: Final = 0.008
_BY_LOADING: Final = 0.004


def dry_porosity(coatings: Coatings) -> Floats:
    """Return the porosity of coatings as they leave the dryer.

    Parameters
    ----------
    coatings : Coatings
        Mass loading and temperature; the porosity after calendering does not matter.

    Returns
    -------
    array of shape (n,), dimensionless
        Around one half, as graphite coatings usually have it; a little looser where it was hot,
        since the paper finds that the temperature acts on the thickness but not on the loading.

    Examples
    --------
    >>> dry_porosity(Coatings.at(9.7, [50.0, 65.0], 0.3))
    array([0.492, 0.508])
    """
    return (
        _LEVEL + _BY_TEMPERATURE * coatings.temperature_code + _BY_LOADING * coatings.loading_code
    )
