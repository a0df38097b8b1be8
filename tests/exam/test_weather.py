"""Cold, heat and effort: only block that changes is noticed."""

from dataclasses import replace

from few import blocked, person, share_of

from ranvier.body.condition import HEALTHY
from ranvier.exam.neurological import complaints
from ranvier.exam.voluntary import Effort
from ranvier.exam.weather import fatigue, worse, worse_in_cold, worse_in_heat
from ranvier.nerve.bundle import Focus

FOREARM_MM = 560.0


def ill(*foci, muscles=("ADM", "FDI")):
    body = person()
    motor = dict(body.motor)
    for muscle in muscles:
        supply = motor["left", muscle]
        motor["left", muscle] = supply.ill(
            foci, share_of(len(supply.pool), 1.0)[:, None].repeat(len(foci), 1)
        )
    return replace(body, motor=motor)


def test_a_healthy_person_and_one_whose_block_stays_notice_no_weather():
    stays = blocked(person(), "left", ["ADM", "FDI"], FOREARM_MM, 0.5)
    for body in (person(), stays):
        assert not worse_in_cold(body)
        assert not worse_in_heat(body)


def test_nodes_without_sodium_channels_fail_in_the_heat():
    body = ill(Focus("na", 0.22, FOREARM_MM, 12))
    told = complaints(body, HEALTHY, 1)
    assert (told["worse_in_heat"], told["worse_in_cold"]) == (True, False)


def test_pores_and_failing_pumps_fail_in_the_cold():
    bodies = [ill(Focus("depolarising", each, FOREARM_MM, 10)) for each in (0.26, 0.28, 0.30, 0.32)]
    told = [(worse_in_cold(body), worse_in_heat(body)) for body in bodies]
    assert (True, False) in told


def test_a_loss_is_noticed_beyond_its_limit_and_where_there_was_force():
    share = {0.9: False, 0.5: True}
    for left, noticed in share.items():
        then = blocked(person(), "left", ["ADM", "FDI"], FOREARM_MM, 1 - left)
        assert worse(Effort(person()), then) is noticed
    faint = {name: replace(each, drive=0.03) for name, each in person().motor.items() if name[1] != "APB"}
    usual = replace(person(), motor={**person().motor, **faint})
    assert not worse(Effort(usual), blocked(usual, "left", ["ADM", "FDI"], FOREARM_MM))


def test_an_effort_tires_axons_that_just_conduct_and_no_others():
    assert fatigue(person(), "left", "ADM") == 0
    assert fatigue(blocked(person(), "left", ["ADM"], FOREARM_MM), "left", "ADM") == 0
    near = ill(Focus("na", 0.22, FOREARM_MM, 12), muscles=("ADM",))
    short, long = (fatigue(near, "left", "ADM", seconds) for seconds in (5.0, 60.0))
    assert 0 <= short < 0.5 < long <= 1
