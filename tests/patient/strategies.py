"""Patients that the record accepts, of every kind of entry, for hypothesis."""

from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import get_args, get_type_hints

from hypothesis import strategies as st

from ranvier.anatomy import motor_nerves, movements
from ranvier.anatomy.nerves import tables
from ranvier.findings.study import (
    CMAPScan,
    ExerciseTest,
    FWave,
    Inching,
    MotorSite,
    MotorStudy,
    RepetitiveStudy,
    ReportedFinding,
    SensoryStudy,
    TripleStimulation,
    Waveform,
)
from ranvier.patient import (
    Antibody,
    Background,
    Dose,
    GivenDiagnosis,
    History,
    Identity,
    Imaging,
    Laboratory,
    NeedleEMG,
    NeedleFinding,
    NerveBiopsy,
    NerveConductionStudy,
    NeurologicalExamination,
    Note,
    Patient,
    Reflex,
    Scale,
    Sign,
    Strength,
    Treatment,
)
from ranvier.patient.check import entered_twice
from ranvier.patient.contradictions import contradictions

PLAIN = st.characters(exclude_categories=["Cs"])
sides = st.sampled_from(["left", "right"])
truths = st.none() | st.booleans()
texts = st.text(PLAIN, max_size=12)
words = st.text(PLAIN, min_size=1, max_size=12)
sensory_names = st.sampled_from(sorted(n for limb in tables()["sensory"].values() for n in limb))
calendar = st.dates().map(str)
timed = st.builds("{}T{:02d}:{:02d}".format, calendar, st.integers(0, 23), st.integers(0, 59))
dates = st.one_of(calendar, timed, calendar.map(lambda d: d[:7]), calendar.map(lambda d: d[:4]))
times = st.one_of(st.just("unknown"), dates, st.integers(-9, 600).map(lambda n: f"month {n}"))
origins = st.sampled_from(["measured", "reported", "simulated"])


def number(low, high):
    return st.floats(low, high)


def maybe(strategy):
    return st.none() | strategy


def rows(strategy, most=3):
    return st.lists(strategy, max_size=most).map(tuple)


def words_of(hint):
    """Every word, and None, that a type of the form Literal[...] or Literal[...] | None lists."""
    for part in get_args(hint):
        yield from [None] if part is type(None) else [part] if isinstance(part, str) else words_of(part)


def guessed(hint):
    if hint is str:
        return texts
    if hint == bool | None:
        return truths
    if hint == float | None:
        return maybe(number(0, 1e6))
    return st.sampled_from([*words_of(hint)])


def built(kind, **given):
    """A record of a kind, with a strategy for every field that the caller does not give."""
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind) if f.name != "kind"]
    return st.builds(kind, **{n: given[n] if n in given else guessed(hints[n]) for n in names})


def entry(kind, **given):
    return built(kind, when=times, origin=origins, source=words, **given)


waveforms = st.builds(
    Waveform,
    start_ms=number(0, 10),
    step_ms=number(0.01, 1),
    samples_mv=st.lists(number(-20, 20), min_size=2, max_size=6).map(tuple),
)


@st.composite
def with_by_hand(draw, rows):
    """A row of which some markers were set by hand."""
    row = draw(rows)
    has = [name for name in row.markers if getattr(row, name) is not None]
    return replace(row, by_hand=tuple(draw(st.lists(st.sampled_from(has), unique=True))) if has else ())


@st.composite
def plain_responses(draw, site, latency=None, first=True):
    """One row, whose numbers agree with each other."""
    amplitude = draw(maybe(st.just(0.0) | number(0.5, 30)))
    duration = area = None
    if amplitude:
        duration = draw(maybe(number(2, 20)))
        area = draw(maybe(number(0.2, 0.9))) if duration else None
    return MotorSite(
        site=site,
        latency_ms=latency,
        amplitude_mv=amplitude,
        area_mv_ms=min(area * amplitude * duration, 190) if area else None,
        duration_ms=duration,
        distance_mm=draw(maybe(number(100, 600))),
        velocity_m_s=draw(maybe(number(1, 90))) if first else None,
        temperature_c=draw(maybe(number(20, 40))),
        stimulus=draw(st.sampled_from([None, "supramaximal", "submaximal"])),
        waveform=draw(maybe(waveforms)) if first else None,
    )


def responses(site, latency=None, first=True):
    """One row, some of whose markers were set by hand."""
    return with_by_hand(plain_responses(site, latency, first))


