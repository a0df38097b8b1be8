"""How good the differential is on virtual patients it was not estimated on: `make differential-check`.

Log loss, calibration, separation of MMN from ALS, a table by disease, the accuracy of criteria sets beside
print; draws docs/figures/calibration.svg and writes docs/differential-check.txt, and beside the likelihoods
calibration.json, from which every report tells how well its probabilities came true.
"""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
from differential_fit import VISITS, cohorts, known, reached

from ranvier.cohort.accuracy import accuracies, figures
from ranvier.cohort.calibration import bins, by_class, scored, separation
from ranvier.cohort.interval import wilson
from ranvier.cohort.known import only
from ranvier.cohort.likelihoods import for_test, with_hidden, with_strangers
from ranvier.diagnosis.differential.classes import ANYTHING, DEFAULT_SETTING, classes, settings
from ranvier.diagnosis.differential.likelihoods import MADE, shipped
from ranvier.diagnosis.differential.typicality import enough, unusual

DOCS = Path(__file__).parent.parent / "docs"
TEXT, FIGURE = DOCS / "differential-check.txt", DOCS / "figures" / "calibration.svg"
REPORTED = MADE.with_name("calibration.json")
SIDE, GAP, TICKS = 260, 70, (0, 0.2, 0.4, 0.6, 0.8, 1.0)


def summary(name, found):
    errors = found.class_errors()
    return (
        f"{name:46} {found.log_loss():8.3f} {found.correct():7.1%} {found.among_first(2):7.1%} "
        f"{found.top_error():7.3f} {np.mean(list(errors.values())):7.3f} {max(errors.values()):7.3f} "
        f"{errors['mmn']:7.3f} {separation(found):7.3f} {separation(found, control='pma'):7.3f}"
    )


def views(patients):
    """The test patients, whole and with parts of the record hidden."""
    yield "whole first visit", patients
    yield "groups hidden at random", with_hidden(patients, 11)[len(patients) :]
    yield "history and examination", only(patients, ("history", "examination"))
    yield "history and conduction", only(patients, ("history", "conduction"))
    yield "history, examination and conduction", only(patients, ("history", "examination", "conduction"))
    yield "without laboratory", only(patients, ("history", "examination", "conduction", "needle"))


def quality(patients):
    head = (
        "log loss", "first", "top two", "ECE top", "ECE cls", "ECE max", "ECE MMN", "AUC ALS", "AUC PMA",
    )  # fmt: skip
    for setting in settings():
        yield ""
        yield f"{setting:46} {head[0]:>8} " + " ".join(f"{each:>7}" for each in head[1:])
        for name, some in views(patients):
            yield summary(name, scored([each for each in some if enough(each.observed)], setting))


def table(patients):
    yield ""
    yield f"{DEFAULT_SETTING}, whole first visit"
    yield f"{'disease':24} {'n':>5} {'first':>7} {'top two':>8} {'mean p':>7} {'ECE':>7}"
    for id, (n, first, two, mean, error) in by_class(scored(patients)).items():
        yield f"{id:24} {n:5} {first:7.1%} {two:8.1%} {mean:7.2f} {error:7.3f}"


def confusion(patients):
    """Which disease comes first, by what the patient has."""
    found = scored(patients)
    ids = list(classes())
    first = found.probabilities.argmax(axis=1)
    yield ""
    yield "comes first (columns), in percent of those who have it (rows)"
    yield f"{'':24}" + " ".join(f"{id[:5]:>5}" for id in ids)
    for n, id in enumerate(ids):
        if (mine := found.truth == n).any():
            shares = [100 * float((first[mine] == k).mean()) for k in range(len(ids))]
            yield f"{id:24}" + " ".join(f"{each:5.0f}" if each >= 0.5 else "    ." for each in shares)


def strange(patients):
    yield ""
    named = [each for each in patients if each.kind != ANYTHING]
    other = [each for each in patients if each.kind == ANYTHING]
    for name, some in (("patients with a disease that is weighed", named), ("patched together", other)):
        share = np.mean([bool(unusual(each.observed)) for each in some])
        yield f"called unusual: {share:.1%} of {len(some)} {name}"


def percent(value):
    return "    -" if value is None else f"{100 * value:5.1f}"


def criteria(visits):
    asked = {kind for each in figures() for kind in (each.cases, *each.mixture)}
    kinds = [kind for kind in cohorts(visits) if kind in asked]
    seen = {kind: [row["levels"] for row in reached(visits, kind)] for kind in kinds}
    yield ""
    yield "criteria sets: percent of virtual patients (95 % interval) at the level or above it, and print"
    head = (f"{each:>23} print" for each in ("sensitivity", "specificity"))
    yield f"{'set':30} {'level':28} {' '.join(head)}  cases, controls"
    for each in accuracies(seen):
        figure = each.figure
        (sens, spec), near = figure.published, (each.sensitivity_interval, each.specificity_interval)
        first, second = (f"({100 * one.low:.1f} to {100 * one.high:.1f})" for one in near)
        yield (
            f"{figure.set:30} {figure.level:28} {percent(each.sensitivity)} {first:>17} {percent(sens)} "
            f"{percent(each.specificity)} {second:>17} {percent(spec)}  {figure.cases}, {figure.controls}"
        )


