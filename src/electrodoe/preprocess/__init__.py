"""From records to samples: what each instrument measured, with its rule and its doubts."""

from electrodoe.preprocess.condensed import Condensed

__all__ = ["Condensed"]
