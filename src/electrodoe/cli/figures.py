"""``electrodoe figures``: the figures of a finished run, as a journal wants them."""

import json
from contextlib import nullcontext
from typing import Annotated, Literal

import typer

from electrodoe.cli.options import JsonOption, StudyPath, WorkersOption, folder_of

NARROWEST_MM, WIDEST_MM = 80.0, 200.0
"""The columns of most journals are 82 to 90 mm wide, their pages at most 183 mm."""


def figures(
    study: StudyPath,
    *,
    file_format: Annotated[
        Literal["pdf", "svg", "png"],
        typer.Option("--format", help="Of every file; png has 600 pixels per inch."),
    ] = "pdf",
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="Name or kind of a figure, such as parity; may be given again. Without it: all.",
            show_default=False,
        ),
    ] = None,
    width_mm: Annotated[
        float | None,
        typer.Option(
            "--width",
            min=NARROWEST_MM,
            max=WIDEST_MM,
            help="Of every figure in mm, such as 85 for one column of a journal; on a narrow one"
            " fewer panels stand in a row. Without it: 85 or 174.",
            show_default=False,
        ),
    ] = None,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the figures of a finished run at publication size; nothing is fitted.

    They are 85 mm wide if they have one panel and 174 mm if they have more, or as wide as
    --width says, with letters of 7 to 8 points. They go to STUDY/results/publication.

    Example: electrodoe figures my-study --format png --only parity --width 85
    """
    from electrodoe.cli.progress import TerminalObserver
    from electrodoe.study import read_study
    from electrodoe.workflow.engines import choose_engine
    from electrodoe.workflow.publication import publish_figures
    from electrodoe.workflow.run import Silence

    declared = read_study(study)
    with nullcontext(Silence()) if as_json else TerminalObserver() as observer:
        files = publish_figures(
            declared,
            folder_of(study),
            choose_engine("local", workers),
            file_format=file_format,
            only=tuple(only or ()),
            width_mm=width_mm,
            observer=observer,
        )
    if as_json:
        typer.echo(json.dumps({"status": "ok", "files": [str(file) for file in files]}, indent=2))
    else:
        typer.echo(f"{len(files)} figures in {files[0].parent}")
