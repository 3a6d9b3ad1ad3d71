"""The tables of a screening design: a summary, its effects, and the runs that part them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
import scipy.stats

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.evaluate.screening.parting_runs import IsPossible
from electrodoe.evaluate.screening.reading import Effect, ScreeningReading, read_screening
from electrodoe.evaluate.screening.terms import Term, letters, named
from electrodoe.quantities import TableSchema
from electrodoe.ties import ascending

SCREENING_SCHEMA: Final = TableSchema(
    name="screening",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "kind": pl.String,
        "n_runs": pl.Int64,
        "n_factors": pl.Int64,
        "n_averaged": pl.Int64,
        "error": pl.String,
        "degrees_of_freedom": pl.Int64,
        "n_rivals": pl.Int64,
        "curvature": pl.Float64,
        "curvature_p": pl.Float64,
        "next_runs": pl.String,
        "n_next_runs": pl.Int64,
        "n_left_out": pl.Int64,
        "parted": pl.String,
        "parted_letters": pl.String,
    },
)
"""One row per target and scenario whose runs are a screening design. ``next_runs`` is ``foldover``
or ``de-aliasing``, ``parted`` what they part, group by group; null where nothing is open."""

SCREENING_EFFECT_SCHEMA: Final = TableSchema(
    name="screening_effects",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "stage": pl.Int64,
        "term": pl.String,
        "letters": pl.String,
        "effect": pl.Float64,
        "sum_of_squares": pl.Float64,
        "standard_error": pl.Float64,
        "margin": pl.Float64,
        "simultaneous_margin": pl.Float64,
        "half_normal": pl.Float64,
        "verdict": pl.String,
        "estimates": pl.String,
    },
)
"""Effects in canonical order; ``verdict`` is ``active``, ``possibly`` or ``not``, ``estimates`` the
alias chain, ``half_normal`` the quantile of the contrast's rank among those of its stage."""

SCREENING_RUN_SCHEMA: Final = TableSchema(
    name="screening_runs",
    columns={
        "target": pl.String,
        "scenario": pl.String,
        "run": pl.Int64,
        "kind": pl.String,
        "factor": pl.String,
        "value": pl.Float64,
    },
)
"""Settings of the runs that part, one row per run and factor; a category as its level's number."""


@dataclass(frozen=True, kw_only=True)
class ScreeningTables:
    """What a screening design says of one response, as tables.

    Attributes
    ----------
    summary, effects, runs : polars.DataFrame
        Rows of :data:`SCREENING_SCHEMA`, :data:`SCREENING_EFFECT_SCHEMA` and
        :data:`SCREENING_RUN_SCHEMA`; all are empty where the runs are no screening design.
    """

    summary: pl.DataFrame
    effects: pl.DataFrame
    runs: pl.DataFrame


def screening_tables(data: TrainingData, is_possible: IsPossible) -> ScreeningTables:
    """Return what a screening design says of one response, as tables.

    Parameters
    ----------
    data : TrainingData
        One response in one scenario.
    is_possible : callable
        As of :func:`electrodoe.evaluate.screening.reading.read_screening`.

    Returns
    -------
    ScreeningTables
        Empty where the runs are no screening design.
    """
    reading = read_screening(data, is_possible)
    head: dict[str, object] = {"target": data.response_name, "scenario": data.scenario}
    return ScreeningTables(
        summary=SCREENING_SCHEMA.frame([] if reading is None else [_summary(head, reading)]),
        effects=SCREENING_EFFECT_SCHEMA.frame([] if reading is None else _effects(head, reading)),
        runs=SCREENING_RUN_SCHEMA.frame([] if reading is None else _runs(head, reading)),
    )


def _summary(head: dict[str, object], reading: ScreeningReading) -> dict[str, object]:
    """Return the row of the summary."""
    design, runs = reading.design, reading.runs
    return {
        **head,
        "kind": reading.kind,
        "n_runs": len(design.coded),
        "n_factors": len(design.names),
        "n_averaged": design.n_averaged,
        "error": reading.error,
        "degrees_of_freedom": reading.degrees_of_freedom,
        "n_rivals": reading.n_rivals,
        "curvature": reading.curvature,
        "curvature_p": reading.curvature_p,
        "next_runs": runs and runs.kind,
        "n_next_runs": 0 if runs is None else len(runs.coded),
        "n_left_out": 0 if runs is None else runs.n_left_out,
        "parted": _parted(reading, lambda term: named(term, design.names)),
        "parted_letters": _parted(reading, lambda term: letters(term, len(design.names))),
    }


def _parted(reading: ScreeningReading, word: Callable[[Term], str]) -> str | None:
    """Return which term is parted from which others, group by group."""
    if reading.runs is None:
        return None
    groups = ([word(term) for term in group] for group in reading.runs.parted)
    return "; ".join(f"{first} from {', '.join(others)}" for first, *others in groups)


def _effects(head: dict[str, object], reading: ScreeningReading) -> list[dict[str, object]]:
    """Return a row per effect."""
    quantiles = _half_normal(reading.effects)
    return [
        {
            **head,
            "stage": effect.stage,
            "term": effect.name,
            "letters": effect.letters,
            "effect": effect.estimate,
            "sum_of_squares": effect.sum_of_squares,
            "standard_error": effect.standard_error,
            "margin": effect.margin,
            "simultaneous_margin": effect.simultaneous_margin,
            "half_normal": None if np.isnan(quantile) else float(quantile),
            "verdict": effect.verdict,
            "estimates": effect.chain,
        }
        for effect, quantile in zip(reading.effects, quantiles, strict=True)
    ]


def _half_normal(effects: Sequence[Effect]) -> Floats:
    """Return the half-normal quantile of each effect with an error of its own; else NaN."""
    ratios = np.array(
        [abs(e.estimate) / e.standard_error if e.standard_error else np.nan for e in effects]
    )
    found = np.full(len(effects), np.nan)
    known = np.flatnonzero(~np.isnan(ratios))
    ranks = np.empty(len(known))
    ranks[ascending(ratios[known])] = np.arange(1, len(known) + 1)
    found[known] = scipy.stats.norm.ppf(0.5 + 0.5 * (ranks - 0.5) / max(len(known), 1))
    return found


def _runs(head: dict[str, object], reading: ScreeningReading) -> list[dict[str, object]]:
    """Return the settings of the runs that part, run by run."""
    if reading.runs is None:
        return []
    design = reading.design
    settings = design.settings(reading.runs.coded)
    return [
        {
            **head,
            "run": number,
            "kind": reading.runs.kind,
            "factor": name,
            "value": float(value),
        }
        for number, row in enumerate(settings, start=1)
        for name, value in zip(design.names, row, strict=True)
    ]
