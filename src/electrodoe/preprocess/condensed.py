"""What an instrument's records are condensed into."""

from dataclasses import dataclass

import polars as pl

from electrodoe.findings import Finding


@dataclass(frozen=True, kw_only=True, eq=False)
class Condensed:
    """One row per sample.

    Attributes
    ----------
    table : polars.DataFrame
        ``file`` (path as given), ``lines`` (``"63-113"``: where the values come from), ``rule``
        (how they were condensed, in words), the values with their intervals, then ``accepted``
        (bool) and ``flags`` (words joined by ``; ``, empty where nothing is odd).
    findings : tuple of Finding
        Every flag in full: the measure that decided, its limit, where, what to do.
    """

    table: pl.DataFrame
    findings: tuple[Finding, ...] = ()
