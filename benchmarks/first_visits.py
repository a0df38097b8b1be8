"""Virtual patients at their first visit, of each disease: `make first-visits`.

1000 patients with each disease (--patients). They come in rounds of 100, so that a run that is stopped has
some of every disease; a second call goes on where the first was stopped.
"""

import argparse
import sys
import time
from pathlib import Path

from ranvier.cohort import CohortError, run
from ranvier.cohort.cluster import cluster
from ranvier.cohort.first_visit import Coming
from ranvier.disease import diseases

OUT = Path("out/first-visits")
ROUND, CHUNK = 100, 10


def main() -> int:
    """Make them."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("diseases", nargs="*", default=diseases())
    ask.add_argument("--patients", type=int, default=1000)
    ask.add_argument("--workers", type=int)
    ask.add_argument("--scheduler")
    ask.add_argument("--output", type=Path, default=OUT)
    asked = ask.parse_args()
    with cluster(asked.scheduler, asked.workers, asked.patients) as client:
        address = client.scheduler.address
        for last in range(ROUND, asked.patients + ROUND, ROUND):
            for disease in asked.diseases:
                come(disease, min(last, asked.patients), asked.output / disease, address)
    return 0


def come(disease: str, patients: int, folder: Path, scheduler: str) -> None:
    """Make the patients of one disease, or what is missing of them."""
    begun = time.perf_counter()
    try:
        run(Coming(disease), range(1, patients + 1), folder, scheduler=scheduler, chunk=CHUNK)
    except CohortError as error:
        print(error)
    print(f"{disease}: {patients} patients, {time.perf_counter() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
