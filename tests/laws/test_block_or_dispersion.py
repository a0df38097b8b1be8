"""What block and demyelination do to the same nerve: nothing in the code says which is which."""

from dataclasses import replace

import numpy as np
import pytest

from ranvier.anatomy.course import course
from ranvier.body import healthy
from ranvier.exam.motor import Recording, motor_study
from ranvier.exam.session import Session
from ranvier.findings.measure import measured_site
from ranvier.nerve.bundle import Focus

BODY = healthy("male", 40.0, 175.0, 3)
KEY = ("right", "APB")
COUNT = len(BODY.motor[KEY].pool)
WAY = course("median", 175.0)
MIDDLE = (WAY.at("wrist") + WAY.at("elbow")) / 2
RANDOM = np.random.default_rng(1)


def study(*foci, members):
    supply = BODY.motor[KEY].ill(foci, members)
    session = Session(replace(BODY, motor={**BODY.motor, KEY: supply}), 1, quiet=True)
    rows = motor_study(Recording.of(session, "right", "median", "APB"), ("wrist", "elbow")).sites
    return [measured_site(row) for row in rows]


def change(rows):
    wrist, elbow = rows
    return 1 - elbow.area_mv_ms / wrist.area_mv_ms, elbow.duration_ms / wrist.duration_ms - 1


def test_nodal_block_takes_area_and_does_not_spread_the_response():
    area, duration = change(study(Focus("na", 0.05, MIDDLE, 8), members=RANDOM.random((COUNT, 1)) < 0.6))
    assert area > 0.5
    assert duration < 0.15


@pytest.mark.parametrize("share", [0.95, 1.0])
def test_segmental_demyelination_takes_area_and_spreads_the_response(share):
    thinned = (12, 20, 30, 45, 60)
    foci = tuple(Focus("myelin", value, MIDDLE, 45) for value in thinned)
    which = RANDOM.integers(0, len(foci), COUNT)[:, None] == np.arange(len(foci))[None, :]
    patchy = which & (RANDOM.random((COUNT, 1)) < share)
    rows = study(*foci, members=patchy)
    area, duration = change(rows)
    assert area > 0.2
    assert duration > 0.3


def test_a_response_below_the_lesion_knows_nothing_of_it():
    ill = study(Focus("na", 0.05, MIDDLE, 8), members=np.ones((COUNT, 1), bool))
    well = study(Focus("na", 1.0, MIDDLE, 8), members=np.zeros((COUNT, 1), bool))
    assert ill[0] == well[0]
    assert ill[1].absent


def test_block_comes_with_warmth_where_channels_are_lost():
    """A nerve that conducts when it is cool fails when it is warm (the fibre's own doing)."""
    supply = BODY.motor[KEY].ill((Focus("na", 0.19, MIDDLE, 8),), np.ones((COUNT, 1), bool))
    through = []
    for celsius in (26.0, 36.0):
        body = replace(BODY, motor={**BODY.motor, KEY: supply}).at_skin(arm=celsius)
        record = Recording.of(Session(body, 1, quiet=True), "right", "median", "APB")
        through.append(np.isfinite(record.arrival_ms(record.electrode("elbow"))).mean())
    assert through[0] > 0.9
    assert through[1] < 0.5
