"""What a study of many rows or configurations is not given in full, said as findings."""

from collections.abc import Sequence

import numpy as np

from electrodoe.dataset import (
    MOST_LEFT_OUT,
    TrainingData,
    can_leave_plots_out,
    left_out_groups,
    units_left_out,
)
from electrodoe.findings import Finding, found
from electrodoe.models.catalogue import FAMILIES
from electrodoe.models.gathered import MOST_GATHERED


def size_findings(data: TrainingData, families: Sequence[str]) -> list[Finding]:
    """Return what is done with a fraction of the samples, because there are so many.

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
        fraction of the rows, ``S209`` where near settings are gathered; ``S215`` where whole plots
        are left out, ``S216`` where they cannot be; ``S226`` where runs that repeat a setting are
        left out together; empty for a usual study.
    """
    where = f"response '{data.response_name}', scenario '{data.scenario}'"
    said = {
        "S207": _groups(data),
        "S208": _rows(data, families),
        "S209": _settings(data, families),
        "S215": _plots(data),
        "S216": _plots_that_stay(data),
        "S226": _settings_left_out(data),
    }
    return [found(code, what, where) for code, what in said.items() if what]


def _groups(data: TrainingData) -> str:
    """Return how configurations are left out, or nothing where each is left out alone."""
    units = units_left_out(data)
    n = len(np.unique(units.numbers))
    if n <= MOST_LEFT_OUT:
        return ""
    n_groups = int(left_out_groups(units.numbers).max()) + 1
    return f"{n:,} {units.kind}s are left out in {n_groups} groups, not one by one"


def _plots(data: TrainingData) -> str:
    """Return that whole plots are left out, or nothing."""
    if data.whole_plots is None or not can_leave_plots_out(data):
        return ""
    n = len(np.unique(data.whole_plots))
    return (
        f"scores and intervals are for a new whole plot: {n} whole plots are left out, each with"
        f" all its runs, in place of {data.n_configurations} configurations"
    )


def _plots_that_stay(data: TrainingData) -> str:
    """Return that whole plots cannot be left out, or nothing."""
    if data.whole_plots is None or can_leave_plots_out(data):
        return ""
    n = len(np.unique(data.whole_plots))
    return (
        f"the {n} whole plots cannot be spared one by one: scores leave runs out whose whole plot"
        " the model has seen in other runs, and flatter where whole plots vary"
    )


def _settings_left_out(data: TrainingData) -> str:
    """Return that all runs of a setting are left out together, or nothing."""
    units = units_left_out(data)
    if units.kind != "setting":
        return ""
    settings = data.setting_numbers
    n_alone = len(np.unique(settings[units.is_alone]))
    n_together = len(np.unique(settings)) - n_alone
    alone = (
        f"the runs of {n_alone} setting{'s' * (n_alone > 1)} are left out one by one, for without"
        " all of them a quadratic is not determined: these scores are for a new run of a setting"
        " that was made"
    )
    if not n_together:
        return alone
    together = (
        f"scores and intervals are for a new setting: {n_together} settings are left out, each"
        f" with all its runs, of {data.n_configurations} runs"
    )
    return f"{together}; {alone}" if n_alone else together


def _rows(data: TrainingData, families: Sequence[str]) -> str:
    """Return which families do not see all rows, or nothing."""
    known = {family: FAMILIES[family].rows_learned(data.n_samples) for family in families}
    few = {n_rows for n_rows in known.values() if n_rows < data.n_samples}
    if not few:
        return ""
    listed = [
        f"{', '.join(family for family in families if known[family] == n_rows)}: {n_rows:,}"
        for n_rows in sorted(few)
    ]
    return (
        f"{'; '.join(listed)} of {data.n_samples:,} rows, the same fraction of each"
        " configuration, drawn by a fixed rule"
    )


def _settings(data: TrainingData, families: Sequence[str]) -> str:
    """Return which families gather near settings, or nothing."""
    few = [family for family in families if FAMILIES[family].gathers_settings]
    if not few or data.n_samples <= MOST_GATHERED:
        return ""
    n_settings = len(np.unique(np.column_stack([data.configurations, data.inputs]), axis=0))
    if n_settings <= MOST_GATHERED:
        return ""
    return (
        f"{', '.join(few)}: {n_settings:,} different settings are gathered into"
        f" {MOST_GATHERED} of near ones, each known by the mean and the number of its rows"
    )
