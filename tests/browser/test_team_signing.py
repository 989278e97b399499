"""What needs a person that a provider vouches for, in a real browser: approving, and signing by several people."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_server import Served, SignIn, free_port, serving
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from provider_server import PEOPLE, Provider, missing
from team_tab import WELCOME, fresh, log_in, to_the_form

from audit.access.person import Person
from audit.records.access import people
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.reviewing import reviews
from audit.records.reviewing.reviews import NewReview
from audit.records.signing import signatures
from audit.records.trail import trail
from audit.signing.signed import AUDIT, REVIEW
from pipelines.runs import results
from pipelines.workspace import Workspace, open_workspace
from tests.audit.records.team import audited

TITLE = "How we ask at trade fairs"
ROLES = {"ann": "quality manager", "bo": "auditor", "cy": "quality manager"}


@pytest.fixture(scope="module")
def sign_in() -> Iterator[SignIn]:
    if why := missing():
        pytest.skip(why)
    public = f"http://localhost:{free_port()}"
    provider = Provider(f"{public}/oauth2callback")
    provider.start()
    yield SignIn(public, provider.address)
    provider.stop()


@pytest.fixture(scope="module")
def team(sign_in: SignIn, workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Bo leads an audit that is reported, Ann drafted a document and held a review of the demo's run."""
    made = open_workspace(shutil.copytree(workspace, tmp_path_factory.mktemp("signing") / "team"))
    run = results.latest(made)
    assert run
    ann, bo, cy = (Person(PEOPLE[login]["name"], f"{sign_in.provider}|{login}") for login in ROLES)  # type: ignore[arg-type]
    with made.open_records() as records:
        for login, role in ROLES.items():
            people.give(records, str(PEOPLE[login]["email"]), str(PEOPLE[login]["name"]), role, "Root")
        documents.register(records, NewDocument("survey method", TITLE, "in review"), ann)
        second = Person("Di Fu", "elsewhere|di")
        audited(records, lead=bo, second=second, run="")
        first, last = dt.date(2026, 1, 1), dt.date(2026, 6, 30)
        reviews.hold(records, NewReview(last, first, last, "Ann, Cy", run.id), ann)
    return made


