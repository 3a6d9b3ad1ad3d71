"""Where runs may lie: the axes of the factors, their limits, and points inside."""
