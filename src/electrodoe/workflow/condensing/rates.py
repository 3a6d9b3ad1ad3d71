"""A table of cells, one column per rate, as one row per cell and rate."""

import re
from typing import Final

import polars as pl

_CAPACITY: Final = re.compile(r"discharge_capacity_(?:c(\d+)|(\d+)c)_mah")


def capacities_by_rate(table: pl.DataFrame) -> pl.DataFrame:
    """Return the discharge capacities of cells, rate by rate.

    Parameters
    ----------
    table : polars.DataFrame
        ``file``, ``accepted`` and columns such as ``discharge_capacity_c10_mah`` (C/10) and
        ``discharge_capacity_5c_mah`` (5C).

    Returns
    -------
    polars.DataFrame
        ``cell, c_rate, capacity`` (mAh) and ``is_accepted``; without empty values.

    Examples
    --------
    >>> table = pl.DataFrame(
    ...     {"file": ["a"], "accepted": [True], "discharge_capacity_c10_mah": [4.5]}
    ... )
    >>> capacities_by_rate(table).row(0)
    ('a', 0.1, 4.5, True)
    """
    frames = [
        table.select(
            cell="file",
            c_rate=pl.lit(1.0 / float(match[1]) if match[1] else float(match[2])),
            capacity=pl.col(column).cast(pl.Float64),
            is_accepted="accepted",
        )
        for column in table.columns
        if (match := _CAPACITY.fullmatch(column))
    ]
    schema = {
        "cell": pl.String,
        "c_rate": pl.Float64,
        "capacity": pl.Float64,
        "is_accepted": pl.Boolean,
    }
    return pl.concat(frames).drop_nulls() if frames else pl.DataFrame(schema=schema)
