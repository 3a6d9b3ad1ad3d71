"""What one protocol's files were condensed into."""

from dataclasses import dataclass

from electrodoe.preprocess import Condensed
from electrodoe.workflow.run_folder import Products


@dataclass(frozen=True, kw_only=True, eq=False)
class Measurement:
    """One measurement of a study.

    Attributes
    ----------
    condensed : Condensed
        One row per sample, ``run`` and ``sample`` first.
    pictures : mapping of str to bytes
        Galleries and figures, by file name.
    """

    condensed: Condensed
    pictures: Products
