"""Stage 4: whether the models agree with physics, how sure they are, and what a paper printed."""

import polars as pl

from electrodoe.dataset import TrainingData, dependence
from electrodoe.evaluate.judgement import best_rows
from electrodoe.models import DEFAULT_FAMILY
from electrodoe.verify import CASE_TABLES, compare_with_paper
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.seeds import seed_for
from electrodoe.workflow.stages.models import written_model
from electrodoe.workflow.stages.refusals import refusals
from electrodoe.workflow.tables import as_csv, read_back, stacked
from electrodoe.workflow.tasks import VerificationTask, model_name, run_verification


def make_verification(run: Run) -> Products:
    """Return what the scenarios with independent inputs were verified for."""
    evaluation = read_back(run.folder, "evaluation")
    tasks = _tasks(run, evaluation)
    done = run.parts("verification", run_verification, tasks)
    tables = {name: stacked(name, done) for name in CASE_TABLES}
    tables["published_comparison"] = compare_with_paper(run.dataset, evaluation)
    tables["verification_refused"] = refusals("verification", tasks, done)
    return as_csv(tables)


def _tasks(run: Run, evaluation: pl.DataFrame) -> list[VerificationTask]:
    """Return one task per response and scenario with independent inputs and a fitted model."""
    settings = run.study.settings
    return [
        VerificationTask(
            study=run.study,
            data=data,
            models=tuple(
                written_model(run.folder, model_name(data.response_name, data.scenario, family))
                for family in families
            ),
            n_bootstraps=settings.plan.n_bootstraps,
            seed=seed_for(settings.seed, "verification"),
        )
        for data in run.training_data
        if dependence(data.input_names, data.inputs).is_independent
        and (families := _families(evaluation, data))
    ]


def _families(evaluation: pl.DataFrame, data: TrainingData) -> tuple[str, ...]:
    """Return the family that predicts best, and the default; none where none could be fitted."""
    scores = evaluation.filter(
        pl.col("target") == data.response_name, pl.col("scenario") == data.scenario
    )
    best = best_rows(scores)["family"].to_list()
    default = scores.filter(pl.col("family") == DEFAULT_FAMILY).drop_nulls("r2_loco")
    return tuple(dict.fromkeys([*best, *default["family"].to_list()]))
