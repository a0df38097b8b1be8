"""Reading a record for the differential: which outcome of each finding it shows.

Each finding has a function of its own name that takes a chart and gives an outcome, or None where nobody
looked. What was once found stays found; a later entry fills in what an earlier one leaves out. Counts are
lower bounds: what was not studied may hold more.
"""

from collections.abc import Callable

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.reading import (
    conduction,
    entrapment,
    examination,
    history,
    imaging,
    laboratory,
    needle,
    reflexes,
    sensory,
    special,
    treatment,
)

ROOMS = (
    history,
    examination,
    reflexes,
    conduction,
    entrapment,
    sensory,
    special,
    needle,
    laboratory,
    imaging,
    treatment,
)
READERS: dict[str, Callable[[Chart], str | None]] = {
    reader.__name__: reader for room in ROOMS for reader in room.READERS
}
"""The function that reads each finding, by the finding's id."""


def observed(chart: Chart) -> dict[str, str]:
    """The outcome of every finding that is known on a record, by its id; the rest is unknown."""
    known = {id: READERS[id](chart) for id in findings()}
    return {id: outcome for id, outcome in known.items() if outcome is not None}
