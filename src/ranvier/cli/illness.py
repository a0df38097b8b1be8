"""The commands `ranvier simulate DISEASE`, one for each file of `disease/diseases`.

Names and titles come from the folder itself, so that the help computes nothing.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from ranvier.cli.console import at_work, refuse
from ranvier.cli.illness_files import heavy, made_here, only_treated, treated, written
from ranvier.cli.simulate import SEXES, Sex, app, progress, put

FOLDER = Path(__file__).parent.parent / "disease" / "diseases"
TITLE = re.compile(r'^title = "(.+)"$', flags=re.M)
INTERVALS = {"yearly": 1.0, "half-yearly": 1 / 2, "quarterly": 1 / 4, "monthly": 1 / 12}
YEARS = 8.0
SHORTEST_DAYS = 1.0
PANEL = "Diseases"
TREATED = (
    "\n\nranvier simulate mmn --seed 3 --treat 'ivig 1 g/kg every 21 d from 2017-01' --diary --brief "
    "--output mmn-treated"
)
OF_ITS_OWN = ("healthy",)
"""Who has no disease is examined once, by a command of its own."""


@cache
def titles() -> dict[str, str]:
    """The title of each disease by its name."""
    ill = sorted(path for path in FOLDER.glob("*.toml") if path.stem not in OF_ITS_OWN)
    found = ((path.stem, TITLE.search(path.read_text("utf-8"))) for path in ill)
    return {name: title[1] if title else name for name, title in found}


class Persons(TyperGroup):
    """The group of virtual persons; a disease that is not there is answered with those that are."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of a name; raises typer.Exit with code 2 for one that is not there."""
        if self.get_command(ctx, args[0]) is None:
            raise refuse(ValueError(f"unknown disease '{args[0]}'. Known: {', '.join(titles())}."))
        return super().resolve_command(ctx, args)


def examples(name: str) -> str:
    """Commands that can be tried."""
    return (
        "Examples:\n\n"
        f"ranvier simulate {name} --seed 3 --visits 0.5,1,3 --brief --by surface --output {name}-brief\n\n"
        f"ranvier examine {name}-brief/patient.json\n\n"
        f"ranvier simulate {name} --seed 3 --years 8 --visits yearly --output {name}-3 "
        "(with every waveform; this can take minutes)" + (TREATED if name == "mmn" else "")
    )


def fall_ill(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option(help="The folder for patient.json, truth.json and course.svg; made if missing.")
    ],
    seed: Annotated[int, typer.Option(help="Another seed is another patient.", min=0)] = 1,
    years: Annotated[
        float | None,
        typer.Option(
            help="How long the patient is followed, years after the first symptom (8 if not given)."
        ),
    ] = None,
    visits: Annotated[
        str,
        typer.Option(
            help="yearly, half-yearly, quarterly, monthly (the first after half that time), or years after "
            "the first symptom: 0.1,0.5,2."
        ),
    ] = "yearly",
    exam: Annotated[str, typer.Option(help="A protocol's name or .toml file.")] = "standard",
    sex: Annotated[Sex | None, typer.Option(help="female or male (f, m); drawn if not given.")] = None,
    age: Annotated[
        float | None, typer.Option(help="Age at the first symptom, 18-100; drawn if not given.")
    ] = None,
    height_cm: Annotated[float | None, typer.Option(help="Height, 120-230 cm; drawn if not given.")] = None,
    onset: Annotated[str, typer.Option(help="Day of the first symptom.")] = "2015-03-01",
    hypothesis: Annotated[
        str | None,
        typer.Option(
            help="What the disease does to a node, in place of what it is thought to do: the name of an "
            "injury, such as sodium (channels lost alone) or depolarising. docs/simulated-course.md lists "
            "them with what speaks for and against each."
        ),
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Numbers without traces; quicker.")] = False,
    by: Annotated[
        Literal["cable", "edge", "surface"] | None,
        typer.Option(
            help="cable follows each lesion in each axon; edge only those near the edge of block; "
            "surface reads a table made by it for all. If not given: surface if brief, else as the disease "
            "says."
        ),
    ] = None,
    treat: Annotated[
        list[str] | None,
        typer.Option(
            help="A drug as it is given, such as 'ivig 1 g/kg every 21 d from 2017-01'; give it again for "
            "another. From the first visit if it does not say. MMN only; see docs/treated-simulation.md."
        ),
    ] = None,
    diary: Annotated[
        bool,
        typer.Option("--diary", help="With --treat: daily grip at home and IgG before infusions as well."),
    ] = False,
    weight_kg: Annotated[
        float | None, typer.Option(help="With --treat: weight, 30-200 kg; drawn if not given.")
    ] = None,
) -> None:
    """Let a virtual person fall ill and examine them over years."""
    try:
        folder = made_here(output)
        day, times = onset_day(onset), visit_times(visits, years)
        about = {
            "years": times[-1], "visits": times, "exam": exam, "brief": brief, "by": by, "onset": day,
            "hypothesis": hypothesis, "sex": SEXES.get(sex, sex) if sex else None, "age_years": age,
            "height_cm": height_cm, "progress": progress,
        }  # fmt: skip
        only_treated(treat, diary, weight_kg)
        with at_work():
            name = str(ctx.info_name)
            if treat:
                files, lines = treated(name, seed, treat, diary, weight_kg, about, folder)
            else:
                from ranvier.disease import simulate

                files, lines = written(simulate(name, seed, **about), folder)
        folder.mkdir(exist_ok=True)
        put(files)
        for line in lines:
            typer.echo(line)
        heavy(files)
    except ValueError as error:
        raise refuse(error) from error


def onset_day(text: str) -> date:
    """The day of the first symptom; raises ValueError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"onset must be a day such as 2015-03-01, not '{text}'.") from error


def visit_times(visits: str, years: float | None) -> tuple[float, ...]:
    """When the visits are, years after the first symptom; raises ValueError for times that cannot be."""
    from ranvier.disease.simulate import yearly

    if visits in INTERVALS:
        return yearly(YEARS if years is None else years, INTERVALS[visits])
    return listed(visits, years)


def listed(visits: str, years: float | None) -> tuple[float, ...]:
    """A list of times, checked against the time for which the patient is followed."""
    from ranvier.disease.simulate import LONGEST_YEARS

    try:
        times = tuple(float(each) for each in visits.split(","))
    except ValueError as error:
        known = ", ".join(INTERVALS)
        raise ValueError(f"visits must be {known}, or years such as 0.1,0.5,2, not '{visits}'.") from error
    longest = LONGEST_YEARS if years is None else years
    if not 0 < longest <= LONGEST_YEARS:
        raise ValueError(f"years must lie above 0 and up to {LONGEST_YEARS:g}, not {longest:g}.")
    if not all(0 < each <= longest for each in times):
        raise ValueError(f"visits must lie above 0 and up to {longest:g} years, not {visits}.")
    return rising(times, visits)


def rising(times: Sequence[float], text: str) -> tuple[float, ...]:
    """The same times if each comes at least a day after the one before; raises ValueError."""
    from itertools import pairwise

    from ranvier.disease.axons import DAYS

    if any((later - earlier) * DAYS < SHORTEST_DAYS for earlier, later in pairwise(times)):
        raise ValueError(f"visits must rise by at least a day from one to the next, not {text}.")
    return tuple(times)


for _name, _title in titles().items():
    app.command(
        _name, help=f"{_title}: fall ill and be examined over years.", epilog=examples(_name),
        short_help=_title, rich_help_panel=PANEL,
    )(fall_ill)  # fmt: skip
