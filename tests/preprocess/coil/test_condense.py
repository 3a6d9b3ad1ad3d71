"""A made-up coil's truth, found again from its log alone."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from electrodoe.preprocess.coil import CondensedCoil, coil_logs, read_coil
from electrodoe.study import CoilProtocol
from strategies.made_up_coil import (
    DISTANCE_M,
    DRYER_C,
    RUNS,
    SENSORS,
    SOLIDS,
    STOP_AT_S,
    STOP_FOR_S,
    TILT_UM,
    WET_PER_GAP,
    declared,
    gap_um,
    made_up_coil,
    speed_m_min,
    written,
)

PERIOD_S = 1.0
ONE_PERIOD_M = 0.9 / 60.0 * PERIOD_S
"""Web that passes at the highest speed while a sensor reads once."""


def condensed(paths: Path | list[Path], **changes: object) -> CondensedCoil:
    """Return a log of the made-up line, condensed."""
    protocol = CoilProtocol.model_validate(declared(**changes))
    files = paths if isinstance(paths, list) else [paths]
    return read_coil(coil_logs(files, protocol), protocol)


def true_mean(start_m: float, end_m: float) -> float:
    """Return the mean gap over a piece of web."""
    return float(np.mean(gap_um(np.linspace(start_m, end_m, 20_001)[:-1])))


@pytest.fixture(scope="module")
def coil(tmp_path_factory: pytest.TempPathFactory) -> CondensedCoil:
    """Return the coil as one text log."""
    return condensed(written(tmp_path_factory.mktemp("coil"), made_up_coil(PERIOD_S).frame))


def test_the_length_is_that_of_the_speeds_integral(coil: CondensedCoil):
    """To less than what passes in a tenth of a period."""
    assert coil.length_m == pytest.approx(
        float(made_up_coil(PERIOD_S).position_m[-1]), abs=0.1 * ONE_PERIOD_M
    )


@pytest.mark.parametrize("run", list(RUNS))
def test_every_run_is_found_where_it_was_made(tmp_path: Path, run: str):
    """Declared by times or by a column of the log: its borders to within one period."""
    made = made_up_coil(PERIOD_S)
    times = [
        {"run": name, "start_time": made.time_at(start), "end_time": made.time_at(end)}
        for name, (start, end) in RUNS.items()
    ]
    path = written(tmp_path, made.frame)

    by_time = condensed(path, runs=times)
    by_column = condensed(path, runs=(), run_column="run", splices=())

    for found in (by_time, by_column):
        row = found.runs.row(by_predicate=pl.col("run") == run, named=True)
        assert row["start_m"] == pytest.approx(RUNS[run][0], abs=ONE_PERIOD_M)
        assert row["end_m"] == pytest.approx(RUNS[run][1], abs=ONE_PERIOD_M)


def test_every_segment_has_the_means_of_its_own_web(coil: CondensedCoil):
    """Gap, wet and dry loading, whatever the speed was while it passed each sensor.

    A mean over 33 rows or more is uncertain by its noise and by where its first and last readings
    fall, which is one period of the steepest change there is.
    """
    rows = coil.condensed.table.filter("accepted")
    true = np.array([true_mean(*pair) for pair in rows.select("start_m", "end_m").rows()])

    np.testing.assert_allclose(rows["coating_gap_um"], true, atol=1.0)
    np.testing.assert_allclose(rows["wet_mass_loading_mg_cm2"], WET_PER_GAP * true, atol=0.15)
    np.testing.assert_allclose(
        rows["dry_mass_loading_mg_cm2"], SOLIDS * WET_PER_GAP * true, atol=0.06
    )
    np.testing.assert_allclose(rows["coating_gap_tilt_um"], TILT_UM, atol=0.4)


def test_every_run_has_its_own_means(coil: CondensedCoil):
    """A reading that were shifted to the wrong run would move them by several µm."""
    for run, gap, wet, dryer, solid in coil.runs.select(
        "run",
        "coating_gap_um",
        "wet_mass_loading_mg_cm2",
        "dryer_2_temperature_c",
        "solid_content",
    ).rows():
        true = true_mean(*RUNS[run])
        assert gap == pytest.approx(true, abs=0.3)
        assert wet == pytest.approx(WET_PER_GAP * true, abs=0.03)
        assert dryer == pytest.approx(DRYER_C[run], abs=0.1)
        assert solid == pytest.approx(SOLIDS, abs=0.001)


def test_a_stop_is_found_and_smears_nothing(coil: CondensedCoil):
    """Its place, its duration and its rows; its segment is flagged and kept out of the run."""
    stopped = coil.condensed.table.filter(pl.col("flags").str.contains("stop"))
    made = made_up_coil(PERIOD_S)
    at_m = float(np.interp(STOP_AT_S, made.frame["time_s"], made.position_m))

    assert stopped.height == 1
    assert stopped["start_m"][0] <= at_m < stopped["end_m"][0]
    assert stopped["n_standing"][0] == STOP_FOR_S / PERIOD_S + 1
    assert coil.condensed.table["n_standing"].sum() == stopped["n_standing"][0]
    assert not stopped["accepted"][0]
    assert f"{STOP_FOR_S:.0f} s" in next(
        one.what for one in coil.condensed.findings if one.code == "D603"
    )


def test_a_splice_cuts_segments(coil: CondensedCoil):
    """None reaches across its borders, and its own are not accepted."""
    table = coil.condensed.table
    spliced = table.filter(pl.col("flags").str.contains("splice"))

    assert (spliced["start_m"].min(), spliced["end_m"].max()) == (11.0, 12.0)
    assert not spliced["accepted"].any()
    assert table.filter((pl.col("start_m") < 11.0) & (pl.col("end_m") > 11.0)).is_empty()


def test_every_distance_is_found_from_the_readings(coil: CondensedCoil):
    """To within one period's web, and inside its interval."""
    assert coil.lags is not None
    found = coil.lags.table.filter("is_estimable")

    assert set(found["sensor"]) >= {"coating_gap_right", "wet_mass_loading", "dry_mass_loading"}
    for sensor, estimate, low, high in found.select(
        "sensor", "estimated_m", "low_m", "high_m"
    ).rows():
        true = {"wet_mass_loading": 0.8, "dry_mass_loading": 5.6}.get(sensor, 0.0)
        assert estimate == pytest.approx(true, abs=ONE_PERIOD_M)
        assert low <= true <= high


