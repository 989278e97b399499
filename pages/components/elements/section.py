"""How product, service and image are judged: the tree from an element down to each question."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from pages.components import tags
from pages.components.chart import charts
from pages.components.chart.behind import behind
from pages.components.elements.tree_chart import Row, tree
from pages.components.not_found import told, warned
from pages.components.words import _, plain, said
from pipelines.analyses.element_of import element_name
from pipelines.analyses.elements.found import Branch, Elements, Score, Tree
from pipelines.analyses.elements.sections import METHOD, driver_name, sentence

APART = ("whole",)
"""What judges the whole is no part of the tree; the table has it."""


def elements(found: Elements) -> None:
    st.header(_("How are product, service and image judged?"), anchor=False)
    if not told(found.tree) or found.tree.result is None:
        return
    warned(found.tree)
    st.markdown(tags.small(_("{starts} to {ends}", starts=found.starts, ends=found.ends)))
    result = found.tree.result
    words = said(sentence(result))
    st.markdown(plain(words))
    rows = [row for branch in result.branches if branch.element not in APART for row in _rows(branch)]
    alt = f"{words} {'; '.join(row.told for row in rows if row.told and row.level < 2)}"
    charts.draw(tree(rows), key="elements_tree", alt=alt)
    more = _("Every {n}th questionnaire was looked at.", n=result.one_in) if result.one_in > 1 else ""
    st.markdown(tags.small(plain(f"{said(METHOD)} {more}".strip())))
    _behind(result)


def _rows(branch: Branch) -> Iterator[Row]:
    yield _row(0, said(element_name(branch.element)), branch.score, not branch.drivers)
    for driver in branch.drivers:
        yield _row(1, said(driver_name(driver.driver)), driver.score)
        if len(driver.questions) > 1 or not driver.driver:
            for asked in driver.questions:
                yield _row(2, asked.question, asked.score)


def _row(level: int, name: str, score: Score | None, silent: bool = False) -> Row:
    if score is None:
        return Row(level, name, None, None, None, _("nobody was asked") if silent else "", "")
    words = _("{name}: {mean}, n = {n}", name=name, mean=_mean(score), n=score.n)
    return Row(level, name, score.mean, score.low, score.high, f"  {score.mean:.0f}", words)


def _mean(score: Score | None) -> str:
    if score is None:
        return "–"
    if score.low is None or score.high is None:
        return f"{score.mean:.1f}"
    return _("{value} ({low} to {high})", value=f"{score.mean:.1f}", low=f"{score.low:.1f}", high=f"{score.high:.1f}")


def _behind(found: Tree) -> None:
    header = [_("Element"), _("Driver"), _("Question"), _("Respondents"), _("Mean on 0 to 100 (95 % interval)")]
    every = list(_nodes(found))
    cells = [
        [plain(said(element_name(branch.element))), plain(driver), plain(question), f"{score.n:,}" if score else "0",
         _mean(score)]
        for branch, driver, question, score in every
    ]  # fmt: skip
    figures = [
        {"element": branch.element, "driver": driver, "question": question, **(vars(score) if score else {"n": 0})}
        for branch, driver, question, score in every
    ]
    behind("elements", header, cells, pd.DataFrame(figures))


def _nodes(found: Tree) -> Iterator[tuple[Branch, str, str, Score | None]]:
    for branch in found.branches:
        if branch.score or not branch.drivers:
            yield branch, "", "", branch.score
        for driver in branch.drivers:
            name = said(driver_name(driver.driver))
            yield branch, name, "", driver.score
            for asked in driver.questions:
                yield branch, name, asked.question, asked.score
