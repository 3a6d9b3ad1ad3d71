"""One coding of categories: symmetric, sum-to-zero, and read from cells by name."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from electrodoe.dataset import assemble, dependence, inspect, levels_found
from electrodoe.dataset.categories import column_names, contrasts, effects, input_columns
from electrodoe.errors import DatasetError
from electrodoe.ingest import RawTable
from electrodoe.study import Study

BINDERS = ("CMC/SBR", "PVDF", "PAA")
LEVELS = {"binder": dict(enumerate(BINDERS))}


def study_of(**more: object) -> Study:
    """Return a study of a number and a category."""
    declared = {
        "title": "Binders",
        "measurements": {"group": "run"},
        "factors": {
            "mass_loading_mg_cm2": {"region": [8.0, 12.0]},
            "binder": {"levels": list(BINDERS)},
        },
        "responses": {"adhesion_strength_kpa": {}},
    }
    return Study.model_validate(declared | more)


def table_of(binders: list[str | None], **columns: list[object]) -> RawTable:
    """Return a made-up table: two samples per run, one binder per run."""
    n = len(binders)
    frame = {
        "run": [f"R{row // 2}" for row in range(n)],
        "mass_loading_mg_cm2": [8.0 + 2.0 * (row // 2 % 3) for row in range(n)],
        "binder": binders,
        "adhesion_strength_kpa": [500.0 + 7.0 * row for row in range(n)],
    }
    return RawTable.as_written(Path("samples.csv"), pl.DataFrame(frame | columns))


@given(n=st.integers(1, 8))
def test_all_levels_are_one_unit_from_the_middle_and_equally_far_apart(n: int) -> None:
    """A regular simplex: columns add up to zero, and no order of levels is in it."""
    table = contrasts(n)

    assert table.shape == (n, n - 1)
    np.testing.assert_allclose(table.sum(axis=0), 0.0, atol=1e-12)
    gram = np.full((n, n), -1.0 / max(n - 1, 1))
    np.fill_diagonal(gram, 1.0 if n > 1 else 0.0)
    np.testing.assert_allclose(table @ table.T, gram, atol=1e-12)


@given(n=st.integers(2, 8))
def test_contrasts_say_what_effects_coding_says(n: int) -> None:
    """With an intercept both span the means of all levels (Kutner et al. 2005, ch. 8)."""
    ones = np.ones((n, 1))

    rank = np.linalg.matrix_rank(np.hstack([ones, contrasts(n), effects(n)]))

    assert rank == n


def test_inputs_without_categories_are_the_same_array() -> None:
    """Not a copy and not another bit."""
    inputs = np.random.default_rng(0).normal(size=(5, 2))

    columns = input_columns(("a", "b"), {})

    assert columns.contrasts(inputs) is inputs
    assert column_names(("a", "b"), {}) == ("a", "b")


def test_a_level_that_never_occurred_lies_in_the_middle_of_the_others() -> None:
    """So that a refit without a level predicts the mean of the others for it."""
    columns = input_columns(("binder",), {"binder": {0: "CMC/SBR", 2: "PAA"}})

    assert columns.contrasts(np.array([[0.0], [1.0], [2.0]])).tolist() == [[-1.0], [0.0], [1.0]]
    assert columns.holds(np.array([[0.0], [1.0]])).tolist() == [True, False]


def test_names_are_read_however_they_are_spelled() -> None:
    """Case and spaces are the hand's; the frame keeps numbers, and people see names."""
    found = assemble(study_of(), table_of(["cmc/sbr", "CMC/SBR ", "PVDF", "pvdf", "PAA", "paa"]))

    assert found.values("binder").tolist() == [0.0, 0.0, 1.0, 1.0, 2.0, 2.0]
    assert found.named_frame["binder"].to_list() == [
        *("CMC/SBR", "CMC/SBR", "PVDF", "PVDF", "PAA", "PAA")
    ]
    data = found.training_data("adhesion_strength_kpa", "all")
    assert data.levels == LEVELS
    assert data.column_names == ("mass_loading_mg_cm2", "binder[CMC/SBR]", "binder[PVDF]")


def test_an_unknown_level_is_refused_with_its_row_and_the_nearest() -> None:
    """The person opens that line and sees what was meant."""
    with pytest.raises(DatasetError, match="'PVFD' is no level of 'binder'") as caught:
        assemble(study_of(), table_of(["CMC/SBR", "CMC/SBR", "PVFD", "PVDF", "PAA", "PAA"]))

    assert "line 4, column 'binder'" in caught.value.where
    assert "did you mean 'PVDF'?" in caught.value.fix


def test_two_levels_in_one_run_are_refused() -> None:
    """A run is made with one binder; a mean of two would be a third."""
    with pytest.raises(DatasetError, match="'PVDF' in 'R0', which has 'CMC/SBR' in line 2"):
        assemble(study_of(), table_of(["CMC/SBR", "PVDF", "PVDF", "PVDF", "PAA", "PAA"]))


def test_levels_that_were_never_made_have_no_column() -> None:
    """The plan may know more levels than the line has run."""
    found = assemble(study_of(), table_of(["CMC/SBR", "CMC/SBR", "PAA", "PAA", "PAA", "PAA"]))

    data = found.training_data("adhesion_strength_kpa", "all")

    assert data.levels == {"binder": {0: "CMC/SBR", 2: "PAA"}}


