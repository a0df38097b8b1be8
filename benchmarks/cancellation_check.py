"""Does the probability that phase cancellation alone explains a fall come true? `make cancellation-check`.

Each fall of the virtual first visits (`make first-visits`) is told about by what was estimated on nine tenths
of the people, to whom its own person, with other parameters of the disease, does not belong; and odd seeds by
what was estimated on even ones. What ships (`make cancellation`, --make) is estimated on all.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ranvier.cohort.cancellation import (
    able_to_tell,
    crossed,
    estimated,
    fitted,
    held,
    known_falls,
    tenths,
    written,
)
from ranvier.cohort.first_visit import first_visits
from ranvier.cohort.folder import asked_of, present
from ranvier.cohort.interval import wilson
from ranvier.diagnosis.apparent_block import cancellation
from ranvier.diagnosis.apparent_block.fall import Fall
from ranvier.formats.patient_json import patient_from
from ranvier.report.plot import Axis, Plot, axes, dots, line, text

FOLDER = Path("out/first-visits")
FIGURE = Path(__file__).parent.parent / "docs" / "figures" / "apparent-block-calibration.svg"
ALLOWED = 0.05
TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
MAIN = ("area", "duration", "distance")
SETS = (
    MAIN, ("area", "duration"), ("area",),
    ("duration", "distance"), ("duration",), ("distance",), (),
)  # fmt: skip
STYLE = """text { fill: #1b2430; font: 15px system-ui, sans-serif } .tick { font-size: 13.5px }
.axis, .bar, .even { fill: none; stroke: #1b2430 } .even { stroke-dasharray: 6 4 } .bar { stroke: #2f5d8a }
.dot { fill: #2f5d8a } .dim { fill: #5b6675; font-size: 14px }"""
ANCHOR = [(area, rise) for area in (0.05, 0.1, 0.15, 0.2, 0.3, 0.5) for rise in (0.0, 0.15, 0.3, 0.6, 1.0)]
"""Falls of area, and rises of duration, that are shown beside the 50 % rule."""


def cohorts(folder):
    """The folder of each disease, and the seeds that all of them have."""
    found = sorted(path.parent for path in folder.glob("*/cohort.json"))
    return found, set.intersection(*(present(path) for path in found))


def falls_of(folder):
    """Every fall of every disease, in the same people."""
    folders, seeds = cohorts(folder)
    for path in folders:
        visits = first_visits(folder, path.name, lambda told: patient_from(json.loads(told)))
        yield from known_falls(visit for visit in visits if visit.seed in seeds)


def origin(folder, falls):
    """The provenance: which patients, made by which program, and the mixture of causes."""
    folders, seeds = cohorts(folder)
    asked = [asked_of(path) for path in folders]
    alone = sum(one.alone for one in falls) / len(falls)
    return {
        "simulated": True,
        "made": datetime.now(UTC).date().isoformat(),
        "by": "make cancellation",
        "program": sorted({each["program"] for each in asked}),
        "parameters": asked[0]["parameters"] | {"disease": "each"},
        "seeds": f"{min(seeds)} to {max(seeds)}, {len(seeds)} patients with each disease",
        "falls": {path.name: sum(one.disease == path.name for one in falls) for path in folders},
        "alone": round(alone, 3),
        "mixture": f"{len(falls)} falls in the first visits of {len(seeds)} virtual patients with each of "
        f"{len(folders)} diseases; of these falls {alone:.0%} were phase cancellation alone",
    }


def table(name, found):
    """A table of tenths, and how far the worst departs."""
    yield f"\n{name}: {sum(each.falls for each in found)} falls"
    yield "  falls  expected    seen   95 % interval      gap"
    for each in found:
        sure = wilson(each.seen * each.falls, each.falls)
        told = f"{each.falls:7d}  {each.expected:8.3f}  {each.seen:6.3f}"
        yield f"{told}   {sure.low:.3f} to {sure.high:.3f}   {each.gap:+.3f}"
    worst = max(abs(each.gap) for each in found)
    yield f"  worst {worst:.3f}: {'within' if worst <= ALLOWED else 'beyond'} {ALLOWED}"


def figure(found):
    """Predicted against true, in tenths."""
    plot = Plot(
        90, 50, 420, 420,
        Axis(0, 1, TICKS, "probability told"),
        Axis(0, 1, TICKS, "share that was phase cancellation alone"),
    )  # fmt: skip
    expected, seen = np.array([(each.expected, each.seen) for each in found]).T
    bars = [wilson(each.seen * each.falls, each.falls) for each in found]
    return "\n".join([
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 560 560" width="560">',
        "<title>Phase cancellation alone: probability and truth in virtual patients</title>",
        f"<style>{STYLE}</style>", '<rect width="100%" height="100%" fill="#fff"/>',
        text(90, 28, "Simulated: falls of people not used to estimate, in tenths", "dim"),
        *axes(plot), line(plot, [0, 1], [0, 1], "even"),
        *(line(plot, [x, x], [bar.low, bar.high], "bar") for x, bar in zip(expected, bars, strict=True)),
        *dots(plot, expected, seen), "</svg>\n",
    ])  # fmt: skip


def anchor():
    """What is told of a fall beside the rule that an area fall of half is a block."""
    yield "\nAn arm, 200 mm, distal response 8 mV; amplitude falls as the area and as the duration rises"
    yield "  area  duration  probability"
    for area, rise in ANCHOR:
        amplitude = 1 - (1 - area) / (1 + rise)
        if max(area, amplitude) >= 0.2:
            found = cancellation.probability(Fall(amplitude, area, rise, 200.0, 8.0, "arm"))
            yield f"  {area:4.0%}  {rise:+8.0%}  {'like none' if found is None else f'{found:.3f}'}"


def main():
    """Estimate, where asked; then hold against the others."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument(
        "--make", action="store_true", help="estimate anew and write the data file and the figure"
    )
    ask.add_argument("--folder", type=Path, default=FOLDER)
    asked = ask.parse_args()
    falls = list(falls_of(asked.folder))
    even, odd = ([one for one in falls if one.seed % 2 == n] for n in (0, 1))
    found = {known: tenths(crossed(falls, known)) for known in SETS}
    if asked.make:
        data = written(estimated(falls), origin(asked.folder, falls))
        cancellation.FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        cancellation.file.cache_clear()
        cancellation.models.cache_clear()
        FIGURE.write_text(figure(found[MAIN]), encoding="utf-8")
    print(origin(asked.folder, falls)["mixture"])
    for known, parts in found.items():
        print("\n".join(table(f"known: {cancellation.key(known)}", parts)))
    print(
        "\n".join(
            table(
                "the same, odd seeds by even", tenths(held(fitted(able_to_tell(even, MAIN), MAIN), odd, MAIN))
            )
        )
    )
    print("\n".join(anchor()))
    print("simulated data")
    return 0 if max(abs(each.gap) for each in found[MAIN]) <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
