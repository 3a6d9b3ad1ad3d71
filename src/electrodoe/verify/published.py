"""Scores that others have printed, typed off, with where they stand."""

from typing import Final

from electrodoe.verify.publication import PublishedScore, PublishedTarget

HAGHI_2023: Final = "haghi-2023"
REFERENCE: Final = (
    "Haghi et al., Batteries & Supercaps (2023), 10.1002/batt.202300457, Table 5, with its shifted"
    " rows put back in order"
)
"""Rows belong together where RMSE / sqrt(1 - R²) is the same for all models of a target and split,
and (RMSE of training / RMSE of test)² is the printed ratio; that repairs the order."""
_LOADING: Final = ("coating_gap", "mass_loading", "temperature")
_SETTINGS: Final = ("coating_gap", "temperature")
_PRODUCT: Final = ("mass_loading", "porosity", "temperature")
_PROCESS: Final = ("coating_gap", "compaction_rate", "temperature")
_BOTH: Final = ("coating_gap", "compaction_rate", "mass_loading", "mass_loading", "roll_gap")


def _scores(
    *rows: tuple[str, float, float, float, float, float], factor: float = 1.0
) -> tuple[PublishedScore, ...]:
    """Return printed rows: R² and RMSE of training and test, ratio; times a factor of the unit."""
    return tuple(
        PublishedScore(
            family=family,
            r2_train=r2_train,
            r2_test=r2_test,
            rmse_train=rmse_train * factor,
            rmse_test=rmse_test * factor,
            mse_ratio=mse_ratio,
        )
        for family, r2_train, r2_test, rmse_train, rmse_test, mse_ratio in rows
    )


