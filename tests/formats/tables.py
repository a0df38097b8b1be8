"""NCS tables as text, whole or wrong in one place."""

from ranvier.formats.ncs_table import COLUMNS

RIGHT_MEDIAN = {"test": "motor", "side": "right", "nerve": "median", "muscle": "APB"}
WRIST = {**RIGHT_MEDIAN, "site": "wrist", "stimulus": "supramaximal", "latency_ms": "3.6",
         "amplitude_mV": "8.4", "area_mVms": "28.1", "duration_ms": "5.9", "temperature_C": "33"}  # fmt: skip
ELBOW = {**WRIST, "site": "elbow", "latency_ms": "7.9", "amplitude_mV": "2.1", "area_mVms": "7.4",
         "duration_ms": "6.2", "distance_mm": "235"}  # fmt: skip
SENSORY = {"test": "sensory", "side": "right", "nerve": "median", "site": "wrist",
           "latency_ms": "2.6", "peak_latency_ms": "3.3", "amplitude_uV": "28", "distance_mm": "140"}  # fmt: skip
F_WAVE = {**RIGHT_MEDIAN, "test": "f_wave", "latency_ms": "27.8", "persistence_percent": "80"}
WHOLE = (WRIST, ELBOW, SENSORY, F_WAVE)


def lines(*rows, columns=COLUMNS, between=","):
    """The lines of a table, its header first."""
    return [between.join(columns), *(between.join(row.get(c, "") for c in columns) for row in rows)]


def table(*rows, columns=COLUMNS, between=",", decimal="."):
    """A table as text."""
    if decimal != ".":
        rows = tuple({k: v.replace(".", decimal) for k, v in row.items()} for row in rows)
    return "\n".join(lines(*rows, columns=columns, between=between)) + "\n"
