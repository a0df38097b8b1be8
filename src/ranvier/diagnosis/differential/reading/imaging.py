"""What imaging of nerve and plexus answers to the differential."""

from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.differential.reading.outcome import Reading, counted, yes_or_no
from ranvier.patient import Imaging

PLEXUS = ("mri brachial plexus", "mri lumbosacral plexus")


def plexus_mri(chart: Chart) -> Reading:
    """Whether a plexus is bright or swollen on MRI."""
    images = [image for image in chart.patient.entries(Imaging) if image.modality in PLEXUS]
    signs = ((i.t2_hyperintensity, i.diffuse_nerve_swelling, i.enlarged_nerves) for i in images)
    return yes_or_no((sign for each in signs for sign in each), ("normal", "abnormal"))


def enlarged_sites(chart: Chart) -> Reading:
    """At how many sites ultrasound finds a nerve enlarged, at its most; 'enlarged' alone is at least one."""
    images = [image for image in chart.patient.entries(Imaging) if image.modality == "nerve ultrasound"]
    known = [
        image.enlarged_sites if image.enlarged_sites is not None else int(bool(image.enlarged_nerves))
        for image in images
        if image.enlarged_sites is not None or image.enlarged_nerves is not None
    ]
    return counted("enlarged_sites", max(known, default=0), bool(known))


READERS = (plexus_mri, enlarged_sites)
