"""EDF, EDF+ and BDF."""

import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np

from ranvier.findings.needle import Recording
from ranvier.formats.edf.sweep import FORMAT as SWEEPS
from ranvier.formats.emg.wanted import Wanted
from ranvier.formats.emg.writing import SIMULATED
from ranvier.formats.files import InputError


def read_edf(path: Path, wanted: Wanted) -> Recording:
    """One channel of an EDF file; raises InputError."""
    import edfio

    read = edfio.read_bdf if path.suffix.lower() == ".bdf" else edfio.read_edf
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = read(path)
            signals, simulated = list(file.signals), SIMULATED in str(file.local_recording_identification)
            if any(SWEEPS in each.text for each in file.annotations):
                told = "holds stimulated responses, not needle EMG; see `ranvier measure`"
                raise InputError(path, [f"{told} and `ranvier examine`."])
            if not signals:
                raise InputError(path, ["holds no signal, only annotations."])
            signal = signals[wanted.of(path, [each.label for each in signals])]
            samples = np.asarray(signal.data, np.float64)
            rate_hz, written = float(signal.sampling_frequency), str(signal.physical_dimension)
    except InputError:
        raise
    except (
        ValueError,
        IndexError,
        KeyError,
        OverflowError,
        AttributeError,
        TypeError,
        ArithmeticError,
    ) as error:
        raise InputError(path, [f"is not a whole EDF file ({str(error)[:80]}); export it again."]) from error
    remarks = rate_remarks(wanted, rate_hz)
    cut = wanted.cut(
        path, 1000 / (wanted.rate_hz or rate_hz), samples * wanted.factor(path, written), remarks
    )
    return replace(cut, simulated=simulated)


def rate_remarks(wanted: Wanted, written_hz: float) -> list[str]:
    """What to say where the rate asked for is not that of the file."""
    if wanted.rate_hz is None or wanted.rate_hz == written_hz:
        return []
    return [f"read at {wanted.rate_hz:g} Hz as asked, not at the {written_hz:g} Hz of the file"]
