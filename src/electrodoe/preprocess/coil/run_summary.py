"""One row per run: what its accepted web was like."""

import polars as pl

from electrodoe.preprocess.coil.stretch_table import SOLID_CONTENT
from electrodoe.preprocess.coil.thickness_samples import RUN, summary
from electrodoe.study import CoilProtocol


def summarize_runs(
    table: pl.DataFrame, protocol: CoilProtocol, samples: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return mean, spread and number per run.

    Parameters
    ----------
    table : polars.DataFrame
        One row per stretch.
    protocol : CoilProtocol
        With the sensors.
    samples : polars.DataFrame or None
        As ``with_samples`` places them: values, ``stretch, run``.

    Returns
    -------
    polars.DataFrame
        ``run, start_m, end_m, n_stretches``, then per quantity the mean of its accepted stretches,
        weighted by their length, the standard deviation between them (``_sd``) and their number
        (``_n``); of samples the mean, the spread and the number of all that lie on the run.
        Runs in the order of the web; empty where no run is declared.
    """
    values = dict.fromkeys(one.value_column() for one in protocol.all_sensors)
    extra = [
        name
        for sensor in protocol.all_sensors
        for name in (sensor.value_column("tilt"),)
        if name in table.columns
    ]
    solid = [SOLID_CONTENT] if SOLID_CONTENT in table.columns else []
    length = pl.col("end_m") - pl.col("start_m")
    used = table.filter(pl.col("accepted") & pl.col("run").is_not_null())
    runs = used.group_by("run", maintain_order=True).agg(
        pl.col("start_m").min(),
        pl.col("end_m").max(),
        pl.len().alias("n_stretches"),
        *[
            one
            for name in dict.fromkeys(["web_speed_m_min", *values, *extra, *solid])
            for one in _weighted(name, length)
        ],
    )
    if samples is None:
        return runs
    columns = [name for name in samples.columns if name not in {"stretch", RUN, "told_run"}]
    measured = samples.group_by(RUN).agg(
        one for name in columns for one in summary(name, pl.col(name))
    )
    return runs.join(measured, on=RUN, how="left", maintain_order="left")


def _weighted(name: str, length: pl.Expr) -> list[pl.Expr]:
    """Return a value's mean by length, with its spread and number."""
    value = pl.col(name)
    weight = length.filter(value.is_not_null())
    mean = (value.drop_nulls() * weight).sum() / weight.sum()
    _, spread, number = summary(name, value)
    return [mean.fill_nan(None).alias(name), spread, number]
