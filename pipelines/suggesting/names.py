"""Compares the names of columns as a person would: without case, accents, punctuation and joined words."""

from __future__ import annotations

import difflib
import re
import unicodedata

NEAR = 0.86
"""How alike two names must be, from 0 to 1, to be taken for one with a slip in it."""
SHORTEST = 5
"""Shorter names are alike by chance."""
ASIAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def words(name: str) -> str:
    """The words of a name, parted by one space: "Kunden-Nr.", "kundenNr" and "KUNDEN_NR" are the same."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    spelled = unicodedata.normalize("NFKD", parted.replace("ß", "ss"))
    bare = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare).casefold()))


def likeness(name: str, known: str) -> float:
    """1 for the same words, down to 0; both have gone through `words`."""
    if name == known:
        return 1.0
    if not name or not known:
        return 0.0
    if _contains(name, known):
        return 0.9
    return _spelled_alike(name, known)


def _contains(name: str, known: str) -> bool:
    """ "q1 overall satisfaction" is about "overall satisfaction"; one short word within others says nothing."""
    if ASIAN.search(known):
        return len(known) >= 3 and known.replace(" ", "") in name.replace(" ", "")
    return " " in known and f" {known} " in f" {name} "


def _spelled_alike(name: str, known: str) -> float:
    if min(len(name), len(known)) < SHORTEST or ASIAN.search(known) or name.count(" ") != known.count(" "):
        return 0.0
    ratio = difflib.SequenceMatcher(None, name.replace(" ", ""), known.replace(" ", "")).ratio()
    return ratio - 0.1 if ratio >= NEAR else 0.0
