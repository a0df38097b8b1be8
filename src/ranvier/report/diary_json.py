"""A diary as JSON, schema `ranvier.diary/1`: readings by measure, doses and notes with their days."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from ranvier import __version__
from ranvier.report.diary_told import USE, Diary

SCHEMA = "ranvier.diary/1"


def diary_json(diary: Diary) -> str:
    """The diary as an indented JSON text."""
    return json.dumps(diary_data(diary), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def diary_data(diary: Diary) -> dict[str, Any]:
    """The diary as plain data."""
    return {
        "schema": SCHEMA,
        "version": __version__,
        "intended_use": USE,
        "simulated": diary.simulated,
        "pseudonym": diary.who,
        "first": date.fromordinal(diary.first).isoformat(),
        "last": date.fromordinal(diary.last).isoformat(),
        "readings": [
            {
                "measure": each.measure,
                "side": each.side or None,
                "unit": each.unit,
                "when": [moment(day) for day in each.days],
                "values": list(each.values),
            }
            for each in diary.series
        ],
        "doses": [
            {"when": moment(each.day), "drug": each.drug, "grams": each.grams, "hours": each.hours,
             "product": each.product or None}
            for each in diary.doses
        ],
        "notes": [{"when": moment(day), "text": text} for day, text in diary.notes],
        "without_day": diary.undated,
    }  # fmt: skip


def moment(day: float) -> str:
    """A day number as the record writes it, with the time where it has one."""
    whole = date.fromordinal(int(day))
    minutes = round((day - int(day)) * 24 * 60)
    if not minutes:
        return whole.isoformat()
    exact = datetime(whole.year, whole.month, whole.day) + timedelta(minutes=minutes)
    return exact.strftime("%Y-%m-%dT%H:%M")
