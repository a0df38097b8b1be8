"""Measures of one patient over days: readings, bands, doses, events and targets in one figure."""

from ranvier.report.series.page import series_svg
from ranvier.report.series.series import Event, Mark, Panel, Points, Ribbon, Series

__all__ = ["Event", "Mark", "Panel", "Points", "Ribbon", "Series", "series_svg"]
