"""From pull-off curves to one row of strength per curve."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl
import polars.selectors as cs

from electrodoe.ingest import PullOffCurve
from electrodoe.preprocess.adhesion.evaluation import evaluate_pull_off
from electrodoe.preprocess.adhesion.pull_off_test import PullOffTest
from electrodoe.preprocess.condensed import Condensed
from electrodoe.quantities import TableSchema
from electrodoe.study import AdhesionProtocol

ADHESION_SCHEMA: Final = TableSchema(
    name="adhesion",
    columns={
        "file": pl.String,
        "lines": pl.String,
        "rule": pl.String,
        "specimen": pl.Int64,
        "adhesion_strength_kpa": pl.Float64,
        "adhesion_strength_low_kpa": pl.Float64,
        "adhesion_strength_high_kpa": pl.Float64,
        "peak_force_n": pl.Float64,
        "area_mm2": pl.Float64,
        "compression_stress_kpa": pl.Float64,
        "dwell_s": pl.Float64,
        "accepted": pl.Boolean,
        "flags": pl.String,
    },
)
"""One row per curve."""

_RULE: Final = "top of a polynomial through the highest points, less the line of the free travel"


def condense_adhesion(
    curves: Sequence[PullOffCurve],
    protocol: AdhesionProtocol,
    samples: pl.DataFrame | None = None,
) -> Condensed:
    """Return the adhesion strength of every curve.

    Parameters
    ----------
    curves : sequence of PullOffCurve
        As readers handed them on.
    protocol : AdhesionProtocol
        How the tests were to be made (Table 4).
    samples : polars.DataFrame or None
        ``file`` and ``area_mm2`` of specimens whose area is not that of the protocol.

    Returns
    -------
    Condensed
        In the order of the curves, with the columns of ``ADHESION_SCHEMA``; the bounds are those
        of a 95 % interval from the noise at the peak and the doubt of the zero. A value that a
        curve does not have is empty.
    """
    areas = _areas(samples)
    tests = [evaluate_pull_off(curve, protocol, areas.get(str(curve.path))) for curve in curves]
    table = ADHESION_SCHEMA.frame([_row(test) for test in tests])
    return Condensed(
        table=table.with_columns(cs.float().fill_nan(None)),
        findings=tuple(finding for test in tests for finding in test.findings),
    )


def _areas(samples: pl.DataFrame | None) -> Mapping[str, float]:
    """Return areas by file, where a table gives them."""
    if samples is None or "area_mm2" not in samples.columns:
        return {}
    known = samples.drop_nulls(["file", "area_mm2"])
    return dict(zip(known["file"], known["area_mm2"], strict=True))


def _row(test: PullOffTest) -> dict[str, object]:
    """Return one curve's row."""
    strength, half = test.adhesion_strength_kpa, test.half_width_kpa
    titles = dict.fromkeys(finding.title.lower() for finding in test.findings)
    return {
        "file": str(test.curve.path),
        "lines": f"{test.curve.lines.min()}-{test.curve.lines.max()}",
        "rule": _RULE,
        "specimen": test.curve.specimen,
        "adhesion_strength_kpa": strength,
        "adhesion_strength_low_kpa": strength - half,
        "adhesion_strength_high_kpa": strength + half,
        "peak_force_n": test.peak_force_n,
        "area_mm2": test.area_mm2,
        "compression_stress_kpa": test.compression_stress_kpa,
        "dwell_s": test.dwell_s,
        "accepted": test.is_accepted,
        "flags": "; ".join(titles),
    }
