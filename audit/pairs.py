"""How a declared pair of dimensions, and a group of it, is written: "segment × region", "Business × North"."""

from __future__ import annotations

SIGN = " \N{MULTIPLICATION SIGN} "


def halves(label: str) -> tuple[str, ...]:
    """
    The two names that a pair joins. Inside a name the sign is doubled (as pipelines/measuring/groups.py does in SQL),
    so a single one between spaces stands between the two.
    """
    return tuple(name.replace("××", "×") for name in label.split(SIGN))
