"""Where the authors' diagnosis of each published case ranks in the differential: `make cases`.

Prints the table of docs/cases.md.
"""

import sys
import tomllib
from pathlib import Path

from ranvier.diagnosis import examine
from ranvier.diagnosis.differential.finding import findings
from ranvier.formats.patient_json import read_patient
from ranvier.patient import History, NerveConductionStudy

CASES = Path(__file__).parent.parent / "examples" / "cases"
WHO = ("onset_age", "sex")
"""Findings of the history that say who falls ill, and nothing of the illness."""


def rank(found, classes):
    """At which place the first of the classes stands."""
    order = [each.disease for each in found.candidates]
    return 1 + min(order.index(each) for each in classes)


def entered(patient):
    """Whether history and conduction study stand on the record at all."""
    return bool(patient.entries(History) and patient.entries(NerveConductionStudy))


def told(found):
    """Whether one finding of the history and one of conduction is known."""
    known = [findings()[id] for id in found.observed if id not in WHO]
    return {"history", "conduction"} <= {each.group for each in known}


def main():
    index = tomllib.loads((CASES / "index.toml").read_text(encoding="utf-8"))
    rows = []
    print("| case | authors | known findings | rank | first three |")
    print("|---|---|---|---|---|")
    for stem, entry in index.items():
        patient, _ = read_patient(CASES / f"{stem}.json")
        found = examine(patient).differential
        place = rank(found, entry["classes"])
        rows.append((entered(patient), told(found), place <= 2))
        mark = "**" if told(found) else ""
        first = ", ".join(f"{each.disease} {each.probability:.0%}" for each in found.candidates[:3])
        odd = " (unusual)" if found.unusual else ""
        authors, known = " or ".join(entry["classes"]), f"{len(found.observed)}{odd}"
        print(f"| {mark}{stem}{mark} | {authors} | {known} | {place} | {first} |")
    for name, column in (("history and conduction known (bold)", 1), ("both entered", 0)):
        some = [right for *which, right in rows if which[column]]
        print(f"\nFirst or second, {name}: {sum(some)} of {len(some)}")
    print(f"\nFirst or second, all: {sum(right for *_, right in rows)} of {len(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
