"""Limits of a coil on both of their sides: its mean speed, and a run's border."""

from pathlib import Path

import polars as pl
import pytest

from electrodoe.preprocess.coil import coil_logs, read_coil
from electrodoe.preprocess.coil.coil_findings import speed_findings
from electrodoe.preprocess.coil.survey import Stop, Survey, survey_coil
from electrodoe.study import CoilProtocol
from strategies.made_up_coil import declared, sensor, written


@pytest.mark.parametrize(
    ("speed_m_min", "n_told"), [(0.049, 1), (0.051, 0), (3.0, 0), (199.0, 0), (201.0, 1)]
)
@pytest.mark.parametrize("stops", [[], [Stop(at_m=1.0, begin_s=30.0, end_s=90.0)]])
def test_a_web_runs_at_what_coating_lines_run_at(
    speed_m_min: float, n_told: int, stops: list[Stop]
):
    """D608 below 0.05 and above 200 m/min, of the time in which the web runs; stops are no part."""
    duration_s = 600.0 + sum(stop.end_s - stop.begin_s for stop in stops)
    survey = Survey(length_m=10.0 * speed_m_min, duration_s=duration_s, stops=stops)

    told = list(speed_findings(survey, "line.csv"))

    assert [(each.code, each.where) for each in told] == [("D608", "line.csv")] * n_told
    assert all(f"at {speed_m_min:g} m/min" in each.what for each in told)


def test_a_speed_in_the_wrong_unit_is_told(tmp_path: Path):
    """D608 of a whole log: 6 m/min read as m/s are 360 m/min."""
    frame = pl.DataFrame(
        {"time_s": [0.0, 10.0, 20.0, 30.0], "speed_m_min": [6.0] * 4, "gap": 100.0}
    )
    changes = {"sensors": [sensor("coating_gap", "gap", "um")], "runs": (), "splices": ()}
    path = written(tmp_path, frame)

    found = [
        {each.code for each in read_coil(coil_logs([path], own), own).condensed.findings}
        for factor in (1.0, 60.0)
        for own in [CoilProtocol.model_validate(declared(speed_factor=factor, **changes))]
    ]

    assert ["D608" in codes for codes in found] == [False, True]


def test_a_runs_border_lies_halfway_between_two_rows(tmp_path: Path):
    """0.6 m/min and a row every 10 s: rows lie at 0, 0.1, 0.2 m; changes at 0.15 and 0.35 m."""
    runs = ["a", "a", "b", "b", "", ""]
    frame = pl.DataFrame(
        {"time_s": [10.0 * row for row in range(6)], "speed_m_min": [0.6] * 6, "run": runs}
    )
    changes = {"run_column": "run", "sensors": [sensor("coating_gap", "gap", "um")]}
    protocol = CoilProtocol.model_validate(declared(runs=(), splices=(), **changes))
    path = written(tmp_path, frame.with_columns(gap=pl.lit(100.0)))

    survey = survey_coil(coil_logs([path], protocol)[0], protocol, ())

    assert [change.run for change in survey.changes] == ["a", "b", None]
    assert [change.at_m for change in survey.changes] == pytest.approx([0.0, 0.15, 0.35])
