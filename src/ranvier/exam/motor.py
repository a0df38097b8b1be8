"""Motor nerve conduction: stimulate a nerve at its sites, record from one muscle."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side, motor_nerve
from ranvier.anatomy.course import course, slack_mm
from ranvier.body import Body, MotorSupply
from ranvier.exam.laboratory import Amplifier, near
from ranvier.exam.session import Session
from ranvier.exam.stimulation import Electrode, along, excited, latency_ms
from ranvier.findings.study import MotorSite, MotorStudy
from ranvier.muscle.potential import STEP_MS, SurfacePotentials
from ranvier.nerve.transit import transit_ms

Array = NDArray[np.float64]
SWEEP_MS, SPARE_MS = {"arm": 50.0, "leg": 60.0}, 30.0
"""The usual sweeps, and how far one reaches beyond the slowest unit's arrival."""


@dataclass(frozen=True, eq=False)
class Recording:
    """A muscle with its recording electrodes and the nerve that is stimulated, in one session.

    `nerve` may be another than the muscle's own, to look for crossing fibres.
    """

    session: Session
    side: Side
    nerve: str
    muscle: str
    part: str = ""
    """Which part of the session, so that nothing is recorded twice with the same noise."""

    @classmethod
    def of(cls, session: Session, side: Side, nerve: str, muscle: str) -> Self:
        """A recording with nerve and muscle as anatomy names them; raises UnknownNameError."""
        known = motor_nerve(nerve)
        return cls(session, side, known.name, known.muscle(muscle))

    @property
    def body(self) -> Body:
        """Whose muscle it is."""
        return self.session.body

    @cached_property
    def amplifier(self) -> Amplifier:
        """The channel that records."""
        return Amplifier.of("motor", self.session.quiet, self.session.low_cut_hz)

    @cached_property
    def supply(self) -> MotorSupply:
        """The muscle's units and axons."""
        return self.body.supply(self.side, self.nerve, self.muscle)

    def random(self, *name: str) -> np.random.Generator:
        """Random numbers for one part of this recording."""
        return self.session.random(self.side, self.nerve, self.muscle, self.part, *name)

    @cached_property
    def potentials(self) -> SurfacePotentials:
        """The units' potentials under the electrodes as they were placed."""
        offset = self.session.slip("placement", self.side, self.muscle)
        muscle_c = self.body.muscle_c(self.supply)
        return SurfacePotentials(self.supply.pool, muscle_c, self.supply.fat_mm, offset)

    @cached_property
    def terminal_ms(self) -> Array:
        """Terminal delay of each unit at the limb's temperature."""
        return self.supply.pool.terminal_at(self.body.end_c(self.supply))

    def electrode(self, site: str, strength: float | None = None) -> Electrode:
        """A stimulus at a site of the nerve; raises UnknownNameError."""
        name = motor_nerve(self.nerve).site(site)
        place = course(self.nerve, self.body.person.height_cm).at(name)
        return Electrode(self.side, self.nerve, name, place, strength)

    def reach_mm(self, electrode: Electrode) -> float:
        """From the electrode to the muscle along its axons."""
        return self.supply.length_mm - along(self.body, self.supply, electrode)

    def arrival_ms(self, electrode: Electrode) -> Array:
        """When each unit's fibres are reached after a stimulus; not a number where they are not."""
        random = self.random("stimulus", electrode.site, f"{electrode.place_mm:.0f}")
        able = excited(self.body, self.supply, self.muscle, electrode, random)
        path, place = self.body.pathway(self.supply), along(self.body, self.supply, electrode)
        arrived = transit_ms(path, place, self.supply.length_mm)
        return np.where(able, latency_ms() + arrived + self.terminal_ms, np.nan)

    def site(self, electrode: Electrode, name: str = "") -> MotorSite:
        """The response to one stimulus as a trace; its markers are not measured yet."""
        limb = self.body.limb(self.nerve)
        arrival = self.arrival_ms(electrode)
        response = self.potentials.response(arrival)
        random = self.random("trace", name, str(electrode))
        sweep = max(SWEEP_MS[limb], SPARE_MS + float(np.nanmax(arrival, initial=0.0)))
        trace = self.amplifier.record(response, STEP_MS, sweep, random, near(self.reach_mm(electrode)))
        return MotorSite(
            name or electrode.site,
            temperature_c=self.session.thermometer(limb, self.side),
            stimulus="supramaximal" if electrode.supramaximal else "submaximal",
            waveform=trace,
        )


def motor_study(recording: Recording, sites: Sequence[str], strength: float | None = None) -> MotorStudy:
    """A motor study from its most distal site upwards, with traces and distances.

    The distal distance is set to the laboratory's standard; the others are measured over the skin.
    """
    nerve = motor_nerve(recording.nerve)
    ordered = sorted((nerve.site(site) for site in sites), key=nerve.sites.index)
    electrodes = [recording.electrode(site, strength) for site in ordered]
    reaches = [recording.reach_mm(electrode) for electrode in electrodes]
    distances = [float(round(reaches[0]))]
    for (close, far), (lower, upper) in zip(pairwise(reaches), pairwise(ordered), strict=True):
        over_skin = far - close - slack_mm(nerve.name, lower, upper)
        distances.append(recording.session.tape(over_skin, recording.side, recording.muscle, upper))
    rows = [replace(recording.site(e), distance_mm=mm) for e, mm in zip(electrodes, distances, strict=True)]
    return MotorStudy(recording.side, nerve.name, recording.muscle, tuple(rows))
