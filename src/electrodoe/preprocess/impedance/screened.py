"""What the screening finds in the spectra of one grid, by the row of each."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from electrodoe.findings import Finding, Severity, found

Screened = dict[int, Finding]
"""By row; the place is filled in by who knows the spectra."""


def screened(
    code: str,
    flag: str,
    is_met: NDArray[np.bool_],
    rejects: NDArray[np.bool_],
    what: Callable[[int], str],
) -> Screened:
    """Return what is found in some spectra: a warning where it rejects them, else a note.

    Parameters
    ----------
    code, flag : str
        Of the finding, and a word or two for the table.
    is_met, rejects : bool array of shape (n_spectra,)
        Which spectra, and which of them are not to be used unless a person says so.
    what : callable
        From a row to the measure and its limit, in words.

    Returns
    -------
    dict of int to Finding
        Without a place.
    """
    return {
        row: found(
            code,
            what(row),
            "",
            severity=Severity.WARNING if rejects[row] else Severity.NOTE,
            flag=flag,
            row=row,
        )
        for row in np.flatnonzero(is_met).tolist()
    }
