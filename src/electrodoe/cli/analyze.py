"""``electrodoe analyze``: a table, without a study file."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

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
    inputs: Annotated[
        str, typer.Option(help='Columns to explain with: a,b,c; a name with a comma: a,"b, dry"')
    ],
    responses: Annotated[str, typer.Option(help="Columns to predict: y,z")],
    goal: Annotated[
        list[str] | None,
        typer.Option(
            help='What is wanted of a response: "y max >= 300", "z target 1.9 <= 2"; may be given'
            " again, and ends with the recommendation.",
            show_default=False,
        ),
    ] = None,
    transform: Annotated[
        list[str] | None,
        typer.Option(
            help='Scale to model a response on: "y log", or sqrt, logit, box-cox; may be given'
            " again.",
            show_default=False,
        ),
    ] = None,
    binary: Annotated[
        list[str] | None,
        typer.Option(
            help='Response of two outcomes, whose probability is modeled: passed, or "seal tight"'
            " with the outcome that counts as 1; may be given again.",
            show_default=False,
        ),
    ] = None,
    count: Annotated[
        list[str] | None,
        typer.Option(
            help="Response that counts something, such as pinholes; may be given again.",
            show_default=False,
        ),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            help="Column that names the run; without it: one that does, or rows with equal inputs.",
            show_default=False,
        ),
    ] = None,
    rows: Annotated[
        str | None,
        typer.Option(
            help="What rows of one setting are: runs, made anew, or samples of one run.",
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
    block: Annotated[
        str | None,
        typer.Option(
            help="Column of coils or days whose effect is fitted beside the inputs.",
            show_default=False,
        ),
    ] = None,
    whole_plot: Annotated[
        str | None,
        typer.Option(
            help="Column of the runs between two resets of a hard-to-change factor.",
            show_default=False,
        ),
    ] = None,
    decimal: Annotated[
        str | None,
        typer.Option(
            help="Decimal mark of a text table, . or ,; found by itself without it.",
            show_default=False,
        ),
    ] = None,
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
        typer.Option(
            help="Sheet of an Excel file; without it: the first that holds a table.",
            show_default=False,
        ),
    ] = None,
    header_row: Annotated[
        int | None,
        typer.Option(help="Line of the names; found by itself without it.", show_default=False),
    ] = None,
    units_row: Annotated[
        int | None,
        typer.Option(help="Line of the units; found by itself without it.", show_default=False),
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
    adhesion_strength_kpa --group run --goal "adhesion_strength_kpa max >= 300"
    """
    from electrodoe.cli.run import run_and_show
    from electrodoe.study import declare_study, write_study
    from electrodoe.tables import split_names
    from electrodoe.workflow.engines import choose_engine
    from electrodoe.workflow.loading import load_dataset, text_levels

    folder = out or table.with_name(f"{table.stem}-study")
    written = {
        "table": os.path.relpath(table, folder),
        "decimal": decimal,
        "separator": separator,
        "encoding": encoding,
        "sheet": sheet,
        "header_row": header_row,
        "units_row": units_row,
    }
    known = _header(table, written) if "," in f"{inputs}{responses}{context}" else ()
    measurements = {
        **written,
        "group": group,
        "rows": rows,
        "id": row_id,
        "context": split_names(context, known),
        "block": block,
        "whole_plot": whole_plot,
    }
    declared: dict[str, Any] = {
        "title": f"Analysis of {table.name}",
        "measurements": {name: value for name, value in measurements.items() if value},
        "factors": {name: {} for name in split_names(inputs, known)},
        "responses": _responses(
            split_names(responses, known),
            goals=goal or (),
            scales=transform or (),
            outcomes=binary or (),
            counts=count or (),
        ),
    }
    study = declare_study(declared, source="command line")
    for name, levels in text_levels(study, folder).items():
        declared["factors"][name] = {"levels": levels}
        typer.echo(
            f"'{name}' holds names: it is a category with the levels {', '.join(levels)}.", err=True
        )
    study = declare_study(declared, source="command line").with_settings(effort=effort, seed=seed)
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


def _responses(
    names: Sequence[str],
    *,
    goals: Sequence[str],
    scales: Sequence[str],
    outcomes: Sequence[str],
    counts: Sequence[str],
) -> dict[str, dict[str, object]]:
    """Return the responses with what is wanted of them, their scales, and what they are."""
    from electrodoe.study import goal_from_words

    wanted = dict(goal_from_words(words, names) for words in goals)
    modeled = dict(_scale_from_words(words, names) for words in scales)
    of_two = dict(_outcomes_from_words(words, names) for words in outcomes)
    counted = dict(_counts_from_words(words, names) for words in counts)
    said = (wanted, modeled, of_two, counted)
    return {
        name: {key: value for each in said for key, value in each.get(name, {}).items()}
        for name in names
    }


def _outcomes_from_words(text: str, names: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Return a response of two outcomes, and the one that counts as 1 where it is named."""
    if text.strip() in names:
        return text.strip(), {"kind": "binary"}
    name, _, event = (part.strip() for part in text.strip().rpartition(" "))
    _require_response(name or event, names, f'--binary "{text}"', "NAME EVENT")
    return name, {"kind": "binary", "event": event}


def _counts_from_words(text: str, names: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Return a response of counts."""
    _require_response(text.strip(), names, f'--count "{text}"', "NAME")
    return text.strip(), {"kind": "count"}


def _require_response(name: str, names: Sequence[str], option: str, meant: str) -> None:
    """Raise where an option names no response."""
    from electrodoe.errors import StudyError
    from electrodoe.study import or_nearest

    if name not in names:
        raise StudyError(
            f"no response '{name}'",
            where=f"option {option}",
            fix=f'{or_nearest(name, names)}; "{meant}" is meant',
        )


def _scale_from_words(text: str, names: Sequence[str]) -> tuple[str, dict[str, object]]:
    """Return a response and what an option like "y log" declares of it; names may hold blanks."""
    name, _, scale = (part.strip() for part in text.strip().rpartition(" "))
    _require_response(name, names, f'--transform "{text}"', "NAME log")
    return name, {"transform": scale}


def _header(table: Path, written: Mapping[str, object]) -> tuple[str, ...]:
    """Return the headings of a table, with and without units; none where they cannot be read."""
    from pydantic import ValidationError

    from electrodoe.errors import ElectrodeError
    from electrodoe.ingest import read_table
    from electrodoe.study import Measurements

    given = {name: value for name, value in written.items() if value}
    try:
        headings = read_table(table, Measurements.model_validate(given)).headings.values()
    except (ElectrodeError, ValidationError):  # the study says the same, with its place
        return ()
    return tuple(text for heading in headings for text in (heading.written, heading.words))
