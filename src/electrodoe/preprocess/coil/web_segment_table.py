"""One row per web segment: means, spreads and counts of what every sensor read on it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from electrodoe.arrays import Floats
from electrodoe.preprocess.coil.collected import LANES, SPEED, Collected
from electrodoe.preprocess.coil.survey import Survey
from electrodoe.preprocess.coil.web_segments import PLAIN
from electrodoe.study import CoilProtocol
from electrodoe.study.protocols import CoilSensor

SOLID_CONTENT: Final = "solid_content"
RULE: Final = "mean of the readings taken on this web while it moved"


def web_segment_table(
    segments: pl.DataFrame,
    collected: Collected,
    protocol: CoilProtocol,
    survey: Survey,
    *,
    has_runs: bool,
) -> pl.DataFrame:
    """Return the condensed coil.

    ``file, lines`` (of the log with the speed, while this web passed the blade), ``rule, run,
    segment`` (from 1), ``start_m, end_m, web_speed_m_min, n_standing``, then per quantity its mean,
    ``_sd`` and ``_n``; the ``_tilt`` (right less left) of two sensors at the sides; the lanes of a
    traverse; ``solid_content`` (dry over wet) where both films are measured; then ``accepted`` and
    ``flags``.
    """
    values: dict[str, Floats | pl.Series] = {}
    quantities: dict[str, list[CoilSensor]] = {}
    for sensor in protocol.all_sensors:
        quantities.setdefault(sensor.quantity, []).append(sensor)
    for sensors in quantities.values():
        values |= _quantity(sensors, collected)
    flags = _flags(segments, collected, protocol, survey, has_runs=has_runs)
    files, lines = _origin(collected)
    return pl.DataFrame(
        {
            "file": files,
            "lines": lines,
            "rule": [RULE] * segments.height,
            "run": segments["run"],
            "web_segment": np.arange(1, segments.height + 1),
            "start_m": segments["start_m"],
            "end_m": segments["end_m"],
            "web_speed_m_min": collected.sums[SPEED].mean(),
            "n_standing": collected.n_standing,
            **values,
            **_solid_content(protocol.all_sensors, values),
            "accepted": [not _rejecting(words) for words in flags],
            "flags": ["; ".join(words) for words in flags],
        },
        strict=False,
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


def _quantity(sensors: Sequence[CoilSensor], collected: Collected) -> dict[str, Floats | pl.Series]:
    """Return the columns of one quantity, of a sensor or of the two at the sides."""
    first = sensors[0]
    means = {one.key: _mean(one, collected) for one in sensors}
    n = np.sum([collected.sums[one.key].n for one in sensors], axis=0)
    spreads = [collected.sums[one.key].standard_deviation() for one in sensors]
    columns: dict[str, Floats | pl.Series] = {
        first.value_column(): np.mean(list(means.values()), axis=0),
        first.value_column("sd"): np.sqrt(np.mean(np.square(spreads), axis=0)),
        f"{first.quantity}_n": pl.Series(n),
    }
    sides = {one.side: means[one.key] for one in sensors}
    if {"left", "right"} <= set(sides):
        columns[first.value_column("tilt")] = sides["right"] - sides["left"]
    for sensor in sensors:
        if sensor.side is not None:
            columns[sensor.value_column(sensor.side)] = means[sensor.key]
        if sensor.traverse is not None:
            columns |= {
                sensor.value_column(lane): collected.sums[f"{sensor.key} {lane}"].mean()
                for lane in LANES
            }
    return columns


def _mean(sensor: CoilSensor, collected: Collected) -> Floats:
    """Return a sensor's means; of a traverse, lanes count by their width and not by the time."""
    plain = collected.sums[sensor.key].mean()
    if sensor.traverse is None:
        return plain
    begin_mm, end_mm = sensor.traverse.lane_edges_mm
    widths = np.array([begin_mm, end_mm - begin_mm, sensor.traverse.width_mm - end_mm])
    lanes = np.array([collected.sums[f"{sensor.key} {lane}"].mean() for lane in LANES])
    whole = widths @ lanes / sensor.traverse.width_mm
    return np.where(np.isfinite(whole), whole, plain)


def _solid_content(
    sensors: Sequence[CoilSensor], values: dict[str, Floats | pl.Series]
) -> dict[str, Floats]:
    """Return dry over wet loading, where one quantity is measured in both states of a film."""
    films = {(one.name, one.film): one.value_column() for one in sensors}
    for (name, film), dry in films.items():
        if film == "dry" and (name, "wet") in films:
            wet, left = np.asarray(values[films[name, "wet"]]), np.asarray(values[dry])
            is_film = (left > 0.0) & (wet >= left)  # elsewhere there is bare foil
            quotient = np.divide(left, wet, where=is_film, out=np.full(len(wet), np.nan))
            return {SOLID_CONTENT: quotient}
    return {}


def _flags(
    segments: pl.DataFrame,
    collected: Collected,
    protocol: CoilProtocol,
    survey: Survey,
    *,
    has_runs: bool,
) -> list[list[str]]:
    """Return the words that each segment is flagged with."""
    start, end = segments["start_m"].to_numpy(), segments["end_m"].to_numpy()
    # stops and gaps that touch a segment
    has_stop = np.zeros(len(start), dtype=bool)
    for stop in survey.stops:
        has_stop |= (start <= stop.at_m) & (stop.at_m < end)
    has_gap = np.zeros(len(start), dtype=bool)
    for gap in survey.gaps:
        has_gap |= (start < gap.end_m) & (end > gap.begin_m)
    # segments that a traversing sensor saw in some lanes, but not in all
    seen_in_part = np.zeros(len(start), dtype=bool)
    for sensor in protocol.all_sensors:
        if sensor.traverse is not None:
            lanes = np.array([collected.sums[f"{sensor.key} {lane}"].n for lane in LANES])
            seen_in_part |= (lanes > 0).any(axis=0) & ~(lanes > 0).all(axis=0)
    # the words of each segment, always in the same order
    words = []
    for row, (run, kind) in enumerate(segments.select("run", "kind").rows()):
        found = [] if kind == PLAIN else [kind]
        found += ["no run"] if has_runs and run is None else []
        found += ["stop"] if has_stop[row] else []
        found += ["gap"] if has_gap[row] else []
        found += ["part of the width"] if seen_in_part[row] else []
        words.append(found)
    return words


def _rejecting(words: Sequence[str]) -> bool:
    """Return whether one of the words keeps a segment out of the runs' means."""
    return any(word in {"transition", "splice", "no run", "stop"} for word in words)


def _origin(collected: Collected) -> tuple[list[str], list[str]]:
    """Return file and lines of each segment; of one that two files hold, both."""
    files, lines = [], []
    for first_file, first, last_file, last in collected.rows.T.tolist():
        if first_file < 0:
            files.append(str(collected.paths[0]))
            lines.append("")
        elif first_file == last_file:
            files.append(str(collected.paths[first_file]))
            lines.append(f"{first}-{last}")
        else:
            files.append(f"{collected.paths[first_file]}; {collected.paths[last_file]}")
            lines.append(f"{first}-; -{last}")
    return files, lines
