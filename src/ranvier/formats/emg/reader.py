"""A needle recording from a file of any of the formats."""

from pathlib import Path

from ranvier.findings.needle import Recording
from ranvier.formats.emg.wanted import Wanted
from ranvier.formats.files import InputError, said

TEXT = (".txt", ".csv", ".tsv", ".txt.gz", ".csv.gz", ".tsv.gz")
EDF = (".edf", ".bdf")
WFDB = (".hea", ".dat")
ENDINGS = (*TEXT, *EDF, *WFDB)


def read_emg(path: Path, wanted: Wanted | None = None) -> Recording:
    """One channel of a needle recording, in mV, with remarks on what had to be done to read it.

    Text: one column of amplitudes (with a rate) or time and amplitude; EDF and EDF+; WFDB (header and
    signal file). Raises InputError in a sentence.
    """
    asked, name = wanted or Wanted(), path.name.lower()
    if not name.endswith(ENDINGS):
        raise InputError(path, [f"is not a needle recording; name a file that ends in {', '.join(ENDINGS)}."])
    try:
        if not path.is_file():
            remedy = "name one file" if path.is_dir() else "check the name"
            what = "is a folder" if path.is_dir() else "is not there"
            raise InputError(path, [f"{what}; {remedy}."])
        if name.endswith(EDF):
            from ranvier.formats.emg.edf import read_edf

            return read_edf(path, asked)
        if name.endswith(WFDB):
            from ranvier.formats.emg.record import read_wfdb

            return read_wfdb(path, asked)
        from ranvier.formats.emg.text import read_text

        return read_text(path, asked)
    except OSError as error:
        raise InputError(path, [f"cannot be read: {said(error)}; check that you may read it."]) from error
