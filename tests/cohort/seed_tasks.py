"""Tasks that a worker can import: what becomes of a seed."""

import os
from dataclasses import dataclass


def squares(seed):
    """Two visits; a word that only later seeds have, and a number that is whole for some and not for others."""
    value = seed if seed % 3 else seed + 0.5
    return [{"value": value * (n + 1), "word": None if seed < 12 else "late"} for n in range(2)]


def thirteen(seed):
    if seed == 13:
        raise ValueError("no such\naxon")
    return squares(seed)


def deadly(seed):
    if seed == 5:
        os._exit(1)
    return squares(seed)


def nobody(seed):
    return []


def mixed(seed):
    return [{"value": "a" if seed == 3 else 1.0}]


def twice(seed):
    return [{"visit": 1}, {"visit": 1}]


def threads(seed):
    return [{"numba": os.environ["NUMBA_NUM_THREADS"], "blas": os.environ["OPENBLAS_NUM_THREADS"]}]


@dataclass(frozen=True)
class Times:
    factor: int
    words: tuple[str, ...] = ()

    def __call__(self, seed):
        return [{"value": self.factor * seed}]
