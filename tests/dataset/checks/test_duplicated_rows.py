"""D108: rows that are equal in every declared number."""

from collections.abc import Callable

import numpy as np

from electrodoe.findings import Finding, Severity

Found = Callable[..., list[Finding]]
Columns = dict[str, list[object]]


def test_a_copied_row_is_named_with_its_lines(found: Found, columns: Columns):
    """Both the original and the copy, since nobody knows which is which."""
    values = columns["strength_kpa"].copy()
    values[4] = values[3]

    (finding,) = found("D108", strength_kpa=values)

    assert finding.severity is Severity.WARNING
    assert finding.what == "equal in every number: A4, A5"
    assert finding.where == "lines 5, 6"


def test_equal_rows_of_one_value_per_configuration_are_no_copies(found: Found, columns: Columns):
    """D107 speaks about them."""
    copied = [float(str(run)) for run in columns["run"]]
    declared = {"responses": {"strength_kpa": {"measured_per": "configuration"}}}

    assert found("D108", strength_kpa=copied, declared=declared) == []


def test_readings_of_a_coarse_scale_agree_by_chance(found: Found, columns: Columns):
    """Whole newtons per metre with a spread of two: one pair in seven agrees."""
    generator = np.random.default_rng(0)
    coarse = np.round(40.0 + generator.normal(0.0, 2.0, 27)).tolist()

    assert len({*zip(columns["run"], coarse, strict=True)}) < 27
    assert found("D108", strength_kpa=coarse) == []


def test_empty_cells_agree_on_nothing(found: Found, columns: Columns):
    """Two samples that were not measured are no copies."""
    values = [None, None, *columns["strength_kpa"][2:]]

    assert found("D108", strength_kpa=values) == []


def test_clean_readings_of_any_resolution_are_seldom_accused(found: Found, columns: Columns):
    """At most 3 of 100 tables without a copy; a copied block of three rows is always found."""
    generator, accused, missed = np.random.default_rng(5), 0, 0
    for _ in range(100):
        step = float(generator.choice([0.001, 0.1, 1.0, 5.0]))
        values = np.round((500.0 + generator.normal(0.0, 5.0, 27)) / step) * step
        accused += bool(found("D108", strength_kpa=values.tolist()))
        values[[1, 4, 7, 10]] = values[[0, 3, 6, 9]]
        missed += step <= 0.1 and not found("D108", strength_kpa=values.tolist())

    assert accused <= 3
    assert missed == 0
