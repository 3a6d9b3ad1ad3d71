"""The page: complete, self-contained, honest about the two questions."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import polars as pl
import pytest

from electrodoe.optimize import Refusal
from electrodoe.report import build_figures, conclusions, draw_figure, report_html
from electrodoe.report.sections.methods import families_table, hyperparameter_table
from electrodoe.report.sections.models import random_split_sentence
from electrodoe.report.selection import refused_scenarios
from electrodoe.workflow.recommending.files import PRODUCTS

VOID = {"meta", "br", "wbr", "hr", "img", "link", "input", "col"}


class Page(HTMLParser):
    """Open tags, table cells and references of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.references: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag, attrs):
        """Remember the tag and what it refers to."""
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in {"src", "href", "srcset", "data", "xlink:href"}:
                self.references.append((tag, value or ""))
            if name == "id":
                self.ids.append(value or "")
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_startendtag(self, tag, attrs):
        """Open and close at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        """Note a tag that closes out of order."""
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        """Collect the text of cells."""
        if self.open and self.cells and {"td", "th"} & set(self.open):
            self.cells[-1] += data


@pytest.fixture(scope="session")
def parsed(page: str) -> Page:
    parser = Page()
    parser.feed(page)
    return parser


def test_the_page_is_well_formed(parsed):
    """Every tag that opens closes, in order; no id stands twice."""
    assert parsed.faults == []
    assert parsed.open == []
    assert len(set(parsed.ids)) == len(parsed.ids)


def test_the_contents_lead_somewhere(parsed):
    """Every link inside the page has its target."""
    inner = {value[1:] for _, value in parsed.references if value.startswith("#")}

    assert inner <= set(parsed.ids)


def test_nothing_is_loaded_from_elsewhere(page, parsed):
    """Plants are cut off from the network: links lead to a doi, or to files beside the page."""
    outer = [entry for entry in parsed.references if not entry[1].startswith("#")]
    leading_out = [url for _, url in outer if url not in PRODUCTS]

    assert {tag for tag, _ in outer} == {"a"}
    assert all(url.startswith("https://doi.org/") for url in leading_out)
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    assert "<script" not in page


def test_no_number_in_a_table_has_more_than_six_digits(parsed):
    """Three digits are usual; seventeen are a mistake."""
    for cell in parsed.cells:
        for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", cell):
            digits = number.replace(".", "").lstrip("0")
            assert len(digits) <= 6, cell


def test_the_random_split_is_called_by_its_question(page):
    """The words stand there, and the split is never called generalization."""
    words = re.sub(r"<[^>]+>", " ", page).lower()

    assert "new replicates of known configurations (random 80/20)" in page
    assert "new configurations (leave one configuration out)" in page
    assert "generali" not in words


def test_a_refused_scenario_says_so_and_why(page):
    """The reader learns that the inputs depend on one another, and how much."""
    assert "Scenario combined is not explained" in page
    assert "Scenario combined was not explained" in page
    assert "r = 1.00 between Porosity and Roll gap" in page


def test_inputs_that_nearly_repeat_one_another_are_reported_with_one_sign(content):
    """Above 0.995 a correlation is a bound: "r > 0.99", without a sign of equality."""
    near = content.dependences["combined"]
    r = np.array([[1.0, 0.997], [0.997, 1.0]])
    reported = replace(content, dependences={"combined": replace(near, correlation=r)})

    (reason,) = refused_scenarios(reported).values()

    assert "(r > 0.99 between" in reason


def test_long_column_names_break_behind_underscores_only(page):
    """A narrow column never parts a name within a word; what is copied stays whole."""
    assert "column &#39;first_<wbr>cycle_<wbr>loss&#39;" in page


def test_links_name_a_scenario_only_where_it_distinguishes_responses(page):
    """The contents stay short."""
    links = re.findall(r'<a href="#explained-[^"]*">([^<]*)</a>', page)

    assert links
    assert all("scenario" not in link and "product" not in link for link in links)


def test_hyperparameters_name_each_response_once(content):
    """Families stand below a heading, which is not repeated in every row."""
    table = hyperparameter_table(content)

    assert [column.title for column in table.columns] == ["Family", "Hyperparameters"]
    assert table.headings[0] == "Discharge capacity 5C (mAh), scenario product"
    assert len(set(table.headings.values())) == len(table.headings) == 3


def test_a_given_hyperparameter_stands_apart_from_those_that_were_searched(content):
    """Who reads a rebuilt model sees what of it is a publication's and what is ours."""
    hyper = content.hyperparameters.with_columns(given=pl.lit("depth"))
    rebuilt = replace(content, hyperparameters=hyper)

    table = hyperparameter_table(rebuilt)

    assert [column.title for column in table.columns] == ["Family", "Searched", "Given"]
    assert table.rows[0][1:] == ("penalty 0.123", "depth 3")
    assert "but for those that the study gives" in families_table(rebuilt).caption
    assert "gives" not in families_table(content).caption


def test_chosen_terms_have_the_inputs_labels(content):
    """A reader of the report knows no columns."""
    terms = pl.lit('{"terms": ["1", "porosity", "porosity²"]}')
    reduced = replace(
        content, hyperparameters=content.hyperparameters.with_columns(hyperparameters=terms)
    )

    assert hyperparameter_table(reduced).rows[0][1] == "terms [1, Porosity, Porosity²]"


