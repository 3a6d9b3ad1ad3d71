"""What a study of many rows or configurations is not given in full, said as findings."""

from collections.abc import Sequence

import numpy as np

from electrodoe.dataset import MOST_LEFT_OUT, TrainingData, left_out_groups
from electrodoe.findings import Finding, Severity
from electrodoe.models.gathered import MOST_GATHERED
from electrodoe.models.row_limits import rows_learned

_PROCESSES = ("gaussian_process", "ensemble")
"""Families that hold a Gaussian process."""


def size_findings(data: TrainingData, families: Sequence[str]) -> list[Finding]:
    """Return what is done with a share of the samples, because there are so many.

    Parameters
    ----------
    data : TrainingData
        Samples of one response and scenario.
    families : sequence of str
        Families that are fitted to them.

    Returns
    -------
    list of Finding
        ``S207`` where configurations are left out in groups, ``S208`` where families learn from a
        share of the rows, ``S209`` where near settings are gathered; empty for a usual study.
    """
    where = f"response '{data.response_name}', scenario '{data.scenario}'"
    said = [_groups(data), _rows(data, families), _settings(data, families)]
    return [
        Finding(code=code, severity=Severity.REMARK, title=title, what=what, where=where, fix=fix)
        for code, title, what, fix in said
        if what
    ]


def _groups(data: TrainingData) -> tuple[str, str, str, str]:
    """Return the finding about groups, with nothing said where each is left out alone."""
    n = data.n_configurations
    n_groups = int(left_out_groups(data.configurations).max()) + 1
    return (
        "S207",
        "Configurations left out in groups",
        f"{n:,} configurations are left out in {n_groups} groups, not one by one"
        if n > MOST_LEFT_OUT
        else "",
        "nothing: each prediction is still made by a model that has not seen the configuration",
    )


def _rows(data: TrainingData, families: Sequence[str]) -> tuple[str, str, str, str]:
    """Return the finding about rows that some families do not see."""
    known = {family: rows_learned(data.n_samples, family) for family in families}
    few = {n_rows for n_rows in known.values() if n_rows < data.n_samples}
    told = [
        f"{', '.join(family for family in families if known[family] == n_rows)}: {n_rows:,}"
        for n_rows in sorted(few)
    ]
    return (
        "S208",
        "Learned from a share of the rows",
        f"{'; '.join(told)} of {data.n_samples:,} rows, the same share of each"
        " configuration, drawn by a fixed rule"
        if few
        else "",
        "nothing; where rows are readings of one sample, condense them to one row each",
    )


def _settings(data: TrainingData, families: Sequence[str]) -> tuple[str, str, str, str]:
    """Return the finding about settings that stand together in a Gaussian process."""
    title, fix = "Near settings gathered", "nothing; replicates with one setting lose nothing"
    few = [family for family in families if family in _PROCESSES]
    if not few or data.n_samples <= MOST_GATHERED:
        return "S209", title, "", fix
    n_settings = len(np.unique(np.column_stack([data.configurations, data.inputs]), axis=0))
    return (
        "S209",
        title,
        f"{', '.join(few)}: {n_settings:,} different settings are gathered into"
        f" {MOST_GATHERED} of near ones, each known by the mean and the number of its rows"
        if n_settings > MOST_GATHERED
        else "",
        fix,
    )
