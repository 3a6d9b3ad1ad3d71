"""Settings per level of a category, the best level with its chance, and numeric levels kept."""

from dataclasses import replace

import numpy as np
import pytest
from tests.optimize.conftest import KnownSurface, decide, grid_data, hill, study_of

from electrodoe.dataset import TrainingData
from electrodoe.errors import RecommendationError
from electrodoe.optimize import (
    MOST_CERTAIN,
    Decision,
    OptimizationResult,
    decision,
    distance,
    operating_window,
    optimize_settings,
    possible_settings,
)
from electrodoe.optimize.level_settings import level_settings
from electrodoe.optimize.search import best_point, best_points
from electrodoe.optimize.window import on_levels
from electrodoe.study import RecommendRequest, Study

BINDERS = ["CMC/SBR", "PVDF", "PAA"]
TOPS = np.array([[2.0, 5.0], [8.0, 5.0], [5.0, 1.0]])
"""Where each binder's hill has its top."""


def heights(shift: float) -> np.ndarray:
    """Return the height of each binder's top: PVDF above the others by a shift."""
    return np.array([0.0, shift, -10.0])


def surface_of(shift: float):
    """Return hills of three binders; inputs are a, binder, b."""

    def surface(x):
        level = x[:, 1].astype(int)
        apart = x[:, [0, 2]] - TOPS[level]
        return heights(shift)[level] - np.sum(apart**2, axis=1)

    return surface


def study_with(**more: object) -> Study:
    """Return a study of two numbers and a category between them."""
    factors = {
        "a": {"region": [0.0, 10.0]},
        "binder": {"levels": BINDERS},
        "b": {"region": [0.0, 10.0]},
    }
    return study_of({"y": {"goal": "maximize"}}, factors, **more)


def data_with(shift: float, sd: float = 0.5, seed: int = 0, levels: int = 3) -> TrainingData:
    """Return a 3 x 3 grid for each binder, two samples of each run (simulated)."""
    grid = np.array(
        [[a, k, b] for k in range(levels) for a in (0, 5, 10) for b in (0, 5, 10)], float
    )
    inputs = np.repeat(grid, 2, axis=0)
    rng = np.random.default_rng(seed)
    return TrainingData(
        scenario="all",
        response_name="y",
        input_names=("a", "binder", "b"),
        inputs=inputs,
        response=surface_of(shift)(inputs) + rng.normal(0.0, sd, len(inputs)),
        configurations=np.repeat(np.arange(len(grid)), 2),
        sample_names=tuple(f"s{row:02d}" for row in range(len(inputs))),
        levels={"binder": dict(enumerate(BINDERS[:levels]))},
    )


def decided(shift: float = 6.0, study: Study | None = None, **data: float) -> Decision:
    """Return a decision whose surface is known and whose data are simulated."""
    study, own = study or study_with(), data_with(shift, **data)
    known = (KnownSurface(surface_of(shift)),)
    return decision(study, possible_settings(study, own).region, known, (own,))


def optimized(study: Study, made: Decision) -> OptimizationResult:
    """Return all that follows from a decision."""
    possible = possible_settings(study, made.data[0])
    return optimize_settings(made, possible, (), RecommendRequest(), 1)


def test_every_level_has_its_own_best_settings():
    """Each binder's own top, in the order of the levels; the best of all is PVDF's."""
    made = decided()

    found = best_points(made.region, made.merit, 1)
    best = best_point(made.region, made.merit, 1)

    settings = [made.settings(each.point) for each in found]
    for level, (a, binder, b) in enumerate(settings):
        assert binder == level
        assert [a, b] == pytest.approx(TOPS[level], abs=0.05)
    assert made.named(best.point)["binder"] == "PVDF"


def test_the_best_level_is_named_with_its_chance():
    """Six standard deviations of the noise apart: as sure as is ever said, and never surer."""
    made = decided(shift=6.0)

    rows = level_settings(made, best_point(made.region, made.merit, 1), 1)

    assert rows[0].levels == {"binder": "PVDF"}
    assert rows[0].is_recommended
    assert rows[0].chance_best == MOST_CERTAIN < 1.0
    assert rows[0].set_point.settings["binder"] == "PVDF"
    assert len(rows) == 3


