"""Sheets: tables of masses and thicknesses, one row per sheet, and what they tell of every run."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from electrodoe.design.run_sheet.derived_settings import (
    MissingDeclaration,
    declared,
    density_of,
    planned_material,
)
from electrodoe.errors import IngestError
from electrodoe.findings import Finding
from electrodoe.ingest import RawTable, declared_table, numbers, read_table, wanted_columns
from electrodoe.physics import porosity, thickness_for_porosity
from electrodoe.preprocess import Condensed
from electrodoe.preprocess.sheets import SheetMaterial, condense_sheets
from electrodoe.study import SheetsProtocol, Study
from electrodoe.study.protocols.raw_files import plain_name
from electrodoe.workflow.condensing.measurement import ACCEPTED, FILE, RUN, SAMPLE
from electrodoe.workflow.condensing.sources import matching_files

_MEANS: Final = (
    "coating_thickness_um",
    "uncalendered_coating_thickness_um",
    "porosity",
    "uncalendered_porosity",
    "active_mass_loading_mg_cm2",
    "coating_mass_loading_mg_cm2",
)
_UNCERTAIN: Final = {
    "coating_thickness_um": "coating_thickness_uncertainty_um",
    "porosity": "porosity_uncertainty",
}
"""Means that go into a tortuosity, and the columns of their standard uncertainties."""


_BEFORE: Final = "uncalendered_"
"""Beginning of a quantity of sheets that have not been in the calender."""


def condense_sheet_tables(
    study: Study, folder: Path, name: str, protocol: SheetsProtocol, settings: pl.DataFrame
) -> Condensed:
    """Return one row per sheet of a study, held against its run's planned settings.

    After the columns of sheets come those that the study calls a factor or a response, such as a
    roll gap.
    """
    material = _material(study)
    wanted = [column for column in wanted_columns(study) if column.is_number]
    frames: list[pl.DataFrame] = []
    findings: list[Finding] = []
    for path in matching_files(folder, protocol.files, name):
        table = declared_table(read_table(path, protocol.measurements), wanted)
        condensed = condense_sheets(table, protocol, material, planned=settings)
        if condensed.table[RUN].null_count():
            raise IngestError(
                "a sheet of no run",
                where=table.place(int(condensed.table[RUN].is_null().arg_max() or 0)),
                fix="name each sheet's run in a column 'run'",
            )
        file = path.relative_to(folder).as_posix()
        further = _further_columns(study, table, condensed.table.columns)
        frames.append(condensed.table.with_columns(*further, pl.lit(file).alias(FILE)))
        findings += [*table.findings, *condensed.findings]
    joined = pl.concat(frames, how="diagonal").rename({"sheet": SAMPLE})
    numbered = pl.int_range(1, pl.len() + 1).over(RUN).cast(pl.String)
    named = joined.with_columns(
        pl.col(RUN).map_elements(plain_name, return_dtype=pl.String),
        pl.col(SAMPLE).fill_null(numbered),
    )
    rest = [column for column in named.columns if column not in (RUN, SAMPLE)]
    return Condensed(
        table=named.select(RUN, SAMPLE, *rest).rename(protocol.columns, strict=False),
        findings=tuple(findings),
    )


def _further_columns(study: Study, table: RawTable, known: Sequence[str]) -> list[pl.Series]:
    """Return the columns of a table that are factors or responses and nothing else."""
    wanted = [
        name
        for name in study.factors | study.responses
        if name in table.frame.columns and name not in known
    ]
    return [pl.Series(name, numbers(table, name)).fill_nan(None) for name in wanted]


def _material(study: Study) -> SheetMaterial:
    """Return what a study says of its electrode's solids and foil; what it does not say is None."""
    material = planned_material(study)
    density, fraction = (
        density_of(study, material),
        declared(study, material, "active_mass_fraction"),
    )
    return SheetMaterial(
        theoretical_density_g_cm3=None if isinstance(density, MissingDeclaration) else density,
        active_mass_fraction=None if isinstance(fraction, MissingDeclaration) else fraction,
        foil_thickness_um=None if study.line is None else study.line.foil_thickness_um,
    )


