"""Muscles: motor units, the potentials they give at the skin and at a needle, and their strength."""
