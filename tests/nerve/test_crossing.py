"""What was followed once is remembered, only what is asked is followed, and never for longer than it takes."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from ranvier.body.healthy import healthy
from ranvier.nerve import crossing
from ranvier.nerve.bundle import Focus
from ranvier.nerve.crossing import Memory
from ranvier.nerve.fibre import Fibre
from ranvier.nerve.lesion import Lesion
from ranvier.nerve.propagate import propagate
from ranvier.nerve.stimulus import Pulse
from ranvier.nerve.transit import Pathway, Warmth, transit_ms
from ranvier.nerve.window import LEAD, ONSET_MS

WARM = Warmth((0.0, 400.0), (36.0, 30.0))
AXONS = np.array([7.5, 9.0, 10.5, 12.0])
NODAL = Focus("nodal", 1.0, 150.0, 9)


def pathway(memory, *severities, axons=AXONS, focus=NODAL):
    return Pathway(axons, 300.0, WARM, (focus,), np.array(severities)[:, None], memory=memory)


@pytest.fixture
def followed(monkeypatch):
    """The crossings that the cable was asked for."""
    asked, honest = [], crossing.followed_ms

    def spy(ways):
        asked.extend(ways)
        return honest(ways)

    monkeypatch.setattr(crossing, "followed_ms", spy)
    return asked


def test_a_second_visit_follows_only_the_axons_that_have_changed(followed):
    memory = Memory()
    transit_ms(pathway(memory, 0.2, 0.4, 0.5, 0.9), 0, 300)
    assert [way.window.axon for way in followed] == [0, 1, 2, 3]
    later = transit_ms(pathway(memory, 0.2, 0.4, 0.6, 0.9), 0, 300)
    assert [way.window.axon for way in followed] == [0, 1, 2, 3, 2]
    assert np.array_equal(later, transit_ms(pathway(Memory(), 0.2, 0.4, 0.6, 0.9), 0, 300), equal_nan=True)
    assert np.isnan(later).tolist() == [False, False, False, True]


@pytest.mark.parametrize("change", [
    {"warmth": Warmth((0.0, 400.0), (36.0, 24.0))}, {"membrane_name": "sensory"},
    {"foci": (replace(NODAL, count=12),)}, {"foci": (replace(NODAL, centre_mm=180.0),)},
    {"foci": (replace(NODAL, quality="sodium"),)}, {"diameter_um": AXONS + 0.1},
])  # fmt: skip
def test_nothing_is_taken_for_the_same_that_is_not(followed, change):
    path = pathway(Memory(), 0.4, 0.4, 0.4, 0.4)
    before = transit_ms(path, 0, 300)
    other = replace(path, **change)
    assert (transit_ms(other, 0, 300) != before).all()
    assert len(followed) == 8


def test_upwards_is_followed_when_it_is_asked(followed):
    path = pathway(Memory(), 0.2, 0.4, 0.5, 0.9)
    transit_ms(path, 0, 300)
    transit_ms(path, 20, 290)
    assert [way.up for way in followed] == [False] * 4
    transit_ms(path, 300, 0)
    assert [way.up for way in followed[4:]] == [True] * 4


def test_a_stimulus_in_the_lesion_is_followed_from_there(followed):
    path = pathway(Memory(), 0.3, 0.3, 0.3, 0.3)
    transit_ms(path, 150, 300)
    assert len(followed) == 4
    assert all(way.begin == way.node > 0 for way in followed)
    transit_ms(path, 150, 300)
    assert len(followed) == 4


def test_the_oldest_are_forgotten_and_found_again(followed):
    memory, degrees = Memory(most=3), (0.2, 0.4, 0.5, 0.9)
    first = transit_ms(pathway(memory, *degrees), 0, 300)
    assert [way.window.axon for way in memory.known] == [1, 2, 3]
    again = transit_ms(pathway(memory, *degrees), 0, 300)
    assert np.array_equal(again, first, equal_nan=True)
    assert [way.window.axon for way in followed] == [0, 1, 2, 3, 0]
    assert len(memory.known) == 3


def test_company_that_may_take_longer_gives_nobody_more_time(monkeypatch):
    def late(fibres, shocks, until_ms, *_, **settings):
        seen = np.full((len(fibres), max(fibre.nodes for fibre in fibres), 1), until_ms - 1.0)
        seen[:, LEAD] = ONSET_MS
        return seen

    monkeypatch.setattr(crossing, "crossings", late)
    foci = (NODAL, replace(NODAL, count=30))
    path = Pathway(np.full(2, 10.0), 300.0, WARM, foci, 0.2 * np.eye(2))
    assert np.isnan(path.down_ms).tolist() == [True, False]


def test_copies_of_a_person_share_what_was_found_and_those_sent_away_do_not():
    person = healthy("male", 40, 180, 1)
    assert person.at_skin(arm=25.0).memory is person.memory
    assert replace(person, by="surface").memory is person.memory
    assert healthy("male", 40, 180, 1).memory is not person.memory
    memory = Memory(7)
    transit_ms(pathway(memory, 0.2, 0.2, 0.2, 0.2), 0, 300)
    sent = pickle.loads(pickle.dumps(memory))
    assert (sent.most, sent.known) == (7, {})


def lesioned(*lesions):
    return Fibre(10.0, 61, 33.0, tuple(map(Lesion.parse, lesions)))


FIBRES = (
    lesioned(), lesioned("na:0.3@23-27"), lesioned("na:0.02@23-27"), lesioned("myelin:60@20-28"),
    lesioned("na:0.13@23-27"), lesioned("detachment:20@20-28"),
)  # fmt: skip
SHOCK, GOAL = (Pulse(1.0, 0.1, 5.0, 0),), 50


def arrival(fibres, **settings):
    seen = propagate(fibres, SHOCK, 20.0, step_us=5.0, precision="float32", **settings)
    return seen.crossing_ms[:, :, 0]


def test_a_run_that_ends_early_ends_the_same():
    whole, early = arrival(FIBRES), arrival(FIBRES, goals=[GOAL] * len(FIBRES))
    assert np.array_equal(whole[:, : GOAL + 1], early[:, : GOAL + 1], equal_nan=True)
    assert 0 < np.isnan(whole[:, GOAL]).sum() < len(FIBRES)


@pytest.mark.parametrize(("fibre", "goal", "longest"), [
    (FIBRES[0], 20, 4.0), (FIBRES[2], GOAL, 10.0), (FIBRES[0], 60, 6.0),
])  # fmt: skip
def test_a_run_ends_when_the_impulse_has_arrived_or_died(monkeypatch, fibre, goal, longest):
    from ranvier.nerve.cable import run

    done = []
    advance = run.CPU.advance
    engine = replace(
        run.CPU, advance=lambda block, start, end: (done.append(end), advance(block, start, end))
    )
    monkeypatch.setattr(run, "CPU", engine)
    arrival([fibre], goals=[goal])
    assert 0.005 * done[-1] < longest
    done.clear()
    arrival([fibre])
    assert 0.005 * done[-1] == pytest.approx(20.0)


def test_nothing_is_over_before_the_last_pulse():
    train = (Pulse(1.0, 0.1, 0.01, 0), Pulse(15.0, 0.1, 5.0, 0))
    seen = propagate([FIBRES[0]], [train], 20.0, step_us=5.0, precision="float32", goals=[GOAL])
    assert seen.crossing_ms[0, GOAL, 0] > 15.0
