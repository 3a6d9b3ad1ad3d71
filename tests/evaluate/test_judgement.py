"""What scores mean in words, each limit on both of its sides."""

import numpy as np
import polars as pl
import pytest

from electrodoe.evaluate import EVALUATION_SCHEMA, judge
from electrodoe.evaluate.judgement import best_rows, deciding_rows, predictability, r2_lower


def evaluation(*scores: tuple[float | None, float], family: str = "mlr") -> pl.DataFrame:
    """Return an evaluation: R² on left-out configurations and of a random split, row by row."""
    return EVALUATION_SCHEMA.frame(
        [
            {
                "target": "y",
                "scenario": "product",
                "family": f"{family}{number}",
                **dict.fromkeys(("n", "n_configurations"), 27),
                **dict.fromkeys(("r2_train", "rmse_train", "rmse_test", "mse_ratio"), 1.0),
                "r2_test": r2_test,
                "r2_test_p05": 0.1,
                "r2_test_p95": 0.9,
                "r2_loco": r2_loco,
                "rmse_loco": 1.0,
            }
            for number, (r2_loco, r2_test) in enumerate(scores)
        ]
    )


@pytest.mark.parametrize(
    ("r2", "word"),
    [
        *((0.8, "well"), (0.799, "fairly"), (0.5, "fairly"), (0.499, "weakly")),
        *((0.2, "weakly"), (0.199, "not"), (-3.0, "not")),
    ],
)
def test_a_word_begins_at_its_limit(r2: float, word: str):
    """0.8, 0.5 and 0.2, the limits included."""
    assert predictability(r2).value == word


@pytest.mark.parametrize(("r2_loco", "n_reported"), [(0.199, 1), (0.2, 0)])
def test_what_the_deciding_family_does_not_predict_is_reported(r2_loco: float, n_reported: int):
    """S202, by the default wherever it stands; no family of several speaks for being the best."""
    reported = judge(evaluation((r2_loco - 0.1, 0.0), (r2_loco, 0.0)), "mlr1")

    assert [each.code for each in reported] == ["S202"] * n_reported
    if reported:
        assert "the family that decides (mlr1) reaches R² = 0.20" in reported[0].what


@pytest.mark.parametrize(
    ("best", "said"),
    [
        (0.7, "; mlr0 reaches 0.70, which may be chance, being the best of several"),
        (0.1, "; mlr0 reaches 0.10"),
        (-0.5, ""),
    ],
)
def test_a_better_family_does_not_silence_the_default(best: float, said: str):
    """Its score is named for what it is."""
    scores = pl.concat([evaluation((best, best)), evaluation((-0.01, 0.0), family="forest")])

    (reported,) = [each for each in judge(scores, default="forest0") if each.code == "S202"]

    asked = "the family that decides (forest0) reaches R² = -0.01 on left-out configurations"
    assert reported.what == f"{asked}; at least 0.2 is asked for{said}"


def test_without_the_default_the_first_family_that_was_fitted_decides():
    """It was named before any score was seen."""
    scores = pl.concat([evaluation((None, 0.5)), evaluation((0.1, 0.5), (0.9, 0.5), family="svm")])

    assert deciding_rows(scores, "ensemble")["family"].to_list() == ["svm0"]
    assert deciding_rows(scores, "svm1")["family"].to_list() == ["svm1"]
    assert deciding_rows(scores.clear(), "svm1").is_empty()


@pytest.mark.parametrize(
    ("r2_loco", "r2_test", "n_reported"),
    [
        (0.5, 0.59, 0),
        (0.5, 0.61, 1),
        (0.0, 0.1, 0),
        (0.61, 0.5, 0),
        (-0.99, 0.5, 1),
        (-1.0, 0.5, 0),
        (-1.01, 0.5, 0),
    ],
)
def test_a_random_split_that_flatters_is_reported(r2_loco: float, r2_test: float, n_reported: int):
    """S203 from a tenth of R² on; below -1 there is no model that could be flattered."""
    reported = [each for each in judge(evaluation((r2_loco, r2_test)), "") if each.code == "S203"]

    assert len(reported) == n_reported
    if reported:
        assert f"{r2_test:.2f} (5 to 95 % of repeats: 0.10 to 0.90) against {r2_loco:.2f}" in (
            reported[0].what
        )


def test_the_most_flattered_row_is_named_and_the_others_are_counted():
    """Rows without a score on new configurations take no part."""
    (reported,) = judge(evaluation((0.5, 0.7), (0.5, 0.9), (0.5, 0.55), (None, 0.9)), "")

    assert reported.code == "S203"
    assert reported.what.startswith("in 2 of 3 rows")
    assert "'y', mlr1: 0.90" in reported.what


def test_equal_scores_go_to_the_first_family():
    """And each scenario of each response has a row; none is made up where no score is known."""
    two = pl.concat([evaluation((0.5, 0.5), (0.5, 0.5)), evaluation((0.4, 0.5), family="svm")])
    apart = two.with_columns(
        scenario=pl.when(pl.col("family") == "svm0").then(pl.lit("combined")).otherwise("scenario")
    )

    assert best_rows(apart)["family"].to_list() == ["mlr0", "svm0"]
    assert best_rows(evaluation((None, 0.5))).is_empty()


def test_the_lower_bound_of_r2_is_below_it_and_rises_with_the_number_of_runs():
    """A signal as large as its noise: R² .5 in the limit; noise alone is seldom above 0."""
    generator, bounds = np.random.default_rng(4), {}
    for n_runs in (10, 40, 160):
        truth = generator.normal(size=(50, n_runs))
        observed = truth + generator.normal(size=(50, n_runs))
        rows = zip(observed, truth, strict=True)
        bounds[n_runs] = np.mean([r2_lower(y, f, np.arange(n_runs)) for y, f in rows])
    noise = [
        r2_lower(y := generator.normal(size=20), np.full(20, y.mean()), np.arange(20)) > 0.0
        for _ in range(50)
    ]

    assert bounds[10] < bounds[40] < bounds[160] < 0.5
    assert not any(noise)


def test_a_response_on_another_scale_is_judged_on_it():
    """Best family, words and S202; its R² in the own unit hangs on the few largest values."""
    scores = evaluation((-0.4, -0.4), (0.6, 0.6)).with_columns(
        r2_loco_on_scale=pl.Series([0.9, 0.1])
    )

    assert best_rows(scores)["family"].to_list() == ["mlr0"]
    assert [each.code for each in judge(scores, default="mlr0")] == []
    (reported,) = judge(scores.filter(family="mlr1"), default="mlr1")
    assert "R² = 0.10 (on the scale of its transform) on left-out" in reported.what