def test_levels_that_cannot_be_told_apart_share_the_chance():
    """Two tops of one height under a noise of three: neither is called sure."""
    made = decided(shift=0.0, sd=3.0)

    rows = level_settings(made, best_point(made.region, made.merit, 1), 1)

    chances = {row.levels["binder"]: row.chance_best for row in rows}
    assert max(chances.values()) < 0.95
    assert sum(chances.values()) == pytest.approx(1.0, abs=0.03)


def test_a_level_that_was_never_made_is_not_recommended():
    """The model knows nothing of it."""
    made = decided(shift=-3.0, levels=2)

    found = [made.named(each.point)["binder"] for each in best_points(made.region, made.merit, 1)]

    assert found == ["CMC/SBR", "PVDF"]


def test_a_forbidden_combination_is_kept():
    """PVDF may not be run above 6: its best lies at the limit, the others are free."""
    study = study_with(plan={"runs": 12, "forbidden": ["binder == 'PVDF' and a > 6"]})
    made = decided(study=study)

    found = [made.settings(each.point) for each in best_points(made.region, made.merit, 1)]

    assert found[1][0] == pytest.approx(6.0, abs=0.05)
    assert found[0][0] == pytest.approx(2.0, abs=0.05)


def test_a_level_that_no_setting_may_have_is_left_out():
    """And with none left, that is said."""
    study = study_with(plan={"runs": 12, "forbidden": ["binder == 'PVDF'"]})
    made = decided(study=study)

    found = [made.named(each.point)["binder"] for each in best_points(made.region, made.merit, 1)]

    assert found == ["CMC/SBR", "PAA"]
    everything = study_with(plan={"runs": 12, "forbidden": ["a >= 0"]})
    with pytest.raises(RecommendationError, match="no setting keeps every limit"):
        decided(study=everything)


def test_holding_an_axis_keeps_limits_and_tolerances():
    """A linear limit moves with what is held; a held number still comes out off its setting."""
    factors = {name: {"region": [0.0, 10.0], "tolerance": 0.2} for name in ("a", "b")}
    goal = {"y": {"goal": "range", "lower": 4.5}}
    study = study_of(goal, factors, plan={"runs": 12, "constraints": ["a + b <= 10"]})
    made = decide(study, [lambda x: x[:, 0]], sd=1e-6)
    point = made.coded(np.array([5.0, 2.0]))

    own = made.holding(point, [0])

    assert own.region.names == ("b",)
    assert own.settings(np.array([[0.0]])).tolist() == [[5.0, 5.0]]
    assert own.region.is_feasible(own.coded(np.array([[5.0, 5.0], [5.0, 5.1]]))).tolist() == [
        True,
        False,
    ]
    # of 5 (1 + u) with u between -.2 and .2, three quarters lie above 4.5
    assert own.probability(np.array([[0.0]]))[0] == pytest.approx(0.75, abs=0.07)


def test_the_window_is_that_of_the_recommended_level():
    """The category is held; the others may drift."""
    study = study_of(
        {"y": {"goal": "maximize", "lower": 2.0}},
        {name: dict(factor) for name, factor in _declared(study_with()).items()},
    )
    made = decided(study=study)

    found = optimize_settings(
        made, possible_settings(study, made.data[0]), (), RecommendRequest(), 1
    )

    assert [made.region.names[number] for number in found.held] == ["binder"]
    assert set(found.window.ranges) == {"a", "b"}
    low, high = found.window.ranges["a"]
    assert low < 8.0 < high
    assert {row["binder"] for row in found.next_runs.frame.to_dicts()} <= set(BINDERS)
    assert found.window.holds(found.drifting_point)


def _declared(study: Study) -> dict[str, dict[str, object]]:
    """Return factors as a study.toml says them."""
    return study.model_dump(mode="json", exclude_unset=True)["factors"]


