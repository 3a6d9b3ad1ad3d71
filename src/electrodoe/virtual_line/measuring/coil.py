"""The coater's log, and what the operator noted beside it."""

import polars as pl

from electrodoe.study import CoilProtocol
from electrodoe.virtual_line.coil.sensors import log_columns
from electrodoe.virtual_line.coil.speed import ride
from electrodoe.virtual_line.coil.tables import run_spans, thickness_samples
from electrodoe.virtual_line.files.comma_table import hand_table
from electrodoe.virtual_line.places import only_file
from electrodoe.virtual_line.production import Measured, Production

_DIGITS = 3


def measure_coil(made: Production, name: str, protocol: CoilProtocol) -> Measured:
    """Return the log of the whole coil, with tables of runs and thickness samples."""
    last_m = max((sensor.distance_m for sensor in protocol.all_sensors), default=0.0)
    ridden = ride(made.coil, last_m)
    log = pl.DataFrame(log_columns(protocol, ridden, made.web, made.levels, made.seed))
    file = only_file(name, protocol, "coater_log")
    files = {file: hand_table(log.with_columns(pl.all().round(_DIGITS)), file)}
    if protocol.runs_table is not None:
        files[protocol.runs_table] = hand_table(run_spans(made.coil), protocol.runs_table)
    if protocol.thickness_table is not None:
        samples = thickness_samples(made.coil, made.web, made.recipe, made.levels, made.seed)
        files[protocol.thickness_table] = hand_table(samples, protocol.thickness_table)
    return Measured(files=files, truth=_along_the_web(made))


def _along_the_web(made: Production) -> pl.DataFrame:
    """Return what is true every quarter meter of the web."""
    web = made.web
    columns = {name: values for name, values in vars(web).items() if name != "section"}
    return pl.DataFrame({"section": web.section, **columns}).gather_every(5)