def text(x, y, words, anchor="middle"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def panel(left, title, series):
    """One reliability diagram: what was given across, what came true upwards, 95 % intervals."""
    top = 40
    across, up = (lambda p: left + SIDE * p), (lambda p: top + SIDE * (1 - p))
    yield text(left + SIDE / 2, 24, title)
    yield f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>'
    yield f'<path d="M{across(0)},{up(0)} L{across(1)},{up(1)}" stroke="#bbb" stroke-dasharray="4 3"/>'
    for tick in TICKS:
        yield text(across(tick), top + SIDE + 16, f"{tick:g}")
        yield text(left - 6, up(tick) + 4, f"{tick:g}", "end")
    for colour, found in series:
        for each in found:
            near = wilson(each.found * each.alike, each.alike)
            x = across(each.given)
            yield f'<path d="M{x:.1f},{up(near.low):.1f} V{up(near.high):.1f}" stroke="{colour}"/>'
            yield f'<circle cx="{x:.1f}" cy="{up(each.found):.1f}" r="3.5" fill="{colour}"/>'
    yield text(left + SIDE / 2, top + SIDE + 36, "probability given")


def drawn(whole, partly):
    """The figure: MMN, ALS and the disease that comes first; whole records dark, partly hidden ones light."""
    ids = list(classes())
    right = GAP + 3 * (SIDE + GAP)
    space = 'xmlns="http://www.w3.org/2000/svg"'
    yield f'<svg {space} viewBox="0 0 {right} 372" font-family="sans-serif" font-size="12">'
    yield f'<rect width="{right}" height="372" fill="white"/>'
    for n, (title, id) in enumerate((("MMN", "mmn"), ("ALS", "als"), ("the most probable disease", ""))):
        series = []
        for colour, found in (("#e39b2d", partly), ("#1f3a5f", whole)):
            best = found.probabilities.argmax(axis=1)
            given = found.probabilities[:, ids.index(id)] if id else found.probabilities.max(axis=1)
            true = found.truth == (ids.index(id) if id else best)
            series.append((colour, bins(given, true, found.counts)))
        yield from panel(GAP + n * (SIDE + GAP), title, series)
    yield text(16, 20, "came true", "start")
    yield text(right - 12, 364, "simulated patients; dark: whole first visit, light: parts hidden", "end")
    yield "</svg>"


def reported(patients):
    """What every report says of the calibration: test patients, whole and with parts of the record hidden.

    It holds for these likelihoods and no others, so it names them.
    """
    found = scored(with_hidden(patients, 11))
    best = found.probabilities.argmax(axis=1)
    rows = bins(found.probabilities.max(axis=1), found.truth == best, found.counts)
    near = [wilson(each.found * each.alike, each.alike) for each in rows]
    return {
        "likelihoods": sha256(MADE.read_bytes()).hexdigest(),
        "simulated": True,
        "setting": DEFAULT_SETTING,
        "patients": len(patients),
        "top_error": round(found.top_error(), 4),
        "mmn_error": round(found.class_errors()["mmn"], 4),
        "bins": [
            {key: round(n, 4) for key, n in zip(("given", "found", "low", "high"), row, strict=True)}
            for row in (
                (each.given, each.found, one.low, one.high) for each, one in zip(rows, near, strict=True)
            )
        ],
    }


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--visits", type=Path, default=VISITS)
    ask.add_argument(
        "--no-criteria", action="store_true", help="leave out the criteria sets, which take minutes"
    )
    ask.add_argument("--print-only", action="store_true", help="leave docs as they are")
    asked = ask.parse_args()
    patients = with_strangers(for_test(known(asked.visits)), 7)
    made = shipped().made
    lines = [
        f"{len(patients)} virtual patients with even seeds; likelihoods made {made['date']} by {made['by']}",
        *quality(patients), *table(patients), *confusion(patients), *strange(patients),
        *(criteria(asked.visits) if not asked.no_criteria else ()), "simulated data",
    ]  # fmt: skip
    print("\n".join(lines))
    if not asked.print_only:
        TEXT.write_text("\n".join(lines) + "\n")
        REPORTED.write_text(json.dumps(reported(patients), indent=1) + "\n")
        hidden = with_hidden(patients, 11)[len(patients) :]
        FIGURE.write_text("\n".join(drawn(scored(patients), scored(hidden))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
