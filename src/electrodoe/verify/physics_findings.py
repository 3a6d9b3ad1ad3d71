"""What a verification has to tell: findings."""

from typing import Any, Final

import polars as pl

from electrodoe.dataset.wording import with_unit
from electrodoe.findings import Finding, found
from electrodoe.study import Study
from electrodoe.verify.bruggeman_fit import BETWEEN_CONFIGURATIONS
from electrodoe.verify.sign_checks import OPEN, VIOLATED, verdict_of

_SIGNIFICANT: Final = 0.05
"""Of p: the usual 5 %."""
_MIN_FRACTION: Final = 0.01
"""Of the region, some five of the 512 points that are asked; chosen."""
_MOST_NAMED: Final = 5
"""Categories listed in a finding: chosen, more make no sentence."""
_OPPOSITE: Final = {"rises": "falls", "falls": "rises"}


def verification_findings(tables: dict[str, pl.DataFrame], study: Study) -> list[Finding]:
    """Return what the tables of a verification have to tell.

    Parameters
    ----------
    tables : dict of str to polars.DataFrame
        Every table of :data:`CASE_TABLES`.
    study : Study
        Units of its columns.

    Returns
    -------
    list of Finding
        V301 and V302 on signs, V303 and V304 on Bruggeman's relation, V305 on impossible values.
    """
    return [
        *_signs(tables["physics_checks"], study),
        *_saturated(tables["bruggeman_fits"]),
        *_different_exponents(tables["bruggeman_tests"]),
        *_impossible(tables["physics_bounds"], study),
    ]


def _signs(checks: pl.DataFrame, study: Study) -> list[Finding]:
    """Return one finding per expectation that is violated or that nothing decides."""
    findings = []
    for (target, scenario, factor), rows in checks.group_by(
        "target", "scenario", "factor", maintain_order=True
    ):
        verdict = verdict_of(rows["verdict"].to_list())
        where = f"response '{target}', scenario '{scenario}', factor '{factor}'"
        first = rows.row(0, named=True)
        law = f"'{target}' {first['sign']} with '{factor}' ({first['source']})"
        if verdict == VIOLATED:
            against = rows.filter(pl.col("verdict") == VIOLATED)
            reported = "; ".join(_reported(row, study) for row in against.iter_rows(named=True))
            findings.append(
                found(
                    "V301",
                    f"{law}, and here it {_OPPOSITE[first['sign']]}: {reported}",
                    where,
                    fix="look for a wrong unit, swapped samples or columns, or another input that"
                    " goes along; if it is true here, say so with expected ="
                    f' {{ {factor} = "any" }}',
                )
            )
        elif verdict == OPEN:
            reported = "; ".join(_reported(row, study) for row in rows.iter_rows(named=True))
            findings.append(
                found(
                    "V302",
                    f"{law}; neither data nor models decide whether it does here: {reported}",
                    where,
                )
            )
    return findings


def _reported(row: dict[str, Any], study: Study) -> str:
    """Return one check in words."""
    target = str(row["target"])
    change = f"{with_unit(study, row['effect'], target, digits=3)} over its range"
    if row["low"] is not None:
        change += f" (95 %: {row['low']:.3g} to {row['high']:.3g})"
    else:
        change += f" (too few refits to be sure of it: {row['n_refits']})"
    if row["fraction_against_for_certain"]:
        change += (
            f", for certain in {100 * row['fraction_against_for_certain']:.0f} % of the region"
        )
    return f"{row['basis']} {change}"


def _saturated(fits: pl.DataFrame) -> list[Finding]:
    """Return one finding per response whose fits meet two porosities."""
    own = fits.filter("is_saturated")
    return [
        found(
            "V303",
            "two porosities and two parameters: the modified Bruggeman relation passes through"
            f" the means of {len(rows)} categories ({_named(rows)}) whatever they are",
            f"response '{target}', scenario '{scenario}'",
        )
        for (target, scenario), rows in own.group_by("target", "scenario", maintain_order=True)
    ]


def _named(rows: pl.DataFrame) -> str:
    """Return categories in words, with semicolons between them because each holds commas."""
    names = rows["category"].to_list()
    return "; ".join([*names[:_MOST_NAMED], *(["..."] if len(names) > _MOST_NAMED else [])])


def _different_exponents(tests: pl.DataFrame) -> list[Finding]:
    """Return one finding per response whose categories need exponents of their own.

    Replicates alone are no ground for it: they leave out what differs between configurations.
    """
    return [
        found(
            "V304",
            f"F({row['degrees_of_freedom']}, {row['error_degrees_of_freedom']}) ="
            f" {row['f']:.3g}, p = {row['p']:.2g}, against the scatter of {row['against']}",
            f"response '{row['target']}', scenario '{row['scenario']}'",
        )
        for row in tests.drop_nulls("p").iter_rows(named=True)
        if row["p"] < _SIGNIFICANT and row["against"] == BETWEEN_CONFIGURATIONS
    ]


def _impossible(bounds: pl.DataFrame, study: Study) -> list[Finding]:
    """Return one warning per model that predicts impossible values where data carry it."""
    return [
        found(
            "V305",
            f"{row['family']} predicts {with_unit(study, row['lowest'], row['target'])} to"
            f" {with_unit(study, row['highest'], row['target'])}; possible is {_ends(row)}; for"
            f" certain in {100 * row['fraction_outside_for_certain']:.0f} % of the region that"
            " data carry",
            f"response '{row['target']}', scenario '{row['scenario']}'",
        )
        for row in bounds.drop_nulls("fraction_outside_for_certain").iter_rows(named=True)
        if row["fraction_outside_for_certain"] >= _MIN_FRACTION
    ]


def _ends(row: dict[str, Any]) -> str:
    """Return a range in words; an end may be missing."""
    low = "any" if row["lower"] is None else f"{row['lower']:g}"
    return f"{low} to {'any' if row['upper'] is None else format(row['upper'], 'g')}"
