"""What customers write about: themes with their shares, how satisfied their writers are, and examples on demand."""

from __future__ import annotations

import streamlit as st

from pages.components import session
from pages.components.chart import charts
from pages.components.chosen import buttons, choice, chosen
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import bounded, percent, told
from pages.components.tags import small, tag
from pages.components.themes.behind import figures, over_time
from pages.components.themes.examples import examples
from pages.components.words import _, plain, said
from pipelines import definitions
from pipelines.analyses.themes.found import Comments, Found, Themes
from pipelines.analyses.themes.told import method, sentence


def themes(found: Themes) -> None:
    st.header(_("What do they write about?"), anchor=False)
    sources = list(found.sources)
    source = chosen("comments", sources, sources[0])
    buttons("comments", _("Written in"), sources, lambda name: said(definitions.sources()[name].title))
    part = found.sources[source]
    if not told(part) or part.result is None:
        session.link("data", _("Load data") + " →", view="load")
        return
    if part.warning:
        st.markdown(f"{tag('◷', _('Warning'))} {plain(said(part.warning))}")
    shown = part.result.without_small(session.least_shown())
    _picture(found, shown, source)
    spoken = [one for one in shown.themes if one.counted.share.count]
    if spoken:
        _one(found, shown, spoken, source)
    st.markdown(small(plain(said(method()))))


def _picture(found: Themes, comments: Comments, source: str) -> None:
    words = said(sentence(found, comments))
    st.markdown(plain(words))
    drawn = [one for one in comments.themes if one.counted.share.count]
    if drawn:
        rows = [_dot(found, one) for one in drawn]
        alt = f"{words} {'; '.join(row.told for row in rows)}"
        charts.draw(dots(rows, " %"), key=f"themes {source}", alt=alt)
        told_of = _(
            "Share of {n} comments with its 95 % interval; then the mean satisfaction, 1 to 5, of who wrote so.",
            n=comments.n,
        )
        st.markdown(small(plain(told_of)))
    figures(found, comments, source)


def _dot(found: Themes, one: Found) -> Dot:
    share, apart = one.counted.share, one.counted.apart
    name = said(found.theme(one.theme).name)
    label = percent(share.value) + (f" · {apart.own:.1f}" if apart else "")
    told_of = f"{name}: {bounded(share.value, share.low, share.high)}, n = {share.count:,}"
    weak = bool(apart and apart.differs and apart.value < 0)
    return Dot(name, share.value, share.low, share.high, label, told=told_of, weak=weak)


def _one(found: Themes, comments: Comments, spoken: list[Found], source: str) -> None:
    """One theme over time, and who wrote so."""
    known = [one.theme for one in spoken]
    theme = chosen("theme", known, known[0])
    choice("theme", _("Look at one theme"), known, lambda id: said(found.theme(id).name), width=320)
    one = next(each for each in comments.themes if each.theme == theme)
    _words_of(found, one)
    over_time(said(found.theme(theme).name), one, source)
    examples(found, source, one)


def _words_of(found: Themes, one: Found) -> None:
    declared = found.theme(one.theme)
    counted = ", ".join(f"{word} ({count:,})" for word, count in one.by_word.items())
    words = (
        _("Counted by: {words}.", words=counted)
        if counted
        else _("Declared: {words}.", words=", ".join(declared.words))
    )
    but = _("Not counted: {words}.", words=", ".join(declared.but_not)) if declared.but_not else ""
    st.markdown(small(plain(f"{words} {but}".strip())))
