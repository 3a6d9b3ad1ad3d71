"""What a run's recommendation says, read back for the report and the terminal."""

import json
import math
from typing import Any

import polars as pl
from pydantic import BaseModel, ConfigDict

from electrodoe.optimize import Goal, Learned, Promise
from electrodoe.report.figures.operating_window import OPERATING_WINDOW_SCHEMA
from electrodoe.report.recommendation.recommended import Recommended, Refusal, WindowMap
from electrodoe.workflow.recommending.files import RECOMMENDATION_FILE, WINDOW_MAP
from electrodoe.workflow.recommending.goals import has_goals
from electrodoe.workflow.run import Run
from electrodoe.workflow.run_folder import RunFolder, from_csv
from electrodoe.workflow.tables import read_back

_FROZEN = ConfigDict(frozen=True)


class _Point(BaseModel):
    """Recommended settings, and what they promise."""

    model_config = _FROZEN
    settings: dict[str, float]
    responses: tuple[Promise, ...]


class _Window(BaseModel):
    """How far the settings may drift."""

    model_config = _FROZEN
    ranges: dict[str, tuple[float, float]] | None
    center: dict[str, float] = {}


class _Picture(BaseModel):
    """Words around a picture."""

    model_config = _FROZEN
    title: str
    caption: str
    labels: dict[str, str]


class _Account(BaseModel):
    """What is read of ``recommendation.json``."""

    model_config = _FROZEN
    summary: tuple[str, ...]
    unknown: tuple[str, ...]
    set_point: _Point
    window: _Window
    goals: tuple[dict[str, Any], ...]
    models: tuple[Learned, ...]
    pictures: dict[str, _Picture]


def recommendation_of(run: Run) -> Recommended | Refusal | None:
    """Return what the stage has left: a recommendation, why there is none, or None without goals.

    Parameters
    ----------
    run : Run
        Its stage ``recommendation`` is done.

    Returns
    -------
    Recommended, Refusal or None
        Files of an earlier run are not looked at.
    """
    if not has_goals(run.study):
        return None
    refused = read_back(run.folder, "recommendation_refused")
    if refused.height:
        return Refusal(**refused.select("what", "where", "fix").row(0, named=True))
    return read_recommendation(run.folder)


def read_recommendation(folder: RunFolder) -> Recommended:
    """Return the recommendation that a results folder holds."""
    told = _Account.model_validate(json.loads(folder.read(RECOMMENDATION_FILE)))
    return Recommended(
        summary=told.summary,
        unknowns=told.unknown,
        settings=told.set_point.settings,
        ranges=told.window.ranges or {},
        center=told.window.center,
        promises=told.set_point.responses,
        learned=told.models,
        goals=tuple(_goal(values) for values in told.goals),
        window_map=_map(folder, told.pictures.get(WINDOW_MAP)),
    )


def _goal(values: dict[str, Any]) -> Goal:
    """Return a goal; an end that JSON cannot hold was infinite."""
    ends = {"least": -math.inf, "greatest": math.inf}
    return Goal(**values | {key: end for key, end in ends.items() if values[key] is None})


def _map(folder: RunFolder, picture: _Picture | None) -> WindowMap | None:
    """Return the map of the window with its numbers, if one was drawn."""
    if picture is None:
        return None
    return WindowMap(**picture.model_dump(), frame=_frame(folder))


def _frame(folder: RunFolder) -> pl.DataFrame:
    """Return the numbers of the map."""
    return from_csv(folder.read(f"{WINDOW_MAP}.csv"), OPERATING_WINDOW_SCHEMA)
