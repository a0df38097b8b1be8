from hypothesis import Phase, find, given, settings

from patient.strategies import entries, patients
from ranvier.patient import ENTRY_KINDS, Patient
from ranvier.patient.check import checked


def test_the_strategies_cover_every_kind_of_entry():
    assert list(entries) == list(ENTRY_KINDS)


@given(patients)
def test_every_generated_patient_can_be_right_and_keeps_its_names(patient):
    assert checked(patient) == patient


def test_a_patient_with_a_segment_is_generated():
    unshrunk = settings(phases=[Phase.generate], max_examples=1000)
    assert isinstance(find(patients, lambda p: any(p.segments()), settings=unshrunk), Patient)
