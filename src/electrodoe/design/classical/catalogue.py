"""The classical designs by name, and whether a region can hold them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.classical.factorial import full_factorial
from electrodoe.design.classical.hypercube import latin_hypercube
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.design.classical.screening import definitive_screening
from electrodoe.design.region.region import DesignRegion
from electrodoe.errors import DesignError


@dataclass(frozen=True, kw_only=True)
class _Options:
    """What a design is made from besides its region; ``n_planned`` is without center runs."""

    n_planned: int | None
    is_quadratic: bool
    rng: np.random.Generator


def _hypercube(region: DesignRegion, asked: _Options) -> Floats:
    """Return a Latin hypercube of the runs that are not in the center."""
    if asked.n_planned is None:
        raise DesignError(
            "a Latin hypercube needs a number of runs",
            where="[plan], key 'runs'",
            fix=f"add runs = ..., such as {10 * len(region.axes)}",
        )
    if asked.n_planned < 1:
        raise DesignError(
            "center runs leave no run for the Latin hypercube",
            where="[plan], key 'runs'",
            fix="raise 'runs', or lower 'center_runs'",
        )
    return latin_hypercube(region, asked.n_planned, asked.rng)


CLASSICAL: Final[dict[str, Callable[[DesignRegion, _Options], Floats]]] = {
    "full_factorial": lambda region, asked: full_factorial(region, 2 + asked.is_quadratic),
    "central_composite": lambda region, _: central_composite(len(region.axes)),
    "box_behnken": lambda region, _: box_behnken(len(region.axes)),
    "definitive_screening": lambda region, _: definitive_screening(len(region.axes))[:-1],
    "latin_hypercube": _hypercube,
}
"""Coded settings of each design, without its center runs."""
_FACTORS: Final = {
    "central_composite": (2, 11),
    "box_behnken": (3, 7),
    "definitive_screening": (3, 30),
}
"""Min and max factors of the designs that hold numbers alone."""


def classical_design(
    kind: str,
    region: DesignRegion,
    *,
    n_runs: int | None,
    center_runs: int,
    is_quadratic: bool,
    rng: np.random.Generator,
) -> tuple[Floats, list[str]]:
    """Return a design from a textbook.

    Parameters
    ----------
    kind : str
        One of :data:`CLASSICAL`.
    region : DesignRegion
        Factors and limits.
    n_runs : int or None
        All runs, center runs included. A Latin hypercube needs it; where another design is
        given it, it has to be the number that the design has.
    center_runs : int
        Runs at the center point. Definitive screening has one of its own, which counts among them.
    is_quadratic : bool
        Whether a full factorial needs the middle of a factor that may lie anywhere, and a
        Box-Behnken design a center run.
    rng : numpy.random.Generator
        For the Latin hypercube.

    Returns
    -------
    tuple of array of shape (n_runs, n_factors) and list of str
        Coded settings, and what each run is for: ``planned`` or ``center``.

    Raises
    ------
    DesignError
        If the region cannot hold the design: a category, a limit, a level that is missing; or
        the number of runs is not the design's.
    """
    _require_numbers(kind, region)
    n_centers = _n_centers(kind, region, center_runs, is_quadratic=is_quadratic)
    n_planned = None if n_runs is None else n_runs - n_centers
    asked = _Options(n_planned=n_planned, is_quadratic=is_quadratic, rng=rng)
    planned = CLASSICAL[kind](region, asked)
    design = np.vstack([planned, np.zeros((n_centers, len(region.axes)))])
    _require_count(kind, region, len(design), n_runs)
    _require_levels(kind, region, planned, design)
    _require_feasible(kind, region, design)
    return design, ["planned"] * len(planned) + ["center"] * n_centers


def _n_centers(kind: str, region: DesignRegion, asked: int, *, is_quadratic: bool) -> int:
    """Return how many center runs a design has; raise where it needs one, or has no center."""
    categories = [axis.name for axis in region.axes if axis.is_categorical]
    if asked and categories:
        raise DesignError(
            f"'{categories[0]}' is a category, so the region has no center",
            where="[plan], key 'center_runs'",
            fix="set center_runs = 0; replicate_runs of an optimal design show pure error",
        )
    if kind == "box_behnken" and is_quadratic and not asked:
        raise DesignError(
            "a Box-Behnken design without center runs cannot tell squares from the intercept",
            where="[plan], key 'center_runs'",
            fix="set center_runs = 3",
        )
    return max(asked, 1) if kind == "definitive_screening" else asked


def _require_numbers(kind: str, region: DesignRegion) -> None:
    """Raise where a design of numbers cannot hold so many factors, or a category."""
    if kind not in _FACTORS:
        return
    low, high = _FACTORS[kind]
    categories = [axis.name for axis in region.axes if axis.is_categorical]
    if categories:
        raise DesignError(
            f"'{categories[0]}' is a category; a {_words(kind)} design has numbers only",
            where="[plan], key 'design'",
            fix='use design = "optimal" or "full_factorial"',
        )
    if not low <= len(region.axes) <= high:
        raise DesignError(
            f"a {_words(kind)} design holds {low} to {high} factors, not {len(region.axes)}",
            where="[plan], key 'design'",
            fix='use design = "optimal"',
        )


def _require_count(kind: str, region: DesignRegion, n_found: int, n_runs: int | None) -> None:
    """Raise where a design has another number of runs than was asked for."""
    if n_runs is not None and n_found != n_runs:
        raise DesignError(
            f"a {_words(kind)} design of {len(region.axes)} factors has {n_found} runs"
            f" with its center runs, not {n_runs}",
            where="[plan], key 'runs'",
            fix=f'set runs = {n_found} or leave it out, or use design = "optimal"',
        )


def _require_levels(kind: str, region: DesignRegion, planned: Floats, design: Floats) -> None:
    """Raise where a design needs a level that is not declared."""
    for number, axis in enumerate(region.axes):
        if axis.levels is None:
            continue
        apart = np.abs(design[:, number, None] - axis.levels).min(axis=1)
        if apart.max() > 1e-9:
            at = int(np.argmax(apart > 1e-9))
            missing = f"{axis.decoded(design[at, number]):g}"
            who = f"a {_words(kind)} design" if at < len(planned) else "a center run"
            other = 'use design = "optimal"' if at < len(planned) else "set center_runs = 0"
            raise DesignError(
                f"{who} needs '{axis.name}' at {missing}, which is no level",
                where=f"study.toml, factor '{axis.name}'",
                fix=f"add the level {missing}, declare region = [min, max], or {other}",
            )


def _require_feasible(kind: str, region: DesignRegion, design: Floats) -> None:
    """Raise where a limit cuts runs off."""
    n_lost = int(np.sum(~region.is_feasible(design)))
    if n_lost:
        raise DesignError(
            f"{n_lost} of {len(design)} runs of a {_words(kind)} design break a limit",
            where="[plan], keys 'constraints' and 'forbidden'",
            fix='use design = "optimal", which plans within limits',
        )


def _words(kind: str) -> str:
    """Return a design's name as people write it."""
    spoken = {"box_behnken": "Box-Behnken", "latin_hypercube": "Latin hypercube"}
    return spoken.get(kind, kind.replace("_", " "))
