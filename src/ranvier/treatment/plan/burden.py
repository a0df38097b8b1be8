"""What a regimen asks of the patient and of those who pay: infusions, needles, tests, cost."""

from dataclasses import dataclass
from functools import cache
from math import ceil

from ranvier.patient.when import DAYS_PER_YEAR
from ranvier.treatment.drug import drug
from ranvier.treatment.plan.candidate import ALL, FACILITATED, INTRAVENOUS, Candidate
from ranvier.treatment.plan.rules import rules

HIGHEST = 1_000_000
"""What no gram and no day of infusion costs, in any currency."""


@dataclass(frozen=True)
class Prices:
    """What a gram costs, from `gram_low` to `gram_high`, and one day of infusion; None is unknown.

    `drugs`: of which it is the price; it is not known for others.
    """

    currency: str
    gram_low: float
    gram_high: float
    infusion_day: float | None = None
    basis: str = "entered by the clinic"
    drugs: tuple[str, ...] = ALL

    def __post_init__(self) -> None:
        known = (self.gram_low, self.gram_high, self.infusion_day or 0.0)
        if not all(0 <= each <= HIGHEST for each in known):
            raise ValueError(
                f"A price must lie between 0 and {HIGHEST:,} {self.currency}; check what was entered."
            )


@dataclass(frozen=True)
class Cost:
    """A year's cost. `administration` None: not known, and not in the sum."""

    currency: str
    drug_low: float
    drug_high: float
    administration: float | None
    basis: str


@dataclass(frozen=True)
class Burden:
    """A year of a regimen: grams, days of infusion, those of them in a hospital or at an infusion place,
    needles, and blood tests. `cost` None: no price is known."""

    grams: float
    grams_per_kg_month: float
    infusions: float
    hospital_days: float
    needles: float
    blood_tests: float
    cost: Cost | None


def burden(candidate: Candidate, weight_kg: float, prices: Prices | None = None) -> Burden:
    """What a regimen asks for in a year, for a person of this weight."""
    a_month, infusions = candidate.grams_per_kg_month(weight_kg), candidate.infusions_a_year
    return Burden(
        grams=candidate.grams_a_year,
        grams_per_kg_month=a_month,
        infusions=infusions,
        hospital_days=0.0 if candidate.is_subcutaneous else infusions,
        needles=infusions * needles(candidate),
        blood_tests=blood_tests(a_month) if candidate.grams else 0.0,
        cost=cost(candidate, prices) if prices and candidate.drug in prices.drugs else None,
    )


def needles(candidate: Candidate) -> int:
    """Needles for one day of infusion: one into a vein, or as many sites as the volume needs."""
    if not candidate.is_subcutaneous:
        return 1
    rule, kind = rules()["giving"], "fsc_" if candidate.drug == FACILITATED else ""
    volume = candidate.grams / candidate.over_days / rule[f"{kind}strength"]
    return max(ceil(volume / rule[f"{kind}site"]), 1)


def blood_tests(grams_per_kg_month: float) -> float:
    """Blood tests a year: kidney, blood count, IgG; twice as often on a high dose."""
    rule = rules()["monitoring"]
    often = 2.0 if grams_per_kg_month >= rule["high_dose"] else 1.0
    return often * DAYS_PER_YEAR / rule["blood_days"]


def cost(candidate: Candidate, prices: Prices) -> Cost:
    """A year's cost at these prices."""
    grams, day = candidate.grams_a_year, prices.infusion_day
    return Cost(
        currency=prices.currency,
        drug_low=grams * prices.gram_low,
        drug_high=grams * prices.gram_high,
        administration=None if day is None else day * candidate.infusions_a_year,
        basis=prices.basis,
    )


@cache
def prices(country: str = "United States") -> Prices:
    """What a gram costs in a country by the drug file of IVIG; raises ValueError where it tells no price."""
    rows = {row.country: row for row in drug(INTRAVENOUS).cost if "least_per_g" in row.numbers}
    if country not in rows:
        raise ValueError(f"No price of a gram is known for '{country}'; there is {', '.join(rows)}.")
    low, high = rows[country].numbers["least_per_g"], rows[country].numbers["most_per_g"]
    currency = low.unit.partition("/")[0]
    text = f"{country}: {rows[country].text}"
    return Prices(currency, low.number, high.number, basis=text, drugs=(INTRAVENOUS,))
