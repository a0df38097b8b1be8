"""Patients in a few words, for tests."""

from dataclasses import replace

from ranvier.diagnosis.chart import Chart, charts
from ranvier.diagnosis.rule_file import criteria_set
from ranvier.diagnosis.rules import Rule
from ranvier.findings.norms import shipped_norms
from ranvier.findings.study import MotorSite, MotorStudy, SensoryStudy
from ranvier.patient import (
    Antibody,
    History,
    Identity,
    Imaging,
    Laboratory,
    NerveConductionStudy,
    NeurologicalExamination,
    Patient,
    Strength,
    Treatment,
)

WHO = {"origin": "measured", "source": "test"}


def history(**fields):
    told = {"duration_months": 12, "course": "stepwise progressive", "diffuse_symmetric_onset": False}
    return History(**WHO, **{**told, **fields})


def examination(grades=None, **fields):
    """Grades as {movement: (right, left)}."""
    pairs = grades if grades is not None else {"thumb_abduction": (3, 5), "finger_extension": (4, 5)}
    strength = tuple(
        Strength(name, side, mrc)
        for name, both in pairs.items()
        for side, mrc in zip(("right", "left"), both, strict=True)
    )
    signs = {"sensory": "normal", "upper_motor_neuron_signs": False, "bulbar_signs": False}
    return NeurologicalExamination(**WHO, strength=strength, **{**signs, **fields})


def site(name, amplitude=10.0, area=30.0, duration=6.0, **fields):
    return MotorSite(name, amplitude_mv=amplitude, area_mv_ms=area, duration_ms=duration, **fields)


def motor(nerve="median", side="right", muscle="APB", drop=0.0, rise=0.0, ends=("wrist", "elbow"), **above):
    """A study of one segment across which amplitude and area fall, and the duration rises, so much."""
    distal = site(ends[0])
    proximal = site(ends[1], 10 * (1 - drop), 30 * (1 - drop), 6 * (1 + rise), **above)
    return MotorStudy(side, nerve, muscle, (distal, proximal))


def feels(nerve="median", side="right", amplitude=20.0, velocity=55.0, **fields):
    return SensoryStudy(side, nerve, amplitude_uv=amplitude, velocity_m_s=velocity, **fields)


def no_crossing(side="right", muscle="ADM"):
    rows = (MotorSite("wrist", amplitude_mv=0), MotorSite("elbow", amplitude_mv=0))
    return MotorStudy(side, "median", muscle, rows)


def ulnar(side="right", **fields):
    return (motor("ulnar", side, "ADM", ends=("wrist", "below elbow"), **fields), no_crossing(side))


def study(*motor_studies, sensory=(), **fields):
    return NerveConductionStudy(**WHO, motor=tuple(motor_studies), sensory=tuple(sensory), **fields)


def laboratory(**fields):
    return Laboratory(**WHO, **fields)


def gm1(result="positive", isotype="IgM"):
    return laboratory(antibodies=(Antibody("GM1", isotype, result),))


def mri(**fields):
    return Imaging(**WHO, modality="mri brachial plexus", **fields)


def ivig(**fields):
    return Treatment(**WHO, agent="IVIG", **fields)


def patient(*entries, **identity):
    return Patient(Identity("test", **{"age_years": 45.0, "sex": "male", **identity}), tuple(entries))


def definite():
    """A patient who meets EFNS/PNS 2010 definite with nothing to spare."""
    return patient(history(), examination(), study(motor(drop=0.6), sensory=[feels()]))


def charted(who, criteria="EFNS_PNS_2010") -> Chart:
    return charts(who, shipped_norms(), (criteria_set(criteria).blocks,))[0]


def rule(id, criteria="EFNS_PNS_2010", **changes) -> Rule:
    return replace(next(r for r in criteria_set(criteria).rules if r.id == id), **changes)
