"""What a drug's file tells, in words, part by part; shared by terminal and plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ranvier.evidence import Source, Value, registry
from ranvier.treatment.drug import Drug, drug, drugs
from ranvier.treatment.drug_facts import Fact

CLOSING = "Research and education software. The dose is the physician's decision."
NOTHING = "not known"
LIST_CLOSE = "One of them in full: ranvier drug NAME."
LIMITS = {
    "least_g_per_kg_month": "least over a month",
    "most_g_per_kg_month": "most over a month",
    "most_g_per_kg_dose": "most in one course",
    "most_g_per_kg_day": "most on one day",
    "start_ml_per_kg_h": "first rate",
    "most_ml_per_kg_h": "highest rate",
    "start_mg_per_kg_min": "first rate",
    "most_mg_per_kg_min": "highest rate",
}


@dataclass(frozen=True)
class Row:
    """One line of a part: what it is about, what is said, and on what it rests."""

    about: str
    text: str
    basis: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the sheet with its lines."""

    title: str
    rows: tuple[Row, ...]


def listed() -> tuple[Row, ...]:
    """Every treatment with one line each: what it is, and what is known of it in MMN."""
    found = [drug(name) for name in drugs()]
    order = {group: n for n, group in enumerate(dict.fromkeys(each.group for each in by_use(found)))}
    return tuple(
        Row(each.name, each.in_mmn, each.group) for each in sorted(found, key=lambda one: order[one.group])
    )


def by_use(found: list[Drug]) -> list[Drug]:
    """Immunoglobulin first, what does not help last."""
    last = ("corticosteroid", "apheresis")
    return sorted(found, key=lambda one: (one.group in last, not one.is_immunoglobulin))


def parts(one: Drug) -> Iterator[Part]:
    """The parts of a drug's sheet; what the file does not tell is said to be not known."""
    yield Part("How it works", (Row("", one.mechanism),))
    yield Part("What studies found", told(one.evidence, studied))
    yield Part("Doses in use", told(one.doses, lambda each: each.phase))
    limits = tuple(limit(name, value) for name, value in numbers(one, "label"))
    if limits:
        yield Part("Limits of label and guideline", limits)
    yield Part("Harms", told(one.harms, lambda each: ""))
    yield Part("What is watched", told(one.monitoring, lambda each: each.when))
    yield Part("Cost", told(one.cost, lambda each: each.country))
    yield Part("Products", told(one.brands, lambda each: each.title))
    yield Part("Kinetics", tuple(number(*each) for each in numbers(one, "kinetics")) or (Row("", NOTHING),))
    if one.effect:
        own = tuple(number(*each) for each in numbers(one, "effect"))
        model = own or (Row("", "no numbers of its own"),)
        yield Part(f"In the simulation, which is no evidence: {one.effect['link']}", model)
    yield Part("Not known", tuple(Row("", each) for each in one.not_known) or (Row("", "nothing listed"),))


def told(facts: Iterable[Fact], about) -> tuple[Row, ...]:
    """The facts as lines; one line that says so where there are none."""
    rows = tuple(Row(about(each), each.text, basis(each)) for each in facts)
    return rows or (Row("", NOTHING),)


def studied(one) -> str:
    """How many were studied and how: `44 patients, double-blind crossover ...`; the disease if not MMN."""
    people = [one.numbers[key] for key in ("patients", "people") if key in one.numbers]
    who = [f"{people[0].number:g} {people[0].unit}"] if people else []
    other = [f"in {one.disease}"] if one.disease != "MMN" else []
    return ", ".join([*who, one.design, *other])


def basis(one: Fact | Value) -> str:
    """The source, and whether it is recalled only."""
    return f"{one.source}, recalled" if one.mark == "recalled" else one.source


def numbers(one: Drug, table: str) -> list[tuple[str, Value]]:
    """The Values of one table of the file, by their names in it."""
    start = f"{table}."
    return [(id.removeprefix(start), value) for id, value in one.numbers.items() if id.startswith(start)]


def limit(name: str, value: Value) -> Row:
    """A limit of dose or rate: `highest rate  5.4 mL/kg/h`."""
    return Row(LIMITS[name], amount(value), basis(value))


def number(name: str, value: Value) -> Row:
    """Any other number of the file, with its kind."""
    return Row(name.replace("_", " "), amount(value), f"{value.kind}, {basis(value)}")


def amount(value: Value) -> str:
    """A number with unit, spread and note; the unit 1 is left out."""
    unit = "" if value.unit == "1" else f" {value.unit}"
    spread = f" ({value.spread})" if value.spread else ""
    return f"{value.number:g}{unit}{spread}" + (f": {value.note}" if value.note else "")


def sources(one: Drug) -> tuple[Source, ...]:
    """Every source the file rests on, in order of id."""
    facts = (*one.evidence, *one.doses, *one.harms, *one.monitoring, *one.cost, *one.brands)
    ids = {each.source for each in (*facts, *one.numbers.values())}
    return tuple(registry().source(id) for id in sorted(ids))
