"""The page that replaces looking at Nyquist plots one by one, and lets a person overrule."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

import polars as pl
import tomlkit
from markupsafe import Markup

from electrodoe.findings import Finding
from electrodoe.report.drawing import SIMULATED, themed
from electrodoe.report.figures import nyquist_gallery
from electrodoe.report.page import render
from electrodoe.report.plot import svg_of
from electrodoe.report.rounding import significant

MOST_DRAWN: Final = 500
"""A page of more pictures is too heavy to open; rejected and flagged spectra come first."""
_ON_A_PAGE: Final = 24
"""Cards under one heading; chosen, about a screen or two."""

_HOW_TO: Final = (
    (
        "Rejected spectra come first, then accepted ones with flags, then the others. To overrule a"
        " verdict, copy the line below a spectrum into the protocol in study.toml, as in"
        ' overrules = [ { file = "…", verdict = "accept", reason = "…" } ], with your reason.'
    ),
    (
        "The whole spectrum, then its bend. Line: fit. Dots: accepted; crosses: rejected;"
        " gray rings: points that the fit did not see."
    ),
)
_PANES: Final = ("Nyquist plot", "Bend of the Nyquist plot")
_SWEEP: Final = ", sweep "


@dataclass(frozen=True, kw_only=True)
class Card:
    """One spectrum on the page.

    Attributes
    ----------
    name, verdict, value, rule : str
        File and sweep, accepted or rejected with the flags, resistance, how it was found.
    accepted : bool
        As the verdict says.
    pictures : tuple of Markup
        The whole spectrum and its bend; empty where there is no curve.
    remarks : tuple of str
        Findings in full.
    line : str
        TOML that overrules the verdict.
    """

    name: str
    verdict: str
    value: str
    rule: str
    accepted: bool
    pictures: tuple[Markup, ...]
    remarks: tuple[str, ...]
    line: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some cards under one heading."""

    title: str
    cards: tuple[Card, ...]


def gallery_html(
    curves: pl.DataFrame,
    table: pl.DataFrame,
    places: Sequence[str],
    findings: Sequence[Finding],
    *,
    is_simulated: bool = False,
) -> str:
    """Return a gallery of impedance spectra as one page that needs no network.

    Parameters
    ----------
    curves : polars.DataFrame
        As ``impedance_curves`` of preprocess returns them; spectra without curves are not drawn.
    table : polars.DataFrame
        Condensed rows, in the order of the spectra.
    places : sequence of str
        Where each spectrum stands, as its findings say.
    findings : sequence of Finding
        Of all spectra.
    is_simulated : bool
        Whether the page says at its top that nobody measured them.

    Returns
    -------
    str
        HTML: rejected spectra first, then flagged ones, then the others.
    """
    drawn = drawing_order(table)
    remarks: dict[str, list[str]] = {}
    for finding in findings:
        remarks.setdefault(finding.where, []).append(f"{finding.title}: {finding.what}.")
    names = _names(table)
    pictures = _pictures(curves, table, names, drawn)
    cards = [
        _card(
            names[row],
            table.row(row, named=True),
            pictures.get(row, ()),
            remarks.get(places[row], []),
        )
        for row in drawn
    ]
    return render(
        "gallery.html.j2",
        title="Gallery of impedance spectra",
        summary=_summary(table, len(drawn)),
        pages=_pages(cards),
        banner=SIMULATED if is_simulated else "",
    )


def drawing_order(table: pl.DataFrame) -> list[int]:
    """Return which spectra are drawn: rejected, then flagged, then others, up to a limit."""
    order = table.with_row_index("spectrum").sort(
        "accepted", pl.col("flags") == "", maintain_order=True
    )
    return order["spectrum"].head(MOST_DRAWN).to_list()


def _summary(table: pl.DataFrame, n_drawn: int) -> list[str]:
    """Return how many spectra there are, and what to do with the page."""
    n_accepted = int(table["accepted"].sum())
    counted = (
        f"{table.height} spectra: {n_accepted} accepted, {table.height - n_accepted} rejected."
    )
    left_out = f"The first {n_drawn} in this order are drawn."
    return [counted, *_HOW_TO, *([left_out] if n_drawn < table.height else [])]


def _names(table: pl.DataFrame) -> list[str]:
    """Return what each spectrum is called: as much of its path as is needed, and its sweep."""
    short = [PurePath(file).name for file in table["file"]]
    files: dict[str, set[str]] = {}
    for name, file in zip(short, table["file"], strict=True):
        files.setdefault(name, set()).add(file)
    is_many = table["file"].is_duplicated()
    return [
        (name if len(files[name]) == 1 else file) + (f"{_SWEEP}{sweep}" if many else "")
        for name, file, sweep, many in zip(
            short, table["file"], table["sweep"], is_many, strict=True
        )
    ]


def _pictures(
    curves: pl.DataFrame, table: pl.DataFrame, names: Sequence[str], drawn: Sequence[int]
) -> dict[int, tuple[Markup, ...]]:
    """Return the pictures of each spectrum that is drawn and has a curve."""
    own = curves.filter(pl.col("spectrum").is_in(drawn))
    frame = nyquist_gallery.build(own, table, dict.fromkeys(drawn, "")).frame
    return {
        int(row): tuple(
            Markup(themed(svg_of(drawing, f"{words} of {names[int(row)]}")))  # noqa: S704 - our own drawing, its texts escaped
            for words, drawing in zip(_PANES, nyquist_gallery.card_drawings(rows), strict=True)
        )
        for (row,), rows in frame.partition_by("spectrum", as_dict=True).items()
    }


def _card(
    name: str, about: dict[str, Any], pictures: tuple[Markup, ...], remarks: Sequence[str]
) -> Card:
    """Return one spectrum with its picture and its words."""
    word = "● accepted" if about["accepted"] else "× rejected"
    because = f" ({about['overruled_because']})" if about["overruled_because"] else ""
    return Card(
        name=name,
        verdict=f"{word}{': ' if about['flags'] else ''}{about['flags']}{because}",
        value=_value(about),
        rule=f"{about['rule']}; lines {about['lines']}",
        accepted=bool(about["accepted"]),
        pictures=pictures,
        remarks=tuple(remarks),
        line=_line(name, about),
    )


def _value(about: dict[str, Any]) -> str:
    """Return the ionic resistance with its interval and its spread."""
    if about["ionic_resistance_ohm"] is None:
        return "no ionic resistance"
    names = ("", "_low", "_high", "_spread_low", "_spread_high")
    value, low, high, smallest, most = (
        "–" if number is None else significant(number, 4)
        for number in (about[f"ionic_resistance{name}_ohm"] for name in names)
    )
    interval = "no interval" if low == high else f"95 % interval {low} to {high}"
    return f"R_ion {value} ohm, {interval}, over weightings and croppings {smallest} to {most}"


def _line(name: str, about: dict[str, Any]) -> str:
    """Return TOML that turns the verdict around."""
    entry = tomlkit.inline_table()
    entry["file"] = name.split(_SWEEP, maxsplit=1)[0]
    if _SWEEP in name:
        entry["sweep"] = about["sweep"]
    entry["verdict"] = "reject" if about["accepted"] else "accept"
    entry["reason"] = "why"
    return entry.as_string()


def _pages(cards: Sequence[Card]) -> list[Page]:
    """Return the cards, some under each heading."""
    starts = range(0, len(cards), _ON_A_PAGE)
    return [
        Page(
            title=f"Spectra {start + 1} to {min(start + _ON_A_PAGE, len(cards))}",
            cards=tuple(cards[start : start + _ON_A_PAGE]),
        )
        for start in starts
    ]