def test_numeric_levels_are_kept_unless_they_are_freed():
    """A line that can set 0, 4 and 10 cannot set 3."""
    factors = {"a": {"levels": [0.0, 4.0, 10.0]}, "b": {"region": [0.0, 10.0]}}
    study = study_of({"y": {"goal": "maximize", "lower": -40.0}}, factors)
    kept = decide(study, [hill(3, 6)])
    free = decide(study, [hill(3, 6)], levels_only=False)

    found = [made.settings(best_point(made.region, made.merit, 1).point) for made in (kept, free)]

    np.testing.assert_allclose(found, [[4.0, 6.0], [3.0, 6.0]], atol=0.01)
    assert (
        Study.model_validate(
            {"title": "a", "factors": factors, "recommend": {"levels_only": False}}
        ).recommend.levels_only
        is False
    )
    assert RecommendRequest().levels_only is True


def test_next_runs_and_window_stand_on_numeric_levels():
    """Nobody is sent to 65.1562 °C."""
    factors = {"a": {"levels": [0.0, 2.0, 4.0, 7.0, 10.0]}, "b": {"levels": [0.0, 5.0, 6.0, 10.0]}}
    study = study_of({"y": {"goal": "maximize", "lower": -12.0}}, factors)
    made = decide(study, [hill(3, 6)], sd=0.5)

    found = optimize_settings(
        made, possible_settings(study, made.data[0]), (), RecommendRequest(), 1
    )

    for name, factor in factors.items():
        assert set(found.next_runs.frame[name]) <= set(factor["levels"])
        assert set(found.window.ranges[name]) <= set(factor["levels"])
        assert found.window.center[name] in factor["levels"]
    assert found.window.ranges == {"a": (2.0, 4.0), "b": (5.0, 6.0)}


def test_a_factor_without_a_level_in_the_window_is_held():
    """A box between two levels is no place that a line can set."""
    factors = {"a": {"levels": [0.0, 10.0]}, "b": {"region": [0.0, 10.0]}}
    study = study_of({"y": {"goal": "range", "lower": 3.0, "upper": 8.0}}, factors)
    made = decide(study, [lambda x: x[:, 0]], sd=0.3)
    between = operating_window(made, 0.9).window

    assert on_levels(made, between) == (None, (0,))


def test_all_levels_are_tried_where_there_is_nothing_else():
    """Four by three settings: the best of a list, found at once."""
    factors = {"a": {"levels": [0.0, 2.0, 7.0, 10.0]}, "b": {"levels": [1.0, 5.0, 9.0]}}
    made = decide(study_of({"y": {"goal": "maximize"}}, factors), [hill(3, 6)])

    found = best_point(made.region, made.merit, 1)

    assert made.settings(found.point).tolist() == [2.0, 5.0]
    assert found.n_starts == 1


def test_goals_without_a_common_level_are_refused():
    """There is no setting at which both are known."""
    study = study_of(
        {"y": {"goal": "maximize"}, "z": {"goal": "maximize"}}, _declared(study_with())
    )
    first = data_with(1.0, levels=1)
    second = replace(first, response_name="z", levels={"binder": {2: "PAA"}})

    with pytest.raises(RecommendationError, match="no common level of 'binder'"):
        possible_settings(study, first, [second])


def test_another_level_is_as_far_as_a_whole_range():
    """Whichever it is: levels have no order."""
    made = decided()
    data = made.data[0].take(made.data[0].inputs[:, 1] == 0)

    apart = [
        distance(made.region, data, np.array([5.0, level, 5.0])).nearest
        for level in (0.0, 1.0, 2.0)
    ]

    assert apart == pytest.approx([0.0, 1.0, 1.0])
    near = distance(made.region, data, np.array([5.0, 0.0, 6.0]))
    assert near.nearest == pytest.approx(0.1)
    assert near.is_inside


def test_inputs_without_categories_have_no_levels(round_hill):
    """Nothing is told of what there is none of."""
    assert level_settings(round_hill, best_point(round_hill.region, round_hill.merit, 1), 1) == ()
    assert grid_data(hill(3, 6)).levels == {}
