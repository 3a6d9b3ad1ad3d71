"""Which setting matters: fractions of variance on the region, and the way up from its center."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, configuration_means, known_transform
from electrodoe.design.region.region import DesignRegion
from electrodoe.errors import ModelError, RecommendationError
from electrodoe.models.least_squares import least_squares
from electrodoe.models.terms import has_quadratic_term, quadratic_matrix, quadratic_names
from electrodoe.optimize.canonical import CanonicalAnalysis, canonical_analysis, second_degree
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.surface_inference import SurfaceInference, ridge, surface_inference

_N_SOBOL: Final = 1024
"""A power of two, as SciPy's Sobol indices ask for; chosen."""
_STEP: Final = 1e-3
"""Of a numerical slope, in coded units; chosen."""
_MOST_STEPS: Final = 200
"""Places along the path at which limits are asked: chosen, half a percent of it apart."""


@dataclass(frozen=True, kw_only=True)
class SobolIndices:
    """Fractions of a prediction's variance over the region.

    Attributes
    ----------
    response_name : str
        What is predicted.
    first, total : dict of str to float
        By input: alone, and with all its interactions.
    """

    response_name: str
    first: dict[str, float]
    total: dict[str, float]


def sobol_indices(decision: Decision, seed: int) -> tuple[SobolIndices, ...]:
    """Return the Sobol indices of every goal's response, inputs spread evenly over the region.

    Parameters
    ----------
    decision : Decision
        Models and region; limits are left out, for indices need inputs that are independent.
    seed : int
        Start of the quasi-random draws.

    Returns
    -------
    tuple of SobolIndices
        All zero where a prediction does not vary.

    References
    ----------
    .. [1] Saltelli et al., Computer Physics Communications 181 (2010) 259.
    """
    import scipy.stats

    names = decision.region.names
    found = []
    for goal, known in zip(decision.goals, decision.known, strict=True):
        result = scipy.stats.sobol_indices(
            func=lambda x, known=known: known.predict(
                decision.settings(_in_levels(decision.region, x.reshape(len(names), -1).T))
            ).reshape(1, *x.shape[1:]),
            n=_N_SOBOL,
            dists=[scipy.stats.uniform(-1.0, 2.0)] * len(names),
            rng=np.random.default_rng(seed),
        )
        first = np.nan_to_num(np.ravel(result.first_order))
        total = np.nan_to_num(np.ravel(result.total_order))
        found.append(
            SobolIndices(
                response_name=goal.response_name,
                first=dict(zip(names, first.tolist(), strict=True)),
                total=dict(zip(names, total.tolist(), strict=True)),
            )
        )
    return tuple(found)


def _in_levels(region: DesignRegion, points: Floats) -> Floats:
    """Return points between -1 and +1 with equal parts of it for each level of a category."""
    placed = points.copy()
    for number, axis in enumerate(region.axes):
        if axis.is_categorical and axis.levels is not None:
            part = (points[:, number] + 1.0) / 2.0 * len(axis.levels)
            placed[:, number] = axis.levels[np.minimum(part.astype(int), len(axis.levels) - 1)]
    return placed


def steepest_path(decision: Decision, goal: int, n_steps: int = 10) -> Floats:
    """Return the way from the region's center in the direction of steepest improvement.

    Parameters
    ----------
    decision : Decision
        Models and region.
    goal : int
        Which goal's response: up, or down where it is to be minimized.
    n_steps : int
        Equal steps to the edge of the region.

    Returns
    -------
    array of shape (n_steps + 1, n_axes)
        Coded points that keep every limit; the center alone where the surface is level there.

    References
    ----------
    .. [1] Myers, Montgomery, Anderson-Cook, Response Surface Methodology (2016), ch. 5.
    """
    n = len(decision.region.axes)
    near = np.vstack([_STEP * np.eye(n), -_STEP * np.eye(n)])
    values = decision.predictions(near)[:, goal]
    slope = (values[:n] - values[n:]) / (2.0 * _STEP)
    if decision.goals[goal].kind == "minimize":
        slope = -slope
    steepest = float(np.max(np.abs(slope)))
    if steepest == 0.0:
        return np.zeros((1, n))
    way = np.linspace(0.0, 1.0, _MOST_STEPS + 1)[:, None] * slope / steepest
    is_kept = np.logical_and.accumulate(decision.region.is_feasible(way))
    last = way[max(int(is_kept.sum()) - 1, 0)]
    return np.asarray(np.linspace(0.0, 1.0, n_steps + 1)[:, None] * last)


@dataclass(frozen=True, kw_only=True)
class ResponseShape:
    """The shape of one response's quadratic, and how well runs know it.

    Attributes
    ----------
    analysis : CanonicalAnalysis
        Stationary point and curvatures.
    inference : SurfaceInference or None
        Their uncertainty; None where too little is left over, or runs share whole plots.
    ridge : array of shape (n_steps, n_factors)
        The best points at growing distances from the center, coded.
    heights : array of shape (n_steps,)
        Of the quadratic there, in the response's unit.
    """

    analysis: CanonicalAnalysis
    inference: SurfaceInference | None
    ridge: Floats
    heights: Floats


def second_degree_shape(
    region: DesignRegion, data: TrainingData, *, is_rising: bool = True
) -> ResponseShape | None:
    """Return the shape of the quadratic through the means of runs, coded by the region.

    Parameters
    ----------
    region : DesignRegion
        Its axes are the inputs.
    data : TrainingData
        One response; one with a transform is looked at on its scale.
    is_rising : bool
        Whether the ridge goes up.

    Returns
    -------
    ResponseShape or None
        None where the runs do not determine a quadratic, or it is flat; and where an input is a
        category, for each level has a quadratic of its own. None of outcomes and counts.
    """
    if data.levels or data.kind != "number":
        return None
    means = configuration_means(data.inputs, data.run_numbers)
    coded = np.column_stack([axis.coded(means[:, j]) for j, axis in enumerate(region.axes)])
    quadratic = has_quadratic_term(data.inputs, data.setting_numbers)
    transform = known_transform(data)
    response = data.on_scale(transform).response[:, None]
    y = configuration_means(response, data.run_numbers)[:, 0]
    X = quadratic_matrix(coded, quadratic)
    try:
        coefficients = least_squares(X, y, quadratic_names(region.names, quadratic))
        b, B = second_degree(coefficients, quadratic)
        analysis = canonical_analysis(b, B)
    except (ModelError, RecommendationError):
        return None
    n_taken = 0 if data.blocks is None else len(np.unique(data.blocks)) - 1
    points = ridge(b, B, is_rising=is_rising)
    heights = quadratic_matrix(points, quadratic) @ coefficients
    return ResponseShape(
        analysis=analysis,
        inference=None
        if data.whole_plots is not None
        else surface_inference(X, y, coefficients, quadratic, n_taken),
        ridge=points,
        heights=heights if transform is None else transform.inverse(heights),
    )
