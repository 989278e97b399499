"""Two program processes behind nginx with one PostgreSQL: one of them is killed, and people go on working."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass

import pytest
from app_server import Served, SignIn, free_port, serving
from crew import CANARY, address_of, make_team
from nginx_server import NGINX, nginx
from postgres_server import Server
from streamlit.proto.BackMsg_pb2 import BackMsg
from visit import Tab, opened, uploaded

from audit.records.access import people, sign_ins
from audit.records.access.sign_ins import Limits
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from pipelines.loading.attach import attach
from pipelines.workspace import Workspace

REVISIONS = "lang=en&view=revise&document=DOC-002"


@dataclass
class House:
    """The team's workspace, the two processes, and the address that people see."""

    workspace: Workspace
    sign_in: SignIn
    front: Served
    processes: dict[int, Served]

    def tab(self, cookie: str, page: str, query: str = "lang=en", route: str = "r") -> tuple[Tab, int]:
        """A page, and the process that serves it."""
        tab = opened(self.front, cookie, route=route)
        assert tab.socket.response
        served_by = tab.socket.response.headers["X-Served-By"].split(", ")[-1]
        return tab.ask(page, query), int(served_by.rpartition(":")[2])


@pytest.fixture(scope="module")
def house(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    if NGINX is None:
        pytest.skip("nginx is not installed (Debian: nginx-light)")
    url = postgres.database(like=postgres.migrated)
    folder = tmp_path_factory.mktemp("house")
    team = make_team(folder / "team", records=url)
    port, ports = free_port(), [free_port(), free_port()]
    sign_in = SignIn(f"http://localhost:{port}", "https://id.example.org")
    with ExitStack() as stack:
        running = {}
        for each in ports:
            (folder / str(each)).mkdir()
            log = folder / str(each) / "log"
            running[each] = stack.enter_context(serving(team.folder, log, port=each, sign_in=sign_in))
        stack.enter_context(nginx(folder, port, ports))
        front = Served(running[ports[0]].process, port, folder / "error.log")
        yield House(team, sign_in, front, running)
    postgres.drop(url)


def typed(tab: Tab, field: str, value: str, page: str) -> None:
    """Into a field of the page, as leaving it does."""
    asked = BackMsg()
    asked.rerun_script.query_string, asked.rerun_script.page_name = "lang=en", page
    state = asked.rerun_script.widget_states.widgets.add()
    state.id, state.string_value = tab.button(field), value
    tab.send(asked)


def downloaded(house: House, tab: Tab, route: str) -> bytes:
    (place, *_) = re.findall(r"/media/[0-9a-f]+\.\w+", tab.text)
    asked = urllib.request.Request(house.front.address + place, headers={"Cookie": f"app_route={route}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        return bytes(answer.read())


def test_what_one_process_ends_the_other_one_knows(house: House) -> None:
    cookie = house.sign_in.cookie("cy", address_of("auditor"))
    tabs = {}
    for number in range(40):
        if len(tabs) < 2:
            tab, process = house.tab(cookie, "documents", route=f"r{number}")
            tabs.setdefault(process, tab)
    one, other = tabs.values()
    assert CANARY in one.text and CANARY in other.text
    one.click("sign_out", "documents")
    assert "You signed out" in other.look("documents").text
    assert CANARY not in other.ask("documents").text
    with house.workspace.open_records() as records:
        people.end(records, address_of("viewer"), "Root")
    shown, _ = house.tab(house.sign_in.cookie("v", address_of("viewer")), "documents")
    assert "have no role here" in shown.text


@pytest.mark.parametrize(("host", "path", "status"), [
    ("localhost", "/_stcore/health", 200), ("evil.example", "/", 421), ("localhost", "/_stcore/metrics", 404),
])  # fmt: skip
def test_the_proxy_answers_to_its_own_name_alone(house: House, host: str, path: str, status: int) -> None:
    asked = urllib.request.Request(f"http://127.0.0.1:{house.front.port}{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            told, headers = answer.status, answer.headers
    except urllib.error.HTTPError as refused:
        told, headers = refused.code, refused.headers
    assert told == status
    if host == "localhost":
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_when_a_process_is_killed_its_people_go_on_with_the_other_one(house: House) -> None:
    content = b"The survey method, as it was attached.\n"
    with house.workspace.open_records() as records:
        kept = attach(house.workspace, content, "method.md")
        documents.register(records, NewDocument("survey method", "With a file", **asdict(kept)), "Root")
    cookie = house.sign_in.cookie("cy", address_of("administrator"))
    tab, process = house.tab(cookie, "people")
    assert "Administrator" in tab.text
    typed(tab, "give role id", "dora@example.org", "people")
    assert uploaded(house.front, tab, route="r") == 204
    shown, same = house.tab(cookie, "documents", REVISIONS)
    assert same == process, "a browser stays with one process"
    assert downloaded(house, shown, "r") == content

    house.processes[process].process.kill()
    house.processes[process].process.wait(20)
    with pytest.raises(Exception):  # noqa: B017  # the socket is gone, however it says so
        while True:
            tab.receive(30)

    began = time.monotonic()
    again, other = house.tab(cookie, "people")
    assert other != process and time.monotonic() - began < 30
    assert "Sign in to Clauselight" not in again.text and "administrator" in again.text, "still signed in"
    assert "dora@example.org" in again.text, "what was typed stands in the form again"
    assert uploaded(house.front, again, route="r") == 204
    shown, _ = house.tab(cookie, "documents", REVISIONS)
    assert downloaded(house, shown, "r") == content
    with house.workspace.open_records() as records:
        assert "Cy" in {each.name for each in sign_ins.current(records, Limits())}
