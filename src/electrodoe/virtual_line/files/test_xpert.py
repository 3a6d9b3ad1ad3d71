"""Pull-off curves as a German testXpert exports them: quoted header, tabs, Latin-1."""

from typing import Final

import numpy as np
import polars as pl

from electrodoe.virtual_line.files.marks import MARK, moment
from electrodoe.virtual_line.instruments.pull_off import PullOff

_MINUTES: Final = 6.0


def pull_off_text(curve: PullOff, sample: str, number: int) -> bytes:
    """Return one pull-off test as the machine's software writes it.

    Parameters
    ----------
    curve : PullOff
        Time, travel and force.
    sample : str
        The specimen's name.
    number : int
        Which test of the machine this was.

    Returns
    -------
    bytes
        Header of names, values and units; then three columns; Latin-1, DOS line ends.
    """
    rows: list[tuple[object, ...]] = [
        ("aktuelle Probe", str(number + 1)),
        ("Probenbezeichnung", sample),
        ("Bemerkung", MARK),
        ("Probenfläche", curve.area_mm2, "mm²"),
        ("Druckspannung", curve.compression_kpa, "kPa"),
        ("Haltezeit", curve.dwell_s, "s"),
        ("Geschwindigkeit Druck", curve.compression_mm_min, "mm/min"),
        ("Prüfgeschwindigkeit", curve.pull_mm_min, "mm/min"),
        ("Abzugskraft", round(float(np.max(curve.force_n)), 4), "N"),
        ("Datum", moment(number, _MINUTES).strftime("%d.%m.%Y")),
        ("Prüfzeit", "Standardweg", "Standardkraft"),
        ("s", "mm", "N"),
    ]
    head = "".join("\t".join(map(_cell, row)) + "\r\n" for row in rows)
    table = pl.DataFrame(
        {"s": curve.time_s.round(4), "mm": curve.travel_mm.round(6), "N": curve.force_n.round(5)}
    )
    body = table.write_csv(separator="\t", include_header=False, line_terminator="\r\n")
    return (head + body).encode("latin-1")


def _cell(value: object) -> str:
    """Return a header's cell: text in quotes, numbers bare."""
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"
