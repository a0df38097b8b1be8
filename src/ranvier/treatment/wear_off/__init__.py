"""Wear-off: fading within the cycle, loss of response and relapse told apart in a self-monitored series."""

from ranvier.treatment.wear_off.events import KINDS, Event
from ranvier.treatment.wear_off.expected import WearOff
from ranvier.treatment.wear_off.lately import watched
from ranvier.treatment.wear_off.watch import Level, Watch, watch

__all__ = ["KINDS", "Event", "Level", "Watch", "WearOff", "watch", "watched"]
