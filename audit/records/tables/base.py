"""What every table of the records shares: how values are kept, and the trail that each row is vouched for by."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column


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


Count = Annotated[int, "count"]
"""How many; of lines there may be more than two thousand million."""


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
        Count: BigInteger().with_variant(Integer(), "sqlite"),
        dt.datetime: Moment,
        dict[str, Any]: JSON,
        dict[str, str]: JSON,
        dict[str, int]: JSON,
        dict[str, dict[str, int]]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


class EntryRow(Base):
    """One entry of the trail. Both `seq` and `previous` are unique, so two changes cannot follow the same one."""

    __tablename__ = "trail"
    __table_args__ = (UniqueConstraint("previous"), Index(None, "key", unique=True), Index(None, "object", "object_id"))

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
    role: Mapped[str | None]
    identity: Mapped[str | None]
    key: Mapped[str | None]


class Kept(Base):
    """What every record has: the entry of the trail that vouches for it."""

    __abstract__ = True
    object: ClassVar[str]
    later: ClassVar[frozenset[str]] = frozenset()
    """Columns that came after the first rows; where they hold nothing, the trail's payload does not name them."""

    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"), primary_key=True, autoincrement=False)

    @property
    def object_id(self) -> str:
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """All columns but `seq`, as the trail's payload holds them."""
        return self.told({column.key: getattr(self, column.key) for column in self.__table__.columns})

    @classmethod
    def told(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The same of a row's bare values."""
        return {
            name: _plain(value)
            for name, value in values.items()
            if name != "seq" and (value is not None or name not in cls.later)
        }


class Versioned(Kept):
    """A record with an id that people name it by; each change makes a further row, with the next revision."""

    __abstract__ = True
    id: Mapped[str]
    revision: Mapped[int]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("id", "revision"),)

    @property
    def object_id(self) -> str:
        return self.id


def canonical(value: Any) -> str:
    """The one way to write a value as JSON, so that equal content has equal hashes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, dt.date) else value
