"""One kind of oddity over all spectra of a grid: which have it, and what decided."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Remark:
    """What the screening sees in some spectra.

    Attributes
    ----------
    code : str
        Of the finding.
    flag : str
        In the table, a word or two.
    title, fix : str
        Heading, and one instruction.
    is_met : bool array of shape (n_spectra,)
        Which spectra.
    rejects : bool array of shape (n_spectra,)
        Which of them are not to be used unless a person says so; the others are remarked only.
    what : callable
        ``what(row)`` tells the measure and its limit.
    """

    code: str
    flag: str
    title: str
    fix: str
    is_met: NDArray[np.bool_]
    rejects: NDArray[np.bool_]
    what: Callable[[int], str]
