"""Which inputs matter, by four methods side by side, each with its band."""

from electrodoe.report.content import ReportContent
from electrodoe.report.figure import FigureData
from electrodoe.report.naming import in_scenario, shown, slug
from electrodoe.report.panels.method_bars import bars_panel, method_bars, method_labels
from electrodoe.report.plot import Drawing, drawing_of, named_axis, sheet
from electrodoe.report.selection import explained_cases
from electrodoe.report.style import PAGE_WIDTH_IN, wrapped


def build(content: ReportContent) -> list[FigureData]:
    """Return one figure per explained response and scenario."""
    return [_figure(content, *case) for case in explained_cases(content)]


def _figure(content: ReportContent, target: str, scenario: str) -> FigureData:
    """Return the numbers of one response and scenario."""
    scale = shown(content.study, target)
    frame = method_bars(content, target, scenario, scale)
    return FigureData(
        name=slug("importance", target, scenario),
        title=f"{scale.label}{in_scenario(content.study, scenario)}: what matters",
        caption=(
            "Bars: all samples; lines: 5 to 95 % of the bootstraps over configurations; at the"
            " right: how often the input came first. An impurity no larger than its shadow's,"
            " which is pure noise, says nothing. Coefficients are divided by their Euclidean norm;"
            " orange is negative."
        ),
        kind="importance",
        frame=frame,
        labels=method_labels(scale),
        target=target,
        scenario=scenario,
    )


def draw(data: FigureData, width_in: float = PAGE_WIDTH_IN) -> Drawing:
    """Return a panel per method with the same inputs in the same rows."""
    methods = data.frame.partition_by("method", "family", maintain_order=True)
    inputs = data.frame.select("position", "input").unique().sort("position")
    labels = {name: wrapped(label, 26, width_in) for name, label in data.labels.items()}
    n_lines = max(label.count("\n") for label in labels.values()) + 1
    whole = sheet(
        width_in,
        len(methods),
        4,
        height_in=0.3 * max(3, inputs.height),
        left_in=0.14,
        margin_in=1.25,
        bottom_in=0.42 + 0.125 * (n_lines - 1),
        top_in=0.46,
        min_in=1.3,
    )
    names = [wrapped(name, 24, width_in) for name in inputs["input"].to_list()]
    positions = inputs["position"].to_list()
    panels = [
        bars_panel(
            rows,
            box,
            named_axis(
                positions, names if whole.is_at_left(index) else (), (max(positions) + 0.55, -0.55)
            ),
            labels[rows["method"][0]],
        )
        for index, (rows, box) in enumerate(zip(methods, whole.boxes, strict=True))
    ]
    return drawing_of(whole, panels)
