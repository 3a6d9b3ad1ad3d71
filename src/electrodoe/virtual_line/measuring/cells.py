"""Formation and rate test of full cells."""

import polars as pl

from electrodoe.study import RateCapabilityProtocol
from electrodoe.virtual_line.cells import ALL_RATES, capacities_of, rate_name
from electrodoe.virtual_line.dfn_cells import by_dfn
from electrodoe.virtual_line.files.basytec import basytec_text
from electrodoe.virtual_line.files.comma_table import hand_table
from electrodoe.virtual_line.instruments.cycler import record
from electrodoe.virtual_line.instruments.programme import programme
from electrodoe.virtual_line.places import specimen_file
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.specimens import punch
from electrodoe.virtual_line.streams import stream


def measure_cells(made: Production, name: str, protocol: RateCapabilityProtocol) -> Measured:
    """Return one cycler's record per full cell, and the list of cells with their active masses."""
    specimens = punch(name, made.coil, made.sheets, made.effects, made.study.simulation)
    truth = capacities_of(specimens, made.coil, made.recipe, made.levels, made.seed)
    if made.study.simulation.rate_model == "dfn":
        truth = by_dfn(truth, made.recipe)
    files, paths = {}, []
    for number, cell in enumerate(truth.iter_rows(named=True)):
        run, sample = cell["run"], cell["sample"]
        capacity = {
            rate: cell[f"specimen_discharge_capacity_{rate_name(rate)}_mah"] for rate in ALL_RATES
        }
        rng = stream(made.seed, name, run, sample)
        rows = record(programme(capacity), cell["nominal_capacity_mah"], made.levels, rng)
        path = specimen_file(name, protocol, run, str(sample))
        files[path] = basytec_text(rows, f"run {run}, cell {sample}", number)
        paths.append(path)
    truth = truth.with_columns(pl.Series("file", paths))
    if protocol.index is not None:
        listed = truth.select("file", "run", "sample", pl.col("active_mass_mg").round(3))
        files[protocol.index] = hand_table(listed, protocol.index)
    return Measured(files=files, truth=truth)
