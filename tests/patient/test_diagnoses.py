"""A disease's name is no finding, and a finding that mentions a disease is none the less one."""

import pytest

from builders import WHO, mri, patient, study
from ranvier.findings.study import ReportedFinding
from ranvier.patient import GivenDiagnosis, History, NeedleEMG, NeedleFinding, Note
from ranvier.patient.check import RecordError, checked
from ranvier.patient.diagnoses import is_diagnosis


@pytest.mark.parametrize(
    "text",
    [
        "ALS", "als.", " Lewis–Sumner syndrome", "Guillain-Barré syndrome", "MMN-CB", "probable MMN",
        "consistent with ALS", "Findings are most consistent with multifocal motor neuropathy.",
        "typical of CIDP", "suggestive of a radiculopathy", "Carpal Tunnel Syndrome", "?ALS",
    ],
)  # fmt: skip
def test_names_of_diseases_are_known(text):
    assert is_diagnosis(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "consistent with", "conduction block", "chronic neurogenic change",
        "features suggestive of persistent conduction block with increased temporal dispersion",
        "fasciculations, as in ALS", "demyelinating", "no sign of ALS", "axonal", "almost silent", "ALSO silent",
        "denervation consistent with ALS in three regions",
    ],
)  # fmt: skip
def test_what_was_seen_is_let_be(text):
    assert not is_diagnosis(text)


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        (
            NeedleEMG(**WHO, muscles=(NeedleFinding("APB"), NeedleFinding("TA", finding="ALS"))),
            "muscles[1].finding",
        ),
        (study(findings=(ReportedFinding("median", "ALS"),)), "findings[0].finding"),
        (mri(finding="ALS"), "finding"),
    ],
)
def test_a_diagnosis_entered_as_a_finding_is_refused_with_its_place(entry, place):
    with pytest.raises(RecordError) as caught:
        checked(patient(Note(**WHO, text="n"), entry))
    assert str(caught.value) == (
        f"timeline[1].{place} 'ALS' is a diagnosis, not a finding; enter what was seen, or a 'given diagnosis' entry"
    )


def test_where_a_diagnosis_belongs_it_stays():
    entries = (
        GivenDiagnosis(**WHO, label="ALS"),
        History(**WHO, first_symptom="ALS"),
        Note(**WHO, text="ALS"),
    )
    assert checked(patient(*entries)).timeline == entries
