"""Whether conduction block was looked for and not found: what motor neuron disease must exclude."""

from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.rules import Rule
from ranvier.diagnosis.search import off_entrapment, searched
from ranvier.findings.truth import Truth


def block_ruled_out(chart: Chart, rule: Rule) -> Answer:
    """Whether a complete search found no conduction block off the common entrapment sites.

    Failed as soon as one definite block is on record. Unknown while the search is not complete (see
    `search.toml`), while there is a lesser block, or while a fall with the numbers of a block stands under
    a doubt.
    """
    found = searched(chart)
    gaps = (*found.missing, *found.doubtful)
    said = (
        f"conduction block looked for in: {', '.join(gaps)}"
        if gaps
        else "a complete search for conduction block"
    )
    return Answer(
        words=(ruled_out(chart, found.complete),),
        missing=(said,),
        basis=tuple(value for segment in chart.segments for value in segment.basis),
    )


def ruled_out(chart: Chart, complete: Truth) -> Truth:
    """Whether there is no block, given how complete the search was."""
    if any(segment.at_least("definite") for segment in chart.segments):
        return False
    suspect = [segment for segment in chart.segments if off_entrapment(segment) and segment.numbers]
    clean = all(segment.at_least("probable") is False for segment in suspect)
    return True if complete and clean else None
