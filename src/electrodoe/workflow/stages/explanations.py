"""Stages 3 and 4: what drives each model, which terms are significant, whether physics agrees."""

import json
from collections.abc import Sequence

import polars as pl

from electrodoe.dataset import TrainingData, dependence, known_run_order
from electrodoe.evaluate.judgement import best_rows, deciding_rows
from electrodoe.explain import rank_agreement
from electrodoe.models import DEFAULT_FAMILY, FittedModel
from electrodoe.models.families.reduced_polynomial import REDUCED_POLYNOMIAL
from electrodoe.verify import CASE_TABLES, compare_with_paper
from electrodoe.workflow.run import Run, seed_for
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.stages.models import written_model
from electrodoe.workflow.tables import as_csv, read_back, stacked
from electrodoe.workflow.tasks import (
    KeptPart,
    kept,
    model_name,
    refusals,
    run_explanation,
    run_part,
    run_screening,
    run_significance,
    run_verification,
)

_OF_TESTS = (
    "anova", "coefficients", "variance_components", "model_summaries", "residuals",
    "residual_checks",
)  # fmt: skip
"""Tables of the polynomials."""


def make_explanations(run: Run) -> Products:
    """Return explanations of models with independent inputs, and tests of terms."""
    parts = _explanation_parts(run)
    done = run.parts("explanations", run_part, parts)
    planned = None if run.study.plan is None else run.study.plan.model
    reduced = _reduced_terms(read_back(run.folder, "hyperparameters"))
    tests = [
        kept(
            (),
            run_significance,
            data,
            planned,
            known_run_order(run.dataset, data.all_good.sample_names),
            reduced.get((data.response_name, data.scenario)),
        )
        for data in run.training_data
    ]
    tested = run.parts("tests of terms", run_part, tests)
    screens = [kept((), run_screening, run.study, data) for data in run.training_data]
    screened = run.parts("screening", run_part, screens)
    names = ("explanations", "shapley_values", "interactions", "effects")
    tables = {name: stacked(name, done) for name in names}
    of_screening = ("screening", "screening_effects", "screening_runs")
    tables |= {name: stacked(name, screened) for name in of_screening}
    tables |= {name: stacked(name, tested) for name in _OF_TESTS}
    tables["agreement"] = rank_agreement(tables["explanations"])
    tables["explanations_refused"] = refusals("explanations", parts, done)
    return as_csv(tables)


def _reduced_terms(hyperparameters: pl.DataFrame) -> dict[tuple[str, str], list[str]]:
    """Return the terms that the reduced polynomial kept, by response and scenario."""
    chosen = hyperparameters.filter(family=REDUCED_POLYNOMIAL.name)
    return {
        (target, scenario): json.loads(own)["terms"]
        for target, scenario, own in chosen.select(
            "target", "scenario", "hyperparameters"
        ).iter_rows()
    }


def _explanation_parts(run: Run) -> list[KeptPart]:
    """Return one part per fitted model of a scenario whose effects can be distinguished.

    As long as the samples of one response tell the inputs apart; those of another response may have
    been made at other settings, and their models are refused one by one.
    """
    settings = run.study.settings
    explained = {data.scenario for data in run.training_data if _is_distinguishable(data)}
    data_of = {(data.response_name, data.scenario): data for data in run.training_data}
    fitted = read_back(run.folder, "hyperparameters")
    return [
        kept(
            (target, scenario, family),
            run_explanation,
            data_of[target, scenario],
            written_model(run.folder, model_name(target, scenario, family)),
            n_bootstraps=settings.plan.n_bootstraps,
            seed=seed_for(settings.seed, "explanation"),
        )
        for target, scenario, family in fitted.select("target", "scenario", "family").iter_rows()
        if scenario in explained
    ]


def _is_distinguishable(data: TrainingData) -> bool:
    """Return whether the inputs of a model's own samples are independent."""
    return dependence(data.input_names, data.inputs, data.levels).is_independent


def make_verification(run: Run) -> Products:
    """Return what the models with independent inputs were verified for."""
    evaluation = read_back(run.folder, "evaluation")
    parts = _verification_parts(run, evaluation)
    done = run.parts("verification", run_part, parts)
    tables = {name: stacked(name, done) for name in CASE_TABLES}
    tables["published_comparison"] = compare_with_paper(run.dataset, evaluation)
    tables["verification_refused"] = refusals("verification", parts, done)
    return as_csv(tables)


def _verification_parts(run: Run, evaluation: pl.DataFrame) -> list[KeptPart]:
    """Return one part per response and scenario with independent inputs and a fitted model."""
    return [
        _verification_part(run, data, families, fitted)
        for data in run.training_data
        if _is_distinguishable(data)
        and (families := _families(fitted := _fitted(evaluation, data)))
    ]


def _verification_part(
    run: Run, data: TrainingData, families: tuple[str, ...], fitted: pl.DataFrame
) -> KeptPart:
    """Return the part of one response in one scenario, with the families that are to be drawn."""
    settings, wish = run.study.settings, run.study.report
    curve = wish.bruggeman_curve if wish.bruggeman_curve in fitted["family"] else None
    drawn = [name for name in wish.fds or () if name in fitted["family"] and name not in families]
    return kept(
        (data.response_name, data.scenario, families[0]),
        run_verification,
        run.study,
        data,
        _models(run, data, families),
        n_bootstraps=settings.plan.n_bootstraps,
        seed=seed_for(settings.seed, "verification"),
        drawn=_models(run, data, drawn),
        curve=_models(run, data, [curve])[0] if curve else None,
    )


def _models(run: Run, data: TrainingData, families: Sequence[str]) -> tuple[FittedModel, ...]:
    """Return the written models of some families."""
    names = [model_name(data.response_name, data.scenario, family) for family in families]
    return tuple(written_model(run.folder, name) for name in names)


def _fitted(evaluation: pl.DataFrame, data: TrainingData) -> pl.DataFrame:
    """Return the scores of the families that could be fitted to a response in a scenario."""
    return evaluation.filter(
        pl.col("target") == data.response_name, pl.col("scenario") == data.scenario
    ).drop_nulls("r2_loco")


def _families(fitted: pl.DataFrame) -> tuple[str, ...]:
    """Return the family that decides, and the best beside it; none where none could be fitted."""
    rows = pl.concat([deciding_rows(fitted, DEFAULT_FAMILY), best_rows(fitted)])
    return tuple(rows["family"].unique(maintain_order=True).to_list())
