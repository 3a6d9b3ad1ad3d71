"""``electrodoe new``: a study to fill in."""

import json
from pathlib import Path
from typing import Annotated

import typer

from electrodoe.cli.options import JsonOption


def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make.", metavar="DIR")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Make a commented study and an empty table to fill in."""
    from electrodoe.study import write_scaffold

    files = write_scaffold(folder)
    if as_json:
        typer.echo(json.dumps({"status": "done", "files": [str(file) for file in files]}))
        return
    for file in files:
        typer.echo(f"wrote {file}")
    typer.echo(f"\nFill in the table, then:  electrodoe check {folder}")
