"""``electrodoe run``: a declared study, from its table to the report."""

from typing import Annotated

import typer

from electrodoe.cli.options import (
    EffortOption,
    EngineOption,
    ForceOption,
    JsonOption,
    SeedOption,
    StudyPath,
    WorkersOption,
)


def run(
    study: StudyPath,
    *,
    effort: EffortOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    engine: EngineOption = "local",
    force: ForceOption = False,
    simulate: Annotated[
        bool,
        typer.Option(
            "--simulate", help="Let the virtual line play the plan first; its files are simulated."
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Run a study: condense, check, fit, judge, explain, verify, recommend, draw, report.

    Products are written to STUDY/results. A second run does only what has changed, and an
    interrupted run goes on where it stopped.
    """
    from electrodoe.study import read_study

    declared = read_study(study).with_settings(effort=effort, seed=seed)
    from electrodoe.cli.session import run_and_show
    from electrodoe.workflow.engines import choose_engine

    folder = study if study.is_dir() else study.parent
    chosen = choose_engine(engine, workers)
    if simulate:
        from electrodoe.workflow.simulate import simulate_study

        simulate_study(declared, folder)
    run_and_show(declared, folder, chosen, is_forced=force, as_json=as_json)
