"""What replicates say of the quadratic in plain words, and what lack-of-fit runs tell."""

from typing import Final

from electrodoe.optimize import (
    Discrimination,
    LeftOutResidual,
    OptimizationResult,
    RepeatedSettings,
    ShapeRuns,
    ShapeTest,
)
from electrodoe.report.naming import format_range, format_value, in_sentence, listed
from electrodoe.report.recommendation.phrases import in_row
from electrodoe.report.rounding import equals, p_value, percent, significant
from electrodoe.study import Study

_TELLING: Final = 2.0
"""Standard errors between two expectations, from which a single run can decide."""


def shape_clause(study: Study, found: OptimizationResult) -> str:
    """Return why no lack-of-fit runs are proposed, as a sentence; empty where some are."""
    if found.shape_runs is not None or not found.shape_tests:
        return ""
    tested = [test.p for test in found.shape_tests if test.p is not None]
    untested = [test for test in found.shape_tests if test.p is None]
    clauses = []
    if tested:
        clauses.append(
            "replicates do not contradict a quadratic"
            f" ({'' if len(tested) == 1 else 'least '}p {equals(p_value(min(tested)))}), so no run"
            " checks the shape"
        )
    if untested:
        names = listed([in_sentence(study, test.response_name) for test in untested])
        reasons = listed(list(dict.fromkeys(test.refusal for test in untested)))
        clauses.append(f"whether a quadratic fits {names} cannot be tested: {reasons}")
    sentence = "; ".join(clauses)
    return f" {sentence[:1].upper()}{sentence[1:]}."


def shape_paragraph(study: Study, found: ShapeRuns) -> str:
    """Return the lack of fit of the quadratic, what may cause it, and what the runs will show."""
    name = found.test.response_name
    sentences = [_contradicted(study, found.test)]
    if found.largest_residual is not None:
        sentences.append(_missed(study, name, found.largest_residual))
    sentences.append(
        "Either the surface has curvature beyond second order, or single runs differ by more"
        f" than their settings say: the existing runs give curvature {_chance(found.odds)} against"
        " the other (even odds before them)."
    )
    if found.others:
        sentences.append(_others(study, name, found.others))
    if found.again is not None:
        sentences.append(_again(study, name, found.again))
    if found.repeats:
        sentences.append(_repeated(study, name, found.repeats))
    if found.discriminations:
        sentences.append(_parted(study, name, found.discriminations))
    return " ".join(sentences)


def _contradicted(study: Study, test: ShapeTest) -> str:
    """Return that a quadratic does not fit within noise."""
    return (
        f"A quadratic does not fit the {in_sentence(study, test.response_name)}: it departs from"
        " the means of runs by more than their replicates scatter (lack of fit, F"
        f" = {significant(test.f)}, p {equals(p_value(test.p))})."
    )


def _others(study: Study, name: str, others: tuple[ShapeTest, ...]) -> str:
    """Return which other responses depart from a quadratic as well."""
    names = [f"{in_sentence(study, t.response_name)} (p {equals(p_value(t.p))})" for t in others]
    return (
        f"No quadratic fits {listed(names)} either; the runs are chosen for the"
        f" {in_sentence(study, name)}, whose p is the smallest."
    )


def _missed(study: Study, name: str, residual: LeftOutResidual) -> str:
    """Return where the quadratic's residual is largest."""
    return (
        f"The largest residual is at the settings of sample {residual.sample_name}:"
        f" {format_value(study, name, residual.measured)} were measured, and the quadratic through"
        f" all other runs says {format_value(study, name, residual.predicted)}"
        f" ({_errors(residual.studentized)})."
    )


def _again(study: Study, name: str, again: RepeatedSettings) -> str:
    """Return what runs with the same settings have said."""
    more, meaning = "no more than their replicates do", "that speaks for curvature"
    if again.is_different:
        more = "more than their replicates do"
        meaning = "part of the residual is run-to-run variation"
    one, other = again.sample_names
    return (
        f"{again.n_runs} runs that share their settings with another differ {more}"
        f" (p {equals(p_value(again.p))}; those of samples {one} and {other} by"
        f" {format_value(study, name, abs(again.difference))}): {meaning}."
    )


def _repeated(study: Study, name: str, repeats: tuple[LeftOutResidual, ...]) -> str:
    """Return what is repeated, and what its outcome will tell."""
    first = repeats[0]
    samples = listed([residual.sample_name for residual in repeats])
    runs, whose = f"One run makes the settings of sample {samples} again", ""
    if len(repeats) > 1:
        runs = f"{len(repeats)} runs make the settings of samples {samples} again"
        whose = f" of sample {first.sample_name}'s"
    return (
        f"{runs}: if the mean{whose} comes back {_near(study, name, first)}, from as many samples"
        " as before, the residual is the surface's; if it comes nearer to"
        f" {format_value(study, name, first.predicted)}, it was that one run's."
    )


def _near(study: Study, name: str, residual: LeftOutResidual) -> str:
    """Return what is near to a measured mean; on another scale it is not as far on both sides."""
    measured = format_value(study, name, residual.measured)
    if study.responses[name].transform is not None:
        return f"to {measured}, within {format_range(study, name, residual.lower, residual.upper)}"
    return f"within {format_value(study, name, residual.half_width)} of {measured}"


def _parted(study: Study, name: str, discriminations: tuple[Discrimination, ...]) -> str:
    """Return where the two explanations part, and what each expects there."""
    first = discriminations[0]
    runs = "One run goes" if len(discriminations) == 1 else f"{len(discriminations)} runs go"
    which = "" if len(discriminations) == 1 else "the first "
    apart = first.apart
    rarely = "" if abs(apart) >= _TELLING else ", so that one run will rarely decide"
    return (
        f"{runs} elsewhere, where the two part most, {which}at"
        f" {in_row(study, first.settings)}: with curvature"
        f" {format_value(study, name, first.curved)} are to be expected, without it"
        f" {format_value(study, name, first.quadratic)} ({_errors(apart)}{rarely})."
    )


def _chance(fraction: float) -> str:
    """Return a chance that is neither nothing nor certain."""
    if 0.01 <= fraction <= 0.99:
        return percent(fraction)
    return f"less than {percent(0.01)}" if fraction < 0.01 else f"more than {percent(0.99)}"


def _errors(standardized: float) -> str:
    """Return a distance in standard errors."""
    return f"{significant(abs(standardized), 2)} standard errors apart"
