"""What to run next where the quadratic misses: the miss again, and where rival shapes part."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.optimize.decision import Decision
from electrodoe.optimize.feasible import candidate_points, snapped
from electrodoe.optimize.next_runs.made_again import SIGNIFICANT, MadeAgain, made_again
from electrodoe.optimize.next_runs.quadratic_misses import Miss, quadratic_misses
from electrodoe.optimize.next_runs.rival_shapes import RivalShapes
from electrodoe.optimize.next_runs.shape_beliefs import rival_shapes

Floats = NDArray[np.float64]
_N_SPREAD: Final = 300
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
class Parting:
    """Settings at which two explanations expect something else.

    Attributes
    ----------
    settings : dict of str to float
        In each factor's own unit.
    bend, quadratic : float
        Expected with a bend of the surface, and without; in the response's unit.
    standard_error : float
        Of their difference, noise of a new production included.
    """

    settings: dict[str, float]
    bend: float
    quadratic: float
    standard_error: float


@dataclass(frozen=True, kw_only=True)
class ShapeRuns:
    """Runs that tell a bend of the surface from effects of single productions.

    Attributes
    ----------
    test : ShapeTest
        Of the response that the runs are for: that with the smallest p.
    others : tuple of ShapeTest
        Other responses whose quadratic is contradicted.
    belief : float
        Chance of a bend, against effects of single productions, after the runs made; even odds
        before them.
    missed : Miss or None
        Where the quadratic misses most, among all settings that the others judge.
    repeats : tuple of Miss
        Settings to be made again.
    partings : tuple of Parting
        Settings where the explanations part.
    again : MadeAgain or None
        What productions with the same settings have said already.
    points : array of shape (n_runs, n_axes)
        Coded: the repeats, then the partings.
    """

    test: ShapeTest
    others: tuple[ShapeTest, ...]
    belief: float
    missed: Miss | None
    repeats: tuple[Miss, ...]
    partings: tuple[Parting, ...]
    again: MadeAgain | None
    points: Floats


def shape_runs(decision: Decision, tests: tuple[ShapeTest, ...], n_runs: int) -> ShapeRuns | None:
    """Return the runs that tell why the quadratic misses.

    Replicates contradict a quadratic where the surface bends more than it can, and just as well
    where one production differs by more than its settings say. Settings made again come back to
    their old mean in the first case and not in the second; between the two shapes themselves,
    runs decide where they part most.

    Parameters
    ----------
    decision : Decision
        Region, and the runs made.
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
    misses = quadratic_misses(decision, data)
    repeats, again = _repeats(decision, misses, n_runs - n_runs // 2)
    candidates = candidate_points(decision.region, _N_SPREAD)
    points = np.vstack([again, candidates])
    rivals = rival_shapes(decision, data, points)
    chosen = rivals.parting(n_runs - len(again), range(len(again)))
    runs = decision.runs_of(data)
    return ShapeRuns(
        test=tests[number],
        others=tuple(tests[other] for *_, other in sorted(contradicted)[1:]),
        belief=rivals.belief,
        missed=misses[0] if misses else None,
        repeats=repeats,
        partings=_partings(decision, rivals, points, chosen),
        again=made_again(runs, data),
        points=np.vstack([again, points[chosen]]),
    )


def _repeats(
    decision: Decision, misses: tuple[Miss, ...], n_most: int
) -> tuple[tuple[Miss, ...], Floats]:
    """Return the greatest misses that can be made again, and their coded settings."""
    chosen, points = list[Miss](), [np.empty((0, len(decision.region.axes)))]
    for miss in misses:
        made = decision.coded(np.array([list(miss.settings.values())]))
        point = snapped(decision.region, made)
        is_possible = bool(decision.region.is_feasible(point)[0])
        is_near = bool(np.abs(point - made).max() <= _BESIDE)
        if len(chosen) < n_most and miss.n_productions == 1 and is_possible and is_near:
            chosen.append(miss)
            points.append(point)
    return tuple(chosen), np.vstack(points)


def _partings(
    decision: Decision, rivals: RivalShapes, points: Floats, chosen: list[int]
) -> tuple[Parting, ...]:
    """Return what both explanations expect at the chosen points."""
    errors, settings = rivals.standard_errors(), decision.settings(points)
    return tuple(
        Parting(
            settings=dict(zip(decision.region.names, settings[row].tolist(), strict=True)),
            bend=float(rivals.bend.mean[row]),
            quadratic=float(rivals.quadratic.mean[row]),
            standard_error=float(errors[row]),
        )
        for row in chosen
    )
