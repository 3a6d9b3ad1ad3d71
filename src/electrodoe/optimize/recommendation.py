"""One recommendation, as it is written to ``recommendation.json`` and read from it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np
from pydantic import TypeAdapter

from electrodoe.arrays import Floats
from electrodoe.optimize.beyond import runs_beyond
from electrodoe.optimize.decision import Decision, Setting
from electrodoe.optimize.desirability import Goal
from electrodoe.optimize.level_settings import LevelSettings
from electrodoe.optimize.optimization import Learned, OptimizationResult
from electrodoe.optimize.sensitivity import ResponseShape, SobolIndices, steepest_path
from electrodoe.optimize.set_points import SetPoint


@dataclass(frozen=True, kw_only=True)
class Window:
    """How far the settings may drift; factors and responses in their own units.

    Attributes
    ----------
    ranges : dict of str to (float, float)
        Where each factor may be set.
    center, predicted_at_center : dict of str to float
        The middle, and the responses that are predicted there.
    probability : float
        The smallest chance that a product keeps every specification, as it was asked for.
    confidence : float or None
        How sure that is; None where it is an estimate.
    min_probability, mean_probability : float
        Of the chance inside.
    region_fraction : float
        Of its volume.
    holds_set_point : bool
        Whether the recommended settings lie inside.
    tolerances : dict of str to float
        Allowed deviation of each setting, as a fraction of it.
    absolute_tolerances : dict of str to float
        Those that are declared in the setting's unit.
    is_sampled : bool
        Whether it was found by samples, for there are too many factors for a grid.
    """

    ranges: dict[str, tuple[float, float]]
    center: dict[str, float]
    predicted_at_center: dict[str, float]
    probability: float
    confidence: float | None
    min_probability: float
    mean_probability: float
    region_fraction: float
    holds_set_point: bool
    tolerances: dict[str, float]
    absolute_tolerances: dict[str, float] = field(default_factory=dict)
    is_sampled: bool = False


@dataclass(frozen=True, kw_only=True)
class NoWindow:
    """Why the settings may not drift, and the maximum chance anywhere, if it was mapped."""

    ranges: None = None
    reason: str
    max_probability: float | None


@dataclass(frozen=True, kw_only=True)
class QuadraticShape:
    """A quadratic's kind, where it is level (in the factors' own units), and its curvatures.

    Attributes
    ----------
    kind : str
        ``maximum``, ``minimum`` or ``saddle``.
    stationary_point : dict of str to float
        Settings.
    eigenvalues, eigenvalue_errors : tuple of float
        Curvatures, and their standard errors; none where these are not known.
    region : dict of str to (float, float)
        Ends of the stationary point's 90 % region inside the region of the factors; empty where it
        is not known, or nothing of it lies inside.
    is_region_known : bool
        Which of the two.
    ridge : tuple of Prediction
        The best settings at growing distances from the center, by the quadratic.
    """

    kind: str
    stationary_point: dict[str, float]
    eigenvalues: tuple[float, ...]
    eigenvalue_errors: tuple[float, ...] = ()
    region: dict[str, tuple[float, float]] = field(default_factory=dict)
    is_region_known: bool = False
    ridge: "tuple[Prediction, ...]" = ()


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """Settings with what is predicted there, in the units of their names; levels by their names."""

    settings: dict[str, Setting]
    predicted: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class PictureWords:
    """Words around a picture: heading, sentence below it, texts of axes."""

    title: str
    caption: str
    labels: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class ShapeTests:
    """What replicates say of each quadratic, and the runs that check the shape, if any."""

    tests: tuple[dict[str, Any], ...] = ()
    runs: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why nothing can be recommended, in the words of the error.

    Attributes
    ----------
    what, where, fix : str
        What was met, something to open, one instruction.
    """

    what: str
    where: str
    fix: str


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """What ``electrodoe recommend`` says; numbers in the units of their names.

    Attributes
    ----------
    answer : tuple of str
        What a person needs first, a sentence or two each: the settings come first.
    summary : tuple of str
        The same at length: settings and what to expect; the window; the next runs.
    unknown : tuple of str
        What it does not know.
    set_point : SetPoint
        Recommended settings.
    bolder : SetPoint or None
        More desirable ones outside the window that is guaranteed.
    window : Window or NoWindow
        How far they may drift, or why they may not.
    levels : tuple of LevelSettings
        The best settings of every level, the recommended first; none without a category.
    next_runs : tuple of dict
        ``run, purpose`` and the factors, in the order of making.
    goals : tuple of Goal
        What is wanted.
    models : tuple of Learned
        Which model speaks for each of them.
    sensitivity : tuple of SobolIndices
        Fractions of variance over the region.
    shapes : dict of str to QuadraticShape
        Of the quadratics that configurations determine, by response.
    steepest_paths : dict of str to tuple of Prediction
        From the middle of the region to its edge, by response.
    pareto : tuple of Prediction
        Settings of which none is better in every response; none with a single goal.
    pictures : dict of str to PictureWords
        By the picture's name.
    run_sheets : dict of str to str
        Hash of each run sheet as it was written.
    lack_of_fit : ShapeTests
        Whether the quadratics hold.
    beyond : tuple of dict
        Settings of runs beyond the region, where the recommended ones stand at its end.
    """

    answer: tuple[str, ...]
    summary: tuple[str, ...]
    unknown: tuple[str, ...]
    set_point: SetPoint
    window: Window | NoWindow
    next_runs: tuple[dict[str, int | float | str], ...]
    goals: tuple[Goal, ...]
    models: tuple[Learned, ...]
    sensitivity: tuple[SobolIndices, ...]
    shapes: dict[str, QuadraticShape]
    steepest_paths: dict[str, tuple[Prediction, ...]]
    pareto: tuple[Prediction, ...]
    pictures: dict[str, PictureWords]
    run_sheets: dict[str, str]
    lack_of_fit: ShapeTests = ShapeTests()
    bolder: SetPoint | None = None
    levels: tuple[LevelSettings, ...] = ()
    beyond: tuple[dict[str, Setting], ...] = ()

    def to_json(self) -> bytes:
        """Return the content of ``recommendation.json``."""
        text = json.dumps(json_values(self), indent=2, ensure_ascii=False, allow_nan=False)
        return f"{text}\n".encode()

    @staticmethod
    def from_json(content: bytes) -> "Recommendation":
        """Return the recommendation that :meth:`to_json` wrote; raise ValueError for others."""
        return _RECOMMENDATION.validate_json(content)


