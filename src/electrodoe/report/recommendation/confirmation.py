"""Why confirmation runs missed, and what to check: in words and as a table."""

from collections.abc import Sequence

from electrodoe.findings import Finding, found
from electrodoe.optimize import CauseKind, Circumstances, Diagnosis, RunTest, Verdict
from electrodoe.report.blocks import Block, Document, Section, opening, paragraphs
from electrodoe.report.drawing import SIMULATED
from electrodoe.report.naming import (
    format_number,
    format_range,
    format_value,
    in_sentence,
    listed,
    shown,
)
from electrodoe.report.page import page_html
from electrodoe.report.rounding import equals, p_value, percent, significant
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Study

_NAMES: dict[CauseKind, str] = {
    "samples": "scatter of samples within a run",
    "runs": "variation from run to run",
    "settings": "settings that were not kept",
    "time": "a drift, or another day or batch",
    "extrapolation": "settings beyond what was measured",
    "shape": "a surface that the model misses",
}


def why_sentence(study: Study, diagnosis: Diagnosis) -> str:
    """Return why runs missed, with the numbers behind, in two or three sentences."""
    tests = diagnosis.tests
    head = (
        f"{tests.n_outside} of {tests.n_values} values lie outside, where a true prediction leaves"
        f" {tests.expected_outside:.1f} on average and as many or more in"
        f" {percent(tests.outside_chance)} of cases."
    )
    if not diagnosis.causes:
        return f"{head} Chance is enough: {_smallest(diagnosis)}."
    said = [_said(study, diagnosis, cause) for cause in diagnosis.causes]
    if diagnosis.is_known_before:
        return f"{head} That alone could be chance; but {said[0]}."
    if diagnosis.is_open:
        names = " or ".join(_NAMES[cause] for cause in diagnosis.causes[:2])
        return (
            f"{head} {_shift(study, diagnosis)}; whether by {names}, these numbers do not tell:"
            f" {'; '.join(said)}."
        )
    more = f" Besides, {said[1]}." if len(said) > 1 else ""
    return f"{head} Most plausible: {_NAMES[diagnosis.causes[0]]}, for {said[0]}.{more}"


def what_to_check(diagnosis: Diagnosis) -> str:
    """Return what tells the cause for certain, or what to do without one."""
    nearest = diagnosis.circumstances.nearest_sample
    again = f"repeat the run of '{nearest}'" if nearest else "repeat the nearest run"
    if not diagnosis.causes:
        return "make as many confirmation runs again before anything is changed"
    if diagnosis.is_open:
        return (
            f"{again} beside the next confirmation run: if it is shifted as well, look for what"
            " changed with time; if it comes back as it was, make runs around the settings"
        )
    return {
        "samples": "check the gauge and where and how specimens were cut; measure kept samples of"
        " an earlier run again",
        "runs": "compare the records of these runs (what was reached, batch, day, operator); make"
        " two runs one straight after the other",
        "settings": "make the runs again as recommended; where the line cannot keep them, declare"
        " its tolerance",
        "time": f"{again} now; compare batch, humidity, instrument and operator; name the day or"
        " batch as a block of the study",
        "extrapolation": "make runs between the measured settings and the recommended ones, add"
        " them to the table and run again",
        "shape": "add these runs to the table, make lack-of-fit runs around the settings, and run"
        " again",
    }[diagnosis.causes[0]]


def confirmation_findings(study: Study, diagnoses: Sequence[Diagnosis]) -> list[Finding]:
    """Return one finding for each response whose runs have something to explain.

    Parameters
    ----------
    study : Study
        Words and units.
    diagnoses : sequence of Diagnosis
        Response by response.

    Returns
    -------
    list of Finding
        ``S224`` where a cause is more plausible than the others, ``S225`` where chance is enough
        or the runs do not tell causes apart.
    """
    return [
        found(
            "S225" if diagnosis.is_open or not diagnosis.causes else "S224",
            why_sentence(study, diagnosis),
            f"response '{diagnosis.response_name}', confirmation runs",
            fix=what_to_check(diagnosis),
        )
        for diagnosis in diagnoses
        if diagnosis.tests.is_asked
    ]


def _amount(study: Study, diagnosis: Diagnosis, value: float) -> str:
    """Return a deviation in the response's unit, or on the scale that it is modeled on."""
    name = diagnosis.response_name
    if study.responses[name].transform is not None:
        return f"{significant(value)} on the scale of its transform"
    return format_value(study, name, value)


def _smallest(diagnosis: Diagnosis) -> str:
    """Return what stands out most, which is not enough."""
    tests = diagnosis.tests
    named = {"scatter of samples": tests.samples, "of runs": tests.runs, "shift": tests.shift}
    known = {name: test.p for name, test in named.items() if test is not None}
    asked = listed(list(known))
    return f"neither {asked} stands out (smallest p {equals(p_value(min(known.values())))})"


def _shift(study: Study, diagnosis: Diagnosis) -> str:
    """Return how far the mean lies from the prediction."""
    shift = diagnosis.tests.shift
    way = "above" if shift.value > 0 else "below"
    return (
        f"the mean lies {_amount(study, diagnosis, abs(shift.value))} {way} the prediction,"
        f" {abs(shift.value) / shift.reference:.1f} standard errors"
    )