def known_of_runs(sheets: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the means of every run's accepted sheets, with their standard uncertainties.

    The uncertainty is the standard deviation between sheets over the square root of their number,
    missing for a single sheet. Of a quantity in several tables, the first counts.

    Examples
    --------
    >>> table = pl.DataFrame({"run": ["1", "1"], "porosity": [0.3, 0.32], "accepted": [True] * 2})
    >>> known_of_runs([table]).to_dicts()[0]["porosity"]
    0.31
    """
    known = pl.DataFrame(schema={RUN: pl.String})
    for table in sheets:
        names = [name for name in _MEANS if name in table.columns and name not in known.columns]
        spread = {name: column for name, column in _UNCERTAIN.items() if name in names}
        own = (
            table.filter(ACCEPTED)
            .group_by(RUN, maintain_order=True)
            .agg(
                *(pl.col(name).mean() for name in names),
                *(
                    (pl.col(name).std() / pl.col(name).count().sqrt()).alias(column)
                    for name, column in spread.items()
                ),
            )
        )
        known = known.join(own, on=RUN, how="full", coalesce=True, maintain_order="left_right")
    return known


def renamed_after(study: Study, after: str | None, sheets: pl.DataFrame) -> pl.DataFrame:
    """Return sheets with the names that their values have among those of their runs.

    Thickness and porosity of sheets that were taken before the calender are uncalendered ones; of
    the others eq. (1) gives the uncalendered porosity, where their thickness was measured before.
    """
    if study.process.holds("porosity", after):
        before = _uncalendered_porosity(sheets, _material(study).theoretical_density_g_cm3)
        return sheets.with_columns(before.alias(f"{_BEFORE}porosity"))
    own = {name: f"{_BEFORE}{name}" for name in _UNCERTAIN if name in sheets.columns}
    return sheets.drop(*own.values(), strict=False).rename(own)


def _uncalendered_porosity(sheets: pl.DataFrame, density_g_cm3: float | None) -> pl.Series:
    """Return eq. (1) of the thickness before the calender, where all of it is known."""
    needed = ("coating_mass_loading_mg_cm2", f"{_BEFORE}coating_thickness_um")
    result = np.full(sheets.height, np.nan)
    if density_g_cm3 is None or any(name not in sheets.columns for name in needed):
        return pl.Series(result).fill_nan(None)
    loading, thickness = (sheets[name].fill_null(np.nan).to_numpy() for name in needed)
    is_sound = (loading > 0.0) & np.isfinite(thickness)
    solid = np.full(sheets.height, np.inf)
    no_pores = np.zeros(int(is_sound.sum()))
    solid[is_sound] = thickness_for_porosity(loading[is_sound], no_pores, density_g_cm3)
    is_sound &= thickness >= solid
    if is_sound.any():
        result[is_sound] = porosity(loading[is_sound], thickness[is_sound], density_g_cm3)
    return pl.Series(result).fill_nan(None)


def known_after(study: Study, after: str | None, known: pl.DataFrame) -> pl.DataFrame:
    """Return what is known of every run for samples that were taken after a process step.

    Before the calender a sample has the uncalendered thickness and porosity of its run, or none.

    Examples
    --------
    >>> study = Study(title="a", factors={"gap_um": {}})
    >>> known = pl.DataFrame({"run": ["1"], "porosity": [0.3], "uncalendered_porosity": [0.5]})
    >>> known_after(study, "drying", known).to_dicts(), known_after(study, None, known).to_dicts()
    ([{'run': '1', 'porosity': 0.5}], [{'run': '1', 'porosity': 0.3}])
    """
    if study.process.holds("porosity", after):
        return known.drop(f"{_BEFORE}porosity", strict=False)
    later = known.drop(*_UNCERTAIN, *_UNCERTAIN.values(), strict=False)
    return later.rename({f"{_BEFORE}{name}": name for name in _UNCERTAIN}, strict=False)
