"""A recommendation between two hills, both known."""

from dataclasses import replace

import pytest
from tests.optimize.conftest import decide, hill, study_of

from electrodoe.optimize import Learned, optimize_settings, possible_settings
from electrodoe.study import Tolerance

FACTORS = {
    "roll_temperature_c": {"region": [0.0, 10.0]},
    "porosity": {"region": [0.0, 10.0], "tolerance": 0.01},
}


@pytest.fixture(scope="module")
def study():
    return study_of(
        {
            "strength_kpa": {"goal": "maximize", "lower": -9.0},
            "loss_kpa": {"goal": "minimize", "upper": 60.0},
        },
        FACTORS,
    )


@pytest.fixture(scope="module")
def found(study):
    """Return the recommendation between two hills, both known."""
    renamed = decide(
        study_of({name: r.model_dump(exclude_unset=True) for name, r in study.responses.items()}),
        [hill(3, 6), lambda x: -hill(6, 6)(x)],
        sd=0.5,
    )
    names = tuple(FACTORS)
    data = tuple(replace(own, input_names=names) for own in renamed.data)
    possible = possible_settings(study, data[0])
    made = replace(
        renamed,
        data=data,
        region=possible.region,
        tolerances=(Tolerance(), Tolerance(fraction=0.01, written="1 %")),
    )
    learned = (
        Learned(response_name="strength_kpa", family="mlr", r2_loco=0.9),
        Learned(response_name="loss_kpa", family="ensemble", r2_loco=0.1),
    )
    return optimize_settings(made, possible, learned, study.recommend, seed=1)
