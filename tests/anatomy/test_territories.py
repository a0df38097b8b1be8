"""Roots, nerves and regions behind movements, muscles, reflexes and signs."""

from itertools import combinations
from typing import get_args

import pytest

from ranvier.anatomy import REGIONS, movements, nerves_serving
from ranvier.anatomy.territories import reflex_movement, sign_regions, tables, territory
from ranvier.patient.entries import Reflex, UpperMotorNeuronSign


def test_every_graded_movement_has_a_root_and_its_own_nerves():
    for name in movements():
        found = territory(name)
        assert found
        assert found.root
        assert found.nerves == set(nerves_serving(name))
        assert found.region in ("cervical", "lumbosacral")


@pytest.mark.parametrize(
    ("name", "nerve", "root", "region"),
    [
        ("APB", "median", "C8", "cervical"),
        ("abductor pollicis brevis", "median", "C8", "cervical"),
        ("First dorsal interosseous", "ulnar", "C8", "cervical"),
        ("Tibialis anterior", "fibular", "L5", "lumbosacral"),
        ("TA", "fibular", "L5", "lumbosacral"),
        ("vastus_lateralis", "femoral", "L4", "lumbosacral"),
        ("rectus abdominis", "intercostal", "T10", "thoracic"),
        ("genioglossus", "hypoglossal", "", "bulbar"),
    ],
)
def test_muscles_for_the_needle(name, nerve, root, region):
    found = territory(name)
    assert found
    assert (found.nerves, found.root, found.region) == ({nerve}, root, region)


def test_a_muscle_nobody_named_has_no_place():
    assert territory("shoulder muscles") is None


def test_two_muscles_differ_only_in_nerve_and_root():
    apart = {
        frozenset(pair): territory(pair[0]).apart_from(territory(pair[1]))  # type: ignore[union-attr]
        for pair in combinations(
            ("APB", "FDI", "biceps", "triceps", "ED", "FCR", "TA", "EDB", "gastrocnemius"), 2
        )
    }
    together = {"APB FDI", "triceps ED", "APB FCR", "TA EDB", "triceps FCR", "ED FCR"}
    for words in together:
        assert not apart[frozenset(words.split())], words
    for words in ("APB biceps", "FDI ED", "biceps triceps", "TA gastrocnemius"):
        assert apart[frozenset(words.split())], words


def test_every_reflex_and_every_sign_has_a_place():
    for name in get_args(Reflex.__dataclass_fields__["name"].type):
        assert reflex_movement(name) in movements()
    assert set(tables()["sign"]) == set(get_args(UpperMotorNeuronSign))
    assert all(set(sign_regions(name)) <= set(REGIONS) for name in tables()["sign"])
