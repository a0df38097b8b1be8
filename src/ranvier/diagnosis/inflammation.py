"""What blood, cerebrospinal fluid, biopsy, imaging and treatment say of inflammation in nerve or vessel."""

from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.diagnosis.support import improved
from ranvier.findings.truth import Truth, all_of, any_of, exactly
from ranvier.patient import Imaging, Laboratory, Treatment
from ranvier.patient.entries import NerveBiopsy

FOUND = {"inflammation_markers": "raised", "anca": "positive", "cryoglobulins": "positive"}
BIOPSY = ("vessel_wall_inflammation", "vessel_damage", "demyelination")


def blood(chart: Chart, rule: Rule) -> Answer:
    """Whether a blood test of `with.test` was ever raised or positive."""
    test = rule.word("test", tuple(FOUND))
    told = [said == FOUND[test] for lab in chart.patient.entries(Laboratory) if (said := getattr(lab, test))]
    return Answer(words=(any_of(told),) if told else (), missing=(f"laboratory: {test.replace('_', ' ')}",))


def csf_protein_without_cells(chart: Chart, rule: Rule) -> Answer:
    """Whether CSF protein is raised while there are fewer cells than `with.cells_below`."""
    ceiling = rule.limit("cells_below")
    told = [
        all_of((protein_raised(lab), exactly(lab.csf_cells_per_ul).compare("<", ceiling.number)))
        for lab in chart.patient.entries(Laboratory)
        if lab.csf_protein is not None or lab.csf_protein_g_l is not None
    ]
    return Answer(
        words=(any_of(told),) if told else (),
        missing=("laboratory: CSF protein and cells",),
        basis=(ceiling,),
    )


def protein_raised(lab: Laboratory) -> Truth:
    """Whether CSF protein is above its normal limit: the laboratory's word, else number against limit."""
    if lab.csf_protein is not None:
        return lab.csf_protein == "raised"
    if lab.csf_protein_upper_limit_g_l is None:
        return None
    return exactly(lab.csf_protein_g_l).compare(">", lab.csf_protein_upper_limit_g_l)


def biopsy(chart: Chart, rule: Rule) -> Answer:
    """Whether one nerve biopsy shows every feature of `with.features`."""
    features = rule.words("features")
    told = [
        all_of(getattr(entry, name) for name in features if name in BIOPSY)
        for entry in chart.patient.entries(NerveBiopsy)
    ]
    return Answer(words=(any_of(told),) if told else (), missing=(f"nerve biopsy: {', '.join(features)}",))


def enlarged_nerves(chart: Chart, rule: Rule) -> Answer:
    """Whether ultrasound shows enlarged nerves at `with.sites` sites, or MRI swelling of plexus or roots."""
    least = rule.limit("sites")
    told = [
        enlarged(image, least.number)
        for image in chart.patient.entries(Imaging)
        if image.modality != "mri spine"
    ]
    return Answer(
        words=(any_of(told),) if told else (),
        missing=("imaging: nerve ultrasound, or MRI of the plexus",),
        basis=(least,),
    )


def enlarged(image: Imaging, least: float) -> Truth:
    """Whether one image shows enlarged nerves."""
    if image.modality == "nerve ultrasound":
        counted = exactly(image.enlarged_sites).compare(">=", least)
        return False if image.enlarged_nerves is False else counted
    return any_of((image.diffuse_nerve_swelling, image.enlarged_nerves))


def treatment_response(chart: Chart, rule: Rule) -> Answer:
    """Whether a measured improvement followed one of the treatments of `with.agents`."""
    agents = rule.words("agents")
    told = [
        all_of((improved(given), given.objective))
        for given in chart.patient.entries(Treatment)
        if given.agent in agents
    ]
    return Answer(
        words=(any_of(told),) if told else (),
        missing=(f"treatment: measured response to {' or '.join(agents)}",),
    )
