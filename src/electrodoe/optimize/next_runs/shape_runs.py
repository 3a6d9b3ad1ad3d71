"""Lack-of-fit runs: the largest residuals again, and where rival shapes differ most."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.dataset import Transform, known_transform
from electrodoe.design.search.settable import settable_points
from electrodoe.models.intervals import in_unit
from electrodoe.optimize.decision import Decision
from electrodoe.optimize.feasible import candidate_points, snapped
from electrodoe.optimize.next_runs.quadratic_residuals import LeftOutResidual, quadratic_residuals
from electrodoe.optimize.next_runs.repeated_settings import (
    SIGNIFICANT,
    RepeatedSettings,
    repeated_settings,
)
from electrodoe.optimize.next_runs.rival_shapes import RivalShapes
from electrodoe.optimize.next_runs.shape_odds import rival_shapes

_N_SPREAD: Final = 300
"""Candidates spread over the region; chosen."""
_BESIDE: Final = 0.2
"""Coded distance, a tenth of a range, by which settings may have come out beside what can be set.
"""


@dataclass(frozen=True, kw_only=True)
class ShapeTest:
    """Whether replicates contradict the quadratic of one response.

    Attributes
    ----------
    response_name : str
        The response.
    f, p : float or None
        Of the lack of fit against pure error; None where it cannot be tested.
    refusal : str
        Why it cannot be tested; empty where it can.
    """

    response_name: str
    f: float | None = None
    p: float | None = None
    refusal: str = ""

    @property
    def is_contradicted(self) -> bool:
        """Return whether a right quadratic would look like this in fewer than 5 % of cases."""
        return self.p is not None and self.p < SIGNIFICANT


@dataclass(frozen=True, kw_only=True)
class Discrimination:
    """Settings at which two explanations expect something else.

    Attributes
    ----------
    settings : dict of str to float
        In each factor's own unit.
    curved, quadratic : float
        Expected with curvature of the surface, and without; in the response's unit.
    apart : float
        Their difference in its standard errors, noise of a new run included; on the scale of the
        response's transform.
    """

    settings: dict[str, float]
    curved: float
    quadratic: float
    apart: float


@dataclass(frozen=True, kw_only=True)
class ShapeRuns:
    """Runs that tell curvature beyond second order from run-to-run variation.

    Attributes
    ----------
    test : ShapeTest
        Of the response that the runs are for: that with the smallest p.
    others : tuple of ShapeTest
        Other responses whose quadratic is contradicted.
    odds : float
        Chance of curvature, against run-to-run variation, after the existing runs; even odds
        before them.
    largest_residual : LeftOutResidual or None
        Where the quadratic's residual is largest, among all settings that the others judge.
    repeats : tuple of LeftOutResidual
        Settings to be repeated.
    discriminations : tuple of Discrimination
        Settings where the explanations part.
    again : RepeatedSettings or None
        What runs with the same settings have said already.
    points : array of shape (n_runs, n_axes)
        Coded: the repeats, then the partings.
    """

    test: ShapeTest
    others: tuple[ShapeTest, ...]
    odds: float
    largest_residual: LeftOutResidual | None
    repeats: tuple[LeftOutResidual, ...]
    discriminations: tuple[Discrimination, ...]
    again: RepeatedSettings | None
    points: Floats


def shape_runs(decision: Decision, tests: tuple[ShapeTest, ...], n_runs: int) -> ShapeRuns | None:
    """Return the runs that tell why the quadratic does not fit.

    Replicates contradict a quadratic where the surface has curvature beyond second order, and just
    as well where one run differs by more than its settings say. Repeated settings come back to
    their old mean in the first case and not in the second; between the two shapes themselves, runs
    decide where they part most.

    Parameters
    ----------
    decision : Decision
        Region, and the existing runs.
    tests : tuple of ShapeTest
        One for each of the decision's data, or none.
    n_runs : int
        Half of them repeat settings, an odd one among them; each settings once, and only settings
        that are possible and were made once so far.

    Returns
    -------
    ShapeRuns or None
        None where no quadratic is contradicted, or no run is asked for.
    """
    contradicted = [
        (test.p, -(test.f or 0.0), number)
        for number, test in enumerate(tests)
        if test.p is not None and test.is_contradicted
    ]
    if not contradicted or n_runs == 0:
        return None
    number = min(contradicted)[2]
    data = decision.data[number]
    residuals = quadratic_residuals(decision, data)
    repeats, again = _repeats(decision, residuals, n_runs - n_runs // 2)
    candidates = candidate_points(decision.region, _N_SPREAD)
    points = np.vstack([again, candidates])
    rivals = rival_shapes(decision, data, points)
    chosen = rivals.discriminating(n_runs - len(again), range(len(again)))
    runs = decision.runs_of(data)
    return ShapeRuns(
        test=tests[number],
        others=tuple(tests[other] for *_, other in sorted(contradicted)[1:]),
        odds=rivals.odds,
        largest_residual=residuals[0] if residuals else None,
        repeats=repeats,
        discriminations=_discriminations(decision, rivals, points, chosen, known_transform(data)),
        again=repeated_settings(runs, data),
        points=np.vstack([again, points[chosen]]),
    )


def _repeats(
    decision: Decision, residuals: tuple[LeftOutResidual, ...], n_most: int
) -> tuple[tuple[LeftOutResidual, ...], Floats]:
    """Return the largest residuals that can be repeated, and their coded settings."""
    chosen, points = list[LeftOutResidual](), [np.empty((0, len(decision.region.axes)))]
    for residual in residuals:
        existing = decision.coded(np.array([list(residual.settings.values())]))
        point = snapped(decision.region, existing)
        is_possible = bool(decision.region.is_feasible(point)[0])
        is_near = bool(np.abs(point - existing).max() <= _BESIDE)
        if len(chosen) < n_most and residual.n_runs == 1 and is_possible and is_near:
            chosen.append(residual)
            points.append(settable_points(decision.region, point))
    return tuple(chosen), np.vstack(points)


def _discriminations(
    decision: Decision,
    rivals: RivalShapes,
    points: Floats,
    chosen: list[int],
    transform: Transform | None,
) -> tuple[Discrimination, ...]:
    """Return what both explanations expect at the chosen points."""
    errors, settings = rivals.standard_errors(), decision.settings(points)
    curved, quadratic = rivals.curved.mean, rivals.quadratic.mean
    apart = (curved - quadratic) / errors
    curved, quadratic = in_unit(transform, curved), in_unit(transform, quadratic)
    return tuple(
        Discrimination(
            settings=dict(zip(decision.region.names, settings[row].tolist(), strict=True)),
            curved=float(curved[row]),
            quadratic=float(quadratic[row]),
            apart=float(apart[row]),
        )
        for row in chosen
    )
