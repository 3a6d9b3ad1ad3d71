"""Figures of any size: few or many configurations, categories, scenarios, inputs, families.

Each on one column of a journal, on both, between them, and on a page.
"""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from tests.report.text_boxes import outside, overlaps, texts_of

from electrodoe.report.catalogue import build_figures
from electrodoe.report.content import ReportContent
from electrodoe.report.drawing import shapes_of_figure
from electrodoe.report.figure import FigureData
from electrodoe.report.publication import DOUBLE_COLUMN_MM, SINGLE_COLUMN_MM
from electrodoe.report.style import PAGE_WIDTH_IN

WIDTHS_IN = (
    80.0 / 25.4,
    SINGLE_COLUMN_MM / 25.4,
    120.0 / 25.4,
    DOUBLE_COLUMN_MM / 25.4,
    PAGE_WIDTH_IN,
)
"""From the narrowest that may be asked for."""
LONG = "Coating mass loading after the second dryer, weighed (mg/cm²)"


def require_readable(figure: FigureData, *widths_in: float) -> None:
    for width_in in widths_in or WIDTHS_IN:
        drawing = shapes_of_figure(figure, width_in)

        assert overlaps(drawing) == [], width_in
        assert outside(drawing) == [], width_in
        assert all(7.0 <= text.size <= 8.0 for text in texts_of(drawing))


def figure(kind: str, frame: pl.DataFrame, **labels: str) -> FigureData:
    return FigureData(name="f", title="f", caption="f.", kind=kind, frame=frame, labels=labels)


@pytest.mark.parametrize("n", [1, 2, 9, 17, 40, 55, 80, 400])
@pytest.mark.parametrize("n_factors", [1, 3, 4])
def test_replicates_of_few_and_many_configurations(n: int, n_factors: int):
    """In lines, upright, or by number; on one column of a journal as on a page."""
    position = np.repeat(np.arange(1, n + 1), 3)
    settings = [" / ".join(["10.2", "55", "0.305", "−12"][:n_factors]) for _ in position]
    frame = pl.DataFrame(
        {
            "response": "Ionic resistance, uncalendered (Ω)",
            "axis": f"{LONG} / Dryer 2 temperature (°C) / Porosity (%) / Gap (µm)",
            "value": np.random.default_rng(n).normal(500.0, 50.0, 3 * n),
            "is_set_aside": False,
            "position": position,
            "settings": settings,
            "group": position // 5,
            "mean": 500.0,
            "standard_deviation": 10.0,
        }
    )

    require_readable(figure("replicates", frame))


@pytest.mark.parametrize("n", [1, 3, 5, 6, 12])
def test_bruggeman_of_few_and_many_categories(n: int):
    """Five colors a panel; with more categories there are more panels."""
    rows = [
        {"category": f"{8.2 + k} mg/cm², {50 + k} °C", "curve": curve, "porosity": porosity,
         "tortuosity": 2.0 + k + 1.0 / porosity}
        for k in range(n)
        for curve in ("measured", "model", "eq. (4)", "eq. (5)", "own exponent", "shared exponent")
        for porosity in (25.0, 32.0, 40.0)
    ]  # fmt: skip
    data = figure(
        "bruggeman", pl.DataFrame(rows), x="Porosity (%)", y="Tortuosity", model="Polynomial"
    )

    require_readable(data)


@pytest.mark.parametrize("n_scenarios", [1, 2, 3, 7])
@pytest.mark.parametrize("n_inputs", [2, 3, 6, 7, 8, 24])
def test_correlations_of_few_and_many_scenarios(n_scenarios: int, n_inputs: int):
    """Numbers stay in their cells."""
    rows = [
        {"scenario": f"scenario {k}", "row": row, "column": column,
         "input_1": LONG if row else "Gap", "input_2": "b", "r": -0.25 if row != column else 1.0}
        for k in range(n_scenarios)
        for row in range(n_inputs)
        for column in range(n_inputs)
    ]  # fmt: skip

    require_readable(figure("correlations", pl.DataFrame(rows)))


@pytest.mark.parametrize("n_families", [1, 2, 5, 8])
@pytest.mark.parametrize("scale", [1.0, 1e-4, 1e5])
def test_parity_grids_of_few_and_many_families(n_families: int, scale: float):
    """Two rows, one with a name that is too long."""
    rows = [
        {"row_number": row, "label": label, "unit": " (mAh/cm²)", "family": f"Random forest {k}",
         "split": "train", "row": "a", "observed": scale * value, "predicted": scale * value}
        for row, label in enumerate((f"Scenario combined: {', '.join([LONG] * 4)}", "Tortuosity"))
        for k in range(n_families)
        for value in (1.0, 2.0, 3.5)
    ]  # fmt: skip
    data = figure("parity_grid", pl.DataFrame(rows), x="Observed", y="Predicted")

    require_readable(data)


