"""Elapsed time written as days, hours, minutes and seconds."""

from typing import Final

import polars as pl

_ELAPSED: Final = r"^\s*(?:(\d+)\s*d\s*)?(\d+):(\d{1,2}):(\d{1,2}(?:[.,]\d*)?)\s*$"
_SECONDS: Final = (86_400.0, 3_600.0, 60.0, 1.0)


def elapsed_seconds(cells: pl.Series) -> pl.Series:
    """Return times such as ``0d 00:00:01.00`` or ``12:30:00`` as seconds.

    Parameters
    ----------
    cells : polars.Series of str
        Elapsed times; a missing day part is zero.

    Returns
    -------
    polars.Series of float, s
        Null where a cell is no such time.

    Examples
    --------
    >>> elapsed_seconds(pl.Series(["0d 00:00:01.50", "1d 01:00:00", "25:00:00"])).to_list()
    [1.5, 90000.0, 90000.0]
    """
    parts = cells.str.extract_groups(_ELAPSED).struct.unnest()
    numbers = [
        parts.to_series(index).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        for index in range(4)
    ]
    days = numbers[0].fill_null(0.0)
    return sum(
        (part * seconds for part, seconds in zip(numbers[1:], _SECONDS[1:], strict=True)),
        days * _SECONDS[0],
    ).rename(cells.name)
