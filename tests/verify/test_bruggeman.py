"""Categories found from the data, and the tables behind Figure 10."""

import numpy as np
import polars as pl
import pytest
from tests.verify.conftest import tortuosity

from electrodoe.models import fit
from electrodoe.study import Factor, Tolerance
from electrodoe.verify import bruggeman_tables, find_categories, studied_region
from electrodoe.verify.categories import levels_of


@pytest.fixture(scope="module")
def tables(study, anodes) -> dict[str, pl.DataFrame]:
    data = anodes("tortuosity", tortuosity, between=0.0, within=0.0)
    model = fit(data, "polynomial", {"quadratic": [True] * 3})
    return bruggeman_tables(study, data, model, studied_region(study, data))


def test_categories_share_everything_but_the_porosity(study, anodes):
    """Each holds one loading and one temperature, and at least two porosities."""
    data = anodes("tortuosity", tortuosity)

    found = find_categories(study, data, "porosity")

    assert found
    for category in found:
        rows = np.isin(data.configurations, category.configurations)
        loading, temperature, porosity = data.inputs[rows].T
        assert len(set(loading)) == len(set(temperature)) == 1
        assert len(set(porosity)) == category.n_levels >= 2
    members = np.concatenate([category.configurations for category in found])
    assert len(set(members)) == len(members)


def test_measured_settings_fall_into_their_level():
    """A loading that scatters by a few percent is one level by its tolerance, or by the levels."""
    measured = np.array([8.1, 8.35, 9.1, 9.3, 11.3])

    assert levels_of(measured, Factor(), Tolerance(fraction=0.03)).tolist() == [0, 0, 1, 1, 2]
    assert levels_of(measured, Factor()).tolist() == [0, 0, 1, 1, 2]
    assert levels_of(measured, Factor(levels=(8.2, 9.2, 10.2, 11.2))).tolist() == [0, 0, 1, 1, 3]


def test_the_true_exponent_is_found_and_the_fits_agree(tables):
    """Without scatter every fit has b = 0.8, and one exponent is enough."""
    fits = tables["bruggeman_fits"]

    assert fits["exponent"].to_numpy() == pytest.approx(0.8, rel=1e-9)
    assert set(fits["fit"]) == {"own exponent", "shared exponent"}
    assert fits["deviation_of_data"].max() < 1e-9
    assert fits["deviation_of_model"].max() < 0.02  # a second-degree polynomial nearly bends so


def test_saturated_fits_are_flagged_and_shared_ones_are_not(tables):
    """Two porosities, two parameters."""
    fits = tables["bruggeman_fits"]
    own = fits.filter(pl.col("fit") == "own exponent")

    assert (own["is_saturated"] == (own["n_porosities"] == 2)).all()
    assert own["is_saturated"].any()
    assert not fits.filter(pl.col("fit") == "shared exponent")["is_saturated"].any()
    assert tables["bruggeman_tests"]["n_saturated"][0] == own["is_saturated"].sum()


def test_the_level_is_compared_with_equation_4(tables):
    """2 ε^-0.8 over ε^-0.5 is 2 ε^-0.3, times what loading and temperature do."""
    ratios = tables["bruggeman_fits"]["ratio_to_bruggeman"]

    assert 2.0 < ratios.min() <= ratios.max() < 4.0


def test_every_curve_is_there(tables):
    """Points, two fits, what is published and the model, in each category."""
    curves = tables["bruggeman_curves"].group_by("category").agg(pl.col("curve").unique())

    for _, names in curves.iter_rows():
        assert set(names) == {
            "measured", "own exponent", "shared exponent", "eq. (4)", "eq. (5)", "polynomial"
        }  # fmt: skip


def test_curves_reach_the_ends_of_the_data(study, anodes):
    """The plan goes from 27 to 38 %, the calender went from 25 to 40: so do all curves."""
    data = anodes("tortuosity", tortuosity, within=0.0)
    narrow = study.factors["porosity"].model_copy(
        update={"levels": None, "region": (0.27, 0.38), "tolerance": 0.05}
    )
    planned = study.model_copy(update={"factors": {**study.factors, "porosity": narrow}})
    model = fit(data, "polynomial", {"quadratic": [True] * 3})

    found = bruggeman_tables(planned, data, model, studied_region(planned, data))

    curves = found["bruggeman_curves"].filter(pl.col("curve") != "measured")
    ends = curves.group_by("category", "curve").agg(
        low=pl.col("porosity").min(), high=pl.col("porosity").max()
    )
    assert ends["low"].to_numpy() == pytest.approx(0.25)
    assert ends["high"].to_numpy() == pytest.approx(0.40)


def test_the_published_curve_is_equation_5(tables):
    """2.3 ε^-0.31: 3.535 at a quarter (Haghi et al. 2023, eq. (5))."""
    rows = tables["bruggeman_curves"].filter(curve="eq. (5)")
    nearest = rows.sort((pl.col("porosity") - 0.25).abs()).row(0, named=True)

    assert nearest["tortuosity"] == pytest.approx(2.3 * nearest["porosity"] ** -0.31)
    assert pytest.approx(3.535, abs=0.001) == 2.3 * 0.25**-0.31


def test_percent_is_understood(study, anodes):
    """A porosity in percent gives the same fits."""
    data = anodes("tortuosity", tortuosity, within=0.0)
    percent = study.model_copy(
        update={
            "factors": {
                **{name: study.factors[name] for name in data.input_names[:2]},
                "porosity_pct": Factor(levels=(25.0, 30.0, 35.0, 40.0)),
            }
        }
    )
    from dataclasses import replace

    scaled = replace(
        data,
        inputs=data.inputs * [1.0, 1.0, 100.0],
        input_names=(*data.input_names[:2], "porosity_pct"),
    )
    found = [
        bruggeman_tables(own, samples, fit(samples, "mlr", {}), studied_region(own, samples))
        for own, samples in ((study, data), (percent, scaled))
    ]

    first, second = (tables["bruggeman_fits"] for tables in found)
    assert first["exponent"].to_list() == pytest.approx(second["exponent"].to_list(), rel=1e-9)


def test_other_responses_have_no_such_tables(study, anodes):
    """An adhesion strength has no tortuosity."""
    data = anodes("adhesion_strength_kpa", tortuosity)

    found = bruggeman_tables(study, data, fit(data, "mlr", {}), studied_region(study, data))

    assert all(table.is_empty() for table in found.values())
