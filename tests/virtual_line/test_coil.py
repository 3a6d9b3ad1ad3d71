"""The coil: web by own integration, sensors at their distances, tables beside the log."""

import numpy as np
import pytest

from electrodoe.errors import SimulationError
from electrodoe.study import CoilProtocol
from electrodoe.study.protocols.coil_sensor import CoilSensor
from electrodoe.virtual_line.coil import RUN_M, TRANSITION_M, Ride, lay_out, ride
from electrodoe.virtual_line.instruments.coil import (
    log_columns,
    reading,
    run_spans,
    thickness_samples,
)
from electrodoe.virtual_line.noise_levels import NoiseLevels
from electrodoe.virtual_line.production import Production, produce
from strategies.plants import PROTOCOLS, SETTINGS, plant_plan, plant_study
from strategies.run_plans import run_plan

SILENT = NoiseLevels().scaled(0.0)
COIL = CoilProtocol.model_validate(PROTOCOLS["coil"])


@pytest.fixture(scope="module")
def made() -> Production:
    """Return a production without scatter."""
    return produce(plant_study(noise_scale=0.0), plant_plan())


@pytest.fixture(scope="module")
def ridden(made: Production) -> Ride:
    """Return how its web ran."""
    return ride(made.coil, 6.0)


def _log(made: Production, ridden: Ride) -> dict[str, np.ndarray]:
    """Return the log of a line without noise."""
    return log_columns(COIL, ridden, made.web, SILENT, 1)


def test_a_section_holds_the_runs_that_differ_in_porosity_alone():
    """One mass loading and one temperature, one after the other on the web."""
    coil = lay_out(plant_plan())

    assert coil.sections["run"].to_list() == ["1", "2", "4"]
    assert coil.runs["run"].to_list() == ["1", "3", "2", "4"]
    starts, ends = coil.runs["start_m"].to_numpy(), coil.runs["end_m"].to_numpy()
    np.testing.assert_allclose(ends - starts, RUN_M)
    np.testing.assert_allclose(starts[1:] - ends[:-1], [0.0, TRANSITION_M, TRANSITION_M])


def test_a_plan_of_other_factors_is_refused():
    """The plant has three knobs."""
    with pytest.raises(SimulationError, match="without 'porosity'") as refused:
        lay_out(run_plan({"active_mass_loading_mg_cm2": [8.2], "dryer_2_temperature_c": [50.0]}))
    columns = dict(
        zip(
            ("active_mass_loading_mg_cm2", "dryer_2_temperature_c", "porosity"),
            zip(*SETTINGS, strict=True),
            strict=True,
        )
    )
    with pytest.raises(SimulationError, match="of 'speed'"):
        lay_out(run_plan({**columns, "speed": [1.0] * 4}))

    assert refused.value.where == "results/run_plan.csv"


def test_the_web_moves_as_its_speed_says(ridden: Ride):
    """The position is the sum of speed times time; the log's speed gives it back."""
    summed_m = np.concatenate(
        [[0.0], np.cumsum(0.5 * (ridden.speed_m_min[1:] + ridden.speed_m_min[:-1]) * 0.5 / 60.0)]
    )

    np.testing.assert_allclose(ridden.passed_m, summed_m, atol=1e-9)
    assert ridden.speed_m_min.max() == pytest.approx(0.6)


def test_the_line_ramps_slows_down_and_stops(ridden: Ride):
    """Three minutes at rest, a segment at 0.5 m/min, never a jump of the speed."""
    rests = ridden.time_s[(ridden.speed_m_min == 0.0) & (ridden.time_s > 60.0)]
    is_slow = np.isclose(ridden.speed_m_min, 0.5, atol=1e-9)

    assert np.ptp(rests) == pytest.approx(180.0, abs=2.0)
    assert np.abs(np.diff(ridden.speed_m_min)).max() <= 0.6 / 20.0 * 0.5 + 1e-12
    assert np.ptp(ridden.passed_m[is_slow]) == pytest.approx(3.0, abs=0.2)


def test_stop_and_splice_lie_where_no_run_is(made: Production, ridden: Ride):
    """In the transitions between sections."""
    for place in (ridden.stop_m, ridden.splice_m):
        assert made.coil.runs.filter(start_m=place).height == 0
        inside = (made.coil.runs["start_m"] - 1.0 < place) & (place < made.coil.runs["end_m"])
        assert not inside.any()


@pytest.mark.parametrize(("column", "distance_m"), [("gap_l", 0.0), ("wet", 0.8), ("dry", 6.0)])
def test_a_sensor_sees_a_change_when_the_web_has_come_to_it(
    made: Production, ridden: Ride, column: str, distance_m: float
):
    """The step to the second section, one distance of web after the blade."""
    step_m = made.coil.sections["start_m"][1]
    seen = _log(made, ridden)[column]
    near = (ridden.passed_m > step_m + distance_m - 1.0) & (
        ridden.passed_m < step_m + distance_m + 1.0
    )
    jump = np.flatnonzero(near)[np.argmax(np.abs(np.diff(seen[near])))]

    assert ridden.passed_m[jump] - step_m == pytest.approx(distance_m, abs=0.06)


