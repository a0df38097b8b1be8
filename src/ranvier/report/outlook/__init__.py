"""The plan and the forecast of one patient, as a page, a figure and JSON."""