_RECOMMENDATION: Final = TypeAdapter(Recommendation)
_SET_POINT: Final = TypeAdapter(SetPoint)


def json_values(reported: Recommendation | SetPoint) -> dict[str, Any]:
    """Return a recommendation, or settings alone, as JSON values."""
    adapter: TypeAdapter[Any] = _SET_POINT if isinstance(reported, SetPoint) else _RECOMMENDATION
    values: dict[str, Any] = adapter.dump_python(reported)
    return values


def recommendation_of(
    found: OptimizationResult,
    *,
    answer: tuple[str, ...],
    summary: tuple[str, ...],
    unknown: tuple[str, ...],
    pictures: Mapping[str, PictureWords],
    run_sheets: Mapping[str, str],
) -> Recommendation:
    """Return what an optimization comes to, with the words and hashes that go with it.

    Parameters
    ----------
    found : OptimizationResult
        What was found.
    answer, summary, unknown : tuple of str
        The same in words, first in short, and what it does not know.
    pictures : mapping of str to PictureWords
        What was drawn.
    run_sheets : mapping of str to str
        Hashes of the run sheets.

    Returns
    -------
    Recommendation
        Without models and maps.
    """
    decision, names = found.decision, found.decision.region.names
    return Recommendation(
        answer=answer,
        summary=summary,
        unknown=unknown,
        set_point=found.set_point,
        bolder=found.bolder,
        window=_window(found),
        next_runs=tuple(found.next_runs.frame.select("run", "purpose", *names).to_dicts()),
        goals=decision.goals,
        models=found.learned,
        sensitivity=found.sobol,
        shapes={name: _shape(decision, name, shape) for name, shape in found.shapes.items()},
        steepest_paths=_steepest_paths(found),
        pareto=()
        if found.pareto is None
        else _predictions(decision, found.pareto.points, found.pareto.predictions),
        pictures=dict(pictures),
        run_sheets=dict(run_sheets),
        lack_of_fit=_lack_of_fit(found),
        levels=found.levels,
        beyond=runs_beyond(decision, found.point),
    )


