"""How far settings lie from what was measured: nearest run, range, hull."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from pydantic import computed_field
from scipy.optimize import nnls
from scipy.spatial import cKDTree

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.design.region.region import DesignRegion
from electrodoe.ties import first_smallest

_TOUCHING: Final = 0.01
"""A hundredth of a range from the hull is inside: no line sets a factor better than that."""


@dataclass(frozen=True, kw_only=True)
class Distance:
    """Where settings lie among the runs that were made.

    Attributes
    ----------
    nearest_sample : str
        First sample of the nearest configuration.
    nearest : float
        Distance to it, in fractions of the factors' ranges (1 is a whole range of one factor, or
        another level of a category).
    usual : float
        Median distance of a configuration from its nearest neighbor.
    hull : float
        Distance from the convex hull of all configurations; 0 is inside.
    outside : tuple of str
        Inputs beyond the values that were measured.
    """

    nearest_sample: str
    nearest: float
    usual: float
    hull: float
    outside: tuple[str, ...]

    @computed_field  # type: ignore[prop-decorator]  # written with the rest
    @property
    def is_inside(self) -> bool:
        """Return whether nothing is extrapolated: every input within its range, and the hull."""
        return not self.outside and self.hull == 0.0


def distance(region: DesignRegion, data: TrainingData, settings: Floats) -> Distance:
    """Return how far some settings lie from the configurations that were measured.

    Parameters
    ----------
    region : DesignRegion
        Its ranges are the units of length.
    data : TrainingData
        What was measured.
    settings : array of shape (n_inputs,)
        In the inputs' own units.

    Returns
    -------
    Distance
        In fractions of ranges.
    """
    spans = np.array([1.0 if axis.is_categorical else axis.high - axis.low for axis in region.axes])
    columns = data.columns
    runs = columns.indicators(configuration_means(data.inputs, data.configurations) / spans)
    point = columns.indicators(settings[None] / spans)[0]
    apart = np.linalg.norm(runs - point, axis=1)
    nearest = int(first_smallest(apart, scale=1.0))
    numbers = np.unique(data.configurations)
    first = int(np.argmax(data.configurations == numbers[nearest]))
    between, _ = cKDTree(runs).query(runs, k=2)  # the nearest of each is itself
    is_outside = (settings < data.inputs.min(axis=0)) | (settings > data.inputs.max(axis=0))
    return Distance(
        nearest_sample=data.sample_names[first],
        nearest=float(apart[nearest]),
        usual=float(np.median(between[:, 1])),
        hull=_from_hull(runs, point),
        outside=tuple(np.array(data.input_names)[is_outside].tolist()),
    )


def _from_hull(runs: Floats, point: Floats) -> float:
    """Return how far a point is from all mixtures of runs, by non-negative least squares."""
    heavy = 1e3  # so that the fractions add up to one
    A = np.vstack([(runs - point).T, np.full(len(runs), heavy)])
    fractions, _ = nnls(A, np.append(np.zeros(len(point)), heavy))
    away = float(np.linalg.norm((runs - point).T @ (fractions / fractions.sum())))
    return away if away > _TOUCHING else 0.0
