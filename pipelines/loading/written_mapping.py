"""A mapping as a person would write it: its YAML text, and the file of the workspace that keeps it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from audit.errors import SourceError
from audit.wording import say
from pipelines import whole
from pipelines.receive import cleaned

LONGEST_NAME = 60


class _Plain(yaml.SafeDumper):  # type: ignore[misc]
    """Without anchors, which the reader of mappings refuses, and with lists on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _in_one_line(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


_Plain.add_representer(list, _in_one_line)


def text(source: str, reading: dict[str, Any], columns: dict[str, dict[str, Any]], title: str = "") -> str:
    """`reading` are the keys that say how the file is written; `columns` are as they stand in a mapping."""
    written: dict[str, Any] = {"source": source, **{key: value for key, value in reading.items() if value}}
    short = {name: _short(column) for name, column in columns.items()}
    if short:
        written["columns"] = short
    comment = f"# {cleaned(title)}\n" if title else ""
    body: str = yaml.dump(written, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000)
    return comment + body


def _short(column: dict[str, Any]) -> Any:
    """One column of the file alone needs no further keys."""
    plain = {key: value for key, value in column.items() if value not in ({}, [], None)}
    origin = plain.get("from")
    if isinstance(origin, list) and len(origin) == 1:
        plain["from"] = origin[0]
    return plain["from"] if set(plain) == {"from"} and isinstance(plain["from"], str) else plain


def fit_name(name: str) -> str:
    """A name that can be a file everywhere and be written behind --mapping; '' where nothing of it can."""
    bare = re.sub(r"[^\w]+", "-", name.strip(), flags=re.UNICODE).strip("-_")[:LONGEST_NAME]
    return cleaned(bare) if bare else ""


def keep(workspace: Path, name: str, content: str, replace: bool = False) -> Path:
    """
    The file of this name in the workspace. Raises SourceError where another mapping has the name, unless it is to be
    replaced.
    """
    fit = fit_name(name)
    if not fit:
        raise SourceError(say("this mapping has no name; write one with letters or digits"))
    path = workspace / "mappings" / f"{fit}.yaml"
    if says(path, content):
        return path
    if path.exists() and not replace:
        raise SourceError(
            say("there is a mapping '{name}' already, and it says something else; choose another name", name=fit)
        )
    _write(path, content)
    return path


def says(path: Path, content: str) -> bool:
    """A file in another encoding, or one that cannot be read, says something else."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n") == content.encode()
    except OSError:
        return False


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        whole.write(path, content)
    except OSError as error:
        reason = error.strerror.lower() if error.strerror else say("no reason given")
        raise SourceError(say("the mapping could not be saved: {reason}", reason=reason)) from None
