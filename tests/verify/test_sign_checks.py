"""Signs against physics: silent on true data, loud on a planted mistake."""

from dataclasses import replace

import numpy as np
import pytest
from tests.verify.conftest import INPUTS, ionic_resistance_ohm, tortuosity

from electrodoe.dataset import TrainingData
from electrodoe.errors import VerificationError
from electrodoe.models import fit, tune
from electrodoe.study import Study
from electrodoe.verify import expectations, verification_findings, verify

FAMILIES = ("ridge_quadratic", "gaussian_process")


def _codes(study: Study, data: TrainingData, families=FAMILIES) -> list[str]:
    models = [fit(data, family, tune(data, family, width=1)) for family in families]
    found = verify(study, data, models, n_bootstraps=20, seed=3)
    return [finding.code for finding in verification_findings(dict(found.tables), study)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("name", "law"), [("tortuosity", tortuosity), ("ionic_resistance_ohm", ionic_resistance_ohm)]
)
def test_true_data_are_not_accused(study, anodes, name: str, law, seed: int):
    """Five studies of each response, with configuration effects: no sign is violated."""
    codes = _codes(study, anodes(name, law, seed=seed))

    assert "V301" not in codes
    assert "V302" not in codes
    assert "V305" not in codes


def test_a_swapped_input_is_found(study, anodes):
    """The solid share stands in the column of the porosity: the tortuosity rises with it."""
    data = anodes("tortuosity", tortuosity)
    swapped = data.inputs.copy()
    swapped[:, 2] = 0.65 - swapped[:, 2]

    assert "V301" in _codes(study, replace(data, inputs=swapped))


def test_a_wrong_unit_in_one_batch_is_found(study, anodes):
    """The runs at the two low loadings were written in milliohm: resistance falls with loading."""
    data = anodes("ionic_resistance_ohm", ionic_resistance_ohm)
    is_low = data.inputs[:, 0] < 9.5
    wrong = np.where(is_low, 1000.0 * data.response, data.response)

    assert "V301" in _codes(study, replace(data, response=wrong))


def test_swapped_responses_are_found(study, anodes):
    """Conductance in the column of the resistance."""
    data = anodes("ionic_resistance_ohm", lambda inputs: 1e4 / ionic_resistance_ohm(inputs))

    assert "V301" in _codes(study, data)


def test_a_flat_response_is_left_open(study, anodes):
    """Noise alone decides nothing: a remark, not an accusation."""
    codes = _codes(study, anodes("tortuosity", lambda x: np.full(len(x), 5.0), seed=1))

    assert "V302" in codes
    assert "V301" not in codes


def test_a_factor_without_effect_is_rarely_accused(study, anodes):
    """Of 40 studies at most 9: 12 % were measured on 120 with 20 refits, 9 % with 30.

    A fraction of 12 % exceeds 9 of 40 in 1 of 60 draws; these are drawn once and for all.
    """
    law = expectations(study, "tortuosity", INPUTS)
    accused = sum(
        "V301" in _codes(study, anodes("tortuosity", lambda x: np.full(len(x), 5.0), seed=seed))
        for seed in range(100, 140)
    )

    assert [found.factor for found in law] == ["porosity"]
    assert accused <= 9


def test_curvature_against_the_law_is_found_where_the_mean_change_is_right(study, anodes):
    """Declared to rise with temperature, and falling surely in a part of the region."""
    declared = Study.model_validate(
        {
            **study.model_dump(exclude_unset=True),
            "responses": {"adhesion_strength_kpa": {"expected": {INPUTS[1]: "rises"}}},
        }
    )

    def curved(inputs):
        x = (inputs[:, 1] - 57.5) / 7.5
        return 500.0 + 60.0 * x - 120.0 * x**2

    data = anodes("adhesion_strength_kpa", curved, between=0.002, within=0.002)
    model = fit(data, "gaussian_process", tune(data, "gaussian_process", width=1))
    table = verify(declared, data, [model], n_bootstraps=20, seed=3).tables["physics_checks"]

    basis = dict(zip(table["basis"], table["verdict"], strict=True))
    assert basis["gaussian_process"] == "violated"
    assert table["effect"][1] > 0.0


