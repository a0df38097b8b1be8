"""The figure of the limbs: complete, mirrored, honest about grades, readable, and safe."""

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import combinations, pairwise

import pytest

from ranvier.anatomy import motor_nerves
from ranvier.diagnosis import examine
from ranvier.findings.study import MotorSite, MotorStudy, ReportedFinding
from ranvier.patient import Identity, NerveConductionStudy, Patient
from ranvier.report.limbs import limbs_svg
from ranvier.report.limbs.course import along, course, layout
from ranvier.report.limbs.signs import GRAVITY

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>&\"'<b>\x00forearm" + "<&>" * 20


def study(side, nerve, muscle, **amplitudes):
    rows = tuple(
        MotorSite(
            site.replace("_", " "),
            amplitude_mv=mv,
            area_mv_ms=None if mv is None else 3 * mv,
            duration_ms=6,
            stimulus="supramaximal",
        )
        for site, mv in amplitudes.items()
    )
    return MotorStudy(side, nerve, muscle, rows)


def patient(*motor, told=(), origin="measured", name="P-1"):
    entry = NerveConductionStudy(when="2022", origin=origin, source="test", motor=motor, findings=tuple(told))
    return Patient(Identity(name), (entry,))


def everything():
    return patient(
        *(
            study(side, nerve.name, next(iter(nerve.distal_site)), **amplitudes)
            for side in ("left", "right")
            for nerve in motor_nerves().values()
            for amplitudes in [{site: 64 / 2.2**n for n, site in enumerate(nerve.sites)}]
        )
    )


ONE_BLOCK = patient(study("right", "median", "APB", wrist=8, elbow=2.2))
TOLD = patient(
    told=[
        ReportedFinding("median", "block", "right", "forearm", True),
        ReportedFinding("peroneal", "block", "left", "", True),
        ReportedFinding("several nerves", "block", None, "", True),
        ReportedFinding("ulnar", "slow", "left", "elbow", None),
    ]
)
HOSTILE_RECORD = patient(
    study("right", "median", "APB", wrist=8, elbow=2.2),
    told=[ReportedFinding("ulnar", HOSTILE, side, HOSTILE, True) for side in ("left", "right")],
    name=HOSTILE,
)
PATIENTS = {
    "one block": ONE_BLOCK,
    "nothing": patient(),
    "told": TOLD,
    "hostile": HOSTILE_RECORD,
    "everything": everything(),
}


def drawing(record):
    return ET.fromstring(limbs_svg(examine(record)))


def grades(root):
    return [g.get("data-grade") for g in root.iter(f"{SVG}g") if g.get("data-grade")]


def texts(root):
    return ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]


def box(element):
    """Left, top, right and bottom of a text, as wide as a narrow sans-serif sets it."""
    size, x, y = (float(element.get(key, "0")) for key in ("font-size", "x", "y"))
    width = 0.5 * size * len(element.text)
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
    return left, y - 0.8 * size, left + width, y + 0.2 * size


@pytest.mark.parametrize("nerve", motor_nerves().values(), ids=lambda nerve: nerve.name)
def test_every_stretch_of_every_motor_nerve_can_be_drawn(nerve):
    points = layout()["nerve"][nerve.name]["points"]
    assert len(points) == len(nerve.sites)
    assert len({tuple(point) for point in points}) == len(points)
    for position in range(len(nerve.stretches)):
        assert len(course(nerve.name, "right", position, position + 1)) == 2


@pytest.mark.parametrize("name", motor_nerves())
def test_left_is_the_mirror_of_right_and_right_is_on_the_viewers_left(name):
    last = len(motor_nerves()[name].sites)
    pairs = zip(course(name, "right", 0, last), course(name, "left", 0, last), strict=True)
    assert all(right[0] + left[0] == 720 and right[1] == left[1] and right[0] < 360 for right, left in pairs)


def test_nerves_of_a_limb_do_not_cross():
    def turns(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])

    def cross(a, b, c, d):
        return turns(a, b, c) != turns(a, b, d) and turns(c, d, a) != turns(c, d, b)

    ways = [[nerve["end"], *nerve["points"]] for nerve in layout()["nerve"].values()]
    for one, other in combinations(ways, 2):
        for a, b in pairwise(one):
            assert not any(cross(a, b, c, d) for c, d in pairwise(other))


@pytest.mark.parametrize("name", PATIENTS)
def test_labels_do_not_overlap_and_stay_on_the_page(name):
    root = drawing(PATIENTS[name])
    _, _, width, height = map(float, root.get("viewBox").split())
    boxes = [box(element) for element in root.iter(f"{SVG}text")]
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert right <= width
        assert top >= 0
        assert bottom <= height
    for (left, top, right, bottom), (a, b, c, d) in combinations(boxes, 2):
        assert right <= a or c <= left or bottom <= b or d <= top


