"""The customer satisfaction index with the model that it comes from."""

from __future__ import annotations

import streamlit as st

from pages.components.chart import charts
from pages.components.satisfaction_index.diagram import diagram
from pages.components.satisfaction_index.tables import earlier, indices, paths, questions
from pages.components.soundness.words import told
from pages.components.tags import small, tag
from pages.components.words import _, plain, said
from pipelines.analyses.satisfaction_index.found import Found, SatisfactionIndex
from pipelines.analyses.satisfaction_index.words import METHOD, of_one, sentence


def satisfaction_index(part: Found) -> None:
    st.header(_("How satisfied are customers, and why?"), anchor=False)
    if not told(part) or part.result is None:
        return
    found = part.result
    st.markdown(plain(said(sentence(found))))
    _beware(part, found)
    charts.draw(diagram(found), key="satisfaction_index", alt=f"{said(sentence(found))} {_arrows(found)}")
    st.markdown(small(plain(_reading())))
    paths(found)
    indices(found)
    questions(found)
    earlier(found)
    st.markdown(small(plain(_basis(found))))
    st.markdown(small(plain(said(METHOD))))


def _beware(part: Found, found: SatisfactionIndex) -> None:
    every = [part.warning] if part.warning else []
    for text in [*every, *found.warnings]:
        st.markdown(f"{tag('▣', _('Beware'))} {plain(said(text))}")


def _arrows(found: SatisfactionIndex) -> str:
    each = (
        _("{one} to {other}: {value}", one=found.names[path.source], other=found.names[path.target],
          value=of_one(path.value))
        for path in found.fit.paths
    )  # fmt: skip
    return "; ".join(each)


def _reading() -> str:
    return _(
        "Boxes: index from 0 to 100 with its 95 % interval. Arrows: by how many standard deviations the one moves with "
        "one of the other, the rest being equal; the stronger, the wider. Dotted: the interval holds zero, so the "
        "answers do not show this path."
    )


def _basis(found: SatisfactionIndex) -> str:
    scales = _(" and ").join(f"{low:g}–{high:g}" for low, high in found.scales)
    words = _(
        "{starts} to {ends}; {n} respondents answered every question, {left_out} left one open and are left out; "
        "scale {scales}; {resamples} resamples, seed {seed}. {source}",
        starts=found.starts,
        ends=found.ends,
        n=found.fit.n,
        left_out=found.fit.left_out,
        scales=scales,
        resamples=found.fit.resamples,
        seed=str(found.fit.seed),
        source=found.source,
    )
    if found.one_in == 1:
        return words
    return words + " " + _("One questionnaire in {count} was looked at, drawn by its identifier.", count=found.one_in)
