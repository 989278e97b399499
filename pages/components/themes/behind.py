"""The figures behind the themes: shares, satisfaction, and one theme by quarter."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.soundness.dots import Dot, dots
from pages.components.soundness.words import bounded, percent, probability
from pages.components.tags import small, tag
from pages.components.words import _, plain, said
from pipelines.analyses.themes.found import Comments, Found, Themes
from pipelines.methods.themes import Apart, Quarter


def figures(found: Themes, comments: Comments, source: str) -> None:
    header = [_("Theme"), _("Comments"), _("Share"), _("Mean satisfaction"), _("Others"), _("Difference"), ""]
    rows = [_row(said(found.theme(one.theme).name), one) for one in comments.themes]
    none = comments.without
    rows.append(
        [_("no declared word"), *(_share(none.count, none.value, none.low, none.high, none.hidden)), *["–"] * 3, ""]
    )
    table = pd.DataFrame([_figures(said(found.theme(one.theme).name), one) for one in comments.themes])
    behind(f"themes-{source}", header, rows, table)


def over_time(name: str, one: Found, source: str) -> None:
    drawn = [each for each in one.counted.quarters if not each.share.hidden]
    if not drawn:
        st.markdown(small(_("By quarter there are too few to be shown here.")))
        return
    first, last = drawn[0], drawn[-1]
    words = _(
        "{theme}: {first} of the comments in {from_quarter}, {last} in {to_quarter}.",
        theme=name, first=percent(first.share.value), from_quarter=first.label, last=percent(last.share.value),
        to_quarter=last.label,
    )  # fmt: skip
    st.markdown(plain(words))
    rows = [_dot(each) for each in drawn]
    charts.draw(dots(rows, " %"), key=f"quarters {source}", alt=f"{words} {'; '.join(row.told for row in rows)}")
    st.markdown(
        small(_("By quarter of the audit period, with 95 % intervals; the first and the last may be incomplete."))
    )
    cells = [[each.label, *_share(*_of(each), each.share.hidden), f"{each.share.n:,}"] for each in drawn]
    header = [_("Quarter"), _("Comments"), _("Share"), _("All comments")]
    behind(
        f"theme-by-quarter-{source}",
        header,
        cells,
        pd.DataFrame([{"quarter": q.label, **vars(q.share)} for q in drawn]),
    )


def _dot(each: Quarter) -> Dot:
    share = each.share
    told = f"{each.label}: {bounded(share.value, share.low, share.high)}, n = {share.n:,}"
    return Dot(each.label, share.value, share.low, share.high, percent(share.value), told=told)


def _of(each: Quarter) -> tuple[int, float, float, float]:
    share = each.share
    return share.count, share.value, share.low, share.high


def _share(count: int, value: float, low: float, high: float, hidden: bool) -> list[str]:
    return [_("hidden"), _("hidden")] if hidden else [f"{count:,}", bounded(value, low, high)]


def _row(name: str, one: Found) -> list[str]:
    share, apart = one.counted.share, one.counted.apart
    first = [plain(name), *_share(share.count, share.value, share.low, share.high, share.hidden)]
    return [*first, *(_apart(apart) if apart else ["–", "–", "–", ""])]


def _apart(apart: Apart) -> list[str]:
    own, rest = f"{apart.own:.2f} (n = {apart.n:,})", f"{apart.rest:.2f} (n = {apart.rest_n:,})"
    return [own, rest, f"{apart.value:+.2f} ({apart.low:+.2f} – {apart.high:+.2f})", _judged(apart)]


def _judged(apart: Apart) -> str:
    p = probability(apart.adjusted)
    if not apart.differs:
        return _("not clear, {p}", p=p)
    return tag("▣", _("less satisfied, {p}", p=p)) if apart.value < 0 else tag("●", _("more satisfied, {p}", p=p))


def _figures(name: str, one: Found) -> dict[str, Any]:
    share, apart = one.counted.share, one.counted.apart
    known = (
        {} if share.hidden else {"comments": share.count, "share": share.value, "low": share.low, "high": share.high}
    )
    score = vars(apart) if apart else {}
    return {"theme": one.theme, "name": name, **known, **{f"satisfaction {key}": each for key, each in score.items()}}
