"""The shape of each response's quadratic: where it is level, how it curves, and the ways up."""

from electrodoe.optimize import Prediction, Recommendation
from electrodoe.report.blocks import Block, paragraphs
from electrodoe.report.naming import format_number, format_range, in_sentence, shown
from electrodoe.report.rounding import significant
from electrodoe.report.table import Table, numbers, text
from electrodoe.study import Study


def surface_blocks(study: Study, found: Recommendation) -> tuple[Block, ...]:
    """Return what is known of the surfaces: stationary points, curvatures, ridge, steepest path."""
    if not found.shapes and not found.steepest_paths:
        return ()
    said = (
        "Of the quadratic through the means of runs, fitted for this section whichever model"
        " decides. The stationary point is where it is level: a maximum, a minimum or a saddle. Its"
        " region (Box and Hunter 1954) holds 90 % where the quadratic is true and errors are"
        " independent; given are its ends inside the region of the factors, so an end of a factor"
        " means that more may lie beyond. Curvatures are per coded unit (−1 to +1), standard errors"
        " to first order."
    )
    tables = [
        *([stationary_table(study, found)] if found.shapes else []),
        *(
            _way_table(study, shape.ridge, f"Ridge of the {in_sentence(study, name)}: the best"
            " settings at distances of 0 to 1 coded unit from the center, by the quadratic.")
            for name, shape in found.shapes.items()
            if shape.ridge
        ),
        *(
            _way_table(study, path, f"Path of steepest {_way(found, name)} of the"
            f" {in_sentence(study, name)} from the center, by the model that decides.")
            for name, path in found.steepest_paths.items()
        ),
    ]  # fmt: skip
    return (*paragraphs([said] if found.shapes else []), *tables)


def stationary_table(study: Study, found: Recommendation) -> Table:
    """Return the stationary point of each response with its region, and the curvatures."""
    rows: list[tuple[str, ...]] = []
    first_rows = []
    for name, shape in found.shapes.items():
        first_rows.append(len(rows))
        for number, (factor, value) in enumerate(shape.stationary_point.items()):
            errors = shape.eigenvalue_errors
            rows.append(
                (
                    f"{shown(study, name).label}: {shape.kind}" if number == 0 else "",
                    shown(study, factor).axis,
                    format_number(study, factor, value),
                    _region(study, found, name, factor),
                    significant(shape.eigenvalues[number]),
                    significant(errors[number]) if errors else "–",
                )
            )
    return Table(
        caption="Stationary points with their 90 % regions, and the curvatures of each surface, the"
        " largest first: they belong to directions, not to the factors beside them.",
        columns=(
            *text("Response", "Factor"),
            *numbers("Stationary at", "Region", "Curvature", "Standard error"),
        ),
        rows=tuple(rows),
        first_rows=frozenset(first_rows),
    )


def _region(study: Study, found: Recommendation, name: str, factor: str) -> str:
    """Return the ends of a stationary point's region along a factor."""
    shape = found.shapes[name]
    if not shape.is_region_known:
        return "–"
    if not shape.region:
        return "outside"
    return format_range(study, factor, *shape.region[factor])


def _way(found: Recommendation, name: str) -> str:
    """Return whether a path goes up or down."""
    kinds = {goal.response_name: goal.kind for goal in found.goals}
    return "descent" if kinds.get(name) == "minimize" else "ascent"


def _way_table(study: Study, way: tuple[Prediction, ...], caption: str) -> Table:
    """Return settings along a way, with what is predicted there."""
    names, responses = tuple(way[0].settings), tuple(way[0].predicted)
    return Table(
        caption=caption,
        columns=numbers(*(shown(study, name).axis for name in (*names, *responses))),
        rows=tuple(
            tuple(
                format_number(study, name, value)
                for name, value in (step.settings | step.predicted).items()
            )
            for step in way
        ),
        groups=(("Settings", len(names)), ("Predicted", len(responses))),
    )
