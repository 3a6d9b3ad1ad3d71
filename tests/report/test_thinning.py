"""A figure of many points draws some of them, keeps the extremes, and says so."""

import numpy as np
import polars as pl

from electrodoe.report.catalogue import MOST_POINTS, thinned
from electrodoe.report.figure import FigureData


def parity(n_each: int) -> FigureData:
    """Return two families with two kinds of points each."""
    n = 4 * n_each
    return FigureData(
        name="parity",
        title="Parity",
        caption="Points.",
        kind="parity",
        frame=pl.DataFrame(
            {
                "family": np.repeat(["MLR", "SVM"], n // 2),
                "split": np.tile(["train", "loco"], n // 2),
                "observed": np.random.default_rng(0).normal(size=n),
                "predicted": np.random.default_rng(1).normal(size=n),
            }
        ),
    )


def test_few_points_are_all_drawn() -> None:
    """The figure is the same object."""
    figure = parity(50)

    assert thinned(figure) is figure


def test_of_many_points_some_are_drawn_with_the_extremes() -> None:
    """Of each family and kind as many as are allowed; the caption has both numbers."""
    figure = parity(20_000)

    found = thinned(figure)

    sizes = found.frame.group_by("family", "split").len()["len"]
    assert sizes.min() >= MOST_POINTS
    assert sizes.max() <= MOST_POINTS + 4
    for column in ("observed", "predicted"):
        assert found.frame[column].min() == figure.frame[column].min()
        assert found.frame[column].max() == figure.frame[column].max()
    assert f"Of 80,000 points {found.frame.height:,} are drawn" in found.caption
    assert found.frame.equals(thinned(figure).frame)


def test_a_curve_is_never_thinned() -> None:
    """A point left out would be a corner cut."""
    figure = parity(20_000)
    curve = FigureData(
        name="c", title="c", caption="c", kind="effects", frame=figure.frame.head(9_000)
    )

    assert thinned(curve) is curve
