"""Sign-off: what is signed, shown exactly; who signed it and whether that still stands; and the act of signing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from audit.auditing.audit_state import State
from audit.errors import AuditError
from audit.records import Records
from audit.records.auditing import audits
from audit.records.reviewing import reviews
from audit.records.signing import signatures
from audit.signing.signed import AUDIT, MEANINGS, PACK, REVIEW
from pages.components import session
from pages.components.chosen import choice, chosen
from pages.components.frame import page
from pages.components.sign_off.sign_form import sign_form, told
from pages.components.sign_off.signed_by import signed_by
from pages.components.sign_off.signed_content import signed_content
from pages.components.states import in_words
from pages.components.words import _, language, shown
from pipelines.reports import sign_off
from pipelines.runs import results
from pipelines.signing import seals, signing
from pipelines.signing.signature_standing import Standing

BUILT = "pack_to_sign"


@dataclass(frozen=True)
class Thing:
    """Something that can be signed, or was."""

    what: str
    id: str
    name: str

    @property
    def code(self) -> str:
        return f"{self.what} {self.id}"


def main() -> None:
    records = session.records()
    things = _things(records)
    if not things:
        with page(_("Nothing can be signed yet"), _("Sign-off"), [("overview", _("Overview"))]):
            st.markdown(
                _("An audit is signed once it is reported, a management review once it is held, a pack after a run.")
            )
            session.link("audits", _("Plan an audit") + " →")
        return
    asked = chosen("of", [thing.code for thing in things], things[0].code)
    thing = next(each for each in things if each.code == asked)
    content, why_not = _content(records, thing)
    standings = _standings(records, content["id"] if content else thing.id, thing.what)
    with page(_answer(thing, standings), _("Sign-off"), [("overview", _("Overview"))]):
        told()
        choice(
            "of",
            _("What is signed"),
            [each.code for each in things],
            {each.code: each.name for each in things}.__getitem__,
        )
        if why_not:
            st.info(why_not)
        if thing == Thing(PACK, "", thing.name):
            label = _("Build it again") if content else _("Build the pack")
            st.button(label, key="build_to_sign", on_click=_build)
        signed_by(standings)
        if content:
            _print_view(content, standings)
            signed_content(content)
            sign_form(records, content)


def _things(records: Records) -> list[Thing]:
    """The newest first: audits that have begun, reviews, the pack of the last run, and packs that were signed."""
    found = [
        Thing(AUDIT, each.id, f"{_('audit')} {each.id} · {each.title}")
        for each in reversed(audits.every(records))
        if each.state != State.PLANNED
    ]
    found += [
        Thing(REVIEW, each.id, f"{_('management review')} {each.id} · {shown(each.held_on)}")
        for each in reversed(reviews.every(records))
    ]
    if results.latest(session.workspace()):
        found.append(Thing(PACK, "", _("evidence pack of the last run, built now")))
    packs = dict.fromkeys(each.what_id for each in reversed(signatures.every(records)) if each.what == PACK)
    return [*found, *(Thing(PACK, id, f"{_('evidence pack')} {id}") for id in packs)]


def _content(records: Records, thing: Thing) -> tuple[dict[str, Any] | None, str]:
    """What would be signed now, or why nothing can be."""
    workspace = session.workspace()
    makers: dict[str, Callable[[], dict[str, Any] | None]] = {
        AUDIT: lambda: signing.of_audit(workspace, records, thing.id),
        REVIEW: lambda: signing.of_review(workspace, records, thing.id),
        PACK: lambda: _pack(records) if not thing.id else _signed_pack(records, thing.id),
    }
    try:
        return makers[thing.what](), ""
    except AuditError as error:
        return None, in_words(error)


def _pack(records: Records) -> dict[str, Any] | None:
    """Built when somebody asks for it, because it takes a few seconds."""
    workspace = session.workspace()
    run = results.latest(workspace)
    if run and st.session_state.pop(f"build {BUILT}", False):
        with st.spinner(_("Building the pack…")):
            st.session_state[BUILT] = signing.of_pack(workspace, records, run)
    built: dict[str, Any] | None = st.session_state.get(BUILT)
    return built


def _build() -> None:
    st.session_state[f"build {BUILT}"] = True


def _signed_pack(records: Records, id: str) -> dict[str, Any]:
    """A pack stays what it is, so that somebody else can sign the same one."""
    first = signatures.of(records, PACK, id)[0]
    return seals.content(session.workspace(), first)


def _standings(records: Records, id: str, what: str) -> list[Standing]:
    workspace = session.workspace()
    return [signing.standing(workspace, records, each) for each in signatures.of(records, what, id)]


def _answer(thing: Thing, standings: Sequence[Standing]) -> str:
    """The title: in how many of its meanings it is signed, and whether that still stands."""
    valid = {each.signature.meaning for each in standings if not each.superseded and not each.unknown}
    count, name = len(MEANINGS[thing.what]), thing.name
    if not standings:
        return _("Nobody has signed: {what}", what=name)
    if not valid:
        return _("Changed since it was signed: {what}", what=name)
    return _("{done} of {count} signatures stand: {what}", done=len(valid), count=count, what=name)


def _print_view(content: dict[str, Any], standings: Sequence[Standing]) -> None:
    workspace = session.workspace()
    sheet = sign_off.sheet(workspace.set_up.organisation, content, standings, session.records(), language())
    st.download_button(_("Print view"), sheet.encode("utf-8"), f"sign-off-{content['id'].split()[0]}.html", "text/html",
                       key="print_view", on_click="ignore")  # fmt: skip


main()
