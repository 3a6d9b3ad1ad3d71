"""The classical designs by name, and whether a region can hold them."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.design.classical.factorial import full_factorial
from electrodoe.design.classical.hypercube import latin_hypercube
from electrodoe.design.classical.response_surface import box_behnken, central_composite
from electrodoe.design.classical.screening import definitive_screening
from electrodoe.design.region import DesignRegion
from electrodoe.errors import DesignError

Floats = NDArray[np.float64]

CLASSICAL: Final[dict[str, Callable[[int], Floats]]] = {
    "central_composite": central_composite,
    "box_behnken": box_behnken,
    "definitive_screening": definitive_screening,
}
"""Designs of numbers alone, from their count."""
_FACTORS: Final = {
    "central_composite": (2, 12),
    "box_behnken": (3, 7),
    "definitive_screening": (3, 30),
}


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
        ``full_factorial``, ``latin_hypercube``, or one of :data:`CLASSICAL`.
    region : DesignRegion
        Factors and limits.
    n_runs : int or None
        Runs of a Latin hypercube.
    center_runs : int
        Runs added in the middle.
    is_quadratic : bool
        Whether a full factorial needs the middle of a factor that may lie anywhere.
    rng : numpy.random.Generator
        For the Latin hypercube.

    Returns
    -------
    tuple of array of shape (n_runs, n_factors) and list of str
        Coded settings, and what each run is for.

    Raises
    ------
    DesignError
        If the region cannot hold the design: a category, a limit, a level that is missing.
    """
    if kind == "latin_hypercube":
        if n_runs is None:
            raise DesignError(
                "a Latin hypercube needs a number of runs", "[plan]", "add runs = ..."
            )
        design = latin_hypercube(region, n_runs - center_runs, rng)
    elif kind == "full_factorial":
        design = full_factorial(region, 3 if is_quadratic else 2)
    else:
        _require_numbers(kind, region)
        design = CLASSICAL[kind](len(region.axes))
    if center_runs:
        _require_numbers(kind, region, least=1)
    centers = np.zeros((center_runs, len(region.axes)))
    purposes = ["planned"] * len(design) + ["center"] * center_runs
    design = np.vstack([design, centers])
    _require_levels(kind, region, design)
    _require_feasible(kind, region, design)
    return design, purposes


def _require_numbers(kind: str, region: DesignRegion, least: int | None = None) -> None:
    """Raise where a design cannot hold so many factors, or a category."""
    low, high = _FACTORS.get(kind, (least or 1, 10_000))
    categories = [axis.name for axis in region.axes if axis.is_categorical]
    if categories:
        raise DesignError(
            f"'{categories[0]}' is a category; a {_words(kind)} design of numbers holds none",
            where="[plan], key 'design'",
            fix='use design = "optimal" or "full_factorial"',
        )
    if not low <= len(region.axes) <= high:
        raise DesignError(
            f"a {_words(kind)} design holds {low} to {high} factors, not {len(region.axes)}",
            where="[plan], key 'design'",
            fix='use design = "optimal"',
        )


def _require_levels(kind: str, region: DesignRegion, design: Floats) -> None:
    """Raise where a design needs a level that is not declared."""
    for number, axis in enumerate(region.axes):
        if axis.levels is None:
            continue
        apart = np.abs(design[:, number, None] - axis.levels).min(axis=1)
        if apart.max() > 1e-9:
            missing = axis.decoded(design[np.argmax(apart), number])
            raise DesignError(
                f"a {_words(kind)} design needs '{axis.name}' at {missing:g}, which is no level",
                where=f"study.toml, factor '{axis.name}'",
                fix=f"add the level {missing:g}, or declare region = [least, greatest]",
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
    return kind.replace("_", " ").replace("box behnken", "Box-Behnken")
