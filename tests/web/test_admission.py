"""Who is let in, to which pages, and for how long: with cookies as the program signs them, in several open tabs."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from app_server import HOUSE, Served, SignIn
from crew import CANARY, ROLES, address_of
from itsdangerous import URLSafeTimedSerializer
from visit import Tab, opened

from audit.records.access import people, sign_ins
from audit.records.access.sign_ins import Limits
from audit.records.auditing import audits
from audit.records.auditing.audits import NewAudit
from pipelines.workspace import Workspace

PAGES = sorted(path.stem for path in (HOUSE / "pages").glob("[a-z]*.py") if path.stem != "overview")
SIGN_IN = "Sign in to Clauselight"
NOT_YOURS = "This page is not part of your role"
SHOWN = {
    "viewer": {"documents", "checklist", "kpi_trends"},
    "auditor": {"documents", "checklist", "kpi_trends", "data", "registers", "evidence_pack", "trail"},
    "quality manager": {"documents", "checklist", "kpi_trends", "data", "registers", "evidence_pack", "trail"},
    "administrator": {"documents", "checklist", "kpi_trends", "data", "registers", "people", "trail"},
}
"""Of the pages that some may not open: who may."""
SOME = set().union(*SHOWN.values())


@pytest.fixture
def tab(served: Served, sign_in: SignIn, tabs: list[Tab]) -> Callable[..., Tab]:
    """tab("auditor") is a page opened by somebody in this role; tab(cookie=...) by whoever has this cookie."""

    def open_tab(
        role: str = "", page: str = "documents", cookie: str = "", query: str = "lang=en", **told: object
    ) -> Tab:
        held = cookie or (sign_in.cookie(role, address_of(role), **told) if role else "")
        tabs.append(opened(served, held))
        return tabs[-1].ask(page, query)

    return open_tab


def thrown_out(tab: Tab, message: str, seconds: float = 60) -> None:
    """Nobody clicks: the open page asks by itself, as often as it was told to."""
    assert 0 < tab.watch.interval <= 5
    until = time.monotonic() + seconds
    while message not in tab.look("documents").text:
        assert time.monotonic() < until, f"nobody said: {message}"
        time.sleep(0.5)
    assert CANARY not in tab.text


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_without_signing_in(tab: Callable[..., Tab], page: str) -> None:
    """The first of these is the first visit that the server ever gets, and goes straight to a page."""
    shown = tab(page=page)
    assert SIGN_IN in shown.text and "Lindvale Pumps" in shown.text
    assert CANARY not in shown.text and "Root" not in shown.text


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_no_others(tab: Callable[..., Tab], role: str) -> None:
    there = SOME & set(PAGES)
    shown = {page for page in there if NOT_YOURS not in tab(role, page).text}
    assert shown == SHOWN[role] & there


@pytest.mark.parametrize("role", ROLES)
def test_a_page_names_the_person_and_the_role(tab: Callable[..., Tab], role: str) -> None:
    shown = tab(role).text
    assert CANARY in shown and f"{role.title()} · {role}" in shown
    assert "identity not verified" not in shown


def test_on_a_chinese_page_the_sign_in_is_chinese(tab: Callable[..., Tab]) -> None:
    assert "登录" in tab(query="lang=zh").text


WITHOUT_A_ROLE = {
    "nobody gave a role": dict(email="eve@example.org", email_verified=True),
    "the address is not verified": dict(email=address_of("administrator"), email_verified=False),
    "the address is said to be unverified": dict(email=address_of("administrator"), email_verified="false"),
    "the address is verified by nobody": dict(email=address_of("administrator"), email_verified=None),
    "the name is an administrator's": dict(name="Administrator", email=""),
}


@pytest.mark.parametrize("told", WITHOUT_A_ROLE.values(), ids=WITHOUT_A_ROLE)
def test_who_has_no_role_learns_whom_to_ask_and_nothing_else(
    tab: Callable[..., Tab], sign_in: SignIn, told: dict[str, object]
) -> None:
    shown = tab(cookie=sign_in.cookie("eve", **told))
    assert "have no role here" in shown.text and "Ask whoever administers Clauselight at Lindvale Pumps" in shown.text
    assert CANARY not in shown.text and "Root" not in shown.text


def cookies(sign_in: SignIn) -> dict[str, str]:
    good = sign_in.cookie("auditor", address_of("auditor"))
    payload = {"iss": "i", "sub": "auditor", "email": address_of("auditor"), "email_verified": True}
    payload |= {"iat": int(time.time()), "origin": sign_in.public, "is_logged_in": True, "provider": "default"}
    elsewhere = SignIn("http://evil.example", sign_in.provider, sign_in.cookie_secret)
    return {
        "signed with another secret": SignIn(sign_in.public, sign_in.provider, "x" * 64).cookie("auditor"),
        "one letter changed": good[:20] + ("A" if good[20] != "A" else "B") + good[21:],
        "without its signature": good.rsplit(".", 1)[0],
        "plain JSON": json.dumps(payload).replace('"', "'").replace(" ", "").replace(";", ""),
        "signed for another use": str(URLSafeTimedSerializer(sign_in.cookie_secret, salt="x").dumps(payload)),
        "of another address": elsewhere.cookie("auditor", address_of("auditor")),
        "not signed in": sign_in.cookie("auditor", address_of("auditor"), is_logged_in=False)[::-1],
        "nothing": "",
    }


CASES = (
    "signed with another secret", "one letter changed", "without its signature", "plain JSON",
    "signed for another use", "of another address", "not signed in", "nothing",
)  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_forged_cookie_opens_nothing(tab: Callable[..., Tab], sign_in: SignIn, case: str) -> None:
    shown = tab(cookie=cookies(sign_in)[case])
    assert SIGN_IN in shown.text and CANARY not in shown.text


HOUR = 3600
AGES = [
    (dict(auth_time=-11.9 * HOUR), True),
    (dict(auth_time=-12.1 * HOUR), False),
    (dict(auth_time=None, iat=-11.9 * HOUR), True),
    (dict(auth_time=None, iat=-12.1 * HOUR), False),
    (dict(auth_time=-12.1 * HOUR, iat=0), False),  # a new token out of an old sign-in
    (dict(auth_time=None, iat=None), False),
    (dict(auth_time="soon", iat=0), False),
    (dict(auth_time=float("inf"), iat=0), False),
]


@pytest.mark.parametrize(("times", "counts"), AGES, ids=[str(times) for times, _ in AGES])
def test_a_sign_in_counts_for_twelve_hours_after_the_person_proved_who_they_are(
    tab: Callable[..., Tab], times: dict[str, object], counts: bool
) -> None:
    now = int(time.time())
    told = {name: now + value if isinstance(value, int | float) else value for name, value in times.items()}
    shown = tab("auditor", **told).text
    assert (CANARY in shown) == counts
    assert ("longest time allowed" in shown) != counts


def test_an_open_page_ends_when_the_sign_in_is_too_old(tab: Callable[..., Tab]) -> None:
    shown = tab("auditor", auth_time=int(time.time()) - 12 * HOUR + 10)
    assert CANARY in shown.text
    thrown_out(shown, "longest time allowed")


def test_an_idle_page_ends_and_a_reload_does_not_revive_it(
    tab: Callable[..., Tab], sign_in: SignIn, team: Workspace
) -> None:
    set_up = team.folder / "workspace.yaml"
    written = set_up.read_text("utf-8")
    set_up.write_text(written.replace("session_idle_minutes: 30.0", "session_idle_minutes: 0.15"), "utf-8")
    try:
        idle, busy = (sign_in.cookie("auditor", address_of("auditor")) for _ in range(2))
        one, other = tab(cookie=idle), tab(cookie=busy)
        for _ in range(6):
            time.sleep(2)
            assert CANARY in other.ask("documents").text
        thrown_out(one, "nothing was done here for a while")
        assert "nothing was done here" in tab(cookie=idle).text
    finally:
        set_up.write_text(written, "utf-8")


def test_signing_out_in_one_tab_ends_the_others_and_every_copy_of_the_cookie(
    tab: Callable[..., Tab], sign_in: SignIn
) -> None:
    cookie, later = (sign_in.cookie("auditor", address_of("auditor")) for _ in range(2))
    one, other, another_sign_in = tab(cookie=cookie), tab(cookie=cookie), tab(cookie=later)
    assert CANARY in other.text
    one.click("sign_out", "documents")
    assert "auth_redirect" in {message.WhichOneof("type") for message in one.messages}
    thrown_out(other, "You signed out")
    copy = tab(cookie=cookie)
    assert "You signed out" in copy.text and CANARY not in copy.text
    assert CANARY in another_sign_in.ask("documents").text


def test_an_administrator_ends_a_sign_in(tab: Callable[..., Tab], sign_in: SignIn, team: Workspace) -> None:
    cookie = sign_in.cookie("to-be-ended", address_of("viewer"))
    victim = tab(cookie=cookie)
    assert CANARY in victim.text
    page = tab("administrator", "people", query="lang=en&view=signed_in")
    assert "id.example.org|to-be-ended" in page.text
    with team.open_records() as records:
        (id,) = (each.id for each in sign_ins.current(records, Limits()) if each.identity.endswith("to-be-ended"))
    assert "has ended, in every window" in page.click(f"end {id}", "people", "lang=en&view=signed_in").text
    thrown_out(victim, "An administrator ended your sign-in")
    assert CANARY not in tab(cookie=cookie).text


def test_a_role_that_ends_closes_the_open_page(tab: Callable[..., Tab], team: Workspace) -> None:
    with team.open_records() as records:
        people.give(records, "leaver@example.org", "Leaver", "auditor", "Root")
        shown = tab(cookie="", role="leaver")
        assert CANARY in shown.text
        people.end(records, "leaver@example.org", "Root")
    thrown_out(shown, "have no role here")


def test_a_guest_sees_the_one_audit_and_nothing_else(tab: Callable[..., Tab], team: Workspace) -> None:
    with team.open_records() as records:
        own = audits.create(records, NewAudit("Own audit of 2026", "iso-9001-2015"), "Root")
        foreign = audits.create(records, NewAudit("Foreign audit of 2025", "iso-9001-2015"), "Root")
        until = records.clock().date()
        people.give(records, "guest@example.org", "Guest", "guest auditor", "Root", audit=own.id, until=until)
    first = tab("guest", "").text
    assert "Own audit of 2026" in first and "Foreign audit" not in first, "it is the first page"
    assert "Own audit of 2026" in tab("guest", "audit_view", query=f"lang=en&audit={own.id}").text
    other = tab("guest", "audit_view", query=f"lang=en&audit={foreign.id}").text
    assert "not yours to see" in other and "Foreign audit" not in other
    for page in {*PAGES, "overview"} - {"audit_view"}:
        shown = tab("guest", page).text
        assert NOT_YOURS in shown and CANARY not in shown and "Foreign audit" not in shown