@pytest.mark.parametrize("n_responses", [1, 2, 3])
@pytest.mark.parametrize("n_inputs", [1, 3, 7])
def test_drivers_of_few_and_many_responses(n_responses: int, n_inputs: int):
    """With long names of responses and inputs."""
    rows = []
    for column in range(n_responses):
        head = {"column": column, "response": f"Discharge capacity per gram {column}"}
        for position in range(n_inputs):
            own = {**head, "position": position, "input": f"{LONG[:30]} {position}"}
            for method in ("mdi", "coefficient"):
                bar = {"value": 0.5, "low": 0.3, "high": 0.8, "p_rank_1": 0.9}
                rows.append({**own, "method": method, "family": "Random forest", **bar})
            for level in range(7):
                dot = {"value": 0.1 * level - 0.3, "level": level, "part": "sample"}
                rows.append({**own, "method": "swarm", "family": "Gaussian process", **dot})
    labels = {
        f"{method}{column}": "fraction of decrease"
        for method in ("mdi", "coefficient", "swarm")
        for column in range(n_responses)
    }
    data = figure("drivers", pl.DataFrame(rows, infer_schema_length=None), **labels)

    require_readable(data)


@pytest.mark.parametrize("n_curves", [1, 2, 5])
def test_spreads_of_few_and_many_families(n_curves: int):
    """The names above the panels break into lines."""
    names = [f"Gaussian process {k}, between refits" for k in range(n_curves - 1)]
    rows = [
        {"panel": LONG, "axis": "Prediction variance (mAh²/g²)", "curve": name,
         "fraction": fraction, "spread": (1.0 + k) * (fraction + 0.1)}
        for k, name in enumerate([*names, "Polynomial, by least squares (scaled by s²)"])
        for fraction in (0.0, 0.5, 1.0)
    ]  # fmt: skip

    require_readable(figure("prediction_spread", pl.DataFrame(rows), x="Fraction of the region"))


