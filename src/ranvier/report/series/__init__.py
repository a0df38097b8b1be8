"""Measures of one patient over days: readings, bands, doses and targets in one figure."""

from ranvier.report.series.page import series_svg
from ranvier.report.series.series import Panel, Points, Ribbon, Series

__all__ = ["Panel", "Points", "Ribbon", "Series", "series_svg"]
