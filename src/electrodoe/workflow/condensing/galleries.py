"""What a person looks at to overrule a verdict: spectra, pull-off curves, rate tests."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from electrodoe.findings import Finding
from electrodoe.ingest import ImpedanceSpectrum, PullOffCurve
from electrodoe.preprocess import Condensed
from electrodoe.preprocess.adhesion import evaluate_pull_off
from electrodoe.preprocess.impedance import impedance_curves
from electrodoe.report.configuration_order import level_words
from electrodoe.report.drawing import draw_figure
from electrodoe.report.figure import FigureData
from electrodoe.report.figures import nyquist_gallery, pull_off_gallery, rate_capability
from electrodoe.report.gallery_page import drawing_order, gallery_html
from electrodoe.report.naming import shown
from electrodoe.study import AdhesionProtocol, ImpedanceProtocol, Study
from electrodoe.verify.categories import levels_of
from electrodoe.workflow.condensing.measurement import ACCEPTED, FILE, RUN
from electrodoe.workflow.run_folder import Products

_CAPACITY: Final = re.compile(r"discharge_capacity_(?:c(\d+)|(\d+)c)_mah")
"""Column of a discharge capacity, whose rate is written C/n or nC."""


def spectra_page(
    spectra: Sequence[ImpedanceSpectrum],
    protocol: ImpedanceProtocol,
    table: pl.DataFrame,
    findings: Sequence[Finding],
    *,
    is_simulated: bool = False,
) -> str:
    """Return the page of some spectra, with the lines that overrule their verdicts.

    It needs no network; the rejected and the flagged come first.
    """
    curves = _curves_of(spectra, sorted(drawing_order(table)), protocol)
    places = [spectrum.place for spectrum in spectra]
    return gallery_html(curves, table, places, findings, is_simulated=is_simulated)


def picture_spectra(
    spectra: Sequence[ImpedanceSpectrum],
    protocol: ImpedanceProtocol,
    condensed: Condensed,
    name: str,
    *,
    is_simulated: bool,
) -> Products:
    """Return the gallery of a measurement's spectra as a page."""
    page = spectra_page(
        spectra, protocol, condensed.table, condensed.findings, is_simulated=is_simulated
    )
    return {
        f"{name}_spectra.html": page.encode(),
        **_drawn([_first_spectra(spectra, protocol, condensed)], name, is_simulated=is_simulated),
    }


def _first_spectra(
    spectra: Sequence[ImpedanceSpectrum], protocol: ImpedanceProtocol, condensed: Condensed
) -> FigureData:
    """Return a page of spectra for a report: rejected and flagged ones first."""
    rows = sorted(drawing_order(condensed.table)[: nyquist_gallery.MOST_SPECTRA])
    curves = _curves_of(spectra, rows, protocol)
    names = {row: spectra[row].path.stem for row in rows}
    return replace(nyquist_gallery.build(curves, condensed.table, names), name="nyquist_gallery")


def _curves_of(
    spectra: Sequence[ImpedanceSpectrum], rows: Sequence[int], protocol: ImpedanceProtocol
) -> pl.DataFrame:
    """Return points and fits of some spectra, numbered by their rows among all of them."""
    curves = impedance_curves([spectra[row] for row in rows], protocol)
    positions = pl.Series("spectrum", rows, dtype=pl.Int64)
    return curves.with_columns(positions[curves["spectrum"]].alias("spectrum"))


def picture_curves(
    curves: Sequence[PullOffCurve],
    protocol: AdhesionProtocol,
    name: str,
    *,
    is_simulated: bool,
) -> Products:
    """Return the gallery of a measurement's pull-off curves, eight to a picture."""
    tests = [evaluate_pull_off(curve, protocol) for curve in curves]
    return _drawn(pull_off_gallery.build(tests), name, is_simulated=is_simulated)


def picture_cells(
    condensed: Condensed,
    runs: Mapping[str, str],
    settings: pl.DataFrame,
    name: str,
    *,
    is_simulated: bool,
) -> Products:
    """Return the capacities of a measurement's cells over the C-rate, colored by a factor.

    ``runs`` are the cells' by their files, ``settings`` those of :func:`settings_in_words`.
    """
    rates = _capacities_by_rate(condensed.table)
    if rates.is_empty():
        return {}
    cells = pl.DataFrame(
        {"cell": list(runs), RUN: list(runs.values())}, schema={"cell": pl.String, RUN: pl.String}
    )
    own = cells.join(settings, on=RUN)
    return _drawn([rate_capability.build(rates, own)], name, is_simulated=is_simulated)


def settings_in_words(study: Study, settings: pl.DataFrame) -> pl.DataFrame:
    """Return what each run was set to as people read it: ``run, factor, level, words``.

    ``level`` numbers the settings of a factor in rising order; measured ones that belong to one
    level share its number and its words.
    """
    frames = [_LEVEL_SCHEMA.clear()]
    for name in study.factors:
        if name in settings.columns:
            own = settings.select(RUN, name).drop_nulls()
            values = own[name].to_numpy()
            levels = levels_of(values, study.factors[name]) if own.height else values.astype(int)
            words = level_words(study, name, levels, values)
            columns = {"factor": shown(study, name).label, "level": levels, "words": words}
            frames.append(pl.DataFrame({RUN: own[RUN], **columns}, schema=_LEVEL_SCHEMA.schema))
    return pl.concat(frames)


_LEVEL_SCHEMA = pl.DataFrame(
    schema={RUN: pl.String, "factor": pl.String, "level": pl.Int64, "words": pl.String}
)


def _drawn(figures: Sequence[FigureData], name: str, *, is_simulated: bool) -> dict[str, bytes]:
    """Return pictures as SVG, under the measurement's name."""
    marked = [replace(one, is_simulated=is_simulated) for one in figures]
    return {f"{name}_{one.name}.svg": draw_figure(one).encode() for one in marked}


def _capacities_by_rate(table: pl.DataFrame) -> pl.DataFrame:
    """Return one row per cell and rate of a table with a column per rate, such as C/10 and 5C.

    Examples
    --------
    >>> table = pl.DataFrame(
    ...     {"file": ["a"], "accepted": [True], "discharge_capacity_c10_mah": [4.5]}
    ... )
    >>> _capacities_by_rate(table).row(0)
    ('a', 0.1, 4.5, True)
    """
    frames = [
        table.select(
            cell=FILE,
            c_rate=pl.lit(1.0 / float(match[1]) if match[1] else float(match[2])),
            capacity=pl.col(column).cast(pl.Float64),
            is_accepted=ACCEPTED,
        )
        for column in table.columns
        if (match := _CAPACITY.fullmatch(column))
    ]
    schema = {
        "cell": pl.String,
        "c_rate": pl.Float64,
        "capacity": pl.Float64,
        "is_accepted": pl.Boolean,
    }
    return pl.concat(frames).drop_nulls() if frames else pl.DataFrame(schema=schema)
