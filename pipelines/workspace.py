"""One organisation's folder: its set-up, and where its facts, records, originals and runs are kept."""

from __future__ import annotations

import datetime as dt
import json
import os
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from audit.checklist import Checklist
from audit.errors import SourceError
from audit.records import Clock, Records, open_records, utc_now
from audit.records.store import Store
from audit.text import Written
from audit.unfit import Unfit
from audit.wording import say
from pipelines import yaml_file
from pipelines.checklists.editions import CHECKLISTS, Layers, checklist
from pipelines.checklists.named import refuse_unknown
from pipelines.definitions import HOUSE
from pipelines.storage import Storage
from pipelines.storage.copied import refuse_another
from pipelines.storage.place import Place, Server, place

REFUSED = set("%[]")
DEFAULT = HOUSE / "data" / "workspaces" / "demo"


class SetUp(Written):
    """What `workspace.yaml` says."""

    organisation: str
    edition: str = "iso-9001-2015"
    packs: tuple[str, ...] = ()
    """Packs of requirements that are switched on beside the edition."""
    transition_until: dt.date | None = None
    """Until when the certification body accepts the edition before; absent means what the next edition's file says."""
    as_of: dt.date | None = None
    """The audit date that a run uses when none is given; absent means the day of the run."""
    begins: dt.date | None = None
    """First day of the audit period; absent means the first dated row."""
    storage: Server | None = None
    """How the server is reached that `facts` names."""
    facts: str | None = None
    """Where the tables of facts are kept, as in s3://our-bucket/clauselight; absent means in the workspace."""
    fiscal_year_begins: int = Field(default=1, ge=1, le=12)
    """The month with which the fiscal year begins; from 2 on figures are measured by fiscal year too."""
    records: str = "sqlite:///records.sqlite"
    key: str | None = None
    """Where the key of the pseudonyms is, from here; absent means key/pseudonyms.key."""
    keep_originals: bool | None = None
    """Whether the law asks to keep files as they came; an erasure then leaves them, and lists them."""
    session_idle_minutes: float = Field(default=30, gt=0, le=24 * 60)
    """After how long without a sign of the person a sign-in ends, where people sign in."""
    session_age_hours: float = Field(default=12, gt=0, le=30 * 24)
    """After how long it ends at the latest."""
    small_cells: int = Field(default=5, ge=1)
    """Groups of fewer records are hidden from viewers and guests; 1 hides none."""
    silent_after_months: int = Field(default=12, ge=1, le=120)
    """After how many months without an order a customer has lapsed, and without any sign of life is silent."""
    units: Literal["region", "segment", "product", "channel"] | None = None
    """What customers are grouped by in the same names as the units of the employee survey; absent means to look."""
    satisfaction_index: str | None = None
    """The model of the satisfaction index; absent means the fullest one whose questions were all asked."""

    @field_validator("facts")
    @classmethod
    def _is_place(cls, written: str | None, others: ValidationInfo) -> str | None:
        if written is not None and "storage" in others.data:
            place(written, others.data["storage"])
        return written

    @model_validator(mode="after")
    def _has_place(self) -> SetUp:
        if self.storage and self.facts is None:
            raise Unfit(
                say(
                    "'storage:' says how a server is reached, and 'facts:' names nothing there; "
                    "write 'facts: s3://...' too"
                )
            )
        return self

    @property
    def place(self) -> Place | None:
        return place(self.facts, self.storage) if self.facts else None


class Workspace:
    def __init__(self, folder: Path, set_up: SetUp) -> None:
        self.folder, self.set_up = folder, set_up
        self.facts = folder / "facts"
        self.store = Store(folder / "store")
        self.runs = folder / "runs"
        self.identity = folder / "identity"
        self.waiting = folder / "waiting"

    @cached_property
    def storage(self) -> Storage:
        """Where the tables are kept, of which `facts` and `table` name what is read."""
        if not self.set_up.place:
            return Storage(self.facts)
        # here, because what speaks to a server takes time to import
        from pipelines.storage.bucket import Bucket

        return Bucket(self.facts, self.set_up.place)

    def open_records(self, clock: Clock = utc_now, signing_in: bool = False) -> Records:
        """The caller closes them. The anchor lies beside, so that a trail cut short is found."""
        return open_records(self.records_url, clock, self.folder / "trail-anchor.jsonl", signing_in)

    @property
    def layers(self) -> Layers:
        """The house's checklists, and over them the organisation's own where it has some."""
        own = self.folder / "checklists"
        return (CHECKLISTS, own) if own.is_dir() else (CHECKLISTS,)

    def checklist(self, edition: str | None = None, packs: tuple[str, ...] | None = None) -> Checklist:
        """Of the set-up, unless another edition or other packs are asked for."""
        chosen_packs = self.set_up.packs if packs is None else packs
        found = checklist(edition or self.set_up.edition, chosen_packs, self.layers)
        if len(self.layers) > 1:
            refuse_unknown(found)  # the organisation may have changed its files since they were checked
        return found

    @cached_property
    def records_url(self) -> str:
        """A relative SQLite path is inside the workspace."""
        url = self.set_up.records
        inside = url.removeprefix("sqlite:///")
        return f"sqlite:///{self.folder.resolve() / inside}" if url.startswith("sqlite:///") else url

    @property
    def records_file(self) -> Path | None:
        """None where a server keeps the records."""
        file = self.records_url.removeprefix("sqlite:///")
        return Path(file) if file != self.records_url else None

    def table(self, source: str) -> Path:
        """The folder of a source's Delta table."""
        return self.facts / source


def chosen(folder: str | None) -> Path:
    """The folder that was asked for, else CLAUSELIGHT_WORKSPACE, else the demo's."""
    return Path(folder or os.environ.get("CLAUSELIGHT_WORKSPACE") or DEFAULT)


def open_workspace(folder: Path) -> Workspace:
    """Raises SourceError where there is none, saying how to make one."""
    if REFUSED & set(str(folder.resolve())):
        raise SourceError(
            say(
                "{folder}: tables cannot be kept under a name with % or [; rename the folder",
                folder=yaml_file.shown(folder),
            )
        )
    written = folder / "workspace.yaml"
    if not written.is_file():
        raise SourceError(
            say(
                "{folder} is not a workspace: it has no workspace.yaml; make one with 'python -m pipelines demo', or "
                "write 'organisation: <name>' into that file",
                folder=yaml_file.shown(folder),
            )
        )
    opened = Workspace(folder, _set_up(yaml_file.text_of(written), written))
    refuse_another(opened.facts, opened.set_up.place)
    return opened


@lru_cache(maxsize=16)
def _set_up(text: str, file: Path) -> SetUp:
    """The file is read each time and what it says is understood once: pages ask for their workspace many times."""
    return yaml_file.Page(text, yaml_file.shown(file)).as_model(SetUp)


def make_workspace(folder: Path, set_up: SetUp) -> Workspace:
    """Write a new workspace. Raises SourceError where one exists already."""
    if REFUSED & set(str(folder.resolve())):
        raise SourceError(
            say(
                "{folder}: tables cannot be kept under a name with % or [; choose another",
                folder=yaml_file.shown(folder),
            )
        )
    written = folder / "workspace.yaml"
    if written.exists():
        raise SourceError(say("{folder} is a workspace already; choose another folder", folder=yaml_file.shown(folder)))
    folder.mkdir(parents=True, exist_ok=True)
    said = set_up.model_dump(mode="json", exclude_none=True)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()]
    written.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_workspace(folder)
