"""The labels in the margins: each beside what it names, none on another."""

from dataclasses import dataclass, replace
from textwrap import wrap

from ranvier.anatomy import Side, motor_nerves
from ranvier.diagnosis import Assessment
from ranvier.patient import NerveConductionStudy
from ranvier.report.limbs.course import Point, end, layout
from ranvier.report.limbs.signs import Sign


@dataclass(frozen=True)
class Label:
    """A label in the margin, and the point on the nerve that it names."""

    side: Side
    lines: tuple[str, ...]
    at: Point
    colour: str = "#222"
    top: float = 0

    @property
    def bottom(self) -> float:
        """Where the next label may begin."""
        return self.top + layout()["page"]["line"] * (len(self.lines) + 0.25)


def labels_of(assessment: Assessment, signs: tuple[Sign, ...], side: Side) -> list[Label]:
    """One label for each block of a side, and the name of each other nerve studied there."""
    looks = layout()["grade"]
    blocks = [s for s in signs if s.side == side and s.text]
    entries = assessment.patient.entries(NerveConductionStudy)
    studied = {s.nerve for entry in entries for s in entry.motor if s.side == side}
    return [
        *(Label(side, (s.nerve, *fitted(s.text)), s.spot[0], looks[s.grade]["colour"]) for s in blocks),
        *(Label(side, (n,), end(n, side)) for n in motor_nerves() if n in studied),
    ]


def stacked(labels: list[Label]) -> list[Label]:
    """The labels of one margin beside what they name, moved apart where they would overlap."""
    page, placed = layout()["page"], list[Label]()
    for label in sorted(labels, key=lambda one: (one.at[1], one.lines)):
        above = placed[-1].bottom if placed else page["label_top"]
        placed.append(replace(label, top=max(above, label.at[1] - page["line"] / 2)))
    lowest = page["label_bottom"]
    for n in reversed(range(len(placed))):
        excess = max(0, placed[n].bottom - lowest)
        placed[n] = replace(placed[n], top=placed[n].top - excess)
        lowest = placed[n].top
    down = max(0, page["label_top"] - placed[0].top) if placed else 0
    return [replace(label, top=label.top + down) for label in placed]


def fitted(words: str) -> list[str]:
    """Text in lines that the margin has room for, cut after the second."""
    page = layout()["page"]
    wide = sum(one.isupper() or not (one.isalnum() or one.isspace()) for one in words) / len(words)
    room = int(page["label_edge"] / (page["text"] * page["letter"] * (1 + page["wide"] * wide)))
    return wrap(words, room, max_lines=2, placeholder="…")