def _said(study: Study, diagnosis: Diagnosis, cause: CauseKind) -> str:
    """Return the numbers behind one cause."""
    tests, known = diagnosis.tests, diagnosis.circumstances
    if cause in {"samples", "runs"}:
        test = tests.samples if cause == "samples" else tests.runs
        assert test is not None  # noqa: S101 - a cause by its test
        what = "samples of a run scatter" if cause == "samples" else "runs scatter"
        return f"{what} with an SD of {_compared(study, diagnosis, test)}"
    if cause == "settings":
        left = known.shift_left
        assert left is not None  # noqa: S101 - as the cause asks
        return (
            f"at the settings that were made the model expects"
            f" {_signed(study, diagnosis, known.expected_shift or 0.0)}, and what is left,"
            f" {_signed(study, diagnosis, left.shift.value)}, is no more than chance"
            f" (p {equals(p_value(left.shift.p))})"
        )
    if cause == "time":
        return "; ".join(_of_time(study, diagnosis)) or "nothing speaks against it"
    if cause == "extrapolation":
        return _of_place(study, known)
    return "; ".join(_of_shape(study, diagnosis)) or "no replicates test the model's shape"


def _compared(study: Study, diagnosis: Diagnosis, test: RunTest) -> str:
    """Return a scatter now and before."""
    now, before = (_amount(study, diagnosis, value) for value in (test.value, test.reference))
    return f"{now}, against {before} before (p {equals(p_value(test.p))})"


def _signed(study: Study, diagnosis: Diagnosis, value: float) -> str:
    """Return a deviation with its direction."""
    return f"{_amount(study, diagnosis, abs(value))} {'more' if value > 0 else 'less'}"


def _of_time(study: Study, diagnosis: Diagnosis) -> list[str]:
    """Return what speaks of a change with time."""
    known, said = diagnosis.circumstances, []
    others, shift = known.elsewhere, diagnosis.tests.shift.value
    if others is not None:
        said.append(
            f"{others.n_runs} new runs at other settings lie"
            f" {_signed(study, diagnosis, others.shift)} than predicted"
            f" (± {_amount(study, diagnosis, others.standard_error)})"
        )
    if known.drift is not None and known.drift_p is not None and known.drift * shift > 0.0:
        way = "rise" if known.drift > 0 else "fall"
        said.append(
            f"residuals of the runs before {way} by {_amount(study, diagnosis, abs(known.drift))}"
            f" from the first to the last (p {equals(p_value(known.drift_p))})"
        )
    if known.block_sd:
        said.append(f"blocks differ with an SD of {_amount(study, diagnosis, known.block_sd)}")
    return said


def _of_place(study: Study, known: Circumstances) -> str:
    """Return how far the settings lie from what was measured."""
    if known.outside:
        beyond = listed([in_sentence(study, name) for name in known.outside])
        return f"the settings lie beyond the measured values of {beyond}"
    return (
        f"the settings lie {known.hull:.2f} of a range outside what lies between the runs, where"
        " only the model speaks"
    )


def _of_shape(study: Study, diagnosis: Diagnosis) -> list[str]:
    """Return what speaks of a model that misses the surface."""
    known, said = diagnosis.circumstances, []
    if known.lack_of_fit_p is not None:
        said.append(
            f"the quadratic's lack of fit has p {equals(p_value(known.lack_of_fit_p))} against"
            " runs of equal settings"
        )
    if known.elsewhere is not None:
        said.append(
            f"new runs at other settings lie {_signed(study, diagnosis, known.elsewhere.shift)}"
            f" than predicted (± {_amount(study, diagnosis, known.elsewhere.standard_error)})"
        )
    return said


def comparison_table(study: Study, diagnosis: Diagnosis) -> Table:
    """Return every possible cause with its numbers, whether it is named or not."""
    tests, known = diagnosis.tests, diagnosis.circumstances
    chance = (
        f"{tests.n_outside} of {tests.n_values} outside; {tests.expected_outside:.1f} expected",
        f"as many or more in {percent(tests.outside_chance)}",
    )
    missing = "nothing repeats"
    rows = [("chance", *chance)]
    for cause, test in (("samples", tests.samples), ("runs", tests.runs)):
        said = missing if test is None else f"SD {_compared(study, diagnosis, test)}"
        rows.append((_NAMES[cause], said, _chance(test)))  # type: ignore[index]
    rows.append(("shift of the mean", _shift(study, diagnosis), _chance(tests.shift)))
    made = "the table of runs has no settings"
    if known.expected_shift is not None:
        made = f"model at the settings made: {_signed(study, diagnosis, known.expected_shift)}"
    rows.append((_NAMES["settings"], made, ""))
    of_time = "; ".join(_of_time(study, diagnosis)) or "no order, block or other new run is known"
    rows.append((_NAMES["time"], of_time, _odds(diagnosis, "time")))
    is_outside = bool(known.outside) or known.hull > 0.0
    place = _of_place(study, known) if is_outside else "the settings lie between the runs"
    rows.append((_NAMES["extrapolation"], place, _odds(diagnosis, "extrapolation")))
    of_shape = "; ".join(_of_shape(study, diagnosis)) or "no run repeats a setting"
    rows.append((_NAMES["shape"], of_shape, _odds(diagnosis, "shape")))
    return Table(
        caption=f"{shown(study, diagnosis.response_name).label}: possible causes, compared. The"
        " chance is that of any of the tests saying as much where a true prediction has met with"
        " runs as bad; odds are of a cause of the shift over the same without evidence.",
        columns=text("Cause", "Numbers", "Chance or odds"),
        rows=tuple(rows),
        look="wide",
    )


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
