"""Why confirmation runs missed, and what to check, in words."""

from collections.abc import Sequence
from typing import Final

from electrodoe.findings import Finding, found
from electrodoe.optimize import CauseKind, Circumstances, Diagnosis, RunTest
from electrodoe.report.naming import (
    format_value,
    in_sentence,
    listed,
)
from electrodoe.report.rounding import equals, p_value, percent, significant
from electrodoe.study import Study

CAUSE_NAMES: Final[dict[CauseKind, str]] = {
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
    first = diagnosis.causes[0]
    said = [_said(study, diagnosis, cause) for cause in diagnosis.causes]
    if diagnosis.is_known_before:
        return f"{head} That alone could be chance; but {said[0]} ({CAUSE_NAMES[first]})."
    if diagnosis.is_open:
        names = " or ".join(CAUSE_NAMES[cause] for cause in diagnosis.causes[:2])
        return (
            f"{head} {_capital(shift_words(study, diagnosis))}; whether by {names}, these numbers"
            f" do not tell: {'; '.join(said)}."
        )
    more = f" Besides, {said[1]}." if len(said) > 1 else ""
    return f"{head} Most plausible: {CAUSE_NAMES[first]}, for {said[0]}.{more}"


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


def _capital(sentence: str) -> str:
    """Return a sentence with a capital letter in front."""
    return sentence[:1].upper() + sentence[1:]


def shift_words(study: Study, diagnosis: Diagnosis) -> str:
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
        return f"{what} with an SD of {compared(study, diagnosis, test)}"
    if cause == "settings":
        left = known.shift_left
        assert left is not None  # noqa: S101 - as the cause asks
        return (
            f"at the settings that were made the model expects"
            f" {signed(study, diagnosis, known.expected_shift or 0.0)}, and what is left,"
            f" {signed(study, diagnosis, left.shift.value)}, is no more than chance"
            f" (p {equals(p_value(left.shift.p))})"
        )
    if cause == "time":
        return "; ".join(of_time(study, diagnosis)) or "nothing speaks against it"
    if cause == "extrapolation":
        return of_place(study, known)
    return "; ".join(of_shape(study, diagnosis)) or "no replicates test the model's shape"


def compared(study: Study, diagnosis: Diagnosis, test: RunTest) -> str:
    """Return a scatter now and before."""
    now, before = (_amount(study, diagnosis, value) for value in (test.value, test.reference))
    return f"{now}, against {before} before (p {equals(p_value(test.p))})"


def signed(study: Study, diagnosis: Diagnosis, value: float) -> str:
    """Return a deviation with its direction."""
    return f"{_amount(study, diagnosis, abs(value))} {'more' if value > 0 else 'less'}"


def _of_others(study: Study, diagnosis: Diagnosis) -> list[str]:
    """Return where the other new runs lie, where there are some."""
    others = diagnosis.circumstances.elsewhere
    if others is None:
        return []
    error = _amount(study, diagnosis, float(f"{others.standard_error:.2g}"))
    where = signed(study, diagnosis, others.shift)
    return [f"{others.n_runs} new runs at other settings lie {where} than predicted (± {error})"]


def of_time(study: Study, diagnosis: Diagnosis, *, is_all: bool = False) -> list[str]:
    """Return what is known of changes with time; a drift the other way only where all is asked."""
    known = diagnosis.circumstances
    said = _of_others(study, diagnosis)
    is_same_way = (known.drift or 0.0) * diagnosis.tests.shift.value > 0.0
    if known.drift is not None and known.drift_p is not None and (is_all or is_same_way):
        way = "rise" if known.drift > 0 else "fall"
        said.append(
            f"residuals of the runs before {way} by {_amount(study, diagnosis, abs(known.drift))}"
            f" from the first to the last (p {equals(p_value(known.drift_p))})"
        )
    if known.block_sd:
        said.append(f"blocks differ with an SD of {_amount(study, diagnosis, known.block_sd)}")
    return said


def of_place(study: Study, known: Circumstances) -> str:
    """Return how far the settings lie from what was measured."""
    if known.outside:
        beyond = listed([in_sentence(study, name) for name in known.outside])
        return f"the settings lie beyond the measured values of {beyond}"
    return (
        f"the settings lie {known.hull:.2f} of a range outside what lies between the runs, where"
        " only the model speaks"
    )


def of_shape(study: Study, diagnosis: Diagnosis) -> list[str]:
    """Return what speaks of a model that misses the surface."""
    known, said = diagnosis.circumstances, []
    if known.lack_of_fit_p is not None:
        said.append(
            f"the quadratic's lack of fit has p {equals(p_value(known.lack_of_fit_p))} against"
            " runs of equal settings"
        )
    said += _of_others(study, diagnosis)
    return said
