"""A needle recording to EDF+, with the word simulated in its header where it was."""

from io import BytesIO
from math import ceil
from pathlib import Path

import edfio
import numpy as np

from ranvier.findings.needle import Recording
from ranvier.formats.files import write_whole

SIMULATED = "simulated"
PER_MV, UNIT = 1000.0, "uV"
LABEL = "EMG needle"


def write_recording(recording: Recording, path: Path) -> None:
    """Write a recording, whole or not at all; raises InputError where nothing can be written."""
    rate_hz = round(1000 / recording.step_ms)
    samples = PER_MV * recording.samples_mv
    samples = np.concatenate([samples, np.zeros(-len(samples) % rate_hz)])
    limit = float(ceil(np.abs(samples).max(initial=1.0)))
    signal = edfio.EdfSignal(
        samples, rate_hz, label=LABEL, physical_dimension=UNIT, physical_range=(-limit, limit)
    )
    words = (SIMULATED,) if recording.simulated else ()
    file = edfio.Edf([signal], recording=edfio.Recording(equipment_code="ranvier", additional=words))
    content = BytesIO()
    file.write(content)
    write_whole(path, content.getvalue())
