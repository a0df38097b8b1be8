"""Estimates the differential's tables and weights on virtual first visits: `make differential`.

Writes src/ranvier/diagnosis/differential/likelihoods.json with its provenance. The visits are those of
`make first-visits`; odd seeds estimate, even seeds are left for `make differential-check`.
"""

import argparse
import json
import sys
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

from ranvier.cohort.accuracy import levels
from ranvier.cohort.first_visit import first_visits
from ranvier.cohort.folder import asked_of
from ranvier.cohort.known import Known, chart_of
from ranvier.cohort.likelihoods import document, estimate, for_estimate
from ranvier.cohort.question import PACKAGE, program
from ranvier.diagnosis.differential.classes import ANYTHING, kinds
from ranvier.diagnosis.differential.likelihoods import MADE
from ranvier.diagnosis.differential.reading import observed
from ranvier.formats.patient_json import parse, patient_from

VISITS, OUT = Path("out/first-visits"), Path("out/differential")


def patient(text):
    """A patient of the text of a patient file."""
    return patient_from(parse(text))


def cohorts(visits):
    """The kinds of patients that are there."""
    return [kind for kind in kinds() if kind != ANYTHING and any((visits / kind).glob("*.parquet"))]


def digest(*places):
    """What tells one state of some parts of the package from another."""
    found = sha256()
    for path in sorted(path for place in places for path in [PACKAGE / place, *(PACKAGE / place).rglob("*")]):
        if path.suffix in (".py", ".toml"):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def kept(name, state, visits, kind, make):
    """What `make` gives for each first visit of a kind; anew only when the state or the cohort changed."""
    file = OUT / f"{name}-{kind}.json"
    state = [state, asked_of(visits / kind), sorted(path.name for path in (visits / kind).glob("*.parquet"))]
    if file.exists() and (held := json.loads(file.read_text()))["state"] == state:
        return held["rows"]
    begun = time.process_time()
    found = [{"seed": visit.seed, name: make(visit.patient)} for visit in first_visits(visits, kind, patient)]
    print(
        f"{name}, {kind}: {len(found)} patients, {time.process_time() - begun:.0f} s of CPU", file=sys.stderr
    )
    OUT.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"state": state, "rows": found}))
    return found


def read(visits, kind):
    """The findings of every patient of a kind."""
    state = digest(
        "findings", "patient", "diagnosis/differential/reading", "diagnosis/differential/findings.toml"
    )
    return kept("findings", state, visits, kind, lambda one: observed(chart_of(one)))


def reached(visits, kind):
    """The level that every patient of a kind reaches in every criteria set."""
    state = digest("findings", "patient", "diagnosis")
    return kept("levels", state, visits, kind, levels)


def known(visits):
    """What is known of every patient of every kind."""
    return [
        Known(kind, row["seed"], row["findings"]) for kind in cohorts(visits) for row in read(visits, kind)
    ]


def made(visits, patients):
    """Whence the numbers come."""
    return {
        "by": "make differential", "date": date.today().isoformat(), "program": program(), "simulated": True,
        "cohorts": {
            kind: {
                "patients": sum(each.kind == kind for each in patients), "seeds": "odd",
                "asked": asked_of(visits / kind)["parameters"], "program": asked_of(visits / kind)["program"],
            }
            for kind in cohorts(visits)
        },
    }  # fmt: skip


def main():
    """Estimate and write."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--visits", type=Path, default=VISITS)
    ask.add_argument("--output", type=Path, default=MADE)
    asked_for = ask.parse_args()
    missing = [kind for kind in kinds() if kind != ANYTHING and kind not in cohorts(asked_for.visits)]
    if missing:
        print(f"No first visits of: {', '.join(missing)}. Their findings will not speak for or against them.")
    patients = for_estimate(known(asked_for.visits))
    begun = time.process_time()
    found = estimate(patients, made(asked_for.visits, patients))
    asked_for.output.write_text(document(found))
    print(f"{len(patients)} patients, {time.process_time() - begun:.0f} s of CPU, to {asked_for.output}")
    print(f"inflation {found.typical.inflation}, unusual below {found.typical.least}")
    for id, weight in sorted(found.weights.items(), key=lambda pair: -pair[1]):
        print(f"  {id:30} {weight:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
