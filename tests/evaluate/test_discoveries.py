"""Many tests at once: which stand out, and how often one does by chance."""

import numpy as np
import pytest

from electrodoe.evaluate import discoveries


def test_the_published_example_keeps_its_four():
    """Benjamini, Hochberg (1995), section 4: 15 hypotheses, four rejected; three by Bonferroni."""
    small = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p = np.array([*small, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])

    assert np.flatnonzero(discoveries(p)).tolist() == [0, 1, 2, 3]
    assert np.flatnonzero(p < 0.05 / 15).tolist() == [0, 1, 2]


@pytest.mark.parametrize(("n_terms", "fraction_before"), [(9, 0.37), (20, 0.64)])
def test_where_nothing_has_an_effect_one_study_in_twenty_marks_a_term(
    n_terms: int, fraction_before: float
):
    """With p below 0.05 as the mark it was more than every third study."""
    p = np.random.default_rng(7).uniform(size=(4000, n_terms))

    marked = np.mean([discoveries(study).any() for study in p])

    assert np.mean(np.any(p < 0.05, axis=1)) == pytest.approx(fraction_before, abs=0.03)
    assert 0.04 <= marked <= 0.06


def test_a_test_that_was_not_made_does_not_count():
    """Neither kept nor among how many were made."""
    p = np.array([0.03, np.nan, np.nan])

    assert discoveries(p).tolist() == [True, False, False]
    assert discoveries(p[1:]).tolist() == [False, False]
    assert discoveries(p[:0]).tolist() == []
