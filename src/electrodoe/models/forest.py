"""Ensembles of scikit-learn's trees as plain arrays: grown, asked, and measured for impurity."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from electrodoe.arrays import Floats
from electrodoe.models.family import Hyperparameters, Search, Setting, State
from electrodoe.models.fixed_point import levels_on_grid, on_grid
from electrodoe.models.tree_growth import Growth, draws, grown_nodes
from electrodoe.models.tree_walk import leaf_values
from electrodoe.models.tuning import Fit, left_out_by_refitting

N_TREES: Final = 60
"""Of a finished forest."""
FOREST_SETTINGS: Final = (
    Setting(name="n_trees", also=("n_estimators",), low=1, high=5_000, is_whole=True),
    Setting(name="min_samples_leaf", low=1, high=1_000, is_whole=True),
    Setting(name="max_features", low=1e-3, high=1.0),
    Setting(name="max_depth", low=1, high=1_000, is_whole=True),
    Setting(name="min_samples_split", low=2, high=1_000, is_whole=True),
)
"""As in scikit-learn; ``max_features`` is a fraction of the inputs. The last two are searched by
nobody: trees grow until their leaves are small where they are not given."""
_N_TREES_LEFT_OUT: Final = 10
"""Without a configuration: small for speed, and a known weak spot (decision 0003)."""


def grow_forest(
    inputs: Floats,
    response: Floats,
    *,
    n_trees: int,
    min_samples_leaf: int,
    max_features: float,
    is_extremely_random: bool,
    seed: int,
    max_depth: int | None = None,
    min_samples_split: int = 2,
) -> State:
    """Return a random forest, or extremely randomized trees, as arrays.

    The trees are scikit-learn's and are drawn with its own seeds, so that the forest equals
    ``RandomForestRegressor`` (or ``ExtraTreesRegressor``) to the bit on the same numbers; only the
    loop around them is ours. The numbers are rounded to a grid first: a response's sums are then
    exact, two inputs that part the samples alike tie exactly, and the seeded order of the inputs
    decides between them, whatever the processor.
    """
    X = levels_on_grid(inputs).astype(np.float32)
    y = on_grid(response)[:, None]
    n_drawn = None if is_extremely_random else len(y)
    growth = Growth(
        min_samples_leaf=min_samples_leaf,
        max_features=max_features,
        is_extremely_random=is_extremely_random,
        max_depth=max_depth,
        min_samples_split=min_samples_split,
    )
    return _as_arrays(grown_nodes(X, y, draws(seed, n_trees, len(y), n_drawn), growth))


def fit_forest(
    inputs: Floats,
    response: Floats,
    hyperparameters: Hyperparameters,
    seed: int,
    *,
    is_extremely_random: bool,
) -> State:
    """Return :func:`grow_forest` with a family's hyperparameters."""
    known = {each.name for each in FOREST_SETTINGS}
    settings = {name: value for name, value in hyperparameters.items() if name in known}
    return grow_forest(
        inputs, response, **settings, is_extremely_random=is_extremely_random, seed=seed
    )


def forest_left_out(search: Search, hyperparameters: Hyperparameters, *, fit: Fit) -> Floats:
    """Return the predictions of left-out configurations by smaller forests."""
    fewer = {**hyperparameters, "n_trees": _N_TREES_LEFT_OUT}
    return left_out_by_refitting(search, fewer, fit, predict_forest)


def _as_arrays(trees: list[tuple[NDArray[Any], Floats]]) -> State:
    """Return the nodes of all trees in one row, children as positions in that row."""
    sizes = np.array([len(nodes) for nodes, _ in trees])
    roots = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    packed = b"".join([nodes.tobytes() for nodes, _ in trees])  # records are slow to concatenate
    nodes = np.frombuffer(packed, dtype=trees[0][0].dtype)
    root = np.repeat(roots, sizes)
    left, right = nodes["left_child"], nodes["right_child"]
    return {
        "roots": roots,
        "left": np.where(left < 0, -1, left + root),
        "right": np.where(right < 0, -1, right + root),
        "feature": nodes["feature"].copy(),
        "threshold": nodes["threshold"].copy(),
        "value": np.concatenate([values for _, values in trees])[:, 0, 0],
        "impurity": nodes["impurity"].copy(),
        "weight": nodes["weighted_n_node_samples"].copy(),
    }


def predict_forest(state: State, inputs: Floats) -> Floats:
    """Return the mean of all trees' predictions, shape (n_samples,), as scikit-learn adds it up."""
    n_trees = len(state["roots"])
    parts = [np.add.accumulate(leaves)[-1] / n_trees for leaves in leaf_values(state, inputs)]
    return np.concatenate(parts) if parts else np.empty(0)


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


def mean_decrease_impurity(state: State, n_inputs: int) -> Floats:
    """Return each input's fraction of the impurity that the trees remove.

    Fractions that add up to one, or zeros where no tree has split.

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
    fractions = per_tree[total[:, 0] > 0] / total[total[:, 0] > 0]
    if not len(fractions):
        return np.zeros(n_inputs)
    mean = fractions.mean(axis=0)
    return np.asarray(mean / mean.sum())