@st.composite
def motor_studies(draw, nerve=None):
    nerve = nerve or draw(st.sampled_from(sorted(motor_nerves().values(), key=lambda n: n.name)))
    muscle = draw(st.sampled_from(sorted(nerve.distal_site)))
    end = nerve.sites.index(nerve.distal_site[muscle])
    above = draw(st.lists(st.sampled_from(nerve.sites[end:]), unique=True, max_size=3))
    sites = [nerve.sites[draw(st.integers(0, end))], *(s for s in above if s != nerve.sites[end])]
    steps = draw(st.lists(number(6, 20), min_size=len(sites), max_size=len(sites)))
    ordered = sorted(dict.fromkeys(sites), key=nerve.sites.index)
    latencies = [*accumulate(steps)]
    found = [
        draw(responses(site, draw(maybe(st.just(latency))), first=n == 0))
        for n, (site, latency) in enumerate(zip(ordered, latencies, strict=False))
    ]
    return MotorStudy(draw(sides), nerve.name, muscle, tuple(draw(st.permutations(found))))


@st.composite
def motor_places(draw):
    """A nerve, and the side, nerve and muscle of a study of it."""
    nerve = draw(st.sampled_from(sorted(motor_nerves().values(), key=lambda n: n.name)))
    return nerve, (draw(sides), nerve.name, draw(st.sampled_from(sorted(nerve.distal_site))))


@st.composite
def f_waves(draw):
    _, place = draw(motor_places())
    shortest, persistence = draw(maybe(number(15, 100))), draw(maybe(st.just(0.0) | number(1, 100)))
    spread = draw(maybe(number(0, 50)))
    mean = draw(number(0, 1)) * spread + shortest if shortest and spread else None
    traces = draw(rows(waveforms))
    given = draw(maybe(st.integers(max(len(traces), 1), 40)))
    return FWave(*place, shortest, persistence, mean, spread, given, traces)


@st.composite
def inchings(draw):
    nerve, place = draw(motor_places())
    site, steps = (
        draw(st.sampled_from(nerve.sites)),
        draw(st.lists(st.integers(1, 40), min_size=1, max_size=3, unique=True)),
    )
    names = [site, *(f"{site} + {step * 2.5:g} mm" for step in steps)]
    return Inching(*place, tuple(draw(responses(name, draw(maybe(number(1, 20))))) for name in names))


@st.composite
def repetitives(draw):
    nerve, place = draw(motor_places())
    amplitude = draw(maybe(number(0.1, 20)))
    fall = draw(maybe(number(-300, 100)))
    return RepetitiveStudy(
        *place, draw(number(1, 50)), draw(st.sampled_from(["", *nerve.sites])), amplitude, fall
    )


@st.composite
def exercises(draw):
    nerve, place = draw(motor_places())
    before = draw(st.lists(st.sampled_from(nerve.sites), min_size=1, max_size=2, unique=True))
    after = draw(st.lists(st.sampled_from(before), min_size=1, unique=True))
    both = (tuple(draw(responses(site)) for site in sites) for sites in (before, after))
    return ExerciseTest(*place, draw(number(10, 180)), *both)


@st.composite
def triples(draw):
    place, (distal, proximal) = draw(motor_places().filter(lambda p: len(p[0].sites) > 1).flatmap(
        lambda p: st.tuples(st.just(p[1]), st.lists(st.sampled_from(p[0].sites), min_size=2, max_size=2, unique=True)
                            .map(lambda pair: sorted(pair, key=p[0].sites.index)))))  # fmt: skip
    ratio = maybe(st.just(0.0) | number(1, 120))
    return TripleStimulation(*place, proximal, distal, draw(ratio), draw(ratio))


@st.composite
def scans(draw):
    nerve, place = draw(motor_places())
    points = draw(st.lists(st.tuples(number(0, 60), number(-0.1, 20)), max_size=5))
    currents, amplitudes = zip(*points, strict=True) if points else ((), ())
    low, middle, high = sorted(draw(st.tuples(*[number(0, 400)] * 3)))
    units = draw(st.sampled_from([(None, None, None), (middle, None, None), (middle, low, high)]))
    return CMAPScan(*place, draw(st.sampled_from(nerve.sites)), currents, amplitudes, *units)


