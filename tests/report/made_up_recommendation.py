"""A recommendation as a report is reported it, made up: settings, a window, one response."""

import numpy as np
import polars as pl

from electrodoe.optimize import (
    Distance,
    Goal,
    Learned,
    OptimizationResult,
    PictureWords,
    Promise,
    Recommendation,
    Searches,
    SetPoint,
    Window,
    recommendation_of,
)
from electrodoe.report.figures.operating_window import OPERATING_WINDOW_SCHEMA
from electrodoe.report.recommendation.answer import answer
from electrodoe.report.recommendation.sentences import summary
from electrodoe.report.recommendation.unknowns import unknowns
from electrodoe.study import Study

LOADING, TEMPERATURE, POROSITY = "coating_mass_loading_mg_cm2", "roll_temperature_c", "porosity"
CAPACITY = "discharge_capacity_5c_mah"


def make_map() -> pl.DataFrame:
    """Return chances that rise with loading, a box and a set point."""
    x, y = (grid.ravel() for grid in np.meshgrid(np.linspace(12, 18, 5), np.linspace(28, 40, 5)))
    marks = [("box", 13.0, 30.0), ("box", 16.0, 36.0), ("set_point", 15.0, 33.0), ("run", 12, 28)]
    rows = [("map", a, b, (a - 11) / 6) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    rows += [("guaranteed", a, b, chance / 2) for _, a, b, chance in rows]
    rows += [(kind, float(a), float(b), None) for kind, a, b in marks]
    return OPERATING_WINDOW_SCHEMA.frame(
        [
            {
                "x_factor": LOADING,
                "y_factor": POROSITY,
                "kind": kind,
                "x": a,
                "y": b,
                "probability": chance,
            }
            for kind, a, b, chance in rows
        ]
    )


def make_recommended() -> Recommendation:
    """Return what a run's stage would have left."""
    promise = Promise(
        response_name=CAPACITY,
        method="jackknife+",
        predicted=2.345678,
        lower=2.1234567,
        upper=2.567891,
        refusal="",
        replicate_lower=None,
        replicate_upper=None,
        desirability=0.7123,
    )
    goal = Goal(response_name=CAPACITY, kind="maximize", low=2.0, high=2.6, target=2.6, lower=2.0)
    labels = {LOADING: "Coating mass loading (mg/cm²)", POROSITY: "Porosity (%)"}
    return Recommendation(
        answer=(
            "Recommended: porosity 33 %.",
            "Keep within porosity 30 to 36 %.",
            "Next: 1 confirmation run.",
        ),
        summary=(
            "Set porosity to 33 %.",
            "Operating window: keep it.",
            "Next runs: 3 confirmation.",
        ),
        unknown=("Capacity is only weakly predicted.",),
        set_point=SetPoint(
            settings={LOADING: 15.0, TEMPERATURE: 120.0, POROSITY: 0.33},
            desirability=0.7123,
            probability_of_all_specifications=0.95,
            responses=(promise,),
            distance=Distance(nearest_sample="C3", nearest=0.1, usual=0.2, hull=0.0, outside=()),
            searches=Searches(started=5, reached=4),
        ),
        window=Window(
            ranges={LOADING: (13.0, 16.0), TEMPERATURE: (100.0, 130.0), POROSITY: (0.3, 0.36)},
            center={LOADING: 14.5, TEMPERATURE: 115.0, POROSITY: 0.33},
            predicted_at_center={CAPACITY: 2.3},
            probability=0.9,
            confidence=None,
            min_probability=0.91,
            mean_probability=0.97,
            region_fraction=0.1,
            holds_set_point=True,
            tolerances={LOADING: 0.05, TEMPERATURE: 0.0, POROSITY: 0.02},
        ),
        next_runs=({"run": 1, "purpose": "confirmation", LOADING: 15.0, TEMPERATURE: 120.0},),
        goals=(goal,),
        models=(Learned(response_name=CAPACITY, family="ensemble", r2_loco=0.61234),),
        sensitivity=(),
        shapes={},
        steepest_paths={},
        pareto=(),
        pictures={
            "operating_window": PictureWords(
                title="Where all specifications hold",
                caption="The box is the operating window.",
                labels=labels,
            )
        },
        run_sheets={},
    )


def reported_of(study: Study, found: OptimizationResult) -> Recommendation:
    """Return what an optimization comes to, without pictures and run sheets."""
    return recommendation_of(
        found,
        answer=tuple(answer(study, found)),
        summary=tuple(summary(study, found)),
        unknown=tuple(unknowns(study, found)),
        pictures={},
        run_sheets={},
    )
