"""The kinds of entry on a patient's timeline.

Every field that may be missing is None when it is not known. False, 'normal' or an empty finding says
that somebody looked and did not find it: unknown is different from absent everywhere.
"""

from dataclasses import dataclass
from typing import Literal

from ranvier.anatomy import Region, Side
from ranvier.findings.study import (
    CMAPScan,
    ExerciseTest,
    FWave,
    Inching,
    MotorStudy,
    RepetitiveStudy,
    ReportedFinding,
    SensoryStudy,
    TripleStimulation,
)

NORMAL_STRENGTH = 5.0
"""The MRC grade of normal strength."""
Origin = Literal["measured", "reported", "simulated"]
Limbs = Literal["arms", "legs", "both"]
ReflexGrade = Literal["absent", "reduced", "normal", "brisk"]
SensoryFinding = Literal["normal", "minor vibration loss in the legs", "abnormal"]
Course = Literal[
    "slowly progressive",
    "stepwise progressive",
    "rapidly progressive",
    "acute",
    "subacute",
    "relapsing",
    "stable",
    "improving",
]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry carries: when, how it came about, and where it was found."""

    when: str = "unknown"
    origin: Origin
    source: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class History(Entry):
    """The story told: onset, course and complaints."""

    kind: Literal["history"] = "history"
    onset: str | None = None
    """When the first symptom came: 2019, 2019-05 or 2019-05-03."""
    duration_months: float | None = None
    """Months of weakness up to this entry."""
    age_at_onset_years: float | None = None
    course: Course | None = None
    first_symptom: str = ""
    predominant_limbs: Limbs | None = None
    diffuse_symmetric_onset: bool | None = None
    """Diffuse symmetric weakness during the initial weeks."""
    sensory_symptoms: bool | None = None
    pain: bool | None = None
    cramps: bool | None = None
    fasciculations: bool | None = None
    worse_in_cold: bool | None = None
    worse_in_heat: bool | None = None
    family_history: bool | None = None
    preceding_infection: bool | None = None
    systemic_features: bool | None = None
    """Fever, weight loss, purpura, or another organ that suffers, as in a systemic vasculitis."""


@dataclass(frozen=True)
class Strength:
    """An MRC grade (0-5; 4- and 4+ as 3.67 and 4.33) of one movement or muscle on one side."""

    movement: str
    side: Side
    mrc: float | None = None
    wasted: bool | None = None
    """Whether the muscle was seen to be wasted."""

    @property
    def weak(self) -> bool | None:
        """Whether the grade is below normal; None where none was given."""
        return None if self.mrc is None else self.mrc < NORMAL_STRENGTH


@dataclass(frozen=True)
class Reflex:
    """A tendon reflex; the side is left out where the source does not give it."""

    name: Literal["biceps", "brachioradialis", "triceps", "finger flexor", "knee", "ankle"]
    side: Side | None = None
    grade: ReflexGrade | None = None


UpperMotorNeuronSign = Literal[
    "babinski",
    "hoffmann",
    "clonus",
    "spasticity",
    "pseudobulbar palsy",
    "pathologically brisk reflexes",
]


@dataclass(frozen=True)
class Sign:
    """One upper motor neuron sign that was looked for."""

    name: UpperMotorNeuronSign
    present: bool | None = None
    side: Side | None = None
    region: Region | None = None
    """Where it was found, for a sign that can be in several regions: spasticity, brisk reflexes."""


@dataclass(frozen=True, kw_only=True)
class NeurologicalExamination(Entry):
    """The neurological examination."""

    kind: Literal["neurological examination"] = "neurological examination"
    scope: Literal["complete", "strength only"] = "complete"
    """A complete examination that does not mention a sign leaves it unknown; a follow-up of strength
    alone says nothing about signs and takes nothing away."""
    strength: tuple[Strength, ...] = ()
    weak_nerve_territories: int | None = None
    """In how many motor nerves the examiner found weakness, where the grades are not given."""
    asymmetric: bool | None = None
    reflexes: tuple[Reflex, ...] = ()
    reflexes_in_affected_limbs: ReflexGrade | None = None
    sensory: SensoryFinding | None = None
    upper_motor_neuron_signs: bool | None = None
    upper_motor_neuron: tuple[Sign, ...] = ()
    bulbar_signs: bool | None = None
    """Marked bulbar involvement."""
    cranial_nerve_signs: bool | None = None
    fasciculations: bool | None = None
    cramps: bool | None = None
    atrophy: Literal["none", "mild", "marked", "present"] | None = None
    tremor: bool | None = None


@dataclass(frozen=True, kw_only=True)
class NerveConductionStudy(Entry):
    """A nerve conduction study."""

    kind: Literal["nerve conduction study"] = "nerve conduction study"
    motor: tuple[MotorStudy, ...] = ()
    f_waves: tuple[FWave, ...] = ()
    sensory: tuple[SensoryStudy, ...] = ()
    sensory_verdict: Literal["normal", "abnormal"] | None = None
    """The source's word on all sensory studies together, where they are not listed."""
    findings: tuple[ReportedFinding, ...] = ()
    inching: tuple[Inching, ...] = ()
    repetitive: tuple[RepetitiveStudy, ...] = ()
    exercise: tuple[ExerciseTest, ...] = ()
    triple: tuple[TripleStimulation, ...] = ()
    scans: tuple[CMAPScan, ...] = ()


