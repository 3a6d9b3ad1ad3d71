"""Numbers as people read them: three digits, a real minus sign, no exponent where avoidable."""

import math

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def significant(value: float | None, digits: int = 3) -> str:
    """Return a number with some significant digits; a dash where there is none.

    Examples
    --------
    >>> significant(0.012345), significant(-1234.56), significant(None)
    ('0.0123', '−1235', '–')
    >>> significant(1.234e-7), significant(2.0)
    ('1.23 × 10⁻⁷', '2')
    """
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    value = _known(value)
    magnitude = abs(value)
    if magnitude and not 1e-4 <= magnitude < 1e6:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return _minus(f"{mantissa} × 10{str(int(exponent)).translate(_SUPERSCRIPTS)}")
    if magnitude >= 10 ** (digits - 1):
        return _minus(f"{value:.0f}")
    return _minus(f"{value:.{digits}g}")


def measured(value: float | None, digits: int = 3) -> str:
    """Return a number with its trailing zeros, so that a column of them lines up in precision.

    Examples
    --------
    >>> measured(0.5), measured(12.0), measured(340.0)
    ('0.500', '12.0', '340')
    """
    if value is None or not math.isfinite(value) or not 1e-4 <= abs(value) < 1e6:
        return significant(value, digits)
    value = _known(value)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return _minus(f"{value:.{decimals}f}")


def score(value: float | None) -> str:
    """Return an R², a correlation or a fraction with three decimals.

    Examples
    --------
    >>> score(0.99215), score(-0.1234), score(-25.3)
    ('0.992', '−0.123', '−25.3')
    """
    if value is None or not math.isfinite(value) or abs(value) >= 10:
        return significant(value)
    return _minus(f"{_known(value):.3f}")


def brief_score(value: float | None) -> str:
    """Return an R² with two decimals, for a sentence.

    Examples
    --------
    >>> brief_score(0.9996), brief_score(1.0 - 1e-16), brief_score(0.301), brief_score(-0.001)
    ('> 0.99', '1.00', '0.30', '0.00')
    """
    if value is None or not math.isfinite(value) or abs(value) >= 10:
        return significant(value)
    known = _known(value)  # or the last bit would decide between "1.00" and "> 0.99"
    if 0.995 <= known < 1.0:
        return "> 0.99"
    return _minus(f"{round(known, 2) + 0.0:.2f}")


def bounded_percent(chance: float, most: float) -> str:
    r"""Return a chance in percent; at the ends that are stated at all it is a bound.

    Examples
    --------
    >>> bounded_percent(0.99, 0.99), bounded_percent(0.625, 0.99), bounded_percent(0.01, 0.99)
    ('at least 99\xa0%', '62\xa0%', 'at most 1\xa0%')
    """
    if chance >= most:
        return f"at least {percent(most)}"
    return f"at most {percent(1.0 - most)}" if chance <= 1.0 - most else percent(chance)


def percent(fraction: float | None) -> str:
    r"""Return a fraction in percent; number and sign stay on one line.

    Examples
    --------
    >>> percent(0.923), percent(None)
    ('92\xa0%', '–')
    """
    if fraction is None or math.isnan(fraction):
        return "–"
    return f"{_known(100 * fraction):.0f}\N{NO-BREAK SPACE}%"


def p_value(value: float | None) -> str:
    """Return a probability of error.

    Examples
    --------
    >>> p_value(1e-9), p_value(0.0312)
    ('< 0.001', '0.031')
    """
    if value is None or math.isnan(value):
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def equals(text: str) -> str:
    """Return a printed number with its sign of equality, or with the bound it has already.

    Examples
    --------
    >>> equals("0.031"), equals("< 0.001")
    ('= 0.031', '< 0.001')
    """
    return text if text.startswith(("<", ">")) else f"= {text}"


def _known(value: float) -> float:
    """Return a number without the digits that differ between machines, so that 5/32 has one word.

    Examples
    --------
    >>> _known(0.15625000000000003), _known(0.15624999999999997)
    (0.15625, 0.15625)
    """
    return float(f"{value:.12g}")


def _minus(text: str) -> str:
    """Return the text with a minus sign instead of a hyphen."""
    return text.replace("-", "−")


def about(chance: float) -> str:
    r"""Return an estimated chance in words; rounded down, and never 100 %.

    Examples
    --------
    >>> about(0.9999), about(0.294)
    ('99\xa0%', '29\xa0%')
    """
    whole = min(math.floor(100.0 * chance + 1e-9), 99)  # 0.29 is 29, though 100 * 0.29 is less
    return percent(whole / 100.0)


def at_least(chance: float) -> str:
    r"""Return a lower bound of a chance in words; rounded down, and never "at least 100 %".

    Examples
    --------
    >>> at_least(0.9999)[-4:], at_least(0.29)[-4:]
    ('99\xa0%', '29\xa0%')
    """
    return f"at least {about(chance)}"
