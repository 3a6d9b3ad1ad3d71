"""The page of a plan, ours or a person's, and the figures that stand on it."""

import re
from itertools import product

import numpy as np
import polars as pl
import pytest

from electrodoe.design.assessment.evaluation import evaluate_plan
from electrodoe.design.model.formula import model_terms
from electrodoe.design.model.plan_model import PlanModel
from electrodoe.design.region.placement import misplaced_runs
from electrodoe.design.region.region import design_region
from electrodoe.design.structure.run_order import run_plan
from electrodoe.report.figures import design_space, plan_comparison
from electrodoe.report.plan_page import PlanPage, draw_plan, plan_html
from electrodoe.report.plan_sentences import NamedEvaluation, placement_sentences, plan_sentences
from electrodoe.report.plan_tables import criteria_table, run_table
from electrodoe.study import Study

HOSTILE = "<script>alert('x')</script>.csv"
GRID = np.array(list(product((-1.0, 0.0, 1.0), repeat=2)))


@pytest.fixture(scope="module")
def study() -> Study:
    """Return two factors with three levels each."""
    return Study.model_validate(
        {
            "title": "A plan",
            "factors": {
                "porosity": {"levels": [0.25, 0.3, 0.35]},
                "roll_temperature_c": {"levels": [50, 70, 90], "label": "Roll <heat>"},
            },
        }
    )


def page_of(study: Study, design: np.ndarray, name: str, beside: np.ndarray | None) -> PlanPage:
    """Return the page of an imported plan."""
    region = design_region(study)
    model = PlanModel(region=region, terms=model_terms("quadratic", region.axes))
    evaluated, other = (
        None
        if own is None
        else NamedEvaluation(
            name=title, evaluation=evaluate_plan(model, own, with_bound=False), is_file=True
        )
        for own, title in ((design, name), (beside, "other.csv"))
    )
    assert evaluated is not None
    misplaced = misplaced_runs(region, design)
    return PlanPage(
        study=study,
        heading=f"Evaluation of {name}",
        plan=run_plan(region, design, [None] * len(design), None, has_blocks=False),
        evaluated=evaluated,
        beside=other,
        summary=plan_sentences(study, evaluated, other),
        about_runs=placement_sentences(misplaced, 0),
        order="of the table",
        misplaced=misplaced,
        is_found=False,
    )


@pytest.fixture(scope="module")
def page(study: Study) -> PlanPage:
    """Return nine runs and one beyond the region, beside the nine twice."""
    return page_of(study, np.vstack([GRID, [[1.5, 0.0]]]), HOSTILE, np.vstack([GRID, GRID]))


def test_a_page_tells_everything_and_loads_nothing(page: PlanPage) -> None:
    """Runs with leverage, what is not allowed, criteria of both plans, terms, aliases."""
    html = plan_html(page, draw_plan(page, "evaluation_"))

    assert not re.search(r'(?:src|href)="(?!#)', html)
    assert "<script>" not in html
    assert "Roll <heat>" not in html
    for words in (
        "How it was evaluated", "Leverage", "Not allowed by the study: run 10.",
        "porosity 0.375 lies above 0.35", "other.csv, 18 runs", "largest aliases", "VIF",
        "Fraction of design space", "Correlation of the model", "Runs in the order of the table.",
    ):  # fmt: skip
        assert words in html.replace("_<wbr>", "_"), words


def test_figures_are_named_after_the_page(page: PlanPage) -> None:
    """With another prefix no file and no id inside an SVG is the same."""
    plain, other = (draw_plan(page, prefix) for prefix in ("", "evaluation_"))

    assert [f"evaluation_{data.name}" for data, _ in plain] == [data.name for data, _ in other]
    for (_, first), (_, second) in zip(plain, other, strict=True):
        ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (first, second)]
        assert not ids[0] & ids[1]


