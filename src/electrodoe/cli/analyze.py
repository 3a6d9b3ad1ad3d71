"""``electrodoe analyze``: a table, without a study file."""

import os
from pathlib import Path
from typing import Annotated

import typer

from electrodoe.cli.options import (
    EffortOption,
    EngineOption,
    ForceOption,
    JsonOption,
    SeedOption,
    WorkersOption,
)


def analyze(
    table: Annotated[Path, typer.Argument(help="CSV, XLSX or Parquet file.", metavar="TABLE")],
    *,
    inputs: Annotated[str, typer.Option(help="Columns to explain with: a,b,c")],
    responses: Annotated[str, typer.Option(help="Columns to predict: y,z")],
    group: Annotated[
        str | None,
        typer.Option(
            help="Column that names the configuration; without it: rows with equal inputs.",
            show_default=False,
        ),
    ] = None,
    row_id: Annotated[
        str | None,
        typer.Option(
            "--id", help="Column that names a row; without it: its line.", show_default=False
        ),
    ] = None,
    context: Annotated[
        str, typer.Option(help="Columns that may be mixed up with an input: date,machine")
    ] = "",
    decimal: Annotated[str, typer.Option(help="Decimal mark of a text table: . or ,")] = ".",
    separator: Annotated[
        str | None,
        typer.Option(
            help="Between the cells of a text table; found by itself without it.",
            show_default=False,
        ),
    ] = None,
    encoding: Annotated[str, typer.Option(help="Of a text table.")] = "utf-8",
    sheet: Annotated[
        str | None,
        typer.Option(help="Sheet of an Excel file; without it: the first.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the study and its results; without it: TABLE-study.",
            show_default=False,
        ),
    ] = None,
    effort: EffortOption = None,
    seed: SeedOption = None,
    workers: WorkersOption = None,
    engine: EngineOption = "local",
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Analyze a table with no study file.

    A study.toml that says the same is written beside the results, to go on with
    "electrodoe run".

    Example: electrodoe analyze runs.csv --inputs porosity,roll_temperature_c --responses
    adhesion_strength_kpa --group run
    """
    from electrodoe.cli.run import run_and_show
    from electrodoe.study import declare_study, write_study
    from electrodoe.workflow.engines import choose_engine
    from electrodoe.workflow.loading import load_dataset

    folder = out or table.with_name(f"{table.stem}-study")
    measurements = {
        "table": os.path.relpath(table, folder),
        "group": group,
        "id": row_id,
        "context": _names(context),
        "decimal": decimal,
        "separator": separator,
        "encoding": encoding,
        "sheet": sheet,
    }
    study = declare_study(
        {
            "title": f"Analysis of {table.name}",
            "measurements": {name: value for name, value in measurements.items() if value},
            "factors": {name: {} for name in _names(inputs)},
            "responses": {name: {} for name in _names(responses)},
        },
        source="command line",
    ).with_settings(effort=effort, seed=seed)
    chosen = choose_engine(engine, workers)
    found = load_dataset(study, folder).grouping
    if found.source == "column":
        study = study.grouped_by(str(found.column))
        typer.echo(
            f"Rows of one '{found.column}' have nearly the same inputs: they are taken as samples"
            " of one run (--group overrules it).",
            err=True,
        )
    write_study(study, folder)
    run_and_show(study, folder, chosen, is_forced=force, as_json=as_json)


def _names(text: str) -> tuple[str, ...]:
    """Return the column names in a comma-separated list."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
