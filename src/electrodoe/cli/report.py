"""``electrodoe report``: the report of a finished run as PDF."""

import json
from pathlib import Path
from typing import Annotated

import typer

from electrodoe.cli.options import JsonOption, StudyPath, folder_of


def report(
    study: StudyPath,
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            help="File to write; without it: STUDY/results/report.pdf.", show_default=False
        ),
    ] = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="Print the appendix too: every model, test and setting."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the report of a finished run as PDF; nothing is fitted.

    The words, tables and figures are those of report.html, which "electrodoe run" writes, without
    the appendix. Needs the extra pdf: pip install 'electrodoe[pdf]'
    """
    from electrodoe.study import read_study
    from electrodoe.workflow.finished import print_report

    declared = read_study(study)
    file = print_report(declared, folder_of(study), out, is_full=full)
    if as_json:
        typer.echo(json.dumps({"status": "ok", "report": str(file)}, indent=2))
    else:
        typer.echo(f"Report: {file}")
