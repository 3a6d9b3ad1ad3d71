"""A recommendation as JSON: ``set_point``, ``window``, ``next_runs``, and what they follow from."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from electrodoe.models import LEVEL
from electrodoe.optimize import Recommendation, SetPoint, steepest_path
from electrodoe.report.figure import FigureData
from electrodoe.report.recommendation.recommended import Recommended
from electrodoe.storage import digest


def account(
    found: Recommendation,
    told: Recommended,
    figures: Sequence[FigureData],
    sheets: Mapping[str, bytes],
) -> bytes:
    """Return the content of ``recommendation.json``.

    Parameters
    ----------
    found : Recommendation
        What was found.
    told : Recommended
        The same in words.
    figures : sequence of FigureData
        What was drawn.
    sheets : mapping of str to bytes
        Run sheets by name, known by their hash from then on.

    Returns
    -------
    bytes
        JSON; numbers in the units of their names.
    """
    content = {
        "summary": list(told.summary),
        "unknown": list(told.unknowns),
        "set_point": set_point_content(found.set_point),
        "window": window_content(found),
        "next_runs": next_runs_content(found),
        "goals": [_finite(asdict(goal)) for goal in found.decision.goals],
        "models": [asdict(learned) for learned in found.learned],
        "sensitivity": [asdict(indices) for indices in found.sobol],
        "shapes": {
            name: {
                "kind": shape.kind,
                "stationary_point": dict(
                    zip(
                        found.decision.region.names,
                        found.decision.settings(shape.stationary_point).tolist(),
                        strict=True,
                    )
                ),
                "eigenvalues": shape.eigenvalues.tolist(),
            }
            for name, shape in found.shapes.items()
        },
        "steepest_paths": {
            goal.response_name: _way(found, number)
            for number, goal in enumerate(found.decision.goals)
        },
        "pareto": pareto_content(found),
        "pictures": {
            figure.name: {
                "title": figure.title,
                "caption": figure.caption,
                "labels": dict(figure.labels),
            }
            for figure in figures
        },
        "run_sheets": {name: digest(sheet) for name, sheet in sheets.items()},
        "lack_of_fit": lack_of_fit_content(found),
    }
    return f"{json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)}\n".encode()


def set_point_content(point: SetPoint) -> dict[str, Any]:
    """Return recommended settings as JSON values."""
    return {
        "settings": point.settings,
        "desirability": point.desirability,
        "probability_of_all_specifications": point.probability,
        "interval_level": LEVEL,
        "responses": [asdict(promise) for promise in point.promises],
        "distance": {**asdict(point.distance), "is_inside": point.distance.is_inside},
        "searches": {"started": point.n_starts, "reached": point.n_reached},
    }


def window_content(found: Recommendation) -> dict[str, Any]:
    """Return the operating window as JSON values; without ranges where there is none."""
    window = found.window
    if window is None:
        greatest = None if found.search is None else found.search.map.greatest
        return {"ranges": None, "reason": found.no_window, "greatest_probability": greatest}
    return {
        "ranges": {name: list(ends) for name, ends in window.ranges.items()},
        "center": window.center,
        "predicted_at_center": window.at_center,
        "probability": window.probability,
        "confidence": window.confidence,
        "least_probability": window.least,
        "mean_probability": window.mean,
        "share_of_region": window.share,
        "holds_set_point": bool(window.holds(found.set_point.point)),
        "tolerances": dict(
            zip(found.decision.region.names, found.decision.tolerances.tolist(), strict=True)
        ),
    }


def next_runs_content(found: Recommendation) -> list[dict[str, Any]]:
    """Return the next runs as JSON values, in the order of making."""
    names = found.decision.region.names
    return found.next_runs.frame.select("run", "purpose", *names).to_dicts()


def lack_of_fit_content(found: Recommendation) -> dict[str, Any]:
    """Return what replicates say of the quadratics, and what the runs to check the shape are."""
    tests = [
        {**asdict(test), "is_contradicted": test.is_contradicted} for test in found.shape_tests
    ]
    if found.shape_runs is None:
        return {"tests": tests, "runs": None}
    runs = asdict(found.shape_runs)
    return {"tests": tests, "runs": {key: runs[key] for key in runs if key != "points"}}


def pareto_content(found: Recommendation) -> list[dict[str, Any]]:
    """Return the efficient settings with their predictions; none with a single goal."""
    if found.pareto is None:
        return []
    return _predicted(found, found.pareto.points, found.pareto.predictions)


def _way(found: Recommendation, goal: int) -> list[dict[str, Any]]:
    """Return the steepest way for one goal, from the middle of the region to its edge."""
    points = steepest_path(found.decision, goal)
    return _predicted(found, points, found.decision.predictions(points))


def _predicted(
    found: Recommendation, points: NDArray[np.float64], predictions: NDArray[np.float64]
) -> list[dict[str, Any]]:
    """Return coded points as settings with their predictions."""
    responses = [goal.response_name for goal in found.decision.goals]
    return [
        {
            "settings": dict(zip(found.decision.region.names, row.tolist(), strict=True)),
            "predicted": dict(zip(responses, values.tolist(), strict=True)),
        }
        for row, values in zip(found.decision.settings(points), predictions, strict=True)
    ]


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    """Return values with nothing in place of infinity."""
    return {
        key: None if isinstance(value, float) and math.isinf(value) else value
        for key, value in values.items()
    }
