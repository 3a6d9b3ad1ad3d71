"""One plan among equally good ones that are no images of each other."""

from typing import Final

import numpy as np

from electrodoe.arrays import Floats
from electrodoe.design.search.plan_images import RESOLUTION
from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.symmetry import canonical_image

_SAME_VALUE: Final = 1e-7
"""Relative difference below which two plans are equally good: a search stops refining there."""
_MIN_SCALE: Final = 1e-3
"""Size of a criterion, a logarithm near 0 for example, below which differences are absolute."""
_SAME_VOLUME: Final = 1e-4
"""Difference of two logarithms of a determinant that local refinement leaves."""
_TINY: Final = 1e-300
"""In place of an eigenvalue that rounding made negative, so that it has a logarithm."""


def first_among_equals(problem: SearchProblem, designs: Floats) -> Floats:
    """Return the best of some plans; of equally good ones that with the largest determinant.

    The canonical image. Where two plans that are no images of each other have one determinant too,
    the first by its sorted settings.
    """
    state = problem.information(designs)
    values = state.value
    smallest = float(values.min())
    equal = np.flatnonzero(values <= smallest + _SAME_VALUE * max(abs(smallest), _MIN_SCALE))
    volumes = np.linalg.slogdet(state.inverse[equal])[1]
    own = np.flatnonzero(volumes <= volumes.min() + _SAME_VOLUME)
    _, kinds = np.unique(kind_of(problem, designs[equal[own]]), axis=0, return_index=True)
    images = [canonical_image(problem, designs[equal[number]]) for number in own[np.sort(kinds)]]
    places = np.round(np.stack(images) / RESOLUTION).reshape(len(images), -1)
    return images[int(np.lexsort(places.T[::-1])[0])]


def kind_of(problem: SearchProblem, designs: Floats) -> Floats:
    """Return numbers that images of one plan share, and other plans hardly ever.

    Logarithms of the eigenvalues of C, and the runs' prediction variances in their order.
    """
    state = problem.information(designs)
    spectra = np.log(np.maximum(np.linalg.eigvalsh(state.inverse), _TINY))
    variances = np.sum((state.rows @ state.inverse) * state.rows, axis=2)
    return np.round(np.column_stack([spectra, np.sort(variances, axis=1)]), 3) + 0.0