def test_without_scatter_the_gauges_show_what_was_planned(made: Production, ridden: Ride):
    """8.2 mg/cm² of graphite are 16.776 wet and 8.7234 dry; gauges write g/m²."""
    start_m, end_m = made.coil.runs.select("start_m", "end_m").row(0)
    log = _log(made, ridden)
    for column, distance_m, expected in (("wet", 0.8, 167.76), ("dry", 6.0, 87.234)):
        place_m = ridden.passed_m - distance_m
        seen = log[column][(place_m > start_m) & (place_m < end_m)]

        assert seen.mean() == pytest.approx(expected, rel=3e-3)


def test_bare_foil_and_tape_read_nothing(made: Production, ridden: Ride):
    """Before the coil has come to the gauge, after it has gone, and at the splice."""
    log = _log(made, ridden)
    before = ridden.passed_m < 0.8
    tape = (ridden.passed_m - 0.8 >= ridden.splice_m) & (
        ridden.passed_m - 0.8 < ridden.splice_m + 0.15
    )

    assert tape.any()
    assert np.all(log["wet"][before | tape] == 0.0)


def test_a_traversing_gauge_goes_from_edge_to_edge(made: Production, ridden: Ride):
    """There in 20 s and back in 20 s, over all of 220 mm."""
    place = _log(made, ridden)["wet_mm"]

    assert (place.min(), place.max()) == (0.0, 220.0)
    np.testing.assert_allclose(np.abs(np.diff(place)), 220.0 / 40.0)


def test_a_declared_period_is_kept(made: Production, ridden: Ride):
    """With its rests at the turns, where no column tells the place."""
    sensor = CoilSensor.model_validate(
        {
            "name": "mass_loading",
            "unit": "mg_cm2",
            "column": "wet",
            "film": "wet",
            "traverse": {"width_mm": 200.0, "period_s": 30.0, "dwell_s": 5.0},
        }
    )
    seen = reading(sensor, ridden, made.web, SILENT, 1)["wet"]
    shape = seen[2000:2060]

    np.testing.assert_allclose(shape, seen[2060:2120], rtol=2e-3)
    assert np.ptp(shape) > 0.05


def test_the_dryers_have_their_temperatures(made: Production, ridden: Ride):
    """50 and 65 °C, and between them what each run was planned with, once it has settled."""
    log = _log(made, ridden)
    for run, start_m, end_m, wanted in made.coil.runs.select(
        "run", "start_m", "end_m", "dryer_2_temperature_c"
    ).iter_rows():
        place_m = ridden.passed_m - 3.5
        seen = log["t2"][(place_m > start_m) & (place_m < end_m)]

        assert seen.mean() == pytest.approx(wanted, abs=0.15), run
    assert (log["t1"].mean(), log["t3"].mean()) == pytest.approx((50.0, 65.0))


def test_a_sensor_the_line_does_not_have_is_refused(made: Production, ridden: Ride):
    """With the column it was declared for."""
    sensor = CoilSensor.model_validate({"name": "humidity", "unit": "", "column": "rh"})
    with pytest.raises(SimulationError, match="humidity") as refused:
        reading(sensor, ridden, made.web, SILENT, 1)

    assert "'rh'" in refused.value.where


def test_the_gap_alone_tells_the_loading_poorly():
    """The wet film follows it within 4.5 % only, the loading meets its target within 1.2 %."""
    settings = tuple((8.2 + 0.03 * n, 57.5, 0.3) for n in range(100))
    made = produce(plant_study(), plant_plan(settings))
    starts = made.coil.runs["start_m"].to_numpy() + 1.0
    web = made.web.at(starts)

    target = made.coil.runs["active_mass_loading_mg_cm2"].to_numpy()
    assert (web.wet_mg_cm2 / web.gap_um).std() / (web.wet_mg_cm2 / web.gap_um).mean() == (
        pytest.approx(0.045, rel=0.25)
    )
    assert (web.active_mg_cm2 / target).std() == pytest.approx(0.0127, rel=0.25)


def test_the_operator_notes_runs_and_thicknesses(made: Production):
    """One span a run; six samples in it, with foil and without."""
    samples = thickness_samples(made.coil, made.web, made.recipe, SILENT, 1)
    with_foil, without = (
        samples[f"uncalendered_{part}_thickness_um"] for part in ("electrode", "coating")
    )

    assert run_spans(made.coil).columns == ["run", "start_m", "end_m"]
    assert samples.height == 6 * 4
    assert (with_foil - without).round(6).unique().to_list() == [10.0]
    assert without[0] == pytest.approx(10 * 8.7234 / 2.158 / (1 - 0.488), rel=5e-3)


def test_wet_and_dry_gauge_differ_as_the_paper_implies():
    """1.8 % from solids, foil and two gauges; RMSE .1 to .2 mg/cm² at some 10 (Table 5)."""
    settings = tuple((8.2 + 0.03 * n, 57.5, 0.3) for n in range(100))
    made = produce(plant_study(), plant_plan(settings))
    web = made.web.at(made.coil.runs["start_m"].to_numpy() + 1.0)

    ratio = web.gauged_dry_mg_cm2 / web.gauged_wet_mg_cm2
    assert ratio.std() / ratio.mean() == pytest.approx(0.0186, rel=0.25)
    assert web.foil_deviation_mg_cm2.std() == pytest.approx(0.01 * 8.96, rel=0.3)