TARGETS: Final[tuple[PublishedTarget, ...]] = (
    PublishedTarget(
        title="dry mass loading",
        quantity="mass_loading",
        unit="mg_cm2",
        inputs=_LOADING,
        n=34,
        scores=_scores(
            ("mlr", 0.99, 0.99, 0.2, 0.1, 2.8),
            ("random_forest", 0.99, 0.97, 0.1, 0.2, 0.3),
            ("polynomial", 0.99, 0.97, 0.1, 0.2, 0.3),  # printed as 0.2 and 0.1, against its ratio
            ("svm", 0.99, 0.97, 0.1, 0.2, 0.1),
        ),
    ),
    PublishedTarget(
        title="electrode thickness",
        quantity="electrode_thickness",
        unit="um",
        inputs=_LOADING,
        n=34,
        scores=_scores(
            ("mlr", 0.98, 0.98, 2.0, 1.0, 2.1),
            ("random_forest", 0.98, 0.87, 1.0, 3.0, 0.2),
            ("polynomial", 0.98, 0.95, 2.0, 2.0, 0.9),
            ("svm", 0.98, 0.97, 2.0, 2.0, 1.4),
        ),
    ),
    PublishedTarget(
        title="dry mass loading",
        quantity="mass_loading",
        unit="mg_cm2",
        inputs=_SETTINGS,
        n=34,
        scores=_scores(
            ("mlr", 0.88, 0.91, 0.5, 0.3, 2.5),
            ("random_forest", 0.99, 0.80, 0.1, 0.4, 0.1),
            ("polynomial", 0.89, 0.97, 0.4, 0.2, 6.4),
            ("svm", 0.98, 0.80, 0.2, 0.4, 0.2),
        ),
    ),
    PublishedTarget(
        title="electrode thickness",
        quantity="electrode_thickness",
        unit="um",
        inputs=_SETTINGS,
        n=34,
        scores=_scores(
            ("mlr", 0.83, 0.87, 5.0, 3.0, 3.0),
            ("random_forest", 0.97, 0.74, 2.0, 4.0, 0.3),
            ("polynomial", 0.84, 0.89, 5.0, 3.0, 3.3),
            ("svm", 0.96, 0.56, 3.0, 6.0, 0.2),
        ),
    ),
    PublishedTarget(
        title="adhesion strength",
        quantity="adhesion_strength",
        unit="kpa",
        inputs=_PRODUCT,
        n=51,
        scores=_scores(
            ("xgboost", 0.97, 0.95, 14.0, 22.0, 0.4),
            ("polynomial", 0.75, 0.91, 40.0, 28.0, 1.9),
            ("svm", 0.99, 0.97, 8.0, 18.0, 0.2),
        ),
    ),
    PublishedTarget(
        title="adhesion strength",
        quantity="adhesion_strength",
        unit="kpa",
        inputs=_PROCESS,
        n=51,
        scores=_scores(
            ("xgboost", 0.93, 0.91, 20.0, 28.0, 0.5),
            ("polynomial", 0.60, 0.69, 50.0, 53.0, 0.9),
            ("svm", 0.97, 0.97, 13.0, 16.0, 0.6),
        ),
    ),
    PublishedTarget(
        title="adhesion strength",
        quantity="adhesion_strength",
        unit="kpa",
        inputs=_BOTH,
        n=51,
        scores=_scores(
            ("xgboost", 0.97, 0.95, 14.0, 21.0, 0.4),
            ("polynomial", 0.98, 0.96, 11.0, 19.0, 0.4),
            ("svm", 0.97, 0.97, 13.0, 16.0, 0.7),
        ),
    ),
    PublishedTarget(
        title="ionic resistance",
        quantity="ionic_resistance",
        unit="ohm",
        inputs=_PRODUCT,
        n=86,
        scores=_scores(
            ("xgboost", 0.96, 0.93, 35.0, 55.0, 0.4),
            ("mlr", 0.84, 0.87, 68.0, 71.0, 0.9),
            ("polynomial", 0.95, 0.93, 39.0, 52.0, 0.6),
            ("svm", 0.95, 0.90, 39.0, 63.0, 0.4),
        ),
    ),
    PublishedTarget(
        title="tortuosity",
        quantity="tortuosity",
        unit="",
        inputs=_PRODUCT,
        n=86,
        scores=_scores(
            ("xgboost", 0.93, 0.89, 0.5, 0.5, 0.8),
            ("mlr", 0.79, 0.77, 0.8, 0.8, 1.2),
            ("polynomial", 0.92, 0.81, 0.5, 0.7, 0.5),
            ("svm", 0.97, 0.91, 0.3, 0.5, 0.5),
        ),
    ),
    PublishedTarget(
        title="discharge capacity 0.1 C",
        quantity="discharge_capacity",
        unit="mah",
        c_rate=0.1,
        inputs=_PRODUCT,
        n=51,
        scores=_scores(
            ("random_forest", 0.99, 0.99, 0.0277, 0.0494, 0.3),
            ("polynomial", 0.99, 0.99, 0.0549, 0.0575, 0.9),
            ("svm", 0.99, 0.99, 0.0605, 0.0582, 1.1),
        ),
    ),
    PublishedTarget(
        title="discharge capacity 5 C",
        quantity="discharge_capacity",
        unit="mah",
        c_rate=5.0,
        inputs=_PRODUCT,
        n=51,
        scores=_scores(
            ("random_forest", 0.98, 0.96, 0.0331, 0.0374, 0.8),
            ("polynomial", 0.94, 0.91, 0.0509, 0.0532, 0.9),
            ("svm", 0.98, 0.97, 0.0275, 0.0320, 0.7),
        ),
    ),
    PublishedTarget(  # which model is which was inferred in this one
        title="gravimetric capacity 0.1 C",
        quantity="discharge_capacity",
        unit="mah_g",
        c_rate=0.1,
        inputs=_PRODUCT,
        n=51,
        scores=_scores(
            ("random_forest", 0.84, 0.77, 0.0020, 0.0032, 0.4),
            ("polynomial", 0.56, 0.77, 0.0034, 0.0032, 1.1),
            ("svm", 0.78, 0.65, 0.0024, 0.0040, 0.4),
            factor=1000.0,  # printed in Ah/g
        ),
    ),
    PublishedTarget(
        title="gravimetric capacity 5 C",
        quantity="discharge_capacity",
        unit="mah_g",
        c_rate=5.0,
        inputs=_PRODUCT,
        n=51,
        scores=_scores(
            ("random_forest", 0.99, 0.98, 0.0023, 0.0021, 1.2),
            ("polynomial", 0.98, 0.96, 0.0033, 0.0032, 1.0),
            ("svm", 0.99, 0.99, 0.0016, 0.0018, 0.8),
            factor=1000.0,
        ),
    ),
)
"""What Table 5 says, in the units of the catalogue."""
