"""What treatments did and a biopsy showed, as the differential asks for it."""

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, last, yes_or_no
from ranvier.diagnosis.support import IMMUNOGLOBULIN
from ranvier.patient import NerveBiopsy, Treatment


def ivig_response(chart: Chart) -> Reading:
    """The best that immunoglobulin ever did."""
    given = chart.patient.entries(Treatment)
    return last("ivig_response", (each.response for each in given if each.agent in IMMUNOGLOBULIN))


def steroid_response(chart: Chart) -> Reading:
    """The worst that corticosteroids ever did."""
    given = chart.patient.entries(Treatment)
    return last("steroid_response", (each.response for each in given if each.agent == "corticosteroid"))


def biopsy(chart: Chart) -> Reading:
    """Whether a biopsy showed inflamed vessel walls; damage alone leaves it open."""
    return yes_or_no(each.vessel_wall_inflammation for each in chart.patient.entries(NerveBiopsy))


READERS = (ivig_response, steroid_response, biopsy)
