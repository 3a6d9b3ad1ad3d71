"""Section 1.2: what the samples were condensed from, as a table and pictures."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from electrodoe.findings.wording import counted
from electrodoe.quantities import label_of, unit_of
from electrodoe.report.blocks import Block, Folded, Picture, Subheading
from electrodoe.report.content import InstrumentSummary
from electrodoe.report.drawing import themed
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Condition, OutlierRule

PICTURES: Final[dict[str, tuple[str, str]]] = {
    "coil_map": (
        "The coil along its web",
        "Means per web segment; runs are shaded, segments that are not accepted are gray.",
    ),
    "sensor_lags": (
        "Distances between sensors, from their own readings",
        (
            "Correlation of each sensor with the first over the web between them: the line is what"
            " the study declares, the peak what the readings say."
        ),
    ),
    "nyquist_gallery": (
        "Impedance spectra and their fits",
        (
            "Up to twelve, the rejected and the flagged among them. Left the whole spectrum, right"
            " the bend, from which the ionic resistance comes. Dots: accepted; crosses: rejected."
        ),
    ),
    "pull_off_gallery": (
        "Pull-off curves",
        (
            "The first of them: left the whole test with compression, dwell and pull, right the"
            " peak with the zero that is taken off."
        ),
    ),
    "rate_capability": (
        "Capacity over the C-rate",
        (
            "Discharge capacity of the cycle that counts at each rate, one line per cell; the thick"
            " line is the median of the accepted ones."
        ),
    ),
}
"""Heading and caption of a measurement's picture, by the end of its file's name."""


def instrument_blocks(
    measured: Sequence[InstrumentSummary], rule: OutlierRule
) -> tuple[Block, ...]:
    """Return what the samples were condensed from, with a folded picture of each kind."""
    if not measured:
        return ()
    return (
        Subheading(title="1.2 From the instruments", anchor="instruments"),
        instrument_table(measured),
        *flagged_blocks(measured, rule),
        condition_table(measured),
        *(
            Folded(title=picture.title, blocks=(picture,))
            for picture in instrument_pictures(measured)
        ),
    )


def instrument_table(measured: Sequence[InstrumentSummary]) -> Table:
    """Return how many samples each measurement has, and where they lie."""
    return Table(
        caption="Samples condensed from instruments' files; each keeps its file and lines there.",
        columns=(
            *text("Measurement", "Instrument"),
            *numbers("Runs", "Samples", "Not accepted", "Outliers"),
            *text("Table and gallery"),
        ),
        rows=tuple(
            (
                one.name,
                one.instrument.replace("_", " "),
                *map(str, (one.n_runs, one.n_samples, one.n_rejected, one.n_outliers)),
                ", ".join(one.files),
            )
            for one in measured
        ),
    )


def flagged_blocks(measured: Sequence[InstrumentSummary], rule: OutlierRule) -> tuple[Folded, ...]:
    """Return what the outlier rule flags and what became of it, folded; nothing without a flag."""
    rows = [(one.name, *each) for one in measured for each in one.flagged]
    if not rows:
        return ()
    done = (
        "Left out of the models; counted in pure error, tests and intervals."
        if rule.set_aside
        else "Kept: they count everywhere."
    )
    table = Table(
        caption=f"Samples that the outlier rule flags ({rule_words(rule)}). {done}",
        columns=text("Measurement", "Sample", "Flag", "What was done"),
        rows=tuple((*row, "set aside" if rule.set_aside else "kept") for row in rows),
    )
    title = f"Flagged by the outlier rule: {counted(len(rows), 'sample')}"
    return (Folded(title=title, blocks=(table,)),)


def rule_words(rule: OutlierRule) -> str:
    """Return an outlier rule in words.

    Examples
    --------
    >>> rule_words(OutlierRule()), rule_words(OutlierRule(rule="sd"))
    ("Grubbs' test at 5 %", 'beyond 1.5 SD of the run')
    """
    if rule.rule == "grubbs":
        return f"Grubbs' test at {100.0 * rule.alpha:g} %"
    return f"beyond {rule.limit_in_use:g} {'robust ' if rule.rule == 'mad' else ''}SD of the run"


def condition_table(measured: Sequence[InstrumentSummary]) -> Table:
    """Return how everything was measured: what the study says, and the defaults that it keeps."""
    return Table(
        caption="How it was measured: what the study declares, and defaults that it leaves.",
        columns=text("Measurement", "How", "Value", "Said by"),
        rows=tuple(
            (
                one.name,
                *condition_words(each),
                "study" if each.is_declared else "default",
            )
            for one in measured
            for each in one.conditions
        ),
    )


def condition_words(condition: Condition) -> tuple[str, str]:
    """Return the name of a condition and its value with its unit, as people read them.

    Examples
    --------
    >>> speed = Condition(name="compression_velocity_mm_min", value=0.75, is_declared=True)
    >>> condition_words(speed)
    ('Compression velocity', '0.75 mm/min')
    >>> condition_words(Condition(name="recipe_a", value="2 % CMC", is_declared=True))
    ('Recipe a', '2 % CMC')
    """
    name, value = condition.name, condition.value
    if isinstance(value, bool):
        return label_of_text(name), "yes" if value else "no"
    if isinstance(value, str):
        return label_of_text(name), value
    return label_of(name), f"{value:.6g} {unit_of(name)}".rstrip()


def label_of_text(name: str) -> str:
    """Return the name of a text: its last word is no unit."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def instrument_pictures(measured: Sequence[InstrumentSummary]) -> tuple[Picture, ...]:
    """Return the pictures of all measurements, each under its measurement's name."""
    return tuple(
        Picture(
            title=f"{one.name.replace('_', ' ').capitalize()}: {PICTURES[key][0]}",
            caption=PICTURES[key][1],
            svg=Markup(themed(svg)),  # noqa: S704 - our own drawing, its texts escaped
        )
        for one in measured
        for key, svg in one.pictures.items()
    )
