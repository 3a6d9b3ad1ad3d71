"""Samples cut from the coil and measured by hand, brought to the web they were cut from."""

from typing import Final

import numpy as np
import polars as pl
import polars.selectors as cs

from electrodoe.errors import IngestError
from electrodoe.findings import Finding, found
from electrodoe.quantities.units import split_unit
from electrodoe.study.protocols.raw_files import plain_name

POSITION: Final = "position_m"
RUN: Final = "run"


def with_samples(
    table: pl.DataFrame, samples: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """Return the segments with the means of their samples."""
    values = [
        name
        for name in samples.select(cs.numeric()).columns
        if name not in {POSITION, RUN, "sample", "line"}
    ]
    if not values or not {POSITION, RUN} & set(samples.columns):
        raise IngestError(
            f"thickness samples with columns {', '.join(samples.columns)}",
            where="the thickness samples of the coil",
            fix=f"give '{POSITION}' or '{RUN}', and values such as coating_thickness_um",
        )
    placed = _placed(table, samples, values)
    per_web_segment = (
        placed.filter(pl.col("web_segment").is_not_null())
        .group_by("web_segment")
        .agg(one for name in values for one in summary(name, pl.col(name)))
    )
    joined = table.join(per_web_segment, on="web_segment", how="left", maintain_order="left")
    last = ["accepted", "flags"]
    return joined.select(cs.exclude(*last), *last), placed, _findings(placed, samples)


def summary(name: str, values: pl.Expr) -> list[pl.Expr]:
    """Return mean, spread and number of a column, under names that keep the unit at the end."""
    stem, unit = split_unit(name)
    return [
        values.mean().alias(name),
        values.std().alias("_".join(part for part in (stem, "sd", unit) if part)),
        values.count().alias(f"{stem}_n"),
    ]


def _placed(table: pl.DataFrame, samples: pl.DataFrame, values: list[str]) -> pl.DataFrame:
    """Return the samples with their segment and run."""
    segment = pl.Series("web_segment", [None] * samples.height, dtype=pl.Int64)
    if POSITION in samples.columns:
        position = samples[POSITION].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        edges = np.append(table["start_m"].to_numpy(), table["end_m"][-1])
        index = np.searchsorted(edges, position, side="right")
        is_on = (position >= edges[0]) & (position < edges[-1])
        segment = pl.Series("web_segment", np.where(is_on, index, 0)).replace(0, None)
    runs = table.select("web_segment", pl.col("run").alias("segment_run"))
    reported = pl.lit(None, pl.String)
    if RUN in samples.columns:
        reported = pl.col(RUN).cast(pl.String).map_elements(plain_name, return_dtype=pl.String)
    return (
        samples.select(*values, reported.alias("named_run"))
        .with_columns(segment.cast(pl.Int64))
        .join(runs, on="web_segment", how="left", maintain_order="left")
        .select(
            *values, "web_segment", pl.coalesce("segment_run", "named_run").alias(RUN), "named_run"
        )
    )


def _findings(placed: pl.DataFrame, samples: pl.DataFrame) -> list[Finding]:
    """Return samples that belong nowhere, or lie on another run than they say."""
    lost = placed["web_segment"].is_null() & placed[RUN].is_null()
    astray = (
        placed["web_segment"].is_not_null()
        & placed["named_run"].is_not_null()
        & (placed["named_run"] != placed[RUN])
    )
    odd = []
    for row in range(placed.height):
        at = f" at {samples[POSITION][row]} m" if POSITION in samples.columns else ""
        if lost[row] or astray[row]:
            odd.append(
                found(
                    "D609",
                    f"sample{at} lies on no segment of the coil"
                    if lost[row]
                    else f"sample{at} says run '{placed['named_run'][row]}' where the web is of run"
                    f" '{placed[RUN][row]}'",
                    f"thickness samples, row {row + 1}",
                )
            )
    return odd