sensory_studies = with_by_hand(
    built(
        SensoryStudy,
        side=sides,
        nerve=sensory_names,
        amplitude_uv=maybe(st.just(0.0) | number(0.5, 100)),
        onset_latency_ms=maybe(number(1, 5)),
        peak_latency_ms=maybe(number(5, 10)),
        distance_mm=maybe(number(50, 300)),
        velocity_m_s=maybe(number(10, 90)),
        temperature_c=maybe(number(20, 40)),
        waveform=maybe(waveforms),
        by_hand=st.just(()),
    )
)
needles = built(
    NeedleFinding,
    muscle=words,
    potentials=maybe(st.integers(0, 60)),
    amplitude_mv=maybe(number(0.02, 20)),
    duration_ms=maybe(number(1, 40)),
    polyphasic_percent=maybe(st.just(0.0) | number(1, 100)),
    firing_rate_hz=maybe(number(1, 60)),
    turns_per_s=maybe(number(0, 1500)),
    turn_amplitude_mv=maybe(number(0.05, 5)),
)


def once(strategy, *names):
    """Rows of which no two have the same names."""
    key = lambda row: tuple(getattr(row, name) for name in names)  # noqa: E731
    return st.lists(strategy, max_size=3, unique_by=key).map(tuple)


studies = entry(
    NerveConductionStudy,
    motor=once(motor_studies(), "side", "nerve", "muscle"),
    f_waves=once(f_waves(), "side", "nerve", "muscle"),
    sensory=once(sensory_studies, "side", "nerve", "site"),
    inching=once(inchings(), "side", "nerve", "muscle"),
    repetitive=once(repetitives(), "side", "nerve", "muscle", "site", "rate_hz"),
    exercise=once(exercises(), "side", "nerve", "muscle", "seconds"),
    triple=once(triples(), "side", "nerve", "muscle"),
    scans=once(scans(), "side", "nerve", "muscle", "site"),
    findings=rows(built(ReportedFinding, nerve=words, finding=words)),
)
graded = st.builds(Strength, st.sampled_from(movements()), sides, maybe(number(0, 5)), truths)

doses = entry(
    Dose,
    drug=words,
    amount=number(0.001, 1e6),
    hours=maybe(number(0.1, 30)),
    every_days=st.none(),
    until=st.none(),
)


@st.composite
def courses(draw):
    """Equal doses from a day to a later one."""
    begin = draw(st.dates(max_value=date(9900, 1, 1)))
    lasted = timedelta(days=draw(st.integers(0, 20_000)))
    return replace(draw(doses), when=str(begin), until=str(begin + lasted), every_days=draw(number(0.25, 99)))


def agreeing(timeline):
    """Whether nothing on a timeline contradicts anything else."""
    return not list(contradictions((("timeline", n), each) for n, each in enumerate(timeline)))


entries = {
    "history": entry(History, onset=maybe(dates)),
    "neurological examination": entry(
        NeurologicalExamination,
        strength=once(graded, "movement", "side"),
        weak_nerve_territories=maybe(st.integers(0, 20)),
        reflexes=rows(built(Reflex)),
        upper_motor_neuron=rows(built(Sign)),
    ),
    "nerve conduction study": studies,
    "needle emg": entry(NeedleEMG, muscles=rows(needles)),
    "laboratory": entry(
        Laboratory,
        antibodies=rows(built(Antibody)),
        igg_g_l=maybe(number(0.1, 100)),
        iga_g_l=maybe(number(0, 50)),
        haemoglobin_g_l=maybe(number(30, 240)),
        egfr_ml_min=maybe(number(1, 200)),
    ),
    "imaging": entry(Imaging, enlarged_sites=maybe(st.integers(0, 20))),
    "nerve biopsy": entry(NerveBiopsy),
    "given diagnosis": entry(GivenDiagnosis),
    "treatment": entry(Treatment),
    "dose": st.one_of(doses, courses()),
    "background": entry(Background),
    "scale": entry(Scale, name=words, unit=words),
    "note": entry(Note, text=words),
}
entries = {kind: each.filter(lambda one: agreeing([one])) for kind, each in entries.items()}
identities = built(
    Identity,
    pseudonym=words,
    birth_year=maybe(st.integers(1900, 2026)),
    age_years=maybe(number(0.1, 110)),
    height_cm=maybe(number(50, 220)),
    weight_kg=maybe(number(20, 300)),
)
patients = st.builds(Patient, identities, rows(st.one_of(*entries.values()), most=4)).filter(
    lambda who: not list(entered_twice(who.timeline)) and agreeing(who.timeline)
)
