"""Symmetric cells that failed, and faults that are planted among good ones."""

from typing import Final

import polars as pl

from electrodoe.virtual_line.production import Production
from electrodoe.virtual_line.streams import stream

CONDITION: Final = "condition"
SOUND, SHORTED, NOISY, PLANTED, SWAPPED = "sound", "shorted", "noisy", "planted short", "swapped"
IN_FILE: Final = "ionic_resistance_in_file_ohm"
"""What a cell's file speaks of: another cell's resistance where two have changed places."""
_TRUE: Final = "specimen_ionic_resistance_ohm"


def with_failures(made: Production, name: str, cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with those that were made in addition and failed, one of a run."""
    simulation = made.study.simulation
    failures = [SHORTED] * simulation.n_shorted + [NOISY] * simulation.n_noisy
    rows = stream(made.seed, name, "failures").permutation(made.coil.runs.height)
    added = [
        cells.filter(pl.col("run") == made.coil.runs["run"][int(row)])
        .tail(1)
        .with_columns(pl.col("sample") + 1, pl.lit(condition).alias(CONDITION))
        for row, condition in zip(rows, failures, strict=False)
    ]
    return pl.concat([cells, *added])


def with_faults(
    made: Production, name: str, truth: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the cells with the faults that the study wants planted, and these in words."""
    conditions = truth[CONDITION].to_list()
    places = [f"run {run}, sample {n}" for run, n in truth.select("run", "sample").iter_rows()]
    smallest, most = _most_unlike(truth)
    faults = []
    if "short" in made.study.simulation.faults:
        free = [
            row for row, c in enumerate(conditions) if c == SOUND and row not in (smallest, most)
        ]
        short = free[int(stream(made.seed, name, "faults").integers(len(free)))]
        conditions[short] = PLANTED
        faults.append(f"{name}: short, {places[short]}")
    if "swapped_sample" in made.study.simulation.faults:
        conditions[smallest] = conditions[most] = SWAPPED
        faults.append(f"{name}: swapped, {places[smallest]}, with {places[most]}")
    return truth.with_columns(pl.Series(CONDITION, conditions)), tuple(faults)


def as_filed(truth: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with the resistance that each file speaks of."""
    filed = truth[_TRUE].to_list()
    swapped = [row for row, condition in enumerate(truth[CONDITION]) if condition == SWAPPED]
    for row, other in zip(swapped, reversed(swapped), strict=True):
        filed[row] = truth[_TRUE][other]
    return truth.with_columns(pl.Series(IN_FILE, filed, dtype=pl.Float64))


def _most_unlike(truth: pl.DataFrame) -> tuple[int, int]:
    """Return a cell of the run with the smallest mean resistance, and one of that with the largest.

    Of each run the cell nearest to its median: one that is itself far from its run cannot be
    distinguished from an exchanged one.
    """
    cells = truth.with_row_index("row").with_columns(
        mean=pl.col(_TRUE).mean().over("run"),
        away=(pl.col(_TRUE) - pl.col(_TRUE).median().over("run")).abs(),
    )
    typical = cells.sort("mean", "away", "row").unique("run", keep="first", maintain_order=True)
    return int(typical["row"][0]), int(typical["row"][-1])
