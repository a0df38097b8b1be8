"""The assessment as one self-contained HTML file: no script, no font, no picture from elsewhere."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ranvier import __version__
from ranvier.diagnosis import Assessment
from ranvier.report import differential_words, fall_words, next_test_words, words
from ranvier.report.calibration import calibration, calibration_svg
from ranvier.report.limbs import limbs_svg
from ranvier.report.sheet import Sheet
from ranvier.report.table import f_wave_rows, motor_tables, sensory_rows
from ranvier.report.traces import traces_svg


@cache
def environment() -> Environment:
    """The template environment. Everything is escaped but the figures that this package draws."""
    found = Environment(
        loader=PackageLoader("ranvier.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(words=words, likely=differential_words, falls=fall_words, nexts=next_test_words)
    return found


def assessment_html(assessment: Assessment, remarks: tuple[str, ...] = ()) -> str:
    """The report as the text of an HTML file."""
    tables = list(motor_tables(assessment))
    return (
        environment()
        .get_template("assessment.html")
        .render(
            version=__version__,
            assessment=assessment,
            remarks=remarks,
            calibration=Markup(calibration_svg(found)) if (found := calibration()) else "",  # noqa: S704
            figure=Markup(limbs_svg(assessment)),  # noqa: S704  drawn and escaped by report.limbs
            motor=tables,
            traces=[(t.title, Markup(svg)) for t in tables if (svg := traces_svg(t.study))],  # noqa: S704
            f_waves=list(f_wave_rows(assessment)),
            sensory=list(sensory_rows(assessment)),
        )
    )


def sheet_html(sheet: Sheet) -> str:
    """A page for one reader as the text of an HTML file that prints on A4."""
    return environment().get_template("sheet.html").render(version=__version__, sheet=sheet)
