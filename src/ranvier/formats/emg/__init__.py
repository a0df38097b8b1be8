"""Needle recordings from files: text, EDF and WFDB, by the ending of the name."""

from ranvier.formats.emg.reader import ENDINGS, read_emg
from ranvier.formats.emg.wanted import Wanted

__all__ = ["ENDINGS", "Wanted", "read_emg"]
