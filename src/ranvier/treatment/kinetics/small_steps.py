"""The saturable model in small steps, between the events of a history of doses.

numba compiles it when it is first called and keeps it on disk.
"""

from math import ceil

from ranvier.treatment.kinetics.steps import compiled


@compiled
def slope(state, person, blocked, vein, skin):  # pragma: no cover  compiled
    """Grams a day of own central, own peripheral, given central, given peripheral and depot."""
    own, own_there, given, given_there, depot = state
    uptake, most, half, _, made, central, exchange, peripheral, into, _ = person
    level = (own + given) / central
    out = uptake * (1 - (1 - blocked) * most * half / (half + level)) / central
    there = exchange / central
    back = exchange / peripheral if exchange > 0 else 0.0
    absorbed = into * depot
    return (
        made - (out + there) * own + back * own_there,
        there * own - back * own_there,
        vein + absorbed - (out + there) * given + back * given_there,
        there * given - back * given_there,
        skin - absorbed,
    )


@compiled
def ahead(state, rate, span):  # pragma: no cover  compiled
    """A state a span further at a constant rate."""
    a, b, c, d, e = state
    da, db, dc, dd, de = rate
    return (a + span * da, b + span * db, c + span * dc, d + span * dd, e + span * de)


@compiled
def held(day, share, when):  # pragma: no cover  compiled
    """The blocked share at a day: none before the first, the last one after the last, linear between."""
    if when < day[0]:
        return 0.0
    low, high = 0, day.size - 1
    if when >= day[high]:
        return share[high]
    while high - low > 1:
        middle = (low + high) // 2
        if day[middle] <= when:
            low = middle
        else:
            high = middle
    return share[low] + (share[high] - share[low]) * (when - day[low]) / (day[high] - day[low])


@compiled
def stepped(constants, line, blocker, begin, longest, own, given):  # pragma: no cover  compiled
    """Own and given levels, g/L, into `own` and `given` (P, T) at the events to be shown."""
    gaps, vein, skin, shown = line
    day, share = blocker
    for p in range(constants.shape[0]):
        c = constants[p]
        person = (c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9])
        state = (c[3] * c[5], c[3] * (c[7] if c[6] > 0 else 0.0), 0.0, 0.0, 0.0)
        now = begin
        for e in range(gaps.size):
            count = ceil(gaps[e] / longest)
            span = gaps[e] / max(count, 1)
            into_vein, into_skin = vein[1, e], skin[1, e] * c[9]
            last = held(day, share, now)
            for i in range(count):
                middle = held(day, share, now + (i + 0.5) * span)
                next_ = held(day, share, now + (i + 1) * span)
                one = slope(state, person, last, into_vein, into_skin)
                two = slope(ahead(state, one, span / 2), person, middle, into_vein, into_skin)
                three = slope(ahead(state, two, span / 2), person, middle, into_vein, into_skin)
                four = slope(ahead(state, three, span), person, next_, into_vein, into_skin)
                state = ahead(state, one, span / 6)
                state = ahead(state, two, span / 3)
                state = ahead(state, three, span / 3)
                state = ahead(state, four, span / 6)
                last = next_
            now += gaps[e]
            a, b, g, d, depot = state
            state = (a, b, g + vein[0, e], d, depot + skin[0, e] * c[9])
            if shown[e] >= 0:
                own[p, shown[e]] = state[0] / c[5]
                given[p, shown[e]] = state[2] / c[5]
