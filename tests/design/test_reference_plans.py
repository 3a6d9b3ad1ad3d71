"""Plans against the numbers that others have printed for them."""

import numpy as np
import pytest
from tests.design.problems import axes_of, problem_of

from electrodoe.design.assessment.evaluation import evaluate_plan
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel, prediction_variance
from electrodoe.design.region.region import region_of
from electrodoe.design.search.search import search


def _model(levels) -> PlanModel:
    region = region_of(axes_of(levels))
    return PlanModel(region=region, terms=model_terms("quadratic", region.axes))


@pytest.mark.parametrize(
    ("over", "criterion", "expected"),
    [
        (
            "continuous",
            "i_continuous",
            {"d": 37.74, "a": 27.58, "g": 50.96, "vif": 1.23, "distinct": 14, "pairs": 12},
        ),
        (
            "grid",
            "i_grid",
            {"d": 42.83, "a": 28.44, "g": 67.83, "vif": 1.11, "distinct": 17, "pairs": 12},
        ),
    ],
)
def test_the_best_plans_of_the_papers_case_have_the_known_figures(
    over, criterion: str, expected: dict[str, float]
) -> None:
    """Efficiencies in percent, VIF, distinct runs and pairs of settings, and the bound."""
    problem = problem_of([4, 4, 4], 17, over=over)
    found = evaluate_plan(_model([4, 4, 4]), search(problem, 1).design)

    known = {"continuous": (0.34999326, 0.5959), "grid": (0.36645, 0.53802626)}[over]
    assert found.value("i_continuous") == pytest.approx(known[0], abs=5e-6)
    assert found.value("i_grid") == pytest.approx(known[1], abs=5e-5)
    for name in "dag":
        assert 100.0 * found.value(f"{name}_efficiency") == pytest.approx(expected[name], abs=0.006)
    assert found.value("max_vif") == pytest.approx(expected["vif"], abs=0.006)
    assert found.n_distinct == expected["distinct"]
    assert found.pairs["n_distinct"].max() == expected["pairs"]
    proven = {"continuous": 0.9595, "grid": 0.973}[over]
    assert found.value(f"{criterion}_efficiency_bound") > proven


def test_the_best_plan_of_the_papers_case_has_the_known_curve() -> None:
    """Prediction variance that half, 80, 90, 95 % and all of the cube keep."""
    found = evaluate_plan(_model([4, 4, 4]), search(problem_of([4, 4, 4], 17), 1).design)

    quantiles = [found.quantiles[name] for name in ("50%", "80%", "90%", "95%")]
    assert quantiles == pytest.approx([0.3205, 0.4410, 0.5076, 0.5637], abs=5e-4)
    assert found.quantiles["max"] == pytest.approx(1.1543, abs=5e-5)


@pytest.mark.parametrize(
    ("design", "average", "largest"),
    [
        (np.vstack([box_behnken(3), np.zeros((3, 3))]), 0.384722, 1.39583),
        (np.vstack([central_composite(3), np.zeros((3, 3))]), 0.323357, 0.79472),
    ],
    ids=["Box-Behnken", "central composite"],
)
def test_textbook_designs_have_their_printed_variance(
    design: np.ndarray, average: float, largest: float
) -> None:
    """Unscaled prediction variance over the cube, mean and maximum."""
    found = evaluate_plan(_model([None] * 3), design, with_bound=False)

    assert found.value("i_continuous") == pytest.approx(average, abs=5e-7)
    assert found.quantiles["max"] == pytest.approx(largest, abs=5e-6)


def test_a_parabola_on_three_levels_has_its_closed_form() -> None:
    """PV = 1 - 1.5 x^2 + 1.5 x^4."""
    model = _model([3])
    design = np.array([[-1.0], [0.0], [1.0]])
    x = np.linspace(-1.0, 1.0, 21)

    variance = prediction_variance(model.terms, model.covariance(design), x[:, None])

    np.testing.assert_allclose(variance, 1.0 - 1.5 * x**2 + 1.5 * x**4, atol=1e-12)
