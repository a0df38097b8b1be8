"""Virtual patients as they come to the laboratory for the first time: the record, and the truth beside it.

Every patient's disease departs a little from its description, so that what is estimated on some of them
is tested on others with other parameters.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ranvier.cohort.first_visit_time import first_visit_years
from ranvier.cohort.folder import read
from ranvier.cohort.segments import segment_truth
from ranvier.patient import Patient

PROTOCOL = "first-visit"
SPREAD = 0.25
"""How far each number of a disease departs in each patient: SD of its logarithm."""


@dataclass(frozen=True)
class Coming:
    """A task for `run`: the seed's patient with a disease at the first visit, as one row."""

    disease: str
    spread: float = SPREAD
    protocol: str = PROTOCOL

    def __call__(self, seed: int) -> list[dict[str, Any]]:
        """The row of one patient; none for one who died before."""
        from ranvier.disease import simulate
        from ranvier.disease.present import body_at
        from ranvier.exam.protocol import protocol

        years = first_visit_years(self.disease, seed)
        found = simulate(
            self.disease, seed, visits=(years,), exam=self.protocol, brief=True, spread=self.spread
        )
        if not found.visits:
            return []
        stage = next(found.illness.stages((years,)))
        body = replace(body_at(found.illness, stage), by="surface")
        truth = segment_truth(body, protocol(self.protocol))
        about = {"disease": self.disease, "years": years}
        return [about | {"record": written(found.patient), "segments": json.dumps(truth)}]


@dataclass(frozen=True)
class FirstVisit:
    """One virtual patient at the first visit: the record, and what is true of each motor segment."""

    disease: str
    seed: int
    years: float
    patient: Patient
    segments: tuple[dict[str, Any], ...]


Reader = Callable[[str], Patient]


def first_visits(folder: str | Path, disease: str, reader: Reader) -> Iterator[FirstVisit]:
    """Every patient of one disease in a folder of cohorts, one folder for each disease; raises ValueError.

    `reader`: what makes a patient of the text of a patient file.
    """
    table = read(Path(folder) / disease)
    columns = (table[name].to_pylist() for name in ("seed", "years", "record", "segments"))
    for seed, years, record, segments in zip(*columns, strict=True):
        yield FirstVisit(disease, seed, years, reader(record), tuple(json.loads(segments)))


def written(patient: Patient) -> str:
    """A patient as the text of a patient file; what is not known is left out."""
    return json.dumps(known(asdict(patient)))


def known(data: Any) -> Any:
    """The same without what is not known."""
    if isinstance(data, dict):
        return {key: known(value) for key, value in data.items() if value not in (None, (), [])}
    return [known(each) for each in data] if isinstance(data, list | tuple) else data