def test_a_category_makes_no_finding_of_its_own() -> None:
    """Two levels, equal rows and rare levels are nothing odd in names."""
    rng = np.random.default_rng(3)
    binders = [name for name in ("CMC/SBR", "PAA") for _ in range(12)]
    loading = np.tile(np.repeat([8.0, 10.0, 12.0], 2), 4).tolist()
    strength = (500.0 + rng.normal(0.0, 9.0, 24)).round(1).tolist()
    table = table_of(binders, mass_loading_mg_cm2=loading, adhesion_strength_kpa=strength)

    findings = inspect(assemble(study_of(), table))

    assert not [each for each in findings if "binder" in each.where]


def test_independent_crossings_have_no_inflation_and_nested_ones_do() -> None:
    """GVIF of a full crossing is 1; a loading that follows the binder has an infinite one."""
    loading, binder = np.meshgrid([8.0, 10.0, 12.0], [0.0, 1.0, 2.0])
    crossed = np.column_stack([loading.ravel(), binder.ravel()])
    nested = np.column_stack([8.0 + crossed[:, 1] ** 2, crossed[:, 1]])
    names = ("mass_loading_mg_cm2", "binder")

    free, bound = dependence(names, crossed, LEVELS), dependence(names, nested, LEVELS)

    np.testing.assert_allclose(free.vif, 1.0)
    assert free.is_independent
    assert np.isinf(bound.vif).all()
    assert bound.strongest_pair[2] == pytest.approx(1.0)


def test_a_generalized_vif_is_that_of_fox_and_monette() -> None:
    """det(R_jj) det(R_-j) / det(R), to the power of one over the contrasts, whatever the coding."""
    rng = np.random.default_rng(5)
    binder = rng.integers(0, 3, 40).astype(float)
    loading = 10.0 + 0.6 * (binder == 2) + rng.normal(size=40)
    other = rng.normal(size=40)
    inputs = np.column_stack([loading, other, binder])
    dummies = np.column_stack([loading, other, binder == 1, binder == 2])
    R = np.corrcoef(dummies, rowvar=False)
    det = np.linalg.det
    expected = det(R[2:, 2:]) * det(R[:2, :2]) / det(R)

    found = dependence(("a", "b", "binder"), inputs, LEVELS)

    assert found.vif[2] == pytest.approx(expected**0.5)
    assert found.vif[0] == pytest.approx(np.linalg.inv(R)[0, 0])


@pytest.mark.parametrize("seed", range(6))
def test_chance_alone_makes_no_association(seed: int) -> None:
    """Of 18 runs with levels dealt out by lot, |r| is rarely beyond the limit of 0.3."""
    rng = np.random.default_rng(seed)
    n_beyond = 0
    for _ in range(50):
        binder = rng.permutation(np.repeat([0.0, 1.0, 2.0], 6))
        inputs = np.column_stack([rng.permutation(np.linspace(0.0, 1.0, 18)), binder])
        n_beyond += abs(dependence(("a", "binder"), inputs, LEVELS).strongest_pair[2]) >= 0.3

    assert n_beyond <= 18  # of two numbers 11 or so


def test_columns_of_names_are_found_and_numbers_are_left_alone() -> None:
    """Half the cells decide: a slip among numbers is still a slip."""
    table = table_of(
        ["PVDF", "PVDF", "PAA", "PAA", "PVDF", "PVDF"], note=["8.0", "x", "9", "8", "9", "7"]
    )

    found = levels_found(table, ["mass_loading_mg_cm2", "binder", "note"], "run")

    assert found == {"binder": ("PAA", "PVDF")}


def test_too_many_names_are_refused_with_the_way_out() -> None:
    """A name per run is no category."""
    names = [f"batch {row // 2}" for row in range(20)]

    with pytest.raises(DatasetError, match="10 names in 10 configurations") as caught:
        levels_found(table_of(names), ["binder"], "run")

    assert "--group" in caught.value.fix


@pytest.mark.parametrize("scatter", [0.0, 0.02])
def test_rows_without_a_group_are_not_clumped_by_their_level(scatter: float) -> None:
    """Five loadings of three binders are 15 runs, set exactly or measured sample by sample."""
    rng = np.random.default_rng(8)
    run = np.repeat(np.arange(15), 3)
    loading = 8.0 + run % 5 + rng.normal(0.0, scatter, 45)
    columns = {
        "mass_loading_mg_cm2": loading.tolist(),
        "binder": [BINDERS[number] for number in run // 5],
        "adhesion_strength_kpa": rng.normal(500.0, 9.0, 45).tolist(),
    }
    table = RawTable.as_written(Path("samples.csv"), pl.DataFrame(columns))

    found = assemble(study_of(measurements={}), table)

    assert found.n_configurations == 15


def test_a_binder_per_day_is_confounded_and_said_by_name() -> None:
    """Whoever changed the binder each day cannot tell it from the day."""
    rng = np.random.default_rng(9)
    day = np.repeat(["Monday", "Tuesday", "Wednesday"], 12)
    sorted_by_day = np.repeat(BINDERS, 12)
    mixed = np.tile(np.repeat(BINDERS, 2), 6)
    study = study_of(measurements={"group": "run", "context": ["day"]})
    codes = []
    for binders in (sorted_by_day, mixed):
        loading = np.repeat(rng.permutation(np.linspace(8.0, 12.0, 18)), 2).tolist()
        strength = rng.normal(500.0, 9.0, 36).round(1).tolist()
        columns = {"mass_loading_mg_cm2": loading, "adhesion_strength_kpa": strength}
        table = table_of(binders.tolist(), day=day.tolist(), **columns)
        codes.append([each for each in inspect(assemble(study, table)) if each.code == "D105"])

    (found,), nothing = codes
    assert "Monday: CMC/SBR; Tuesday: PVDF; Wednesday: PAA" in found.what
    assert found.title == "Input confounded with circumstances"
    assert [each for each in nothing if "binder" in each.where] == []
