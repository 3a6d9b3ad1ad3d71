"""The table of inputs: what modeled samples had, and nothing of other specimens."""

from dataclasses import replace

import numpy as np
import polars as pl

from electrodoe.report import ReportContent
from electrodoe.report.figures import experimental_space
from electrodoe.report.sections.data import design_table


def _with_other_specimens(content: ReportContent) -> ReportContent:
    """Return the content with uncalendered samples of every run, without any modeled response."""
    frame, study = content.dataset.frame, content.study
    others = frame.with_columns(
        pl.lit(0.52).alias("porosity"),
        pl.col("sample") + " uncalendered",
        *(pl.lit(None, dtype=pl.Float64).alias(name) for name in study.responses),
    )
    masks = {
        name: np.concatenate([mask, np.zeros(others.height, dtype=np.bool_)])
        for name, mask in content.dataset.set_aside.items()
    }
    dataset = replace(content.dataset, frame=pl.concat([frame, others]), set_aside=masks)
    return replace(content, dataset=dataset)


def test_other_specimens_change_neither_ranges_nor_the_experimental_space(content: ReportContent):
    """Porosity goes to 40 %, though others have 52."""
    more = _with_other_specimens(content)

    assert design_table(more).rows == design_table(content).rows
    (row,) = [row for row in design_table(more).rows if row[-1] == "porosity"]
    assert row[2] == "40.0"
    (before,), (after,) = experimental_space.build(content), experimental_space.build(more)
    assert after.frame.equals(before.frame)
    assert after.caption == before.caption


def test_an_input_that_no_sample_has_yet_is_in_the_table(content: ReportContent):
    """Only uncalendered samples were measured so far, and no scenario needs its roll gap."""
    scenarios = {"product": content.study.scenarios["product"]}
    study = content.study.model_copy(update={"scenarios": scenarios})
    frame = content.dataset.frame.with_columns(pl.lit(None, pl.Float64).alias("roll_gap_um"))
    dataset = replace(content.dataset, study=study, frame=frame)

    rows = design_table(replace(content, study=study, dataset=dataset)).rows

    assert rows[-1][1:5] == ("–", "–", "µm", "not set yet")
