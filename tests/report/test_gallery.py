"""The gallery of impedance spectra: every spectrum, and the line that overrules it."""

import re
import tomllib

import numpy as np
import polars as pl
import pytest

from electrodoe.findings import Finding, Severity
from electrodoe.report import draw_figure, gallery_page
from electrodoe.report.figures.nyquist_gallery import build
from electrodoe.report.gallery_page import drawing_order, gallery_html
from electrodoe.study.protocols.impedance import Overrule

HOSTILE = "<script>alert('x')</script> & $x$"
N_POINTS = 9


def make_table(files: list[str], accepted: list[bool], flags: list[str]) -> pl.DataFrame:
    n = len(files)
    return pl.DataFrame(
        {
            "file": files,
            "sweep": [1 + files[:row].count(file) for row, file in enumerate(files)],
            "lines": ["2-10"] * n,
            "rule": ["line, modulus weighting"] * n,
            "r0_ohm": [10.0] * n,
            "ionic_resistance_ohm": [100.0] * n,
            "ionic_resistance_low_ohm": [99.0] * n,
            "ionic_resistance_high_ohm": [101.0] * n,
            "ionic_resistance_spread_low_ohm": [95.0] * n,
            "ionic_resistance_spread_high_ohm": [104.0] * n,
            "accepted": accepted,
            "flags": flags,
            "overruled_because": [""] * n,
        }
    )


def make_curves(n: int) -> pl.DataFrame:
    real = np.tile(np.linspace(10.0, 50.0, N_POINTS), n)
    return pl.DataFrame(
        {
            "spectrum": np.repeat(np.arange(n), N_POINTS),
            "frequency_hz": np.tile(np.logspace(4, -1, N_POINTS), n),
            "real_ohm": real,
            "minus_imaginary_ohm": real - 10.0,
            "is_used": np.arange(n * N_POINTS) % N_POINTS > 0,
            "fit_real_ohm": real,
            "fit_minus_imaginary_ohm": real - 10.0,
        }
    )


TABLE = make_table(
    ["a/cell.csv", "b/cell.csv", "b/cell.csv", f"c/{HOSTILE}.csv"],
    [True, False, True, True],
    ["", "short", "mains", ""],
)
PLACES = [f"{file}, sweep {row}" for row, file in enumerate(TABLE["file"])]


def make_page(findings: tuple[Finding, ...] = ()) -> str:
    return gallery_html(make_curves(4), TABLE, PLACES, findings)


def test_rejected_spectra_come_first_then_flagged_ones():
    """A person looks at those before the others."""
    assert drawing_order(TABLE) == [1, 2, 0, 3]


def test_each_line_overrules_its_spectrum_and_no_other():
    """TOML that the protocol takes; it names the file as far as needed, and turns the verdict."""
    lines = re.findall(r"<pre[^>]*>(.*?)</pre>", make_page(), flags=re.DOTALL)
    plain = [line.replace("&#34;", '"') for line in lines[:3]]

    entries = [Overrule.model_validate(tomllib.loads(f"x = {line}")["x"]) for line in plain]

    assert [entry.file for entry in entries] == ["b/cell.csv", "b/cell.csv", "a/cell.csv"]
    assert [entry.sweep for entry in entries] == [1, 2, None]
    assert [entry.verdict for entry in entries] == ["accept", "reject", "reject"]


def test_a_spectrum_is_reported_with_its_value_and_its_findings():
    """Interval, span over protocols, and what decided."""
    finding = Finding(
        code="D302",
        severity=Severity.WARNING,
        title="Electronic short",
        what="a short would take 12 %",
        where=PLACES[1],
        fix="open the cell",
    )

    page = make_page((finding,))

    assert "R_ion 100 ohm, 95 % interval 99 to 101, over weightings and croppings 95 to 104" in page
    assert page.count("Electronic short: a short would take 12 %.") == 1
    assert "× rejected: short" in page
    assert "● accepted: mains" in page


def test_the_page_needs_no_network_and_runs_no_foreign_words():
    """Names of files are text; nothing is loaded."""
    page = make_page()

    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_many_spectra_are_parted_and_the_rest_is_named(monkeypatch: pytest.MonkeyPatch):
    """24 under one heading; beyond a limit only the first are drawn, and the page says so."""
    monkeypatch.setattr(gallery_page, "MOST_DRAWN", 26)
    files = [f"cell_{row}.csv" for row in range(30)]
    table = make_table(files, [True] * 30, [""] * 30)

    page = gallery_html(make_curves(30), table, files, ())

    assert "Spectra 1 to 24" in page
    assert "Spectra 25 to 26" in page
    assert "The first 26 in this order are drawn." in page


def test_the_figure_is_its_numbers():
    """Points and fits of the spectra that are named, with the verdict beside them."""
    figure = build(make_curves(4), TABLE, {1: "second", 3: HOSTILE})

    assert figure.frame.height == 2 * N_POINTS
    assert figure.frame["accepted"].to_list() == [False] * N_POINTS + [True] * N_POINTS
    svg = draw_figure(figure)
    assert "second" in svg
    assert "<script" not in svg


def test_a_spectrum_without_a_fit_is_drawn_all_the_same():
    """Its points are what a person wants to see."""
    table = TABLE.with_columns(
        pl.lit(None, dtype=pl.Float64).alias("ionic_resistance_ohm"),
        pl.lit(None, dtype=pl.Float64).alias("r0_ohm"),
    )
    curves = make_curves(4).with_columns(
        pl.lit(None, dtype=pl.Float64).alias("fit_real_ohm"),
        pl.lit(None, dtype=pl.Float64).alias("fit_minus_imaginary_ohm"),
        pl.lit(False).alias("is_used"),
    )

    assert "no ionic resistance" in gallery_html(curves, table, PLACES, ())
