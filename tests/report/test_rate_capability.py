"""Capacity against C-rate: the numbers shown, and names that do not lie on one another."""

import polars as pl
import pytest
from tests.report.text_boxes import outside, overlaps, texts_of

from electrodoe.report.figures import rate_capability


def _cells(n: int) -> pl.DataFrame:
    """Return cells that differ by a hundredth of a milliampere-hour; the last one failed."""
    return pl.DataFrame(
        [
            {
                "cell": f"cell {number}",
                "c_rate": rate,
                "capacity": 3.0 - 0.2 * rate + 0.01 * number,
                "is_accepted": number < n - 1 or n == 1,
            }
            for number in range(n)
            for rate in (0.1, 1.0, 5.0)
        ]
    )


def test_many_cells_have_the_median_of_those_accepted():
    """Four of five cells: 3.0 to 3.03 less what the rate takes."""
    frame = rate_capability.build(_cells(5)).frame

    median = frame.filter(pl.col("cell") == "")
    assert median["capacity"].to_list() == pytest.approx([2.995, 2.815, 2.015])
    assert frame.height == 5 * 3 + 3


@pytest.mark.parametrize("n", [1, 2, 6])
def test_names_lie_beside_one_another(n: int):
    """At the end of their lines, inside the picture; none where there are too many."""
    drawing = rate_capability.draw(rate_capability.build(_cells(n)))
    names = [text for text in texts_of(drawing) if text.words.startswith("cell")]

    assert len(names) == (n if n <= 2 else 0)
    assert outside(drawing) == []
    assert overlaps(drawing) == []


def test_rates_are_named_as_people_write_them():
    """C/10, 1C, 5C."""
    drawing = rate_capability.draw(rate_capability.build(_cells(2)))

    below = [text.words for text in texts_of(drawing) if text.anchor == "middle"]
    assert below[:3] == ["C/10", "1C", "5C"]
