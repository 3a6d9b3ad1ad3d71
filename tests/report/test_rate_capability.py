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


def _settings(n: int) -> pl.DataFrame:
    """Return a temperature that says nothing of the capacity, and a porosity that does."""
    cells = [f"cell {number}" for number in range(n)]
    return pl.DataFrame(
        {
            "cell": cells * 2,
            "factor": ["Temperature"] * n + ["Porosity"] * n,
            "level": [number % 2 for number in range(n)] + [number // 3 for number in range(n)],
            "words": [f"{60 + 10 * (number % 2)} °C" for number in range(n)]
            + [f"{25 + 5 * (number // 3)} %" for number in range(n)],
        },
        schema_overrides={"level": pl.Int64},
    )


def test_cells_are_colored_by_the_factor_that_divides_them_best():
    """The capacity rises from cell to cell, so that every three cells differ from the next."""
    figure = rate_capability.build(_cells(9), _settings(9))
    drawing = rate_capability.draw(figure)

    words = [text.words for text in texts_of(drawing)]
    assert words[-3:] == ["Porosity: 25 %", "30 %", "35 %"]
    medians = figure.frame.filter(pl.col("cell") == "", pl.col("c_rate") == 5.0)
    assert medians["level"].to_list() == [0, 1, 2]
    # the last cell failed: of its level two are left, 2.06 and 2.07 at 5C
    assert medians["capacity"].to_list() == pytest.approx([2.01, 2.04, 2.065])
    assert overlaps(drawing) == []
    assert outside(drawing) == []


@pytest.mark.parametrize("n_levels", [1, 8])
def test_one_level_or_too_many_color_nothing(n_levels: int):
    """One color tells nothing, and eight cannot be told apart: the median of all is drawn."""
    settings = pl.DataFrame(
        {
            "cell": [f"cell {number}" for number in range(9)],
            "factor": "Porosity",
            "level": [number % n_levels for number in range(9)],
            "words": [str(number % n_levels) for number in range(9)],
        }
    )

    figure = rate_capability.build(_cells(9), settings)

    assert figure.labels["factor"] == ""
    assert figure.frame.filter(pl.col("cell") == "").height == 3


def test_rates_are_named_as_people_write_them():
    """C/10, 1C, 5C."""
    drawing = rate_capability.draw(rate_capability.build(_cells(2)))

    below = [text.words for text in texts_of(drawing) if text.anchor == "middle"]
    assert below[:3] == ["C/10", "1C", "5C"]
