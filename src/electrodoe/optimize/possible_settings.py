"""Which settings a recommendation may choose from: declared ends, measured ends, limits."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData
from electrodoe.design.region.axes import FactorAxis, axis_of
from electrodoe.design.region.region import DesignRegion, region_of
from electrodoe.errors import RecommendationError
from electrodoe.study import Study


@dataclass(frozen=True, kw_only=True)
class PossibleSettings:
    """A region, and what is to be said of it.

    Attributes
    ----------
    region : DesignRegion
        Axes are the model's inputs, in their order.
    ends_from_data : tuple of str
        Inputs without declared ends: the measured ones were taken.
    limits_left_out : tuple of str
        Limits of the plan that name a factor which is no input here.
    """

    region: DesignRegion
    ends_from_data: tuple[str, ...]
    limits_left_out: tuple[str, ...]


def possible_settings(
    study: Study,
    data: TrainingData,
    others: Sequence[TrainingData] = (),
    *,
    levels_only: bool = True,
) -> PossibleSettings:
    """Return the settings that a recommendation may choose from.

    Parameters
    ----------
    study : Study
        Regions, levels and limits.
    data : TrainingData
        Its inputs are set; their measured ends stand in where none are declared.
    others : sequence of TrainingData
        Samples of further goals with the same inputs; measured ends are those that all have.
    levels_only : bool
        Whether a factor with numeric levels is set to one of them, and not between.

    Returns
    -------
    PossibleSettings
        The region and its remarks.

    Raises
    ------
    RecommendationError
        If the samples of the goals have no setting in common.
    DesignError
        If a limit cannot be read.
    """
    axes, from_data = [], []
    for index, name in enumerate(data.input_names):
        factor = study.factors[name]
        if factor.is_categorical:
            axes.append(_measured_levels(axis_of(name, factor), (data, *others)))
        elif factor.region is None and factor.levels is None:
            measured = _measured(name, [one.inputs[:, index] for one in (data, *others)])
            axes.append(replace(measured, is_hard_to_change=factor.hard_to_change))
            from_data.append(name)
        else:
            axis = axis_of(name, factor)
            axes.append(axis if levels_only else replace(axis, levels=None))
    known = set(data.input_names)
    request = study.plan
    limits = request.constraints if request else ()
    forbidden = request.forbidden if request else ()
    return PossibleSettings(
        region=region_of(
            axes,
            [text for text in limits if _names(text) <= known],
            [text for text in forbidden if _names(text) <= known],
        ),
        ends_from_data=tuple(from_data),
        limits_left_out=tuple(text for text in (*limits, *forbidden) if not _names(text) <= known),
    )


def _measured_levels(axis: FactorAxis, measured: Sequence[TrainingData]) -> FactorAxis:
    """Return a category's axis with the levels that were measured for every goal."""
    numbers = set.intersection(*(set(own.levels[axis.name]) for own in measured))
    if not numbers:
        raise RecommendationError(
            f"the responses with a goal were measured at no common level of '{axis.name}'",
            where=f"column '{axis.name}'",
            fix="measure them at one level, or take the goal from one response",
        )
    return replace(axis, levels=np.array(sorted(numbers), dtype=np.float64))


def _measured(name: str, values: Sequence[Floats]) -> FactorAxis:
    """Return an axis between the ends that were measured for every goal, moved inward to steps."""
    low = max(float(own.min()) for own in values)
    high = min(float(own.max()) for own in values)
    if low >= high:
        raise RecommendationError(
            f"the responses with a goal were measured at no common '{name}'",
            where=f"column '{name}'",
            fix=f"declare region = [min, max] of '{name}', or take the goal from one response",
        )
    return FactorAxis(name=name, low=low, high=high).with_settable_ends()


def _names(text: str) -> set[str]:
    """Return the factors that a limit names; what cannot be read is left to its reader."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return set()
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called}