@pytest.mark.parametrize("seed", range(12))
def test_contours_of_any_surface(content: ReportContent, seed: int):
    """Slopes and curvatures of any size, over one panel or three; no value lies on another."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.linspace(8.0, 11.0, 25), np.linspace(50.0, 65.0, 25), indexing="ij")
    frames = []
    for panel in range(1 if seed % 2 else 3):
        first, second = (x - 9.5) / 1.5, (y - 57.5) / 7.5
        a, b, c, d, e = rng.normal(size=5)
        value = 10.0 ** rng.integers(-3, 6) if panel == 0 else frames[0]["value"].std()
        value = value * (a * first + b * second + c * first * second + d * first**2 + e * second**2)
        met = rng.uniform((8.0, 50.0), (11.0, 65.0), (17, 2))
        at = {"panel": panel, "is_inside": True}
        frames += [
            pl.DataFrame({"mark": "surface", "x": x.ravel(), "y": y.ravel(), **at}).with_columns(
                value=pl.Series(value.ravel())
            ),
            pl.DataFrame(
                {"mark": "configuration", "x": met[:, 0], "y": met[:, 1], **at}
            ).with_columns(value=pl.Series(rng.choice(value.ravel(), 17))),
        ]
    labels = {f"{axis}{panel}": "Mass loading (mg/cm²)" for axis in "xy" for panel in range(3)}
    data = figure("contour", pl.concat(frames), key="Adhesion strength (kPa)", **labels)

    require_readable(replace(data, is_simulated=True))


@pytest.mark.parametrize("width_mm", [80.0, 85.0, 90.0, 100.0, 120.0, 140.0, 160.0, 174.0, 200.0])
def test_every_kind_of_figure_at_any_width(content: ReportContent, width_mm: float):
    """All that a run draws, made-up data marked; letters of 7 to 8 points, nothing cut."""
    for data in build_figures(replace(content, is_simulated=True)):
        require_readable(data, width_mm / 25.4)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 7, 9])
@pytest.mark.parametrize("scale", [1.0, 1e-4, 1e5])
def test_panels_per_family_response_and_scenario(n: int, scale: float):
    """Of parity, configurations and scores: from one panel to nine, with wide numbers."""
    values = (1.0, 2.0, 3.5)
    points = [
        {"family": f"Random forest {k}", "split": "train", "observed": scale * value,
         "predicted": scale * value, "response": f"Uncalendered adhesion {k}, wet (kPa)",
         "position": round(10.0 * value), "value": scale * value, "is_set_aside": value > 3.0}
        for k in range(n)
        for value in values
    ]  # fmt: skip
    scores = [
        {"scenario": f"{k}: {LONG}", "family": f"Gaussian process {row}", "position": row,
         "mark": mark, "value": 0.9 - scale * row}
        for k in range(n)
        for row in range(8)
        for mark in ("repeat", "p05", "p95", "printed", "loco")
    ]  # fmt: skip
    labels = {"x": "Observed (mAh/cm²)", "y": "Predicted (mAh/cm²)"}

    require_readable(figure("parity", pl.DataFrame(points), **labels))
    require_readable(figure("configurations", pl.DataFrame(points), x="Configuration (number)"))
    require_readable(figure("split_scatter", pl.DataFrame(scores), x="R²"))


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4, 6, 9])
def test_panels_per_method_and_input(n_inputs: int):
    """Of importance and effects, with long names; of a swarm with and without interactions."""
    inputs = [f"{LONG[:40]} {k}" for k in range(n_inputs)]
    bars = [
        {"method": method, "family": "Gaussian process", "position": k, "input": name,
         "value": 0.5, "low": 0.3, "high": 0.8, "p_rank_1": 0.9}
        for method in ("shapley", "permutation", "mdi", "coefficient")
        for k, name in enumerate(inputs)
    ]  # fmt: skip
    curves = [
        {"input": name, "family": family, "is_shown": family == "SVM", "input_value": x,
         "effect": 100.0 * x}
        for name in inputs
        for family in ("SVM", "MLR")
        for x in (0.0, 0.5, 1.0)
    ]  # fmt: skip
    swarm = [
        {"part": part, "position": k, "label": name, "value": 0.1 * level - 0.3, "level": level,
         "low": 0.0, "high": 0.1 * level}
        for part, names in (("sample", inputs), ("pair", [" × ".join(inputs[:2])] * (n_inputs - 1)))
        for k, name in enumerate(names[:6])
        for level in range(7 if part == "sample" else 1)
    ]  # fmt: skip
    labels = {row["method"]: "mean |Shapley value| (mAh/cm²)" for row in bars}

    require_readable(figure("importance", pl.DataFrame(bars), **labels))
    require_readable(figure("effects", pl.DataFrame(curves), y="Effect (mAh/cm²)", shown="SVM"))
    require_readable(
        figure("bee_swarm", pl.DataFrame(swarm), x="Shapley value", pairs="mean |interaction|")
    )


@pytest.mark.parametrize("n_factors", [1, 3, 6, 9])
def test_residuals_against_few_and_many_factors(n_factors: int):
    """Numbers and categories with long levels, with and without a run far out."""
    factors = [f"{LONG[:40]} {k}" for k in range(n_factors)]
    names = ["Fitted (kPa)", "Normal score", "Run (number)", *factors, "Supplier", "Leverage"]
    points = [
        {"panel": name, "x": float(k % 4), "y": -1.0 * k if k else None, "name": str(k),
         "level": ["Northern mill", "B", "C and D", "E"][k % 4] if name == "Supplier" else None,
         "is_marked": k == 5}
        for name in names
        for k in range(6)
    ]  # fmt: skip
    points = [{**row, "y": -row["y"]} if row["panel"] == "Leverage" and row["y"] else row
              for row in points]  # fmt: skip

    require_readable(figure("residuals", pl.DataFrame(points), limit="3.5"))


@pytest.mark.parametrize("n_pairs", [1, 2])
def test_lines_of_strong_interactions(n_pairs: int):
    """With long names, and lines that meet."""
    rows = [
        {"x": x, "y": 100.0 + x * slope, "is_inside": x < 0.8, "line": line,
         "x_label": f"{LONG} {k}", "title": f"{LONG}: 10.25, 55.5, 0.305"}
        for k in range(n_pairs)
        for line, slope in (("lowest", -1.0), ("middle", 0.0), ("highest", 1.0))
        for x in (0.0, 0.5, 1.0)
    ]  # fmt: skip

    require_readable(figure("interaction_lines", pl.DataFrame(rows), y=LONG))
