"""What is true of every motor segment of a visit: which units arrive from its two ends, and which do not.

It stands on no record.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ranvier.anatomy import Side, motor_nerve
from ranvier.body import Body
from ranvier.exam.items import Protocol
from ranvier.exam.motor import Recording
from ranvier.exam.session import Session
from ranvier.exam.stimulation import along
from ranvier.findings.segment import Segment
from ranvier.nerve.transit import Pathway

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Row = dict[str, Any]
PLACE = ("side", "nerve", "muscle", "distal", "proximal")
DIGITS = 4


def segment_truth(body: Body, protocol: Protocol, seed: int = 0) -> list[Row]:
    """The truth of every motor segment of a protocol, from distal to proximal, as the visit `seed` met it.

    `arriving_share`: units that arrive from the distal site, of all the muscle's fibres at birth. Of the
    muscle fibres of those units, the shares that do not arrive from the proximal site: `blocked_share` and
    `severed_share`, whose impulse fails at a lesion or ends at a cut on the way; `unreached_share`, whose
    axon the proximal stimulus does not excite (it runs in another nerve, or the current is too small);
    `missing_share`: all of these, which is how far the fall is a loss of units and not cancellation.
    `enlarged`: muscle fibres of an arriving unit against those it was born with. Shares are None where
    nothing arrives from the distal site.
    """
    session = Session(body.at_skin(**protocol.skin_c), seed, low_cut_hz=protocol.low_cut_hz)
    return [
        row
        for item in protocol.motor
        for side in item.sides
        for row in of_study(Recording.of(session, side, item.nerve, item.muscle), item.sites, item.strength)
    ]


def of_study(recording: Recording, sites: Sequence[str], strength: float | None) -> Iterator[Row]:
    """The truth of each segment of one motor study."""
    nerve = motor_nerve(recording.nerve)
    ordered = sorted(map(nerve.site, sites), key=nerve.sites.index)
    electrodes = [recording.electrode(site, strength) for site in ordered]
    arrives = [np.isfinite(recording.arrival_ms(each)) for each in electrodes]
    places = [along(recording.body, recording.supply, each) for each in electrodes]
    for n, ((distal, proximal), ends) in enumerate(zip(pairwise(ordered), pairwise(places), strict=True)):
        place = (recording.side, nerve.name, recording.muscle, distal, proximal)
        yield dict(zip(PLACE, place, strict=True)) | shares(recording, arrives[n], arrives[n + 1], ends)


def shares(recording: Recording, below: Mask, above: Mask, ends: tuple[float, float]) -> Row:
    """Which part of what arrives from below does not arrive from above, and why."""
    pool = recording.supply.pool
    fibres, gone = pool.fibres, below & ~above
    cut, failing = met(recording.body.pathway(recording.supply), ends)
    total = float(fibres[below].sum())
    found = {
        "severed_share": gone & cut,
        "blocked_share": gone & failing & ~cut,
        "unreached_share": gone & ~failing & ~cut,
        "missing_share": gone,
    }
    born = float(pool.at_birth[below].sum())
    arriving = {
        "arriving_share": round(total / float(pool.at_birth.sum()), DIGITS),
        "enlarged": round(total / born, DIGITS) if born else None,
    }
    return arriving | {name: share(fibres[which], total) for name, which in found.items()}


def share(fibres: Array, of: float) -> float | None:
    """How large a part of so many muscle fibres these are."""
    return round(float(fibres.sum()) / of, DIGITS) if of else None


def met(path: Pathway, ends: tuple[float, float]) -> tuple[Mask, Mask]:
    """Which axons are cut between two places, and in which an impulse from the upper one gets lost."""
    upper_mm, lower_mm = min(ends), max(ends)
    cut = np.zeros(len(path.diameter_um), bool)
    cut[path.severed(upper_mm, lower_mm)] = True
    return cut, np.isnan(path.delay_ms(upper_mm, path.length_mm))


def place(segment: Segment) -> tuple[Side, str, str, str, str]:
    """Where a segment is."""
    return segment.side, segment.nerve.name, segment.muscle, segment.distal.site, segment.proximal.site
