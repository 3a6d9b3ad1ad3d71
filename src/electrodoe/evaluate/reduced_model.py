"""A quadratic with the terms that a selection kept, beside the full one."""

from collections.abc import Collection
from typing import Final

import numpy as np

from electrodoe.evaluate.coded_models import CodedModel

REDUCED: Final = "reduced"
"""Its name in the tables."""


def reduced_model(full: CodedModel, kept: Collection[str]) -> CodedModel | None:
    """Return a model with some of another one's terms.

    Parameters
    ----------
    full : CodedModel
        The model of second order.
    kept : collection of str
        Names of its terms, with the terms that these are built of.

    Returns
    -------
    CodedModel or None
        None where a term is not the full model's, or nothing was left out.
    """
    if not set(kept) < set(full.term_names):
        return None
    is_kept = np.array([name in kept or name == "1" for name in full.term_names])
    groups, place = {}, 1
    for source, group in full.groups.items():
        own = group[:, is_kept[place : place + group.shape[1]]]
        place += group.shape[1]
        if own.shape[1]:
            groups[source] = own
    return CodedModel(
        name=REDUCED,
        groups=groups,
        term_names=[name for name, own in zip(full.term_names, is_kept, strict=True) if own],
        in_units=None if full.in_units is None else full.in_units[np.ix_(is_kept, is_kept)],
    )
