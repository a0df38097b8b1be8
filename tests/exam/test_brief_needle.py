"""The brief needle: what the full one would say of a muscle in the same state, without traces."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.anatomy import UnknownNameError
from ranvier.body import healthy
from ranvier.exam.brief.needle import Probed, amplitudes_mv, at_rest, brief_finding, brief_needle
from ranvier.exam.examination import Visit, entries, needled
from ranvier.exam.needle import needle_finding, needle_study
from ranvier.exam.needle import needled as traced
from ranvier.exam.protocol import protocol
from ranvier.nerve.bundle import Focus
from ranvier.patient import NeedleEMG

BODY = healthy("male", 45, 175, 11)
FIRST = protocol("first-visit")


def pool(muscle="FDI", **changes):
    return replace(BODY.motor["left", muscle].pool, **changes)


def probed(of, seed=0, able=1.0, twitching=0.0):
    random = np.random.default_rng(seed)
    return Probed(of, random.random(len(of)) < able, twitching, random)


def often(of, field, told=True, count=60, **how):
    return np.mean(
        [getattr(brief_finding(probed(of, n, **how), "left"), field) == told for n in range(count)]
    )


def mean(of, field, count=60, **how):
    found = [getattr(brief_finding(probed(of, n, **how), "left"), field) for n in range(count)]
    return np.mean([each for each in found if each is not None])


def reinnervated(share=0.3, muscle="FDI"):
    """A pool in which the share of units that is left took over what it could; the rest has no nerve."""
    born = pool(muscle)
    left = np.random.default_rng(3).random(len(born)) < share
    return replace(born, fibres=np.where(left, 2.5 * born.at_birth, 0.0), born_fibres=born.at_birth)


def blocked(muscle="APB"):
    supply = BODY.motor["left", muscle]
    every = np.ones((len(supply.pool), 1), bool)
    ill = supply.ill((Focus("na", 0.0, supply.length_mm / 2, 12),), every)
    return replace(BODY, motor={**BODY.motor, ("left", muscle): ill})


def test_a_healthy_muscle_is_silent_at_rest_and_full_at_effort():
    assert often(pool(), "fibrillations") == often(pool(), "positive_sharp_waves") == 0
    assert often(pool(), "recruitment", "full") == 1
    assert often(pool(), "fasciculations") < 0.15
    assert 10 < mean(pool(), "potentials") < 20
    assert 0.2 < mean(pool(), "amplitude_mv") < 0.8
    assert 8 <= mean(pool(), "firing_rate_hz") < 9


def test_the_full_needle_says_the_same_of_a_healthy_muscle():
    study = needle_study(traced(BODY, "left", "APB", 1), "left")
    full = needle_finding(replace(study, weak=study.weak[:3], rest=study.rest[:1]))
    of = BODY.motor["left", "APB"].pool
    assert mean(of, "potentials") / 2 == pytest.approx(full.potentials, abs=5)
    assert mean(of, "amplitude_mv") == pytest.approx(full.amplitude_mv, abs=0.35)
    assert mean(of, "duration_ms") == pytest.approx(full.duration_ms, abs=2.5)
    assert full.recruitment == "full"


def test_a_wholly_blocked_muscle_shows_nothing_and_no_denervation():
    (found,) = brief_needle(blocked(), [("left", "APB")], 1, "2024-01").muscles
    assert (found.potentials, found.recruitment, found.amplitude_mv) == (0, "none", None)
    assert (found.fibrillations, found.positive_sharp_waves) == (False, False)
    assert found.turns_per_s is None


def test_few_units_left_fire_faster_and_fill_less():
    assert mean(pool(), "firing_rate_hz", able=0.03) > mean(pool(), "firing_rate_hz") + 5
    assert often(pool(), "recruitment", "full", able=0.01) < 0.3
    assert often(pool(), "recruitment", "single unit", able=0.01) > 0
    assert mean(pool(), "potentials", able=0.03) < 0.7 * mean(pool(), "potentials")


def test_fibres_without_a_nerve_fibrillate_as_long_as_they_are_there():
    lost = reinnervated()
    assert often(lost, "fibrillations") > 0.4
    assert often(lost, "positive_sharp_waves") > 0.1
    assert often(replace(lost, orphaned=0.0), "fibrillations") == 0
    assert often(replace(lost, orphaned=0.02), "fibrillations") < often(lost, "fibrillations")


def test_units_that_took_over_fibres_are_longer_and_polyphasic():
    assert mean(reinnervated(), "duration_ms") > mean(pool(), "duration_ms") + 1
    assert mean(reinnervated(), "polyphasic_percent") > 2 * mean(pool(), "polyphasic_percent")
    dense = amplitudes_mv(probed(reinnervated()), np.flatnonzero(reinnervated().fibres))
    usual = amplitudes_mv(probed(pool()), np.flatnonzero(reinnervated().fibres))
    assert dense.mean() > usual.mean()


def test_fasciculations_are_seen_as_often_as_units_twitch():
    shares = [often(pool(), "fasciculations", twitching=rate) for rate in (0.0, 0.01, 0.1)]
    assert shares[0] < 0.15 < shares[1] < shares[2]
    gone = replace(pool(), fibres=np.zeros(len(pool())), born_fibres=pool().fibres, orphaned=0.0)
    assert np.mean([at_rest(probed(gone, n, twitching=0.1))["fasciculations"] for n in range(60)]) < 0.15


def test_the_seed_of_the_session_decides_and_the_muscle():
    muscles = [("left", "APB"), ("right", "APB")]
    one, again, other = (brief_needle(BODY, muscles, seed) for seed in (1, 1, 2))
    assert one == again != other
    assert replace(one.muscles[0], side="right") != one.muscles[1]
    assert brief_needle(BODY, muscles[1:], 1).muscles == one.muscles[1:]
    with pytest.raises(UnknownNameError, match="gluteus"):
        brief_needle(BODY, [("left", "gluteus")], 1)


def test_the_examiner_chooses_the_weaker_side_of_each_muscle():
    assert needled(blocked(), ("weaker APB", "weaker FDI", "left APB")) == [("left", "APB"), ("right", "FDI")]
    assert needled(BODY, ("weaker APB", "left TA")) == [("right", "APB"), ("left", "TA")]


def test_a_brief_first_visit_holds_eight_muscles_of_arm_and_leg():
    found = [e for e in entries(BODY, Visit(FIRST, "2024-01", 1, brief=True)) if isinstance(e, NeedleEMG)]
    assert [each.muscle for each in found[0].muscles] == [name.split()[1] for name in FIRST.needle]
