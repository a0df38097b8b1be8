"""Printed pages compared: the same words, and numbers that agree up to their last digit.

Another processor rounds otherwise; a page in the documents must not depend on that.
"""

import re

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def alike(page: str, other: str) -> bool:
    """Whether two pages say the same."""
    if NUMBER.sub("#", page).split() != NUMBER.sub("#", other).split():
        return False
    pairs = zip(NUMBER.findall(page), NUMBER.findall(other), strict=True)
    return all(near(one, two) for one, two in pairs)


def near(one: str, two: str) -> bool:
    """Whether two printed numbers differ by no more than two units of the last digit; whole ones not at all."""
    digits = len(one.partition(".")[2])
    if not digits:
        return one == two
    return abs(float(one) - float(two)) <= 2.001 * 10**-digits
