"""One clause of a checklist to read: what is asked, of whom, and what would show it; in one language or in both."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from audit.checklist import Clause, Common, Requirement
from audit.rule import Computed, Documentary, Interview, Observation, Rule
from audit.sentence import role_word
from audit.text import LANGUAGES, Language, Text
from audit.wording import say
from pages.components import tags
from pages.components.clause import judged_by
from pages.components.words import _, language, plain, said
from pipelines import definitions
from pipelines.checklists.cited import cited
from pipelines.workspace import Workspace

Part = Callable[[Language], None]


def reader(workspace: Workspace, clause: Clause, both: bool) -> None:
    """Side by side each requirement stands in a row of its own, so that the two languages stay level."""
    st.header(f"{clause.clause} {_sides(clause.title, both)}", anchor=False)
    told = judged_by.stated(clause.altered)
    st.markdown(f"{tags.muted(judged_by.from_data(clause.from_data))} {told}")
    for requirement in clause.requirements:
        with st.container(border=True):
            _head(requirement)
            _level(both, lambda spoken, r=requirement: _requirement(workspace, r, spoken))  # type: ignore[misc]
    with st.expander(_("Documented information, typical evidence, what auditors often find")):
        _level(both, lambda spoken: background(clause, spoken))
    _sources(workspace, clause)


def _sources(workspace: Workspace, clause: Clause) -> None:
    """What the codes in square brackets stand for."""
    facts = [clause.altered, *(fact for r in clause.requirements for fact in (r.altered, r.stated))]
    known = cited(workspace.layers)
    named = {code for fact in (*facts, *clause.common) if fact for code in fact.sources} & known.keys()
    lines = [f"**{code}** {plain(known[code].what)} {tags.small(plain(known[code].address))}" for code in sorted(named)]
    if lines:
        with st.expander(_("Sources of what is said about the standard: {count}", count=len(lines))):
            _list(lines)


def _sides(text: Text, both: bool) -> str:
    return " · ".join(plain(text.said(each)) for each in LANGUAGES) if both else plain(said(text))


def _level(both: bool, part: Part) -> None:
    if not both:
        part(language())
        return
    for column, spoken in zip(st.columns(2, gap="medium"), LANGUAGES, strict=True):
        with column:
            part(spoken)


def _head(requirement: Requirement) -> None:
    refs = ", ".join(f"{judged_by.standard(name)} {clause}" for name, clause in sorted(requirement.refs.items()))
    parts = [f"**{requirement.id}**", tags.muted(judged_by.kinds(requirement)), tags.small(plain(refs))]
    if requirement.pack:
        parts.append(tags.small(_("pack {pack}", pack=plain(requirement.pack))))
    st.markdown(" ".join(parts))
    for fact in (requirement.altered, requirement.stated):
        if told := judged_by.stated(fact):
            st.markdown(told)


def _requirement(workspace: Workspace, requirement: Requirement, spoken: Language) -> None:
    st.markdown(f"**{plain(requirement.asks.said(spoken))}**")
    _list(
        [f"{plain(e.shows.said(spoken))} {tags.small(_answered(workspace, e, spoken))}" for e in requirement.evidence]
    )
    questions = requirement.ask_people
    if questions:
        st.markdown(tags.small(say("Ask").said(spoken)))
    _list([f"{tags.muted(role_word(q.to).said(spoken))} {plain(q.said(spoken))}" for q in questions])


def _answered(workspace: Workspace, rule: Rule, spoken: Language) -> str:
    """By what: the figure, the document, the records, the people."""
    sign = f"{judged_by.SIGNS[rule.kind]}\N{NO-BREAK SPACE}"
    if isinstance(rule, Computed):
        kpi = definitions.kpis().get(rule.computed)
        return f"{sign}{plain(kpi.title.said(spoken) if kpi else rule.computed)}"
    if isinstance(rule, Documentary):
        return f"{sign}{plain(workspace.checklist().documents[rule.document].title.said(spoken))}"
    if isinstance(rule, Interview):
        return f"{sign}{role_word(rule.interview).said(spoken)}"
    if isinstance(rule, Observation):
        return f"{sign}{plain(rule.observation.said(spoken))}"
    looked_for = "; ".join(text.within_a_sentence().said(spoken) for text in rule.look_for)
    return f"{sign}{plain(definitions.sources()[rule.sample].title.said(spoken))}: {plain(looked_for)}"


def background(clause: Clause, spoken: Language) -> None:
    kept = clause.documented
    none = _("None is known.") if kept.as_in else _("None asked for by this clause itself.")
    if kept.as_in:
        edition = judged_by.standard(kept.as_in)
        st.markdown(
            tags.small(
                _(
                    "Documented information as {edition} asks it. What this edition asks was not seen, nor whether it "
                    "still says what is kept up to date and what is kept as a record: compare it with a licensed copy.",
                    edition=edition,
                )
            )
        )
    for title, texts in (
        (_("Kept up to date"), kept.maintained),
        (_("Kept as a record"), kept.retained),
        (_("Typical evidence"), clause.typical_evidence),
    ):
        st.markdown(tags.muted(title))
        _list([plain(text.said(spoken)) for text in texts] or [none])
    st.markdown(tags.muted(_("What auditors often find (grades are our reading)")))
    _list([_common(each, spoken) for each in clause.common] or ["–"])


def _common(each: Common, spoken: Language) -> str:
    cited = tags.small(plain(f"[{', '.join(each.sources)}]")) if each.sources else ""
    return f"{plain(each.what.said(spoken))} {tags.grade(each.usually)} {cited}"


def _list(lines: Sequence[str]) -> None:
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
