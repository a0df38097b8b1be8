"""What this installation has: versions, and the helpers that later work may ask for."""

import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata, util

from ranvier import __version__
from ranvier.diagnosis import shipped_sets
from ranvier.evidence import registry

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox")


def findings() -> Iterator[tuple[str, str]]:
    """Name and state of everything worth knowing when something does not work."""
    yield "ranvier", __version__
    yield "python", f"{platform.python_version()} ({sys.executable})"
    for name in ("pydantic", "typer", "rich", "jinja2"):
        yield name, metadata.version(name)
    yield "numba", installed("numba", "not installed (only the simulator needs it)")
    for name in ("edfio", "wfdb"):
        yield name, installed(name, "not installed (only needed for such files)")
    yield "sqlite", sqlite3.sqlite_version
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    yield "browser", browser or "none found (only needed to look at HTML reports)"
    driver = shutil.which("nvidia-smi")
    yield "gpu", f"NVIDIA driver at {driver}" if driver else "none found (everything works without)"
    evidence = registry()
    assumed = sum(value.kind == "assumed" for value in evidence.values)
    yield (
        "evidence",
        f"{len(evidence.sources)} sources, {len(evidence.values)} values, {assumed} assumed",
    )
    yield "criteria", ", ".join(shipped_sets())


def installed(name: str, otherwise: str) -> str:
    """The version of a package, or what to say when it is not there."""
    return metadata.version(name) if util.find_spec(name) else otherwise
