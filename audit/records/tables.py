"""The tables of the records. Rows are added and never changed; `seq` names the trail entry that made each."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[dt.datetime]):
    """A time in UTC, also where the database keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value and value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if not isinstance(value, dt.datetime):
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map = {
        str: Text,
        dt.datetime: Moment,
        dict[str, str]: JSON,
        dict[str, int]: JSON,
        dict[str, dict[str, int]]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


class EntryRow(Base):
    """One entry of the trail. Both `seq` and `previous` are unique, so two changes cannot follow the same one."""

    __tablename__ = "trail"
    __table_args__ = (UniqueConstraint("previous"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    actor: Mapped[str]
    action: Mapped[str]
    object: Mapped[str]
    object_id: Mapped[str]
    payload: Mapped[str]
    reason: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class Kept(Base):
    """What every record has: the entry of the trail that vouches for it."""

    __abstract__ = True
    object: ClassVar[str]

    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"), primary_key=True, autoincrement=False)

    @property
    def object_id(self) -> str:
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """All columns but `seq`, as the trail's payload holds them."""
        columns = [column.key for column in self.__table__.columns if column.key != "seq"]
        return {name: _plain(getattr(self, name)) for name in columns}


class LoadRow(Kept):
    __tablename__ = "loads"
    __table_args__ = (Index(None, "id"),)
    object: ClassVar[str] = "load"

    id: Mapped[str]
    source: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str]
    mapping: Mapped[str]
    lines: Mapped[int]
    loaded: Mapped[int]
    rejected: Mapped[int]
    blank: Mapped[int]
    physical_lines: Mapped[int]
    published: Mapped[bool]
    version: Mapped[int | None]
    received_at: Mapped[dt.datetime]
    actor: Mapped[str]
    delivered: Mapped[list[str]]
    ignored: Mapped[list[str]]
    months: Mapped[dict[str, int]]
    gate: Mapped[list[dict[str, Any]]]
    rejects: Mapped[str]
    refused: Mapped[str | None]
    rows_of_record: Mapped[int | None]
    masked: Mapped[dict[str, dict[str, int]] | None]

    @property
    def object_id(self) -> str:
        return self.id

    def content(self) -> dict[str, Any]:
        """Without what came later where it has no value: the entries of older records do not know it."""
        later = ("refused", "rows_of_record", "masked")
        return {name: value for name, value in super().content().items() if name not in later or value is not None}


class DocumentRow(Kept):
    """One revision of a document."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("id", "revision"),)
    object: ClassVar[str] = "document"

    id: Mapped[str]
    revision: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    status: Mapped[str]
    owner: Mapped[str]
    approved_by: Mapped[str]
    approved_on: Mapped[dt.date | None]
    reviewed_on: Mapped[dt.date | None]
    covers_from: Mapped[dt.date | None]
    covers_to: Mapped[dt.date | None]
    note: Mapped[str]
    sha256: Mapped[str]
    file: Mapped[str]
    size: Mapped[int | None]

    @property
    def object_id(self) -> str:
        return self.id


class CriterionRow(Kept):
    """The organisation's own limits for one piece of evidence; without limits, the checklist's default again."""

    __tablename__ = "criteria"
    __table_args__ = (Index(None, "evidence_id"),)
    object: ClassVar[str] = "criterion"

    evidence_id: Mapped[str]
    limits: Mapped[dict[str, str]]

    @property
    def object_id(self) -> str:
        return self.evidence_id


class DecisionRow(Kept):
    __tablename__ = "decisions"
    __table_args__ = (Index(None, "requirement_id"),)
    object: ClassVar[str] = "decision"

    requirement_id: Mapped[str]
    run: Mapped[str]
    proposed: Mapped[str]
    concluded: Mapped[str]

    @property
    def object_id(self) -> str:
        return self.requirement_id


class AnswerRow(Kept):
    """What was heard, seen, or found in a record that was drawn. Answering again makes a new row."""

    __tablename__ = "answers"
    __table_args__ = (Index(None, "evidence_id"),)
    object: ClassVar[str] = "answer"

    evidence_id: Mapped[str]
    item: Mapped[str]
    outcome: Mapped[str]
    note: Mapped[str]
    answered_on: Mapped[dt.date]
    who: Mapped[str]

    @property
    def object_id(self) -> str:
        return f"{self.evidence_id} {self.item}".strip()


class GapRow(Kept):
    """What is planned for a gap: how much work, who, until when."""

    __tablename__ = "gaps"
    __table_args__ = (Index(None, "requirement_id"),)
    object: ClassVar[str] = "gap"

    requirement_id: Mapped[str]
    effort: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[dt.date | None]
    note: Mapped[str]

    @property
    def object_id(self) -> str:
        return self.requirement_id


class MaturityRow(Kept):
    __tablename__ = "maturity"
    __table_args__ = (Index(None, "clause"),)
    object: ClassVar[str] = "maturity"

    clause: Mapped[str]
    level: Mapped[int]

    @property
    def object_id(self) -> str:
        return self.clause


class ErasureRow(Kept):
    """A person who was erased, and the files that changed by it."""

    __tablename__ = "erasures"
    object: ClassVar[str] = "erasure"

    pseudonym: Mapped[str]
    rows: Mapped[dict[str, int]]
    changed: Mapped[list[dict[str, Any]]]
    kept: Mapped[list[str]]

    @property
    def object_id(self) -> str:
        return self.pseudonym


RECORDS: tuple[type[Kept], ...] = (
    LoadRow,
    DocumentRow,
    CriterionRow,
    DecisionRow,
    ErasureRow,
    AnswerRow,
    GapRow,
    MaturityRow,
)


def canonical(value: Any) -> str:
    """The one way to write a value as JSON, so that equal content has equal hashes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, dt.date) else value
