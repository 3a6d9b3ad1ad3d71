"""Parts that are kept: under one key for one piece of work, under another for any other."""

from dataclasses import replace

import numpy as np
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.errors import ModelError
from electrodoe.models import fit
from electrodoe.study import Study, declare_study
from electrodoe.workflow.tasks import (
    KeptPart,
    kept,
    refusal,
    refusals,
    run_evaluation,
    run_explanation,
    run_part,
    run_significance,
    run_verification,
)

DATA = TrainingData(
    scenario="product",
    response_name="y",
    input_names=("a", "b"),
    inputs=np.column_stack([np.tile([0.0, 1.0, 2.0], 3), np.repeat([0.0, 1.0, 2.0], 3)]),
    response=np.arange(9.0) ** 2,
    configurations=np.arange(9),
    sample_names=tuple("abcdefghi"),
)
MODEL = fit(DATA, "mlr", {}, seed=1)


def evaluation(**changes: object) -> KeptPart:
    """Return the judgement of one family, with something changed."""
    given = {"test_fraction": 0.2, "n_repeats": 3, "width": 1, "seed": 7, **changes}
    return kept(("y", "product", "mlr"), run_evaluation, DATA, "mlr", **given)


def study_of(**response: object) -> Study:
    """Return a study of two factors."""
    factors = {"a": {"region": [0.0, 2.0]}, "b": {"region": [0.0, 2.0]}}
    return declare_study({"title": "T", "factors": factors, "responses": {"y": response}}, "test")


@pytest.mark.parametrize(
    "change", [{"test_fraction": 0.3}, {"n_repeats": 4}, {"width": 2}, {"seed": 8}]
)
def test_every_argument_is_in_the_key(change: dict[str, object]):
    """And the same arguments give the same key."""
    assert evaluation(**change).key != evaluation().key
    assert evaluation().key == evaluation().key


def test_samples_and_models_are_in_the_key():
    """By what they say, not by where they lie in memory."""
    other = replace(DATA, response=DATA.response + 1e-9)
    refitted = fit(other, "mlr", {}, seed=1)

    def explained(data: TrainingData, model: object) -> str:
        return kept((), run_explanation, data, model, n_bootstraps=3, seed=1).key

    assert explained(replace(DATA), MODEL) == explained(DATA, MODEL)
    assert len({explained(d, m) for d in (DATA, other) for m in (MODEL, refitted)}) == 4
    runs = np.arange(DATA.n_samples)
    told_apart = [
        replace(DATA, runs=runs),
        replace(DATA, runs=runs, is_run_assumed=True),
        replace(DATA, settings=runs),
        replace(DATA, settings=runs // 2),
    ]
    keys = {kept((), run_significance, data).key for data in (DATA, other, *told_apart)}
    assert len(keys) == 6
    assert kept((), run_significance, DATA, "linear").key not in keys


def test_what_a_study_wants_is_not_in_a_verifications_key():
    """Changed goals leave it as it is; another range does not."""

    def verified(study: Study) -> str:
        return kept((), run_verification, study, DATA, (MODEL,), n_bootstraps=3, seed=1).key

    plain = verified(study_of())
    assert verified(study_of(goal="maximize", lower=2.0)) == plain
    assert verified(study_of(range=[0.0, 99.0])) != plain


def test_a_part_does_what_its_function_does():
    """Whether its arguments are given by place or by name."""
    by_place, by_name = kept((), run_significance, DATA), kept((), run_significance, data=DATA)

    assert run_part(by_place) == run_part(by_name) == run_significance(DATA)
    assert by_place.key == by_name.key


def test_a_refused_part_is_reported_with_whom_it_was_about():
    """Inputs by their names; parts that were done have no row."""
    error = ModelError("input 2 does not vary", where="here", fix="vary it")

    table = refusals("models", [evaluation()] * 2, [refusal(error, ("a", "b")), {"anova": b""}])

    assert table.to_dicts() == [
        {
            "stage": "models",
            "target": "y",
            "scenario": "product",
            "family": "mlr",
            "what": "b does not vary",
            "where": "here",
            "fix": "vary it",
        }
    ]
