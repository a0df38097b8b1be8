"""Chances made to respect what medicine knows of order: more definite block never speaks against MMN."""

from collections.abc import Sequence

Chances = tuple[float, ...]


def smoothed(counts: Sequence[float], before: float, slip: float) -> Chances:
    """Chances of the outcomes from counts: (n_v + b) / (N + b k), and a share `slip` spread evenly.

    `before`: b, what is added to each of the k counts.
    """
    total = sum(counts) + before * len(counts)
    return slipped(tuple((n + before) / total for n in counts), slip)


def slipped(chances: Chances, slip: float) -> Chances:
    """The same chances when a share of all answers says nothing."""
    total, k = sum(chances), len(chances)
    return tuple((1 - slip) * each / total + slip / k for each in chances)


def ordered(chances: Chances, mmn: Chances, rises: bool) -> Chances:
    """The chances nearest to these whose ratio to those in MMN never rises along the outcomes.

    With q = p r, p the chances in MMN, the likelihood sum n log q is greatest under sum q = 1 and r falling
    where r is the mean ratio over pooled neighbours (pool adjacent violators). `rises`: a later outcome
    speaks for MMN; otherwise r must not fall.
    """
    if not rises:
        return ordered(chances[::-1], mmn[::-1], True)[::-1]
    blocks: list[tuple[float, float, int]] = []
    for q, p in zip(chances, mmn, strict=True):
        blocks.append((q, p, 1))
        while len(blocks) > 1 and blocks[-1][0] * blocks[-2][1] > blocks[-2][0] * blocks[-1][1]:
            (q1, p1, n1), (q2, p2, n2) = blocks.pop(-2), blocks.pop()
            blocks.append((q1 + q2, p1 + p2, n1 + n2))
    ratios = [q / p for q, p, n in blocks for _ in range(n)]
    return tuple(p * r for p, r in zip(mmn, ratios, strict=True))
