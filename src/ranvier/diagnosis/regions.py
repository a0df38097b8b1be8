"""In how many regions (bulbar, cervical, thoracic, lumbosacral) motor neurons are lost, and in which order.

The criteria for amyotrophic lateral sclerosis count regions. A region where nobody looked is unknown.
"""

from itertools import combinations

from ranvier.anatomy import REGIONS, Region
from ranvier.diagnosis.answer import Answer
from ranvier.diagnosis.chart import Chart
from ranvier.diagnosis.lower_signs import lower
from ranvier.diagnosis.rules import Rule
from ranvier.diagnosis.upper_signs import somewhere, upper
from ranvier.evidence import Value
from ranvier.findings.truth import Range, Truth, all_of, any_of, count

NEURONS = ("upper", "lower", "upper and lower", "upper or lower")


def regions_with(chart: Chart, rule: Rule) -> Answer:
    """In how many regions there are upper motor neuron signs, lower ones, both, or either (`with.signs`)."""
    neurons = rule.word("signs", NEURONS)
    found = count(signs(chart, rule, region, neurons) for region in REGIONS)
    if neurons == "upper" and somewhere(chart):
        found = Range(max(found.low, 1), found.high)
    return Answer(number=found, missing=missing(chart, rule, neurons), basis=basis(rule, neurons))


def signs_above(chart: Chart, rule: Rule) -> Answer:
    """Whether signs of `with.above` ('upper', 'lower') lie in a region above one with signs of the other.

    The order is bulbar, cervical, thoracic, lumbosacral.
    """
    higher = rule.word("above", ("upper", "lower"))
    below = "lower" if higher == "upper" else "upper"
    truth = any_of(
        all_of((signs(chart, rule, high, higher), signs(chart, rule, low, below)))
        for high, low in combinations(REGIONS, 2)
    )
    both = "upper and lower"
    return Answer(words=(truth,), missing=missing(chart, rule, both), basis=basis(rule, both))


def signs(chart: Chart, rule: Rule, region: Region, neurons: str) -> Truth:
    """Whether there are signs of these neurons in a region."""
    asked = {"upper": upper, "lower": lower}
    truths = [asked[name](chart, rule, region) for name in asked if name in neurons]
    return any_of(truths) if " or " in neurons else all_of(truths)


def missing(chart: Chart, rule: Rule, neurons: str) -> tuple[str, ...]:
    """The regions that are not settled, and how to look there."""
    methods = " and ".join(rule.words("lower"))
    how = {
        "upper": "examination: upper motor neuron signs by region",
        "lower": f"{methods}: lower motor neuron signs in enough muscles",
    }
    unknown = {
        name: ", ".join(region for region in REGIONS if signs(chart, rule, region, name) is None)
        for name in how
        if name in neurons
    }
    return tuple(f"{how[name]} ({regions})" for name, regions in unknown.items() if regions)


def basis(rule: Rule, neurons: str) -> tuple[Value, ...]:
    """How many muscles make a limb region."""
    return (rule.limit("limb_muscles"),) if "lower" in neurons else ()
