"""The paper's five families with scikit-learn and XGBoost: searches and honest scores."""

import numpy as np
import pandas as pd
import xgboost
from sklearn.base import BaseEstimator, RegressorMixin, clone
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score, root_mean_squared_error
from sklearn.model_selection import GridSearchCV, GroupKFold, LeaveOneGroupOut, ShuffleSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from sklearn.svm import SVR

FOLDS = GroupKFold(5)
SPLITS = ShuffleSplit(20, test_size=0.2, random_state=0)
N_TREES, N_TREES_IN_SEARCH = 60, 15
BOOSTED = {"learning_rate": 0.2, "tree_method": "exact", "n_jobs": 1, "random_state": 0}
DEPTHS, MOST_ROUNDS = (2, 4), 60
FAMILIES = {
    "mlr": make_pipeline(StandardScaler(), LinearRegression()),
    "polynomial": make_pipeline(StandardScaler(), PolynomialFeatures(2), LinearRegression()),
    "random_forest": RandomForestRegressor(N_TREES, random_state=0),
    "svm": TransformedTargetRegressor(
        make_pipeline(StandardScaler(), SVR(epsilon=0.1)), transformer=StandardScaler()
    ),
    "xgboost": xgboost.XGBRegressor(**BOOSTED),
}
GRIDS = {
    "random_forest": {"n_estimators": [N_TREES_IN_SEARCH], "min_samples_leaf": [1, 3]},
    "svm": {
        "regressor__svr__C": [1.0, 10.0, 100.0],
        "regressor__svr__gamma": [0.05, 0.2, 0.8],
    },
}


class Average(RegressorMixin, BaseEstimator):
    """The mean of models that are fitted already."""

    def __init__(self, models: tuple = ()) -> None:
        self.models = models

    def fit(self, X: np.ndarray, y: np.ndarray) -> "Average":  # noqa: ARG002 - scikit-learn's form
        """Do nothing: the models are fitted."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say so."""
        return True

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return the mean prediction."""
        return np.mean([model.predict(X) for model in self.models], axis=0)


def tune(name: str, X: np.ndarray, y: np.ndarray, groups: np.ndarray) -> BaseEstimator:
    """Return an unfitted model whose hyperparameters were chosen by leaving configurations out."""
    if name == "xgboost":
        return tune_boosted(X, y, groups)
    if name not in GRIDS:
        return clone(FAMILIES[name])
    search = GridSearchCV(
        FAMILIES[name], GRIDS[name], cv=FOLDS, scoring="neg_mean_squared_error", refit=False
    ).fit(X, y, groups=groups)
    best = {**search.best_params_}
    if name == "random_forest":
        best["n_estimators"] = N_TREES
    return clone(FAMILIES[name]).set_params(**best)


def tune_boosted(X: np.ndarray, y: np.ndarray, groups: np.ndarray) -> xgboost.XGBRegressor:
    """Return depth and number of rounds with the smallest error, all rounds in one go per fold."""
    data = xgboost.DMatrix(X, y, nthread=1)
    folds = list(FOLDS.split(X, y, groups))
    best = (np.inf, 0, 0)
    for depth in DEPTHS:
        settings = {"max_depth": depth, "eta": 0.2, "tree_method": "exact", "nthread": 1}
        path = xgboost.cv(settings, data, MOST_ROUNDS, folds=folds, metrics="rmse")
        error = path["test-rmse-mean"]
        best = min(best, (float(error.min()), depth, int(error.argmin()) + 1))
    return clone(FAMILIES["xgboost"]).set_params(max_depth=best[1], n_estimators=best[2])


def random_splits(model: BaseEstimator, X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Return the test predictions of every random split."""
    return [
        clone(model).fit(X[train], y[train]).predict(X[test]) for train, test in SPLITS.split(X)
    ]


def left_out(name: str, X: np.ndarray, y: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return each sample's prediction by a model that saw nothing of its configuration."""
    predicted = np.empty_like(y)
    for train, test in LeaveOneGroupOut().split(X, y, groups):
        model = tune(name, X[train], y[train], groups[train])
        predicted[test] = model.fit(X[train], y[train]).predict(X[test])
    return predicted


def evaluate(
    X: np.ndarray, y: np.ndarray, groups: np.ndarray
) -> tuple[pd.DataFrame, dict[str, np.ndarray], dict[str, BaseEstimator]]:
    """Return scores, left-out predictions and the models fitted to all samples, by family."""
    splits, honest, models = {}, {}, {}
    first = next(SPLITS.split(X))[0]
    for name in FAMILIES:
        chosen = tune(name, X[first], y[first], groups[first])
        splits[name] = random_splits(chosen, X, y)
        honest[name] = left_out(name, X, y, groups)
        models[name] = tune(name, X, y, groups).fit(X, y)
    splits["average"] = [np.mean(each, axis=0) for each in zip(*splits.values(), strict=True)]
    honest["average"] = np.mean(list(honest.values()), axis=0)
    models["average"] = Average(tuple(models.values()))
    tests = [test for _, test in SPLITS.split(X)]
    rows = [
        {
            "family": name,
            "n": len(y),
            "r2_test": score(y, tests, splits[name])[0],
            "r2_test_p05": np.quantile(score(y, tests, splits[name]), 0.05),
            "r2_test_p95": np.quantile(score(y, tests, splits[name]), 0.95),
            "r2_loco": r2_score(y, honest[name]),
            "rmse_loco": root_mean_squared_error(y, honest[name]),
        }
        for name in models
    ]
    return pd.DataFrame(rows), honest, models


def score(y: np.ndarray, tests: list[np.ndarray], predicted: list[np.ndarray]) -> list[float]:
    """Return R² on every test set."""
    return [r2_score(y[test], each) for test, each in zip(tests, predicted, strict=True)]
