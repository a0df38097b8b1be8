"""Patients under treatment in a few words, for tests of guidance."""

from datetime import date, timedelta

from ranvier.patient import (
    Background,
    Dose,
    Identity,
    Laboratory,
    NeurologicalExamination,
    Patient,
    Strength,
    Treatment,
)
from ranvier.patient.entries import Scale

WHO = {"origin": "measured", "source": "test"}
BEGIN = date(2026, 3, 2)


def on(days):
    """The date so many days after treatment began."""
    return (BEGIN + timedelta(days)).isoformat()


def patient(*entries, **identity):
    return Patient(Identity("x", **{"sex": "female", "weight_kg": 70.0, **identity}), entries)


def background(**fields):
    return Background(when="2026-01-05", **WHO, **fields)


def laboratory(when="2026-01-05", **fields):
    return Laboratory(when=when, **WHO, **fields)


def dose(days=0, drug="ivig", grams=140.0, **fields):
    return Dose(when=on(days), **WHO, drug=drug, amount=grams, **fields)


def treatment(agent="IVIG", when="2026-03-02", **fields):
    return Treatment(when=when, **WHO, agent=agent, **fields)


def scale(days, score, name="grip", unit="kg", side="right"):
    return Scale(when=on(days), **WHO, name=name, score=score, unit=unit, side=side)


def graded(days=0, **grades):
    rows = tuple(Strength(name, "right", grade) for name, grade in grades.items())
    return NeurologicalExamination(when=on(days), **WHO, strength=rows)
