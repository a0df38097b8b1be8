"""What laboratory, imaging and treatment answer to the rules."""

from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.findings.truth import Range, Truth, all_of, exactly
from ranvier.patient import Antibody, Imaging, Laboratory, Treatment


def antibody(chart: Chart, rule: Rule) -> Answer:
    """Whether an antibody of the rule's antigen and class was ever found."""
    antigen, isotype = rule.word("antigen"), rule.word("isotype")
    tests = [
        test
        for laboratory in chart.patient.entries(Laboratory)
        for test in laboratory.antibodies
        if test.antigen == antigen and test.isotype in (isotype, None)
    ]
    return Answer(
        words=tuple(positive(test) for test in tests),
        missing=(f"laboratory: {isotype} antibodies against {antigen}",),
    )


def positive(test: Antibody) -> Truth:
    """Whether a test is positive for the class asked for; a class not named may be another."""
    if test.result == "negative":
        return False
    return True if test.result == "positive" and test.isotype else None


def csf_protein_raised(chart: Chart, rule: Rule) -> Answer:
    """Whether CSF protein is above its normal limit and below the rule's ceiling."""
    ceiling = rule.limit("below")

    def raised(lab: Laboratory) -> Truth:
        if lab.csf_protein is not None:
            return lab.csf_protein == "raised"
        if lab.csf_protein_upper_limit_g_l is None:
            return None
        return exactly(lab.csf_protein_g_l).compare(">", lab.csf_protein_upper_limit_g_l)

    tested = [
        lab
        for lab in chart.patient.entries(Laboratory)
        if lab.csf_protein is not None or lab.csf_protein_g_l is not None
    ]
    return Answer(
        words=tuple(
            all_of((raised(lab), exactly(lab.csf_protein_g_l).compare("<", ceiling.number))) for lab in tested
        ),
        missing=("laboratory: CSF protein in g/L with its normal limit",),
        basis=(ceiling,),
    )


def csf_protein(chart: Chart, rule: Rule) -> Answer:
    """The highest CSF protein on record in g/L.

    One that is only said to be normal lies below the laboratory's limit, or below the rule's where that is
    not given; one only said to be raised may be anything above.
    """
    supposed = rule.limit("normal_at_most")
    spans = [span for lab in chart.patient.entries(Laboratory) if (span := protein(lab, supposed.number))]
    return Answer(
        number=Range(max(span.low for span in spans), max(span.high for span in spans))
        if spans
        else Range(0.0, float("inf")),
        missing=("laboratory: CSF protein in g/L",),
        basis=(supposed,),
    )


def protein(lab: Laboratory, supposed_g_l: float) -> Range | None:
    """What the CSF protein of one laboratory report may be; None where it was not tested."""
    if lab.csf_protein_g_l is not None:
        return exactly(lab.csf_protein_g_l)
    if lab.csf_protein is None:
        return None
    limit = lab.csf_protein_upper_limit_g_l
    normal = lab.csf_protein == "normal"
    return Range(0.0, limit or supposed_g_l) if normal else Range(limit or 0.0, float("inf"))


def plexus_mri(chart: Chart, rule: Rule) -> Answer:
    """Whether MRI of the brachial plexus shows T2 hyperintensity with diffuse nerve swelling."""
    return Answer(
        words=tuple(
            all_of((image.t2_hyperintensity, image.diffuse_nerve_swelling))
            for image in chart.patient.entries(Imaging)
            if image.modality == "mri brachial plexus"
        ),
        missing=("imaging: MRI of the brachial plexus",),
    )


IMMUNOGLOBULIN = ("IVIG", "SCIG")
IMMUNOTHERAPIES = (*IMMUNOGLOBULIN, "cyclophosphamide", "rituximab")


def immunotherapy_response(chart: Chart, rule: Rule) -> Answer:
    """Whether strength or disability improved under any immunotherapy."""
    return Answer(
        words=tuple(
            improved(given) for given in chart.patient.entries(Treatment) if given.agent in IMMUNOTHERAPIES
        ),
        missing=("treatment: response to immunotherapy",),
    )


def ivig_improvement(chart: Chart, rule: Rule) -> Answer:
    """Whether a measured improvement followed intravenous immunoglobulin."""
    return Answer(
        words=tuple(
            all_of((improved(given), given.objective))
            for given in chart.patient.entries(Treatment)
            if given.agent == "IVIG"
        ),
        missing=("treatment: measured response to intravenous immunoglobulin",),
    )


def improved(given: Treatment) -> Truth:
    """Whether the patient improved; unknown where nobody says."""
    return None if given.response is None else given.response == "improved"
