"""Reading a file whole, whatever its text encoding, and writing one whole or not at all."""

import os
import secrets
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from stat import S_IMODE

LARGEST_FILE_MB = 20
LARGEST_FILE = LARGEST_FILE_MB * 1_000_000


class InputError(ValueError):
    """A file that cannot be used. Each problem is one sentence with place and remedy."""

    def __init__(self, path: Path | str, problems: list[str]) -> None:
        self.path, self.problems = str(path), [printable(problem) for problem in problems]
        super().__init__("\n".join(f"{printable(self.path)}: {problem}" for problem in self.problems))


def printable(text: str) -> str:
    """A text in which what could steer a terminal, or stand in no file, is written out as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def sentence(text: str) -> str:
    """A text that ends with one full stop, or with a question mark."""
    return text if text.endswith((".", "?")) else f"{text}."


def said(error: OSError) -> str:
    """What the system says of a failure, as part of a sentence."""
    return (error.strerror or str(error)).lower()


def read_text(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what was taken for granted to read it; raises InputError."""
    text, remarks = decode(path, read_bytes(path))
    if not text.strip():
        raise InputError(path, ["is empty; see `ranvier template patient` or `ranvier template ncs`."])
    return text, remarks


def read_bytes(path: Path) -> bytes:
    """The content of a file that is not too large for one patient; raises InputError."""
    try:
        if path.is_dir():
            raise InputError(path, ["is a folder; name a patient file (.json) or an NCS table (.csv)."])
        if path.exists() and not path.is_file():
            raise InputError(path, ["is not a plain file; name a patient file or an NCS table."])
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        remedy = "check the name and that you may read it"
        raise InputError(path, [f"cannot be read: {said(error)}; {remedy}."]) from error
    if len(content) > LARGEST_FILE:
        size = path.stat().st_size / 1e6
        told = (
            f"is {size:.0f} MB; the largest file taken is {LARGEST_FILE_MB} MB. Give one patient at a time."
        )
        raise InputError(path, [told])
    return content


def decode(path: Path, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of these bytes: UTF-8, UTF-16 with a mark, or else Latin-1, said aloud."""
    try:
        if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return content.decode("utf-16"), ("read as UTF-16 text",)
        if content.startswith(BOM_UTF8):
            return content.decode("utf-8-sig"), ()
        if b"\0" in content:
            raise InputError(path, ["is not a text file; save it as JSON, or as plain text (CSV) in UTF-8."])
        return content.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if error.encoding == "utf-8":
            return content.decode("latin-1"), ("read as Latin-1 text, since it is not UTF-8",)
        raise InputError(path, ["is damaged UTF-16 text; save it again as UTF-8."]) from error


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file under a temporary name and rename it, so that no half file is ever seen.

    Who may read a file that was there stays as it was. Raises InputError when the folder does not exist or
    cannot be written to.
    """
    content = text if isinstance(text, bytes) else text.encode("utf-8", errors="backslashreplace")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        there = path.exists()
        with open(temporary, "xb", opener=private if there else None) as file:
            if there:
                temporary.chmod(S_IMODE(path.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        settle(path.parent)
    except OSError as error:
        remedy = "name a file in a folder that exists and that you may write to"
        raise InputError(path, [f"cannot be written: {said(error)}; {remedy}."]) from error
    finally:
        remove(temporary)


def private(name: str, flags: int) -> int:
    """Open a new file that nobody else may read."""
    return os.open(name, flags, 0o600)


def settle(folder: Path) -> None:
    """Have the system keep the new name through a failure of power, where it can."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(opened)
    except OSError:
        return
    finally:
        os.close(opened)


def remove(temporary: Path) -> None:
    """Remove a temporary file if it is still there."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return
