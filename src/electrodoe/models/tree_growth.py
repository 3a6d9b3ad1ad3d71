"""Trees grown by scikit-learn's own builder, without the estimators and checks around it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Floats

_LARGEST_SEED: Final = np.iinfo(np.int32).max
"""Of a forest's trees, and of a splitter's own generator (scikit-learn's ``RAND_R_MAX``)."""
_MOST_REMEMBERED: Final = 300
"""Samples up to which draws are remembered: 150 kB for sixty trees."""


@dataclass(frozen=True, kw_only=True)
class Draws:
    """What chance decides in a forest: it follows from the seed and the number of samples alone.

    Attributes
    ----------
    tree_seeds : list of int
        ``random_state`` of each tree.
    splitter_seeds : list of int
        What each tree's splitter draws from its ``random_state`` for its own generator.
    counts : array of shape (n_trees, n_samples) or None
        How often each tree's bootstrap holds each sample; None where all trees see all samples.
    """

    tree_seeds: list[int]
    splitter_seeds: list[int]
    counts: Floats | None


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How trees are grown.

    Attributes
    ----------
    min_samples_leaf : int
        As in scikit-learn.
    max_features : float
        Fraction of the inputs that a split may choose from.
    is_extremely_random : bool
        Random thresholds instead of best ones.
    max_depth : int or None
        Splits above a leaf at most; None for as many as there are.
    min_samples_split : int
        Samples that a node needs to be split.
    """

    min_samples_leaf: int
    max_features: float
    is_extremely_random: bool
    max_depth: int | None = None
    min_samples_split: int = 2


def draws(seed: int, n_trees: int, n_samples: int, n_drawn: int | None) -> Draws:
    """Return a forest's draws, as scikit-learn makes them.

    Remembered for small data, which are asked for again in every fold.
    """
    if n_samples <= _MOST_REMEMBERED:
        return _remembered(seed, n_trees, n_samples, n_drawn)
    return _draw(seed, n_trees, n_samples, n_drawn)


def _draw(seed: int, n_trees: int, n_samples: int, n_drawn: int | None) -> Draws:
    """Return the draws of one forest."""
    source = np.random.RandomState(seed)
    tree_seeds = source.randint(_LARGEST_SEED, size=n_trees).tolist()
    counts = None if n_drawn is None else np.empty((n_trees, n_samples))
    splitter_seeds = []
    for tree, tree_seed in enumerate(tree_seeds):
        source.seed(tree_seed)
        splitter_seeds.append(int(source.randint(0, _LARGEST_SEED)))
        if counts is not None:
            source.seed(tree_seed)
            drawn = source.randint(0, n_samples, n_drawn, dtype=np.int32)
            counts[tree] = np.bincount(drawn, minlength=n_samples)
    return Draws(tree_seeds=tree_seeds, splitter_seeds=splitter_seeds, counts=counts)


_remembered: Final = lru_cache(maxsize=64)(_draw)


def grown_nodes(
    X: NDArray[np.float32], y: Floats, drawn: Draws, growth: Growth
) -> list[tuple[NDArray[Any], Floats]]:
    """Return the nodes and values of each tree.

    Records of scikit-learn's nodes, and their values.

    Notes
    -----
    For fifty samples seven tenths of the time go into checks of arrays that are ours. The builder
    below the estimators is no public interface of scikit-learn; where it is not what it was, the
    estimators grow the same trees more slowly.
    """
    return _grower()(X, y, drawn, growth)


_Grower = Callable[[NDArray[np.float32], Floats, Draws, Growth], list[tuple[NDArray[Any], Floats]]]


@lru_cache(maxsize=1)
def _grower() -> _Grower:
    """Return the builder if it grows what the estimators grow, else the estimators."""
    X = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 1.0], [3.0, 3.0]], dtype=np.float32)
    y = np.array([[0.0], [1.0], [4.0], [9.0]])
    drawn = _draw(0, 2, 4, 4)
    growth = Growth(min_samples_leaf=1, max_features=1.0, is_extremely_random=False)
    try:
        found = by_builder(X, y, drawn, growth)
    except (ImportError, AttributeError, TypeError, ValueError):
        return by_estimators
    wanted = by_estimators(X, y, drawn, growth)
    is_same = all(
        np.array_equal(one, other)
        for ours, theirs in zip(found, wanted, strict=True)
        for one, other in zip(ours, theirs, strict=True)
    )
    return by_builder if is_same else by_estimators


class _Seeded:
    """Stands for a generator that is asked once, by the splitter, for its own seed."""

    number = 0

    def randint(self, low: int, high: int) -> int:  # noqa: ARG002  # the splitter's own call
        """Return the number that the tree's own generator would give."""
        return self.number


def by_builder(
    X: NDArray[np.float32], y: Floats, drawn: Draws, growth: Growth
) -> list[tuple[NDArray[Any], Floats]]:
    """Return the trees by scikit-learn's builder; see :func:`grown_nodes`."""
    from sklearn.tree._criterion import MSE
    from sklearn.tree._splitter import BestSplitter, RandomSplitter
    from sklearn.tree._tree import DepthFirstTreeBuilder, Tree

    # the same splitter, criterion and stopping rules as the estimators use
    n_samples, n_inputs = X.shape
    leaf, source = growth.min_samples_leaf, _Seeded()
    kind = RandomSplitter if growth.is_extremely_random else BestSplitter
    n_tried = max(1, int(growth.max_features * n_inputs))
    splitter = kind(MSE(1, n_samples), n_tried, leaf, 0.0, source, None)
    depth = growth.max_depth or np.iinfo(np.int32).max
    n_split = max(growth.min_samples_split, 2 * leaf)
    builder = DepthFirstTreeBuilder(splitter, n_split, leaf, 0.0, depth, 0.0)
    one_output = np.ones(1, dtype=np.intp)
    # tree by tree, each with the seed and the sample counts that were drawn for it
    grown = []
    for tree_number, source.number in enumerate(drawn.splitter_seeds):
        tree = Tree(n_inputs, one_output, 1)
        builder.build(tree, X, y, None if drawn.counts is None else drawn.counts[tree_number])
        state = tree.__getstate__()
        grown.append((state["nodes"], state["values"]))
    return grown


def by_estimators(
    X: NDArray[np.float32], y: Floats, drawn: Draws, growth: Growth
) -> list[tuple[NDArray[Any], Floats]]:
    """Return the trees by scikit-learn's public estimators; see :func:`grown_nodes`."""
    import sklearn
    from sklearn.tree import DecisionTreeRegressor, ExtraTreeRegressor

    kind = ExtraTreeRegressor if growth.is_extremely_random else DecisionTreeRegressor
    grown = []
    with sklearn.config_context(skip_parameter_validation=True, assume_finite=True):
        for number, seed in enumerate(drawn.tree_seeds):
            tree = kind(
                min_samples_leaf=growth.min_samples_leaf,
                max_features=growth.max_features,
                max_depth=growth.max_depth,
                min_samples_split=growth.min_samples_split,
                random_state=seed,
            )
            weight = None if drawn.counts is None else drawn.counts[number]
            state = tree.fit(X, y, sample_weight=weight, check_input=False).tree_.__getstate__()
            grown.append((state["nodes"], state["values"]))
    return grown
