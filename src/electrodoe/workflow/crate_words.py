"""What files and columns of a results folder are, in a sentence each."""

from typing import Final

FILES: Final[dict[str, str]] = {
    "agreement.csv": "How far the model families agree on the order of the inputs.",
    "anova.csv": "Analysis of variance of the polynomials, with lack of fit.",
    "variance_components.csv": "Variances between whole plots, blocks and runs, and residual.",
    "coefficients.csv": "Tests of the polynomials' terms against what varies between runs.",
    "effects.csv": "Accumulated local effects of every explained model.",
    "evaluation.csv": "Scores of every model, random split and leave one configuration out.",
    "explanations.csv": "Importance of the inputs by method, with bootstrap ranges.",
    "explanations_refused.csv": "Explanations that would mislead, with the reason.",
    "findings.csv": "What is odd about data and models, gravest first.",
    "hyperparameters.csv": "Hyperparameters of every model, searched or given.",
    "inputs/study.toml": "The study's declaration, with the settings it was run with.",
    "interactions.csv": "Interactions of pairs of inputs.",
    "manifest.json": "Hashes, versions, seed and time of every stage.",
    "measurements.csv": "The samples' table as condensed from the instruments' files.",
    "model_summaries.csv": "R², adjusted and predicted R², PRESS and adequate precision by model.",
    "models_refused.csv": "Models that the data do not determine, with the reason.",
    "next_runs.csv": "Runs to make next, a sheet to fill in.",
    "next_runs.html": "Runs to make next, a page to print and fill in.",
    "next_runs.json": "Hashes of the run sheets as they were written.",
    "next_runs.xlsx": "Runs to make next, a workbook to fill in.",
    "operating_window.csv": "The chance that all specifications hold, over pairs of factors.",
    "predictions.csv": "Predictions sample by sample, for every split.",
    "recommendation.html": "The recommendation: settings, operating window, next runs, as a page.",
    "recommendation.json": "The recommendation with all its numbers.",
    "recommendation_refused.csv": "Why nothing is recommended, where goals are declared.",
    "repeats.csv": "Scores of every repeat of the random split.",
    "residual_checks.csv": "What was asked of the residuals, with the chance in a clean study.",
    "residuals.csv": "Residuals, leverage and Cook's distance of each run, by the tested model.",
    "report.html": "The report: one page with all tables and figures.",
    "screening.csv": "Screening designs: how effects were judged, and what next runs part.",
    "screening_effects.csv": "Effects of screening designs with their alias chains.",
    "screening_runs.csv": "Settings of the runs that part aliased effects.",
    "samples.csv": "The samples: inputs and responses as measured, with what was set aside.",
    "shapley_values.csv": "Shapley values sample by sample.",
    "surfaces.csv": "Predictions of the explained models over pairs of inputs.",
}
"""By path in the results folder."""

FOLDERS: Final[dict[str, str]] = {
    "condensed": "What was condensed from one instrument's files.",
    "figures": "A figure of the report.",
    "models": "A fitted model, as JSON and arrays.",
}
"""Of files in a folder that have no sentence of their own."""

FORMATS: Final[dict[str, str]] = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".npz": "application/zip",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media type by ending."""

COLUMNS: Final[dict[str, str]] = {
    "base": "Mean prediction from which Shapley values count, in the response's unit.",
    "configuration": "Set of factor levels that a sample was made with.",
    "effect": "Accumulated local effect, in the response's unit.",
    "family": "Model family.",
    "from_run": "Responses that the sample has from its run, as inputs, and was not measured for.",
    "high": "95th percentile over bootstraps of whole configurations.",
    "input": "Input variable.",
    "input_value": "Value of the input, in its unit.",
    "is_inside": "Whether the point lies between configurations that were run.",
    "line": "Line of the sample in the table it was read from.",
    "low": "5th percentile over bootstraps of whole configurations.",
    "method": "How importance was found.",
    "mse_ratio": "Mean squared error of training over that of test samples.",
    "n": "Number of samples.",
    "n_configurations": "Number of configurations.",
    "observed": "Measured value, in the response's unit.",
    "p": "Probability of a statistic as large if there were no effect.",
    "p_rank_1": "Fraction of bootstraps in which the input ranks first.",
    "predicted": "Predicted value, in the response's unit.",
    "r2_loco": "R² on configurations left out one by one.",
    "r2_loco_on_scale": "The same on the scale of the response's transform.",
    "r2_known_whole_plots": "R² on left-out configurations whose whole plot was seen.",
    "r2_test": "R² on the test samples of the random split.",
    "r2_test_p05": "5th percentile of R² over repeats of the random split.",
    "r2_test_p95": "95th percentile of R² over repeats of the random split.",
    "r2_train": "R² on the training samples of the random split.",
    "rank": "Place by importance, 1 is the most important.",
    "rmse_loco": "Root mean squared error on configurations left out, in the response's unit.",
    "rmse_test": "Root mean squared error on test samples, in the response's unit.",
    "rmse_train": "Root mean squared error on training samples, in the response's unit.",
    "sample": "Name of the specimen.",
    "scenario": "Choice of inputs.",
    "set_aside_for": "Responses that the sample is left out for.",
    "shapley_value": "Fraction of the input in a prediction, in the response's unit.",
    "split": "Training, test or left-out configuration.",
    "target": "Response.",
}
"""Columns of our own tables; factors and responses are described by the study."""

BATTERY_DATA_FORMAT: Final[dict[str, tuple[str, str]]] = {
    "charge_capacity_mah": ("charging_capacity_ah", "Charging Capacity / Ah"),
    "charging_capacity_ah": ("charging_capacity_ah", "Charging Capacity / Ah"),
    "current_ampere": ("current_ampere", "Current / A"),
    "cycle": ("cycle_count", "Cycle Count / 1"),
    "cycle_count": ("cycle_count", "Cycle Count / 1"),
    "discharge_capacity_mah": ("discharging_capacity_ah", "Discharging Capacity / Ah"),
    "discharging_capacity_ah": ("discharging_capacity_ah", "Discharging Capacity / Ah"),
    "net_capacity_ah": ("net_capacity_ah", "Net Capacity / Ah"),
    "step_index": ("step_index", "Step Index / 1"),
    "step_time_second": ("step_time_second", "Step Time / s"),
    "test_time_second": ("test_time_second", "Test Time / s"),
    "unix_time_second": ("unix_time_second", "Unix Time / s"),
    "voltage_volt": ("voltage_volt", "Voltage / V"),
}
"""Name and label in the Battery Data Format of a cycling column; its unit may be another."""


def describe(path: str) -> str:
    """Return what a file of the results folder is.

    Examples
    --------
    >>> describe("models/a-b-mlr.json"), describe("report.html")
    ('A fitted model, as JSON and arrays.', 'The report: one page with all tables and figures.')
    """
    folder = path.partition("/")[0]
    return FILES.get(path) or FOLDERS.get(folder) or "A product of the run."