def test_a_wrong_distance_is_reported(tmp_path: Path):
    """Declared 0.3 m off: the finding names both."""
    wrong = [*SENSORS[:-1], {**SENSORS[-1], "distance_m": 5.3}]
    path = written(tmp_path, made_up_coil(PERIOD_S).frame)

    found = [one for one in condensed(path, sensors=wrong).condensed.findings if one.code == "D601"]

    assert len(found) == 1
    assert "5.300 m declared, 5.6" in found[0].what


def test_every_segment_names_the_lines_that_passed_the_blade(coil: CondensedCoil):
    """The log's own lines, header included."""
    time_s = made_up_coil(PERIOD_S).frame["time_s"].to_numpy()
    position = made_up_coil(PERIOD_S).position_m
    row = coil.condensed.table.row(9, named=True)
    first, last = (int(line) for line in row["lines"].split("-"))

    inside = time_s[(position >= row["start_m"]) & (position < row["end_m"])]
    assert (time_s[first - 2], time_s[last - 2]) == (inside[0], inside[-1])


def test_lanes_of_a_traverse_tell_edge_from_center(coil: CondensedCoil):
    """The made-up web is 4 % heavier at its right edge than at its left."""
    rows = coil.condensed.table.filter("accepted")
    left, center, right = (
        rows[f"wet_mass_loading_{lane}_mg_cm2"].mean() for lane in ("left", "center", "right")
    )

    assert right / left == pytest.approx(1.03 / 1.00, abs=0.006)
    assert center == pytest.approx((left + right) / 2, rel=0.003)


def test_a_traverse_by_its_period_is_one_by_its_column(tmp_path: Path):
    """The same zig-zag, reported in two ways."""
    path = written(tmp_path, made_up_coil(PERIOD_S).frame)
    moving = {**SENSORS[2], "traverse": {"width_mm": 200.0, "period_s": 20.0}}

    by_period = condensed(path, sensors=[*SENSORS[:2], moving, *SENSORS[3:]])
    by_column = condensed(path)

    name = "wet_mass_loading_center_mg_cm2"
    np.testing.assert_allclose(
        by_period.condensed.table[name].drop_nulls(),
        by_column.condensed.table[name].drop_nulls(),
        rtol=2e-3,
    )


def test_short_segments_are_seen_in_part(tmp_path: Path):
    """At 0.6 m/min and 20 s one crossing takes 0.1 m; 0.04 m see one lane or two."""
    path = written(tmp_path, made_up_coil(PERIOD_S).frame)

    found = condensed(path, segment_m=0.04)

    assert "D605" in {one.code for one in found.condensed.findings}
    assert found.condensed.table["flags"].str.contains("part of the width").sum() > 100


