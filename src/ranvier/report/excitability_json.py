"""One axon's nerve excitability as JSON, schema `ranvier.excitability/1`; what cannot be told is null."""

import json
from math import isfinite
from typing import Any

from numpy.typing import NDArray

from ranvier import __version__
from ranvier.nerve.excitability import (
    LEVEL_MS,
    POLARISED_MS,
    SUPRAMAXIMAL,
    TEST_MS,
    Excitability,
    human_targets,
)
from ranvier.nerve.track import STEP_MS, Electrode
from ranvier.report import excitability_words as words
from ranvier.report.fibre_json import based_on, fibre_data

SCHEMA = "ranvier.excitability/1"


def excitability_json(found: Excitability) -> str:
    """The test as an indented JSON text."""
    return json.dumps(excitability_data(found), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def excitability_data(found: Excitability) -> dict[str, Any]:
    """The test as plain data."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "intended_use": words.USE,
        "simulated": True,
        "indices": {index.field: rounded(words.value_of(found, index)) for index in words.INDICES},
        "healthy": healthy_data(),
        "differences": list(words.apart(found)),
        "remarks": [*words.remarks(found), words.INTO_THE_AXON],
        **plots(found),
        "parameters": parameters(found),
        **fibre_data(found.fibre),
        **based_on(found.fibre),
    }


def healthy_data() -> dict[str, Any]:
    """What healthy people show, with how well it is known."""
    return {
        name: {
            "number": value.number,
            "unit": value.unit,
            "kind": value.kind,
            "mark": value.mark,
            "source": value.source,
        }
        for name, value in human_targets().items()
    }


def plots(found: Excitability) -> dict[str, Any]:
    """The numbers of the four plots; each threshold reduction has a row for each polarising current."""
    return {
        "strength_duration": {
            "width_ms": numbers(found.widths_ms),
            "threshold_nA": numbers(found.width_threshold_na),
            "charge_pC": numbers(found.widths_ms * found.width_threshold_na),
        },
        "threshold_electrotonus": {
            "polarising_percent": [round(100 * share) for share in found.polarising],
            "delay_ms": numbers(found.delays_ms),
            "threshold_reduction_percent": [numbers(each) for each in found.reduction],
        },
        "current_threshold": {
            "current_percent": numbers(100 * found.levels),
            "threshold_reduction_percent": numbers(found.level_reduction),
        },
        "recovery_cycle": {
            "interval_ms": numbers(found.intervals_ms),
            "threshold_change_percent": numbers(found.recovery),
        },
    }


def parameters(found: Excitability) -> dict[str, Any]:
    """How the axon was tested."""
    place = Electrode.of(found.fibre)
    return {
        "test_pulse_ms": TEST_MS,
        "resting_threshold_nA": rounded(found.threshold_na),
        "stimulated_node": place.node,
        "watched_node": place.watched,
        "polarising_ms": POLARISED_MS,
        "current_threshold_ms": LEVEL_MS,
        "conditioning_times_threshold": SUPRAMAXIMAL,
        "step_us": 1000 * STEP_MS,
    }


def numbers(values: NDArray) -> list[float | None]:
    """An array as a list."""
    return [rounded(float(value)) for value in values]


def rounded(number: float | None) -> float | None:
    """A number to four digits after the point; null where it cannot be told."""
    return None if number is None or not isfinite(number) else round(number, 4) + 0.0
