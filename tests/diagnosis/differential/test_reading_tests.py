"""What needle, laboratory, imaging and treatment answer to the differential."""

from dataclasses import replace

import pytest

from builders import WHO, charted, ivig, laboratory, mri, patient
from ranvier.diagnosis.differential.reading import observed
from ranvier.patient import Antibody, Imaging, NeedleEMG, NeedleFinding, NerveBiopsy, Treatment


def seen(*given):
    return observed(charted(patient(*given)))


def needle(*rows):
    return NeedleEMG(**WHO, muscles=rows)


def muscle(name, side="right", **fields):
    return NeedleFinding(name, side, **fields)


def three(**fields):
    return tuple(muscle(name, **fields) for name in ("APB", "biceps", "TA"))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (three(fibrillations=False), "none"),
        (three(fibrillations=False)[:2], None),
        ((muscle("APB", fibrillations=True),), "one"),
        ((muscle("APB", fibrillations=True), muscle("biceps", positive_sharp_waves=True)), "one"),
        ((muscle("APB", fibrillations=True), muscle("TA", fibrillations=True)), "two"),
        ((muscle("hand muscles", fibrillations=True),), "one"),
        ((muscle("hand muscles", fibrillations=True), muscle("TA", fibrillations=True)), "one"),
        ((muscle("thoracic paraspinals", fibrillations=True),), None),
        (three(), None),
    ],
)
def test_denervation_is_counted_by_region(rows, wanted):
    assert seen(needle(*rows)).get("denervation_regions") == wanted


def test_the_other_findings_of_the_needle():
    grown = three(chronic_neurogenic_change=True)
    assert seen(needle(*grown))["neurogenic_regions"] == "two"
    twitching = needle(*three(fasciculations=True))
    assert seen(twitching)["fasciculating_muscles"] == "three"
    assert seen(needle(*twitching.muscles[:2]))["fasciculating_muscles"] == "one"
    short = muscle(
        "biceps",
        recruitment="full",
        amplitude_mv=0.1,
        duration_ms=5.0,
        polyphasic_percent=60.0,
        potentials=20,
    )
    assert seen(needle(short))["myopathic"] == "yes"
    paraspinal = muscle("Thoracic paraspinal", fibrillations=True)
    assert seen(needle(paraspinal))["thoracic_paraspinal"] == "yes"


def test_units_that_drop_out_of_an_otherwise_quiet_muscle():
    quiet = muscle("APB", recruitment="single unit", fibrillations=False, positive_sharp_waves=False)
    assert seen(needle(quiet))["quiet_reduced_recruitment"] == "yes"
    assert seen(needle(replace(quiet, fibrillations=True)))["quiet_reduced_recruitment"] == "no"
    assert seen(needle(replace(quiet, chronic_neurogenic_change=True)))["quiet_reduced_recruitment"] == "no"
    assert seen(needle(replace(quiet, recruitment="full")))["quiet_reduced_recruitment"] == "no"
    assert "quiet_reduced_recruitment" not in seen(needle(replace(quiet, recruitment=None)))


@pytest.mark.parametrize(
    ("test", "id", "wanted"),
    [
        (Antibody("GM1", "IgM", "positive"), "gm1_igm", "positive"),
        (Antibody("GM1", "IgM", "negative"), "gm1_igm", "negative"),
        (Antibody("GM1", "IgM", "borderline"), "gm1_igm", None),
        (Antibody("GM1", "IgG", "positive"), "gm1_igm", None),
        (Antibody("GM1", None, "positive"), "gm1_igm", None),
        (Antibody("GM1:GalC", "IgM", "positive"), "gm1_galc_igm", "positive"),
        (Antibody("GD1a", "IgG", "positive"), "other_gangliosides", "positive"),
        (Antibody("CNTN1", "IgG", "negative"), "nodal_antibodies", "negative"),
    ],
)
def test_antibodies(test, id, wanted):
    assert seen(laboratory(antibodies=(test,))).get(id) == wanted


