"""All that is measured of spectra on one grid, from the window to the protocol's spread."""

from dataclasses import dataclass

import numpy as np

from electrodoe.arrays import Booleans, Floats
from electrodoe.preprocess.impedance.choice import Choice, fit_chosen
from electrodoe.preprocess.impedance.circuits import LINE
from electrodoe.preprocess.impedance.kramers_kronig import KramersKronig, kramers_kronig
from electrodoe.preprocess.impedance.omitted_element import OmittedElement, omitted_element
from electrodoe.preprocess.impedance.outlying import MOST_SPIKES, Outlying, outlying
from electrodoe.preprocess.impedance.spread import protocol_spread
from electrodoe.preprocess.impedance.sweeps import Sweeps
from electrodoe.preprocess.impedance.window import capacitive, cut_where_explained, in_window
from electrodoe.study import ImpedanceProtocol


@dataclass(frozen=True, kw_only=True, eq=False)
class Analysis:
    """What is known of spectra on one grid.

    Attributes
    ----------
    sweeps : Sweeps
        With the points that the reported fits saw.
    window : Sweeps
        With all points of the protocol's window.
    test : KramersKronig
        Of the window's capacitive points.
    points : Outlying
        Single points that stand apart, noise and drift.
    left_out : bool array of shape (n_spectra, n_points)
        Outlying points that the fit did not see.
    choice : Choice
        Circuits and fits.
    omitted : OmittedElement
        What a contact or an inductance that the fit leaves out would change.
    spread_low_ohm, spread_high_ohm : array of shape (n_spectra,), ohm
        Over weightings and croppings.
    cut_hz : array of shape (n_spectra,), Hz
        Where the automatic cut lies; NaN without one.
    """

    sweeps: Sweeps
    window: Sweeps
    test: KramersKronig
    points: Outlying
    left_out: Booleans
    choice: Choice
    omitted: OmittedElement
    spread_low_ohm: Floats
    spread_high_ohm: Floats
    cut_hz: Floats


def analyze(sweeps: Sweeps, protocol: ImpedanceProtocol) -> Analysis:
    """Return the fits of spectra on one grid, with every measure of the screening.

    Single points that Kramers and Kronig disown are left out of the fit, unless there are many.
    """
    # points of the window, and the outlying ones among them, if they are few
    window = in_window(sweeps, protocol.lowest_hz, protocol.highest_hz)
    kept = capacitive(window)
    test = kramers_kronig(kept)
    points = outlying(kept, test)
    left_out = points.is_mains | points.is_spike
    left_out &= (left_out.sum(axis=1) <= MOST_SPIKES * kept.n_used)[:, None]
    # with model 'cut' an arc at high frequencies is left out, too
    fitted = kept.within(~left_out)
    cut_hz = np.full(len(fitted.used), np.nan)
    if protocol.model == "cut":
        fitted, cut_hz = cut_where_explained(fitted)
    # the test is repeated for spectra that have lost points
    is_changed = (fitted.used != kept.used).any(axis=1)
    rms = test.rms.copy()
    if is_changed.any():
        rms[is_changed] = kramers_kronig(fitted.rows(is_changed)).rms
    # the circuit that each spectrum needs, and what weighting and cropping would change
    model = LINE.name if protocol.model == "cut" else protocol.model
    choice = fit_chosen(fitted, rms, model, protocol.weighting)
    low, high = protocol_spread(fitted, choice)
    whole = capacitive(in_window(sweeps, protocol.lowest_hz, None)).within(~left_out)
    return Analysis(
        sweeps=fitted,
        window=window,
        test=test,
        points=points,
        left_out=left_out,
        choice=choice,
        omitted=omitted_element(whole, fitted, choice, np.isfinite(cut_hz)),
        spread_low_ohm=low,
        spread_high_ohm=high,
        cut_hz=cut_hz,
    )
