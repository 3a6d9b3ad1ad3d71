"""Ensembles of scikit-learn's trees as plain arrays: grown, asked, and measured for impurity."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeRegressor, ExtraTreeRegressor

from electrodoe.errors import ModelError
from electrodoe.models.family import Hyperparameters, Search, State
from electrodoe.models.tuning import Fit, left_out_by_refitting

N_TREES: Final = 60
"""Of a finished forest."""
_N_TREES_LEFT_OUT: Final = 10
_LARGEST_SEED: Final = np.iinfo(np.int32).max
_ROWS_AT_ONCE: Final = 512
"""Rows that walk down all trees together and still fit the processor's cache."""


def grow_forest(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    *,
    n_trees: int,
    min_samples_leaf: int,
    max_features: float,
    is_extremely_random: bool,
    seed: int,
) -> State:
    """Return a random forest, or extremely randomized trees, as arrays.

    The trees are scikit-learn's and are drawn with its own seeds, so that the forest equals
    ``RandomForestRegressor`` (or ``ExtraTreesRegressor``) to the bit; only the loop around them
    is ours, because for fifty samples three quarters of the time go into cloning estimators.

    Parameters
    ----------
    inputs : array of shape (n_samples, n_inputs)
        Normalized inputs.
    response : array of shape (n_samples,)
        Normalized response.
    n_trees, min_samples_leaf, max_features
        As in scikit-learn.
    is_extremely_random : bool
        Random thresholds on all samples, instead of best thresholds on bootstraps.
    seed : int
        ``random_state`` of the forest.

    Returns
    -------
    mapping of str to array
        Nodes of all trees, one after the other.
    """
    X = np.ascontiguousarray(inputs, dtype=np.float32)
    y = np.ascontiguousarray(response[:, None])
    source = np.random.RandomState(seed)
    tree_seeds = source.randint(_LARGEST_SEED, size=n_trees).tolist()
    kind = ExtraTreeRegressor if is_extremely_random else DecisionTreeRegressor
    trees = []
    with sklearn.config_context(skip_parameter_validation=True, assume_finite=True):
        for tree_seed in tree_seeds:
            weight = None if is_extremely_random else _bootstrap_counts(len(y), tree_seed, source)
            source.seed(tree_seed)  # as random_state=tree_seed, without a new generator
            tree = kind(
                min_samples_leaf=min_samples_leaf, max_features=max_features, random_state=source
            )
            trees.append(tree.fit(X, y, sample_weight=weight, check_input=False).tree_)
    return _as_arrays(trees)


def fit_forest(
    inputs: NDArray[np.float64],
    response: NDArray[np.float64],
    hyperparameters: Hyperparameters,
    seed: int,
    *,
    is_extremely_random: bool,
) -> State:
    """Return :func:`grow_forest` with a family's hyperparameters."""
    return grow_forest(
        inputs,
        response,
        n_trees=hyperparameters["n_trees"],
        min_samples_leaf=hyperparameters["min_samples_leaf"],
        max_features=hyperparameters["max_features"],
        is_extremely_random=is_extremely_random,
        seed=seed,
    )


def forest_left_out(
    search: Search, hyperparameters: Hyperparameters, *, fit: Fit
) -> NDArray[np.float64]:
    """Return the predictions of left-out configurations by smaller forests."""
    fewer = {**hyperparameters, "n_trees": _N_TREES_LEFT_OUT}
    return left_out_by_refitting(search, fewer, fit, ask_forest)


def _bootstrap_counts(
    n_samples: int, seed: int, source: np.random.RandomState
) -> NDArray[np.float64]:
    """Return how often each sample is drawn, as scikit-learn draws it."""
    source.seed(seed)
    drawn = source.randint(0, n_samples, n_samples, dtype=np.int32)
    return np.bincount(drawn, minlength=n_samples).astype(np.float64)


