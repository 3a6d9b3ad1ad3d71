"""How good a plan is: efficiency, power, aliases, variance over the region."""
