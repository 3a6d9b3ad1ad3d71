"""``electrodoe recommend``: which settings, how sure, how far to drift, what to run next."""

from pathlib import Path
from typing import Annotated

import typer

from electrodoe.cli.options import JsonOption, StudyPath


def recommend(
    study: StudyPath,
    *,
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="A wanted value, RESPONSE=VALUE, to be answered with settings; may be repeated.",
            metavar="RESPONSE=VALUE",
            show_default=False,
        ),
    ] = None,
    confirm: Annotated[
        Path | None,
        typer.Option(
            help="Table of confirmation runs that came back, one column per response: the verdict.",
            metavar="TABLE",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Recommend settings, an operating window and the next runs, from a finished run.

    A run whose study has goals ends with the same; asked alone, changed goals are answered without
    running anything else again.

    What is wanted stands in study.toml with the responses: goal = "maximize", "minimize", "target"
    or "range", with least = ..., greatest = ..., target = .... Recommendation, page and run sheets
    are written to STUDY/results.
    """
    from electrodoe.cli import recommending
    from electrodoe.study import read_study

    declared = read_study(study)
    folder = study if study.is_dir() else study.parent
    if confirm is not None:
        recommending.show_verdicts(declared, folder, confirm, as_json=as_json)
    else:
        targets = recommending.read_targets(target or [])
        recommending.show_recommendation(declared, folder, targets, as_json=as_json)
