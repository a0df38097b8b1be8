"""A plan and a forecast as JSON, schemas `ranvier.plan/1` and `ranvier.forecast/1`."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from ranvier import __version__
from ranvier.forecast.ahead import Ahead
from ranvier.forecast.fitted import Fitted
from ranvier.forecast.outlook import Outlook
from ranvier.patient import Patient
from ranvier.report.outlook.words import USE, day
from ranvier.treatment.guidance import Guidance
from ranvier.treatment.wear_off import Watch

DIGITS = 5


def plan_text(outlook: Outlook, guidance: Guidance) -> str:
    """The plan as an indented JSON text."""
    data = {
        **head("ranvier.plan/1", outlook.patient),
        "present": plain(outlook.now),
        "plan": plain(outlook.plan),
        "withdrawal": plain(outlook.withdrawal),
        "taper": plain(outlook.taper),
        "first_course": plain(outlook.first_course),
        "courses": {name: course(each) for name, each in outlook.courses.items()},
        "guidance": plain(guidance),
        "monitored": monitored(outlook.watch),
        "fit": fit(outlook.fitted),
    }
    return written(data)


def forecast_text(
    patient: Patient, fitted: Fitted, ahead: Ahead, name: str, watch: Watch | None = None
) -> str:
    """The forecast as an indented JSON text."""
    data = {
        **head("ranvier.forecast/1", patient),
        "regimen": name,
        "course": course(ahead),
        "monitored": monitored(watch),
        "fit": fit(fitted),
    }
    return written(data)


def head(schema: str, patient: Patient) -> dict[str, Any]:
    """What every such file says first."""
    return {
        "schema": schema,
        "version": __version__,
        "intended_use": USE,
        "patient": patient.identity.pseudonym,
        "simulated": patient.simulated,
    }


def written(data: dict[str, Any]) -> str:
    """The data as text."""
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def course(ahead: Ahead) -> dict[str, Any]:
    """Bands by date."""
    bands = {
        name: {part: plain(getattr(each, part)) for part in ("median", "low", "high")}
        for name, each in ahead.bands.items()
    }
    return {"dates": [day(d) for d in ahead.days], "bands": bands, "remarks": list(ahead.remarks)}


def monitored(watch: Watch | None) -> dict[str, Any] | None:
    """Falls seen in the self-monitored series, the wear-off day, and what cannot be seen."""
    if watch is None:
        return None
    told = {"events": watch.events, "wear_off": watch.wear_off, "cannot_see": watch.cannot_see}
    return {name: plain(each) for name, each in told.items()}


def fit(fitted: Fitted) -> dict[str, Any]:
    """What the plan rests on."""
    return {
        "learned": plain(fitted.learned),
        "readings": {each.measure: len(each.day) for each in fitted.readings},
        "doses": len(fitted.given),
        "outside_90_percent": plain(fitted.outside),
        "remarks": list(fitted.remarks),
    }


def plain(value: Any) -> Any:
    """Records, arrays and numbers as plain data; what is not finite is null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list | np.ndarray):
        return [plain(each) for each in value]
    if isinstance(value, float | np.floating):
        return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None
    return value.item() if isinstance(value, np.generic) else value
