"""A muscle at rest: what is called spontaneous, and what is left open."""

import numpy as np
from made_needle import LARGE, SHARP, Unit, recording

from ranvier.findings.needle import Recording, analyse, needle_finding

FIBRILLATION = Unit(((-1, 0, 0.08), (0, 1.2, -0.15)), 5)
POSITIVE = Unit(((-0.8, 0.4, 0.4), (0.4, 11, -0.06)), 4)


def at_rest(units, seconds=15, extra=(), **about):
    samples, _ = recording(units, 10000, seconds=seconds, spread=0.03, **about)
    time = np.arange(len(samples)) * 0.1
    for start in extra:
        samples += LARGE.at(time - start)
    return analyse(Recording(0.1, samples), at_rest=True)


def test_nothing_at_rest_is_denied_only_after_ten_seconds():
    assert (at_rest(()).rest.fibrillations, at_rest(()).rest.fasciculations) == (False, False)
    short = at_rest((), seconds=5).rest
    assert (short.fibrillations, short.positive_sharp_waves, short.fasciculations) == (None, None, None)


def test_fibrillation_and_positive_sharp_waves_are_told_apart():
    one, two = at_rest((FIBRILLATION,)).rest, at_rest((POSITIVE,)).rest
    assert (one.fibrillations, one.positive_sharp_waves, one.voluntary) == (True, False, 0)
    assert (two.fibrillations, two.positive_sharp_waves, two.voluntary) == (False, True, 0)
    assert not one.fasciculations


def test_rare_whole_units_are_fasciculations():
    found = at_rest((), extra=(1000, 3700, 4400, 9000, 12100)).rest
    assert found.fasciculations
    assert round(found.fasciculation_per_min) == 20
    assert not found.fibrillations


def test_a_unit_that_fires_on_is_voluntary():
    found = at_rest((SHARP,)).rest
    assert (found.voluntary, found.fibrillations, found.fasciculations) == (1, False, False)


def test_without_the_examiners_word_nothing_is_called_spontaneous():
    samples, _ = recording((FIBRILLATION,), 10000, spread=0.03)
    found = analyse(Recording(0.1, samples))
    assert found.rest is None
    assert needle_finding(found, "TA").fibrillations is None
