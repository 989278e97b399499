"""A register in words: its answer, the heads of its columns, and what to do instead of taking a row away."""

from __future__ import annotations

import datetime as dt
import re

from audit.load import Load
from audit.source import Column, Source
from pages.components.words import _, language, said, shown
from pipelines.registers.register import Register, Value

FIRST_WORDS = re.compile(r"[^：；，（]+")


def answer(register: Register) -> str:
    """The title: how many rows there are, and how many of them wait for somebody."""
    title = said(register.source.title)
    if not register.total:
        return _("{register}: nothing is registered yet", register=title)
    values = {"register": title, "total": register.total, "newest": register.newest or "–"}
    if register.open is None:
        return _("{register}: {total} entries, the newest of {newest}", **values)
    return _("{register}: {open} of {total} entries are open, the newest is of {newest}", open=register.open, **values)


def head(name: str, source: Source) -> str:
    """What stands above a column: its name in English, the first words of its meaning in Chinese."""
    first = FIRST_WORDS.match(source.columns[name].meaning.zh)
    if language() == "zh" and first:
        return first[0]
    if name in source.key:
        return _("Number")
    return name[:1].upper() + name[1:].replace("_", " ").removesuffix(" id")


def option(word: str, column: Column) -> str:
    """A word that the contract allows, with its translation where the meaning of the column gives one."""
    found = re.search(re.escape(word) + r"（[^）]+）", column.meaning.zh)
    return found[0] if language() == "zh" and found else word


def value(found: Value) -> str:
    """As the tables show it."""
    match found:
        case None:
            return _("empty")
        case bool():
            return _("yes") if found else _("no")
        case dt.datetime():
            return f"{found:%Y-%m-%d %H:%M:%S}"
        case dt.date():
            return f"{found:%Y-%m-%d}"
    return str(found)


def origin(load: Load | None, line: int) -> str:
    """Where a row came from: a file and its line, or who typed it."""
    if load is None:
        return "–"
    if load.file.startswith(f"typed-{load.source}-"):
        return _("typed by {actor}, {date}", actor=load.actor, date=shown(load.received_at))
    return _("{file}, line {line}", file=load.file, line=str(line))


def instead_of_deleting(name: str) -> str:
    """A row cannot be taken away; what the register has in its place."""
    return {
        "complaints": _("If a complaint was registered by mistake, close it and write so under its cause."),
        "interactions": _("If an interaction was registered by mistake, write so in its note."),
        "customer_needs": _("If a need is withdrawn or was registered by mistake, give it the status “rejected”."),
        "contract_reviews": _("If an order is withdrawn, give its review the result “rejected”."),
        "promises": _("If a promise was registered by mistake, write so in its text; it still counts."),
    }[name]
