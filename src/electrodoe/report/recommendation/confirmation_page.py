"""The page of a confirmation: what came back, possible causes compared, what to check."""

from collections.abc import Sequence
from typing import Final

from electrodoe.optimize import CauseKind, Diagnosis, RunTest, Verdict
from electrodoe.report.blocks import Block, Document, Section, opening, paragraphs
from electrodoe.report.drawing import SIMULATED
from electrodoe.report.naming import format_number, format_range, shown
from electrodoe.report.page import page_html
from electrodoe.report.recommendation.confirmation import (
    CAUSE_NAMES,
    compared,
    of_place,
    of_shape,
    of_time,
    shift_words,
    signed,
    what_to_check,
    why_sentence,
)
from electrodoe.report.rounding import equals, p_value, percent, significant
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Study

_TOLD: Final = 0.1
"""Standard errors of a shift below which settings are as recommended."""


def comparison_table(study: Study, diagnosis: Diagnosis) -> Table:
    """Return every possible cause with its numbers, whether it is named or not."""
    tests, known = diagnosis.tests, diagnosis.circumstances
    many = f"as many or more in {percent(tests.outside_chance)}"
    outside = f"{tests.n_outside} of {tests.n_values} outside"
    rows = [("chance", f"{outside}; {tests.expected_outside:.1f} expected", many)]
    for cause, test in ((CAUSE_NAMES["samples"], tests.samples), (CAUSE_NAMES["runs"], tests.runs)):
        scatter = "nothing repeats" if test is None else f"SD {compared(study, diagnosis, test)}"
        rows.append((cause, scatter, _chance(test)))
    rows.append(("shift of the mean", shift_words(study, diagnosis), _chance(tests.shift)))
    rows.append((CAUSE_NAMES["settings"], _made(study, diagnosis), ""))
    times = "; ".join(of_time(study, diagnosis, is_all=True))
    is_outside = bool(known.outside) or known.hull > 0.0
    rest: tuple[tuple[CauseKind, str], ...] = (
        ("time", times or "no order, block or other new run is known"),
        (
            "extrapolation",
            of_place(study, known) if is_outside else "the settings lie between the runs",
        ),
        ("shape", "; ".join(of_shape(study, diagnosis)) or "no run repeats a setting"),
    )
    rows += [(CAUSE_NAMES[cause], said, _odds(diagnosis, cause)) for cause, said in rest]
    return Table(
        caption=f"{shown(study, diagnosis.response_name).label}: possible causes, compared. The"
        " chance is that of any of the tests saying as much where a true prediction has met with"
        " runs as bad; odds are of a cause of the shift over the same without evidence.",
        columns=text("Cause", "Numbers", "Chance or odds"),
        rows=tuple(rows),
        look="wide",
    )


def _made(study: Study, diagnosis: Diagnosis) -> str:
    """Return what the settings that were made change by the model."""
    expected = diagnosis.circumstances.expected_shift
    if expected is None:
        return "the table of runs has no settings"
    if abs(expected) <= _TOLD * diagnosis.tests.shift.reference:
        return "as recommended, as far as the model tells"
    return f"model at the settings made: {signed(study, diagnosis, expected)}"


def _chance(test: RunTest | None) -> str:
    """Return how easily chance says as much as a test."""
    return "–" if test is None else f"chance {equals(p_value(test.chance))}"


def _odds(diagnosis: Diagnosis, cause: str) -> str:
    """Return the odds of a cause, where there is a shift to explain."""
    odds = diagnosis.odds.get(cause)
    return "" if odds is None else f"odds {significant(odds, 2)}"


def confirmation_html(
    study: Study,
    verdicts: Sequence[Verdict],
    diagnoses: Sequence[Diagnosis],
    *,
    is_simulated: bool = False,
) -> str:
    """Return the verdict, the causes compared and what to check, as one page.

    Parameters
    ----------
    study : Study
        Words and units.
    verdicts : sequence of Verdict
        Response by response.
    diagnoses : sequence of Diagnosis
        Of the responses whose scatter is known.
    is_simulated : bool
        Whether the samples of the study were made up, which the page then says.

    Returns
    -------
    str
        HTML without any reference that is loaded from elsewhere.
    """
    asked = [diagnosis for diagnosis in diagnoses if diagnosis.tests.is_asked]
    sections = [
        Section(anchor="verdict", title="What came back", blocks=(_verdict_table(study, verdicts),))
    ]
    for number, diagnosis in enumerate(asked, 1):
        blocks: tuple[Block, ...] = (
            *paragraphs([why_sentence(study, diagnosis)]),
            *paragraphs([f"To check: {what_to_check(diagnosis)}."]),
            comparison_table(study, diagnosis),
        )
        label = shown(study, diagnosis.response_name).label
        sections.append(Section(anchor=f"why-{number}", title=f"Why: {label}", blocks=blocks))
    document = Document(
        title=f"Confirmation: {study.title}",
        banner=SIMULATED if is_simulated else "",
        lead=opening(study.question, [verdict.sentence for verdict in verdicts]),
        sections=tuple(sections),
    )
    return page_html(document)


def _verdict_table(study: Study, verdicts: Sequence[Verdict]) -> Table:
    """Return what was promised and what came back."""
    return Table(
        caption="The interval is for one measurement of a new run, and holds 90 %.",
        columns=(
            *text("Response"),
            *numbers("Predicted", "Interval", "Mean", "Inside"),
            *text("Verdict"),
        ),
        rows=tuple(
            (
                shown(study, own.response_name).axis,
                format_number(study, own.response_name, own.predicted),
                format_range(study, own.response_name, own.lower, own.upper),
                format_number(study, own.response_name, own.mean),
                f"{own.n_inside} of {len(own.values)}",
                "confirmed" if own.is_confirmed else "not confirmed",
            )
            for own in verdicts
        ),
    )
