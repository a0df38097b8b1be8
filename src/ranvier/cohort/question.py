"""What a cohort answers: a task with its parameters, and the program that carries it out."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ranvier import __version__

Task = Callable[[int], list[dict[str, Any]]]
SCHEMA = "ranvier.cohort/1"
PACKAGE = Path(__file__).parent.parent
EDGE = ("cli", "report", "formats")
"""Rooms that no row depends on; nor does it on what this room holds beside ROWS, or on sources.toml."""
ROWS = (
    "follow.py", "beside.py", "conducted.py", "judged.py", "follow.toml",
    "first_visit.py", "first_visit_time.py", "first_visit.toml", "segments.py",
)  # fmt: skip
PROGRAM = (".py", ".toml", ".npz")


@cache
def program() -> str:
    """A digest of everything in the program that rows depend on: the same program gives the same rows."""
    digest = sha256()
    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(PACKAGE)
        if path.suffix in PROGRAM and matters(inside):
            digest.update(inside.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def matters(inside: Path) -> bool:
    """Whether rows depend on a file of the package."""
    if inside.parts[0] == "cohort":
        return inside.name in ROWS
    return inside.parts[0] not in EDGE and inside.name != "sources.toml"


def question(task: Task) -> dict[str, Any]:
    """What a cohort answers, as plain values: the task's name, its parameters, and the program.

    The parameters are the fields of a task that is a dataclass. Raises ValueError for a task without a name
    of its own, which could not be told from another.
    """
    kind = type(task) if is_dataclass(task) else task
    name = f"{getattr(kind, '__module__', '')}.{getattr(kind, '__qualname__', '<')}"
    if "<" in name:
        raise ValueError("task must be a dataclass or a function at the top of a module; name it there.")
    told = {f.name: getattr(task, f.name) for f in fields(task)} if is_dataclass(task) else {}
    asked = {"task": name, "parameters": told, "version": __version__, "program": program()}
    return json.loads(json.dumps({"schema": SCHEMA, "simulated": True, **asked}))


def differences(held: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Where two questions differ: the name, what is held and what is asked."""
    for name in dict.fromkeys((*held, *asked)):
        was, now = held.get(name), asked.get(name)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from differences(was, now)
        elif was != now:
            yield name, was, now
