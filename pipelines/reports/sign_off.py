"""The sheet of a sign-off: what is signed, by whom, and whether it still stands; to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit.records import Records
from audit.records.trail import trail
from audit.signing import signed
from audit.signing.signed_told import told
from audit.signing.signed_words import in_order, meaning_word, part_word, signer_word, thing_word
from audit.text import Language
from audit.wording import spoken
from pipelines.reports.pack import environment
from pipelines.signing.signature_standing import Standing, standing_word


def sheet(
    organisation: str, content: Mapping[str, Any], standings: Sequence[Standing], records: Records, language: Language
) -> str:
    """One HTML page that needs nothing but itself."""
    made = environment()
    made.filters["part"] = lambda name: part_word(name, content["what"]).said(language)
    made.filters["in_order"] = in_order
    recorded = content["recorded"]
    sections = [(name, recorded[name]) for name in in_order(recorded)]
    sections += [(name, content[name]) for name in ("run", "pack") if content.get(name)]
    return made.get_template("sign_off.html").render(
        organisation=organisation,
        language=language,
        content=content,
        sha256=signed.sha256(content),
        standings=standings,
        sections=sections,
        head=trail.newest(records),
        meaning=meaning_word,
        signer=signer_word,
        thing=thing_word,
        stands=standing_word,
        told=lambda value, name="": told(value, language, name),
        said=lambda text: text.said(language),
        _=lambda message, **values: spoken(message, language, **values),
    )
