"""Stage 3: what drives each model, and which terms of a response are significant."""

from electrodoe.dataset import dependence
from electrodoe.explain import rank_agreement
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import Products
from electrodoe.workflow.seeds import seed_for
from electrodoe.workflow.stages.models import written_model
from electrodoe.workflow.stages.refusals import refusals
from electrodoe.workflow.tables import as_csv, read_back, stacked
from electrodoe.workflow.tasks import (
    ExplanationTask,
    SignificanceTask,
    model_name,
    run_explanation,
    run_significance,
)


def make_explanations(run: Run) -> Products:
    """Return explanations of the scenarios with independent inputs, and tests of terms."""
    tasks = _tasks(run)
    done = run.parts("explanations", run_explanation, tasks)
    tests = [SignificanceTask(data=data) for data in run.training_data]
    tested = run.parts("tests of terms", run_significance, tests)
    names = ("explanations", "shapley_values", "interactions", "effects")
    tables = {name: stacked(name, done) for name in names}
    tables |= {name: stacked(name, tested) for name in ("anova", "coefficients")}
    tables["agreement"] = rank_agreement(tables["explanations"])
    tables["explanations_refused"] = refusals("explanations", tasks, done)
    return as_csv(tables)


def _tasks(run: Run) -> list[ExplanationTask]:
    """Return one task per fitted model of a scenario whose effects can be told apart."""
    settings = run.study.settings
    independent = {
        name
        for name, scenario in run.study.scenarios.items()
        if dependence(scenario.inputs, run.dataset.inputs(name)).is_independent
    }
    data_of = {(data.response_name, data.scenario): data for data in run.training_data}
    fitted = read_back(run.folder, "hyperparameters")
    return [
        ExplanationTask(
            data=data_of[target, scenario],
            model=written_model(run.folder, model_name(target, scenario, family)),
            n_bootstraps=settings.plan.n_bootstraps,
            seed=seed_for(settings.seed, "explanation"),
        )
        for target, scenario, family, _ in fitted.iter_rows()
        if scenario in independent
    ]
