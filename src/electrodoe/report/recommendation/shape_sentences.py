"""What replicates say of the quadratic in plain words, and what runs to check the shape tell."""

from typing import Final

from electrodoe.optimize import MadeAgain, Miss, OptimizationResult, Parting, ShapeRuns, ShapeTest
from electrodoe.report.naming import in_sentence, listed, told
from electrodoe.report.rounding import equals, p_value, percent, significant
from electrodoe.study import Study

_TELLING: Final = 2.0
"""Standard errors between two expectations, from which a single run can decide."""


def shape_clause(study: Study, found: OptimizationResult) -> str:
    """Return why no runs to check the shape are proposed, as a sentence; empty where some are."""
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
    """Return what the quadratic misses, what may be behind it, and what the runs will tell."""
    name = found.test.response_name
    sentences = [_contradicted(study, found.test)]
    if found.missed is not None:
        sentences.append(_missed(study, name, found.missed))
    sentences.append(
        "Either the surface bends more than a quadratic can, or single productions differ by more"
        f" than their settings say: the runs made give the bend {_chance(found.belief)} against the"
        " other (even odds before them)."
    )
    if found.others:
        sentences.append(_others(study, name, found.others))
    if found.again is not None:
        sentences.append(_again(study, name, found.again))
    if found.repeats:
        sentences.append(_repeated(study, name, found.repeats))
    if found.partings:
        sentences.append(_parted(study, name, found.partings))
    return " ".join(sentences)


def _contradicted(study: Study, test: ShapeTest) -> str:
    """Return that the quadratic misses more than noise."""
    return (
        f"A quadratic does not fit the {in_sentence(study, test.response_name)}: it misses the"
        " means of runs by more than their replicates scatter (lack of fit, F"
        f" = {significant(test.f)}, p {equals(p_value(test.p))})."
    )


def _others(study: Study, name: str, others: tuple[ShapeTest, ...]) -> str:
    """Return which other responses depart from a quadratic as well."""
    names = [f"{in_sentence(study, t.response_name)} (p {equals(p_value(t.p))})" for t in others]
    return (
        f"No quadratic fits {listed(names)} either; the runs are chosen for the"
        f" {in_sentence(study, name)}, whose p is the smallest."
    )


def _missed(study: Study, name: str, miss: Miss) -> str:
    """Return where the quadratic misses most."""
    return (
        f"It misses most at the settings of sample {miss.sample_name}:"
        f" {told(study, name, miss.measured)} were measured, and the quadratic through all other"
        f" runs says {told(study, name, miss.predicted)} ({_errors(miss.studentized)})."
    )


def _again(study: Study, name: str, again: MadeAgain) -> str:
    """Return what productions with the same settings have said."""
    more, meaning = "no more than their replicates do", "that speaks for a bend"
    if again.is_different:
        more = "more than their replicates do"
        meaning = "part of the miss at least is single productions"
    one, other = again.sample_names
    return (
        f"{again.n_productions} productions that share their settings with another differ {more}"
        f" (p {equals(p_value(again.p))}; those of samples {one} and {other} by"
        f" {told(study, name, abs(again.difference))}): {meaning}."
    )


def _repeated(study: Study, name: str, repeats: tuple[Miss, ...]) -> str:
    """Return what is made again, and what its outcome will tell."""
    first = repeats[0]
    samples = listed([miss.sample_name for miss in repeats])
    runs, whose = f"One run makes the settings of sample {samples} again", ""
    if len(repeats) > 1:
        runs = f"{len(repeats)} runs make the settings of samples {samples} again"
        whose = f" of sample {first.sample_name}'s"
    return (
        f"{runs}: if the mean{whose} comes back within {told(study, name, first.half_width)} of"
        f" {told(study, name, first.measured)}, from as many samples as before, the miss is the"
        f" surface's; if it comes nearer to {told(study, name, first.predicted)}, it was that one"
        " production's."
    )


def _parted(study: Study, name: str, partings: tuple[Parting, ...]) -> str:
    """Return where the two explanations part, and what each expects there."""
    first = partings[0]
    settings = listed(
        [f"{in_sentence(study, n)} {told(study, n, v)}" for n, v in first.settings.items()]
    )
    runs = "One run goes" if len(partings) == 1 else f"{len(partings)} runs go"
    which = "" if len(partings) == 1 else "the first "
    apart = (first.bend - first.quadratic) / first.standard_error
    rarely = "" if abs(apart) >= _TELLING else ", so that one run will rarely decide"
    return (
        f"{runs} elsewhere, where the two part most, {which}at {settings}: with a bend"
        f" {told(study, name, first.bend)} are to be expected, without one"
        f" {told(study, name, first.quadratic)}"
        f" ({_errors(apart)}{rarely})."
    )


def _chance(share: float) -> str:
    """Return a chance that is neither nothing nor certain."""
    if 0.01 <= share <= 0.99:
        return percent(share)
    return f"less than {percent(0.01)}" if share < 0.01 else f"more than {percent(0.99)}"


def _errors(standardized: float) -> str:
    """Return a distance in standard errors."""
    return f"{significant(abs(standardized), 2)} standard errors apart"
