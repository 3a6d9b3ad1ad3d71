"""A study's scores beside those of the paper that it does again."""

from typing import Final

import polars as pl

from electrodoe.dataset import Dataset
from electrodoe.quantities import c_rate_of, quantity_of
from electrodoe.study import PublishedScore, PublishedTarget, Study
from electrodoe.verify.tables import COMPARISON_SCHEMA

_SCORES: Final = ("n", "r2_train", "r2_test", "rmse_train", "rmse_test", "r2_loco", "rmse_loco")

_MUST_HAVE_BEEN: Final = {"polynomial": "minimum_norm_polynomial"}
"""What a printed family must have been where it has more terms than settings (decision 0023)."""


def compare_with_paper(dataset: Dataset, evaluation: pl.DataFrame) -> pl.DataFrame:
    """Return printed scores and this study's, where response and inputs correspond.

    Parameters
    ----------
    dataset : Dataset
        Its study says whether it does a publication again (``compare_with``).
    evaluation : polars.DataFrame
        Columns ``target, scenario, family, n, r2_train, r2_test, rmse_train, rmse_test, r2_loco,
        rmse_loco``.

    Returns
    -------
    polars.DataFrame
        Rows of :data:`COMPARISON_SCHEMA`; none where the study does nothing again. Responses and
        inputs correspond by quantity, unit and C-rate, whatever they are called. Where the data do
        not determine the paper's polynomial and the study has a minimum-norm one, that stands
        beside it under its own name.
    """
    again = dataset.study.compare_with
    rows = []
    for target, scenario, published in _corresponding(dataset.study):
        ours = evaluation.filter(pl.col("target") == target, pl.col("scenario") == scenario)
        spread = float(dataset.training_data(target, scenario).response.std(ddof=1))
        for score in published.scores:
            for family in _families(ours, score.family):
                own = ours.filter(pl.col("family") == family)
                head = {
                    "target": target,
                    "scenario": scenario,
                    "source": again.name if again else "",
                }
                found = own.select(_SCORES).row(0, named=True) if own.height else {}
                printed = {**_printed(published, score), "family": family}
                missing = dict.fromkeys(_SCORES)
                rows.append({**head, **printed, **missing, **found, "sd": spread})
    return COMPARISON_SCHEMA.frame(rows)


def _families(ours: pl.DataFrame, family: str) -> list[str]:
    """Return the families that stand beside a printed one: its own, and what it must have been."""
    fitted = ours.drop_nulls("r2_test")["family"].to_list()
    stand_in = _MUST_HAVE_BEEN.get(family, family)
    return [family, stand_in] if family not in fitted and stand_in in fitted else [family]


def published_target(study: Study, target: str, inputs: tuple[str, ...]) -> PublishedTarget | None:
    """Return the published target that corresponds to a response with some inputs, or None.

    Parameters
    ----------
    study : Study
        Must say ``compare_with``.
    target : str
        A declared response.
    inputs : tuple of str
        A scenario's inputs.

    Returns
    -------
    PublishedTarget or None
        Same quantity, unit, C-rate and quantities of the inputs. The paper's third scenario is
        met with and without the drying temperature, which it names in one place only.
    """
    quantity = quantity_of(target)
    again = study.compare_with
    if again is None or quantity is None:
        return None
    names = [found.name if (found := quantity_of(name)) else name for name in inputs]
    rate = c_rate_of(target)
    for published in again.targets:
        is_it = (published.quantity, published.unit) == (quantity.name, quantity.unit_suffix)
        if is_it and _is_rate(published.c_rate, rate) and _are_inputs(published.inputs, names):
            return published
    return None


def _corresponding(study: Study) -> list[tuple[str, str, PublishedTarget]]:
    """Return the responses and scenarios that the paper has, too."""
    return [
        (target, name, found)
        for name, scenario in study.scenarios.items()
        for target in study.responses_of(name)
        if (found := published_target(study, target, scenario.inputs)) is not None
    ]


def _is_rate(printed: float | None, own: float | None) -> bool:
    """Return whether two C-rates are one."""
    if printed is None or own is None:
        return printed is own
    return abs(own / printed - 1.0) < 1e-6


def _are_inputs(printed: tuple[str, ...], own: list[str]) -> bool:
    """Return whether the inputs are of the same quantities."""
    has_two_loadings = printed.count("mass_loading") == 2
    wanted = [list(printed)] + ([sorted([*printed, "temperature"])] if has_two_loadings else [])
    return sorted(own) in wanted


def _printed(published: PublishedTarget, score: PublishedScore) -> dict[str, object]:
    """Return the columns of the paper."""
    return {
        "family": score.family,
        "paper_target": published.title,
        "paper_n": published.n,
        "paper_r2_train": score.r2_train,
        "paper_r2_test": score.r2_test,
        "paper_rmse_train": score.rmse_train,
        "paper_rmse_test": score.rmse_test,
        "paper_sd_train": score.sd_train,
        "paper_sd_test": score.sd_test,
    }
