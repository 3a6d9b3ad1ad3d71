"""What pages tell of a recommendation: its words, its numbers, and the map of its window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from electrodoe.optimize import Goal, Learned, Promise, Recommendation
from electrodoe.report.recommendation.limits import unknowns
from electrodoe.report.recommendation.sentences import summary
from electrodoe.study import Study


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why nothing can be recommended, in the words of the error.

    Attributes
    ----------
    what, where, fix : str
        What was met, something to open, one instruction.
    """

    what: str
    where: str
    fix: str


@dataclass(frozen=True, kw_only=True, eq=False)
class WindowMap:
    """Where all specifications hold, as it was drawn.

    Attributes
    ----------
    title, caption : str
        Heading and sentence below it.
    labels : mapping of str to str
        Texts of axes.
    frame : polars.DataFrame
        Its numbers, as in ``electrodoe.report.figures.operating_window``.
    """

    title: str
    caption: str
    labels: Mapping[str, str]
    frame: pl.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class Recommended:
    """A recommendation as it is told.

    Attributes
    ----------
    summary : tuple of str
        Settings and what to expect; the window; the next runs.
    unknowns : tuple of str
        What it does not know.
    settings : mapping of str to float
        Each factor in its own unit.
    ranges : mapping of str to (float, float)
        The operating window in the same units; empty where there is none.
    center : mapping of str to float
        Its middle; empty where there is none.
    promises : tuple of Promise
        What to expect, response by response.
    learned : tuple of Learned
        Which model says so.
    goals : tuple of Goal
        What is wanted.
    window_map : WindowMap or None
        The chance of keeping every specification; None where nothing is specified.
    """

    summary: tuple[str, ...]
    unknowns: tuple[str, ...]
    settings: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    center: Mapping[str, float]
    promises: tuple[Promise, ...]
    learned: tuple[Learned, ...]
    goals: tuple[Goal, ...]
    window_map: WindowMap | None = None


def recommended(
    study: Study, found: Recommendation, confounded: Sequence[tuple[str, str]] = ()
) -> Recommended:
    """Return a recommendation as it is told, fresh from the search and without its map."""
    window = found.window
    return Recommended(
        summary=tuple(summary(study, found)),
        unknowns=tuple(unknowns(study, found, confounded)),
        settings=found.set_point.settings,
        ranges={} if window is None else window.ranges,
        center={} if window is None else window.center,
        promises=found.set_point.promises,
        learned=found.learned,
        goals=found.decision.goals,
    )