def test_every_graded_segment_has_one_mark_of_its_grade():
    record = everything()
    graded = [block.graded[0] for block in examine(record).blocks]
    expected = Counter(one.verdict if one.used else "not used" for one in graded)
    assert {"definite", "probable", "not used"} <= set(expected)
    assert Counter(grades(drawing(record))) == expected


def test_a_segment_studied_twice_is_shown_once_with_its_worst_grade():
    record = patient(
        study("left", "ulnar", "FDI", wrist=8, below_elbow=8, above_elbow=7.9, axilla=2),
        study("left", "ulnar", "ADM", wrist=8, below_elbow=7.9, above_elbow=7.9, axilla=7.8),
    )
    root = drawing(record)
    assert len(examine(record).blocks) == 6
    assert len(grades(root)) == 3
    assert grades(root)[-1] == "definite"
    assert "−75 % arm" in texts(root)


def test_the_block_is_named_with_its_nerve_its_place_and_its_fall():
    root = drawing(ONE_BLOCK)
    assert texts(root)[2:4] == ["median", "−72 % forearm"]
    assert "right median wrist to elbow: definite block, −72 % forearm" in root.find(f"{SVG}desc").text
    marked = next(g for g in root.iter(f"{SVG}g") if g.get("data-grade") == "definite")
    (x, y), _ = along(course("median", "right", 1, 2), 0.5)
    assert marked.find(f"{SVG}g").get("transform").startswith(f"translate({x:.1f} {y:.1f})")


def test_grades_differ_by_line_and_mark_not_only_by_colour():
    looks = [layout()["grade"][grade] for grade in GRAVITY]
    assert len({look["line"] for look in looks}) == len({look["mark"] for look in looks}) == 5


def test_a_stretch_that_the_criteria_set_leaves_out_is_not_shown_as_not_assessable():
    root = drawing(patient(study("right", "tibial", "AH", ankle=8, popliteal_fossa=2)))
    assert grades(root) == ["not used"]
    said = root.find(f"{SVG}desc").text
    assert "Segments not assessable: 0. Segments not used by the criteria set: 1." in said


def test_a_stretch_with_a_doubt_is_not_assessable_and_not_called_unused():
    root = drawing(patient(study("right", "median", "APB", wrist=8, elbow=None)))
    assert grades(root) == ["not assessable"]
    assert "Segments not assessable: 1." in root.find(f"{SVG}desc").text
    assert "not used" not in root.find(f"{SVG}desc").text


def test_the_legend_explains_every_look():
    entries = texts(drawing(patient()))[2:]
    assert entries[:-2] == [look["words"] for look in layout()["grade"].values()]
    assert "not used by the criteria set" in entries


def test_a_block_told_in_words_is_drawn_once_and_one_without_a_nerve_is_counted():
    root = drawing(TOLD)
    assert grades(root) == ["reported", "reported"]
    assert "reported: forearm" in texts(root)
    assert "Blocks told in words without side or motor nerve, not drawn: 1." in texts(root)


@pytest.mark.parametrize(
    ("segment", "first", "last"),
    [("upper arm", 2, 3), ("Wrist to elbow", 1, 2), ("forearm", 1, 2), ("elbow", 2, 2)],
)
def test_a_told_block_lies_where_the_words_put_it(segment, first, last):
    record = patient(told=[ReportedFinding("median", "block", "left", segment, True)])
    drawn = next(g for g in drawing(record).iter(f"{SVG}g") if g.get("data-grade"))
    line = "L".join(f"{x:g} {y:g}" for x, y in course("median", "left", first, last))
    assert drawn.find(f"{SVG}path").get("d") == f"M{line}"


def test_nothing_studied_says_so_and_grades_nothing():
    root = drawing(patient())
    assert grades(root) == []
    assert any(line.startswith("No motor segment was studied") for line in texts(root))


def test_hostile_text_stays_text():
    svg = limbs_svg(examine(HOSTILE_RECORD))
    assert "<script" not in svg
    assert "<b>" not in svg
    assert "\x00" not in svg
    assert "<script>alert(1)</script>&" in ET.fromstring(svg).find(f"{SVG}title").text


def test_only_a_simulated_patient_carries_the_watermark():
    real = limbs_svg(examine(ONE_BLOCK))
    simulated = limbs_svg(
        examine(patient(study("right", "median", "APB", wrist=8, elbow=2.2), origin="simulated"))
    )
    assert "SIMULATED" not in real
    assert "simulated" not in real
    assert ">SIMULATED</text>" in simulated
    assert "(simulated data)" in ET.fromstring(simulated).find(f"{SVG}title").text


def test_the_figure_is_self_contained_and_always_the_same():
    svg = limbs_svg(examine(everything()), width=380)
    assert svg == limbs_svg(examine(everything()), width=380)
    assert 'role="img" ' in svg
    assert 'width="380"' in svg
    assert "href" not in svg
    assert "url(" not in svg
