"""How far the virtual line scatters: every level once, with its source."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, kw_only=True)
class NoiseLevels:
    """Standard deviations; a *configuration* has one value of its own, a *replicate* another.

    The first block follows from the RMSE of Table 5 of Haghi et al. (2023): a flexible model
    reaches the pure error of replicates, and the quadratic's RMSE holds the rest. The second and
    third are usual for such instruments and assumptions.

    Attributes
    ----------
    adhesion_configuration_kpa, adhesion_replicate_kpa : float, kPa
        From RMSE 40 (quadratic), 14 and 8 (boosted trees, support vectors) in training.
    tortuosity_configuration, tortuosity_replicate : float
        Relative; from RMSE 35 to 39 ohm at some 480 ohm, quadratic and trees alike.
    capacity_configuration, capacity_replicate : float
        Relative, at every rate; from RMSE .028 to .06 mAh at some 4 mAh (0.1C).
    rate_time_configuration, rate_time_replicate : float
        Relative, of the time that limits fast discharges; from RMSE .03 to .05 mAh at 5C.
    section_fraction : float
        Fraction of a configuration's variance that its coil section has in common.
    loading_section, film_per_gap_section : float
        Relative, by section: how well the target is met (its tolerance is 5 %), and how the wet
        film follows the gap; from RMSE .3 to .5 mg/cm² of a model that knows the gap alone.
    solids_section : float
        Relative, by section: of the slurry's solid content, as water leaves the open slurry; half a
        percent of 52 % is a quarter of a point, an assumption.
    temperature_section_c : float, °C
        By section.
    loading_along_web, film_drift : float
        Relative: within meters along the web; from the coil's start to its end.
    porosity_configuration, porosity_sheet, dry_porosity_section : float
        How well the calender meets its target; what sheets differ by; what drying leaves.
    foil : float
        Relative, of the foil's mass over its area, which gauge and balance take for constant. Foil
        for anodes is made to less than 3 % (US 2019/0148736 A1); a third of it is assumed.
    gauge_wander : float
        Relative, within minutes: what a traversing ultrasound gauge shows over what is there, each
        gauge by itself. With solids and foil it makes 1.8 % between wet and dry film, from RMSE
        .1 to .2 mg/cm² of a linear model that knows the wet film; how it divides between the two
        gauges is an assumption, for no data sheet of theirs was at hand.
    speed_m_min, gap_um, wet_mg_cm2, dry_mg_cm2, dryer_c : float
        Noise of single readings along the coil, which hundreds of readings average away.
    gap_offset_um : float
        Calibration of a gap sensor.
    micrometer_um, balance_mg : float
        Of a thickness sample and of a weighed sheet.
    impedance : float
        Relative, of real and imaginary part; as in the study of fitters behind this project.
    force_n, force_offset_n : float, N
        Noise and zero of the load cell.
    voltage_v, current : float
        Of the cycler: volt, and relative.
    """

    adhesion_configuration_kpa: float = 44.0
    adhesion_replicate_kpa: float = 14.5
    tortuosity_configuration: float = 0.04
    tortuosity_replicate: float = 0.06
    capacity_configuration: float = 0.003
    capacity_replicate: float = 0.008
    rate_time_configuration: float = 0.02
    rate_time_replicate: float = 0.02
    section_fraction: float = 0.3

    loading_section: float = 0.012
    film_per_gap_section: float = 0.045
    solids_section: float = 0.005
    temperature_section_c: float = 0.3
    loading_along_web: float = 0.004
    film_drift: float = 0.01
    porosity_configuration: float = 0.004
    porosity_sheet: float = 0.002
    dry_porosity_section: float = 0.004

    foil: float = 0.01
    gauge_wander: float = 0.012
    speed_m_min: float = 0.002
    gap_um: float = 0.6
    gap_offset_um: float = 0.8
    wet_mg_cm2: float = 0.15
    dry_mg_cm2: float = 0.08
    dryer_c: float = 0.15
    micrometer_um: float = 0.8
    balance_mg: float = 0.5
    impedance: float = 0.005
    force_n: float = 0.02
    force_offset_n: float = 0.03
    voltage_v: float = 0.0003
    current: float = 0.0002

    def scaled(self, factor: float) -> "NoiseLevels":
        """Return the levels times a factor; the fraction of a section's variance stays.

        Examples
        --------
        >>> NoiseLevels().scaled(0.5).adhesion_configuration_kpa
        22.0
        """
        levels = {each.name: factor * getattr(self, each.name) for each in fields(self)}
        return replace(self, **{**levels, "section_fraction": self.section_fraction})
