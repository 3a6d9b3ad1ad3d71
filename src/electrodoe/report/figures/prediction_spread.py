"""Which fraction of the region is predicted how surely, of any model: the paper's Figure 11."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl

from electrodoe.evaluate.judgement import Predictability
from electrodoe.models import default_family
from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import family_title, in_scenario, slug
from electrodoe.report.plot import (
    DASHED,
    Drawing,
    Line,
    Panel,
    apart,
    drawing_of,
    in_lines,
    legend_room,
    panels_beside,
    round_axis,
    sheet,
)
from electrodoe.report.plot.drawn_panel import LABEL_SIZE, TITLE_SIZE
from electrodoe.report.scales import shown_as_predicted
from electrodoe.report.selection import best_row, cases, of, verdict
from electrodoe.report.style import INK, PAGE_WIDTH_IN, SERIES, wrapped
from electrodoe.verify.prediction_variance import LEAST_SQUARES

_BEST: Final = "best family, between refits"
_BY_LEAST_SQUARES: Final = "Polynomial, by least squares (scaled by s²)"
_WIDEST, _NARROWER, _NARROWEST = 2.8, 1.0, 0.9
"""Of the first curve, how much each next one is narrower, and of the last, in points.

So a curve that lies on another one still shows it at both sides."""
_QUANTITIES: Final = {
    "standard deviation": (
        "the standard deviation of the predicted mean stays below the curve; its square is the"
        " prediction variance"
    ),
    "variance": (
        "the variance of the predicted mean, in the square of the response's unit, stays below the"
        " curve"
    ),
}


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per scenario, with a panel per response that can be predicted."""
    figures = []
    for scenario in content.study.scenarios:
        frames = [
            _panel(content, target, scenario)
            for target, name in cases(content)
            if name == scenario and verdict(content, target, scenario) is not Predictability.NOT
        ]
        frame = pl.concat(frames) if frames else pl.DataFrame()
        if frame.is_empty():
            continue
        figures.append(
            FigureData(
                name=slug("prediction_spread", scenario),
                title=f"Fraction of design space{in_scenario(content.study, scenario)}",
                caption=(
                    "Fraction of the region in which"
                    f" {_QUANTITIES[content.study.report.fds_scale]}. Dashed: by least squares, the"
                    " plan's own curve times the residual variance of the configurations' means."
                    " Solid: between refits of a model on drawn configurations; none of a"
                    " polynomial with hardly fewer terms than a draw has configurations. Neither"
                    " holds the error of a model that cannot bend as the response does."
                ),
                kind="prediction_spread",
                frame=frame,
                labels={"x": "Fraction of the region"},
                scenario=scenario,
            )
        )
    return figures


def _panel(content: ReportContent, target: str, scenario: str) -> pl.DataFrame:
    """Return the curves of one response in the shown unit, or in its square."""
    scale, rows = shown_as_predicted(content.study, target), _rows(content, target, scenario)
    best = best_row(content, target, scenario)
    is_asked = bool(content.study.report.fds)
    title = (
        scale.label if is_asked or not best else f"{scale.label} ({family_title(best['family'])})"
    )
    is_variance = content.study.report.fds_scale == "variance"
    unit = scale.squared_unit if is_variance else scale.unit
    words = "Prediction variance" if is_variance else "Standard deviation"
    spread = pl.col("prediction_variance") * scale.factor**2
    return rows.select(
        panel=pl.lit(title),
        axis=pl.lit(f"{words} ({unit})" if unit else words),
        curve="curve",
        fraction="fraction",
        spread=spread if is_variance else spread.sqrt(),
    )