@pytest.mark.parametrize(
    ("values", "id", "wanted"),
    [
        ({"csf_protein_g_l": 0.5, "csf_protein_upper_limit_g_l": 0.5}, "csf_protein", "normal"),
        ({"csf_protein_g_l": 0.51, "csf_protein_upper_limit_g_l": 0.5}, "csf_protein", "raised"),
        ({"csf_protein_g_l": 1.0}, "csf_protein", "high"),
        ({"csf_protein_g_l": 0.6}, "csf_protein", None),
        ({"csf_protein": "raised"}, "csf_protein", "raised"),
        ({"csf_cells_per_ul": 5}, "csf_cells", "normal"),
        ({"csf_cells_per_ul": 6}, "csf_cells", "raised"),
        ({"ck_u_l": 190, "ck_upper_limit_u_l": 190}, "creatine_kinase", "normal"),
        ({"ck_u_l": 191, "ck_upper_limit_u_l": 190}, "creatine_kinase", "raised"),
        ({"ck_u_l": 950, "ck_upper_limit_u_l": 190}, "creatine_kinase", "high"),
        ({"ck_u_l": 950}, "creatine_kinase", None),
        ({"m_protein": "IgM"}, "m_protein", "igm"),
        ({"m_protein": "IgA"}, "m_protein", "other"),
        ({"m_protein": "none"}, "m_protein", "none"),
        ({"inflammation_markers": "raised"}, "inflammation", "raised"),
        ({"anca": "negative"}, "vasculitic_serology", "negative"),
        ({"anca": "negative", "cryoglobulins": "positive"}, "vasculitic_serology", "positive"),
        ({"genetic_test": "PMP22 deletion"}, "genetic_test", "pmp22"),
        ({"genetic_test": "no PMP22 deletion"}, "genetic_test", "none"),
        ({"genetic_test": "TTR Val30Met"}, "genetic_test", "ttr"),
        ({"genetic_test": "sent"}, "genetic_test", None),
        ({}, "m_protein", None),
    ],
)
def test_blood_spinal_fluid_and_genes(values, id, wanted):
    assert seen(laboratory(**values)).get(id) == wanted


def ultrasound(**fields):
    return Imaging(**WHO, modality="nerve ultrasound", **fields)


@pytest.mark.parametrize(
    ("image", "id", "wanted"),
    [
        (mri(t2_hyperintensity=True), "plexus_mri", "abnormal"),
        (mri(t2_hyperintensity=False, diffuse_nerve_swelling=False), "plexus_mri", "normal"),
        (mri(), "plexus_mri", None),
        (replace(mri(t2_hyperintensity=True), modality="mri spine"), "plexus_mri", None),
        (ultrasound(enlarged_sites=0), "enlarged_sites", "none"),
        (ultrasound(enlarged_sites=3), "enlarged_sites", "one"),
        (ultrasound(enlarged_sites=4), "enlarged_sites", "four"),
        (ultrasound(enlarged_nerves=True), "enlarged_sites", "one"),
        (ultrasound(enlarged_nerves=False), "enlarged_sites", "none"),
        (ultrasound(), "enlarged_sites", None),
        (NerveBiopsy(**WHO, vessel_wall_inflammation=True), "biopsy", "yes"),
        (NerveBiopsy(**WHO, vessel_wall_inflammation=False), "biopsy", "no"),
        (NerveBiopsy(**WHO, vessel_damage=True), "biopsy", None),
    ],
)
def test_images_and_biopsy(image, id, wanted):
    assert seen(image).get(id) == wanted


def test_what_treatments_did():
    steroids = Treatment(**WHO, agent="corticosteroid", response="worse")
    assert seen(steroids)["steroid_response"] == "worse"
    assert "ivig_response" not in seen(steroids)
    assert seen(ivig(response="unchanged"), ivig(response="improved"))["ivig_response"] == "improved"
    assert seen(replace(ivig(response="worse"), agent="SCIG"))["ivig_response"] == "worse"
    assert "ivig_response" not in seen(ivig())
