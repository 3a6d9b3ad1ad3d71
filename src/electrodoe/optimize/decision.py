"""What a decision is made from: settings that are possible, goals, and what is known of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import TrainingData, configuration_means
from electrodoe.design.region.points import low_discrepancy
from electrodoe.design.region.region import DesignRegion
from electrodoe.models import Predictive
from electrodoe.optimize.desirability import Goal, goal_of, overall_desirability, shortfall
from electrodoe.optimize.search import best_point
from electrodoe.study import Study, Tolerance

Setting = float | str
"""Of a factor: a number in its unit, or the name of a level."""
_N_OFF: Final = 8
"""Evenly spread deviations of a held number within its tolerance: of one, a sixteenth apart."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Everything that a recommendation follows from.

    Attributes
    ----------
    region : DesignRegion
        Settings that are possible; its axes are the models' inputs, in their order.
    goals : tuple of Goal
        What is wanted, of at least one response.
    known : tuple of Predictive
        What is known of each goal's response at any settings.
    data : tuple of TrainingData
        What each was learned from.
    tolerances : tuple of Tolerance, length n_axes
        Allowed deviation of each setting; an empty one where none is declared.
    can_guarantee : bool
        Whether every response is predicted for new configurations beyond doubt; where one is not,
        no chance is guaranteed.
    held : mapping of int to float
        Inputs that are no axes, because they stay as they are: their settings, by position.
    held_tolerances : mapping of int to Tolerance
        Allowed deviation of those that are numbers.
    """

    region: DesignRegion
    goals: tuple[Goal, ...]
    known: tuple[Predictive, ...]
    data: tuple[TrainingData, ...]
    tolerances: tuple[Tolerance, ...]
    can_guarantee: bool = True
    held: Mapping[int, float] = field(default_factory=dict)
    held_tolerances: Mapping[int, Tolerance] = field(default_factory=dict)

    @property
    def free(self) -> list[int]:
        """Return the positions of the inputs that the axes set."""
        n_inputs = len(self.region.axes) + len(self.held)
        return [number for number in range(n_inputs) if number not in self.held]

    def holding(self, point: Floats, numbers: Sequence[int]) -> "Decision":
        """Return the decision about the other inputs, with some held as at a coded point.

        Parameters
        ----------
        point : array of shape (n_axes,)
            Coded.
        numbers : sequence of int
            Axes to hold; none leaves everything as it is.

        Returns
        -------
        Decision
            With fewer axes. A number that is held comes out anywhere within its tolerance.
        """
        if not numbers:
            return self
        settings = self.settings(point)
        kept = [number for number in range(len(point)) if number not in set(numbers)]
        return replace(
            self,
            region=self.region.holding(point, numbers),
            tolerances=tuple(self.tolerances[number] for number in kept),
            held={number: float(settings[number]) for number in numbers},
            held_tolerances={
                number: self.tolerances[number] for number in numbers if self.tolerances[number]
            },
        )

    def allowed(self, settings: Floats) -> Floats:
        """Return the largest deviations of settings along the axes, shape (..., n_axes)."""
        pairs = zip(self.tolerances, range(settings.shape[-1]), strict=True)
        return np.stack([own.allowed(settings[..., axis]) for own, axis in pairs], axis=-1)

    @property
    def existing_runs(self) -> Floats:
        """Return the configurations measured so far, coded, (n_configurations, n_axes)."""
        return self.runs_of(self.data[0])

    def runs_of(self, data: TrainingData) -> Floats:
        """Return one response's configurations, coded, (n_configurations, n_axes)."""
        return self.coded(configuration_means(data.inputs, data.configurations))

    def settings(self, points: Floats) -> Floats:
        """Return coded points, shape (..., n_axes), in the inputs' own units."""
        columns = [axis.decoded(points[..., j]) for j, axis in enumerate(self.region.axes)]
        for number, value in sorted(self.held.items()):
            columns.insert(number, np.full(points.shape[:-1], value))
        return np.stack(columns, axis=-1)

    def coded(self, settings: Floats) -> Floats:
        """Return settings in the inputs' own units as coded points."""
        pairs = zip(self.free, self.region.axes, strict=True)
        columns = [axis.coded(settings[..., j]) for j, axis in pairs]
        return np.stack(columns, axis=-1)

    def named(self, point: Floats) -> dict[str, Setting]:
        """Return a coded point as settings by their names, a category's level by its own."""
        values = self.settings(point).tolist()
        names = self.data[0].input_names
        return dict(zip(names, map(self._setting, names, values), strict=True))

    def _setting(self, name: str, value: float) -> Setting:
        """Return a setting as people read it."""
        levels = self.data[0].levels
        return levels[name][round(value)] if name in levels else value

    def predictions(self, points: Floats) -> Floats:
        """Return the predicted responses at coded points, shape (n_points, n_goals)."""
        inputs = self.settings(points)
        return np.column_stack([known.predict(inputs) for known in self.known])

    def desirability(self, points: Floats) -> Floats:
        """Return the overall desirability of the predictions, shape (n_points,)."""
        return overall_desirability(self.goals, self.predictions(points))

    def merit(self, points: Floats) -> Floats:
        """Return the desirability, or less than 0 by what the goals are missed by."""
        values = self.predictions(points)
        overall = overall_desirability(self.goals, values)
        missed = shortfall(self.goals, values)
        return np.where(overall > 0.0, overall, -missed)

    def probability(self, points: Floats) -> Floats:
        r"""Return an estimate of the chance that one product keeps every specification.

        Parameters
        ----------
        points : array of shape (n_points, n_axes)
            Coded.

        Returns
        -------
        array of shape (n_points,)
            For one measurement of each response at a new configuration.

        Notes
        -----
        How the errors of responses go together is not assumed (Bonferroni's bound):

        .. math:: P \ge 1 - \sum_j (1 - P_j)

        A run that is unlike all so far is so for every response: what chances leave to it is taken
        away once.
        """
        missing = np.zeros(len(points))
        for inputs in self._held_off(self.settings(points)):
            for goal, known in self.specified:
                missing += 1.0 - known.probability(inputs, goal.lower, goal.upper)
        unseen = [0.5 * known.unseen for _, known in self.specified]
        shared = sum(unseen) - max(unseen, default=0.0)
        return np.maximum(1.0 + shared - missing / self._n_off, 0.0)

    def said(self, chance: float) -> float:
        """Return what may be said of an estimated chance: after K runs never more than K/(K + 1).

        The next run may be unlike all of them.
        """
        n_configurations = min(data.n_configurations for data in self.data)
        return min(chance, n_configurations / (n_configurations + 1))

    def guaranteed(self, points: Floats, confidence: float) -> Floats:
        """Return the same chance as it is at least in a fraction ``confidence`` of studies.

        Parameters
        ----------
        points : array of shape (n_points, n_axes)
            Coded.
        confidence : float
            For all responses together at one setting: what may fail is shared among them.

        Returns
        -------
        array of shape (n_points,)
            Lower confidence bounds, and never more than the chance itself: bounds take errors as
            normal, chances of refitted families do not.
        """
        if not self.can_guarantee:
            return np.zeros(len(points))
        missing = np.zeros(len(points))
        each = 1.0 - (1.0 - confidence) / max(len(self.specified), 1)
        for inputs in self._held_off(self.settings(points)):
            for goal, known in self.specified:
                missing += 1.0 - known.guaranteed(inputs, goal.lower, goal.upper, each)
        bounds = np.maximum(1.0 - missing / self._n_off, 0.0)
        is_open = bounds > 0.0  # elsewhere there is nothing to take away
        bounds[is_open] = np.minimum(bounds[is_open], self.probability(points[is_open]))
        return bounds

    @property
    def _n_off(self) -> int:
        """Return how many deviations of held numbers are averaged."""
        return _N_OFF if self.held_tolerances else 1

    def _held_off(self, inputs: Floats) -> Iterator[Floats]:
        """Yield inputs with the held numbers off by what their tolerances allow."""
        if not self.held_tolerances:
            yield inputs
            return
        numbers = sorted(self.held_tolerances)
        allowed = np.column_stack(
            [self.held_tolerances[number].allowed(inputs[:, number]) for number in numbers]
        )
        for unit in low_discrepancy(_N_OFF, len(numbers)):
            off = inputs.copy()
            off[:, numbers] += (2.0 * unit - 1.0) * allowed
            yield off

    @property
    def is_of_numbers(self) -> bool:
        """Return whether no response is of outcomes or counts."""
        return all(data.kind == "number" for data in self.data)

    def known_of(self, response: str) -> Predictive:
        """Return what is known of one response with a goal."""
        names = [data.response_name for data in self.data]
        return self.known[names.index(response)]

    @property
    def specified(self) -> list[tuple[Goal, Predictive]]:
        """Return the goals with a specification, and what is known of their responses."""
        pairs = zip(self.goals, self.known, strict=True)
        return [(goal, known) for goal, known in pairs if goal.has_specification]


