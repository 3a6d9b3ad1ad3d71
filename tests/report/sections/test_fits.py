"""What a reduced model left out, and how both predict, on the page."""

from dataclasses import replace

import polars as pl

from electrodoe.report.content import ReportContent
from electrodoe.report.sections.fits import fit_table, reduction_sentences


def test_a_sentence_names_what_was_left_out_and_scores_both(content: ReportContent) -> None:
    target = content.coefficients["target"][0]
    chosen = '{"select": "p", "alpha": 0.1, "terms": ["1", "porosity"]}'
    head = {"target": target, "scenario": "product"}
    row = {**head, "family": "reduced_polynomial", "hyperparameters": chosen, "given": "select"}
    scores = [
        {**head, "family": family, "r2_loco": r2}
        for family, r2 in (("polynomial", 0.41), ("reduced_polynomial", 0.64))
    ]
    own = replace(
        content,
        study=content.study.model_copy(update={"models": {"reduced_polynomial": {}}}),
        hyperparameters=pl.DataFrame([row]),
        evaluation=pl.DataFrame(scores),
    )

    (sentence,) = reduction_sentences(own, target, "product")

    assert "by p values, limit 0.1" in sentence
    assert "left out: Coating mass loading, Roll temperature" in sentence
    assert "0.64 (reduced), 0.41 (full)" in sentence
    assert "too small" in sentence
    assert reduction_sentences(content, target, "product") == []


def test_models_stand_beside_one_another_with_their_fits(content: ReportContent) -> None:
    target = content.coefficients["target"][0]
    table = fit_table(content, target, "product")
    assert table is not None
    assert table.columns[-1].title == "Adequate precision"
    assert [row[0] for row in table.rows] == ["linear"]
    assert fit_table(replace(content, model_summaries=None), target, "product") is None
