"""Who signed in, as the provider says it. Whether that sign-in still counts is known by the records."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from audit.access.person import Person
from audit.errors import Denied
from audit.records.access import sign_ins
from audit.records.access.sign_ins import Ended, SignIn
from audit.text import Text
from audit.wording import say

log = logging.getLogger("clauselight.pages")


class SignedOut(Denied):
    """Whoever sits there is signed in no more, or never was."""

    def __init__(self, why: Ended | None) -> None:
        self.why = why
        super().__init__(_told(why))


def _told(why: Ended | None) -> Text:
    if why is None:
        return say("you are not signed in; nothing was changed: sign in again")
    return {
        Ended.IDLE: say("you are not signed in any more (idle); nothing was changed: sign in again"),
        Ended.AGE: say("you are not signed in any more (age); nothing was changed: sign in again"),
        Ended.SIGNED_OUT: say("you are not signed in any more (signed out); nothing was changed: sign in again"),
        Ended.BY_ADMINISTRATOR: say(
            "you are not signed in any more (ended by an administrator); nothing was changed: sign in again"
        ),
    }[why]


def configured() -> bool:
    """
    Whether people sign in here: the set-up names a provider. Else one user works on this computer. A set-up that is
    there and cannot be read counts as naming one, so that a slip of the pen opens nothing.
    """
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return _written()


def unreadable() -> bool:
    """Whether a set-up of the sign-in is there that nobody can read."""
    try:
        st.secrets.to_dict()
        return False
    except FileNotFoundError:
        return _written()


def _written() -> bool:
    return any(Path(file).exists() for file in st.get_option("secrets.files"))


def claimed() -> SignIn | None:
    """What the browser's cookie, signed by this program, says; None where it says nothing."""
    if not getattr(st.user, "is_logged_in", False):
        return None
    return read(st.user.to_dict())


def read(told: Mapping[str, Any]) -> SignIn:
    """An address counts only where the provider has verified it; a claim without times is as old as can be."""
    issuer, subject = str(told.get("iss", "")), str(told.get("sub", ""))
    email = str(told.get("email", "")) if told.get("email_verified") in (True, "true") else ""
    by = Person(str(told.get("name") or email or subject), f"{issuer}|{subject}" if issuer and subject else "", email)
    id = sign_ins.named(issuer, subject, str(told.get("nonce", "")), str(told.get("iat", "")))
    return SignIn(id, by, _moment(told.get("auth_time") or told.get("iat")))


def _moment(seconds: Any) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(float(seconds), dt.UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return dt.datetime.fromtimestamp(0, dt.UTC)
