"""Which figure an action should move, for whom, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


class Aimed(Protocol):
    """An action that names its figure; `by` and `group` are "" where it is meant for the whole."""

    @property
    def kpi(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def done_on(self) -> dt.date | None: ...
    @property
    def expected_on(self) -> dt.date | None: ...


@dataclass(frozen=True)
class Aim:
    kpi: str
    done_on: dt.date | None
    expected_on: dt.date | None
    by: str = ""
    group: str = ""
