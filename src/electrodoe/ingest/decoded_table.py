"""Tables whose settings are coded, -1 to 1, decoded with the declared regions."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from electrodoe.findings import found
from electrodoe.ingest.checks import numbers
from electrodoe.ingest.records import RawTable
from electrodoe.tables import decoded, looks_coded


def decoded_table(table: RawTable, ends: Mapping[str, tuple[float, float]]) -> RawTable:
    """Return a table with settings in the factors' own units, where they look coded.

    Parameters
    ----------
    table : RawTable
        With declared columns under their names.
    ends : mapping of str to (float, float)
        The declared region of each continuous factor; one that is no column is passed over.

    Returns
    -------
    RawTable
        As it is, unless :func:`electrodoe.tables.looks_coded`; then with a finding that says so.
    """
    known = {name: pair for name, pair in ends.items() if name in table.frame.columns}
    values = {name: numbers(table, name) for name in known}
    if not looks_coded(values, known):
        return table
    columns = [
        pl.Series(name, decoded(values[name], low, high)).fill_nan(None)
        for name, (low, high) in known.items()
    ]
    regions = "; ".join(f"{name} from {low:g} to {high:g}" for name, (low, high) in known.items())
    what = f"the settings look coded: -1 to 1 are taken as the declared regions, {regions}"
    return replace(
        table,
        frame=table.frame.with_columns(columns),
        findings=(*table.findings, found("D258", what, table.header_place)),
    )
