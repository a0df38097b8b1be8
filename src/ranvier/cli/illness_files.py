"""The files of `ranvier simulate DISEASE`: what is made of a simulated patient, with treatment or without."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from ranvier.disease import Simulated
    from ranvier.treatment.simulate import SimulatedTreatment

LIGHTEST_KG, HEAVIEST_KG = 30, 200
Made = tuple[dict[Path, str | bytes], tuple[str, ...]]
"""Files by name, and what happened, line by line."""


def made_here(output: Path) -> Path:
    """The folder that will hold the files; raises InputError where it cannot be made."""
    from ranvier.formats.files import InputError

    if output.exists() and not output.is_dir():
        raise InputError(output, ["is a file; name a folder for the three files."])
    if not output.resolve().parent.is_dir():
        raise InputError(
            output, ["cannot be made: the folder it is to lie in does not exist; make it first."]
        )
    return output


def only_treated(treat: list[str] | None, diary: bool, weight_kg: float | None) -> None:
    """Refuse what has a meaning under treatment alone, and a weight that nobody has."""
    if not treat and (diary or weight_kg is not None):
        name = "--diary" if diary else "--weight-kg"
        raise ValueError(f"{name} needs a treatment; add --treat, such as 'ivig 1 g/kg every 21 d'.")
    if weight_kg is not None and not LIGHTEST_KG <= weight_kg <= HEAVIEST_KG:
        raise ValueError(f"weight-kg must lie between {LIGHTEST_KG} and {HEAVIEST_KG} kg, not {weight_kg:g}.")


def treated(
    name: str, seed: int, treat: list[str], diary: bool, weight_kg: float | None, about: dict[str, Any],
    folder: Path,
) -> Made:  # fmt: skip
    """The files of a patient under treatment by name, and what happened in four lines."""
    from ranvier.formats.treated_json import treated_text
    from ranvier.report.course.drugs import treatment_line
    from ranvier.treatment.home import with_diary
    from ranvier.treatment.simulate import simulate_treated

    found = simulate_treated(name, seed, treat, weight_kg=weight_kg, **about)
    found = with_diary(found) if diary else found
    files, lines = written(found.simulated, folder, found)
    return {**files, folder / "treatment.json": treated_text(found)}, (*lines, treatment_line(found))


def written(found: "Simulated", folder: Path, under: "SimulatedTreatment | None" = None) -> Made:
    """The three files by name, and what happened in three lines."""
    from ranvier.formats.patient_json import patient_text
    from ranvier.formats.truth_json import illness_text
    from ranvier.report.course.drugs import told_treated
    from ranvier.report.course.page import course_svg
    from ranvier.report.course.told import told
    from ranvier.report.course.words import summary

    files: dict[Path, str | bytes] = {
        folder / "patient.json": patient_text(found.patient),
        folder / "truth.json": illness_text(found),
        folder / "course.svg": course_svg(told_treated(under) if under else told(found)),
    }
    return files, summary(found)


def heavy(files: "dict[Path, str | bytes]") -> None:
    """Say which file is larger than what this program reads."""
    from ranvier.formats.files import LARGEST_FILE, LARGEST_FILE_MB

    for path, content in files.items():
        if path.suffix == ".json" and len(content) > LARGEST_FILE:
            told = f"{path} is larger than the {LARGEST_FILE_MB} MB that `ranvier examine` takes"
            typer.echo(f"{told}; use --brief or fewer visits for that.", err=True)
