"""Reading a file whole, whatever its text encoding, and writing one whole or not at all."""

import os
import tempfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

LARGEST_FILE_MB = 20


class InputError(ValueError):
    """A file that cannot be used. Each problem is one sentence with place and remedy."""

    def __init__(self, path: Path | str, problems: list[str]) -> None:
        self.path, self.problems = str(path), problems
        super().__init__("\n".join(f"{self.path}: {problem}" for problem in problems))


def read_text(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what was taken for granted to read it; raises InputError."""
    if path.is_dir():
        raise InputError(path, ["is a folder; name a patient file (.json) or an NCS table (.csv)."])
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_MB * 1_000_000:
            text = f"is {size / 1e6:.0f} MB; the largest file taken is {LARGEST_FILE_MB} MB."
            raise InputError(path, [text])
        content = path.read_bytes()
    except OSError as error:
        raise InputError(path, [f"cannot be read: {(error.strerror or str(error)).lower()}."]) from error
    text, remarks = decode(path, content)
    if not text.strip():
        raise InputError(path, ["is empty; see `ranvier template patient` or `ranvier template ncs`."])
    return text, remarks


def decode(path: Path, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes: UTF-8, UTF-16 with a mark, or else Latin-1, said aloud."""
    try:
        if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return content.decode("utf-16"), ("read as UTF-16 text",)
        if content.startswith(BOM_UTF8):
            return content.decode("utf-8-sig"), ()
        if b"\0" in content:
            raise InputError(path, ["is not a text file; give JSON, or CSV as plain text."])
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if error.encoding == "utf-8":
            return content.decode("latin-1"), ("read as Latin-1 text, since it is not UTF-8",)
        raise InputError(path, ["is damaged UTF-16 text; save it again as UTF-8."]) from error


def write_whole(path: Path, text: str) -> None:
    """Write a file under a temporary name and rename it, so that no half file is ever seen.

    Raises InputError when the folder does not exist or cannot be written to.
    """
    handle, temporary = None, None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise InputError(path, [f"cannot be written: {(error.strerror or str(error)).lower()}."]) from error
