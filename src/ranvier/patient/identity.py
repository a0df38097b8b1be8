"""Who the patient is, as far as a record says: never a name."""

from dataclasses import dataclass

from ranvier.findings.norms import Sex


@dataclass(frozen=True)
class Identity:
    """Who the patient is, without a name."""

    pseudonym: str
    sex: Sex | None = None
    birth_year: int | None = None
    age_years: float | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