def test_the_start_of_a_run_can_be_left_out(tmp_path: Path):
    """Half a meter of each run is flagged, and its summary starts behind it."""
    path = written(tmp_path, made_up_coil(PERIOD_S).frame)

    found = condensed(path, transition_m=0.5)

    assert found.runs["start_m"].to_list() == [1.5, 6.5, 12.5]
    assert found.condensed.table["flags"].str.contains("transition").sum() == 3


def test_samples_are_assigned_to_the_web_they_were_cut_from(tmp_path: Path):
    """By position to a segment, by name to a run, and reported where they fit neither."""
    path = written(tmp_path, made_up_coil(PERIOD_S).frame)
    protocol = CoilProtocol.model_validate(declared())
    samples = pl.DataFrame(
        {
            "position_m": [1.6, 1.9, 6.2, None, 99.0],
            "run": [None, "1", "1", "3", None],
            "coating_thickness_um": [80.0, 82.0, 110.0, 95.0, 70.0],
        }
    )

    found = read_coil(coil_logs([path], protocol), protocol, samples)

    row = found.condensed.table.row(by_predicate=pl.col("start_m") == 1.5, named=True)
    assert (row["coating_thickness_um"], row["coating_thickness_n"]) == (81.0, 2)
    assert found.runs["coating_thickness_um"].to_list() == [81.0, 110.0, 95.0]
    lost = [one for one in found.condensed.findings if one.code == "D609"]
    assert [one.where.rpartition(" ")[2] for one in lost] == ["3", "5"]


def test_another_solid_content_is_reported(tmp_path: Path):
    """Dry over wet is 0.52; a slurry of 0.60 was declared."""
    path = written(tmp_path, made_up_coil(PERIOD_S).frame)

    codes = [one.code for one in condensed(path, solid_content=0.6).condensed.findings]
    fitting = [one.code for one in condensed(path, solid_content=0.52).condensed.findings]

    assert codes.count("D606") == 3
    assert "D606" not in fitting


def test_a_run_beyond_the_log_is_reported(tmp_path: Path):
    """And the others are condensed as if it were not there."""
    path = written(tmp_path, made_up_coil(PERIOD_S).frame)
    beyond = [
        {"run": "9", "start_m": 500.0, "end_m": 600.0},
        {"run": "1", "start_m": 1.0, "end_m": 6.0},
    ]

    found = condensed(path, runs=beyond)

    assert found.runs["run"].to_list() == ["1"]
    assert "run '9'" in next(one.what for one in found.condensed.findings if one.code == "D607")


def test_a_faster_log_beside_a_slow_one_keeps_its_own_clock(tmp_path: Path):
    """Dry loading from a second log at 4 Hz whose clock is 37 s ahead."""
    main = made_up_coil(PERIOD_S)
    fast = made_up_coil(0.25, seed=2).frame.select(
        (pl.col("time_s") + 37.0).alias("t"), pl.col("dry_g_m2")
    )
    protocol = CoilProtocol.model_validate(
        declared(
            sensors=SENSORS[:-1],
            other_logs=[
                {"files": ("dry.csv",), "time": "t", "clock_ahead_s": 37.0, "sensors": SENSORS[-1:]}
            ],
        )
    )
    paths = [written(tmp_path, main.frame), written(tmp_path, fast, "dry.csv")]

    found = read_coil(coil_logs(paths[:1], protocol, [paths[1:]]), protocol)

    for run, dry in found.runs.select("run", "dry_mass_loading_mg_cm2").rows():
        assert dry == pytest.approx(SOLIDS * WET_PER_GAP * true_mean(*RUNS[run]), abs=0.03)
    assert found.lags is not None
    estimate = found.lags.table.row(by_predicate=pl.col("sensor") == "dry_mass_loading", named=True)
    assert estimate["estimated_m"] == pytest.approx(DISTANCE_M["dry"], abs=ONE_PERIOD_M)


