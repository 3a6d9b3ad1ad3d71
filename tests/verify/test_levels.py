"""Where data carry a prediction, levels of a category among the inputs."""

import numpy as np

from electrodoe.dataset import TrainingData
from electrodoe.study import Study
from electrodoe.verify.region import studied_region

LEVELS = ("CMC/SBR", "PVDF", "PAA")


def test_a_level_does_not_lie_between_two_others() -> None:
    """What was run with the first and the third binder carries nothing of the second."""
    study = Study.model_validate(
        {
            "title": "a",
            "factors": {"gap_um": {"region": [0.0, 10.0]}, "binder": {"levels": list(LEVELS)}},
        }
    )
    first_and_third = [[gap, level] for level in (0.0, 2.0) for gap in (0.0, 2.5, 5.0, 7.5, 10.0)]
    inputs = np.array([*first_and_third, [0.0, 1.0], [2.5, 1.0]])
    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=("gap_um", "binder"),
        inputs=inputs,
        response=np.arange(12.0),
        configurations=np.arange(12),
        sample_names=tuple(map(str, range(12))),
        levels={"binder": dict(enumerate(LEVELS))},
    )

    studied = studied_region(study, data)

    asked = np.array([[10.0, 0.0], [10.0, 1.0], [1.0, 1.0]])
    assert studied.is_near_data(asked).tolist() == [True, False, True]
    np.testing.assert_array_equal(studied.decoded(studied.coded(inputs)), inputs)