@pytest.fixture(scope="module")
def served(team: Workspace, sign_in: SignIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    log = tmp_path_factory.mktemp("log") / "log"
    port = int(sign_in.public.rpartition(":")[2])
    with serving(team.folder, log, port=port, sign_in=sign_in) as running:
        yield running


@pytest.fixture
def contexts() -> Iterator[list[BrowserContext]]:
    made: list[BrowserContext] = []
    yield made
    for context in made:
        context.close()


def arrived(chromium: Browser, contexts: list[BrowserContext], served: Served, login: str, page: str) -> Page:
    tab = fresh(chromium, contexts, served)
    to_the_form(tab)
    log_in(tab, login)
    expect(tab.get_by_role("button", name="Audit", exact=True)).to_be_visible()  # the menu of whoever is signed in
    tab.goto(f"{served.address}/{page}{'&' if '?' in page else '?'}lang=en")
    expect(tab.get_by_text(f"{PEOPLE[login]['name']} · {ROLES[login]}")).to_be_visible()
    return tab


def unfold(tab: Page, label: str) -> Locator:
    """With the keyboard: a click that has to scroll first opens nothing, and options may open out of sight."""
    settled(tab)
    box = tab.get_by_role("combobox", name=re.compile(label)).first
    box.focus()
    box.press("ArrowDown")
    return box


def pick(tab: Page, label: str, option: str) -> None:
    box = unfold(tab, label)
    box.press_sequentially(option)
    expect(tab.get_by_role("option", name=re.compile(f"^{option}$", re.IGNORECASE))).to_be_visible()
    box.press("Enter")
    settled(tab)


def settled(tab: Page) -> None:
    expect(tab.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()


def test_a_document_is_approved_by_whom_the_provider_vouches_for(
    chromium: Browser, contexts: list[BrowserContext], served: Served, team: Workspace
) -> None:
    with team.open_records() as records:
        id = next(each.document.id for each in documents.register_of(records) if each.document.title == TITLE)
    where = f"documents?view=revise&document={id}"
    bo = arrived(chromium, contexts, served, "bo", where)
    unfold(bo, "Status")
    expect(bo.get_by_role("option", name="Obsolete", exact=True)).to_be_visible()
    expect(bo.get_by_role("option", name="Approved", exact=True)).to_have_count(0)  # an auditor does not approve
    cy = arrived(chromium, contexts, served, "cy", where)
    pick(cy, "Status", "approved")
    cy.get_by_label("What was changed and why").fill("Read and found right")
    cy.get_by_label("What was changed and why").press("Tab")
    cy.get_by_role("button", name="Keep as a new revision").click()
    expect(cy.get_by_text("approved by Cy Wu, who is not its author", exact=False).first).to_be_visible()
    with team.open_records() as records:
        kept = documents.revisions(records, id)[0]
        last = trail.entries(records)[-1]
    assert (kept.document.status, kept.approved_by, kept.revision) == ("approved", "Cy Wu", 2)
    assert (last.actor, last.role, last.identity) == ("Cy Wu", "quality manager", identity(served, "cy"))


def identity(served: Served, login: str) -> str:
    told = (served.log.parent / "secrets.toml").read_text(encoding="utf-8")
    return re.findall(r'server_metadata_url = "(http://[^/]+)', told)[0] + f"|{login}"


def test_an_audit_is_signed_by_two_people_and_by_nobody_twice(
    chromium: Browser, contexts: list[BrowserContext], served: Served, team: Workspace
) -> None:
    ann = arrived(chromium, contexts, served, "ann", "sign_off?of=audit%20AUD-001")
    sign(ann)  # the form begins with the lead auditor
    expect(ann.get_by_text("does not sign as lead auditor", exact=False)).to_be_visible()
    sign(ann, "auditee")
    expect(ann.get_by_text("Signed as auditee", exact=False)).to_be_visible()
    bo = arrived(chromium, contexts, served, "bo", "sign_off?of=audit%20AUD-001")
    expect(bo.get_by_role("heading", level=1)).to_have_text(re.compile("1 of 3 signatures stand"))
    sign(bo)
    expect(bo.get_by_text("Signed as lead auditor", exact=False)).to_be_visible()
    sign(ann, "management representative")
    expect(ann.get_by_text("signed as auditee already", exact=False)).to_be_visible()
    with team.open_records() as records:
        made = {each.meaning: (str(each.by), each.verified) for each in signatures.of(records, AUDIT, "AUD-001")}
    assert made == {"auditee": ("Ann Lee", True), "lead auditor": ("Bo Li", True)}


def test_a_management_review_is_signed_by_a_manager_who_did_not_write_it(
    chromium: Browser, contexts: list[BrowserContext], served: Served, team: Workspace
) -> None:
    page = "sign_off?of=management%20review%20MR-001"
    ann = arrived(chromium, contexts, served, "ann", page)
    sign(ann)
    expect(ann.get_by_text("Ann Lee wrote", exact=False)).to_be_visible()
    cy = arrived(chromium, contexts, served, "cy", page)
    sign(cy)
    expect(cy.get_by_text("Signed as management representative", exact=False)).to_be_visible()
    with team.open_records() as records:
        assert [str(each.by) for each in signatures.of(records, REVIEW, "MR-001")] == ["Cy Wu"]


def sign(tab: Page, meaning: str = "") -> None:
    if meaning:
        pick(tab, "You sign as", meaning)
        expect(tab.get_by_text(re.compile(f"signs the .* as {meaning}", re.IGNORECASE))).to_be_visible()
    tab.get_by_role("button", name="Sign", exact=True).click()


def test_whoever_signed_in_long_ago_signs_in_again_first(
    chromium: Browser, contexts: list[BrowserContext], served: Served, sign_in: SignIn
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    contexts.append(context)
    long_ago = int(time.time()) - 11 * 60
    told = sign_in.cookie("bo", "bo@example.org", name="Bo Li", auth_time=long_ago, iat=long_ago)
    context.add_cookies([{"name": "_streamlit_user", "value": told, "url": served.address}])
    tab = context.new_page()
    tab.goto(f"{served.address}/sign_off?of=audit%20AUD-001&lang=en")
    expect(tab.get_by_text("your last sign-in must be at most 10 minutes old", exact=False)).to_be_visible()
    expect(tab.get_by_role("button", name="Sign", exact=True)).to_have_count(0)
    tab.get_by_role("button", name="Sign in again").click()
    expect(tab.get_by_role("heading", name=WELCOME)).to_be_visible()
