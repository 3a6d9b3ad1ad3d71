"""Condensing: from the files of a study's instruments to its table of samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from electrodoe.errors import WorkflowError
from electrodoe.findings import Finding, findings_frame, sort_findings, summarized
from electrodoe.ingest import RawTable, said_of_all
from electrodoe.storage import file_name
from electrodoe.study import SetAside, Study
from electrodoe.workflow.condensing.measurement import RUN, SAMPLE, Measurement
from electrodoe.workflow.condensing.measurement_table import flag_measurements, measurement_table
from electrodoe.workflow.condensing.protocols import condense_protocols
from electrodoe.workflow.condensing.runs import run_settings
from electrodoe.workflow.manifest import is_simulated
from electrodoe.workflow.run_folder import CONDENSED, RESULTS, Products, RunFolder, to_csv

MEASUREMENTS: Final = "measurements.csv"


@dataclass(frozen=True, kw_only=True, eq=False)
class Condensation:
    """What a study's instruments say.

    Attributes
    ----------
    study : Study
        The declaration, with the condensed table in the place of its protocols and with what is
        not accepted set aside.
    table : RawTable
        All samples, as they stand in ``results/measurements.csv``.
    tables : dict of str to polars.DataFrame
        One row per sample of each measurement, by its protocol's name.
    findings : tuple of Finding
        Gravest first; what repeats is reported once. ``condensed/findings.csv`` has them one by
        one.
    products : mapping of str to bytes
        What is written into the results folder.
    keys : frozenset of str
        Of the measurements that are kept there.
    """

    study: Study
    table: RawTable
    tables: dict[str, pl.DataFrame]
    findings: tuple[Finding, ...]
    products: Products
    keys: frozenset[str]


def condense(study: Study, folder: Path, *, is_forced: bool = False) -> Condensation:
    """Condense the files of a study's instruments; finished measurements are kept."""
    if not study.protocols:
        raise WorkflowError(
            "no measurement is declared",
            where="study.toml",
            fix="add [protocols.NAME] with instrument = ... and files = [...]",
        )
    settings, of_runs = run_settings(study, folder)
    kept = RunFolder(path=folder / RESULTS)
    measured, keys = condense_protocols(study, folder, settings, kept, is_forced=is_forced)
    flagged = flag_measurements(study, measured)
    joined = measurement_table(study, flagged.tables, settings)
    findings = [*of_runs]
    findings += [finding for one in measured.values() for finding in one.condensed.findings]
    findings = _but_own_mark([*findings, *flagged.findings, *joined.findings], folder)
    return Condensation(
        study=_modeled(study, (*joined.set_aside, *flagged.set_aside)),
        table=RawTable.as_written(folder / RESULTS / MEASUREMENTS, joined.frame),
        tables=flagged.tables,
        findings=summarized(findings),
        products={
            MEASUREMENTS: to_csv(joined.frame),
            f"{CONDENSED}/runs.csv": to_csv(joined.runs),
            f"{CONDENSED}/findings.csv": to_csv(findings_frame(sort_findings(findings))),
            **_tables(flagged.tables),
            **_pictures(measured),
        },
        keys=keys,
    )


def _but_own_mark(findings: Sequence[Finding], folder: Path) -> list[Finding]:
    """Return findings without the mark of simulated files, which every page says already."""
    from electrodoe.virtual_line import NOTE, SIMULATED

    own = said_of_all(NOTE, SIMULATED) if is_simulated(folder) else None
    return [one for one in findings if not (one.code == "D254" and one.what == own)]


def condense_study(study: Study, folder: Path, *, is_forced: bool = False) -> Condensation:
    """Condense a study's instruments and write the tables into its results."""
    condensation = condense(study, folder, is_forced=is_forced)
    results = RunFolder(path=folder / RESULTS)
    results.write(condensation.products)
    results.forget_products(CONDENSED, but=condensation.products)
    return condensation


def _modeled(study: Study, set_aside: tuple[SetAside, ...]) -> Study:
    """Return a study whose samples stand in the condensed table."""
    table = study.measurements.model_copy(
        update={
            "table": f"{RESULTS}/{MEASUREMENTS}",
            "group": RUN,
            "id": SAMPLE,
            "decimal": ".",
            "separator": None,
            "encoding": "utf-8",
            "sheet": None,
            "header_row": None,
            "units_row": None,
        }
    )
    return study.model_copy(
        update={"measurements": table, "set_aside": (*study.set_aside, *set_aside)}
    )


def _tables(tables: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """Return one CSV per measurement."""
    return {
        f"{CONDENSED}/{file_name(name)}_samples.csv": to_csv(table)
        for name, table in tables.items()
    }


def _pictures(measured: Mapping[str, Measurement]) -> dict[str, bytes]:
    """Return the galleries and figures of every measurement."""
    return {
        f"{CONDENSED}/{name}": content
        for one in measured.values()
        for name, content in one.pictures.items()
    }
