"""What a disease does besides the nerves: shares that can be, and the region of each muscle."""

import numpy as np
import pytest

from ranvier.body.condition import HEALTHY, Condition, region


def test_nothing_is_said_of_a_healthy_person():
    assert HEALTHY.upper_lost("cervical") == 0
    assert (HEALTHY.bulbar, HEALTHY.cranial, HEALTHY.pain) == (0.0, False, False)
    assert Condition(upper_motor_neuron={"bulbar": 0.4}).upper_lost("bulbar") == 0.4


@pytest.mark.parametrize(
    ("muscle", "where"),
    [("APB", "cervical"), ("deltoid", "cervical"), ("quadriceps", "lumbosacral"), ("AH", "lumbosacral")],
)
def test_the_region_of_a_muscle_is_that_of_its_roots(muscle, where):
    assert region(muscle) == where


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"upper_motor_neuron": {"cervical": 1.2}},
            "upper_motor_neuron of cervical must lie between 0 and 1",
        ),
        ({"upper_motor_neuron": {"arm": 0.2}}, "takes bulbar, cervical, thoracic, lumbosacral, not 'arm'"),
        ({"bulbar": -0.1}, "bulbar must lie between 0 and 1"),
        ({"fasciculation_per_min": {("left", "APB"): np.array([1.0, -1.0])}}, "left APB must be 0 or more"),
        ({"fasciculation_per_min": {("left", "APB"): np.array([np.nan])}}, "left APB must be 0 or more"),
    ],
)
def test_what_nobody_can_have_is_refused(wrong, told):
    with pytest.raises(ValueError, match=told):
        Condition(**wrong)