def test_the_lack_of_fit_of_one_response_in_two_scenarios_is_distinguished(content):
    """Otherwise the sentence would name it twice."""
    combined = pl.lit("combined").alias("scenario")
    twice = {
        name: pl.concat([frame, frame.with_columns(combined).select(frame.columns)])
        for name in ("explanations", "anova")
        for frame in [getattr(content, name)]
    }
    dependences = dict.fromkeys(content.dependences, content.dependences["product"])

    reported = conclusions(replace(content, **twice, dependences=dependences))

    (sentence,) = [text for text in reported if text.startswith("Even a full quadratic")]
    assert "Discharge capacity 5C, scenario product (p = 0.040)" in sentence
    assert "Discharge capacity 5C, scenario combined (p = 0.040)" in sentence


@pytest.mark.parametrize(("p", "n_reported"), [(0.0499, 1), (0.05, 0)])
def test_a_lack_of_fit_is_reported_below_five_percent(content, p: float, n_reported: int):
    """The usual level; at it nothing is reported."""
    is_lack = pl.col("source") == "lack of fit"
    anova = content.anova.with_columns(p=pl.when(is_lack).then(p).otherwise("p"))

    reported = conclusions(replace(content, anova=anova))

    assert sum(text.startswith("Even a full quadratic") for text in reported) == n_reported


def test_a_table_says_what_terms_are_tested_against(content, page):
    """The yardstick with its degrees of freedom, and that samples are none."""
    assert "Tested against variation of runs about the model, 5 df." in page
    assert "no replicates of its setting" in page
    by_runs = content.anova.with_columns(pl.col("source").replace("samples", "pure error"))

    (sentence,) = [
        text
        for text in conclusions(replace(content, anova=by_runs))
        if text.startswith("Even a full quadratic")
    ]
    assert "runs of equal settings differ by" in sentence


def test_an_unpredictable_response_is_called_that(content, page):
    """R² near zero on new configurations is said in words, whatever the random split says."""
    assert "not predictable from these inputs" in page
    assert any(
        text.startswith("Not predictable from these inputs: First cycle loss (R² 0.03")
        for text in conclusions(content)
    )


def test_the_scatter_of_the_split_is_reported_with_numbers(content):
    """One sentence has the range over the repeats and the score on new configurations."""
    (sentence,) = random_split_sentence(content)

    assert re.search(r"runs from .* to .* \(5–95 % of 5 random splits", sentence)
    assert "on new configurations it is" in sentence


def test_the_driver_is_named_with_its_certainty(content):
    """The main input, its size with unit, how sure its rank is, and the direction."""
    assert any(
        "coating mass loading matters most (mean |Shapley value| 1.00 mAh, Ensemble, first in 90 %"
        in text.replace("\N{NO-BREAK SPACE}", " ")
        and "rises with coating mass loading" in text
        for text in conclusions(content)
    )


def test_hostile_names_are_escaped(hostile_content):
    """A title, a label or a sample's name cannot become markup."""
    figures = build_figures(hostile_content)
    svgs = {figure.name: draw_figure(figure) for figure in figures[:2]}
    text = report_html(hostile_content, svgs)

    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_the_page_is_the_same_twice(content, drawn, page):
    """The same content gives the same bytes."""
    assert report_html(content, drawn) == page


def test_every_drawn_figure_is_in_the_page(content, page):
    """No figure is drawn for nothing."""
    for figure in build_figures(content):
        assert f'aria-label="{figure.name}"' in page


def test_a_family_that_could_not_be_estimated_gets_dashes(content):
    """Nulls are shown as what they are."""
    gone = pl.col("family") == "mlr"
    scores = [name for name in content.evaluation.columns if name.startswith(("r2", "rmse", "mse"))]
    holed = content.evaluation.with_columns(
        pl.when(gone).then(None).otherwise(pl.col(scores)).name.keep()
    )
    text = report_html(replace(content, evaluation=holed), {})

    assert re.search(r"<td>MLR</td><td class=\"n\">–</td>", text)


def test_a_study_without_explanations_still_has_a_report(content):
    """Where every explanation was refused, the rest is reported."""
    names = ("explanations", "shapley", "interactions", "effects", "agreement", "anova")
    empty = {name: getattr(content, name).clear() for name in names}
    bare = replace(content, **empty, coefficients=content.coefficients.clear())

    assert "no explanation was computed" in report_html(bare, {})


def test_the_recommendation_stands_before_the_data(content, page):
    """Its answer and its map lead the page; tables and limits follow; the rest is a link away."""
    lead = page[: page.index('<section id="recommendation">')]
    section = page[page.index('<section id="recommendation">') : page.index('<section id="data">')]

    reported = content.recommendation
    assert f"<b>{reported.answer[0]}</b> {reported.answer[1]}" in lead
    assert [text for text in reported.answer if text not in lead] == []
    assert 'aria-label="operating_window"' in lead
    assert [text for text in reported.unknown if text not in section] == []
    assert "Set porosity to" not in page  # settings stand once
    assert "13.0\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}16.0\N{NO-BREAK SPACE}mg/cm²" in section
    assert "Ensemble, R²\N{NO-BREAK SPACE}0.61" in section
    assert 'href="recommendation.html"' in section
    assert 'href="next_runs.xlsx"' in section


def test_a_refused_recommendation_is_reported_with_what_to_do(content):
    """In the place where settings would stand."""
    refusal = Refusal(what="'foil' is a category", where="study.toml, factor 'foil'", fix="drop it")
    text = report_html(replace(content, recommendation=refusal), {})

    assert "nothing can be recommended: &#39;foil&#39; is a category." in text
    assert "Where: study.toml, factor &#39;foil&#39;. What to do: drop it." in text
    assert 'href="recommendation.html"' not in text


def test_without_goals_one_sentence_tells_how_to_ask(content):
    """No section, no link in the contents."""
    text = report_html(replace(content, recommendation=None), {})

    assert "#recommendation" not in text
    assert text.count("No settings are recommended, since no response has a goal.") == 1
