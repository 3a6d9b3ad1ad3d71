"""What a reader must know of a screening design before believing its effects."""

import polars as pl

from electrodoe.findings import Finding, found


def screening_findings(screening: pl.DataFrame) -> list[Finding]:
    """Return what is open in screening designs.

    Parameters
    ----------
    screening : polars.DataFrame
        Table with the columns of ``SCREENING_SCHEMA``.

    Returns
    -------
    list of Finding
        ``S217`` for active effects that are aliased, ``S218`` where the effects show the error
        themselves, ``S219`` where there are more factors than runs.
    """
    findings = []
    for row in screening.iter_rows(named=True):
        where = f"response '{row['target']}', scenario '{row['scenario']}'"
        if row["next_runs"] is not None:
            what = f"the runs do not part {row['parted']}"
            findings.append(found("S217", what, where))
        if row["error"] == "lenth":
            what = f"{row['n_runs']} runs, too few of them equal: Lenth's pseudo standard error"
            findings.append(found("S218", what, where))
        if row["kind"] == "supersaturated":
            what = f"{row['n_factors']} factors in {row['n_runs']} runs"
            findings.append(found("S219", what, where))
    return findings
