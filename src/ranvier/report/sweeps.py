"""All traces of a record on one sheet, as they pass over the screen of an EMG machine."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ranvier.findings.study import FWave, SensoryStudy, Waveform
from ranvier.patient import NerveConductionStudy, Patient
from ranvier.report.limbs import safe
from ranvier.report.traces import Row, drawable, stack_svg, traces_svg
from ranvier.report.words import SIMULATED, plain

COLUMNS, WIDTH, GAP, HEAD, CAPTION = 3, 420, 20, 74, 26
F_ROW = 20.0
VIEW = re.compile(r'viewBox="0 0 420 ([\d.]+)"')


def sweeps_svg(patient: Patient) -> str:
    """Every trace of the record: motor studies by site, F waves, sensory studies, with times and gains."""
    panels = [panel for study in patient.entries(NerveConductionStudy) for panel in panels_of(study)]
    placed, height = columns(panels)
    width = COLUMNS * (WIDTH + GAP) + GAP
    name = f"Nerve conduction study of {patient.identity.pseudonym}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" '
        'font-family="system-ui, sans-serif">',
        f"<title>{safe(name)}{' (simulated data)' * patient.simulated}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{GAP}" y="34" font-size="22" font-weight="bold">{safe(name)}</text>',
        *(mark() if patient.simulated else ()),
        *placed,
        "" if panels else f'<text x="{GAP}" y="{HEAD}" font-size="15">No trace is on this record.</text>',
        "</svg>",
    ]
    return "\n".join(filter(None, parts)) + "\n"


def mark() -> Iterator[str]:
    """What a sheet of simulated traces says about itself."""
    look = 'font-size="15" font-weight="bold" fill="#9b1c1c"'
    yield f'<text x="{GAP}" y="58" {look}>{safe(SIMULATED)}</text>'


def panels_of(study: NerveConductionStudy) -> Iterator[tuple[str, str]]:
    """Each panel of one session: its title and its drawing."""
    for motor in study.motor:
        yield f"{motor.side} {motor.nerve}, {motor.muscle}", traces_svg(motor)
    for late in study.f_waves:
        yield f"{late.side} {late.nerve}, F waves from {late.muscle}", f_waves_svg(late)
    for side in ("right", "left"):
        yield f"{side}, sensory", sensory_svg([each for each in study.sensory if each.side == side])


def sensory_svg(studies: list[SensoryStudy]) -> str:
    """The sensory potentials of one side at one gain."""
    rows = [
        Row(f"{each.nerve} {each.site}", felt(each), each.waveform, each.onset_latency_ms)
        for each in studies
        if each.waveform and drawable(each.waveform)
    ]
    return stack_svg("Sensory potentials", rows, unit="uV")


def felt(study: SensoryStudy) -> str:
    """Latency and amplitude as they stand in the table."""
    latency = "" if study.onset_latency_ms is None else f"{plain(study.onset_latency_ms)} ms"
    height = "" if study.amplitude_uv is None else f"{plain(study.amplitude_uv)} µV"
    return ", ".join(filter(None, (latency, "no response" if study.amplitude_uv == 0 else height)))


def f_waves_svg(late: FWave) -> str:
    """The traces of one nerve's F waves below each other, at the gain of the late responses."""
    told = "" if late.minimal_latency_ms is None else f"{plain(late.minimal_latency_ms)} ms"
    rows = [
        Row("", told if n == 0 else "", from_search(wave, late), late.minimal_latency_ms)
        for n, wave in enumerate(late.waveforms)
        if drawable(wave)
    ]
    return stack_svg("F waves", rows, unit="uV", row_height=F_ROW)


def from_search(wave: Waveform, late: FWave) -> Waveform:
    """The part of a trace in which F waves were looked for."""
    first = 0.0 if late.minimal_latency_ms is None else late.minimal_latency_ms - F_LEAD_MS
    skip = max(round((first - wave.start_ms) / wave.step_ms), 0)
    return replace(wave, start_ms=wave.start_ms + skip * wave.step_ms, samples_mv=wave.samples_mv[skip:])


F_LEAD_MS = 8.0
"""Shown before the earliest F wave."""


def columns(panels: list[tuple[str, str]]) -> tuple[list[str], float]:
    """The panels in columns, each put where the shortest column ends; and the sheet's height."""
    ends = [float(HEAD)] * COLUMNS
    placed: list[str] = []
    for title, drawing in panels:
        if not drawing:
            continue
        column = ends.index(min(ends))
        x, y, height = GAP + column * (WIDTH + GAP), ends[column], float(VIEW.findall(drawing)[0])
        placed.append(f'<text x="{x}" y="{y + 18:g}" font-size="16" font-weight="bold">{safe(title)}</text>')
        inner = drawing.replace("<svg ", f'<svg x="{x}" y="{y + CAPTION:g}" height="{height:g}" ', 1)
        placed.append(inner)
        ends[column] = y + CAPTION + height + GAP
    return placed, max(ends)
