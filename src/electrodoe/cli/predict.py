"""``electrodoe predict``: what a study's models expect at new settings, row by row of a table."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from electrodoe.cli.options import JsonOption, StudyPath, WorkersOption, folder_of

if TYPE_CHECKING:
    import polars as pl


def predict(
    study: StudyPath,
    table: Annotated[
        Path,
        typer.Argument(
            help="New settings: a row each, a column for each input, in any order.", metavar="TABLE"
        ),
    ],
    *,
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="Response to predict; may be repeated. Without it: all of the scenario.",
            metavar="RESPONSE",
            show_default=False,
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            help="Whose inputs the table holds; without it: the recommendation's.",
            show_default=False,
        ),
    ] = None,
    family: Annotated[
        str | None,
        typer.Option(
            help="Model family; without it: the best on left-out configurations.",
            show_default=False,
        ),
    ] = None,
    level: Annotated[
        float,
        typer.Option(help="Fraction of new runs' measurements that an interval is to hold."),
    ] = 0.9,
    output: Annotated[
        Path | None,
        typer.Option(
            help="CSV to write, whole or not at all; without it: to the screen.",
            metavar="FILE.csv",
            show_default=False,
        ),
    ] = None,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
) -> None:
    """Predict new settings with the models of a finished run.

    Every row of TABLE comes back with all its columns, followed by target, scenario, family,
    predicted, lower, upper: one measurement of a new run lies between the last two in a fraction
    --level of cases. Then whether the row lies in the design region (empty where none is declared),
    in the measured range of every input, and near measured settings. Columns are found by name;
    one in another unit, a missing input or an impossible value is refused with its lines. Where
    there is no finished run, the default family is fitted now.

    Example: electrodoe predict my-study new.csv --target adhesion_strength_kpa --output out.csv
    """
    from electrodoe.study import read_study

    declared = read_study(study)
    from electrodoe.workflow.engines import choose_engine
    from electrodoe.workflow.predict import PredictionRequest, predict_table

    found = predict_table(
        declared,
        folder_of(study),
        table,
        choose_engine("local", workers),
        PredictionRequest(
            targets=tuple(target or ()), scenario=scenario, family=family, level=level
        ),
    )
    _show(found.frame, found.notes, output, as_json=as_json)


def _show(
    frame: "pl.DataFrame", notes: tuple[str, ...], output: Path | None, *, as_json: bool
) -> None:
    """Write or print the table; what is remarked goes beside it."""
    from electrodoe.cli.printing import print_json
    from electrodoe.storage import write_atomically
    from electrodoe.workflow.run_folder import to_csv

    content = to_csv(frame)
    if output is not None:
        write_atomically(output, content)
    if as_json:
        written = {} if output is None else {"output": str(output)}
        print_json({"status": "done", **written, "notes": notes, "predictions": frame.to_dicts()})
        return
    for note in notes:
        typer.echo(note, err=True)
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        typer.echo(f"Predictions: {output}")
