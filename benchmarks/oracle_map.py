"""The most likely parameters of patients for whom NONMEM and Monolix are known: `make oracle-pk`.

The same search (`forecast.mode`) and the same kinetics (`treatment.kinetics`) that fit a patient under
immunoglobulin fit these. Data and expected values: `tests/against/map_oracles.json`. Hours stand for days.
"""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ranvier.forecast.mode import LogDensity, peak
from ranvier.treatment.kinetics import Disposition, Doses, concentration

Array = np.ndarray
ORACLES = Path(__file__).parents[1] / "tests" / "against" / "map_oracles.json"
Course = Callable[[Array], Array]
"""Concentrations (B, T) at the times of the readings, for B sets of etas (B, K)."""


def objective(course: Course, readings: Array, variance: Array, additive: float, share: float) -> LogDensity:
    """Minus half of NONMEM's objective with interaction: sum (y - f)^2 / v + ln v, and eta^2 / omega^2."""

    def density(etas: Array) -> Array:
        expected = course(etas)
        spread = (additive + share * expected) ** 2
        misfit = ((readings - expected) ** 2 / spread + np.log(spread)).sum(axis=1)
        return -0.5 * (misfit + (etas**2 / variance).sum(axis=1))

    return density


def nonmem() -> list[tuple[int, Array, Array]]:
    """Number, etas found and etas of NONMEM of each subject: one compartment after a depot."""
    told = json.loads(ORACLES.read_text())["nonmem"]
    return [(one["id"], oral_etas(told, one), np.array(one["etas"])) for one in told["subjects"]]


def oral_etas(told: dict, one: dict) -> Array:
    """The etas of clearance, volume and absorption of a subject."""
    when = np.array(told["dose_hours"], float)
    given = Doses(when, np.full(len(when), float(one["dose_mg"])), 0 * when, when > -1, 1 + 0 * when)

    def course(etas: Array) -> Array:
        clearance, volume, absorption = (
            told[name] * np.exp(eta)
            for name, eta in zip(("clearance_l_h", "volume_l", "absorption_per_h"), etas.T, strict=True)
        )
        none, whole = np.zeros(len(etas)), np.ones(len(etas))
        person = Disposition(clearance, volume, none, whole, absorption, whole)
        return concentration(person, given, np.array(one["hours"], float))

    share = told["variance_proportional"] ** 0.5
    density = objective(course, np.array(one["readings"]), told["variance_between"], 0.0, share)
    return peak(density, np.zeros(3))[0]


def monolix() -> list[tuple[str, float, float]]:
    """Name, value found and value of Monolix, of both drugs."""
    told = json.loads(ORACLES.read_text())["monolix"]
    found = {"tobramycin": tobramycin(told["tobramycin"]), "vancomycin": vancomycin(told["vancomycin"])}
    return [
        (f"{drug} {name}", found[drug][name], value)
        for drug in found
        for name, value in told[drug]["expected"].items()
    ]


def tobramycin(told: dict) -> dict[str, float]:
    """Rate and volume of the most likely patient."""
    rate = told["ke"] * (told["clcr"] / 67.8) ** 0.89 * (told["weight_kg"] / 66.4) ** -1.09
    volume = told["V"] * (told["weight_kg"] / 66.4) ** 0.80

    def person(etas: Array) -> Disposition:
        ke, central = rate * np.exp(etas[:, 0]), volume * np.exp(etas[:, 1])
        there = told["k12"] * central
        return Disposition(ke * central, central, there, there / told["k21"], 1 + 0 * ke, 1 + 0 * ke)

    etas = two_compartments(told, person)
    return {"ke": rate * float(np.exp(etas[0])), "V": volume * float(np.exp(etas[1]))}


def vancomycin(told: dict) -> dict[str, float]:
    """Clearance and volumes of the most likely patient."""
    usual = {
        "CL": told["CL"] * (told["clcr"] / 120) ** 0.8,
        "Vc": told["Vc"] * told["weight_kg"] / 70,
        "Vp": told["Vp"],
    }

    def person(etas: Array) -> Disposition:
        clear, central, beside = (
            value * np.exp(eta) for value, eta in zip(usual.values(), etas.T, strict=True)
        )
        one = np.ones(len(etas))
        return Disposition(clear, central, told["Q"] * one, beside, one, one)

    etas = two_compartments(told, person)
    return {name: value * float(np.exp(eta)) for (name, value), eta in zip(usual.items(), etas, strict=True)}


def two_compartments(told: dict, person: Callable[[Array], Disposition]) -> Array:
    """The most likely etas of a patient under infusions."""
    day, grams, long = (np.array(told[name], float) for name in ("dose_hours", "dose_mg", "lasts_hours"))
    given = Doses(day, grams, long, day < -1, 1 + 0 * day)
    hours, readings = np.array(told["hours"], float), np.array(told["readings"])
    variance = np.array(list(told["variance"].values()))
    density = objective(
        lambda etas: concentration(person(etas), given, hours),
        readings, variance, told["additive"], told["proportional"],
    )  # fmt: skip
    return peak(density, np.zeros(len(variance)))[0]


def main() -> None:
    """Print what was found beside what is known."""
    rows = nonmem()
    print("| subject | etas found | NONMEM | largest difference |\n|---|---|---|---|")
    for number, found, known in rows:
        told = [", ".join(f"{eta:.6f}" for eta in etas) for etas in (found, known)]
        print(f"| {number} | {told[0]} | {told[1]} | {np.abs(found - known).max():.1e} |")
    worst = max(float(np.abs(found - known).max()) for _, found, known in rows)
    pairs = monolix()
    print("\n| parameter | found | Monolix | difference |\n|---|---|---|---|")
    for name, found, known in pairs:
        print(f"| {name} | {found:.5g} | {known:g} | {100 * (found / known - 1):+.2f} % |")
    off = max(abs(found / known - 1) for _, found, known in pairs)
    print(f"\nlargest difference: NONMEM {worst:.1e} (goal 1e-5), Monolix {100 * off:.2f} % (goal 0.5 %)")
    if worst > 1e-5 or off > 0.005:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
