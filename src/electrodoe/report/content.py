"""Everything a report tells, as frozen values: what the packages below have found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from electrodoe.dataset import Dataset, Dependence
from electrodoe.evaluate import (
    SCREENING_EFFECT_SCHEMA,
    SCREENING_RUN_SCHEMA,
    SCREENING_SCHEMA,
)
from electrodoe.explain import SURFACE_SCHEMA
from electrodoe.findings import Finding
from electrodoe.optimize import Recommendation, Refusal
from electrodoe.study import Condition, Study


@dataclass(frozen=True, kw_only=True)
class InstrumentSummary:
    """One measurement of a study.

    Attributes
    ----------
    name : str
        Its protocol's.
    instrument : str
        What measured.
    n_runs, n_samples, n_rejected : int
        How much there is, and how much of it is doubtful.
    pictures : mapping of str to str
        SVG by key of ``PICTURES``.
    files : tuple of str
        Table and galleries, relative to the report.
    conditions : tuple of Condition
        How it was measured.
    flagged : tuple of (str, str)
        Samples that the outlier rule flags, each with its flag.
    """

    name: str
    instrument: str
    n_runs: int
    n_samples: int
    n_rejected: int
    files: tuple[str, ...]
    pictures: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    flagged: tuple[tuple[str, str], ...] = ()

    @property
    def n_outliers(self) -> int:
        """Return how many samples the outlier rule flags."""
        return len(self.flagged)


@dataclass(frozen=True, kw_only=True, eq=False)
class ReportContent:
    """A study, its data and what was computed from them; one is equal to itself only.

    Attributes
    ----------
    study, dataset : Study, Dataset
        What was declared and what was measured.
    findings : tuple of Finding
        Oddities, gravest first.
    dependences : mapping of str to Dependence
        Correlations and VIF of each scenario's inputs.
    evaluation, repeats, predictions : polars.DataFrame
        Scores, the scores of every random split, and predictions sample by sample.
    explanations, shapley, interactions, effects, agreement : polars.DataFrame
        Importance by method, Shapley values by sample, interactions, accumulated local effects,
        and how far the families agree; rows of a refused scenario are absent.
    anova, coefficients : polars.DataFrame
        Analysis of variance with lack of fit, and tests of terms.
    variance_components : polars.DataFrame or None
        Variances between whole plots, blocks and runs, as in
        ``electrodoe.evaluate.COMPONENT_SCHEMA``.
    screening, screening_effects, screening_runs : polars.DataFrame
        Screening designs: summary, effects, and the runs that part what is aliased.
    model_summaries : polars.DataFrame or None
        As in ``electrodoe.evaluate.MODEL_SUMMARY_SCHEMA``.
    residuals, residual_checks : polars.DataFrame or None
        Residuals run by run and what was asked of them, as in
        ``electrodoe.evaluate.RESIDUAL_SCHEMA`` and ``RESIDUAL_CHECK_SCHEMA``.
    verification : mapping of str to polars.DataFrame
        Every table of ``electrodoe.verify.VERIFICATION_TABLES`` by its name.
    hyperparameters : polars.DataFrame
        Columns ``target, scenario, family, hyperparameters`` (JSON text), ``given`` (names).
    surfaces : polars.DataFrame
        Predictions of the explained models over pairs of inputs, as in
        ``electrodoe.explain.SURFACE_SCHEMA``.
    is_simulated : bool
        Whether the samples were made up, which every page and figure then says.
    measured : tuple of InstrumentSummary
        Measurements that the samples were condensed from; none where they come from a table.
    recommendation : Recommendation, Refusal or None
        What follows from the goals, or why nothing does; None where no goal is declared.
    window_map : polars.DataFrame or None
        The chance of keeping every specification, as in
        ``electrodoe.report.figures.operating_window``; None where nothing is specified.
    timings : polars.DataFrame
        Columns ``stage, seconds``; the only numbers that differ from run to run.
    provenance : mapping of str to str
        Version, seed, effort, hashes and the versions of libraries, in the order of printing.
    """

    study: Study
    dataset: Dataset
    findings: tuple[Finding, ...]
    dependences: Mapping[str, Dependence]
    evaluation: pl.DataFrame
    repeats: pl.DataFrame
    predictions: pl.DataFrame
    explanations: pl.DataFrame
    shapley: pl.DataFrame
    interactions: pl.DataFrame
    effects: pl.DataFrame
    agreement: pl.DataFrame
    anova: pl.DataFrame
    coefficients: pl.DataFrame
    verification: Mapping[str, pl.DataFrame]
    hyperparameters: pl.DataFrame
    timings: pl.DataFrame
    provenance: Mapping[str, str]
    variance_components: pl.DataFrame | None = None
    model_summaries: pl.DataFrame | None = None
    residuals: pl.DataFrame | None = None
    residual_checks: pl.DataFrame | None = None
    surfaces: pl.DataFrame = field(default_factory=lambda: SURFACE_SCHEMA.frame([]))
    screening: pl.DataFrame = field(default_factory=lambda: SCREENING_SCHEMA.frame([]))
    screening_effects: pl.DataFrame = field(
        default_factory=lambda: SCREENING_EFFECT_SCHEMA.frame([])
    )
    screening_runs: pl.DataFrame = field(default_factory=lambda: SCREENING_RUN_SCHEMA.frame([]))
    is_simulated: bool = False
    measured: tuple[InstrumentSummary, ...] = ()
    recommendation: Recommendation | Refusal | None = None
    window_map: pl.DataFrame | None = None
