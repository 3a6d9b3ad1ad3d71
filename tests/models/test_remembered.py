"""A search that was made already is not made again, and nothing else is taken for it."""

from dataclasses import replace

import numpy as np
import pytest

from electrodoe.errors import ModelError
from electrodoe.models import FAMILIES, Family, Hyperparameters, Search
from electrodoe.models.remembered import tuned_once


def _counting() -> tuple[Family, list[Search]]:
    asked: list[Search] = []

    def tune(search: Search) -> Hyperparameters:
        asked.append(search)
        return {"members": {"a": {"penalty": float(len(asked))}}}

    return replace(FAMILIES["mlr"], name="counting", tune=tune), asked


def test_anything_a_search_looks_at_makes_it_another(search: Search) -> None:
    """Inputs, response, configurations, width, seed, and the family."""
    family, asked = _counting()
    other, asked_otherwise = _counting()
    nudged = np.nextafter(search.response, np.inf)
    unlike = [
        search,
        replace(search, inputs=search.inputs + 1.0),
        replace(search, response=nudged),
        replace(search, configurations=search.configurations + 1),
        replace(search, width=3),
        replace(search, seed=search.seed + 1),
        search.take(np.arange(40)),
    ]

    first = [tuned_once(family, each) for each in unlike]
    second = [tuned_once(family, each) for each in unlike]
    tuned_once(other, search)

    assert first == second
    assert len(asked) == len(unlike)
    assert len(asked_otherwise) == 1


def test_an_answer_that_is_changed_by_its_reader_is_not_what_the_next_one_gets(
    search: Search,
) -> None:
    """Hyperparameters are handed on as dictionaries."""
    family, _ = _counting()

    tuned_once(family, search)["members"]["a"]["penalty"] = -1.0

    assert tuned_once(family, search) == {"members": {"a": {"penalty": 1.0}}}


def test_a_refusal_is_not_remembered(search: Search) -> None:
    """It is raised anew, with its own words."""

    def refuse(_: Search) -> Hyperparameters:
        raise ModelError("no model", where="here", fix="more runs")

    family = replace(FAMILIES["mlr"], name="refusing", tune=refuse)

    for _ in range(2):
        with pytest.raises(ModelError, match="no model"):
            tuned_once(family, search)
