"""A tab of a browser of its own, in which somebody signs in at the provider of the tests."""

from __future__ import annotations

from app_server import Served
from playwright.sync_api import Browser, BrowserContext, Page, expect

WELCOME = "Sign in to Clauselight"


def fresh(chromium: Browser, made: list[BrowserContext], served: Served, page: str = "people") -> Page:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(60_000)
    made.append(context)
    tab = context.new_page()
    tab.goto(f"{served.address}/{page}?lang=en")
    expect(tab.get_by_role("heading", name=WELCOME)).to_be_visible()
    return tab


def to_the_form(tab: Page) -> None:
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("heading", name="Provider of the tests")).to_be_visible()


def log_in(tab: Page, login: str, password: str = "") -> None:
    tab.get_by_label("Login").fill(login)
    tab.get_by_label("Password").fill(password or f"password of {login}")
    tab.get_by_role("button", name="Log in").click()
