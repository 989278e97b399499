"""People and roles: giving, changing and ending a role on the page, and what each role may do in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.access.roles import PERMISSIONS, Role
from audit.records import Records
from audit.records.access import people
from pages.components.access.role_words import action_words, role_word
from pipelines.workspace import SetUp, make_workspace, open_workspace

Open = Callable[..., AppTest]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "team", SetUp(organisation="Lindvale")).folder


@pytest.fixture
def records(folder: Path) -> Iterator[Records]:
    with open_workspace(folder).open_records() as opened:
        yield opened


def button(app: AppTest, label: str) -> AppTest:
    (found,) = (each for each in app.button if each.label == label)
    return found.click().run()


def field(app: AppTest, label: str, at: int = 0) -> object:
    return [each for each in [*app.text_input, *app.selectbox] if each.label == label][at]


def test_a_role_is_given_on_the_page(opened: Open, folder: Path, records: Records) -> None:
    app = opened(folder, "people")
    assert app.title[0].value == "Nobody has a role yet"
    field(app, "E-mail address, or issuer|subject").set_value("Ann@example.org")  # type: ignore[attr-defined]
    field(app, "Name").set_value("Ann Lee")  # type: ignore[attr-defined]
    field(app, "Role").set_value(Role.ADMINISTRATOR)  # type: ignore[attr-defined]
    button(app, "Give the role")
    assert app.title[0].value == "1 have a role; one of them is the administrator"
    (given,) = people.every(records)
    assert (given.id, given.name, given.role) == ("ann@example.org", "Ann Lee", Role.ADMINISTRATOR)


def test_what_cannot_be_given_is_told_and_stays_in_the_form(opened: Open, folder: Path, records: Records) -> None:
    app = opened(folder, "people")
    field(app, "E-mail address, or issuer|subject").set_value("nobody")  # type: ignore[attr-defined]
    field(app, "Name").set_value("Ann Lee")  # type: ignore[attr-defined]
    button(app, "Give the role")
    assert "names nobody; write an e-mail address" in app.error[0].value
    assert field(app, "Name").value == "Ann Lee"  # type: ignore[attr-defined]
    assert not people.every(records)


def test_a_role_is_ended_after_a_question_and_the_last_administrator_s_is_not(
    opened: Open, folder: Path, records: Records
) -> None:
    people.give(records, "ann@example.org", "Ann", "administrator", "Root")
    people.give(records, "bo@example.org", "Bo", "viewer", "Root")
    app = opened(folder, "people")
    button(app, "Yes, end it")
    assert "last administrator" in app.error[0].value
    app.selectbox(key="person").set_value("bo@example.org").run()
    button(app, "Yes, end it")
    assert "The role of Bo has ended." in app.success[0].value
    assert [each.role for each in people.every(records)] == [Role.ADMINISTRATOR, None]


def test_every_action_and_role_has_words() -> None:
    assert list(action_words()) == list(PERMISSIONS), "in the order of the table"
    assert len(set(action_words().values())) == len(PERMISSIONS)
    assert len({role_word(role) for role in Role}) == len(Role)


@pytest.mark.parametrize("view", ["people", "signed_in", "permissions", "nonsense"])
def test_every_view_opens(opened: Open, folder: Path, view: str) -> None:
    assert not opened(folder, "people", view=view).error
