"""Run plans that were made by hand, for whatever reads one."""

from collections.abc import Sequence

import polars as pl

from electrodoe.design.run_plan import RunPlan
from electrodoe.study import Study

ANODE = {
    "title": "Anode & more",
    "question": "Does it hold?",
    "factors": {
        "active_mass_loading_mg_cm2": {"label": "Active loading", "tolerance": 0.05},
        "dryer_2_temperature_c": {},
        "porosity": {"tolerance": 0.1},
    },
    "responses": {"adhesion_strength_kpa": {}, "first_cycle_loss": {}},
    "materials": {
        "anode": {
            "active_mass_fraction": 0.94,
            "theoretical_density_g_cm3": 2.158,
            "solid_content": 0.52,
            "specific_capacity_mah_g": 355.0,
        },
        "cathode": {
            "active_mass_fraction": 0.955,
            "theoretical_density_g_cm3": 4.447,
            "specific_capacity_mah_g": 170.0,
        },
    },
    "cell": {"n_to_p": 1.2, "counter_porosity": 0.3},
    "line": {"foil_thickness_um": 10.0, "wet_film_per_gap": 0.5},
}
"""Content of a ``study.toml`` from which everything can be derived."""

SETTINGS = ((8.2, 50.0, 0.25), (11.2, 65.0, 0.4), (9.2, 55.0, 0.3), (8.2, 50.0, 0.25))
"""Active loading, temperature and porosity of four runs, the last a replicate of the first."""


def anode_study(**changes: object) -> Study:
    """Return the study, with some blocks of its declaration in another form or left out."""
    declared = {name: part for name, part in (ANODE | changes).items() if part is not None}
    return Study.model_validate(declared)


def run_plan(
    columns: dict[str, Sequence[object]],
    *,
    purpose: Sequence[str] | None = None,
    whole_plot: Sequence[int] | None = None,
    block: Sequence[int] | None = None,
) -> RunPlan:
    """Return a plan of these settings, its runs numbered in their order."""
    settings = pl.DataFrame(columns)
    n_runs = settings.height
    rows = settings.rows()
    firsts = [rows.index(row) + 1 for row in rows]
    frame = pl.DataFrame(
        {
            "run": list(range(1, n_runs + 1)),
            "replicate_of": [f if f != run else None for run, f in enumerate(firsts, start=1)],
            "whole_plot": whole_plot or [None] * n_runs,
            "block": block or [None] * n_runs,
            "purpose": purpose or ["planned"] * n_runs,
        },
        schema_overrides=dict.fromkeys(("replicate_of", "whole_plot", "block"), pl.Int64),
    )
    return RunPlan(factors=tuple(columns), frame=frame.hstack(settings))


def anode_plan(**groups: Sequence[object]) -> RunPlan:
    """Return a plan of four runs for :func:`anode_study`."""
    names = ANODE["factors"]
    return run_plan(dict(zip(names, zip(*SETTINGS, strict=True), strict=True)), **groups)
