"""Outliers of a table of samples, flagged with their reason."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Booleans, Integers
from electrodoe.findings import Finding, found
from electrodoe.preprocess.condensed import Condensed
from electrodoe.preprocess.outliers.rules import (
    are_outliers,
    distances,
    expected_fraction,
    fewest_for_a_flag,
    limit_of,
)
from electrodoe.study import OutlierRule

_MOST_NAMED: Final = 5
"""Configurations listed in a finding: chosen, more make no sentence."""
_UNITS: Final = {"sd": "SD", "mad": "robust SD", "grubbs": "SD"}
_NO_COST: Final = 0.05
"""Good values flagged, below which the finding about them is left out."""


def flag_outliers(
    table: pl.DataFrame, column: str, by: Sequence[str], rule: OutlierRule
) -> Condensed:
    """Return a table whose outliers are flagged; no row is dropped.

    Parameters
    ----------
    table : polars.DataFrame
        One row per sample, with ``column``, the columns ``by`` and, where an instrument wrote them,
        ``accepted`` and ``flags``. Rows that are not accepted, and missing values, take no part.
    column : str
        The value that is looked at.
    by : sequence of str
        Columns that name the configuration.
    rule : OutlierRule
        The study's. The paper's ±1.5 standard deviations flag 13.4 % of good normal values where a
        configuration has many, 7.6 % where it has five, and none below five (with ``ddof`` 1);
        Grubbs' test flags one in 5 % of good configurations.

    Returns
    -------
    Condensed
        The same rows in the same order; an outlier's flag gives the distance and the limit, and
        where the rule sets it aside, it is not accepted. Findings: each outlier (D720), where the
        rule is blind (D721), and what the rule costs (D722).

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.
    """
    whole = _with_flags(table)
    values = whole[column].cast(pl.Float64).to_numpy()
    is_part = whole["accepted"].to_numpy() & np.isfinite(values)
    if rule.rule == "none":
        return Condensed(table=whole)
    # configuration by configuration: distances, flags, and a finding for each flag
    flags: dict[int, str] = {}
    findings: list[Finding] = []
    sizes = []
    for name, rows in _groups(whole, by, is_part):
        sizes.append(rows.size)
        away = distances(values[rows], rule)
        for at in np.flatnonzero(are_outliers(values[rows], rule)):
            reason = _reason(away[at], limit_of(rows.size, rule), rule)
            flags[int(rows[at])] = f"outlier in {column}: {reason}"
            done = "set aside" if rule.set_aside else "kept"
            findings.append(_outlier(whole, int(rows[at]), column, f"{name}: {reason}; {done}"))
    # where the rule can flag nothing, and how many good values it would flag
    findings += _blind(whole, by, is_part, column, rule)
    findings += _cost(column, np.array(sizes, dtype=np.int64), len(flags), rule)
    return Condensed(table=_flagged(whole, flags, rule), findings=tuple(findings))


def _with_flags(table: pl.DataFrame) -> pl.DataFrame:
    """Return a table that has ``accepted`` and ``flags``."""
    missing = [
        value.alias(name)
        for name, value in (("accepted", pl.lit(True)), ("flags", pl.lit("")))
        if name not in table.columns
    ]
    return table.with_columns(*missing)


def _groups(
    table: pl.DataFrame, by: Sequence[str], is_part: Booleans
) -> Iterator[tuple[str, Integers]]:
    """Yield each configuration's name and the rows that take part."""
    rows = table.select(*by).with_row_index("row").filter(pl.Series(is_part))
    for key, group in rows.group_by(*by, maintain_order=True):
        name = ", ".join(f"{column} {value}" for column, value in zip(by, key, strict=True))
        yield name, group["row"].cast(pl.Int64).to_numpy()


def _reason(distance: float, limit: float, rule: OutlierRule) -> str:
    """Return why a value is flagged."""
    return f"{distance:.2f} {_UNITS[rule.rule]} away, limit {limit:.2f}"


def _flagged(table: pl.DataFrame, flags: dict[int, str], rule: OutlierRule) -> pl.DataFrame:
    """Return a table with more flags, their rows no longer accepted where they are set aside."""
    old = table["flags"].to_list()
    new = [
        "; ".join(part for part in (text, flags.get(row, "")) if part)
        for row, text in enumerate(old)
    ]
    accepted = [
        is_accepted and not (rule.set_aside and row in flags)
        for row, is_accepted in enumerate(table["accepted"].to_list())
    ]
    return table.with_columns(pl.Series("accepted", accepted), pl.Series("flags", new))


def _outlier(table: pl.DataFrame, row: int, column: str, reported: str) -> Finding:
    """Return the finding about one outlier."""
    cells = table.row(row, named=True)
    known = "file" in cells and "lines" in cells
    return found(
        "D720",
        f"{column} = {cells[column]:.6g} in {reported}",
        f"{cells['file']}, lines {cells['lines']}" if known else f"row {row + 1} of samples",
    )


def _blind(
    table: pl.DataFrame,
    by: Sequence[str],
    is_part: Booleans,
    column: str,
    rule: OutlierRule,
) -> list[Finding]:
    """Return the warning about configurations in which the rule can flag nothing."""
    fewest = fewest_for_a_flag(rule.limit_in_use, rule.ddof) if rule.rule == "sd" else 3
    blind = [(name, rows.size) for name, rows in _groups(table, by, is_part) if rows.size < fewest]
    if not blind:
        return []
    named = "; ".join(f"{name} ({n})" for name, n in blind[:_MOST_NAMED])
    more = f" and {len(blind) - _MOST_NAMED} more" if len(blind) > _MOST_NAMED else ""
    return [
        found(
            "D721",
            f"the rule '{rule.rule}' needs {fewest} values to flag one in {column};"
            f" fewer have {named}{more}",
            f"column '{column}'",
            fix="measure more replicates, or look at these samples yourself"
            if rule.rule != "sd"
            else "measure more replicates, or say rule = 'mad', which works from three values on",
        )
    ]


def _cost(column: str, sizes: Integers, n_flagged: int, rule: OutlierRule) -> list[Finding]:
    """Return the finding about how many good values the rule flags."""
    if rule.rule == "mad" or not sizes.size:
        return []
    if rule.rule == "sd":
        expected = sum(
            int(n) * expected_fraction(int(n), rule.limit_in_use, rule.ddof) for n in sizes
        )
    else:
        expected = rule.alpha * int((sizes >= 3).sum())
    if not n_flagged and expected < _NO_COST:
        return []
    n, many = int(sizes.sum()), expected_fraction(1_000_000, rule.limit_in_use, rule.ddof)
    reported = f" ({many:.1%} where configurations are large)" if rule.rule == "sd" else ""
    return [
        found(
            "D722",
            f"{n_flagged} of {n} values of {column} are flagged; of good normal ones it would"
            f" be about {expected:.1f}{reported}",
            f"column '{column}'",
        )
    ]
