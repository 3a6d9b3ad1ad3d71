"""Effects of a screening design: Pareto chart and half-normal plot, with the margins of error."""

from typing import Any, Final

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import in_scenario, shown, slug, term_label
from electrodoe.report.plot import (
    DASHED,
    DOTTED,
    PT_PER_IN,
    Blocks,
    Box,
    Dots,
    Drawing,
    Line,
    Mark,
    Panel,
    Sheet,
    Words,
    across,
    drawing_of,
    legend_room,
    limits,
    named_axis,
    round_axis,
)
from electrodoe.report.scales import scale_of_tests, shown_on_scale
from electrodoe.report.selection import of
from electrodoe.report.style import FAINT, FIRST, INK, PAGE_WIDTH_IN, SECOND, SMALL, wrapped
from electrodoe.study import Study

MOST_BARS: Final = 20
"""The largest effects of the Pareto chart; the half-normal plot has all."""
_LOOKS: Final = {
    "active": (FIRST, "active"),
    "possibly": (SECOND, "possibly active"),
    "not": (FAINT, "not told from noise"),
}
_ROW_PT: Final = 13.0
"""Height of a bar's row: a line of the smallest letters and some room."""
_NAMES_PT, _FOOT_PT, _TITLE_PT, _EDGE_PT = 104.0, 34.0, 18.0, 8.0
"""Room for names at the left, numbers and label below, a title above, and at the right."""
_LETTERS: Final = 24
"""Of a name on one line."""
_BESIDE: Final = 0.2
"""Of the axis: to the left of it letters have no room beside a point."""
_MIN_HEIGHT_PT: Final = 150.0
"""Of a half-normal plot."""
_TWO_COLUMNS_IN: Final = 5.0
"""Width below which the panels stand below one another."""


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per response and scenario whose runs are a screening design."""
    return [
        _figure(content, row)
        for row in content.screening.iter_rows(named=True)
        if not of(content.screening_effects, row["target"], row["scenario"]).is_empty()
    ]


def _figure(content: ReportContent, row: dict[str, Any]) -> FigureData:
    """Return the effects of one response, the largest first."""
    target, scenario = row["target"], row["scenario"]
    study, look = content.study, shown_on_scale(content.study, target)
    effects = of(content.screening_effects, target, scenario).filter(pl.col("stage") == 1)
    is_even = effects["margin"].drop_nulls().round_sig_figs(9).n_unique() <= 1
    scale = pl.lit(look.factor) if is_even else 1.0 / pl.col("standard_error")
    unit = f" ({look.unit})" if look.unit else ""
    labels = [_label(study, *names) for names in effects.select("letters", "term").rows()]
    frame = effects.select(
        size=pl.col("effect").abs() * scale,
        is_negative=pl.col("effect") < 0.0,
        label=pl.Series(labels),
        letters="letters",
        half_normal="half_normal",
        verdict="verdict",
        margin=pl.col("margin") * scale,
        simultaneous=pl.col("simultaneous_margin") * scale,
    ).sort("size", descending=True, maintain_order=True)
    return FigureData(
        name=slug("screening", target, scenario),
        title=f"{shown(study, target).label}{in_scenario(study, scenario)}: effects",
        caption=_caption(row, frame.height) + scale_of_tests(study, target),
        kind="screening",
        frame=frame,
        labels={
            "x": f"|Effect|{unit}" if is_even else "|Effect| / its standard error",
            "error": str(_first(effects["standard_error"], look.factor) if is_even else 1.0),
        },
        target=target,
        scenario=scenario,
    )


def _label(study: Study, letters: str, term: str) -> str:
    """Return letters, and of a main effect the factor's name."""
    return letters if " × " in term or letters == term else f"{letters}  {term_label(study, term)}"


def _first(values: pl.Series, factor: float) -> float:
    """Return the first of some equal values in the shown unit; 0 where there is none."""
    known = values.drop_nulls()
    return float(known[0]) * factor if len(known) else 0.0


