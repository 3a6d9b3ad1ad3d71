"""A recommendation as a report is told it, made up: settings, a window, one response."""

import numpy as np

from electrodoe.optimize import Goal, Learned, Promise
from electrodoe.report.figures.operating_window import OPERATING_WINDOW_SCHEMA
from electrodoe.report.recommendation.recommended import Recommended, WindowMap

LOADING, TEMPERATURE, POROSITY = "coating_mass_loading_mg_cm2", "roll_temperature_c", "porosity"
CAPACITY = "discharge_capacity_5c_mah"


def make_map() -> WindowMap:
    """Return chances that rise with loading, a box and a set point."""
    x, y = (grid.ravel() for grid in np.meshgrid(np.linspace(12, 18, 5), np.linspace(28, 40, 5)))
    marks = [("box", 13.0, 30.0), ("box", 16.0, 36.0), ("set_point", 15.0, 33.0), ("run", 12, 28)]
    rows = [("map", a, b, (a - 11) / 6) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    rows += [("assured", a, b, chance / 2) for _, a, b, chance in rows]
    rows += [(kind, float(a), float(b), None) for kind, a, b in marks]
    return WindowMap(
        title="Where all specifications hold",
        caption="The box is the operating window.",
        labels={LOADING: "Coating mass loading (mg/cm²)", POROSITY: "Porosity (%)"},
        frame=OPERATING_WINDOW_SCHEMA.frame(
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
        ),
    )


def make_recommended() -> Recommended:
    """Return what a run's stage would have left."""
    return Recommended(
        summary=("Set porosity to 33 %.", "Operating window: keep it.", "Next runs: 3 to confirm."),
        unknowns=("Capacity is only weakly predicted.",),
        settings={LOADING: 15.0, TEMPERATURE: 120.0, POROSITY: 0.33},
        ranges={LOADING: (13.0, 16.0), TEMPERATURE: (100.0, 130.0), POROSITY: (0.3, 0.36)},
        center={LOADING: 14.5, TEMPERATURE: 115.0, POROSITY: 0.33},
        promises=(
            Promise(
                response_name=CAPACITY,
                method="jackknife+",
                predicted=2.345678,
                lower=2.1234567,
                upper=2.567891,
                refusal="",
                replicate_lower=None,
                replicate_upper=None,
                desirability=0.7123,
            ),
        ),
        learned=(Learned(response_name=CAPACITY, family="ensemble", r2_loco=0.61234),),
        goals=(
            Goal(
                response_name=CAPACITY,
                kind="maximize",
                low=2.0,
                high=2.6,
                target=2.6,
                least=2.0,
            ),
        ),
        window_map=make_map(),
    )
