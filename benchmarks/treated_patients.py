"""What treatment does to virtual patients by the mechanism of the disease: early, late, stopped, never.

    python benchmarks/treated_patients.py [--patients 20]

Eight years are followed. Grip is that of the weaker hand, without noise, as a share of the healthy one.
"""

import argparse

import numpy as np

from ranvier.disease import simulate
from ranvier.exam.strength import healthy_grip_kg
from ranvier.treatment.home import true_grip_kg
from ranvier.treatment.simulate import simulate_treated

YEARS, WEAK = 8.0, 0.85
BRIEF = {"brief": True, "by": "surface", "visits": (YEARS,), "exam": "first-visit"}
PLANS = {"early": "2015-09-01", "late": "2019-03-01"}
STOPPED = "ivig 1 g/kg every 21 d from 2017-03-01 until 2018-02-28"


def lost(found) -> dict[str, float]:
    return {
        key: 100 * float(value) for key, value in found.visits[-1].truth.items() if key.startswith("lost")
    }


def weaker(found, moments):
    """Grip of the hand that is weaker at the first of some times, as a share of the healthy."""
    grips = true_grip_kg(found, np.array(moments, float))
    body = found.simulated.illness.healthy
    return min((kg / healthy_grip_kg(body, side) for side, kg in grips.items()), key=lambda share: share[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=20)
    gone = {name: [] for name in ("never", *PLANS)}
    hands, kept = [], []
    for seed in range(1, parser.parse_args().patients + 1):
        gone["never"].append(lost(simulate("mmn", seed, YEARS, **BRIEF)))
        for name, begin in PLANS.items():
            plan = f"ivig 1 g/kg every 21 d from {begin}"
            found = simulate_treated("mmn", seed, [plan], YEARS, **BRIEF)
            gone[name].append(lost(found.simulated))
        found = simulate_treated("mmn", seed, [STOPPED], YEARS, **BRIEF)
        first, last = int(found.given[0].day), int(found.given[-1].day)
        hand = weaker(found, (first, first + 28, last + 14, last + 21 + 84))
        if hand[0] < WEAK:
            hands.append(hand)
    for name, each in gone.items():
        worst = [max(value for key, value in one.items() if key.count(" ") == 2) for one in each]
        kept.append([one["lost motor"] for one in each])
        low, middle, high = np.percentile(kept[-1], [25, 50, 75])
        motor = f"motor axons lost at {YEARS:g} years {middle:.1f} % ({low:.1f}-{high:.1f})"
        print(f"{name}: {motor}; worst muscle {np.median(worst):.0f} %")
    never, early, late = np.array(kept)
    print(f"fewer lost if treated early than late in {np.sum(early < late)} of {len(never)} patients")
    if not hands:
        print("no patient has a weak hand at the first dose")
        return
    shares = 100 * np.array(hands)
    weak = f"under {100 * WEAK:g} % of healthy grip at the first dose"
    print(f"{len(shares)} patients whose weaker hand has {weak}:")
    for n, when in enumerate(
        ("at the first dose", "28 days on", "14 days after the last", "12 weeks after its end")
    ):
        low, middle, high = np.percentile(shares[:, n], [25, 50, 75])
        print(f"  {when}: {middle:.0f} % ({low:.0f}-{high:.0f})")


if __name__ == "__main__":
    main()
