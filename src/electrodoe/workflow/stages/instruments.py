"""What a study's instruments left in the results folder, for the report."""

import io
from pathlib import Path

import polars as pl

from electrodoe.report.content import InstrumentSummary
from electrodoe.report.sections.instruments import PICTURES
from electrodoe.storage import file_name
from electrodoe.workflow.run import Run

_CONDENSED = "condensed"


def instrument_summaries(run: Run) -> tuple[InstrumentSummary, ...]:
    """Return every measurement of a study; none where samples come from a table."""
    folder = run.folder.path / _CONDENSED
    return tuple(
        _summary(run, folder, name, protocol.instrument)
        for name, protocol in run.study.protocols.items()
    )


def _summary(run: Run, folder: Path, name: str, instrument: str) -> InstrumentSummary:
    """Return one measurement."""
    own = file_name(name)
    table_file = f"{_CONDENSED}/{own}_samples.csv"
    table = pl.read_csv(
        io.BytesIO(run.folder.read(table_file)),
        columns=["run", "accepted", "outliers"],
        schema_overrides={"run": pl.String, "accepted": pl.Boolean, "outliers": pl.String},
    )
    pictures = {
        key: (folder / f"{own}_{key}.svg").read_text(encoding="utf-8")
        for key in PICTURES
        if (folder / f"{own}_{key}.svg").is_file()
    }
    pages = [page.name for page in sorted(folder.glob(f"{own}_spectra.html"))]
    return InstrumentSummary(
        name=name,
        instrument=instrument,
        n_runs=table["run"].drop_nulls().n_unique(),
        n_samples=table.height,
        n_rejected=int((~table["accepted"]).sum()),
        n_outliers=int((table["outliers"].fill_null("") != "").sum()),
        files=(table_file, *(f"{_CONDENSED}/{page}" for page in pages)),
        pictures=pictures,
    )
