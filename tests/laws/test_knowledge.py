"""What must hold of every record: missing data never raises a level, order never matters, and a value
that is added settles a rule without overturning it."""

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builders import WHO, definite, feels, gm1, ivig, mri, no_crossing, patient
from ranvier.anatomy import motor_nerves, movements
from ranvier.diagnosis import examine
from ranvier.findings.study import MotorSite, MotorStudy
from ranvier.patient import History, NerveConductionStudy, NeurologicalExamination, Sign, Strength
from ranvier.patient.contradictions import contradictions

COURSES = ["slowly progressive", "stepwise progressive", "acute", "stable"]
NERVES = {"median": "APB", "ulnar": "ADM", "radial": "ED", "fibular": "EDB", "tibial": "AH"}


def maybe(strategy):
    return st.none() | strategy


@st.composite
def motor_studies(draw, nerve, side):
    sites = motor_nerves()[nerve].sites
    first = sites.index(motor_nerves()[nerve].distal_site[NERVES[nerve]])
    chosen = sites[first : first + draw(st.integers(2, 4))]
    rows = tuple(
        MotorSite(
            name,
            amplitude_mv=draw(maybe(st.sampled_from([0, 0.8, 3, 5, 7, 10]))),
            area_mv_ms=draw(maybe(st.sampled_from([6, 12, 18, 24, 30]))),
            duration_ms=draw(maybe(st.sampled_from([5, 6, 7, 9]))),
            temperature_c=draw(st.sampled_from([None, None, 33, 28])),
            stimulus=draw(st.sampled_from([None, "supramaximal", "supramaximal", "submaximal"])),
        )
        for name in chosen
    )
    return MotorStudy(side, nerve, NERVES[nerve], rows)


@st.composite
def studies(draw):
    places = draw(
        st.lists(
            st.tuples(st.sampled_from(sorted(NERVES)), st.sampled_from(["left", "right"])),
            unique=True,
            max_size=4,
        )
    )
    motor = [draw(motor_studies(nerve, side)) for nerve, side in places]
    motor += [no_crossing(side) for side in ("left", "right") if draw(st.booleans())]
    sensory = [
        feels(
            nerve,
            side,
            draw(maybe(st.sampled_from([0.0, 4.0, 25.0]))),
            draw(maybe(st.sampled_from([35.0, 55.0]))),
        )
        for nerve in ("median", "ulnar", "sural")
        for side in ("left", "right")
        if draw(st.booleans())
    ]
    verdict = draw(st.sampled_from([None, None, "normal", "abnormal"]))
    return NerveConductionStudy(**WHO, motor=tuple(motor), sensory=tuple(sensory), sensory_verdict=verdict)


@st.composite
def examinations(draw):
    grades = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(movements()), st.sampled_from(["left", "right"])),
            maybe(st.sampled_from([2, 3, 4, 5])),
            max_size=8,
        )
    )
    return NeurologicalExamination(
        **WHO,
        strength=tuple(Strength(name, side, mrc) for (name, side), mrc in grades.items()),
        sensory=draw(st.sampled_from([None, "normal", "minor vibration loss in the legs", "abnormal"])),
        upper_motor_neuron_signs=draw(maybe(st.booleans())),
        upper_motor_neuron=tuple(
            Sign(name, draw(maybe(st.booleans())), draw(st.sampled_from(["left", "right"])))
            for name in draw(st.lists(st.sampled_from(["babinski", "hoffmann", "spasticity"]), max_size=3))
        ),
        bulbar_signs=draw(maybe(st.booleans())),
        # A statement that contradicts the grades is overruled by them, so it is drawn only without.
        asymmetric=None if grades else draw(maybe(st.booleans())),
        reflexes_in_affected_limbs=draw(st.sampled_from([None, "reduced", "normal"])),
    )


@st.composite
def patients(draw):
    entries = [
        History(
            **WHO,
            course=draw(maybe(st.sampled_from(COURSES))),
            duration_months=draw(st.sampled_from([2.0, 30.0])),
            diffuse_symmetric_onset=draw(maybe(st.booleans())),
        ),
        draw(examinations()),
        draw(studies()),
    ]
    extra = [
        gm1(draw(st.sampled_from([None, "positive", "negative"]))),
        mri(t2_hyperintensity=draw(maybe(st.booleans())), diffuse_nerve_swelling=draw(maybe(st.booleans()))),
        ivig(
            response=draw(st.sampled_from([None, "improved", "worse"])), objective=draw(maybe(st.booleans()))
        ),
        draw(examinations()),
    ]
    return patient(*entries, *(e for e in extra if draw(st.booleans())))