@dataclass(frozen=True)
class NeedleFinding:
    """Needle EMG of one muscle."""

    muscle: str
    side: Side | None = None
    fibrillations: bool | None = None
    fasciculations: bool | None = None
    chronic_neurogenic_change: bool | None = None
    recruitment: Literal["full", "reduced", "single unit", "none"] | None = None
    finding: str = ""
    positive_sharp_waves: bool | None = None
    potentials: int | None = None
    """Motor unit potentials measured; the next three are of them."""
    amplitude_mv: float | None = None
    """Mean peak-to-peak amplitude."""
    duration_ms: float | None = None
    """Mean duration."""
    polyphasic_percent: float | None = None
    """Share with more than four phases."""
    firing_rate_hz: float | None = None
    turns_per_s: float | None = None
    turn_amplitude_mv: float | None = None


@dataclass(frozen=True, kw_only=True)
class NeedleEMG(Entry):
    """A needle EMG examination."""

    kind: Literal["needle emg"] = "needle emg"
    muscles: tuple[NeedleFinding, ...] = ()


@dataclass(frozen=True)
class Antibody:
    """A serum antibody: its antigen, class, result and titre."""

    antigen: Literal[
        "GM1", "GM1:GalC", "GM2", "GD1a", "GD1b", "GalNAc-GD1a", "GQ1b", "GT1b", "asialo-GM1",
        "MAG", "NF155", "NF186", "CNTN1", "CASPR1",
    ]  # fmt: skip
    isotype: Literal["IgM", "IgG", "IgA"] | None = None
    result: Literal["positive", "negative", "borderline"] | None = None
    titre: str = ""


@dataclass(frozen=True, kw_only=True)
class Laboratory(Entry):
    """Blood and cerebrospinal fluid."""

    kind: Literal["laboratory"] = "laboratory"
    antibodies: tuple[Antibody, ...] = ()
    csf_protein_g_l: float | None = None
    csf_protein_upper_limit_g_l: float | None = None
    csf_protein: Literal["normal", "raised"] | None = None
    csf_cells_per_ul: float | None = None
    inflammation_markers: Literal["normal", "raised"] | None = None
    """Erythrocyte sedimentation rate or C-reactive protein."""
    anca: Literal["positive", "negative"] | None = None
    cryoglobulins: Literal["positive", "negative"] | None = None
    igg_g_l: float | None = None
    """Total IgG of the serum; under immunoglobulin it is that of the drug and the patient's own together."""
    iga_g_l: float | None = None
    haemoglobin_g_l: float | None = None
    egfr_ml_min: float | None = None
    """Estimated glomerular filtration rate for 1.73 m2."""
    ck_u_l: float | None = None
    ck_upper_limit_u_l: float | None = None
    m_protein: Literal["none", "IgM", "IgG", "IgA"] | None = None
    genetic_test: str = ""