def test_few_refits_decide_nothing(study, anodes):
    """Five of five are not for certain."""
    data = anodes("tortuosity", tortuosity)
    model = fit(data, "mlr", {})

    table = verify(study, data, [model], n_bootstraps=5, seed=3).tables["physics_checks"]

    assert table["verdict"].to_list() == ["holds", "open"]
    assert table["fraction_against_for_certain"].null_count() == 2


def test_impossible_predictions_are_found(study, anodes):
    """A tortuosity below 1 where data carry the model."""
    codes = _codes(study, anodes("tortuosity", lambda x: tortuosity(x) / 8.0))

    assert "V305" in codes


def test_dependent_inputs_are_refused(study, anodes):
    """One input cannot be moved while the other stays."""
    data = anodes("tortuosity", tortuosity)
    inputs = data.inputs.copy()
    inputs[:, 1] = 50.0 + 5.0 * (inputs[:, 0] - 8.2) + 0.1 * inputs[:, 1]
    dependent = replace(data, inputs=inputs)

    with pytest.raises(VerificationError, match="depend on one another") as caught:
        verify(study, dependent, [fit(dependent, "mlr", {})], n_bootstraps=2, seed=1)
    assert caught.value.where == "scenario 'all'"


def test_a_verification_is_the_same_whatever_the_order_of_rows(study, anodes):
    """To the bit, table by table."""
    data = anodes("tortuosity", tortuosity)
    shuffled = data.take(np.random.default_rng(1).permutation(data.n_samples))
    model = fit(data, "ridge_quadratic", tune(data, "ridge_quadratic", width=1))

    first, second = (
        verify(study, samples, [model], n_bootstraps=20, seed=3).tables
        for samples in (data, shuffled)
    )

    for name, table in first.items():
        assert table.sort(table.columns).equals(second[name].sort(table.columns)), name


@pytest.mark.parametrize(
    ("target", "inputs", "expected"),
    [
        ("tortuosity", INPUTS, {INPUTS[2]: "falls"}),
        ("ionic_resistance_ohm", INPUTS, {INPUTS[0]: "rises", INPUTS[2]: "falls"}),
        ("discharge_capacity_c10_mah", INPUTS, {INPUTS[0]: "rises"}),
        ("discharge_capacity_5c_mah", INPUTS, {}),
        ("adhesion_strength_kpa", INPUTS, {}),
    ],
)
def test_laws_are_found_by_quantity(study, target: str, inputs, expected: dict[str, str]):
    """Whatever the columns are called; a capacity at a high rate has no sign by nature."""
    found = {law.factor: law.sign for law in expectations(study, target, inputs)}

    assert found == expected


def test_a_study_adds_and_takes_back():
    """What is declared overrules the table; ``any`` expects nothing."""
    study = Study.model_validate(
        {
            "title": "a",
            "factors": {"porosity": {}, "roll_temperature_c": {}},
            "responses": {
                "tortuosity": {"expected": {"porosity": "any", "roll_temperature_c": "falls"}}
            },
        }
    )

    found = expectations(study, "tortuosity", ("porosity", "roll_temperature_c"))

    assert [(law.factor, law.sign, law.source) for law in found] == [
        ("roll_temperature_c", "falls", "declared in study.toml")
    ]


def test_two_inputs_of_one_quantity_have_no_law():
    """Nobody knows which of them is held: wet loading beside dry, target beside measured."""
    names = ("wet_mass_loading_mg_cm2", "dry_mass_loading_mg_cm2")
    study = Study.model_validate(
        {
            "title": "a",
            "factors": {name: {} for name in names},
            "responses": {"coating_thickness_um": {}},
        }
    )

    assert expectations(study, "coating_thickness_um", names) == ()
    assert len(expectations(study, "coating_thickness_um", names[:1])) == 1
