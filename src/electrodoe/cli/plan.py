"""``electrodoe plan``: from declared factors to a run plan and its run sheet."""

from pathlib import Path
from typing import Annotated

import typer

from electrodoe.cli.options import JsonOption, SeedOption, StudyPath


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
            help="Judge the plan in this table (from JMP, Design-Expert, ...) instead.",
            metavar="TABLE",
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
    STUDY/results.
    """
    from electrodoe.cli import planning
    from electrodoe.study import read_study

    declared = planning.with_runs(read_study(study).with_settings(seed=seed), runs)
    folder = study if study.is_dir() else study.parent
    if evaluate is not None:
        planning.show_judged(declared, folder, evaluate, as_json=as_json)
    elif sheet is not None:
        planning.show_deviations(declared, folder, sheet, as_json=as_json)
    else:
        planning.show_plan(declared, folder, as_json=as_json)
