"""A file on its way in, and what its reader has answered so far: kept over reruns, languages and pages."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from audit.errors import AuditError
from audit.load import Load
from audit.mapping import Mapping
from audit.source import Source
from pipelines import definitions, suggest
from pipelines.loading import preview, written_mapping
from pipelines.loading.loaded_before import Before
from pipelines.loading.preview import Preview, Written
from pipelines.loading.trial import Trial
from pipelines.suggest import Recognised
from pipelines.suggesting.reading import Values

Step = Literal["file", "preview", "columns", "formats", "trial", "done"]
STEPS: tuple[Step, ...] = ("file", "preview", "columns", "formats", "trial", "done")
DRAFT = "guided_draft"
MATCH = "match"
"""The way of reading in which a person matches the columns."""


@dataclass
class Draft:
    file: str
    content: bytes
    """As it came; `bare` is what is in it, where it came in an archive."""
    bare: bytes
    how: Written
    reading: dict[str, Any]
    """The keys of the mapping that say how the file is written, and what else belongs to no column."""
    step: Step = "preview"
    furthest: Step = "preview"
    source: str | None = None
    way: str = MATCH
    """How the columns are read: as in a mapping that is known, called "saved:name", or matched by a person."""
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By column of the contract, as a mapping writes it."""
    settled: dict[Any, Any] = field(default_factory=dict)
    """What has been proposed or answered already, so that nothing is proposed over an answer."""
    seen: tuple[dict[str, Any], Preview | AuditError] | None = None
    """What the file holds under which reading, or why it cannot be read so."""
    recognised: list[Recognised] = field(default_factory=list)
    way_failed: AuditError | None = None
    """Why the chosen mapping cannot be used."""
    base: tuple[str, dict[str, Any], dict[str, dict[str, Any]]] | None = None
    """The text of the known mapping, with the reading and the columns that it says."""
    counted: dict[str, Values] = field(default_factory=dict)
    counted_for: object = None
    memo: dict[Any, Any] = field(default_factory=dict)
    tried: tuple[str, Trial | AuditError] | None = None
    """What a dry run with which mapping found."""
    before: Before | None = None
    """As what the same bytes were published before through that mapping."""
    result: Load | AuditError | None = None
    again: bool = False
    """The same file had come in before."""
    saved_as: str = ""
    save_failed: AuditError | None = None

    @property
    def contract(self) -> Source:
        assert self.source is not None, "a dataset is chosen before its columns are matched"
        return definitions.source(self.source)

    @property
    def preview(self) -> Preview | None:
        """None where the file cannot be read as it is declared."""
        return self.seen[1] if self.seen and isinstance(self.seen[1], Preview) else None

    @property
    def origins(self) -> dict[str, list[str]]:
        """Which columns of the file fill one of the contract: as they are matched, else the one of its name."""
        own = suggest.own_columns(self.contract, self.preview.names) if self.preview else {}
        matched = {name: list(column.get("from", ())) for name, column in self.columns.items()}
        return {name: [found] for name, found in own.items()} | matched

    @property
    def pivoted(self) -> bool:
        """Its columns are matched in the mapping file alone."""
        return bool(self.reading.get("pivot"))

    def text(self) -> str:
        """The mapping as YAML: a known one that nobody changed word for word."""
        if self.base and (self.reading, self.columns) == self.base[1:]:
            return self.base[0]
        assert self.source is not None
        named = {name: written for name, written in self.columns.items() if written != {"from": [name]}}
        return written_mapping.text(self.source, self.reading, named, self.file)

    def mapping(self) -> Mapping:
        """Read as strictly as a file that a person wrote. Raises DefinitionError."""
        assert self.source is not None
        return definitions.mapping_in(self.text(), self.source)

    def needs_no_mapping(self) -> bool:
        """A file as the contract asks for it can be loaded again without one."""
        return self.mapping() == Mapping(source=self.source or "") or (
            self.how.kind in ("parquet", "workbook") and self.reading == {} and not self.mapping().columns
        )

    def begin_from(self, text: str, written: dict[str, Any]) -> None:
        """Take a known mapping as the way in which this file is written and its columns are matched."""
        self.reading = {key: value for key, value in written.items() if key not in ("source", "columns")}
        self.columns = {name: _full(column) for name, column in written.get("columns", {}).items()}
        self.base = text, copy.deepcopy(self.reading), copy.deepcopy(self.columns)
        self.settled = dict.fromkeys(self.columns, True)

    def unsettle(self, name: str) -> None:
        """Another column of the file fills this one: what was answered about the former does not count."""
        about = (name, ("way", name), ("leave", name), ("scale", name), ("clock", name), ("spelled", name))
        self.settled = {key: value for key, value in self.settled.items() if key not in about}

    def go(self, step: Step) -> None:
        self.step = step
        if STEPS.index(step) > STEPS.index(self.furthest):
            self.furthest = step

    def basic_reading(self) -> Mapping:
        """How the file is written, without what is said of columns."""
        own = {key: value for key, value in self.reading.items() if key not in ("keep_in", "pivot")}
        return preview.reading_of(self.source or "complaints", own)


def _full(column: Any) -> dict[str, Any]:
    if isinstance(column, str):
        return {"from": [column]}
    written = dict(column)
    for key in ("from", "missing"):
        if isinstance(written.get(key), str):
            written[key] = [written[key]]
    return written


def current() -> Draft | None:
    found: Draft | None = st.session_state.get(DRAFT)
    return found


def at_work() -> bool:
    """A file is on its way in and not there yet: the page belongs to it."""
    draft = current()
    return draft is not None and draft.step != "done"


def keep(draft: Draft) -> None:
    st.session_state[DRAFT] = draft


def begin_anew() -> None:
    st.session_state.pop(DRAFT, None)


def seeded(key: str, value: Any) -> str:
    """The key of a widget that shows what the draft says; its callback writes the draft."""
    if value is None:
        st.session_state.pop(key, None)
    else:
        st.session_state[key] = value
    return key
