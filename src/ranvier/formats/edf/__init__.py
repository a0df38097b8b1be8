"""Waveforms of a patient as EDF+: one data record for each stimulus, told by one annotation."""

from ranvier.formats.edf.reading import read_edf
from ranvier.formats.edf.writing import edf_bytes, write_edf

__all__ = ["edf_bytes", "read_edf", "write_edf"]
