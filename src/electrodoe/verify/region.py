"""The region that a scenario's inputs span: as declared, or as far as they were measured."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.dataset.categories import InputColumns
from electrodoe.design.region.axes import FactorAxis, axis_of
from electrodoe.design.region.region import DesignRegion, region_of
from electrodoe.models.data_support import DataSupport, data_support, reach
from electrodoe.study import Study
from electrodoe.ties import EQUAL


@dataclass(frozen=True, kw_only=True, eq=False)
class StudiedRegion:
    """Where a model is verified.

    Attributes
    ----------
    region : DesignRegion
        One axis per input, in the order of the scenario; levels are taken as continuous.
    support : DataSupport
        What was measured in it.
    columns : InputColumns
        Which inputs are categories: another level is as far as a whole range.
    """

    region: DesignRegion
    support: DataSupport
    columns: InputColumns

    def coded(self, inputs: Floats) -> Floats:
        """Return inputs, shape (n_points, n_inputs), in units from -1 to +1."""
        columns = [axis.coded(inputs[:, number]) for number, axis in enumerate(self.region.axes)]
        return np.column_stack(columns)

    def decoded(self, coded: Floats) -> Floats:
        """Return coded points, shape (n_points, n_inputs), in the inputs' own units."""
        columns = [axis.decoded(coded[:, number]) for number, axis in enumerate(self.region.axes)]
        return np.column_stack(columns)

    def holds(self, coded: Floats) -> Booleans:
        """Return which coded points may be set and are carried by data."""
        is_supported = reach(self.support, placed(self.columns, coded)).is_supported
        return self.region.is_feasible(coded) & is_supported

    def is_near_data(self, inputs: Floats) -> Booleans:
        """Return which inputs, in their own units, are carried by data; see :func:`reach`."""
        return reach(self.support, placed(self.columns, self.coded(inputs))).is_supported


def placed(columns: InputColumns, coded: Floats) -> Floats:
    """Return coded points in coordinates whose distances mean something, levels among them."""
    whole_range = np.where(columns.is_category, 1.0, 0.5)
    return columns.indicators(coded * whole_range) * 2.0 if columns.has_categories else coded


def studied_region(study: Study, data: TrainingData) -> StudiedRegion:
    """Return the region of a scenario.

    Parameters
    ----------
    study : Study
        Ends of factors, and the limits of its plan where the scenario has every planned factor.
    data : TrainingData
        Gives the ends of inputs that declare none.

    Returns
    -------
    StudiedRegion
        With the support of the measured configurations.
    """
    axes = [
        axis_of(name, study.factors[name])
        if name in data.levels
        else _axis(study, name, data.inputs[:, index])
        for index, name in enumerate(data.input_names)
    ]
    planned = {
        name
        for name, factor in study.factors.items()
        if factor.region is not None or factor.levels is not None
    }
    is_whole = study.plan is not None and planned <= set(data.input_names)
    request = study.plan if is_whole else None
    region = region_of(
        axes, request.constraints if request else (), request.forbidden if request else ()
    )
    means = configuration_means(data.inputs, data.configurations)
    coded = [axis.coded(means[:, index]) for index, axis in enumerate(axes)]
    support = data_support(placed(data.columns, np.column_stack(coded)))
    return StudiedRegion(region=region, support=support, columns=data.columns)


def in_design_region(study: Study, studied: StudiedRegion, inputs: Floats) -> Booleans | None:
    """Return which settings lie where the study plans its runs.

    Parameters
    ----------
    study : Study
        Ends of factors.
    studied : StudiedRegion
        Of the scenario, with the limits of the plan.
    inputs : array of shape (n_points, n_inputs)
        In the inputs' own units.

    Returns
    -------
    array of shape (n_points,), bool, or None
        Whether every declared end and limit is kept; None where no input declares ends.
    """
    coded = studied.coded(inputs)
    planned = [declared_ends(study, name) is not None for name in studied.region.names]
    if not any(planned):
        return None
    is_between = np.all(np.abs(coded[:, planned]) <= 1.0 + EQUAL, axis=1)
    return np.asarray(is_between & studied.region.is_feasible(coded))


def declared_ends(study: Study, name: str) -> tuple[float, float] | None:
    """Return the ends of a factor's region or levels, or None where it declares neither."""
    factor = study.factors[name]
    if factor.region is not None:
        return factor.region
    if factor.levels is None or factor.is_categorical:
        return None
    levels = [float(level) for level in factor.levels]
    return min(levels), max(levels)


def _axis(study: Study, name: str, measured: Floats) -> FactorAxis:
    """Return the axis of one input."""
    low, high = declared_ends(study, name) or (float(measured.min()), float(measured.max()))
    return FactorAxis(name=name, low=low, high=high)
