"""Searches made already: a family and a member of the ensemble ask the same of one sample set."""

import hashlib
import json
from collections import OrderedDict
from copy import deepcopy
from typing import Any, Final

from electrodoe.models.family import Family, Hyperparameters, Search

_MOST: Final = 512
"""Searches remembered: all training sets of one response, for all its families."""
_answers: Final[OrderedDict[tuple[Family, bytes], dict[str, Any]]] = OrderedDict()


def tuned_once(family: Family, search: Search) -> Hyperparameters:
    """Return what a family tunes, without searching where it has searched before.

    A study fits the Gaussian process as a family and as a member of the ensemble, and leaves out
    the same configurations for both.

    What ``family.tune(search)`` returns. An error is not remembered.

    Examples
    --------
    >>> import numpy as np
    >>> from electrodoe.models.family import Family
    >>> asked = []
    >>> def tune(search):
    ...     asked.append(search)
    ...     return {"penalty": 1.0}
    >>> family = Family(name="a", title="A", reference="", tune=tune, fit=None, predict=None)
    >>> samples = Search(inputs=np.eye(3), response=np.ones(3),
    ...     configurations=np.arange(3), width=1, seed=0)
    >>> tuned_once(family, samples), tuned_once(family, samples), len(asked)
    ({'penalty': 1.0}, {'penalty': 1.0}, 1)
    """
    key = (family, _content(search))
    if key in _answers:
        _answers.move_to_end(key)
    else:
        _answers[key] = dict(family.tune(search))
        if len(_answers) > _MOST:
            _answers.popitem(last=False)
    return deepcopy(_answers[key])


def _content(search: Search) -> bytes:
    """Return a hash of all that a search looks at."""
    given = json.dumps(dict(search.given), sort_keys=True)
    content = hashlib.blake2b(
        f"{search.width} {search.seed} {search.inputs.shape} {given}"
        f" {search.is_planned_quadratic}".encode()
    )
    for values in (
        search.inputs,
        search.response,
        search.configurations,
        search.left_out_units,
    ):
        content.update(values.tobytes())
    return content.digest()
