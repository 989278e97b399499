"""How far this server may be seen: never further than its settings and its sign-in can answer for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.components.access import sign_in

log = logging.getLogger("clauselight.pages")
HERE = ("127.0.0.1", "localhost", "::1")
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded")
"""Headers that a proxy adds: behind one, whoever asks sits at another computer."""
SHORTEST_SECRET = 32
LARGEST = 200
"""Megabytes of one upload."""
NOTHING: tuple[Any, ...] = (None, False, [], {}, "")

SAFE: dict[str, tuple[Callable[[Any], bool], str]] = {
    "client.showErrorDetails": (lambda it: it == "none", '"none"'),
    "server.enableXsrfProtection": (lambda it: it is True, "true"),
    "server.enableCORS": (lambda it: it is True, "true"),
    "server.allowedHosts": (lambda it: bool(it) and not any("*" in host for host in it), "the names of this server"),
    "server.corsAllowedOrigins": (lambda it: "*" not in (it or ()), "the addresses of this server"),
    "server.maxUploadSize": (lambda it: 0 < it <= LARGEST, f"{LARGEST} or less"),
    "server.enableStaticServing": (lambda it: it in NOTHING, "false"),
    "server.enableAgentApi": (lambda it: it in NOTHING, "false"),
    "server.trustedUserHeaders": (lambda it: it in NOTHING, "nothing"),
    "browser.gatherUsageStats": (lambda it: it is False, "false"),
}
"""Setting -> whether its value is safe, and what to write instead. Streamlit's own defaults are weaker."""


def refusal() -> str | None:
    """Why nothing is shown, in one line for whoever runs the server; None where the settings can be answered for."""
    reason = unsafe_set_up() or (None if sign_in.configured() else _asked_from_elsewhere())
    if reason:
        log.error("nothing is shown: %s", reason)
    return reason


def unsafe_set_up() -> str | None:
    """What is refused before anybody asks."""
    return weaker_setting(st.get_option) or (_weak_sign_in() if sign_in.configured() else _open_to_others())


def weaker_setting(value_of: Callable[[str], Any]) -> str | None:
    """The first setting whose value is weaker than what the program ships with."""
    for name, (safe, instead) in SAFE.items():
        if not safe(value_of(name)):
            return f"{name} = {value_of(name)!r} is not safe; write {instead} into .streamlit/config.toml"
    return None


def _open_to_others() -> str | None:
    """Without a sign-in whoever reaches the program may do everything, so nobody else may reach it."""
    address = st.get_option("server.address")
    if address not in HERE:
        return (
            f"server.address = {address!r} is open to other computers and nobody has to sign in; write 127.0.0.1, "
            "or set up a sign-in (docs/team.md)"
        )
    return None


def _asked_from_elsewhere() -> str | None:
    told = [st.context.ip_address, *map(st.context.headers.get, FORWARDED)]
    if any(isinstance(value, str) and value for value in told):
        return "this was asked for from another computer and nobody has to sign in; set up a sign-in (docs/team.md)"
    return None


def _weak_sign_in() -> str | None:
    if sign_in.unreadable():
        return "the set-up of the sign-in, secrets.toml, cannot be read; correct it, the server's log says where"
    auth = st.secrets["auth"]
    if len(str(auth.get("cookie_secret", ""))) < SHORTEST_SECRET:
        return (
            f"cookie_secret in secrets.toml is too short to be safe; write {SHORTEST_SECRET} or more random characters"
        )
    return None