def test_the_web_that_ran_back_is_counted_once(tmp_path: Path):
    """Half a minute backwards and forwards again: length and means as without."""
    time_s = np.arange(0.0, 900.0)
    speed = np.where((time_s >= 300) & (time_s < 330), -0.6, 0.6)
    web_m = np.concatenate([[0.0], np.cumsum(0.5 * (speed[1:] + speed[:-1])) / 60.0])
    frame = pl.DataFrame(
        {"time_s": time_s, "speed_m_min": speed, "gap_left": 100.0 + web_m, "run": "1"}
    )

    found = condensed(
        written(tmp_path, frame), sensors=SENSORS[:1], runs=(), splices=(), segment_m=1.0
    )

    table = found.condensed.table
    assert found.length_m == pytest.approx(float(web_m.max()))
    np.testing.assert_allclose(
        table["coating_gap_um"], 100.0 + 0.5 * (table["start_m"] + table["end_m"]), atol=0.01
    )
    assert "D604" in {one.code for one in found.condensed.findings}


def test_the_made_up_speed_stands_for_two_minutes():
    """What the tests above rely on."""
    assert speed_m_min(np.array([STOP_AT_S, STOP_AT_S + STOP_FOR_S / 2])).tolist() == [0.0, 0.0]


def test_a_gap_in_the_log_is_reported_and_its_web_flagged(tmp_path: Path):
    """Five minutes are missing, while 3 m passed at a constant speed: positions stay right."""
    frame = made_up_coil(PERIOD_S).frame
    path = written(tmp_path, frame.filter(~pl.col("time_s").is_between(1400, 1700)))

    found = condensed(path)

    assert found.length_m == pytest.approx(
        float(made_up_coil(PERIOD_S).position_m[-1]), abs=ONE_PERIOD_M
    )
    gap = next(one for one in found.condensed.findings if one.code == "D243")
    assert "the longest 302 s" in gap.what
    flagged = found.condensed.table.filter(pl.col("flags").str.contains("gap"))
    assert (flagged["end_m"].max() or 0.0) - (flagged["start_m"].min() or 0.0) >= 3.0


def test_a_speed_that_is_logged_more_rarely_moves_nothing(tmp_path: Path):
    """In every fifth row only: readings in between lie where the speed's course has them."""
    frame = made_up_coil(PERIOD_S).frame
    rare = frame.with_columns(
        speed_m_min=pl.when(pl.int_range(pl.len()) % 5 == 0).then("speed_m_min")
    )

    often = condensed(written(tmp_path, frame)).condensed.table
    found = condensed(written(tmp_path, rare, "rare.parquet")).condensed.table

    assert found.height == often.height
    np.testing.assert_allclose(found["coating_gap_um"][:-1], often["coating_gap_um"][:-1], atol=0.5)


def test_a_sensor_that_read_nothing_is_reported(tmp_path: Path):
    """Its column is empty: an error, since the study asks for it."""
    frame = made_up_coil(PERIOD_S).frame.with_columns(dryer_2=pl.lit(None, pl.Float64))

    found = condensed(written(tmp_path, frame, "line.parquet"))

    silent = next(one for one in found.condensed.findings if one.code == "D610")
    assert silent.severity == "error"
    assert silent.what.startswith("dryer_2_temperature: 2501 of 2501 readings are missing")
    assert "D602" in {one.code for one in found.condensed.findings}


def test_web_that_passed_a_sensor_before_the_log_began_is_left_out(tmp_path: Path):
    """5.6 m of web lie between blade and dry sensor at the start: they belong to no segment."""
    table = condensed(written(tmp_path, made_up_coil(PERIOD_S).frame)).condensed.table

    n_on_the_coil = table["dry_mass_loading_n"].sum()
    position = made_up_coil(PERIOD_S).position_m
    passed = (position >= DISTANCE_M["dry"]) & (np.diff(position, prepend=-1.0) > 0.0)

    assert n_on_the_coil == pytest.approx(int(passed.sum()), abs=2)


def test_readings_outside_the_speeds_log_are_reported(tmp_path: Path):
    """A second log whose clock is an hour ahead, which nobody declared."""
    main = made_up_coil(PERIOD_S)
    late = main.frame.select(pl.col("time_s") + 2000.0, "dry_g_m2")
    protocol = CoilProtocol.model_validate(
        declared(
            sensors=SENSORS[:-1], other_logs=[{"files": ("dry.csv",), "sensors": SENSORS[-1:]}]
        )
    )
    paths = [written(tmp_path, main.frame), written(tmp_path, late, "dry.csv")]

    found = read_coil(coil_logs(paths[:1], protocol, [paths[1:]]), protocol)

    outside = next(one for one in found.condensed.findings if one.code == "D611")
    assert outside.what.startswith("dry_mass_loading: 2000 of 2501 readings")
