"""Simulated patients that several tests look at, made once."""

from functools import cache

from ranvier.disease import simulate


@cache
def mmn():
    return simulate("mmn", 3, visits=(1.0, 5.5), brief=True, by="surface")


@cache
def als():
    return simulate("als", 3, visits=(1.0, 2.0), brief=True, by="surface")
