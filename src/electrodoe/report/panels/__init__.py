"""Panels that several kinds of figures draw: bars of importance, swarms, predictions."""
