"""``electrodoe plan``: from declared factors to a run plan and its run sheet."""

from pathlib import Path
from typing import Annotated

import typer

from electrodoe.cli.options import JsonOption, SeedOption, StudyPath
from electrodoe.errors import WorkflowError


def plan(
    study: StudyPath,
    *,
    runs: Annotated[
        int | None,
        typer.Option(help="Number of runs; without it: the study's.", show_default=False, min=2),
    ] = None,
    seed: SeedOption = None,
    evaluate: Annotated[
        Path | None,
        typer.Option(
            help="Judge the plan in this table instead: one column per factor, from JMP,"
            " Design-Expert or by hand.",
            metavar="TABLE",
            show_default=False,
        ),
    ] = None,
    beside: Annotated[
        Path | None,
        typer.Option(
            help="With --evaluate: the table to compare it with; without it: the study's own"
            " plan, else the full factorial.",
            metavar="OTHER",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option(
            "--import",
            help="Read a filled run sheet back and report deviations from the plan.",
            metavar="SHEET",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Plan the runs of a study, or judge a plan that exists.

    Factors stand in study.toml with region = [least, greatest] or levels = [...], the request as
    [plan] with runs = .... The plan, its account, a page and run sheets are written to
    STUDY/results. A plan that is judged changes none of them: its page is
    STUDY/results/plan_evaluation.html.
    """
    from electrodoe.cli import judging, planning
    from electrodoe.study import read_study

    _require_one_task(evaluate, beside, sheet)
    declared = planning.with_runs(read_study(study).with_settings(seed=seed), runs)
    folder = study if study.is_dir() else study.parent
    if evaluate is not None:
        judging.show_judged(declared, folder, evaluate, beside, as_json=as_json)
    elif sheet is not None:
        planning.show_deviations(declared, folder, sheet, as_json=as_json)
    else:
        planning.show_plan(declared, folder, as_json=as_json)


def _require_one_task(evaluate: Path | None, beside: Path | None, sheet: Path | None) -> None:
    """Raise where options ask for two tasks, or for half of one."""
    if beside is not None and evaluate is None:
        raise WorkflowError(
            "--beside compares with a plan that is judged, and none is given",
            where="option --beside",
            fix=f"name the table to judge: --evaluate TABLE --beside {beside}",
        )
    if evaluate is not None and sheet is not None:
        raise WorkflowError(
            "a plan is to be judged and a run sheet to be read at once",
            where="options --evaluate and --import",
            fix="give one of the two",
        )
