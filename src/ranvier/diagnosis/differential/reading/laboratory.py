"""What blood, spinal fluid and genes answer to the differential."""

from collections.abc import Callable, Iterator

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, last, limits, yes_or_no
from ranvier.diagnosis.support import positive
from ranvier.findings.truth import Truth
from ranvier.patient import Antibody, Laboratory

NODAL = ("NF155", "NF186", "CNTN1", "CASPR1")
OTHER_GANGLIOSIDES = ("GM2", "GD1a", "GD1b", "GalNAc-GD1a", "GQ1b", "GT1b", "asialo-GM1")
SIGNS = ("negative", "positive")


def each(chart: Chart, read: Callable[[Laboratory], Reading]) -> Iterator[Reading]:
    """What every set of laboratory values says, oldest first."""
    return (read(laboratory) for laboratory in chart.patient.entries(Laboratory))


def antibodies(chart: Chart, *antigens: str) -> list[Antibody]:
    """Every test for one of these antigens."""
    labs = chart.patient.entries(Laboratory)
    return [test for lab in labs for test in lab.antibodies if test.antigen in antigens]


def igm(chart: Chart, antigen: str) -> Reading:
    """Whether IgM against one antigen was found; a borderline test leaves it open."""
    tests = [test for test in antibodies(chart, antigen) if test.isotype in ("IgM", None)]
    return yes_or_no(map(positive, tests), SIGNS)


def of_any_class(chart: Chart, antigens: tuple[str, ...]) -> Reading:
    """Whether antibodies of any class against one of these antigens were found."""
    words: dict[str | None, Truth] = {"positive": True, "negative": False}
    return yes_or_no((words.get(test.result) for test in antibodies(chart, *antigens)), SIGNS)


def gm1_igm(chart: Chart) -> Reading:
    """IgM against GM1."""
    return igm(chart, "GM1")


def gm1_galc_igm(chart: Chart) -> Reading:
    """IgM against the complex of GM1 and galactocerebroside."""
    return igm(chart, "GM1:GalC")


def other_gangliosides(chart: Chart) -> Reading:
    """Antibodies against other gangliosides."""
    return of_any_class(chart, OTHER_GANGLIOSIDES)


def nodal_antibodies(chart: Chart) -> Reading:
    """Antibodies against proteins of the node and paranode."""
    return of_any_class(chart, NODAL)


def csf_protein(chart: Chart) -> Reading:
    """Protein of the spinal fluid at its highest."""
    return last("csf_protein", each(chart, protein))


def protein(lab: Laboratory) -> Reading:
    """Protein of one spinal fluid: by its number and the laboratory's limit, else by the source's word."""
    number, upper = lab.csf_protein_g_l, lab.csf_protein_upper_limit_g_l
    if number is not None and number >= limits()["laboratory"]["csf_high_g_l"]:
        return "high"
    if number is not None and upper is not None:
        return "raised" if number > upper else "normal"
    return lab.csf_protein


def csf_cells(chart: Chart) -> Reading:
    """Cells of the spinal fluid at their highest."""
    most = limits()["laboratory"]["csf_cells_above_per_ul"]
    counts = [lab.csf_cells_per_ul for lab in chart.patient.entries(Laboratory)]
    return yes_or_no((count > most for count in counts if count is not None), ("normal", "raised"))


def creatine_kinase(chart: Chart) -> Reading:
    """Creatine kinase at its highest, against the laboratory's own limit."""
    return last("creatine_kinase", each(chart, enzyme))


def enzyme(lab: Laboratory) -> Reading:
    """Creatine kinase of one blood sample."""
    if lab.ck_u_l is None or not lab.ck_upper_limit_u_l:
        return None
    times = lab.ck_u_l / lab.ck_upper_limit_u_l
    return "high" if times >= limits()["laboratory"]["ck_high"] else "raised" if times > 1 else "normal"


def m_protein(chart: Chart) -> Reading:
    """A monoclonal protein; IgM goes before the others."""
    found = {lab.m_protein for lab in chart.patient.entries(Laboratory)} - {None}
    return None if not found else "igm" if "IgM" in found else "none" if found == {"none"} else "other"


def inflammation(chart: Chart) -> Reading:
    """Whether the blood ever showed inflammation."""
    return last("inflammation", each(chart, lambda lab: lab.inflammation_markers))


def vasculitic_serology(chart: Chart) -> Reading:
    """ANCA or cryoglobulins: one of them suffices, and either test alone can say that there are none."""
    labs = chart.patient.entries(Laboratory)
    return last("vasculitic_serology", (word for lab in labs for word in (lab.anca, lab.cryoglobulins)))


GENES = {"pmp22": ("pmp22 deletion", "17p11.2 deletion"), "ttr": ("ttr",)}
"""Words of a genetic test by the outcome they stand for."""
NOTHING = ("negative", "normal", "no ", "not ", "without")


def genetic_test(chart: Chart) -> Reading:
    """What genetic tests found; a text that says neither of the known findings nor 'negative' is left out."""
    found = [gene(lab.genetic_test.casefold()) for lab in chart.patient.entries(Laboratory)]
    mutated = [name for name in found if name not in (None, "none")]
    return mutated[0] if mutated else "none" if "none" in found else None


def gene(text: str) -> Reading:
    """The outcome that one text stands for."""
    if any(word in text for word in NOTHING):
        return "none"
    return next((name for name, words in GENES.items() if any(word in text for word in words)), None)


READERS = (
    gm1_igm,
    gm1_galc_igm,
    other_gangliosides,
    nodal_antibodies,
    csf_protein,
    csf_cells,
    creatine_kinase,
    m_protein,
    inflammation,
    vasculitic_serology,
    genetic_test,
)
