"""What sheets tell of every run, for the instruments that need it."""

from collections.abc import Mapping
from typing import Final

import polars as pl

_RUN: Final = "run"
_MEANS: Final = (
    "coating_thickness_um",
    "uncalendered_coating_thickness_um",
    "porosity",
    "active_mass_loading_mg_cm2",
    "coating_mass_loading_mg_cm2",
)
_UNCERTAIN: Final = {
    "coating_thickness_um": "coating_thickness_uncertainty_um",
    "porosity": "porosity_uncertainty",
}
"""Means that go into a tortuosity, and the columns of their standard uncertainties."""


def known_of_runs(sheets: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the means of every run's accepted sheets, with their standard uncertainties.

    Parameters
    ----------
    sheets : mapping of str to polars.DataFrame
        Tables of sheets by protocol; of a quantity in several, the first counts.

    Returns
    -------
    polars.DataFrame
        ``run``, means, and for thickness and porosity the standard deviation between sheets over
        the square root of their number; without it for a single sheet.

    Examples
    --------
    >>> table = pl.DataFrame({"run": ["1", "1"], "porosity": [0.3, 0.32], "accepted": [True] * 2})
    >>> known_of_runs({"sheets": table}).to_dicts()[0]["porosity"]
    0.31
    """
    known = pl.DataFrame(schema={_RUN: pl.String})
    for table in sheets.values():
        names = [name for name in _MEANS if name in table.columns and name not in known.columns]
        spread = {name: column for name, column in _UNCERTAIN.items() if name in names}
        own = (
            table.filter("accepted")
            .group_by(_RUN, maintain_order=True)
            .agg(
                *(pl.col(name).mean() for name in names),
                *(
                    (pl.col(name).std() / pl.col(name).count().sqrt()).alias(column)
                    for name, column in spread.items()
                ),
            )
        )
        known = known.join(own, on=_RUN, how="full", coalesce=True, maintain_order="left_right")
    return known
