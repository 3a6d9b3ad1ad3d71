"""The truth, written where no other stage may look."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Final

import numpy as np
import polars as pl
import polars.selectors as cs

from electrodoe.study import Factor, ImpedanceProtocol
from electrodoe.virtual_line.coil import PLANNED
from electrodoe.virtual_line.instruments.impedance import CONDUCTIVITY_US_CM, DISC_MM
from electrodoe.virtual_line.production import Measured, Production
from electrodoe.virtual_line.raw_files import MARK
from electrodoe.virtual_line.targets import Surface, sobol_indices, targets

_DIGITS: Final = 8
"""Significant: another machine's last bits are far below."""
_ALONG_A_RUN: Final = (
    *("gap_um", "wet_mg_cm2", "dry_mg_cm2", "gauged_wet_mg_cm2", "gauged_dry_mg_cm2"),
    *("temperature_c", "dry_thickness_um"),
)
"""What is averaged over the web of every run."""
_ABOUT: Final = (
    "What is true of this simulated study. Nothing but the proof of the whole chain may read it:\n"
    "a stage that looked here would know what it is to find out.\n\n"
    "sections.csv, runs.csv  what should be where on the coil, and what the targets truly are\n"
    "sobol.csv               true Sobol indices of every target over the design region\n"
    "PROTOCOL.csv            what is true of each specimen, in up to three columns: of the\n"
    "                        surface (settings alone), of its configuration, of itself\n"
    "truth.json              seed, levels of scatter, planted faults\n"
)


def truth_files(made: Production, measured: Mapping[str, Measured]) -> dict[str, bytes]:
    """Return the truth as files, relative to the folder it goes into."""
    surfaces = _targets(made)
    ends = {name: _ends(made.study.factors[name]) for name in PLANNED}
    faults = [fault for each in measured.values() for fault in each.faults]
    return {
        "README.txt": _ABOUT.encode(),
        "truth.json": _summary(made, faults),
        "sections.csv": _csv(made.coil.sections),
        "runs.csv": _csv(_runs(made, surfaces)),
        "sobol.csv": _csv(_sobol(surfaces, ends)),
        **{f"{name}.csv": _csv(each.truth) for name, each in measured.items()},
    }


def _targets(made: Production) -> dict[str, Surface]:
    """Return the targets as surfaces, with the cells that the study declares."""
    protocols = made.study.protocols.values()
    declared = [p for p in protocols if isinstance(p, ImpedanceProtocol)]
    first = declared[0] if declared else None
    return targets(
        made.recipe,
        (first.conductivity_us_cm if first else None) or CONDUCTIVITY_US_CM,
        (first.disc_diameter_mm if first else None) or DISC_MM,
    )


def _ends(factor: Factor) -> tuple[float, float]:
    """Return the minimum and the maximum setting of a factor."""
    if factor.region is not None:
        return factor.region
    levels = [level for level in factor.levels or () if isinstance(level, int | float)]
    return float(min(levels)), float(max(levels))


def _sobol(surfaces: Mapping[str, Surface], ends: dict[str, tuple[float, float]]) -> pl.DataFrame:
    """Return the indices of all targets, one below the other."""
    tables = [
        sobol_indices(surface, ends).select(pl.lit(name).alias("target"), pl.all())
        for name, surface in surfaces.items()
    ]
    return pl.concat(tables)


def _runs(made: Production, surfaces: Mapping[str, Surface]) -> pl.DataFrame:
    """Return runs with the web they truly had, and every target at their planned settings."""
    runs = made.coil.runs
    planned = runs.select(PLANNED).to_numpy().astype(np.float64)
    position = made.web.position_m
    own = [
        (position >= start) & (position < end)
        for start, end in runs.select("start_m", "end_m").iter_rows()
    ]
    web = {
        f"mean_{name}": [float(getattr(made.web, name)[rows].mean()) for rows in own]
        for name in _ALONG_A_RUN
    }
    return runs.with_columns(
        *(pl.Series(name, values) for name, values in web.items()),
        *(pl.Series(f"surface_{name}", surface(planned)) for name, surface in surfaces.items()),
    )


def _summary(made: Production, faults: Sequence[str]) -> bytes:
    """Return seed, levels and faults."""
    content = {
        "simulated": True,
        "mark": MARK,
        "seed": made.seed,
        "simulation": made.study.simulation.model_dump(mode="json"),
        "faults": list(faults),
        "standard_deviations": asdict(made.levels),
    }
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _csv(frame: pl.DataFrame) -> bytes:
    """Return a table as CSV, in digits that survive another machine's last bits."""
    return frame.with_columns(cs.float().round_sig_figs(_DIGITS)).write_csv().encode()
