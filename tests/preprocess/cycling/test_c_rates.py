"""C-rates by their usual names, blocks and formation: each limit on both of its sides."""

import numpy as np
import pytest

from electrodoe.preprocess.cycling.c_rates import (
    capacity_for_rates,
    count_formation,
    rate_blocks,
    rate_token,
    rate_words,
    usual_rate,
)


@pytest.mark.parametrize(
    ("away", "capacity_mah"),
    [(0.19, 2000.0), (-0.19, 2000.0), (0.21, None), (-0.21, 3000.0)],
    ids=["C/2 from above", "C/2 from below", "no rate", "C/3"],
)
def test_a_capacity_is_recognized_by_a_slowest_rate_within_twenty_percent(
    away: float, capacity_mah: float | None
):
    """On a logarithmic scale: ln 2 lies between C/2 and 1C, and ln 1.5 between C/3 and C/2."""
    measured_mah = 1e3 / (0.5 * np.exp(away))

    found = capacity_for_rates([3.0, 1.0], [1.0, measured_mah])

    assert found == (None if capacity_mah is None else pytest.approx(capacity_mah))


@pytest.mark.parametrize(("away", "rate"), [(0.059, 1.0), (-0.059, 1.0), (0.061, None)])
def test_a_rate_beside_a_known_capacity_is_within_six_percent(away: float, rate: float | None):
    """On a logarithmic scale; what is not above zero is no rate."""
    assert usual_rate(np.exp(away)) == rate
    assert usual_rate(0.0) is None
    assert usual_rate(-1.0) is None


@pytest.mark.parametrize(
    ("rates", "lines", "n"),
    [
        ([1 / 3, 1 / 3, 1 / 3, 1.0], [1, 2, 2, 3], 1),
        ([0.5, 0.5, 0.5, 1.0], [1, 2, 2, 3], 0),
        ([0.1, 0.05, 1.0], [1, 2, 3], 1),
        ([0.05, 0.1, 1.0], [1, 2, 3], 0),
        ([0.1, 0.1, 0.1, 0.1, 1.0], [1, 1, 2, 2, 3], 2),
        ([0.1, 0.1, 0.1], [1, 2, 2], 0),
        ([0.1, 0.1, 0.1, 1.0, 5.0], [1, 2, 3, 4, 5], 0),
        ([None, 0.1, 1.0], [1, 2, 3], 0),
        ([0.1, None, 1.0], [1, 2, 3], 0),
        ([], [], 0),
    ],
    ids=[
        "C/3 is slow",
        "C/2 is not",
        "slower next",
        "faster next",
        "two cycles",
        "no rate test",
        "no loops",
        "no rate",
        "no rate next",
        "nothing",
    ],
)
def test_a_slow_block_before_one_that_is_no_faster_is_the_formation(
    rates: list[float | None], lines: list[int | None], n: int
):
    """A rate test begins with its slowest rate, and has at least one more."""
    assert count_formation(rate_blocks(rates, lines)) == n


def test_a_block_ends_with_its_rate_or_with_its_programme_line():
    """A line that returns after another rate is a block of its own; every cycle is in one."""
    blocks = rate_blocks([0.1, 0.1, 1.0, 1.0, 1.0, 0.1], [1, 1, 2, 2, 3, 1])

    assert [(block.c_rate, block.cycles) for block in blocks] == [
        (0.1, (0, 1)),
        (1.0, (2, 3)),
        (1.0, (4,)),
        (0.1, (5,)),
    ]


@pytest.mark.parametrize(
    ("rate", "token", "words"),
    [(1.0, "1c", "1C"), (0.5, "c2", "C/2"), (0.05, "c20", "C/20"), (1.5, "2c", "1.5C")],
)
def test_a_rate_reads_as_people_write_it(rate: float, token: str, words: str):
    """From 1C on as a multiple, below it as a fraction."""
    assert (rate_token(rate), rate_words(rate)) == (token, words)
