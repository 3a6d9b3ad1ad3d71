"""How replicates of one configuration scatter, and where the next of them will lie."""

from dataclasses import dataclass, replace

import numpy as np
import scipy

from electrodoe.dataset import TrainingData, configuration_means, known_transform, on_model_scale
from electrodoe.errors import ModelError
from electrodoe.models.intervals import LEVEL, Intervals, in_unit


@dataclass(frozen=True, kw_only=True)
class ReplicateScatter:
    """How samples of one configuration scatter.

    Attributes
    ----------
    variance : float
        Pooled over all configurations, in the response's unit squared, or on the scale of its
        transform; 0 without replicates.
    degrees_of_freedom : int
        Samples beyond one per configuration.
    """

    variance: float
    degrees_of_freedom: int


def replicate_scatter(data: TrainingData) -> ReplicateScatter:
    """Return the variance of replicates about the means of their configurations.

    Good samples that an outlier rule keeps from models count, or it would come out too small.
    """
    data = on_model_scale(data).all_good
    means = configuration_means(data.response[:, None], data.configurations)[:, 0]
    _, position = np.unique(data.configurations, return_inverse=True)
    degrees_of_freedom = data.n_samples - len(means)
    squares = float(np.sum((data.response - means[position]) ** 2))
    return ReplicateScatter(
        variance=squares / degrees_of_freedom if degrees_of_freedom else 0.0,
        degrees_of_freedom=degrees_of_freedom,
    )


def pure_error(data: TrainingData) -> ReplicateScatter:
    """Return the variance between runs of one setting, else between samples of one run.

    In the response's unit squared per sample, or on the scale of its transform: a run's mean counts
    as often as it has samples.
    """
    data = on_model_scale(data)
    within = replicate_scatter(replace(data, configurations=data.run_numbers))
    total = replicate_scatter(replace(data, configurations=data.setting_numbers))
    degrees_of_freedom = total.degrees_of_freedom - within.degrees_of_freedom
    if not degrees_of_freedom:
        return within
    squares = [each.variance * each.degrees_of_freedom for each in (total, within)]
    return ReplicateScatter(
        variance=(squares[0] - squares[1]) / degrees_of_freedom,
        degrees_of_freedom=degrees_of_freedom,
    )


def replicate_intervals(data: TrainingData, level: float = LEVEL) -> Intervals:
    r"""Return where one more replicate of each known configuration will lie.

    No model is asked: the best prediction of a replicate is the mean of the others, on the scale
    of the response's transform where one is declared.

    Parameters
    ----------
    data : TrainingData
        Samples; at least one configuration with replicates.
    level : float
        Fraction of replicates that the interval is to hold.

    Returns
    -------
    Intervals
        In the order of the configurations' numbers. They say nothing of new settings.

    Raises
    ------
    ModelError
        If no configuration has a replicate.

    Notes
    -----
    .. math:: \bar y_i \pm t_{N-K}\, s_e \sqrt{1 + 1/n_i}

    Examples
    --------
    >>> data = TrainingData(
    ...     scenario="all", response_name="strength_kpa", input_names=("porosity",),
    ...     inputs=np.array([[0.3], [0.3], [0.4]]), response=np.array([9.0, 11.0, 20.0]),
    ...     configurations=np.array([0, 0, 1]), sample_names=("a", "b", "c"))
    >>> replicate_intervals(data).center
    array([10., 20.])
    """
    if data.kind != "number":
        raise ModelError(
            f"replicates of a {data.kind} response scatter as its probability or mean says",
            where=f"response '{data.response_name}'",
            fix="ask about new configurations",
        )
    transform = known_transform(data)
    data = data.on_scale(transform).all_good
    scatter = replicate_scatter(data)
    if scatter.degrees_of_freedom < 1:
        raise ModelError(
            "no configuration has a second sample: the scatter of replicates is not known",
            where=f"response '{data.response_name}'",
            fix="measure replicates, or ask about new configurations",
        )
    center = configuration_means(data.response[:, None], data.configurations)[:, 0]
    _, sizes = np.unique(data.configurations, return_counts=True)
    factor = scipy.stats.t.ppf(0.5 + level / 2.0, scatter.degrees_of_freedom)
    half = factor * np.sqrt(scatter.variance * (1.0 + 1.0 / sizes))
    return Intervals(
        kind="new replicate",
        method="means of replicates, t with pooled pure error",
        level=level,
        center=in_unit(transform, center),
        lower=in_unit(transform, center - half),
        upper=in_unit(transform, center + half),
    )