def decision(
    study: Study,
    region: DesignRegion,
    known: tuple[Predictive, ...],
    data: tuple[TrainingData, ...],
    *,
    can_guarantee: bool = True,
) -> Decision:
    """Return what a study's recommendation follows from.

    Parameters
    ----------
    study : Study
        Goals and tolerances.
    region : DesignRegion
        Settings that are possible.
    known : tuple of Predictive
        One for each of the data.
    data : tuple of TrainingData
        One for each response with a goal.
    can_guarantee : bool
        Whether every response is predicted beyond doubt.

    Returns
    -------
    Decision
        Ends that goals leave open are the minimum and the maximum value that was measured or is
        predicted anywhere in the region.

    Raises
    ------
    RecommendationError
        If no setting keeps every limit.
    """
    goals = []
    for one, own in zip(known, data, strict=True):
        ends = _ends(region, one, study.settings.seed)
        values = np.append(own.response, ends)
        response = study.responses[own.response_name]
        goals.append(goal_of(own.response_name, response, values.min(), values.max()))
    return Decision(
        region=region,
        goals=tuple(goals),
        known=known,
        data=data,
        tolerances=tuple(study.tolerance_of(axis.name) or Tolerance() for axis in region.axes),
        can_guarantee=can_guarantee,
    )


def _ends(region: DesignRegion, known: Predictive, seed: int) -> list[float]:
    """Return the minimum and the maximum prediction in a region."""

    def predicted(points: Floats) -> Floats:
        columns = [axis.decoded(points[:, j]) for j, axis in enumerate(region.axes)]
        return known.predict(np.column_stack(columns))

    upper = best_point(region, predicted, seed).merit
    lower = -best_point(region, lambda points: -predicted(points), seed).merit
    return [lower, upper]
