"""Section 6: what agrees with physics, how sure the models are, the paper."""

from typing import Any

import polars as pl

from electrodoe.findings.wording import listed
from electrodoe.report.blocks import Block, Section, Subheading, paragraphs
from electrodoe.report.content import ReportContent
from electrodoe.report.naming import family_title, shown
from electrodoe.report.page import DrawnFigures
from electrodoe.report.rounding import equals, measured, p_value, percent, significant
from electrodoe.report.sections import verification_tables as tables
from electrodoe.report.table import present
from electrodoe.verify.bruggeman import SHARED
from electrodoe.verify.bruggeman_fit import BETWEEN_REPLICATES
from electrodoe.verify.sign_checks import HOLDS, OPEN, VIOLATED, verdict_of


def verification_section(content: ReportContent, drawn: DrawnFigures) -> Section:
    """Return the subjects that this study can be verified for.

    Signs and prediction variance; Bruggeman's relation where there is a tortuosity; the paper
    where the study does it again.
    """
    made = [
        ("Signs", _signs(content), tables.sign_table(content), ""),
        (
            "Prediction variance",
            _spread(content),
            tables.variance_table(content),
            "prediction_spread",
        ),
        ("Bruggeman's relation", _bruggeman(content), tables.bruggeman_table(content), "bruggeman"),
        ("The published study", _paper(content), tables.comparison_table(content), ""),
    ]
    reported = [each for each in made if each[1]]
    sentence = (
        "Do the models agree with what is known, and how sure are they where nothing was measured?"
    )
    details: list[Block] = []
    blocks: list[Block] = [*paragraphs([sentence])]
    for number, (title, sentences, table, kind) in enumerate(reported, start=1):
        blocks += [
            Subheading(title=f"6.{number} {title}"),
            *paragraphs(sentences),
            *drawn.of(kind)[:1],
        ]
        more: tuple[Block, ...] = (*drawn.of(kind)[1:], *present(table, look="wide"))
        details += [Subheading(title=title), *more] if more else []
    return Section(
        anchor="verification",
        title="6 Verification",
        blocks=tuple(blocks),
        details=tuple(details),
    )


def _signs(content: ReportContent) -> tuple[str, ...]:
    """Return how many expected signs hold."""
    checks = content.verification["physics_checks"]
    if content.verification["physics_bounds"].is_empty():
        return ()
    if checks.is_empty():
        return (
            (
                "No law is known that would give an effect here its sign. Where you know one, write"
                ' it in study.toml: expected = { porosity = "falls" } under the response.'
            ),
        )
    words = [
        verdict_of(rows["verdict"].to_list())
        for _, rows in checks.group_by("target", "scenario", "factor", maintain_order=True)
    ]
    counts = {word: words.count(word) for word in (HOLDS, VIOLATED, OPEN)}
    reported = [_counted(counts[HOLDS], "holds", "hold")]
    if counts[VIOLATED]:
        reported.append(_counted(counts[VIOLATED], "is violated", "are violated") + " for certain")
    if counts[OPEN]:
        reported.append(f"{counts[OPEN]} cannot be decided with these data")
    return (f"Physics expects {_counted(len(words), 'sign', 'signs')}: {_joined(reported)}.",)


def _counted(n: int, one: str, several: str) -> str:
    """Return a count with its word.

    Examples
    --------
    >>> _counted(1, "sign", "signs"), _counted(0, "sign", "signs")
    ('1 sign', '0 signs')
    """
    return f"{n} {one if n == 1 else several}"


