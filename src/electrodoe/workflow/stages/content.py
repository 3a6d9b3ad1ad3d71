"""What the report is made of: the tables of the earlier stages, and what the instruments left."""

import io
from itertools import takewhile
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.explain import SURFACE_SCHEMA
from electrodoe.findings import Finding
from electrodoe.report import ReportContent
from electrodoe.report.content import InstrumentSummary
from electrodoe.report.sections.instruments import PICTURES
from electrodoe.report.sections.screening import active_sentence
from electrodoe.report.selection import of
from electrodoe.storage import digest, file_name
from electrodoe.study import Protocol, conditions
from electrodoe.verify import VERIFICATION_TABLES
from electrodoe.workflow.condensing.measurement import ACCEPTED, OUTLIERS, RUN, SAMPLE
from electrodoe.workflow.manifest import is_simulated_study, versions
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import CONDENSED, from_csv
from electrodoe.workflow.stages.recommendation import read_recommendation, window_map
from electrodoe.workflow.tables import TABLES, read_back

SURFACES_FILE: Final = "surfaces.csv"
_ELSEWHERE = {
    *("models_refused", "explanations_refused", "verification_refused", "recommendation_refused"),
    *("findings", "shapley_values"),
    *VERIFICATION_TABLES,
}
"""Tables that are no field of the content by their own name."""


def report_content(run: Run, *, with_surfaces: bool = True) -> ReportContent:
    """Return everything the report draws and says; the surfaces once they are there."""
    study, settings = run.study, run.study.settings
    tables = {name: read_back(run.folder, name) for name in TABLES}
    before = list(takewhile(lambda name: name != "report", run.seconds))
    surfaces = run.folder.read(SURFACES_FILE) if with_surfaces else None
    return ReportContent(
        study=study,
        dataset=run.dataset,
        findings=read_findings(run),
        dependences={name: run.dataset.dependence(name) for name in study.scenarios},
        shapley=tables["shapley_values"],
        **{name: table for name, table in tables.items() if name not in _ELSEWHERE},
        verification={name: tables[name] for name in VERIFICATION_TABLES},
        timings=pl.DataFrame(
            {"stage": before, "seconds": [run.seconds[name] for name in before]},
            schema={"stage": pl.String, "seconds": pl.Float64},
        ),
        provenance={
            "seed": str(settings.seed),
            "effort": str(settings.effort),
            "random splits": str(settings.plan.n_repeats),
            "configuration bootstraps": str(settings.plan.n_bootstraps),
            "samples": digest(run.folder.read("samples.csv")),
            **versions(),
        },
        surfaces=SURFACE_SCHEMA.frame([])
        if surfaces is None
        else from_csv(surfaces, SURFACE_SCHEMA),
        is_simulated=is_simulated_study(run.study, run.folder.path.parent),
        measured=_instrument_summaries(run),
        recommendation=read_recommendation(run),
        window_map=window_map(run),
    )


def read_findings(run: Run) -> tuple[Finding, ...]:
    """Return the findings that the stage before wrote."""
    return tuple(
        Finding.from_row(row) for row in read_back(run.folder, "findings").iter_rows(named=True)
    )


def read_screened(run: Run) -> tuple[str, ...]:
    """Return which effects of screening designs are active, a sentence per response."""
    effects = read_back(run.folder, "screening_effects")
    return tuple(
        active_sentence(run.study, row, of(effects, row["target"], row["scenario"]))
        for row in read_back(run.folder, "screening").iter_rows(named=True)
    )


def _instrument_summaries(run: Run) -> tuple[InstrumentSummary, ...]:
    """Return every measurement of a study; none where samples come from a table."""
    folder = run.folder.path / CONDENSED
    return tuple(
        _summary(run, folder, name, protocol) for name, protocol in run.study.protocols.items()
    )


def _summary(run: Run, folder: Path, name: str, protocol: Protocol) -> InstrumentSummary:
    """Return one measurement."""
    own = file_name(name)
    table_file = f"{CONDENSED}/{own}_samples.csv"
    table = pl.read_csv(
        io.BytesIO(run.folder.read(table_file)),
        columns=[RUN, SAMPLE, ACCEPTED, OUTLIERS],
        schema_overrides={
            RUN: pl.String,
            SAMPLE: pl.String,
            ACCEPTED: pl.Boolean,
            OUTLIERS: pl.String,
        },
    )
    flagged = table.filter(pl.col(OUTLIERS).fill_null("") != "")
    pictures = {
        key: (folder / f"{own}_{key}.svg").read_text(encoding="utf-8")
        for key in PICTURES
        if (folder / f"{own}_{key}.svg").is_file()
    }
    pages = [page.name for page in sorted(folder.glob(f"{own}_spectra.html"))]
    return InstrumentSummary(
        name=name,
        instrument=protocol.instrument,
        n_runs=table[RUN].drop_nulls().n_unique(),
        n_samples=table.height,
        n_rejected=int((~table[ACCEPTED]).sum()),
        flagged=tuple(
            (f"run {number}, sample {sample}", flag)
            for number, sample, flag in flagged.select(RUN, SAMPLE, OUTLIERS).iter_rows()
        ),
        files=(table_file, *(f"{CONDENSED}/{page}" for page in pages)),
        pictures=pictures,
        conditions=conditions(protocol),
    )
