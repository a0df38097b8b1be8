"""Motor conduction without traces: the clean sum of the units, its markers, and errors of reading."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ranvier.exam.brief.clean import clean_ground
from ranvier.exam.brief.errors import misread, seen_noise_mv
from ranvier.exam.motor import SPARE_MS, SWEEP_MS, Recording
from ranvier.exam.stimulation import Electrode
from ranvier.findings.measure.motor import main_wave
from ranvier.findings.measure.rows import without_impossible
from ranvier.findings.measure.rules import rules
from ranvier.findings.measure.trace import Trace
from ranvier.findings.study import MotorSite
from ranvier.muscle.potential import STEP_MS
from ranvier.muscle.quick_potential import QuickPotentials

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BriefRecording(Recording):
    """A recording whose responses are told as markers; who is stimulated and arrives when is as ever."""

    @cached_property
    def quick(self) -> QuickPotentials:
        """The units' potentials under the electrodes as they were placed."""
        offset = self.session.slip("placement", self.side, self.muscle)
        muscle_c = self.body.muscle_c(self.supply)
        return QuickPotentials(self.supply.pool, muscle_c, self.supply.fat_mm, offset)

    @cached_property
    def skin_read_c(self) -> float:
        """The skin temperature as it was read."""
        return self.session.thermometer(self.body.limb(self.nerve), self.side)

    def site(self, electrode: Electrode, name: str = "") -> MotorSite:
        """The markers of the response to one stimulus."""
        limb = self.body.limb(self.nerve)
        row = MotorSite(
            name or electrode.site,
            amplitude_mv=0.0,
            temperature_c=self.skin_read_c,
            stimulus="supramaximal" if electrode.supramaximal else "submaximal",
        )
        arrival = self.arrival_ms(electrode)
        if not np.isfinite(arrival).any():
            return row
        sweep_ms = max(SWEEP_MS[limb], SPARE_MS + float(np.nanmax(arrival)))
        found = self.marked(self.trace(arrival, sweep_ms))
        random = self.random("reading", name, str(electrode))
        return without_impossible(replace(row, **misread(found, "amplitude_mv", random, self.session.quiet)))

    def trace(self, arrival_ms: Array, sweep_ms: float) -> Trace:
        """The response as the amplifier would show it without noise."""
        amplifier = self.amplifier
        mv = self.quick.response(arrival_ms, sweep_ms, amplifier.low_cut_hz, amplifier.high_cut_hz)
        return Trace(STEP_MS * np.arange(len(mv), dtype=np.float64), mv)

    def marked(self, trace: Trace) -> dict[str, float | None]:
        """The markers of a clean response, by the rules for traces; amplitude 0 where noise would hide it."""
        rule = rules("motor")
        main = main_wave(clean_ground(trace, seen_noise_mv(self.amplifier, "motor"), rule), rule)
        if main is None:
            return {"amplitude_mv": 0.0}
        return {
            "latency_ms": main.onset_ms,
            "amplitude_mv": main.amplitude_mv,
            "area_mv_ms": main.area_mv_ms,
            "duration_ms": main.end_ms - main.onset_ms,
        }
