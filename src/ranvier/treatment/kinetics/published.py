"""Published population models of immunoglobulin, as data: typical patients and patients drawn from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from ranvier.anatomy import UnknownNameError
from ranvier.evidence.tables import fetch, read_toml
from ranvier.evidence.value import number_in, numbers_of
from ranvier.treatment.kinetics.disposition import Disposition

FILE = Path(__file__).with_name("models.toml")
USUAL = "tortorici_2021"
PARTS = ("typical", "powers", "between", "residual", "cohort")


@dataclass(frozen=True, eq=False)
class PublishedModel:
    """One population model as its numbers stand in `models.toml`.

    `values`: of the typical patient, by name of `Disposition`. They grow as (scale / at) ^ power with
    `scale`, weight or lean mass in kg, or with nothing. `between`: SD of the logarithm between patients,
    sqrt(ln(1 + CV²)) of the printed CV. `residual`: error of one level, `share` of it and `g_l`. `own_g_l`:
    the level without the drug that goes with the model. `people`: how many it was fitted to, if listed.
    """

    id: str
    population: str
    routes: tuple[str, ...]
    scale: str | None
    at: float
    values: Mapping[str, float]
    powers: Mapping[str, float]
    between: Mapping[str, float]
    residual: Mapping[str, float]
    own_g_l: float
    people: int | None

    @property
    def facilitated_gain(self) -> float | None:
        """Bioavailability with hyaluronidase relative to plain SC; None where it was not studied."""
        both = [self.values.get(each) for each in ("facilitated", "bioavailable")]
        return None if both[0] is None or both[1] is None else both[0] / both[1]

    def typical(
        self,
        weight_kg: float | None = None,
        height_cm: float | None = None,
        sex: str | None = None,
        count: int = 1,
    ) -> Disposition:
        """The typical patient of this build, `count` times; of the model's own reference without a weight.

        Raises ValueError when the model goes by lean mass and height or sex is missing.
        """
        return disposition(self.grown(weight_kg, height_cm, sex), count)

    def drawn(
        self,
        random: np.random.Generator,
        count: int,
        weight_kg: float | None = None,
        height_cm: float | None = None,
        sex: str | None = None,
    ) -> Disposition:
        """`count` patients of this build as they differ from one another, log-normal and independent.

        No more than the whole of a subcutaneous dose reaches the blood.
        """
        values: dict[str, Any] = self.grown(weight_kg, height_cm, sex)
        for name, sd in self.between.items():
            values[name] = values[name] * np.exp(sd * random.standard_normal(count))
        if "bioavailable" in values:
            values["bioavailable"] = np.minimum(values["bioavailable"], 1.0)
        return disposition(values, count)

    def grown(self, weight_kg: float | None, height_cm: float | None, sex: str | None) -> dict[str, float]:
        """The typical values for this build."""
        if weight_kg is None or self.scale is None:
            return dict(self.values)
        size = weight_kg if self.scale == "weight_kg" else lean_kg(weight_kg, height_cm, sex)
        if not size > 0:
            raise ValueError(f"{self.scale}: {size:g} kg is no patient; check weight_kg and height_cm.")
        return {
            name: value * (size / self.at) ** self.powers.get(name, 0.0)
            for name, value in self.values.items()
        }


def disposition(values: Mapping[str, Any], count: int) -> Disposition:
    """Values by name as arrays (count,); a rate of elimination times the volume is a clearance."""
    clearance = values["clearance"] if "clearance" in values else values["elimination"] * values["central"]
    unknown = float("nan")
    found = (
        clearance,
        values["central"],
        values.get("exchange", 0.0),
        values.get("peripheral", 0.0),
        values.get("absorption", unknown),
        values.get("bioavailable", unknown),
    )
    return Disposition(*(np.full(count, each, float) for each in found))


def typical(weight_kg: float | None = None, count: int = 1) -> Disposition:
    """The typical patient with neuropathy of this weight, `count` times (Tortorici 2021)."""
    return published(USUAL).typical(weight_kg, count=count)


def usual_kg() -> float:
    """The weight of the typical patient with neuropathy, taken where a patient's own is not known."""
    return published(USUAL).at


def lean_kg(weight_kg: float, height_cm: float | None, sex: str | None) -> float:
    """Lean body mass in kg (Boer 1984); raises ValueError if height or sex is missing."""
    rules = numbers_of(Path(__file__).with_name("lean.toml"))
    if height_cm is None or sex not in rules:
        raise ValueError("lean body mass needs height_cm and sex, male or female; enter them.")
    rule = rules[sex]
    return rule["per_kg"] * weight_kg + rule["per_cm"] * height_cm - rule["less"]


def model_ids() -> tuple[str, ...]:
    """The names of the published models."""
    return tuple(tables())


@cache
def published(model_id: str) -> PublishedModel:
    """A published model by name, such as `tortorici_2021`; raises UnknownNameError with those known."""
    if model_id not in tables():
        raise UnknownNameError("model", model_id, list(tables()))
    table = tables()[model_id]
    parts = {name: numbers(table.get(name, {}), f"{model_id}.{name}") for name in PARTS}
    people = parts["cohort"].get("people")
    return PublishedModel(
        id=model_id,
        population=fetch(table, "population", str, model_id),
        routes=tuple(fetch(table, "routes", list, model_id)),
        scale=table.get("scale"),
        at=number_in(table, "at", model_id) if "scale" in table else float("nan"),
        values=parts["typical"],
        powers=parts["powers"],
        between={name: float(np.sqrt(np.log1p(cv**2))) for name, cv in parts["between"].items()},
        residual=parts["residual"],
        own_g_l=parts["cohort"]["own_igg"],
        people=None if people is None else int(people),
    )


def numbers(table: dict[str, Any], where: str) -> dict[str, float]:
    """The numbers of a table of Values."""
    return {key: number_in(table, key, where) for key in table}


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The tables of `models.toml`, one `like` another filled in from it."""
    found = read_toml(FILE)
    return {name: {**found.get(table.get("like"), {}), **both(found, table)} for name, table in found.items()}


def both(found: dict[str, dict[str, Any]], table: dict[str, Any]) -> dict[str, Any]:
    """A table, its parts on top of those of the one it is like."""
    base = found.get(table.get("like", ""), {})
    return {
        key: {**base.get(key, {}), **entry} if isinstance(entry, dict) and key in PARTS else entry
        for key, entry in table.items()
    }
