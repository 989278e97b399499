"""Signing in and out in a real browser, against a real provider: two people, two tabs, and what can go wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from app_server import Served, SignIn, free_port, serving
from playwright.sync_api import Browser, BrowserContext, expect
from provider_server import Provider, missing
from team_tab import WELCOME, fresh, log_in, to_the_form

from audit.records.access import people
from pipelines.workspace import SetUp, make_workspace


@pytest.fixture(scope="module")
def public() -> str:
    return f"http://localhost:{free_port()}"


@pytest.fixture(scope="module")
def provider(public: str) -> Iterator[Provider]:
    if why := missing():
        pytest.skip(why)
    made = Provider(f"{public}/oauth2callback")
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def team_served(public: str, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("team")
    made = make_workspace(folder / "team", SetUp(organisation="Lindvale Pumps"))
    with made.open_records() as records:
        people.give(records, "ann@example.org", "Ann Lee", "administrator", "Root")
        people.give(records, "bo@example.org", "Bo Li", "viewer", "Root")
    port = int(public.rpartition(":")[2])
    with serving(made.folder, folder / "log", port=port, sign_in=SignIn(public, provider.address)) as running:
        yield running


@pytest.fixture
def browser_of(chromium: Browser, team_served: Served) -> Iterator[list[BrowserContext]]:
    """Contexts of their own, because cookies know no ports."""
    made: list[BrowserContext] = []
    yield made
    for context in made:
        context.close()


def test_two_people_sign_in_and_see_what_their_roles_show(
    chromium: Browser, browser_of: list[BrowserContext], team_served: Served
) -> None:
    ann = fresh(chromium, browser_of, team_served)
    to_the_form(ann)
    log_in(ann, "ann", "wrong")
    expect(ann.get_by_text("Wrong name or password")).to_be_visible()
    log_in(ann, "ann")
    ann.goto(f"{team_served.address}/people?lang=en")
    expect(ann.get_by_text("Ann Lee · administrator")).to_be_visible()
    expect(ann.get_by_role("heading", level=1)).to_have_text(re.compile("2 have a role"))

    bo = fresh(chromium, browser_of, team_served)
    to_the_form(bo)
    log_in(bo, "bo")
    bo.goto(f"{team_served.address}/people?lang=en")
    expect(bo.get_by_role("heading", name="This page is not part of your role")).to_be_visible()
    bo.goto(f"{team_served.address}/documents?lang=en")
    expect(bo.get_by_text("Bo Li · viewer")).to_be_visible()
    expect(bo.get_by_text("People and roles")).to_have_count(0)

    ann.get_by_text("Signed in now").click()
    expect(ann.get_by_text(f"{team_served_provider(team_served)}|bo")).to_be_visible()
    entry = ann.locator("[data-testid=stHorizontalBlock]", has_text="|bo").last
    entry.get_by_role("button", name="End this sign-in").click()
    expect(bo.get_by_text("An administrator ended your sign-in.")).to_be_visible()  # nobody clicked there
    expect(ann.get_by_text("Ann Lee · administrator")).to_be_visible()


def team_served_provider(served: Served) -> str:
    return re.findall(r'server_metadata_url = "(http://[^/]+)', (served.log.parent / "secrets.toml").read_text())[0]


def test_signing_out_in_one_tab_ends_the_other_and_the_copied_cookie(
    chromium: Browser, browser_of: list[BrowserContext], team_served: Served
) -> None:
    one = fresh(chromium, browser_of, team_served)
    to_the_form(one)
    log_in(one, "ann")
    one.goto(f"{team_served.address}/documents?lang=en")
    expect(one.get_by_text("Ann Lee · administrator")).to_be_visible()
    other = one.context.new_page()
    other.goto(f"{team_served.address}/documents?lang=en")
    expect(other.get_by_text("Ann Lee · administrator")).to_be_visible()
    copied = [cookie for cookie in one.context.cookies() if cookie["name"].startswith("_streamlit_user")]
    assert copied

    one.get_by_role("button", name="Sign out").click()
    expect(one.get_by_role("heading", name=WELCOME)).to_be_visible()
    expect(other.get_by_text("You signed out, in this window or in another one.")).to_be_visible()
    expect(other.get_by_text("Ann Lee")).to_have_count(0)

    thief = chromium.new_context()
    browser_of.append(thief)
    thief.add_cookies(copied)  # type: ignore[arg-type]
    tab = thief.new_page()
    tab.goto(f"{team_served.address}/documents?lang=en")
    expect(tab.get_by_text("You signed out")).to_be_visible()
    expect(tab.get_by_text("Ann Lee")).to_have_count(0)

    other.get_by_role("button", name="Sign in").click()
    log_in(other, "ann")  # the provider asks again: its own session ended as well
    expect(other.get_by_role("button", name="Sign in")).to_have_count(0)


def test_whoever_cancels_or_finds_no_provider_comes_back(
    chromium: Browser, browser_of: list[BrowserContext], team_served: Served, provider: Provider
) -> None:
    tab = fresh(chromium, browser_of, team_served)
    to_the_form(tab)
    tab.get_by_role("button", name="Cancel").click()
    expect(tab.get_by_role("heading", name=WELCOME)).to_be_visible()

    provider.stop()
    try:
        tab.get_by_role("button", name="Sign in").click()
        expect(tab.get_by_text("The sign-in service does not answer.", exact=False)).to_be_visible()
        expect(tab.get_by_role("button", name="Sign in")).to_be_visible()
    finally:
        provider.start()
    to_the_form(tab)
    log_in(tab, "bo")
    tab.goto(f"{team_served.address}/documents?lang=en")
    expect(tab.get_by_text("Bo Li · viewer")).to_be_visible()

    provider.stop()  # whoever is signed in already goes on, and can sign out
    try:
        tab.reload()
        expect(tab.get_by_text("Bo Li · viewer")).to_be_visible()
        tab.get_by_role("button", name="Sign out").click()
        expect(tab.get_by_role("heading", name=WELCOME)).to_be_visible()
    finally:
        provider.start()
