"""With how many degrees of freedom a plan knows its error, and what its model misses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from electrodoe.design.plan_model import PlanModel

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class ErrorFreedom:
    """Degrees of freedom that a plan leaves beside its model.

    Attributes
    ----------
    pure_error : int
        Of the scatter between runs that repeat a setting; within groups where there are any.
    pure_error_between_groups : int or None
        Of the scatter between groups, from settings that several groups share; None where runs
        are independent.
    lack_of_fit : int
        Settings beyond the terms; within groups where there are any.
    """

    pure_error: int
    pure_error_between_groups: int | None
    lack_of_fit: int


def error_freedom(model: PlanModel, design: Floats) -> ErrorFreedom:
    r"""Return the degrees of freedom for pure error and lack of fit.

    Parameters
    ----------
    model : PlanModel
        Terms and groups.
    design : array of shape (n_runs, n_factors)
        Coded.

    Returns
    -------
    ErrorFreedom
        Independent runs have n - t for pure error and t - p for lack of fit, with t distinct
        settings and p terms.

    Notes
    -----
    In whole plots or blocks a setting that two groups share says nothing yet about the scatter
    within them: it may be the groups that differ. With Z the columns of the groups, T those of
    the distinct settings and X the model's,

    .. math::
        \nu_\mathrm{within} = n - \mathrm{rank}[Z\,T], \quad
        \nu_\mathrm{between} = \mathrm{rank}[Z\,T] - t, \quad
        \nu_\mathrm{lack} = \mathrm{rank}[Z\,T] - \mathrm{rank}[Z\,X].

    Two repeats of a setting within a group give one degree of freedom within; the same setting in
    two groups one between; two settings that two groups share one of each. The rank of [Z T] is
    the number of groups and settings less that of the clusters that they are linked into.

    References
    ----------
    .. [1] Vining, Kowalski, Montgomery, J. Quality Technology 37 (2005) 115,
       10.1080/00224065.2005.11980310.
    .. [2] Goos, Gilmour, A general strategy for analyzing data from split-plot and multistratum
       experimental designs, Technometrics 54 (2012) 340.

    Examples
    --------
    >>> from electrodoe.design.axes import Axis
    >>> from electrodoe.design.formula import model_terms
    >>> from electrodoe.design.region import region_of
    >>> axis = Axis(name="x", low=0.0, high=1.0, levels=np.array([-1.0, 0.0, 1.0]))
    >>> terms, region = model_terms("quadratic", [axis]), region_of([axis])
    >>> blocks = PlanModel(region=region, terms=terms, groups=np.array([0, 0, 0, 1, 1, 1]))
    >>> error_freedom(blocks, np.array([[-1.0], [1.0], [1.0], [-1.0], [0.0], [1.0]]))
    ErrorFreedom(pure_error=2, pure_error_between_groups=1, lack_of_fit=0)
    """
    distinct, settings = np.unique(np.round(design, 9), axis=0, return_inverse=True)
    n, n_distinct = len(design), len(distinct)
    X = model.terms.matrix(design)
    if model.groups is None:
        return ErrorFreedom(
            pure_error=n - n_distinct,
            pure_error_between_groups=None,
            lack_of_fit=max(n_distinct - X.shape[1], 0),
        )
    _, groups = np.unique(model.groups, return_inverse=True)
    n_groups = int(groups.max()) + 1
    rank = n_groups + n_distinct - _n_clusters(groups, settings)
    Z = np.eye(n_groups)[groups]
    return ErrorFreedom(
        pure_error=n - rank,
        pure_error_between_groups=rank - n_distinct,
        lack_of_fit=max(rank - int(np.linalg.matrix_rank(np.column_stack([Z, X]))), 0),
    )


def _n_clusters(groups: NDArray[np.int64], settings: NDArray[np.int64]) -> int:
    """Return into how many clusters groups and settings are linked by runs."""
    n_groups = int(groups.max()) + 1
    n_nodes = n_groups + int(settings.max()) + 1
    links = (np.ones(len(groups)), (groups, n_groups + settings.ravel()))
    return int(connected_components(coo_array(links, shape=(n_nodes, n_nodes)), directed=False)[0])