def _rows(content: ReportContent, target: str, scenario: str) -> pl.DataFrame:
    """Return the curves that are drawn: those asked for, else the best family and the default."""
    rows = of(content.verification["prediction_fds"], target, scenario)
    asked, best = content.study.report.fds, best_row(content, target, scenario)
    is_refit = pl.col("kind") != LEAST_SQUARES
    if asked:
        rows = rows.filter(pl.col("family").is_in(asked))
    else:
        default = default_family(content.study.kind_of(target))
        shown_ones = [best["family"] if best else "", default]
        rows = rows.filter(~is_refit | pl.col("family").is_in(shown_ones))
    names = {
        family: f"{family_title(family)}, between refits" for family in rows["family"].unique()
    }
    if best and not asked:
        names[best["family"]] = _BEST
    curve = pl.when(is_refit).then(pl.col("family").replace(names))
    return rows.with_columns(curve=curve.otherwise(pl.lit(_BY_LEAST_SQUARES)))


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per response, each with its own scale from zero."""
    responses = data.frame.partition_by("panel", maintain_order=True)
    looks = _looks(data.frame)
    look = {"height_in": 1.25, "left_in": 0.62, "min_in": 1.6}
    n_panels = max(len(responses), panels_beside(2, width_in))  # one as wide as a page is no help
    narrowest = sheet(width_in, n_panels, 3, **look).boxes[0]
    label = in_lines(data.labels["x"], narrowest.width, LABEL_SIZE)
    titles = [_title(rows["panel"][0], narrowest.width, width_in) for rows in responses]
    n_lines = 1 + max(title.count("\n") for title in titles)
    whole = sheet(
        width_in,
        n_panels,
        3,
        top_in=0.34 + 0.135 * max(n_lines - 2, 0),
        bottom_in=0.42 + 0.125 * label.count("\n"),
        head_in=legend_room(list(looks.values()), width_in),
        **look,
    )
    panels = [
        Panel(
            box=box,
            x=round_axis((0.0, 1.0), label=label, has_grid=True),
            y=round_axis(apart(0.0, 1.05 * _top(rows)), label=rows["axis"][0], has_grid=True),
            marks=list(_curves_of(rows, looks)),
            title=title,
        )
        for rows, title, box in zip(responses, titles, whole.boxes, strict=False)
    ]
    return drawing_of(whole, panels, legend=list(looks.values()))


def _title(words: str, width: float, width_in: float) -> str:
    """Return a panel's title in lines: two where panels are wide, else as many as it needs."""
    lines = wrapped(words, 30, width_in, lines=2)
    room = width + _BESIDE_PT
    return in_lines(words, room, TITLE_SIZE, is_bold=True) if width < _NARROW_PT else lines


_BESIDE_PT, _NARROW_PT = 11.0, 100.0
"""What a title may take beside its panel, and the width of panels in which 30 letters have none."""


def _looks(frame: pl.DataFrame) -> dict[str, Line]:
    """Return the look of every curve, the widest first and least squares last."""
    names = frame["curve"].unique(maintain_order=True).to_list()
    refits = sorted((name for name in names if name != _BY_LEAST_SQUARES), key=lambda n: n != _BEST)
    looks = {
        name: Line(
            x=(),
            y=(),
            color=SERIES[index % len(SERIES)],
            width=max(_WIDEST - _NARROWER * index, _NARROWEST),
            label=name,
        )
        for index, name in enumerate(refits)
    }
    if _BY_LEAST_SQUARES in names:
        looks[_BY_LEAST_SQUARES] = Line(
            x=(), y=(), color=INK, width=_NARROWEST, dashes=DASHED, label=_BY_LEAST_SQUARES
        )
    return looks


def _top(rows: pl.DataFrame) -> float:
    """Return the scale's end; a corner that is hardly known does not set it."""
    found = [
        min(float(values.max()), 2.0 * float(np.quantile(values, 0.9)))
        for values in (own["spread"].to_numpy() for own in rows.partition_by("curve"))
    ]
    return max(found, default=0.0) or 1.0


def _curves_of(rows: pl.DataFrame, looks: dict[str, Line]) -> Iterator[Line]:
    """Yield the curves, a later one upon an earlier one."""
    for name, look in looks.items():
        own = rows.filter(pl.col("curve") == name)
        yield replace(look, x=own["fraction"], y=own["spread"])
