"""Names of one run that differ in capitals only, made one where their settings agree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.findings import Finding, found
from electrodoe.ingest.checks import names, numbers
from electrodoe.ingest.records import RawTable
from electrodoe.tables import folded

_APART: Final = 0.02
"""Of their size: settings of one run that were measured differ by no more; chosen."""
_SAID: Final = 6
"""Pairs of spellings that a sentence lists: chosen, more make no sentence."""


def with_one_name_per_run(table: RawTable, group: str, inputs: Sequence[str]) -> RawTable:
    """Return a table whose runs are spelled in one way where their inputs agree.

    Parameters
    ----------
    table : RawTable
        With declared columns under their names.
    group : str
        The column of runs.
    inputs : sequence of str
        Columns of numbers that tell whether two spellings mean one run.

    Returns
    -------
    RawTable
        ``r01`` and ``R01`` are one run, by the spelling that came first; a finding says so, and
        also where their inputs differ and they stay two.
    """
    written = names(table, group)
    spellings: dict[str, list[str]] = {}
    for name in written:
        if name is not None and name not in spellings.setdefault(folded(name), []):
            spellings[folded(name)].append(name)
    several = [found for found in spellings.values() if len(found) > 1]
    if not several:
        return table
    values = {name: numbers(table, name) for name in inputs if name in table.frame.columns}
    new: dict[str, str] = {}
    pairs: dict[bool, list[str]] = {True: [], False: []}
    for first, *others in several:
        for other in others:
            agree = _agree(values, written, first, other)
            new |= {other: first} if agree else {}
            pairs[agree].append(f"'{first}' and '{other}'")
    findings = [
        _as_finding(table, group, said, agree=agree) for agree, said in pairs.items() if said
    ]
    column = pl.Series(
        group, [new.get(name, name) if name else None for name in written], dtype=pl.String
    )
    return replace(
        table,
        frame=table.frame.with_columns(column),
        findings=(*table.findings, *findings),
    )


def _agree(
    values: Mapping[str, Floats], written: Sequence[str | None], first: str, second: str
) -> bool:
    """Return whether two spellings were made with the same settings."""
    rows = [np.array([name == each for name in written]) for each in (first, second)]
    for column in values.values():
        one, other = (column[mask][np.isfinite(column[mask])] for mask in rows)
        if not one.size or not other.size:
            continue
        slack = _APART * max(np.abs(one).max(), np.abs(other).max())
        if one.min() - slack > other.max() or other.min() - slack > one.max():
            return False
    return True


def _as_finding(table: RawTable, group: str, pairs: Sequence[str], *, agree: bool) -> Finding:
    """Return the finding about all spellings that are one run, or all that are two."""
    each = "" if len(pairs) == 1 else "each "
    n_more = len(pairs) - _SAID
    more = f" and {n_more} more" if n_more > 0 else ""
    what = f"{'; '.join(pairs[:_SAID])}{more} are {each}" + (
        "taken as one run, since their inputs agree" if agree else "two runs: their inputs differ"
    )
    return found("D256", what, f"{table.header_place}, column '{group}'")