@dataclass(frozen=True, kw_only=True)
class Imaging(Entry):
    """Imaging of nerve or plexus."""

    kind: Literal["imaging"] = "imaging"
    modality: Literal["mri brachial plexus", "mri lumbosacral plexus", "mri spine", "nerve ultrasound"]
    side: Side | None = None
    t2_hyperintensity: bool | None = None
    diffuse_nerve_swelling: bool | None = None
    enlarged_nerves: bool | None = None
    enlarged_sites: int | None = None
    """At how many sites a nerve was larger than the laboratory's limit."""
    finding: str = ""


@dataclass(frozen=True, kw_only=True)
class NerveBiopsy(Entry):
    """A biopsy of nerve, or of nerve and muscle."""

    kind: Literal["nerve biopsy"] = "nerve biopsy"
    vessel_wall_inflammation: bool | None = None
    vessel_damage: bool | None = None
    """Acute or chronic damage of the wall, such as fibrinoid necrosis or occlusion."""
    demyelination: bool | None = None
    finding: str = ""


GivenLabel = Literal["MMN", "ALS", "PMA", "CIDP", "Lewis-Sumner", "GBS", "vasculitis", "entrapment", "other"]


@dataclass(frozen=True, kw_only=True)
class GivenDiagnosis(Entry):
    """A diagnosis under which the patient is seen or treated.

    No rule and no probability reads it: it is only held against what the record shows.
    """

    kind: Literal["given diagnosis"] = "given diagnosis"
    label: GivenLabel
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Treatment(Entry):
    """A treatment given, and what it did."""

    kind: Literal["treatment"] = "treatment"
    agent: Literal[
        "IVIG",
        "SCIG",
        "corticosteroid",
        "plasma exchange",
        "cyclophosphamide",
        "rituximab",
        "other",
    ]
    dose: str = ""
    response: Literal["improved", "unchanged", "worse"] | None = None
    objective: bool | None = None
    """Whether the response was measured (strength or disability), not only felt."""


@dataclass(frozen=True, kw_only=True)
class Dose(Entry):
    """A dose of a drug as it was given; `when` is the day, or the day and time, at which it began.

    A course of equal doses is one entry: every so many days until a day.
    """

    kind: Literal["dose"] = "dose"
    drug: str
    """By name or another name of the drug files: ivig, scig, prednisone."""
    amount: float
    unit: Literal["g", "mg"] = "g"
    hours: float | None = None
    """How long the infusion ran."""
    product: str = ""
    every_days: float | None = None
    until: str | None = None


BloodGroup = Literal["0", "A", "B", "AB"]


@dataclass(frozen=True, kw_only=True)
class Background(Entry):
    """What else bears on treatment: conditions in which a drug calls for care."""

    kind: Literal["background"] = "background"
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    wishes_children: bool | None = None
    kidney_disease: bool | None = None
    heart_failure: bool | None = None
    thrombosis: bool | None = None
    """A thrombosis, stroke or heart attack before."""
    vascular_risk: bool | None = None
    """Smoking, hypertension, diabetes, immobility, oestrogens, or another risk of thrombosis."""
    iga_deficiency: bool | None = None
    migraine: bool | None = None
    poor_veins: bool | None = None
    blood_group: BloodGroup | None = None


@dataclass(frozen=True, kw_only=True)
class Scale(Entry):
    """A scale or a grip reading."""

    kind: Literal["scale"] = "scale"
    name: str
    score: float | None = None
    unit: str = "points"
    side: Side | None = None


@dataclass(frozen=True, kw_only=True)
class Note(Entry):
    """Free text. Nothing reads it but people."""

    kind: Literal["note"] = "note"
    text: str


AnyEntry = (
    History
    | NeurologicalExamination
    | NerveConductionStudy
    | NeedleEMG
    | Laboratory
    | Imaging
    | NerveBiopsy
    | GivenDiagnosis
    | Treatment
    | Dose
    | Background
    | Scale
    | Note
)
ENTRY_KINDS: dict[str, type[Entry]] = {
    kind.__dataclass_fields__["kind"].default: kind
    for kind in (
        History,
        NeurologicalExamination,
        NerveConductionStudy,
        NeedleEMG,
        Laboratory,
        Imaging,
        NerveBiopsy,
        GivenDiagnosis,
        Treatment,
        Dose,
        Background,
        Scale,
        Note,
    )
}