def _joined(parts: list[str]) -> str:
    """Return parts as a list in words."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _spread(content: ReportContent) -> tuple[str, ...]:
    """Return how much of the region the data carry."""
    bounds = content.verification["physics_bounds"]
    if bounds.is_empty():
        return ("Nothing was verified: no scenario has independent inputs and a fitted model.",)
    found = [
        f"{_span(rows['fraction_supported'])}{_where(content, str(scenario))}"
        for (scenario,), rows in bounds.group_by("scenario", maintain_order=True)
    ]
    sentence = (
        f"Of the region, {listed(found)} lies between the measured configurations or no farther"
        " from them than they are from one another; elsewhere a prediction is an extrapolation,"
        " and signs are not checked there."
    )
    sentences = [sentence]
    missing = [name for name in content.study.scenarios if name not in bounds["scenario"]]
    if missing:
        sentences.append(
            f"{'Scenario' if len(missing) == 1 else 'Scenarios'} {_joined(missing)}"
            f" {'is' if len(missing) == 1 else 'are'} not verified: their inputs depend on one"
            " another, so that the box of their ranges was never studied."
        )
    return tuple(sentences)


def _span(fractions: pl.Series) -> str:
    """Return the smallest and largest of some fractions in percent, once where they are equal."""
    low, high = (percent(fractions.quantile(q, "nearest")) for q in (0.0, 1.0))
    return low if low == high else f"{low} to {high}"


def _where(content: ReportContent, scenario: str) -> str:
    """Return of which scenario something is said; nothing where there is one."""
    return f" in scenario {scenario}" if len(content.study.scenarios) > 1 else ""


def _bruggeman(content: ReportContent) -> tuple[str, ...]:
    """Return what the fits say, and what they cannot."""
    fits = content.verification["bruggeman_fits"]
    sentences: list[str] = []
    for (target, scenario), rows in fits.group_by("target", "scenario", maintain_order=True):
        test = content.verification["bruggeman_tests"].filter(
            pl.col("target") == target, pl.col("scenario") == scenario
        )
        sentences += _exponents(rows, test)
        sentences.append(_against_nature(rows, shown(content.study, str(target)).label))
    return tuple(sentences)


def _exponents(fits: pl.DataFrame, tests: pl.DataFrame) -> list[str]:
    """Return the shared exponent, what is saturated, and whether one exponent is enough."""
    shared = fits.filter(pl.col("fit") == SHARED).row(0, named=True)
    test = tests.row(0, named=True)
    interval = (
        "without an interval"
        if shared["exponent_low"] is None
        else f"90 % interval {significant(shared['exponent_low'])} to"
        f" {significant(shared['exponent_high'])}, from {shared['interval']}"
    )
    found = [
        (
            f"One exponent for all {test['n_categories']} categories: b ="
            f" {measured(shared['exponent'])} ({interval}); Bruggeman's is 0.5."
        )
    ]
    if test["n_saturated"]:
        found.append(
            f"In {test['n_saturated']} of {test['n_categories']} categories two porosities were"
            " measured: a relation with two parameters passes through both whatever they are, so"
            " that the agreement with a fit of its own proves nothing there. Only the shared"
            " exponent and the course of the model between the points say something."
        )
    if test["p"] is not None:
        found.append(_one_or_several(test))
    return found


def _one_or_several(test: dict[str, Any]) -> str:
    """Return whether exponents of their own fit better, or why that cannot be determined."""
    reported = (
        f"F({test['degrees_of_freedom']}, {test['error_degrees_of_freedom']}) ="
        f" {significant(test['f'])}, p {equals(p_value(test['p']))}"
    )
    if test["against"] == BETWEEN_REPLICATES:
        return (
            "Whether exponents of their own would fit better cannot be distinguished from what"
            " differs"
            f" between configurations: there are replicates alone to compare with ({reported}), and"
            " they scatter less."
        )
    verdict = "do not fit better" if test["p"] >= 0.05 else "fit better"
    return f"Exponents of their own {verdict} than the shared one ({reported})."


def _against_nature(fits: pl.DataFrame, label: str) -> str:
    """Return how the level compares with eq. (4), and the model with the fits."""
    shared = fits.filter(pl.col("fit") == SHARED)
    ratios = [
        significant(float(end))
        for end in (shared["ratio_to_bruggeman"].sort()[0], shared["ratio_to_bruggeman"].sort()[-1])
    ]
    prefactors = shared["prefactor"].sort()
    ends = " to ".join(dict.fromkeys(significant(float(prefactors[i])) for i in (0, -1)))
    deviation = 100 * float(shared["deviation_of_model"].sort()[-1])
    return (
        f"{label} is {' to '.join(dict.fromkeys(ratios))} times that of eq. (4). The fits would"
        f" give {ends} at a porosity of 1, where nature gives 1: they hold for the measured range"
        f" alone. The curves of {family_title(shared['family'][0])} stay within"
        f" {deviation:.1f} % (root mean square) of the fits with the shared exponent."
    )


def _paper(content: ReportContent) -> tuple[str, ...]:
    """Return where the numbers of the paper stand, and how to read them beside this study's."""
    compared = content.verification["published_comparison"]
    again = content.study.compare_with
    if compared.is_empty() or again is None:
        return ()
    n_cases = compared.select("target", "scenario").unique().height
    return (
        (
            f"{n_cases} of the paper's targets are modeled here with inputs of the same quantities."
            f" Its numbers are those of {again.reference}. They rest on its own samples:"
            " equal scores would not mean equal data, and a different spread of the samples alone"
            " changes R²."
        ),
    )
