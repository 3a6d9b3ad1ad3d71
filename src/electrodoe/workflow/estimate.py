"""How long a run will take, from the sizes of its data: said before it begins, where it is long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from electrodoe.dataset import MOST_LEFT_OUT, TrainingData
from electrodoe.dataset.splits import N_GROUPS
from electrodoe.models import FAMILIES
from electrodoe.models.gathered import MOST_GATHERED
from electrodoe.study import EffortPlan

WORTH_SAYING_S: Final = 60.0
"""A shorter run needs no announcement."""
_SEARCH_S: Final[Mapping[str, tuple[float, float, float]]] = {
    "mlr": (0.001, 0.002, 0.0),
    "polynomial": (0.001, 0.010, 0.0),
    "reduced_polynomial": (0.010, 0.010, 0.0),
    "minimum_norm_polynomial": (0.001, 0.010, 0.0),
    "ridge_quadratic": (0.003, 0.020, 0.0),
    "gaussian_process": (0.018, 0.050, 1.5),
    "random_forest": (0.008, 0.030, 0.0),
    "extra_trees": (0.008, 0.030, 0.0),
    "xgboost": (0.035, 0.080, 0.0),
    "svm": (0.008, 0.120, 0.0),
    "ensemble": (0.020, 0.120, 0.6),
    "logistic": (0.003, 0.010, 0.0),
    "poisson": (0.003, 0.010, 0.0),
    "probability_forest": (0.008, 0.030, 0.0),
}
"""CPU seconds of one search at quick effort: at least, per thousand rows learned from, and for 300
different settings (a process's time grows with their cube). Measured for 17 to 300 configurations
and 51 to 2,100 rows on an idle core of 2026; another machine may be twice as quick or slow."""
_FIT: Final = 0.2
"""Seconds of one fit with known hyperparameters, in those of a search: .05 to .4 by family."""
_OF_WIDTH: Final[Mapping[int, float]] = {1: 1.0, 2: 1.5, 3: 5.0}
"""Searches of standard and full effort, in those of quick effort."""
_EXPLAINED_S: Final = 0.012
"""CPU seconds of asking one family for all coalitions of 4 inputs of 60 configurations, per search
second and beyond it: bootstraps ask anew each time."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """What the time of one response and scenario depends on.

    Attributes
    ----------
    n_rows, n_configurations, n_inputs : int
        Of its samples.
    """

    n_rows: int
    n_configurations: int
    n_inputs: int


def size_of(data: TrainingData) -> Size:
    """Return the sizes of one response's samples."""
    return Size(
        n_rows=data.n_samples,
        n_configurations=data.n_configurations,
        n_inputs=len(data.input_names),
    )


def estimated_seconds(sizes: Sequence[Size], families: Sequence[str], plan: EffortPlan) -> float:
    """Return about how many CPU seconds models, explanations and recommendation take.

    It grows with every size and number; a guide, within a factor of two or three.

    Examples
    --------
    >>> from electrodoe.study import EFFORTS
    >>> study = Size(n_rows=51, n_configurations=17, n_inputs=3)
    >>> round(estimated_seconds([study], ["ensemble"], EFFORTS["quick"]), 1)
    1.2
    """
    return sum(_of_family(size, family, plan) for size in sizes for family in families)


def _of_family(size: Size, family: str, plan: EffortPlan) -> float:
    """Return the seconds of one family on one response: searches, repeated fits, bootstraps."""
    smallest, per_thousand, at_most_settings = _SEARCH_S.get(family, _SEARCH_S["ensemble"])
    thousands = FAMILIES[family].rows_learned(size.n_rows) / 1000.0
    grown = thousands**2 if family == "svm" else thousands
    fraction = min(size.n_configurations, MOST_GATHERED) / MOST_GATHERED
    quick = smallest + per_thousand * grown + at_most_settings * fraction**3
    search, fit = quick * _OF_WIDTH[plan.search_width], quick * _FIT
    n_left_out = N_GROUPS if size.n_configurations > MOST_LEFT_OUT else size.n_configurations
    asked = 2.0 ** (size.n_inputs - 4) * min(size.n_configurations / 60.0, 1.0) ** 2
    explained = plan.n_bootstraps * (fit + _EXPLAINED_S * asked * (1.0 + 10.0 * smallest))
    is_refitted = 2 if family == "ensemble" else 1
    return is_refitted * (n_left_out + 2) * search + plan.n_repeats * fit + explained


def time_sentence(seconds: float, sizes: Sequence[Size], n_workers: int) -> str:
    """Return the sentence that announces a long run; empty for a short one.

    Examples
    --------
    >>> size = Size(n_rows=900, n_configurations=300, n_inputs=4)
    >>> time_sentence(400.0, [size], 2)
    'about 3 minutes ahead with 2 workers: 900 rows, 300 configurations, 1 response'
    >>> time_sentence(20.0, [size], 2)
    ''
    """
    ahead = seconds / max(n_workers, 1)
    if ahead < WORTH_SAYING_S:
        return ""
    minutes = max(round(ahead / 60.0), 1)
    reported = {
        "row": max(size.n_rows for size in sizes),
        "configuration": max(size.n_configurations for size in sizes),
        "response": len(sizes),
    }
    return (
        f"about {_counted(minutes, 'minute')} ahead with {_counted(n_workers, 'worker')}: "
        + ", ".join(_counted(number, noun) for noun, number in reported.items())
    )


def _counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural but for one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
