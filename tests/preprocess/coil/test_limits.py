"""Limits of a coil on both of their sides: speed, borders of runs, readings, distances."""

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import polars as pl
import pytest

from electrodoe.preprocess.coil import SensorLags, coil_logs, read_coil
from electrodoe.preprocess.coil.coil_findings import (
    lag_findings,
    reading_findings,
    solid_findings,
    speed_findings,
    width_findings,
)
from electrodoe.preprocess.coil.collected import Collected, SensorCount
from electrodoe.preprocess.coil.survey import Stop, Survey, survey_coil
from electrodoe.study import CoilProtocol
from strategies.made_up_coil import declared, sensor, written


@pytest.mark.parametrize(
    ("speed_m_min", "n_reported"), [(0.049, 1), (0.051, 0), (3.0, 0), (199.0, 0), (201.0, 1)]
)
@pytest.mark.parametrize("stops", [[], [Stop(at_m=1.0, begin_s=30.0, end_s=90.0)]])
def test_a_web_runs_at_what_coating_lines_run_at(
    speed_m_min: float, n_reported: int, stops: list[Stop]
):
    """D608 below 0.05 and above 200 m/min, of the time in which the web runs; stops are no part."""
    duration_s = 600.0 + sum(stop.end_s - stop.begin_s for stop in stops)
    survey = Survey(length_m=10.0 * speed_m_min, duration_s=duration_s, stops=stops)

    reported = list(speed_findings(survey, "line.csv"))

    assert [(each.code, each.where) for each in reported] == [("D608", "line.csv")] * n_reported
    assert all(f"at {speed_m_min:g} m/min" in each.what for each in reported)


def test_a_speed_in_the_wrong_unit_is_reported(tmp_path: Path):
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


def counted(n_read: int, *, missing: int = 0, placeless: int = 0, used: int = 1) -> Collected:
    """Return what was collected of one sensor, by numbers alone."""
    count = SensorCount(n_read=n_read, n_missing=missing, n_without_place=placeless)
    return cast(
        "Collected",
        SimpleNamespace(
            counts={"coating_gap": count},
            sums={"coating_gap": SimpleNamespace(n=np.array([used]))},
        ),
    )


@pytest.mark.parametrize(
    ("collected", "reported"),
    [
        (counted(100, missing=50), []),
        (counted(100, missing=51), [("D610", "warning")]),
        (counted(100, missing=51, used=0), [("D610", "error")]),
        (counted(100, used=0), [("D610", "error")]),
        (counted(0, used=0), [("D610", "error")]),
        (counted(100, placeless=2), []),
        (counted(100, placeless=3), [("D611", "warning")]),
    ],
    ids=["half", "more", "more, none used", "none used", "none read", "2 %", "3 %"],
)
def test_a_sensor_has_most_of_its_readings(collected: Collected, reported: list[tuple[str, str]]):
    """D610 where more than half are missing, D611 where more than 2 % have no place."""
    found = reading_findings(collected, "line.csv")

    assert [(each.code, str(each.severity)) for each in found] == reported


@pytest.mark.parametrize(("seen", "n_reported"), [(0.545, 0), (0.547, 1), (0.495, 0), (0.493, 1)])
def test_dry_over_wet_loading_is_the_solid_content_to_five_percent(seen: float, n_reported: int):
    """D606 of 0.52; runs whose loadings are not known are passed over."""
    protocol = CoilProtocol.model_validate(declared(solid_content=0.52))
    runs = pl.DataFrame({"run": ["1", "2"], "solid_content": [seen, None]})

    reported = list(solid_findings(runs, protocol, "line.csv"))

    assert [each.code for each in reported] == ["D606"] * n_reported
    assert list(solid_findings(runs.drop("solid_content"), protocol, "line.csv")) == []


@pytest.mark.parametrize(("n", "severities"), [(0, []), (1, ["note"]), (2, ["warning"])])
def test_a_fifth_of_the_segments_may_be_crossed_in_part(n: int, severities: list[str]):
    """D605 of ten: a note below two, a warning from two on."""
    flags = ["part of the width"] * n + ["stop"] * (10 - n)

    reported = list(width_findings(pl.DataFrame({"flags": flags}), "line.csv"))

    assert [str(each.severity) for each in reported] == severities


@pytest.mark.parametrize(
    ("declared_m", "is_estimable", "codes"),
    [
        *((0.7, True, []), (0.9, True, []), (0.69, True, ["D601"]), (0.91, True, ["D601"])),
        (0.8, False, ["D602"]),
    ],
)
def test_a_declared_distance_lies_in_its_interval(
    declared_m: float, codes: list[str], *, is_estimable: bool
):
    """Both ends included; where the readings do not tell it, that is said instead."""
    row = {
        "sensor": "wet_mass_loading",
        "reference": "coating_gap",
        "declared_m": declared_m,
        "estimated_m": 0.8,
        "low_m": 0.7,
        "high_m": 0.9,
        "is_estimable": is_estimable,
    }
    lags = cast("SensorLags", SimpleNamespace(table=pl.DataFrame([row])))

    assert [each.code for each in lag_findings(lags, "line.csv")] == codes


@pytest.mark.parametrize("n_first", [1, 2])
def test_rows_are_counted_over_files_that_hold_one_row_or_no_speed(n_first: int, tmp_path: Path):
    """Six rows in all, 0.1 m of web between two of them; the last file's speed is empty."""
    rows = pl.DataFrame(
        {"time_s": [10.0 * row for row in range(8)], "speed_m_min": [0.6] * 6 + [None] * 2}
    ).with_columns(gap=pl.lit(100.0))
    protocol = CoilProtocol.model_validate(
        declared(runs=(), splices=(), sensors=[sensor("coating_gap", "gap", "um")])
    )
    parts = [rows[:n_first], rows[n_first:6], rows[6:]]
    paths = [written(tmp_path, part, f"line_{n}.csv") for n, part in enumerate(parts)]

    survey = survey_coil(coil_logs(paths, protocol)[0], protocol, ())

    assert (survey.n_rows, survey.n_running, survey.n_backward) == (6, 6, 0)
    assert survey.length_m == pytest.approx(0.5)
    assert survey.duration_s == 50.0


@pytest.mark.parametrize(("gap_s", "n_gaps"), [(30.0, 0), (30.5, 1)])
def test_a_gap_is_longer_than_the_protocols_longest(gap_s: float, n_gaps: int, tmp_path: Path):
    """At 0.6 m/min, with its length along the web; what passed is taken as linear in between."""
    time_s = [0.0, 10.0, 10.0 + gap_s, 20.0 + gap_s]
    frame = pl.DataFrame({"time_s": time_s, "speed_m_min": [0.6] * 4, "gap": [100.0] * 4})
    changes = {"sensors": [sensor("coating_gap", "gap", "um")], "longest_gap_s": 30.0}
    protocol = CoilProtocol.model_validate(declared(runs=(), splices=(), **changes))

    survey = survey_coil(coil_logs([written(tmp_path, frame)], protocol)[0], protocol, ())

    assert len(survey.gaps) == n_gaps
    for gap in survey.gaps:
        assert (gap.begin_m, gap.end_m) == pytest.approx((0.1, 0.405))
        assert gap.duration_s == gap_s
