"""``electrodoe condense``: from the files of a study's instruments to its table of samples."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from electrodoe.cli.options import INTERRUPTED, ForceOption, JsonOption, StudyPath, folder_of

if TYPE_CHECKING:
    from electrodoe.workflow.condense import Condensation


def condense(study: StudyPath, *, force: ForceOption = False, as_json: JsonOption = False) -> None:
    """Condense what the instruments wrote into one table of samples per measurement.

    study.toml says under [protocols.NAME] which files an instrument left and how it measured. Every
    sample keeps its file and lines, and what is doubtful is flagged, never dropped. Tables and
    galleries are written to STUDY/results/condensed, all samples together to
    STUDY/results/measurements.csv. 'electrodoe run' does this by itself.
    """
    from electrodoe.cli.printing import print_findings, print_json
    from electrodoe.findings import has_errors
    from electrodoe.study import read_study
    from electrodoe.workflow.condense import condense_study

    folder = folder_of(study)
    try:
        condensed = condense_study(read_study(study), folder, is_forced=force)
    except KeyboardInterrupt:
        typer.echo(
            "interrupted; finished measurements are kept, the same command goes on", err=True
        )
        raise typer.Exit(INTERRUPTED) from None
    if as_json:
        print_json(_content(condensed, folder))
    else:
        print_findings(condensed.findings)
        _print_tables(condensed, folder)
    raise typer.Exit(1 if has_errors(condensed.findings) else 0)


def _print_tables(condensed: "Condensation", folder: Path) -> None:
    """Print how many samples each measurement has, and where they are."""
    from rich.table import Table

    from electrodoe.cli.printing import lines
    from electrodoe.workflow.run_folder import CONDENSED, RESULTS

    shown = Table("Measurement", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for head in ("Runs", "Samples", "Not accepted", "Outliers"):
        shown.add_column(head, justify="right")
    for row in _counts(condensed):
        shown.add_row(*(str(cell) for cell in row.values()))
    console = lines()
    console.print(shown)
    console.print(f"\nSamples: {condensed.table.path}\nTables:  {folder / RESULTS / CONDENSED}")


def _counts(condensed: "Condensation") -> list[dict[str, str | int]]:
    """Return what there is of each measurement."""
    return [
        {
            "measurement": name,
            "runs": table["run"].drop_nulls().n_unique(),
            "samples": table.height,
            "not_accepted": int((~table["accepted"]).sum()),
            "outliers": int((table["outliers"] != "").sum()),
        }
        for name, table in condensed.tables.items()
    ]


def _content(condensed: "Condensation", folder: Path) -> dict[str, object]:
    """Return the outcome for machines."""
    from electrodoe.cli.printing import finding_rows, status_of
    from electrodoe.workflow.run_folder import RESULTS

    return {
        "status": status_of(condensed.findings),
        "results": str(folder / RESULTS),
        "measurements": _counts(condensed),
        "findings": finding_rows(condensed.findings),
    }
