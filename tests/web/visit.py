"""What one browser tab would receive: the program's own messages over a real websocket, without a browser."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from app_server import Served
from streamlit.proto.AutoRerun_pb2 import AutoRerun
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

STREAM = "/_stcore/stream"
XSRF = "_streamlit_xsrf"
AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass
class Tab:
    """An open page. `text` is everything that came since the last step, as the browser could read it."""

    socket: ClientConnection
    raw: bytes = b""
    messages: list[ForwardMsg] = field(default_factory=list)
    session: str = ""
    watch: AutoRerun = field(default_factory=AutoRerun)
    """The part of the page that asked to be run again and again."""

    @property
    def text(self) -> str:
        return self.raw.decode("utf-8", "replace")

    def ask(self, page: str = "", query: str = "lang=en") -> Tab:
        """As opening or reloading a page does."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        return self.send(asked)

    def send(self, asked: BackMsg) -> Tab:
        self.raw, self.messages = b"", []
        self.socket.send(asked.SerializeToString())
        return self.wait()

    def wait(self) -> Tab:
        """Until the script has finished and does not begin again by itself."""
        while not (self.messages and self._finished(self.messages[-1])):
            self.receive(60)
        return self

    @staticmethod
    def _finished(message: ForwardMsg) -> bool:
        return message.WhichOneof("type") == "script_finished" and message.script_finished != AGAIN

    def receive(self, seconds: float) -> None:
        """Raises TimeoutError where nothing comes."""
        told = self.socket.recv(seconds)
        assert isinstance(told, bytes)
        message = ForwardMsg()
        message.ParseFromString(told)
        self.raw += told
        self.messages.append(message)
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
        if message.WhichOneof("type") == "auto_rerun":
            self.watch = message.auto_rerun

    def look(self, page: str = "") -> Tab:
        """As the browser does by itself, again and again, for a part of a page that asks for it."""
        asked = BackMsg()
        asked.rerun_script.query_string = "lang=en"
        asked.rerun_script.page_name = page
        asked.rerun_script.fragment_id = self.watch.fragment_id
        asked.rerun_script.is_auto_rerun = True
        return self.send(asked)

    def button(self, key: str) -> str:
        """The id of a button's widget, by a part of its key or label."""
        found = re.findall(rf"\$\$ID-[0-9a-f]+-[^\x00-\x1f]*?{re.escape(key)}[^\x00-\x1f\"]*", self.text)
        assert found, f"no button {key}"
        return found[-1]

    def click(self, key: str, page: str = "", query: str = "lang=en") -> Tab:
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        state = asked.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = self.button(key), True
        return self.send(asked)

    def close(self) -> None:
        self.socket.close()


def opened(
    served: Served,
    cookie: str = "",
    headers: Mapping[str, str] | None = None,
    origin: str | None = "",
    token: str = "",
    route: str = "",
) -> Tab:
    """A tab of a browser that holds this cookie of a sign-in; by itself it sends what a browser would."""
    given = xsrf(served)
    cookies = f"{XSRF}={given}" + (f"; _streamlit_user={cookie}" if cookie else "")
    cookies += f"; app_route={route}" if route else ""
    return Tab(
        connect(
            f"ws://localhost:{served.port}{STREAM}",
            origin=None if origin is None else Origin(origin or served.address),
            additional_headers={"Cookie": cookies, **(headers or {})},
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token or given)],
            max_size=None,
            legacy=True,  # the tab stays open until the test closes it
        )
    )


def uploaded(
    served: Served, tab: Tab, token: str | None = None, cookie: str | None = None, size: int = 10, route: str = ""
) -> int:
    """The answer to a file, sent as a page's uploader sends it, with the page's token unless another one is given."""
    given = xsrf(served)
    token, cookie = given if token is None else token, given if cookie is None else cookie
    file = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n' + b"a" * size + b"\r\n--x--\r\n"
    held = "; ".join(filter(None, (cookie and f"{XSRF}={cookie}", route and f"app_route={route}")))
    asked = f"PUT /_stcore/upload_file/{tab.session}/{'0' * 32} HTTP/1.1\nHost: localhost:{served.port}\n"
    asked += f"Origin: {served.address}\nContent-Type: multipart/form-data; boundary=x\nContent-Length: {len(file)}\n"
    asked += (f"Cookie: {held}\n" if held else "") + (f"X-Xsrftoken: {token}\n" if token else "")
    return status(served, f"{asked}Connection: close\n\n", file)


def status(served: Served, request: str, body: bytes = b"") -> int:
    """The number that a raw request is answered with."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        with suppress(ConnectionError):  # the server may answer, and close, before it has read everything
            line.sendall(body)
        answer = b""
        while b"\r\n" not in answer:
            told = line.recv(4096)
            assert told, "the server closed the line without a word"
            answer += told
    return int(answer.split()[1])


def xsrf(served: Served) -> str:
    """As the program gives it to every browser."""
    asked = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    asked.request("GET", "/_stcore/health", headers={"Host": f"localhost:{served.port}"})
    told = asked.getresponse()
    given = told.getheader("Set-Cookie") or ""
    asked.close()
    found = re.search(rf"{XSRF}=([^;]+)", given)
    return found[1] if found else ""
