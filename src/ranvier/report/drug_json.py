"""Treatments as JSON, schema `ranvier.drug/1`."""

import json
from typing import Any

from ranvier import __version__
from ranvier.report import drug_words as words
from ranvier.report.criteria_json import value_data
from ranvier.treatment.drug import Drug, drug, drugs
from ranvier.treatment.drug_facts import Fact

SCHEMA = "ranvier.drug/1"
LISTS = ("evidence", "doses", "harms", "monitoring", "cost", "brands")
Data = dict[str, Any]


def list_text() -> str:
    """All treatments, one short object each."""
    return text({"drugs": [head(drug(name)) for name in drugs()]})


def sheet_text(one: Drug) -> str:
    """One treatment with everything its file tells."""
    return text(
        {
            **head(one),
            "mechanism": one.mechanism,
            **{key: [fact_data(each) for each in getattr(one, key)] for key in LISTS},
            "numbers": {id: value_data(value) for id, value in one.numbers.items()},
            "link": one.effect.get("link"),
            "not_known": list(one.not_known),
            "sources": {each.id: each.reference for each in words.sources(one)},
        }
    )


def text(data: Data) -> str:
    """The data under the heading of the schema."""
    told = {"schema": SCHEMA, "version": __version__, "intended_use": words.CLOSING, **data}
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def head(one: Drug) -> Data:
    """What the list says of a treatment."""
    return {
        "name": one.name,
        "title": one.title,
        "names": list(one.names),
        "group": one.group,
        "route": one.route,
        "in_mmn": one.in_mmn,
    }


def fact_data(one: Fact) -> Data:
    """One fact with its texts and numbers."""
    texts = {key: entry for key, entry in vars(one).items() if key != "numbers"}
    return {**texts, "numbers": {key: value_data(value) for key, value in one.numbers.items()}}