def near_definite():
    """Patients close to a level, so that what is taken away matters."""
    return patients().map(
        lambda who: replace(definite(), timeline=(*definite().timeline[:2], who.timeline[2]))
    )


# What is blanked below. The stimulus and the temperature are left alone: a study that does not mention them
# is taken to be done with a full stimulus up to the elbow and in a warm limb, which every report says aloud.
BLANKS = {
    "amplitude_mv", "area_mv_ms", "duration_ms", "amplitude_uv", "velocity_m_s", "mrc", "course",
    "diffuse_symmetric_onset", "duration_months", "sensory", "present", "upper_motor_neuron_signs", "bulbar_signs", "asymmetric", "verdict",
    "reflexes_in_affected_limbs", "result", "t2_hyperintensity", "diffuse_nerve_swelling", "response",
    "objective", "sensory_verdict",
}  # fmt: skip


def blanked(record, choose):
    """The same record with some of its values made unknown."""
    if isinstance(record, tuple):
        return tuple(blanked(item, choose) for item in record)
    if not is_dataclass(record):
        return record
    changes = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in BLANKS and not isinstance(value, tuple):
            changes[field.name] = None if value is not None and choose() else value
        elif field.init and (is_dataclass(value) or isinstance(value, tuple)):
            changes[field.name] = blanked(value, choose)
    return replace(record, **changes)


def ranks(who):
    """How high the level of each set is; 0 where none is met."""
    return [rank(result) for result in examine(who).criteria]


def rank(result):
    ids = [level.id for level in result.criteria.levels]
    return len(ids) - ids.index(result.level) if result.level in ids else 0


def rules(who):
    return {
        (result.criteria.id, one.rule.id): one.truth
        for result in examine(who).criteria
        for one in result.rules
    }


@settings(max_examples=150)
@given(who=patients() | near_definite(), data=st.data())
def test_missing_data_never_raises_a_level(who, data):
    less = blanked(who, lambda: data.draw(st.booleans()))
    for before, after in zip(ranks(who), ranks(less), strict=True):
        assert after <= before


@settings(max_examples=150)
@given(who=patients() | near_definite(), data=st.data())
def test_a_value_added_settles_a_rule_and_never_overturns_it(who, data):
    assume(
        not list(contradictions(((n,), entry) for n, entry in enumerate(who.timeline)))
    )  # such a record is refused when it is read
    less = blanked(who, lambda: data.draw(st.integers(0, 4)) == 0)
    full = rules(who)
    for rule, truth in rules(less).items():
        assert truth is None or truth == full[rule], rule


@settings(max_examples=60)
@given(who=patients(), data=st.data())
def test_the_order_of_entries_and_rows_never_matters(who, data):
    def shuffled(record):
        if isinstance(record, tuple):
            return tuple(data.draw(st.permutations([shuffled(item) for item in record])))
        if not is_dataclass(record):
            return record
        return replace(
            record, **{f.name: shuffled(getattr(record, f.name)) for f in fields(record) if f.init}
        )

    again = examine(shuffled(who))
    once = examine(who)
    assert rules(again.patient) == rules(who)
    assert [r.level for r in again.criteria] == [r.level for r in once.criteria]
    assert [r.missing for r in again.criteria] == [r.missing for r in once.criteria]
    assert [b.graded[0].reasons for b in again.blocks] == [b.graded[0].reasons for b in once.blocks]


@settings(max_examples=60)
@given(patients())
def test_an_assessment_is_the_same_each_time(who):
    assert examine(who).criteria == examine(who).criteria


@settings(max_examples=60)
@given(patients())
def test_a_higher_level_is_never_met_by_failing_what_a_lower_one_shares(who):
    for result in examine(who).criteria:
        if result.level == "definite":
            assert result.missing == ()
        if result.level in ("indeterminate",):
            assert None in result.levels.values()
            assert result.missing


@pytest.mark.parametrize("index", range(3))
def test_taking_an_entry_away_never_raises_a_level(index):
    who = definite()
    timeline = who.timeline[:index] + who.timeline[index + 1 :]
    assert ranks(replace(who, timeline=timeline))[0] <= ranks(who)[0]
