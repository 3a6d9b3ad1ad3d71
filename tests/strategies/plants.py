"""Small studies and plans that the virtual line plays."""

from electrodoe.design.run_plan import RunPlan
from electrodoe.study import Study
from strategies.run_plans import ANODE, run_plan

PROTOCOLS = {
    "coil": {
        "instrument": "coil",
        "files": ["raw/coil/coater_log.csv"],
        "runs_table": "raw/coil/runs.csv",
        "thickness_table": "raw/coil/thickness.csv",
        "sensors": [
            {"name": "coating_gap", "unit": "um", "column": "gap_l", "side": "left"},
            {"name": "coating_gap", "unit": "um", "column": "gap_r", "side": "right"},
            {
                "name": "mass_loading",
                "unit": "mg_cm2",
                "column": "wet",
                "factor": 0.1,
                "film": "wet",
                "distance_m": 0.8,
                "traverse": {"width_mm": 220.0, "column": "wet_mm"},
            },
            {
                "name": "mass_loading",
                "unit": "mg_cm2",
                "column": "dry",
                "factor": 0.1,
                "film": "dry",
                "distance_m": 6.0,
            },
            {"name": "dryer_1_temperature", "unit": "c", "column": "t1", "distance_m": 2.0},
            {"name": "dryer_2_temperature", "unit": "c", "column": "t2", "distance_m": 3.5},
            {"name": "dryer_3_temperature", "unit": "c", "column": "t3", "distance_m": 5.0},
        ],
    },
    "sheets": {"instrument": "sheets", "files": ["raw/sheets/sheets.csv"]},
    "adhesion": {
        "instrument": "adhesion",
        "files": ["raw/adhesion/*.TRA"],
        "name": "run{run}_specimen{sample}",
    },
    "green": {
        "instrument": "adhesion",
        "files": ["raw/green/*.TRA"],
        "name": "run{run}_specimen{sample}",
    },
    "eis": {"instrument": "impedance", "files": ["raw/eis/*.mpt"], "name": "run{run}_cell{sample}"},
    "green_eis": {
        "instrument": "impedance",
        "files": ["raw/green_eis/*.mpt"],
        "index": "raw/green_eis.csv",
    },
    "cells": {
        "instrument": "rate_capability",
        "files": ["raw/cells/*.txt"],
        "index": "raw/cells.xlsx",
    },
}
GREEN = ["green", "green_eis"]
"""Protocols whose specimens have not seen the calender."""

SETTINGS = ((8.2, 50.0, 0.25), (11.2, 65.0, 0.4), (8.2, 50.0, 0.4), (9.2, 60.0, 0.3))
"""Four runs from three sections of coil."""
RANGES = {
    "active_mass_loading_mg_cm2": [8.2, 11.2],
    "dryer_2_temperature_c": [50.0, 65.0],
    "porosity": [0.25, 0.40],
}


def plant_study(seed: int = 7, **simulation: object) -> Study:
    """Return a study with every instrument; keywords go into its ``simulation``."""
    solids = {
        "anode": {"graphite": (0.94, 2.26), "rest": (0.06, 1.25)},
        "cathode": {"ncm622": (0.955, 4.73), "rest": (0.045, 2.0)},
    }
    materials = {
        name: {
            **ANODE["materials"][name],
            "solid_content": {"anode": 0.52, "cathode": 0.78}[name],
            "components": {
                part: {"mass_fraction": fraction, "density_g_cm3": density}
                for part, (fraction, density) in parts.items()
            },
        }
        for name, parts in solids.items()
    }
    return Study.model_validate(
        {
            **ANODE,
            "factors": {name: {"region": ends} for name, ends in RANGES.items()},
            "materials": materials,
            "protocols": PROTOCOLS,
            "simulation": {"uncalendered": GREEN, **simulation},
            "settings": {"seed": seed},
        }
    )


def plant_plan(settings: tuple[tuple[float, float, float], ...] = SETTINGS) -> RunPlan:
    """Return a plan of these runs."""
    return run_plan(dict(zip(RANGES, zip(*settings, strict=True), strict=True)))
