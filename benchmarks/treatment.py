"""How long treatment takes to compute: one line a job, CPU seconds of this process, the best of a few runs.

A job is a function that sets up what it needs and returns what is timed; its docstring is its line. Add one
to JOBS. The first call of a compiled job, with nothing kept on disk, is measured in a fresh process.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np

from ranvier.forecast.individual import fitted
from ranvier.treatment.effect.population import people as drawn
from ranvier.treatment.given import Given, immunoglobulin
from ranvier.treatment.kinetics import Disposition, Doses, at_steady_state, concentration, saturable, typical
from ranvier.treatment.plan import candidate, plan
from ranvier.treatment.readings import Readings
from ranvier.treatment.wear_off import watch

REPEATS = 5


def every(days: float, count: int, grams: float, hours: float = 5.0, depot: bool = False) -> Doses:
    """Equal doses at equal intervals."""
    same = np.ones(count)
    return Doses(np.arange(count) * days, grams * same, hours / 24 * same, np.full(count, depot), same)


def people(count: int) -> Disposition:
    """People of 82 kg who clear differently."""
    own = typical(82, count)
    varied = own.clearance * np.exp(0.28 * np.random.default_rng(1).standard_normal(count))
    return Disposition(varied, own.central, own.exchange, own.peripheral, own.absorption, own.bioavailable)


def year_of_infusions() -> Callable[[], object]:
    """IgG of 10 000 people, daily for a year, 1 g/kg every 21 days over 5 h"""
    own, doses, days = people(10_000), every(21, 18, 82.0), np.arange(365.0)
    return lambda: concentration(own, doses, days)


def year_under_the_skin() -> Callable[[], object]:
    """IgG of 10 000 people, daily for a year, SC every 7 days"""
    own, doses, days = people(10_000), every(7, 53, 20.0, 0.0, True), np.arange(365.0)
    return lambda: concentration(own, doses, days)


def small_batch() -> Callable[[], object]:
    """IgG of 15 parameter sets at 800 irregular times, 20 infusions (one step of a fit)"""
    own, doses = people(15), every(20.3, 20, 82.0)
    days = np.sort(np.random.default_rng(2).uniform(0, 400, 800))
    return lambda: concentration(own, doses, days)


def steady_state() -> Callable[[], object]:
    """IgG of 1000 people at 50 times of a cycle at steady state (one regimen of a plan)"""
    own, doses, days = people(1000), every(1, 2, 41.0), np.linspace(0, 21, 50)
    return lambda: at_steady_state(own, doses, 21.0, days)


def saturable_year() -> Callable[[], object]:
    """Saturable recycling: 100 people, daily for a year, 1 g/kg every 21 days"""
    of, doses, days = saturable(10.0, 82, 100), every(21, 18, 82.0), np.arange(365.0)
    return lambda: of.levels(doses, days)


def one_patient() -> tuple[list[Given], list[Readings]]:
    """A virtual person on 1 g/kg every 21 days with 3 IgG values and 60 readings of grip of each hand."""
    random = np.random.default_rng(3)
    one = drawn(random, 1, 80.0)
    given = [Given("ivig", 1000.0 + 21 * n, 80.0, 0.2) for n in range(9)]
    days = np.arange(990.0, 1185.0, 0.25)
    attack, igg = one.attack(immunoglobulin(given), days), one.igg(immunoglobulin(given), days)[0]
    read = np.arange(1105.0, 1165.0)
    at = np.searchsorted(days, read)
    told = [
        Readings(
            name, "kg", read, one.measured(name, attack, days)[0, at] * np.exp(0.06 * random.normal(size=60))
        )
        for name in one.hands
    ]
    some = np.array([1104.5, 1125.5, 1146.5])
    return given, [*told, Readings("IgG", "g/L", some, igg[np.searchsorted(days, some)])]


def individual_fit() -> Callable[[], object]:
    """One patient fitted to 3 IgG values and 120 readings of grip, with 500 draws"""
    given, told = one_patient()
    return lambda: fitted(given, told, 80.0)


def fifty_regimens() -> Callable[[], object]:
    """A plan: some fifty regimens at steady state in 500 draws of that patient"""
    given, told = one_patient()
    found = fitted(given, told, 80.0)
    now = found.on(found.last)
    return lambda: plan(now, candidate("ivig 1 g/kg every 21 d", 80.0), 80.0)


def one_watch() -> Callable[[], object]:
    """The watch for wear-off on that patient"""
    given, told = one_patient()
    return lambda: watch([each for each in told if each.measure != "IgG"], given, weight_kg=80.0)


JOBS = (
    year_of_infusions,
    year_under_the_skin,
    small_batch,
    steady_state,
    saturable_year,
    individual_fit,
    fifty_regimens,
    one_watch,
)


def first_call(statement: str) -> float:
    """CPU seconds of a statement in a fresh process that finds no compiled code on disk."""
    code = (
        "import numpy as np, time\nfrom ranvier.treatment.kinetics import *\n"
        "one = Doses(np.zeros(1), np.ones(1), np.zeros(1), np.zeros(1, bool), np.ones(1))\n"
        f"t = time.process_time()\n{statement}\nprint(time.process_time() - t)"
    )
    with tempfile.TemporaryDirectory() as empty:
        told = {**os.environ, "NUMBA_CACHE_DIR": empty}
        run = subprocess.run(
            [sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True
        )
    return float(run.stdout)


def timed(job: Callable[[], object]) -> float:
    """CPU seconds of one run, the best of several, compiled before."""
    job()
    found = []
    for _ in range(REPEATS):
        start = time.process_time()
        job()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print every line."""
    for make in JOBS:
        print(f"{1e3 * timed(make()):10.2f} ms  {make.__doc__}")
    for name, statement in (
        ("linear", "concentration(typical(), one, np.arange(3.0))"),
        ("saturable", "saturable(10.0).levels(one, np.arange(3.0))"),
    ):
        print(f"{1e3 * first_call(statement):10.0f} ms  first call, {name}, nothing compiled on disk")


if __name__ == "__main__":
    main()
