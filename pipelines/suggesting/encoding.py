"""Proposes the encodings in which a file may be written, the likeliest first; which one it is, its reader says."""

from __future__ import annotations

import codecs
import logging
import re
import unicodedata
from collections.abc import Iterable

import charset_normalizer

from pipelines.staging.text_file import MARKS

ONE_BYTE = ("cp1252", "cp1250", "cp1251")
TWO_BYTES = ("gb18030", "cp949", "cp932", "big5")
OFFERED = ("utf-8", *TWO_BYTES, *ONE_BYTE, "latin-1", "iso-8859-15", "utf-16", "utf-16-le", "utf-16-be")
"""What a person can choose; Latin-1 reads like Windows-1252 wherever it holds letters."""
MOST = 3
SAMPLE = 100_000
MARGIN = 1.0
"""How much more implausible than the likeliest an encoding may be and still be worth a look."""
HIGH, LINE_END = re.compile(rb"[\x80-\xff]"), re.compile(rb"[\r\n]")
USUAL_SIGNS = frozenset("“”„‘’‚–—…€°§«»·®©™£×¿¡²³½\u00a0。，、；：？！（）《》「」")
KOREAN_HANGUL = range(0xB0, 0xC9)
"""First bytes of Hangul in CP949. GB18030 has usual Chinese characters there too, but others above as well."""


def encodings(content: bytes) -> tuple[str, ...]:
    """One, where nothing else is possible or would read the file alike; none where it is no text that we know."""
    marked = next((names for mark, names in MARKS.items() if content.startswith(mark)), None)
    if marked:
        return marked[:1]
    if b"\0" in content:
        return _readable(content, ("utf-16-le", "utf-16-be"))[:1]
    if fitting := _readable(content, ("utf-8",)):
        return fitting
    return _likeliest(content)


def is_ascii(content: bytes) -> bool:
    """Whether every usual encoding reads it alike. ASCII in UTF-16 has a NUL beside each character."""
    return content.isascii() and b"\0" not in content


def telling_lines(content: bytes, encoding: str, most: int = 5) -> list[str]:
    """The first lines in which encodings differ: those with more than ASCII in them. The file's mark is none of it."""
    encoding = codecs.lookup(encoding).name
    mark = next((mark for mark in MARKS if content.startswith(mark)), b"")
    if mark and encoding in ("utf-8", *MARKS[mark]):  # as the load reads it: the mark says more than UTF-8 does
        content, encoding = content[len(mark) :], MARKS[mark][0]
    if encoding.startswith(("utf-16", "utf-32")):
        text = codecs.getincrementaldecoder(encoding)("replace").decode(content[:SAMPLE])
        return [line for line in text.splitlines() if not line.isascii()][:most]
    return [line.decode(encoding, errors="replace").strip() for line in _beyond_ascii(content, most)]


def _likeliest(content: bytes) -> tuple[str, ...]:
    sample = b"\n".join(_beyond_ascii(content, 500))[:SAMPLE]
    found = _measured(sample)
    costs: dict[str, float] = {}
    texts: set[str] = set()
    for name in _readable(content, (*TWO_BYTES, *ONE_BYTE)):
        text = sample.decode(name, errors="ignore")
        if text not in texts:
            texts.add(text)
            costs[name] = _cost(text, name) + found.get(name, 0.1)
    ranked = sorted(costs, key=lambda name: costs[name])
    return tuple(name for name in ranked if costs[name] <= costs[ranked[0]] + MARGIN)[:MOST]


def _measured(sample: bytes) -> dict[str, float]:
    """How chaotic and how incoherent charset-normalizer finds each reading, in one small number."""
    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    matches = charset_normalizer.from_bytes(sample, cp_isolation=[*TWO_BYTES, *ONE_BYTE], threshold=1.0)
    return {match.encoding: match.chaos - match.coherence / 10 for match in matches}


def _readable(content: bytes, names: Iterable[str]) -> tuple[str, ...]:
    found = []
    for name in names:
        try:
            codecs.decode(content, name)
            found.append(name)
        except UnicodeDecodeError:
            continue
    return tuple(found)


def _beyond_ascii(content: bytes, most: int) -> list[bytes]:
    """The first lines with such a byte; from one to the next, because a pattern of whole lines takes far too long."""
    found: list[bytes] = []
    at = 0
    while len(found) < most and (high := HIGH.search(content, at)):
        begins = max(content.rfind(end, at, high.start()) for end in (b"\r", b"\n")) + 1 or at
        ended = LINE_END.search(content, high.end())
        at = ended.start() if ended else len(content)
        found.append(content[begins:at][:2000])
    return found


def _cost(text: str, encoding: str) -> float:
    """How odd the characters beyond ASCII are, on average; 0 for plain words of the languages of the encoding."""
    odd = [(_odd(sign, encoding), place) for place, sign in enumerate(text) if not sign.isascii()]
    if not odd:
        return 0.0
    mixed = sum(_inside_other_word(text, place) for _, place in odd)
    all_korean = encoding == "gb18030" and len(odd) >= 6 and _only_in(text, KOREAN_HANGUL)
    return (sum(cost for cost, _ in odd) + 2 * mixed) / len(odd) + (0.3 if all_korean else 0.0)


def _odd(sign: str, encoding: str) -> float:
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Co", "Cn"):
        return 10.0
    if "\uff61" <= sign <= "\uff9f":
        return 3.0  # half-width katakana: what other encodings look like in Shift-JIS
    if "\uac00" <= sign <= "\ud7a3":
        return 0.0 if min(sign.encode("cp949")) >= 0xA1 else 1.0  # outside of KS X 1001, the usual syllables
    if "\u4e00" <= sign <= "\u9fff":
        return 2.0 if encoding == "cp949" else 0.0 if _usual_han(sign, encoding) else 1.0
    return 0.0 if kind[0] == "L" or sign in USUAL_SIGNS else 2.0


def _usual_han(sign: str, encoding: str) -> bool:
    """In the first, usual level of the encoding's own standard."""
    levels = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "cp932": (0x88, 0x98)}
    lowest, highest = levels[encoding]
    written = sign.encode(encoding)
    return len(written) == 2 and lowest <= written[0] <= highest and (encoding != "gb18030" or written[1] >= 0xA1)


def _inside_other_word(text: str, place: int) -> bool:
    """Another script's character beside a Latin letter, a lone Cyrillic one, or a word in which the cases are mixed."""
    before, sign, behind = text[place - 1 : place], text[place], text[place + 1 : place + 2]
    if "CYRILLIC" in unicodedata.name(sign, "") and not (before.isalpha() or behind.isalpha()):
        return True
    if unicodedata.name(sign, "").startswith("LATIN"):
        return before.islower() and sign.isupper() or (not before.isascii() and not behind.isascii() and behind != "")
    return sign.isalpha() and (before.isascii() and before.isalpha() or behind.isascii() and behind.isalpha())


def _only_in(text: str, first_bytes: range) -> bool:
    written = [sign.encode("gb18030") for sign in text if "\u4e00" <= sign <= "\u9fff"]
    return bool(written) and all(two[0] in first_bytes for two in written)
