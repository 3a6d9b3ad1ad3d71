"""The estimate of a run's time grows with all that makes it longer, and is said only when long."""

from dataclasses import replace

import pytest

from electrodoe.models import STUDIED_FAMILIES
from electrodoe.study import EFFORTS
from electrodoe.workflow.estimate import Size, estimated_seconds, time_sentence

USUAL = Size(n_rows=51, n_configurations=17, n_inputs=3)
LARGE = Size(n_rows=50_000, n_configurations=60, n_inputs=4)


def seconds(size: Size, effort: str = "quick", n_responses: int = 1) -> float:
    """Return the estimate with the families of a usual run."""
    return estimated_seconds([size] * n_responses, STUDIED_FAMILIES, EFFORTS[effort])


@pytest.mark.parametrize(
    "more",
    [{"n_rows": 500}, {"n_configurations": 30}, {"n_inputs": 6}],
)
def test_more_of_anything_takes_longer(more: dict[str, int]) -> None:
    """Rows, configurations, inputs."""
    assert seconds(replace(USUAL, **more)) > seconds(USUAL)


def test_responses_and_effort_take_their_fraction() -> None:
    """Twice the responses twice the time; a wider search more than a narrow one."""
    assert seconds(USUAL, n_responses=2) == pytest.approx(2.0 * seconds(USUAL))
    assert seconds(USUAL) < seconds(USUAL, "standard") < seconds(USUAL, "full")


def test_time_does_not_grow_with_the_square_of_rows_or_configurations() -> None:
    """A hundred times the rows or the configurations take less than thirty times as long."""
    thousand = replace(USUAL, n_rows=900, n_configurations=30)
    assert seconds(replace(thousand, n_rows=90_000)) < 30.0 * seconds(thousand)
    assert seconds(replace(thousand, n_configurations=3_000)) < 30.0 * seconds(thousand)


def test_only_a_long_run_is_announced() -> None:
    """A usual study begins in silence; a large one says its size and about how long."""
    sentence = time_sentence(seconds(LARGE), [LARGE], 2)

    assert time_sentence(seconds(USUAL), [USUAL], 2) == ""
    assert sentence.startswith("about ")
    assert "50,000 rows, 60 configurations, 1 response" in sentence
