"""Signatures and what they cover in the reader's words."""

from __future__ import annotations

from audit.records.signing.signature_row import Signature
from audit.signing import signed_words
from pages.components import tags
from pages.components.words import _, plain, said
from pipelines.signing.signature_standing import Standing, standing_word


def meaning_word(meaning: str) -> str:
    return said(signed_words.meaning_word(meaning))


def thing_word(what: str) -> str:
    return said(signed_words.thing_word(what))


def part_word(name: str, what: str = "") -> str:
    return said(signed_words.part_word(name, what))


def standing_tag(standing: Standing) -> str:
    mark = "✕" if standing.unknown else "◷" if standing.superseded else "●"
    return tags.tag(mark, said(standing_word(standing)))


def signer(signature: Signature) -> str:
    role = said(signed_words.signer_word(signature.role))
    vouched = "" if signature.verified else f" {tags.unverified()}"
    return f"**{plain(signature.name)}**  \n{tags.small(plain(role))}{vouched}"


def independence(signature: Signature) -> str:
    return _("independent") if signature.independent else tags.tag("◇", _("not independent"))
