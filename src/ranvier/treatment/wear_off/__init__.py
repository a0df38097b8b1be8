"""Wear-off: fading within the cycle, loss of response and relapse told apart in a self-monitored series."""

from ranvier.treatment.wear_off.events import FADING, KINDS, Event
from ranvier.treatment.wear_off.expected import WearOff
from ranvier.treatment.wear_off.lately import watched
from ranvier.treatment.wear_off.watch import Level, Watch, watch

__all__ = ["FADING", "KINDS", "Event", "Level", "Watch", "WearOff", "watch", "watched"]
