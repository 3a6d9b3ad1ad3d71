"""What predictions rest on: SHAP values with their bands, permutation importances, effects."""

import numpy as np
import pandas as pd
import shap
from families import Average
from sklearn.base import BaseEstimator, clone
from sklearn.inspection import partial_dependence, permutation_importance

N_BOOTSTRAPS, N_TREES_IN_BOOTSTRAPS = 30, 30
N_PERMUTATIONS = 20  # of the model itself; bootstraps take scikit-learn's usual five
MOST_CORRELATED = 0.7  # beyond it, inputs cannot be distinguished
SCORING = "neg_root_mean_squared_error"


def are_independent(X: np.ndarray) -> bool:
    """Return whether effects of the inputs can be distinguished."""
    correlations = np.corrcoef(X, rowvar=False)
    return bool(np.abs(correlations[np.triu_indices_from(correlations, 1)]).max() < MOST_CORRELATED)


def shap_values(
    name: str, model: BaseEstimator, background: np.ndarray, X: np.ndarray
) -> np.ndarray:
    """Return SHAP values by the quickest exact explainer that the family has."""
    if name == "mlr":
        scaled = model[:-1].transform
        return shap.LinearExplainer(model[-1], scaled(background)).shap_values(scaled(X))
    if name in {"random_forest", "xgboost"}:
        return shap.TreeExplainer(model, background).shap_values(X)
    masker = shap.maskers.Independent(background, max_samples=len(background))
    return shap.explainers.Exact(model.predict, masker)(X, silent=True).values


def compile_shap() -> None:
    """Let shap compile its loops once, on a toy."""
    masker = shap.maskers.Independent(np.eye(3))
    shap.explainers.Exact(lambda X: X.sum(axis=1), masker)(np.eye(3), silent=True)


def importances(
    models: dict[str, BaseEstimator], X: np.ndarray, y: np.ndarray, n_permutations: int
) -> dict[str, np.ndarray]:
    """Return mean absolute SHAP values and permutation importances of fitted models.

    The distinct settings are explained, each weighted by its samples.
    """
    settings, counts = np.unique(X, axis=0, return_counts=True)
    alone = {name: model for name, model in models.items() if not isinstance(model, Average)}
    values = {name: shap_values(name, model, settings, settings) for name, model in alone.items()}
    values["average"] = np.mean(list(values.values()), axis=0)
    found = {("shap", name): counts @ np.abs(each) / len(X) for name, each in values.items()}
    for name, model in models.items():
        permuted = permutation_importance(
            model, X, y, scoring=SCORING, n_repeats=n_permutations, random_state=0
        )
        found["permutation", name] = permuted.importances_mean
    return found


def bootstrapped(
    models: dict[str, BaseEstimator], X: np.ndarray, y: np.ndarray, groups: np.ndarray
) -> list[dict[str, np.ndarray]]:
    """Return the same of models fitted anew to configurations that are drawn with replacement."""
    rng = np.random.default_rng(0)
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    alone = {name: clone(model) for name, model in models.items() if name != "average"}
    alone["random_forest"].set_params(n_estimators=N_TREES_IN_BOOTSTRAPS)
    draws = []
    for _ in range(N_BOOTSTRAPS):
        drawn = np.concatenate(
            [members[at] for at in rng.integers(len(members), size=len(members))]
        )
        fitted = {name: clone(model).fit(X[drawn], y[drawn]) for name, model in alone.items()}
        draws.append(importances(fitted, X[drawn], y[drawn], 5))
    return draws


def explain(
    models: dict[str, BaseEstimator],
    X: np.ndarray,
    y: np.ndarray,
    groups: np.ndarray,
    inputs: list[str],
) -> tuple[pd.DataFrame, list[tuple[np.ndarray, np.ndarray]]]:
    """Return importances with 90 % bands, and the average's partial dependence on each input."""
    point = importances(models, X, y, N_PERMUTATIONS)
    draws = bootstrapped(models, X, y, groups)
    frames = []
    for (method, name), value in point.items():
        columns = {"method": method, "family": name, "input": inputs, "value": value}
        if (method, name) in draws[0]:
            columns["low"], columns["high"] = np.quantile(
                [draw[method, name] for draw in draws], [0.05, 0.95], axis=0
            )
        frames.append(pd.DataFrame(columns))
    curves = []
    for at in range(len(inputs)):
        curve = partial_dependence(
            models["average"], X, [at], grid_resolution=20, method="brute", kind="average"
        )
        curves.append((curve["grid_values"][0], curve["average"][0]))
    return pd.concat(frames), curves
