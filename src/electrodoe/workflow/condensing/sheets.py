"""Sheets: tables of masses and thicknesses, one row per sheet."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from electrodoe.design.run_sheet.derived_settings import Gap, declared, density_of, planned_material
from electrodoe.errors import IngestError
from electrodoe.findings import Finding
from electrodoe.ingest import RawTable, numbers, read_table
from electrodoe.preprocess import Condensed
from electrodoe.preprocess.sheets import SheetMaterial, condense_sheets
from electrodoe.study import SheetsProtocol, Study
from electrodoe.study.protocols.raw_files import plain_name
from electrodoe.workflow.condensing.sources import matching_files


def condense_sheet_tables(
    study: Study, folder: Path, name: str, protocol: SheetsProtocol, settings: pl.DataFrame
) -> Condensed:
    """Return one row per sheet of a study.

    Parameters
    ----------
    study : Study
        Its cell names the material of the studied electrode; a single material is it by itself.
    folder : Path
        The study's folder.
    name : str
        The protocol's.
    protocol : SheetsProtocol
        The declaration.
    settings : polars.DataFrame
        ``run`` and the planned mass loading, to hold the sheets against.

    Returns
    -------
    Condensed
        ``run, sample``, then the columns of sheets under their new names, and those columns of the
        table that the study calls a factor or a response, such as a roll gap.

    Raises
    ------
    IngestError
        If a table cannot be read or does not name its runs.
    """
    material = sheet_material(study)
    frames: list[pl.DataFrame] = []
    findings: list[Finding] = []
    for path in matching_files(folder, protocol.files, name):
        table = read_table(path, protocol.measurements)
        condensed = condense_sheets(table, protocol, material, planned=settings)
        if condensed.table["run"].null_count():
            raise IngestError(
                "a sheet of no run",
                where=table.place(int(condensed.table["run"].is_null().arg_max() or 0)),
                fix="name each sheet's run in a column 'run'",
            )
        file = path.relative_to(folder).as_posix()
        further = _further_columns(study, table, condensed.table.columns, protocol)
        frames.append(condensed.table.with_columns(*further, file=pl.lit(file)))
        findings += condensed.findings
    joined = pl.concat(frames, how="diagonal").rename({"sheet": "sample"})
    numbered = pl.int_range(1, pl.len() + 1).over("run").cast(pl.String)
    named = joined.with_columns(
        pl.col("run").map_elements(plain_name, return_dtype=pl.String),
        pl.col("sample").fill_null(numbered),
    )
    rest = [column for column in named.columns if column not in ("run", "sample")]
    return Condensed(
        table=named.select("run", "sample", *rest).rename(protocol.columns, strict=False),
        findings=tuple(findings),
    )


def _further_columns(
    study: Study, table: RawTable, known: Sequence[str], protocol: SheetsProtocol
) -> list[pl.Series]:
    """Return the columns of a table that are factors or responses and nothing else."""
    wanted = [
        name
        for name in (*study.factors, *study.responses)
        if name in table.frame.columns and name not in known
    ]
    return [
        pl.Series(name, numbers(table, name, protocol.decimal)).fill_nan(None) for name in wanted
    ]


def sheet_material(study: Study) -> SheetMaterial:
    """Return what a study says of its electrode's solids and foil; what it does not say is None."""
    material = planned_material(study)
    density, share = density_of(study, material), declared(study, material, "active_mass_fraction")
    return SheetMaterial(
        theoretical_density_g_cm3=None if isinstance(density, Gap) else density,
        active_mass_fraction=None if isinstance(share, Gap) else share,
        foil_thickness_um=None if study.line is None else study.line.foil_thickness_um,
    )
