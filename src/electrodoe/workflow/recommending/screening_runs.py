"""Runs that part aliased effects, as run sheets, where no recommendation names next runs."""

import numpy as np
import polars as pl

from electrodoe.design.run_plan import BLOCK, PARTS, PURPOSE, REPLICATE_OF, RUN, WHOLE_PLOT, RunPlan
from electrodoe.report.naming import listed, term_label
from electrodoe.report.run_sheet import order_sentence
from electrodoe.study import Study
from electrodoe.workflow.recommending.files import run_sheets, with_hashes
from electrodoe.workflow.run_folder import Products

_BLOCK = " Note the day or batch: these runs are a block of their own beside the earlier ones."


def screening_sheets(
    study: Study, screening: pl.DataFrame, runs: pl.DataFrame, seed: int
) -> Products:
    """Return the run sheets of the first scenario whose effects are aliased; none without any.

    Parameters
    ----------
    study : Study
        Labels, and the names of levels.
    screening, runs : polars.DataFrame
        Tables with the columns of ``SCREENING_SCHEMA`` and ``SCREENING_RUN_SCHEMA``.
    seed : int
        Of the random order.

    Returns
    -------
    Products
        Each run once, though it serves several responses; its purpose says what it parts.
    """
    if runs.is_empty():
        return {}
    scenario = runs["scenario"][0]
    known = screening.filter(scenario=scenario).drop_nulls("parted")
    parted = {row["target"]: row["parted"] for row in known.iter_rows(named=True)}
    wide = runs.filter(scenario=scenario).pivot(
        "factor", index=["target", "run"], values="value", maintain_order=True
    )
    factors = [name for name in wide.columns if name not in {"target", "run"}]
    served = wide.group_by(factors, maintain_order=True).agg(
        pl.col("target").unique(maintain_order=True)
    )
    purposes = [
        PARTS + term_label(study, "; ".join(dict.fromkeys(_brief(parted[one]) for one in targets)))
        for targets in served["target"].to_list()
    ]
    plan = _plan(study, served.select(factors), purposes, seed)
    return with_hashes(run_sheets(study, plan, order_sentence(study, plan, seed) + _BLOCK))


def _brief(parted: str) -> str:
    """Return what is parted in a table cell: main effects together, interactions one by one."""
    groups = [group.split(" from ", 1) for group in parted.split("; ")]
    mains = [first for first, _ in groups if " × " not in first and not first.endswith("²")]
    others = [f"{first} from {rest}" for first, rest in groups if first not in mains]
    from_others = [f"{listed(mains)} from interactions aliased with them"] if mains else []
    return "; ".join([*from_others, *others])


def _plan(study: Study, settings: pl.DataFrame, purposes: list[str], seed: int) -> RunPlan:
    """Return the runs in random order."""
    order = np.random.default_rng(seed).permutation(settings.height).tolist()
    empty = pl.Series([None] * settings.height, dtype=pl.Int64)
    named = [
        pl.col(name).cast(pl.Int64).replace_strict(dict(levels), return_dtype=pl.String)
        for name, levels in study.levels.items()
        if name in settings.columns
    ]
    frame = pl.DataFrame(
        {
            RUN: pl.Series(range(1, settings.height + 1), dtype=pl.Int64),
            REPLICATE_OF: empty,
            WHOLE_PLOT: empty,
            BLOCK: empty,
            PURPOSE: pl.Series([purposes[row] for row in order], dtype=pl.String),
        }
    )
    ordered = settings.with_columns(named)[order]
    return RunPlan(
        factors=tuple(settings.columns), frame=pl.concat([frame, ordered], how="horizontal")
    )
