"""A fitted number written back into the TOML file it stands in, with everything around it left as it is."""

import re


def renumbered(text: str, table: str, key: str, number: float) -> str:
    """A TOML text with another number under one key of one table.

    Raises ValueError if the table has no such key, or writes it in another form than `key = { number = ..`.
    """
    head, begin, rest = text.partition(f"[{table}]\n")
    own, more, other = rest.partition("\n[")
    changed, times = re.subn(rf"(?m)^({key} = {{ number = )[^,]+", rf"\g<1>{number:g}", own, count=1)
    if not times:
        raise ValueError(f"[{table}] has no '{key} = {{ number = ..'; add it to the file first.")
    return head + begin + changed + more + other
