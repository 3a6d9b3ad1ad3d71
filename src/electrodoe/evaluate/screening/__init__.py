"""Designs with few or no degrees of freedom left over: which effects are active."""
