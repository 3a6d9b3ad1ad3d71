"""The gallery of pull-off curves: its numbers are the curves', its words their strengths."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.report.text_boxes import text_box, texts_of

from electrodoe.preprocess.adhesion import PullOffTest, evaluate_pull_off
from electrodoe.report import draw_figure
from electrodoe.report.figures import pull_off_gallery
from strategies.pull_off import MadeUpTest, made_up_curve, protocol


def evaluated(name: str = "a.csv", **changes: object) -> PullOffTest:
    curve = made_up_curve(replace(MadeUpTest(), **changes))
    return evaluate_pull_off(replace(curve, path=Path(name)), protocol())


def silent() -> PullOffTest:
    curve = made_up_curve(MadeUpTest())
    return evaluate_pull_off(replace(curve, force_n=np.zeros_like(curve.force_n)), protocol())


def test_the_frame_holds_parts_zero_and_peak():
    """Tension upwards whatever the machine's sign; the peak with its interval."""
    test = evaluated(tension_sign=-1)

    (data,) = pull_off_gallery.build([test])

    whole = data.frame.filter(view="whole")
    parts = ["before", "compression", "dwell", "pull", "after", "zero"]
    assert whole["part"].unique(maintain_order=True).to_list() == parts
    assert whole.filter(part="dwell")["y"].median() < -60.0
    assert whole.filter(part="pull")["y"].max() > 14.0
    low, middle, high = data.frame.filter(part="peak")["y"].to_list()
    assert middle == pytest.approx(test.peak_force_n)
    assert (high - low) / 2.0 * 1000.0 / 50.26 == pytest.approx(test.half_width_kpa)


def test_thinning_keeps_what_stands_out():
    """Few points; the largest and the least force of each part are among them."""
    test = evaluated()

    (data,) = pull_off_gallery.build([test])

    pull = data.frame.filter(view="whole", part="pull")
    assert data.frame.height < 3000
    assert pull["y"].max() == test.curve.force_n.max()


@pytest.mark.parametrize(("n", "n_figures"), [(0, 0), (1, 1), (8, 1), (9, 2)])
def test_eight_curves_make_a_figure(n: int, n_figures: int):
    """The names differ; no figure is empty."""
    figures = pull_off_gallery.build([silent()] * n)

    assert len({data.name for data in figures}) == n_figures
    assert sum(data.frame["curve"].n_unique() for data in figures) == n


def test_a_rejected_curve_says_why_and_is_drawn():
    """Also one without any tension; the picture is the same twice."""
    (data,) = pull_off_gallery.build([silent(), evaluated("x" * 80 + ".csv")])

    notes = data.frame.group_by("curve", maintain_order=True).first()
    assert notes["note"][0] == "rejected: no contact"
    assert notes["note"][1].endswith(" kPa")
    assert notes["accepted"].to_list() == [False, True]
    assert draw_figure(data) == draw_figure(data)


def test_no_name_reaches_into_the_next_pair():
    """However long a file's name is."""
    (data,) = pull_off_gallery.build([evaluated("W" * 80 + ".csv"), evaluated("b.csv")])

    drawing = pull_off_gallery.draw(data)
    titles = data.frame["title"].unique(maintain_order=True).to_list()
    first, second = (
        next(text for text in texts_of(drawing) if text.words == title) for title in titles
    )
    right, left = text_box(first)[2], text_box(second)[0]

    assert right < left
    assert pl.Series(data.frame["title"]).str.len_chars().max() <= 26
