"""Why it could happen, drawn simply: each why under the one that it answers, or the bones of a fish by branch."""

from __future__ import annotations

import streamlit as st

from audit.finding.finding import Finding
from audit.records.finding.follow_up import BRANCHES
from pages.components import tags
from pages.components.finding.finding_words import branch
from pages.components.words import _, plain


def cause_picture(finding: Finding) -> None:
    if not finding.cause:
        st.markdown(tags.muted(_("No cause is written yet.")))
    elif finding.cause_method == "whys":
        _whys([cause.text for cause in finding.cause])
    else:
        _fishbone(finding)


def _whys(texts: list[str]) -> None:
    """Indented one below the other; the last is the cause that actions must meet."""
    lines = []
    for depth, text in enumerate(texts):
        last = depth == len(texts) - 1
        told = f"**{plain(text)}** {tags.small(_('the cause to act on'))}" if last else plain(text)
        lines.append(f"{'    ' * depth}- {tags.muted(_('Why {number}', number=depth + 1))} {told}")
    st.markdown("\n".join(lines))


def _fishbone(finding: Finding) -> None:
    """Branches that hold nothing were thought of, too, and say so."""
    grid = st.grid(3, min_column_width=180, gap="small")
    for name in BRANCHES:
        texts = [cause.text for cause in finding.cause if cause.branch == name]
        with grid.cell(), st.container(border=True, gap="xsmall"):
            st.markdown(f"**{branch(name)}**")
            st.markdown("\n".join(f"- {plain(text)}" for text in texts) or tags.muted("–"))
    st.markdown(f"→ **{plain(finding.statement)}**")
