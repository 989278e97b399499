"""Where a bucket is and how it is reached, as `workspace.yaml` says it; its keys are never in that file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import field_validator

from audit.errors import RecordError
from audit.text import Text, Written
from audit.unfit import Unfit
from audit.wording import say

ADDRESS = re.compile(
    r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/(?!\.{1,2}(/|$))[A-Za-z0-9_.=-]+)*)/?"
)
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
TOKEN = "AWS_SESSION_TOKEN"
RETRIES = {"max_retries": "3", "retry_timeout": "30s", "connect_timeout": "5s", "timeout": "60s"}


class Server(Written):
    """What `storage:` in workspace.yaml says."""

    endpoint: str | None = None
    """The address of the server; absent means Amazon's own, in the region."""
    region: str = "us-east-1"
    allow_http: bool = False
    """Whether the way there may be one that others can read and change."""
    keys: str | None = None
    """A file outside the workspace with the keys, from here; absent means that the environment has them."""

    @field_validator("endpoint")
    @classmethod
    def _is_address(cls, written: str | None) -> str | None:
        parts = urlsplit(written or "https://any")
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or "@" in parts.netloc:
            raise Unfit(say("write the address of the server alone, as in https://s3.example.org:9000"))
        return written.rstrip("/") if written else None


@dataclass(frozen=True)
class Place:
    bucket: str
    prefix: str
    """Without a slash at either end; "" for the whole bucket."""
    server: Server = field(default_factory=Server)

    def __str__(self) -> str:
        return f"s3://{self.path}" + (f" at {self.server.endpoint}" if self.server.endpoint else "")

    @property
    def path(self) -> str:
        return f"{self.bucket}/{self.prefix}" if self.prefix else self.bucket

    @property
    def plain(self) -> bool:
        return (self.server.endpoint or "").startswith("http://")


def place(written: str, server: Server | None) -> Place:
    """Raises Unfit with what to write instead."""
    found = ADDRESS.fullmatch(written)
    if not found:
        raise Unfit(say("write a bucket and a folder in it, as in s3://our-bucket/clauselight"))
    made = Place(found["bucket"], found["prefix"].strip("/"), server or Server())
    if made.plain and not made.server.allow_http:
        raise Unfit(say("others can read what goes to an http:// address; write https://, or 'allow_http: true'"))
    return made


def address(written: str) -> Text:
    """What `str` of a place gives, for people."""
    path, _, server = written.partition(" at ")
    return say("{path} at {server}", path=path, server=server) if server else Text(en=path, zh=path)


def both() -> Text:
    """The names of the two keys."""
    return say("{one} and {other}", one=KEYS[0], other=KEYS[1])


def keys(place: Place, folder: Path, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The access key and its secret, and a token where there is one. Raises RecordError where they are missing."""
    named = place.server.keys
    held = _of_file(folder / named, folder) if named else environment
    if missing := [name for name in KEYS if not held.get(name)]:
        raise RecordError(
            say(
                "{place}: its keys are missing; put {names} in {where}, or name a file with them as 'keys:' under "
                "'storage:' in workspace.yaml",
                place=address(str(place)), names=both() if missing == [*KEYS] else missing[0],
                where=named or say("the environment"),
            )
        )  # fmt: skip
    return {name: held[name] for name in (*KEYS, TOKEN) if held.get(name)}


def options(place: Place, keys: Mapping[str, str]) -> dict[str, str]:
    """As delta-rs wants to be told, whatever else the environment says: a commit never overwrites another one."""
    server = place.server
    said = {name: keys[name] for name in (*KEYS, TOKEN) if name in keys}
    said |= {"AWS_REGION": server.region, "AWS_CONDITIONAL_PUT": "etag", "AWS_S3_ALLOW_UNSAFE_RENAME": "false"}
    said |= {"AWS_ENDPOINT_URL": server.endpoint} if server.endpoint else {}
    return said | {"AWS_ALLOW_HTTP": str(place.plain).lower()} | RETRIES


def _of_file(file: Path, folder: Path) -> dict[str, str]:
    """Lines of NAME=value."""
    if file.resolve().is_relative_to(folder.resolve()):
        raise RecordError(
            say("{file}: keys inside the workspace would go into every backup; move the file out of it", file=file.name)
        )
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise RecordError(
            say(
                "{file}: the keys cannot be read ({reason}); write lines of {name}=... into it",
                file=file, reason=getattr(error, "strerror", None) or say("it is no text"), name=KEYS[0],
            )
        ) from None  # fmt: skip
    pairs = (line.removeprefix("export ").partition("=") for line in lines if not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}
