"""Made-up tables of a verification, for a report that shows every one of them."""

import polars as pl

from electrodoe.verify import VERIFICATION_TABLES

_CATEGORIES = ("12.3 mg/cm², 85 °C", "15.1 mg/cm², 120 °C")


def make_verification(target: str, scenario: str, factor: str) -> dict[str, pl.DataFrame]:
    case = {"target": target, "scenario": scenario}
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in VERIFICATION_TABLES}
    for family, kind in (
        ("polynomial", "least squares"), ("mlr", "refits"), ("ensemble", "refits")
    ):  # fmt: skip
        head = {**case, "family": family, "kind": kind}
        is_ols = kind == "least squares"
        rows["prediction_variance"].append(
            {
                **head, "median": 0.0123456789, "p90": 0.02, "p95": 0.03, "max": 0.05,
                "residual_variance": 0.04 if is_ols else None,
                "degrees_of_freedom": 7 if is_ols else None,
                "n_refits": None if is_ols else 30, "n_refused": None if is_ols else 2,
            }
        )  # fmt: skip
        rows["prediction_fds"] += [
            {**head, "fraction": step / 10, "prediction_variance": 0.01 + 0.004 * step}
            for step in range(11)
        ]
    for basis, verdict in (("data", "holds"), ("ensemble", "open")):
        fraction = None if basis == "data" else 0.123456
        rows["physics_checks"].append(
            {
                **case, "factor": factor, "sign": "rises", "source": "a law", "basis": basis,
                "effect": 0.123456789, "low": 0.05, "high": 0.2, "fraction_against": fraction,
                "fraction_against_for_certain": fraction, "n_refits": 30, "verdict": verdict,
            }
        )  # fmt: skip
    rows["physics_bounds"].append(
        {
            **case, "family": "ensemble", "lower": 0.0, "upper": None, "fraction_supported": 0.93,
            "fraction_outside": 0.0, "fraction_outside_for_certain": 0.0, "lowest": 1.0,
            "highest": 3.0,
        }
    )  # fmt: skip
    for kind in ("own exponent", "shared exponent"):
        rows["bruggeman_fits"] += [
            {
                **case, "category": category, "fit": kind, "prefactor": 1.8339732,
                "exponent": 0.854995, "exponent_low": 0.7, "exponent_high": 1.0,
                "interval": "replicates alone", "degrees_of_freedom": 8, "n_samples": 6,
                "n_configurations": 2, "n_porosities": 2,
                "is_saturated": kind == "own exponent", "ratio_to_bruggeman": 2.5,
                "deviation_of_data": 0.0123456, "family": "mlr", "deviation_of_model": 0.03,
            }
            for category in _CATEGORIES
        ]  # fmt: skip
    rows["bruggeman_tests"].append(
        {
            **case, "n_categories": 2, "n_saturated": 2, "f": 1.23456789, "degrees_of_freedom": 1,
            "error_degrees_of_freedom": 8, "p": 0.3, "against": "replicates alone",
        }
    )  # fmt: skip
    for category in _CATEGORIES:
        for curve in (
            *("measured", "mlr", "eq. (4)", "eq. (5)", "own exponent", "shared exponent"),
        ):
            rows["bruggeman_curves"] += [
                {
                    **case, "category": category, "curve": curve, "porosity": porosity,
                    "tortuosity": 2.0 / porosity,
                }
                for porosity in (0.25, 0.35)
            ]  # fmt: skip
    rows["published_comparison"].append(
        {
            **case, "family": "polynomial", "source": "haghi-2023", "paper_target": "tortuosity",
            "paper_n": 86, "paper_r2_train": 0.92, "paper_r2_test": 0.81, "paper_rmse_train": 0.5,
            "paper_rmse_test": 0.7, "paper_sd_train": 1.7677669, "paper_sd_test": 1.6059101,
            "n": 27, "r2_train": 0.95, "r2_test": 0.9, "rmse_train": 0.1, "rmse_test": 0.2,
            "r2_loco": 0.7, "rmse_loco": 0.3, "sd": 0.123456789,
        }
    )  # fmt: skip
    return {name: schema.frame(rows[name]) for name, schema in VERIFICATION_TABLES.items()}
