"""WFDB, the format of PhysioNet: a header (.hea) with its signal file (.dat)."""

import warnings
from pathlib import Path
from typing import Any, cast

import numpy as np

from ranvier.findings.needle import Recording
from ranvier.formats.emg.edf import rate_remarks
from ranvier.formats.emg.wanted import Wanted
from ranvier.formats.files import InputError


def read_wfdb(path: Path, wanted: Wanted) -> Recording:
    """One channel of a WFDB record on this machine; nothing is fetched. Raises InputError."""
    if not path.with_suffix(".hea").is_file():
        raise InputError(path, [f"has no header; put {path.stem}.hea beside it."])
    record = opened(path)
    names, signals, units = list(record.sig_name or []), record.p_signal, list(record.units or [])
    if signals is None or not names:
        raise InputError(path, ["holds no signal."])
    n = wanted.of(path, names)
    samples = np.asarray(signals[:, n], np.float64) * wanted.factor(path, units[n])
    rate_hz = float(record.fs)
    return wanted.cut(path, 1000 / (wanted.rate_hz or rate_hz), samples, rate_remarks(wanted, rate_hz))


def opened(path: Path) -> Any:
    """The record with its samples in physical units; raises InputError."""
    with warnings.catch_warnings():  # the package warns of its own use of another one
        warnings.simplefilter("ignore")
        import wfdb

        try:
            return cast(Any, wfdb).rdrecord(str(path.with_suffix("").resolve()))
        except FileNotFoundError as error:
            name = Path(str(error.filename)).name
            raise InputError(path, [f"names a signal file that is not there ({name})."]) from error
        except (ValueError, IndexError, KeyError, AttributeError, TypeError, ArithmeticError) as error:
            told = str(error)[:80]
            raise InputError(path, [f"is not a whole WFDB record ({told}); fetch it again."]) from error
