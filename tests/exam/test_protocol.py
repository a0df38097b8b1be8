"""Protocols: those that are shipped can be read; wrong ones are refused with what is allowed."""

import pytest

from ranvier.evidence import EvidenceError
from ranvier.exam.protocol import protocol, shipped_protocols

MOTOR = '[[motor]]\nnerve = "median"\nmuscle = "APB"\nsites = ["wrist"]\n'

INCHING = MOTOR.replace("motor", "inching").replace(
    'sites = ["wrist"]', 'distal = "wrist"\nproximal = "elbow"'
)


def read(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    return protocol(str(file))


def test_every_shipped_protocol_can_be_read():
    assert "standard" in shipped_protocols()
    for name in shipped_protocols():
        assert protocol(name).title


def test_the_standard_study_is_ten_motor_and_eight_sensory_nerves():
    plan = protocol("standard")
    motor = [(side, item.nerve, item.muscle) for item in plan.motor for side in item.sides]
    assert len([row for row in motor if row[1:] != ("median", "ADM")]) == 10
    assert sum(len(item.sides) for item in plan.sensory) == 8
    assert sum(len(item.sides) for item in plan.motor if item.f_wave) == 6


def test_names_are_read_as_anatomy_has_them(tmp_path):
    text = '[[motor]]\nnerve = "peroneal"\nmuscle = "extensor digitorum brevis"\nsites = ["Ankle", "knee"]\nsides = "left"\n'
    item = read(tmp_path, text).motor[0]
    assert (item.nerve, item.muscle, item.sites, item.sides) == (
        "fibular",
        "EDB",
        ("ankle", "popliteal fossa"),
        ("left",),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[motr]]\n", "'motr' is not one of title, motor, sensory"),
        ("[motor]\n", r"write \[\[motor\]\]"),
        ('[[motor]]\nnerve = "median"\n', r"\[\[motor\]\] 1: 'muscle' is missing"),
        (MOTOR.replace("median", "vagus"), r"\[\[motor\]\] 1: unknown motor nerve 'vagus'.*median"),
        (MOTOR.replace("APB", "EDB"), "unknown muscle for the median nerve 'EDB'.*APB"),
        (MOTOR.replace("wrist", "ankle"), "unknown median stimulation site 'ankle'.*wrist"),
        (MOTOR.replace('["wrist"]', "[]"), "'sites' must be a list"),
        (MOTOR + 'sides = ["top"]\n', "'sides' must be a list of left and right"),
        (MOTOR + "strength = -1\n", "'strength' must be a number from 0.1 to 20"),
        (MOTOR + "colour = 1\n", "'colour' is not one of nerve, sides, muscle"),
        ('[[sensory]]\nnerve = "vagus"\n', "unknown sensory nerve 'vagus'"),
        ('[[sensory]]\nnerve = "medial plantar"\n', "unknown sensory course"),
        ('[needle]\nmuscles = ["APB"]\n', "must begin with left, right or weaker"),
        ('[needle]\nmuscles = ["right tongue"]\n', "unknown muscle 'tongue'"),
        ("[bedside]\ngrip = 3\n", "must be one of strength, grip, laboratory, true or false"),
        ("[temperature]\narm = 60\n", "arm or leg, 18 to 40 degC"),
        ("[filter]\nlow_cut_hz = 0\n", "only low_cut_hz"),
        ("title = \n", "is not a TOML file"),
        ("", "asks for nothing"),
        ("motor = [1]\n", r"write \[\[motor\]\]"),
        ("bedside = 3\n", r"'bedside' must be one table"),
        ("temperature = 3\n", r"'temperature' must be one table"),
        ('needle = ["right APB"]\n', "'needle' must be one table"),
        ("[needle]\nmuscles = 3\n", "holds one list"),
        ('[needle]\nmuscle = ["right APB"]\n', "holds one list"),
        ('[needle]\nmuscles = ["right APB", "right APB"]\n', "a muscle stands twice"),
        ('[[motor]]\nnerve = "median"\nmuscle = "APB"\n', "'sites' is missing"),
        ('[[motor]]\nnerve = "median"\nmuscle = "FCR"\nsites = ["elbow"]\n', "unknown muscle 'FCR'"),
        (MOTOR.replace('["wrist"]', '["wrist", "wrist"]'), "a site stands twice"),
        (MOTOR.replace('["wrist"]', '["elbow"]'), "'elbow' alone is proximal; add the wrist"),
        (MOTOR + MOTOR, r"\[\[motor\]\] 2: left median is asked for twice"),
        (MOTOR + 'sides = ["right", "right"]\n', "each once"),
        (MOTOR + 'f_wave = "elbow"\n', "'f_wave' must be one of the sites: wrist"),
        (MOTOR + "strength = nan\n", "'strength' must be a number"),
        (
            MOTOR.replace("median", "fibular").replace("APB", "TA").replace("wrist", "ankle"),
            "'ankle' lies beyond",
        ),
        ('[[sensory]]\nnerve = "sural"\nsites = ["ankle"]\n', "'ankle' lies beyond what is recorded"),
        (
            INCHING.replace("wrist", "X").replace("elbow", "wrist").replace("X", "elbow"),
            "'distal' must lie below",
        ),
        (INCHING + "step_mm = 0.001\n", "'step_mm' must be a number from 2 to 100"),
        ("[filter]\nlow_cut_hz = true\n", "only low_cut_hz"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_file_and_what_is_allowed(tmp_path, text, said):
    with pytest.raises(EvidenceError, match=said) as refused:
        read(tmp_path, text)
    assert "mine.toml" in str(refused.value)


def test_an_unknown_protocol_names_those_that_are_shipped():
    with pytest.raises(EvidenceError, match=r"no protocol 'everything'. Known: .*standard.*toml"):
        protocol("everything")
    with pytest.raises(EvidenceError, match="cannot be read"):
        protocol("nowhere.toml")
