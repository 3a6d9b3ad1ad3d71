"""What a block (a coil, a day) adds to a response, apart from what the inputs do."""

from dataclasses import replace
from typing import Final, Literal

import numpy as np

from electrodoe.arrays import Booleans, Floats, Integers
from electrodoe.dataset.training_data import TrainingData, configuration_means
from electrodoe.ties import first_smallest

BlockEffects = Literal["fixed", "random"]
_PENALTIES: Final = tuple(10.0**power for power in range(-3, 4))
"""Of the surface beside the blocks, in variances of a normalized term; the best left out wins."""


def block_effects(
    inputs: Floats, response: Floats, blocks: Integers, kind: BlockEffects = "fixed"
) -> Floats:
    r"""Return what each block adds to a response, with mean zero over the blocks.

    Parameters
    ----------
    inputs : array of shape (n_runs, n_inputs)
        One row per run, each column in its own unit.
    response : array of shape (n_runs,)
        In its own unit.
    blocks : array of shape (n_runs,), int
        Block of each run, from 0 to n_blocks - 1; every number occurs.
    kind : {"fixed", "random"}
        ``fixed``: as estimated; ``random``: shrunk towards zero by the part of its variance that
        chance explains (best linear unbiased prediction).

    Returns
    -------
    array of shape (n_blocks,)
        In the unit of the response.

    Notes
    -----
    Least squares of block indicators beside a full quadratic surface whose terms are penalized,

    .. math:: \min \lVert y - Zb - Xc \rVert^2 + \lambda \lVert c \rVert^2,

    with the :math:`\lambda` whose leave-one-run-out error is smallest: blocks are never penalized,
    and curvature is not mistaken for them [1]_.

    References
    ----------
    .. [1] Robinson, Statistical Science 6 (1991) 15, on fixed and random effects.

    Examples
    --------
    >>> gap = np.array([[1.0], [2], [3], [1], [2], [3]])
    >>> block = np.array([0, 0, 0, 1, 1, 1])
    >>> block_effects(gap, 5.0 * gap[:, 0] + 10.0 * block, block).round(6)
    array([-5.,  5.])
    """
    surface = quadratic_terms(inputs)
    sizes = np.bincount(blocks)
    left = without_block_means(response[:, None], blocks)[:, 0]
    u, d, vt = np.linalg.svd(without_block_means(surface, blocks), full_matrices=False)
    is_kept = d > 1e-10 * max(d.max(initial=0.0), 1e-300)
    u, d, vt = u[:, is_kept], d[is_kept], vt[is_kept]
    fits = [
        _ridge(u, d, left, 1.0 / sizes[blocks], penalty * len(response)) for penalty in _PENALTIES
    ]
    best = int(first_smallest(np.array([error for error, _ in fits])))
    slopes = vt.T @ fits[best][1]
    means = np.bincount(blocks, response - surface @ slopes) / sizes
    effects = means - means.mean()
    if kind == "random":
        effects = _shrunk(effects, fits[best][0], sizes)
    return np.asarray(effects)


def without_block_means(columns: Floats, blocks: Integers) -> Floats:
    """Return columns, shape (n_runs, n_columns), less the mean of each block.

    Examples
    --------
    >>> without_block_means(np.array([[1.0], [3.0], [8.0]]), np.array([0, 0, 1])).tolist()
    [[-1.0], [1.0], [0.0]]
    """
    sizes = np.maximum(np.bincount(blocks), 1)
    means = [np.bincount(blocks, column) / sizes for column in columns.T]
    return columns - np.reshape(means, (len(means), len(sizes))).T[blocks]


def quadratic_terms(inputs: Floats) -> Floats:
    """Return the terms of a full quadratic surface, each with mean zero and variance one."""
    span = np.ptp(inputs, axis=0)
    coded = (inputs - inputs.mean(axis=0)) / np.where(span > 0.0, span, 1.0)
    first, second = np.triu_indices(coded.shape[1])
    terms = np.column_stack([coded, coded[:, first] * coded[:, second]])
    terms = terms - terms.mean(axis=0)
    spread = terms.std(axis=0)
    return np.asarray(terms[:, spread > 1e-9] / spread[spread > 1e-9])


def _ridge(u: Floats, d: Floats, left: Floats, own: Floats, penalty: float) -> tuple[float, Floats]:
    """Return the mean squared left-out error of a penalty, and the coefficients along u."""
    shrink = d**2 / (d**2 + penalty)
    fitted = u @ (shrink * (u.T @ left))
    leverage = own + (u**2) @ shrink
    errors = (left - fitted) / np.maximum(1.0 - leverage, 1e-6)
    coefficients = np.divide(shrink * (u.T @ left), d, out=np.zeros_like(d), where=d > 0.0)
    return float(np.mean(errors**2)), coefficients


def _shrunk(effects: Floats, error: float, sizes: Integers) -> Floats:
    """Return effects shrunk by the part of their variance that chance explains."""
    chance = error / sizes
    between = max(0.0, float(np.var(effects, ddof=1)) - float(chance.mean()))
    return np.asarray(effects * between / (between + chance))


def without_effects(data: TrainingData, learned_from: Booleans | None = None) -> TrainingData:
    """Return training data with the blocks' effects estimated anew from some of its samples.

    Parameters
    ----------
    data : TrainingData
        All samples.
    learned_from : array of bool, shape (n_samples,), or None
        The samples that effects may be learned from, all where it is not given; a block without
        any has no effect.

    Returns
    -------
    TrainingData
        Its ``block_offsets`` hold what was subtracted, sample by sample; the same data where there
        are no blocks.
    """
    if data.blocks is None:
        return data
    rows = np.ones(data.n_samples, dtype=np.bool_) if learned_from is None else learned_from
    measured, transform = data.measured_response, data.transform
    place = measured if transform is None else transform.forward(measured)
    keys = data.blocks[rows] * (data.configurations.max() + 1) + data.configurations[rows]
    _, first = np.unique(keys, return_index=True)
    known, numbers = np.unique(data.blocks[rows][first], return_inverse=True)
    offsets = np.zeros(data.n_samples)
    if len(known) > 1:
        effects = block_effects(
            configuration_means(data.columns.contrasts(data.inputs)[rows], keys),
            configuration_means(place[rows][:, None], keys)[:, 0],
            numbers,
            data.block_kind,
        )
        for block, effect in zip(known, effects, strict=True):
            offsets[data.blocks == block] = effect
    response = data.with_offsets(measured, -offsets) if transform else measured - offsets
    return replace(data, response=response, block_offsets=offsets)