def test_a_page_without_another_plan_has_no_comparison(study: Study) -> None:
    """One column of criteria and four figures."""
    page = page_of(study, GRID, "theirs.csv", None)

    assert [column.title for column in criteria_table(page.evaluated, None).columns] == [
        "Criterion", "theirs.csv, 9 runs", "Definition",
    ]  # fmt: skip
    assert [data.kind for data, _ in draw_plan(page)] == [
        "design_space", "fraction_of_design_space", "variance_slices", "term_correlations",
    ]  # fmt: skip


def test_twice_the_runs_halve_the_variance(page: PlanPage, study: Study) -> None:
    """The closed form of a plan made twice, in the words and in the figure."""
    once = page_of(study, GRID, "once.csv", np.vstack([GRID, GRID]))
    assert once.beside is not None

    frame = plan_comparison.build(once.evaluated, once.beside).frame
    first, second = (frame.filter(plan=own.title) for own in (once.evaluated, once.beside))

    assert "2 times the work for 2 times less variance." in " ".join(once.summary)
    for panel, ratio in (
        ("variance", 2.0),
        ("per run", 1.0),
        ("efficiency", 1.0),
        ("mean variance", 2.0),
    ):
        mine, theirs = (rows.filter(panel=panel)["y"].to_numpy() for rows in (first, second))
        np.testing.assert_allclose(mine, ratio * theirs, rtol=1e-9)


@pytest.mark.parametrize(
    ("n_other", "words"),
    [
        (1, "as many runs for the same variance."),
        (3, "3 times the work for 3 times less variance."),
    ],
)
def test_the_sentence_says_what_the_other_plan_costs(
    study: Study, n_other: int, words: str
) -> None:
    """Work beside variance, both as ratios."""
    page = page_of(study, GRID, "a.csv", np.vstack([GRID] * n_other))

    assert any(sentence.endswith(words) for sentence in page.summary)


def test_the_smaller_plan_beside_is_reported_too(study: Study) -> None:
    """Half of the work, and twice the variance."""
    page = page_of(study, np.vstack([GRID, GRID]), "a.csv", GRID)

    assert any(
        sentence.endswith("50\N{NO-BREAK SPACE}% of the work for 2 times the variance.")
        for sentence in page.summary
    )


def test_what_is_not_allowed_is_marked_in_the_design_space(page: PlanPage, study: Study) -> None:
    """By its own row in the figure's numbers, and in bold in the table."""
    frame = design_space.build(study, page.plan, frozenset({10})).frame
    table = run_table(study, page.plan, page.plan.frame.select("run"), misplaced=frozenset({10}))

    assert frame.filter("is_misplaced").select("x0", "x1").rows() == [(37.5, 70.0)]
    assert table.strong_rows == {9}
    assert "Purpose" not in [column.title for column in table.columns]


def test_the_mean_of_the_curve_is_criterion_i(page: PlanPage) -> None:
    """The area under a plan's curve, which the dotted line is to show."""
    assert page.beside is not None

    frame = plan_comparison.build(page.evaluated, page.beside).frame.filter(plan=page.beside.title)

    curve, line = (frame.filter(panel=panel) for panel in ("variance", "mean variance"))
    area = np.trapezoid(curve["y"].to_numpy(), curve["x"].to_numpy())
    assert line["y"].to_list() == [pytest.approx(area, rel=0.01)]


def test_a_long_file_name_keeps_its_beginning_and_its_end(page: PlanPage) -> None:
    """So that a legend with two of them fits above a figure."""
    name = "screening_of_the_second_coil_after_calendering_final_v2.xlsx"
    named = NamedEvaluation(name=name, evaluation=page.evaluated.evaluation, is_file=True)

    assert named.title == "screening_of_the_…ng_final_v2.xlsx, 10 runs"
    assert named.subject == name


def test_many_runs_that_are_not_allowed_are_counted() -> None:
    """The first dozen by number, then how many more."""
    frame = pl.DataFrame({"run": list(range(1, 21)), "reason": ["breaks 'a <= 1'"] * 20})

    (sentence,) = placement_sentences(frame, 0)

    assert sentence.endswith("11, 12 and 8 more.")
    assert placement_sentences(frame.head(0), 0) == []