def _steepest_paths(found: OptimizationResult) -> dict[str, tuple[Prediction, ...]]:
    """Return the ways up from the middle of the numbers, categories as recommended."""
    axes = found.decision.region.axes
    named = [number for number, axis in enumerate(axes) if axis.is_categorical]
    numbers = found.decision.holding(found.point, named)
    if not numbers.region.axes:
        return {}
    return {
        goal.response_name: _predictions(numbers, path, numbers.predictions(path))
        for number, goal in enumerate(numbers.goals)
        for path in [steepest_path(numbers, number)]
    }


def _window(found: OptimizationResult) -> Window | NoWindow:
    """Return how far the settings may drift, or why they may not."""
    window, names = found.window, found.decision.region.names
    if window is None:
        upper = None if found.search is None else found.search.map.max_probability
        return NoWindow(reason=found.no_window, max_probability=upper)
    tolerances = dict(zip(names, found.decision.tolerances, strict=True))
    return Window(
        ranges=window.ranges,
        center=window.center,
        predicted_at_center=window.at_center,
        probability=window.probability,
        confidence=window.confidence,
        min_probability=window.min_probability,
        mean_probability=window.mean_probability,
        region_fraction=window.region_fraction,
        holds_set_point=bool(window.holds(found.drifting_point)),
        tolerances={name: own.fraction for name, own in tolerances.items() if not own.absolute},
        absolute_tolerances={
            name: own.absolute for name, own in tolerances.items() if own.absolute
        },
        is_sampled=found.search is not None and found.search.is_sampled,
    )


def _shape(decision: Decision, name: str, found: ResponseShape) -> QuadraticShape:
    """Return one response's shape in the units of the factors."""
    known = found.inference
    region = {}
    if known is not None and not np.isnan(known.lower).any():
        ends = (_stationary(decision, known.lower), _stationary(decision, known.upper))
        region = {factor: (ends[0][factor], ends[1][factor]) for factor in ends[0]}
    return QuadraticShape(
        kind=found.analysis.kind,
        stationary_point=_stationary(decision, found.analysis.stationary_point),
        eigenvalues=tuple(found.analysis.eigenvalues.tolist()),
        eigenvalue_errors=() if known is None else tuple(known.eigenvalue_errors.tolist()),
        region=region,
        is_region_known=known is not None,
        ridge=tuple(
            Prediction(settings=decision.named(point), predicted={name: height})
            for point, height in zip(found.ridge, found.heights.tolist(), strict=True)
        ),
    )


def _stationary(decision: Decision, point: Floats) -> dict[str, float]:
    """Return a coded point as settings by their names; shapes are those of numbers alone."""
    return dict(zip(decision.region.names, decision.settings(point).tolist(), strict=True))


def _predictions(decision: Decision, points: Floats, predictions: Floats) -> tuple[Prediction, ...]:
    """Return coded points as settings with their predictions."""
    responses = [goal.response_name for goal in decision.goals]
    return tuple(
        Prediction(
            settings=decision.named(point), predicted=dict(zip(responses, values, strict=True))
        )
        for point, values in zip(points, predictions.tolist(), strict=True)
    )


def _lack_of_fit(found: OptimizationResult) -> ShapeTests:
    """Return what replicates say of the quadratics, and what the lack-of-fit runs are."""
    tests = tuple(
        {**asdict(test), "is_contradicted": test.is_contradicted} for test in found.shape_tests
    )
    runs = None if found.shape_runs is None else asdict(found.shape_runs)
    if runs is not None:
        del runs["points"]  # the settings say the same
    return ShapeTests(tests=tests, runs=runs)
