"""How the impulses of one axon are computed."""

from collections.abc import Sequence
from dataclasses import dataclass

from ranvier.nerve.cable.run import Device
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.propagate import STEP_US, Precision, Propagation, propagate
from ranvier.nerve.stimulus import Pulse

FINEST_TRACE_US = 1.0


@dataclass(frozen=True)
class Solver:
    """How impulses are computed: step, precision, device, and whether every node is followed all the time."""

    step_us: float = STEP_US
    precision: Precision = "float64"
    exact: bool = False
    device: Device = "auto"

    def run(
        self,
        fibres: Sequence[Fibre],
        pulses: Sequence[Sequence[Pulse]],
        duration_ms: float,
        traced: Sequence[int] = (),
        every_us: float = FINEST_TRACE_US,
    ) -> Propagation:
        """Impulses along fibres, with the potentials of some nodes."""
        return propagate(
            fibres,
            pulses,
            duration_ms,
            step_us=self.step_us,
            precision=self.precision,
            exact=self.exact,
            traced=traced,
            trace_every_us=max(every_us, self.step_us),
            device=self.device,
        )
