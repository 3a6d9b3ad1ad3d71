"""Searches that several tests ask for, made once."""

from dataclasses import replace

import pytest

from electrodoe.design.search.problem import SearchProblem
from electrodoe.design.search.search import SearchResult, search

_FOUND: dict[object, SearchResult] = {}


def _known_by(problem: SearchProblem) -> object:
    """Return what a problem without limits is known by: two that share it are the same."""
    axes = tuple(
        (
            axis.name,
            axis.low,
            axis.high,
            None if axis.levels is None else axis.levels.tobytes(),
            axis.categories,
            axis.is_hard_to_change,
        )
        for axis in problem.region.axes
    )
    groups, weights = problem.groups, problem.goal.weights
    assert weights is not None
    return (
        axes,
        problem.terms.powers,
        weights.tobytes(),
        problem.n_runs,
        problem.fixed.tobytes(),
        None if groups is None else groups.tobytes(),
        problem.variance_ratio,
        problem.prior.tobytes(),
        problem.coarse,
    )


@pytest.fixture
def searches_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a plan take the search that another test has made for the same problem."""

    def shared(problem: SearchProblem, seed: int, n_starts: int | None = None) -> SearchResult:
        if problem.region.is_limited or problem.goal.weights is None:
            return search(problem, seed, n_starts)
        key = (_known_by(problem), seed, n_starts)
        if key not in _FOUND:
            _FOUND[key] = search(problem, seed, n_starts)
        return replace(_FOUND[key], design=_FOUND[key].design.copy())

    monkeypatch.setattr("electrodoe.design.planning.search", shared)
