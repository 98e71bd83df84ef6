"""How near a number computed by hand must be."""

EXACT = 1e-12


QUADRATURE = 1e-5  # the accuracy that the time grid promises on the durations of a curve
