"""Who signed, whether it still stands, and what changed since where it does not."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from audit.signing.signed import Difference
from audit.signing.signed_told import told
from pages.components.sign_off.sign_words import independence, meaning_word, part_word, signer, standing_tag
from pages.components.states import in_words
from pages.components.table import code, table
from pages.components.tags import muted
from pages.components.words import _, language, plain
from pipelines.signing.signature_standing import Standing

MOST = 50


def signed_by(standings: Sequence[Standing]) -> None:
    st.header(_("Signatures"), anchor=False)
    if not standings:
        st.markdown(muted(_("Nobody has signed this yet.")))
        return
    header = [
        _("Meaning"),
        _("Signed by"),
        _("When (UTC)"),
        _("Stands"),
        _("Independent"),
        _("Remark"),
        _("Entry"),
        "SHA-256",
    ]
    table(header, [_row(each) for each in standings], _("Signatures"))
    for each in standings:
        _since(each)


def _row(standing: Standing) -> list[str]:
    one = standing.signature
    return [
        meaning_word(one.meaning),
        signer(one),
        f"{one.at:%Y-%m-%d %H:%M:%S}",
        standing_tag(standing),
        independence(one),
        plain(one.reason) or "–",
        str(one.seq),
        code(f"{one.sha256[:16]}…"),
    ]


def _since(standing: Standing) -> None:
    one = standing.signature
    if standing.unknown:
        st.error(
            _("What {name} signed cannot be checked: {reason}", name=plain(one.name), reason=in_words(standing.unknown))
        )
    if not standing.changes:
        return
    words = _(
        "What changed since {name} signed as {meaning} ({count})", name=plain(one.name),
        meaning=meaning_word(one.meaning), count=len(standing.changes),
    )  # fmt: skip
    with st.expander(words):
        rows = [
            [_place(each, one.what), _told(each, each.signed), _told(each, each.now)]
            for each in standing.changes[:MOST]
        ]
        table([_("Where"), _("Signed"), _("Now")], rows, words)


def _place(change: Difference, what: str) -> str:
    return " › ".join(plain(part_word(part, what)) for part in change.place)


def _told(change: Difference, value: object) -> str:
    return plain(told(value, language(), change.place[-1]))