def _as_arrays(trees: list[Any]) -> State:
    """Return the nodes of all trees in one row, children as positions in that row."""
    sizes = np.array([tree.node_count for tree in trees])
    roots = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    left = [
        np.where(t.children_left < 0, -1, t.children_left + r)
        for t, r in zip(trees, roots, strict=True)
    ]
    right = [
        np.where(t.children_right < 0, -1, t.children_right + r)
        for t, r in zip(trees, roots, strict=True)
    ]
    return {
        "roots": roots,
        "left": np.concatenate(left),
        "right": np.concatenate(right),
        "feature": np.concatenate([tree.feature for tree in trees]),
        "threshold": np.concatenate([tree.threshold for tree in trees]),
        "value": np.concatenate([tree.value[:, 0, 0] for tree in trees]),
        "impurity": np.concatenate([tree.impurity for tree in trees]),
        "weight": np.concatenate([tree.weighted_n_node_samples for tree in trees]),
    }


def ask_forest(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of all trees' predictions, shape (n_samples,), as scikit-learn adds it up."""
    few = [inputs[start : start + _ROWS_AT_ONCE] for start in range(0, len(inputs), _ROWS_AT_ONCE)]
    return np.concatenate([_walk(state, rows) for rows in few]) if few else np.empty(0)


def _walk(state: State, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of the leaves that some rows end in, all trees side by side."""
    n_trees, n_samples, n_inputs = len(state["roots"]), *inputs.shape
    values = inputs.astype(np.float32).ravel()
    is_inner = state["left"] >= 0
    children = np.column_stack([state["right"], state["left"]]).ravel()
    first = np.tile(np.arange(n_samples) * n_inputs, n_trees)
    node = np.repeat(state["roots"], n_samples)
    walking = np.flatnonzero(is_inner.take(node))
    for _ in range(len(is_inner)):
        if not len(walking):
            break
        here = node.take(walking)
        value = values.take(first.take(walking) + state["feature"].take(here))
        below = children.take(2 * here + (value <= state["threshold"].take(here)))
        node[walking] = below
        walking = walking[is_inner.take(below)]
    if len(walking):
        raise ModelError(
            "trees whose branches lead back to themselves",
            where="the arrays of a forest",
            fix="fit the model anew",
        )
    answers = state["value"].take(node).reshape(n_trees, n_samples)
    return np.asarray(np.add.accumulate(answers, axis=0)[-1] / n_trees)


def with_fewer_trees(hyperparameters: Hyperparameters, n_trees: int) -> Hyperparameters:
    """Return hyperparameters that grow at most some trees, in an ensemble's members too.

    Parameters
    ----------
    hyperparameters : mapping
        Of any family; those without trees are returned as they are.
    n_trees : int
        Trees at most.

    Returns
    -------
    mapping
        For refits whose mean is wanted, where fifty small forests say as much as fifty large.

    Examples
    --------
    >>> with_fewer_trees({"members": {"extra_trees": {"n_trees": 100}}}, 40)
    {'members': {'extra_trees': {'n_trees': 40}}}
    """
    fewer = {
        name: with_fewer_trees(value, n_trees) if isinstance(value, Mapping) else value
        for name, value in hyperparameters.items()
    }
    if "n_trees" in hyperparameters:
        fewer["n_trees"] = min(int(hyperparameters["n_trees"]), n_trees)
    return fewer


def mean_decrease_impurity(state: State, n_inputs: int) -> NDArray[np.float64]:
    """Return each input's share of the impurity that the trees remove.

    Parameters
    ----------
    state : mapping
        A forest.
    n_inputs : int
        Number of inputs it was grown on.

    Returns
    -------
    array of shape (n_inputs,)
        Shares that add up to one, or zeros where no tree has split.

    References
    ----------
    .. [1] Breiman, Machine Learning 45 (2001) 5; Louppe et al., NeurIPS 26 (2013) 431.
    """
    is_inner = state["left"] >= 0
    left, right = state["left"][is_inner], state["right"][is_inner]
    mass = state["weight"] * state["impurity"]
    decrease = mass[is_inner] - mass[left] - mass[right]
    tree = np.searchsorted(state["roots"], np.flatnonzero(is_inner), side="right") - 1
    per_tree = np.zeros((len(state["roots"]), n_inputs))
    np.add.at(per_tree, (tree, state["feature"][is_inner]), decrease)
    total = per_tree.sum(axis=1, keepdims=True)
    shares = per_tree[total[:, 0] > 0] / total[total[:, 0] > 0]
    if not len(shares):
        return np.zeros(n_inputs)
    mean = shares.mean(axis=0)
    return np.asarray(mean / mean.sum())
