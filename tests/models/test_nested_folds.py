"""A search never compares candidates on rows whose whole plot or setting they have seen."""

from dataclasses import replace

import numpy as np
import pytest

from electrodoe.dataset import TrainingData
from electrodoe.evaluate import evaluate
from electrodoe.models import FAMILIES, Search, tune
from electrodoe.models.families.model_average import MODEL_AVERAGE
from electrodoe.models.process_average import left_out_means, likely_processes
from electrodoe.models.process_means import configuration_averages
from electrodoe.models.tuning import search_folds


def studied(seed: int, shared: str) -> TrainingData:
    """Return 8 whole plots or 9 settings of four runs, whose response is noise that they share."""
    rng = np.random.default_rng(seed)
    n = 8 if shared == "whole_plots" else 9
    groups = np.repeat(np.arange(n), 4)
    inputs = np.column_stack([np.arange(n)[groups] % 3 - 1.0, np.arange(n)[groups] // 3 - 1.0])
    if shared == "whole_plots":
        inputs = np.column_stack([np.tile([-1.0, 1.0], 4)[groups], rng.random(32)])
    data = TrainingData(
        scenario="all",
        response_name="y",
        input_names=("oven", "speed"),
        inputs=inputs,
        response=3.0 * rng.normal(size=n)[groups] + rng.normal(size=4 * n),
        configurations=np.arange(4 * n),
        sample_names=tuple(map(str, range(4 * n))),
    )
    return replace(data, **{shared: groups})


@pytest.mark.parametrize("shared", ["whole_plots", "settings"])
def test_every_search_leaves_whole_plots_and_settings_out(
    shared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search of all rows and those within each left-out score: no fold parts what is shared."""
    caught: list[Search] = []

    def catch(family: object, search: Search) -> dict[str, float]:
        caught.append(search)
        return {"penalty": 1.0, "kernel_width": 0.2, "tube": 0.1}

    monkeypatch.setattr("electrodoe.models.fitting.tuned_once", catch)
    data = studied(0, shared)
    groups = getattr(data, shared)
    group_of = dict(zip(data.configurations.tolist(), groups.tolist(), strict=True))
    tune(data, "svm")
    evaluate(data, "svm", n_repeats=2)

    whole = [
        search for search in caught if len(search.response) in {data.n_samples, data.n_samples - 4}
    ]
    assert len(whole) >= 9
    for search in whole:
        groups = np.array([group_of[number] for number in search.configurations.tolist()])
        assert np.all(np.bincount(groups)[np.unique(groups)] == 4)
        for test in search_folds(search):
            assert not np.isin(groups[test], groups[~test]).any()


@pytest.mark.parametrize("shared", ["whole_plots", "settings"])
def test_noise_that_runs_share_is_not_scored_as_if_it_were_known(shared: str) -> None:
    """Nothing can be foretold of a new one; runs left out one by one score .6 and more."""
    data = studied(1, shared)
    if shared == "whole_plots":  # what a whole plot adds is seen through an input of its own
        mark = np.random.default_rng(2).normal(size=8)[data.whole_plots]
        data = replace(data, inputs=np.column_stack([data.inputs[:, 1], mark]), settings=None)
    honest = evaluate(data, "random_forest", n_repeats=1).summary["r2_loco"][0]
    seen = replace(data, whole_plots=None, settings=None)
    flattering = evaluate(seen, "random_forest", n_repeats=1).summary["r2_loco"][0]
    assert honest < 0.2
    assert flattering > 0.6


@pytest.mark.parametrize("family", ["mlr", "ridge_quadratic", "gaussian_process"])
def test_closed_forms_leave_out_what_refits_would(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each whole plot predicted by a fit to the others, hyperparameters kept."""
    data = studied(3, "whole_plots")
    caught: list[Search] = []
    known = dict(tune(data, family))
    monkeypatch.setattr(
        "electrodoe.models.fitting.tuned_once", lambda _, search: caught.append(search) or {}
    )
    tune(data, family)
    (search,) = caught
    left_out = FAMILIES[family].left_out
    assert left_out is not None
    quick = left_out(search, known)
    for number in range(8):
        test = search.left_out_units == number
        state = FAMILIES[family].fit(search.inputs[~test], search.response[~test], known, 0)
        assert quick[test] == pytest.approx(FAMILIES[family].predict(state, search.inputs[test]))


def test_processes_leave_out_several_means_by_their_joint_density() -> None:
    """As the average over processes made anew from the other means, each with all 84."""
    rng = np.random.default_rng(4)
    inputs = rng.normal(size=(12, 2))
    response = rng.normal(size=12)
    units = np.repeat(np.arange(4), 3)
    means = replace(configuration_averages(inputs, response, np.arange(12)), replicate_variance=0.2)
    quick = left_out_means(means, likely_processes(means, n_kept=1000), units)
    for number in range(4):
        test = units == number
        fewer = replace(
            configuration_averages(inputs[~test], response[~test], np.arange(9)),
            replicate_variance=0.2,
        )
        chosen = {
            **vars(likely_processes(fewer, n_kept=1000)),
            "replicate_variance": 0.2,
            "n_replicates": 1.0,
        }
        state = MODEL_AVERAGE.fit(fewer.inputs, fewer.response, chosen, 0)
        assert quick[test] == pytest.approx(MODEL_AVERAGE.predict(state, inputs[test]))


def test_a_search_of_other_units_is_not_the_one_remembered() -> None:
    """Same rows, no repeated settings: tuned anew."""
    data = studied(1, "settings")
    found = {
        tune(replace(data, settings=own), "ridge_quadratic")["penalty"]
        for own in (data.settings, None)
    }
    assert len(found) == 2