def _caption(row: dict[str, Any], n_effects: int) -> str:
    """Return what the figure shows."""
    bars = f"the {MOST_BARS} largest of {n_effects} effects" if n_effects > MOST_BARS else "effects"
    lines = (
        " Selected effects are estimated beside one another; of the others what these leave."
        if row["kind"] == "supersaturated"
        else " Dashed: the margin of error, which noise exceeds in 5 % of cases, one effect at a"
        " time. Dotted: the simultaneous margin, which the largest of all exceeds in 5 %."
    )
    half = (
        ""
        if row["kind"] == "supersaturated"
        else " Half-normal plot: effects that are noise lie on a straight line through the origin"
        " (gray, from their standard error)."
    )
    return (
        f"Pareto chart: {bars} by size; a minus sign says that the response falls. Letters are"
        f" those of the table.{lines}{half}"
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return the Pareto chart and, beside or below it, the half-normal plot."""
    bars = data.frame.head(MOST_BARS)
    is_narrow, has_plot = width_in < _TWO_COLUMNS_IN, data.frame["half_normal"].count() > 0
    width = PT_PER_IN * width_in
    marks = _pareto_marks(bars)
    head = PT_PER_IN * legend_room(marks, width_in)
    height = _ROW_PT * max(bars.height, 4)
    part = width if is_narrow or not has_plot else 0.56 * width
    box = Box(
        left=_NAMES_PT,
        top=head + _TITLE_PT,
        width=part - _NAMES_PT - _EDGE_PT,
        height=height if is_narrow or not has_plot else max(height, _MIN_HEIGHT_PT),
    )
    panels = [_pareto(data, bars, marks, box, width_in)]
    bottom = box.top + box.height + _FOOT_PT
    if has_plot:
        left, top = (0.0, bottom + _TITLE_PT) if is_narrow else (part, box.top)
        own = Box(
            left=left + 40.0,
            top=top,
            width=width - left - 40.0 - _EDGE_PT,
            height=_MIN_HEIGHT_PT if is_narrow else box.height,
        )
        panels.append(_half_normal(data, own))
        bottom = own.top + own.height + _FOOT_PT
    page = Sheet(width=width, height=bottom, boxes=())
    return drawing_of(page, panels, legend=marks)


def _pareto_marks(bars: pl.DataFrame) -> list[Mark]:
    """Return bars by verdict and the margins."""
    rows = bars.with_row_index("place")
    found: list[Mark] = []
    for verdict, (color, label) in _LOOKS.items():
        own = rows.filter(pl.col("verdict") == verdict)
        if own.height:
            place = own["place"].to_numpy().astype(float)
            found.append(
                Blocks(
                    x=0.0,
                    to_x=own["size"],
                    y=place - 0.3,
                    to_y=place + 0.3,
                    color=color,
                    label=label,
                )
            )
    return [*found, *_margins(bars)]


def _margins(rows: pl.DataFrame) -> list[Mark]:
    """Return the margins as lines, as far as there are any."""
    looks = (("margin", DASHED, "margin of error"), ("simultaneous", DOTTED, "simultaneous margin"))
    return [
        across(x=float(rows[name][0]), color=INK, width=0.9, dashes=dashes, label=label)
        for name, dashes, label in looks
        if rows[name].count()
    ]


def _size_limit(rows: pl.DataFrame) -> float:
    """Return the right end of both panels."""
    ends = [rows["size"].max(), rows["margin"].max(), rows["simultaneous"].max()]
    return 1.06 * max(float(str(end)) for end in ends if end is not None)


def _pareto(
    data: FigureData, bars: pl.DataFrame, marks: list[Mark], box: Box, width_in: float
) -> Panel:
    """Return the bars, the largest above."""
    names = [
        wrapped(f"{'− ' if negative else ''}{label}", _LETTERS, width_in, lines=1)
        for label, negative in bars.select("label", "is_negative").iter_rows()
    ]
    ends = (bars.height - 0.4, -0.6)
    return Panel(
        box=box,
        x=round_axis((0.0, _size_limit(data.frame)), 4, label=data.labels["x"], has_grid=True),
        y=named_axis(list(range(bars.height)), names, ends),
        marks=marks,
        title="Pareto chart",
    )


def _half_normal(data: FigureData, box: Box) -> Panel:
    """Return sizes against half-normal quantiles; what may be active is named."""
    rows = data.frame.drop_nulls("half_normal")
    top = 1.08 * float(str(rows["half_normal"].max()))
    return Panel(
        box=box,
        x=round_axis((0.0, _size_limit(data.frame)), 4, label=data.labels["x"], has_grid=True),
        y=round_axis((0.0, limits([0.0, top])[1]), 4, label="Half-normal quantile", has_grid=True),
        marks=[*_noise_line(data, top), *_points(rows, _size_limit(data.frame))],
        title="Half-normal plot",
    )


def _noise_line(data: FigureData, top: float) -> list[Mark]:
    """Return the line on which noise lies."""
    slope = float(data.labels.get("error", "nan"))
    if not slope > 0.0:
        return []
    return [Line(x=[0.0, slope * top], y=[0.0, top], color=FAINT, width=1.0)]


def _points(rows: pl.DataFrame, right: float) -> list[Mark]:
    """Return a dot per effect and the letters of those that may be active."""
    found: list[Mark] = []
    for verdict, (color, _) in _LOOKS.items():
        own = rows.filter(pl.col("verdict") == verdict)
        found.append(Dots(x=own["size"], y=own["half_normal"], color=color, size=4.6))
    for size, quantile, letters, verdict in rows.select(
        "size", "half_normal", "letters", "verdict"
    ).iter_rows():
        is_left = size < _BESIDE * right
        if verdict != "not":
            found.append(
                Words(
                    x=size,
                    y=quantile,
                    words=letters,
                    color=INK,
                    size=SMALL,
                    anchor="start" if is_left else "end",
                    shift=(4.5 if is_left else -4.5, 0.0),
                )
            )
    return found
