"""Sheets on the balance and under the micrometer, before and after the calender."""

import polars as pl

from electrodoe.study import SheetsProtocol
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.raw_files import hand_table, only_file
from electrodoe.virtual_line.sheets import SHEET_CM2
from electrodoe.virtual_line.streams import stream

_PLACES = 3
"""Readings of the micrometer on every sheet."""
_MM_PER_UM = 1e-3
"""Millimeters in a micrometer."""


def measure_sheets(made: Production, name: str, protocol: SheetsProtocol) -> Measured:
    """Return the one table of all sheets."""
    table = _readings(made)
    faults: tuple[str, ...] = ()
    if "wrong_unit" in made.study.simulation.faults:
        row = int(stream(made.seed, name, "faults").integers(table.height))
        table = _in_mm(table, row)
        faults = (f"{name}: thickness in mm, run {table['run'][row]}, sheet {table['sheet'][row]}",)
    file = only_file(name, protocol, "sheets")
    truth = made.sheets.with_columns(pl.lit(file).alias("file"))
    return Measured(files={file: hand_table(table, file)}, truth=truth, faults=faults)


def _readings(made: Production) -> pl.DataFrame:
    """Return what people wrote down of every sheet."""
    sheets, foil_um = made.sheets, made.recipe.foil_um
    rng = stream(made.seed, "sheets")
    noise = made.levels.micrometer_um * rng.standard_normal((_PLACES + 1, sheets.height))
    foil_mg = SHEET_CM2 * made.recipe.foil_mg_cm2
    weighed = made.levels.balance_mg * rng.standard_normal(sheets.height)
    on_foil = sheets["coating_mass_loading_mg_cm2"] + sheets["foil_deviation_mg_cm2"]
    coating_mg = on_foil * SHEET_CM2
    thickness = sheets["coating_thickness_um"] + foil_um
    return sheets.select(
        pl.format("{}-{}", "run", "sheet").alias("sheet"),
        "run",
        (1e-3 * (coating_mg + foil_mg + pl.Series(weighed))).round(4).alias("sheet_mass_g"),
        pl.lit(round(1e-3 * foil_mg, 4)).alias("foil_mass_g"),
        pl.lit(round(SHEET_CM2, 2)).alias("area_cm2"),
        (sheets["uncalendered_coating_thickness_um"] + foil_um + pl.Series(noise[-1]))
        .round(1)
        .alias("uncalendered_electrode_thickness_um"),
        *(
            (thickness + pl.Series(noise[place])).round(1).alias(f"thickness_{place + 1}_um")
            for place in range(_PLACES)
        ),
        pl.col("roll_gap_um").round(1),
        pl.col("line_load_n_mm").round(1),
    )


def _in_mm(table: pl.DataFrame, row: int) -> pl.DataFrame:
    """Return a table of which one row's thickness is written in mm."""
    is_row = pl.int_range(pl.len()) == row
    columns = [f"thickness_{place + 1}_um" for place in range(_PLACES)]
    return table.with_columns(
        pl.when(is_row).then((pl.col(c) * _MM_PER_UM).round(4)).otherwise(pl.col(c)).alias(c)
        for c in columns
    )
