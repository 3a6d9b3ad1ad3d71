"""Whether the inputs of a scenario may be distinguished, and a refusal where they may not."""

from electrodoe.dataset import MAX_VIF, Dependence
from electrodoe.errors import ExplanationError
from electrodoe.ties import first_largest


def require_explainable(dependence: Dependence) -> None:
    """Refuse to explain a model whose inputs all depend on one another.

    Where two inputs move together, a model may lean on either of them, and no method can say
    which: they are explained as one, beside the others. Where that leaves a single group, nothing
    is left to tell apart. The paper refuses its third scenario in the same way [1]_.

    Parameters
    ----------
    dependence : Dependence
        Correlations and variance inflation factors of the scenario's inputs.

    Raises
    ------
    ExplanationError
        If an input has a VIF ≥ 5, and all inputs move together.

    References
    ----------
    .. [1] Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457.

    Examples
    --------
    >>> import numpy as np
    >>> require_explainable(Dependence(
    ...     input_names=("a", "b"), correlation=np.eye(2), vif=np.ones(2)))
    """
    if dependence.is_explainable:
        return
    worst = int(first_largest(dependence.vif))
    first, second, r = dependence.strongest_pair
    what = (
        f"'{dependence.input_names[worst]}' follows from the other inputs (VIF"
        f" {dependence.vif[worst]:.3g}; below {MAX_VIF:g} is needed; r = {r:.2f} between '{first}'"
        f" and '{second}')"
    )
    raise ExplanationError(
        what,
        where=f"inputs {', '.join(dependence.input_names)}",
        fix="explain a scenario with independent inputs, or leave one of these out",
    )
