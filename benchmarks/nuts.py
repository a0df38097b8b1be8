"""The posterior of one simulated patient beside NUTS: `make bench-nuts`.

The peer (`peers/numpyro_posterior.py`) is written anew in numpyro and runs in an environment of its own.
Numbers are in SDs from the typical patient.
"""

import argparse
import json
import os
import subprocess
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from individual import WEIGHT_KG, doses, read

from ranvier.forecast.fitted import Fitted
from ranvier.forecast.individual import fitted
from ranvier.forecast.unknowns import tables
from ranvier.treatment.effect.population import people
from ranvier.treatment.kinetics import typical

PEER = Path(__file__).parent / "peers" / "numpyro_posterior.py"


def asked(one: Fitted, warmup: int, samples: int) -> str:
    """The patient, as the peer reads it."""
    usual, rule = typical(WEIGHT_KG), tables()
    return json.dumps(
        {
            "priors": [vars(each) for each in one.draws.model.unknowns],
            "whole_together": rule["grip"]["whole_together"],
            "origin": one.origin,
            "exchange": float(usual.exchange[0]),
            "peripheral": float(usual.peripheral[0]),
            "doses": [vars(each) for each in one.given],
            "readings": [
                {"measure": each.measure, "day": list(each.day), "value": list(each.value)}
                for each in one.readings
            ],
            "igg_noise": rule["reading"]["igg_noise"],
            "stray": rule["reading"]["stray"],
            "stray_times": rule["reading"]["stray_times"],
            "floor": rule["grip"]["floor"],
            "warmup": warmup,
            "samples": samples,
        }
    )


def rms(values: list[float]) -> float:
    """Root of the mean square."""
    return float(np.sqrt(np.mean(np.square(values))))


def main() -> None:
    """Means and SDs of every number by both ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--peer-python", required=True, help="the interpreter of the environment with numpyro"
    )
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=500)
    parser.add_argument("--samples", type=int, default=1000)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    person, given = people(random, 1, WEIGHT_KG), doses(arguments.seed, naive=False)
    told = read(random, person, given, often=False)
    seen = tuple(each for each in given if each.day <= max(one.day[-1] for one in told))
    fitted(seen, told, WEIGHT_KG)
    start = time.process_time()
    one = fitted(seen, told, WEIGHT_KG)
    seconds = time.process_time() - start
    text = asked(one, arguments.warmup, arguments.samples)
    answer = subprocess.run([arguments.peer_python, str(PEER)], input=text, capture_output=True, text=True)
    if answer.returncode:
        raise SystemExit(answer.stderr[-2000:])
    theirs = json.loads(answer.stdout)
    print(
        f"ranvier {seconds:.2f} CPU s; NUTS (numpyro {theirs['numpyro']}) {theirs['cpu_s']:.0f} CPU s, ",
        end="",
    )
    print(f"{theirs['divergences']} divergences, least effective {theirs['least_effective']:.0f}\n")
    print("| number, SDs from typical | mean | NUTS | SD | NUTS |\n|---|---|---|---|---|")
    shifts, ratios = [], []
    for each in one.draws.model.unknowns:
        steps = each.steps(one.draws.values[each.name])
        mean, sd = theirs["mean"][each.name], theirs["sd"][each.name]
        shifts.append((steps.mean() - mean) / sd)
        ratios.append(steps.std() / sd)
        print(f"| {each.name} | {steps.mean():.2f} | {mean:.2f} | {steps.std():.2f} | {sd:.2f} |")
    print(
        f"\nmeans differ by {rms(shifts):.2f} SD, at most {np.abs(shifts).max():.2f}; ",
        end="",
    )
    print(f"SD over that of NUTS: median {np.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}")


if __name__ == "__main__":
    main()
