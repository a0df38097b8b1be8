"""The steps of a brief visit: motor studies, F waves and sensory studies as numbers."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ranvier.exam.brief.late import brief_f
from ranvier.exam.brief.motor import BriefRecording
from ranvier.exam.brief.sensory import brief_sensory
from ranvier.exam.items import Protocol
from ranvier.exam.motor import motor_study
from ranvier.exam.session import Session

Step = Callable[[], Any]
LEFT_OUT = ("inching", "triple", "exercise", "repetitive", "scan", "excitability")
"""What needs traces, and so a full visit."""


def brief_steps(session: Session, plan: Protocol) -> Iterator[tuple[str, Step]]:
    """Every conduction study of the plan; raises ValueError for one that a brief visit does not hold."""
    asked = [name for name in LEFT_OUT if getattr(plan, name)]
    if asked:
        raise ValueError(
            f"brief: a brief visit holds no {asked[0]} study; leave '{asked[0]}' out of the protocol "
            "or examine in full."
        )
    yield from motor(session, plan)
    yield from sensory(session, plan)


def motor(session: Session, plan: Protocol) -> Iterator[tuple[str, Step]]:
    """Motor studies and their F waves."""
    for item in plan.motor:
        for side in item.sides:
            recording = BriefRecording.of(session, side, item.nerve, item.muscle)
            yield "motor", partial(motor_study, recording, item.sites, item.strength)
            if item.f_wave:
                yield "f_waves", partial(brief_f, recording, item.f_wave)


def sensory(session: Session, plan: Protocol) -> Iterator[tuple[str, Step]]:
    """Sensory studies."""
    for item in plan.sensory:
        for side in item.sides:
            for site in (None, *item.sites):
                yield "sensory", partial(brief_sensory, session, side, item.nerve, site)
