"""
The judge of the program: which records of a file are rows, with which values, and which must be rejected.

Slow and plain on purpose. It knows the contracts as the YAML files say them, and not one line of the program.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from strict_cell import Unfit, value
from strict_text import MustRefuse, Record, decoded, physical_lines, records

SOURCES = Path(__file__).resolve().parents[2] / "pipelines" / "sources"
Row = dict[str, Any]


@dataclass
class Verdict:
    """`lines` = rows + rejected + blank, or a reason to refuse the file as a whole."""

    refused: str = ""
    rows: dict[int, Row] = field(default_factory=dict)
    """By the line on which the record begins."""
    rejected: dict[int, str] = field(default_factory=dict)
    """By line: the first column at fault, or "" where the record does not fit the header."""
    blank: int = 0
    lines: int = 0
    physical_lines: int = 0


@cache
def contract(source: str) -> Any:
    """Every scalar is text."""
    return yaml.load((SOURCES / f"{source}.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


def judged(content: bytes, source: str, mapping: dict[str, Any]) -> Verdict:
    """What a CSV file must become. Raises OtherFormat where it is none."""
    try:
        text = decoded(content, mapping.get("encoding", "utf-8"))
        found = list(records(text, mapping.get("delimiter", ",")))
        begins = int(mapping.get("header_line", 1))
        below = [one for one in found if one.line >= begins]
        if "header_line" in mapping and next((one.line for one in below if not one.blank), None) != begins:
            raise MustRefuse("no header in the line that is declared")
        return sorted_out(below, source, mapping, physical_lines(text))
    except MustRefuse as why:
        return Verdict(refused=str(why))


def sorted_out(found: list[Record], source: str, mapping: dict[str, Any], physical: int) -> Verdict:
    """The first record that is not blank holds the names of the columns."""
    filled = [one for one in found if not one.blank]
    if len(filled) < 2:
        raise MustRefuse("no row")
    header, rows = filled[0], filled[1:]
    columns = _Columns(header.fields, rows, source, mapping)
    verdict = Verdict(blank=len(found) - len(filled), lines=len(found) - 1, physical_lines=physical)
    for record in rows:
        columns.read(record, verdict)
    _settle_repeats(verdict, contract(source)["key"], columns.keys)
    return verdict


def comparable(rows: dict[int, Row], source: str) -> dict[int, Row]:
    """
    Rows as the contract lets them be kept: names and contacts lie elsewhere, whoever is named may have a pseudonym,
    and an address or a telephone number in a free text may be masked.
    """
    kinds = {name: one.get("personal", "") for name, one in contract(source)["columns"].items()}
    return {
        line: {name: _kept(row.get(name), kind) for name, kind in kinds.items() if kind != "identity"}
        for line, row in rows.items()
    }


def _kept(value: Any, kind: str) -> Any:
    if kind in ("customer", "another customer"):
        return value is not None
    if kind == "free text" and value and ("@" in value or sum(sign.isdigit() for sign in value) >= 7):
        return "masked or not"
    return value


class _Columns:
    def __init__(self, header: list[str], rows: list[Record], source: str, mapping: dict[str, Any]) -> None:
        self.width, self.about = len(header), contract(source)
        if all(len(one.fields) != self.width for one in rows):
            raise MustRefuse("no row is as wide as the header")
        self.names = [_plain(name) for name in header]
        for at, name in enumerate(self.names):
            if not name and any(len(one.fields) > at and one.fields[at].strip() for one in rows):
                raise MustRefuse(f"column {at + 1} has values and no name")
        self.needed = {name for name, one in self.about["columns"].items() if one.get("required") == "yes"}
        self.needed |= {*self.about["key"], *filter(None, [self.about.get("dated_by")])}
        written = mapping.get("columns", {})
        self.declared = {name: one if isinstance(one, dict) else {"from": one} for name, one in written.items()}
        self.places = {name: self._place(name) for name in self.about["columns"]}
        self.keys: dict[int, tuple[str, ...]] = {}
        """The keys of rejected rows too: one of these contradicts a good row with the same key."""

    def _place(self, name: str) -> list[int]:
        declared = self.declared.get(name, {})
        if "constant" in declared:
            return []
        asked = declared.get("from", name)
        places = [self._only(one, name) for one in ([asked] if isinstance(asked, str) else asked)]
        return [place for place in places if place is not None]

    def _only(self, asked: str, name: str) -> int | None:
        found = [at for at, known in enumerate(self.names) if known == _plain(asked)]
        if len(found) > 1:
            raise MustRefuse(f"two columns are called '{asked}'")
        if not found and (name in self.needed or name in self.declared):
            raise MustRefuse(f"no column '{asked}'")
        return found[0] if found else None

    def read(self, record: Record, verdict: Verdict) -> None:
        if len(record.fields) != self.width:
            verdict.rejected[record.line] = ""
            return
        row: Row = {}
        for name, column in self.about["columns"].items():
            text, declared = self._text(name, record), self.declared.get(name, {})
            try:
                row[name] = value(text, column, declared, name in self.needed)
            except Unfit:
                verdict.rejected.setdefault(record.line, name)
        texts = tuple(self._text(name, record) for name in self.about["key"])
        typed = tuple(row.get(name, text) for name, text in zip(self.about["key"], texts, strict=True))
        self.keys[record.line] = typed
        if record.line not in verdict.rejected:
            verdict.rows[record.line] = row

    def _text(self, name: str, record: Record) -> str:
        if "constant" in self.declared.get(name, {}):
            return str(self.declared[name]["constant"])
        parts = [record.fields[place] for place in self.places[name]]
        return "/".join(parts) if all(part.strip() for part in parts) or len(parts) < 2 else ""


def _settle_repeats(verdict: Verdict, key: list[str], keys: dict[int, tuple[str, ...]]) -> None:
    """The first of identical rows stays; of rows that contradict each other none does."""
    same: dict[tuple[str, ...], list[int]] = {}
    for line, one in keys.items():
        if all(part is not None and str(part).strip() for part in one):
            same.setdefault(one, []).append(line)
    for lines in same.values():
        rows = [verdict.rows.get(line) for line in lines]
        agree = all(row is not None and row == rows[0] for row in rows)
        for line in lines[1:] if agree else lines if len(lines) > 1 else ():
            verdict.rows.pop(line, None)
            verdict.rejected.setdefault(line, ", ".join(key))


def _plain(name: str) -> str:
    """As a person sees it: without outer spaces, invisible characters, case, and the way accents are stored."""
    visible = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", visible).strip().casefold()
