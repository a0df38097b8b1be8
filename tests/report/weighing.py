"""An assessment with a differential, next tests, alerts and explanations that were made up, for tests."""

from dataclasses import replace
from math import log

from ranvier.diagnosis.alerts import Alert
from ranvier.diagnosis.apparent_block import Explanation
from ranvier.diagnosis.differential.finding import findings
from ranvier.diagnosis.differential.next_test import NextTest, Outcome
from ranvier.diagnosis.differential.posterior import Candidate, Contribution, Differential

BLOCK = Contribution(findings()["definite_blocks"], "two", log(40))
TITLES = {
    "mmn": "Multifocal motor neuropathy",
    "als": "Amyotrophic lateral sclerosis",
    "other": "Other or none",
}


def candidate(disease="mmn", probability=0.72, prior=0.03, contributions=(BLOCK,), title=""):
    return Candidate(disease, title or TITLES.get(disease, disease), prior, probability, tuple(contributions))


def differential(*candidates, **changes):
    found = candidates or (
        candidate(),
        candidate("als", 0.2, 0.6, (Contribution(BLOCK.finding, "two", -log(25)),)),
        candidate("other", 0.08, 0.37, ()),
    )
    fields = {
        "setting": "neuromuscular clinic", "candidates": tuple(found), "observed": {"definite_blocks": "two"},
        "unusual": False, "unusual_reason": "", "enough": True,
    }  # fmt: skip
    return Differential(**{**fields, **changes})


def next_test(id="antibodies_gm1", title="IgM antibodies against GM1", **changes):
    positive = Outcome("IgM against GM1", 0.4, "mmn", {"mmn": 0.95, "als": 0.03, "other": 0.02})
    negative = Outcome("no IgM against GM1", 0.6, "mmn", {"mmn": 0.57, "als": 0.31, "other": 0.12})
    fields = {"id": id, "title": title, "expected_change": 0.18, "cost": 60.0, "burden": "little discomfort",
              "minutes": 5.0, "outcomes": (positive, negative),
              "information_bits": 0.3, "new_leader": 0.0, "gain": 0.1, "note": "Rests on a series."}  # fmt: skip
    return NextTest(**{**fields, **changes})


ALERT = Alert(
    "named",
    "ALS, and the search for block is incomplete",
    "Not every stretch was studied.",
    ("labelled ALS",),
)
LIKELY = Explanation(
    "phase-cancellation", "Phase cancellation", "likely", 0.7, "the duration rises", "inching"
)
EXCLUDED = Explanation("crossing", "Crossing fibres", "excluded", None, "none on stimulation", "")


def weighed(assessment, found=None, tests=None, alerts=(ALERT,), explanations=(LIKELY, EXCLUDED)):
    """The assessment with what was made up in place of what was found."""
    return replace(
        assessment,
        differential=found or differential(),
        next_tests=(next_test(),) if tests is None else tests,
        alerts=alerts,
        blocks=tuple(replace(block, explanations=explanations) for block in assessment.blocks),
    )
