"""Makes a workspace from a story of the demonstration: every file loaded, every document registered, one run."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audit.errors import SourceError
from audit.evidence import Outcome
from audit.records import Clock, Records, utc_now
from audit.records.auditing import answers
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.rule import Sample
from audit.text import Text
from audit.wording import say
from data.demo import story as told
from data.demo.answers import AUDITOR, BEGUN, HEARD, JUDGED, LOOKED
from data.demo.defects import Planted
from data.demo.scene import AS_OF, BEGINS, ORGANISATION
from data.demo.story import Document, File, Story
from pipelines import definitions, demo_decisions, yaml_file
from pipelines.auditing.drawing import draws
from pipelines.measuring import facts
from pipelines.receive import receive
from pipelines.storage.place import address
from pipelines.workspace import SetUp, Workspace, make_workspace

ACTOR = "Demo"
PLANTED = "planted.json"
WRITTEN = "workspace.yaml"
WRITING, LOADING = 0.05, 0.7
"""Shares of the time that are over when the files are written, and when they are loaded."""
Progress = Callable[[float, Text], None]


def stories() -> dict[str, Text]:
    return told.stories()


def make_demo(
    folder: Path,
    story: str,
    clock: Clock = utc_now,
    progress: Progress = lambda share, words: None,
    decided: bool = False,
) -> tuple[Planted, ...]:
    """
    The workspace appears whole or not at all. Raises SourceError where the story is unknown or the folder is in use.
    Returns what was planted, which the workspace keeps too. `decided` adds what people did with it: an audit under
    way, findings, actions, a management review.
    """
    folder = folder.resolve()
    _refuse_used(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=f".{folder.name}-", dir=folder.parent, ignore_cleanup_errors=True
    ) as beside:
        progress(0.0, say("Writing the story"))
        files = Path(beside) / "files"
        files.mkdir()
        made = told.make(story, files)
        asked = SetUp(organisation=ORGANISATION, as_of=AS_OF, begins=BEGINS, **_where(folder))
        workspace = make_workspace(Path(beside) / "workspace", asked)
        if workspace.storage.logs():
            raise SourceError(
                say(
                    "{place} holds tables already; name another folder of the bucket",
                    place=address(str(workspace.set_up.place)),
                )
            )
        _fill(workspace, made, clock, progress, decided)
        _refuse_used(folder)
        if folder.exists():
            (folder / WRITTEN).unlink(missing_ok=True)
            folder.rmdir()
        os.rename(workspace.folder, folder)
    progress(1.0, say("The workspace is ready"))
    return made.planted


def planted(workspace: Workspace) -> tuple[Planted, ...]:
    """What was planted when the workspace was made from a story; nothing where it was not."""
    kept = workspace.folder / PLANTED
    found = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else []
    return tuple(Planted(one["clause"], Text(**one["what"]), one["evidence"]) for one in found)


def _where(folder: Path) -> dict[str, Any]:
    """What a workspace.yaml that lies there alone says of where the facts go."""
    if not (folder / WRITTEN).is_file():
        return {}
    set_up = yaml_file.read(folder / WRITTEN).as_model(SetUp)
    server = set_up.storage
    if server and server.keys:
        server = server.model_copy(update={"keys": str((folder / server.keys).resolve())})
    return {"storage": server, "facts": set_up.facts} if set_up.facts else {}


def _refuse_used(folder: Path) -> None:
    only = folder.is_dir() and {path.name for path in folder.iterdir()} <= ({WRITTEN} if _where(folder) else set())
    if folder.exists() and not only:
        raise SourceError(
            say(
                "{folder} is not empty; choose another folder, or remove this one first",
                folder=yaml_file.shown(folder),
            )
        )


def _fill(workspace: Workspace, made: Story, clock: Clock, progress: Progress, decided: bool) -> None:
    # here, because the gate behind it takes seconds to import
    from pipelines.run import run

    with workspace.open_records(clock) as records:
        _load(workspace, records, made.files, progress)
        _register(workspace, records, made.documents)
        audit = demo_decisions.begin_audit(workspace, records) if decided else None
        _answer(workspace, records, audit.id if audit else "", begun=bool(made.planted))
        found = run(workspace, records, progress=lambda share, words: progress(LOADING + (1 - LOADING) * share, words))
        if audit:
            demo_decisions.decide(workspace, records, made.name, audit, found.id)
    _keep(workspace, made.planted)


def _load(workspace: Workspace, records: Records, files: Sequence[File], progress: Progress) -> None:
    from pipelines.load import load

    for done, file in enumerate(files):
        progress(WRITING + (LOADING - WRITING) * done / len(files), say("Loading {file}", file=file.path.name))
        mapping = definitions.mapping(file.mapping, file.source)
        load(workspace, records, file.path.read_bytes(), file.path.name, file.source, mapping, ACTOR)


def _register(workspace: Workspace, records: Records, papers: Sequence[Document]) -> None:
    for paper in papers:
        content = paper.file.read_bytes()
        received = receive(workspace.store, content, paper.file.name)
        documents.register(
            records,
            NewDocument(
                kind=paper.kind,
                title=paper.title,
                status=paper.status,
                owner=paper.owner,
                approved_by=paper.owner,
                approved_on=paper.reviewed_on,
                reviewed_on=paper.reviewed_on,
                covers_from=paper.covers_from,
                covers_to=paper.covers_to,
                sha256=received.sha256,
                file=received.file,
                size=len(content),
            ),
            ACTOR,
        )


def _answer(workspace: Workspace, records: Records, audit: str, begun: bool) -> None:
    """What the story's auditor heard, and found in the records that are drawn; only some of them where it is begun."""
    for each in HEARD:
        answers.answer(records, each.evidence, Outcome.MET, each.on, AUDITOR, each.note, each.who, audit=audit)
    rules = [rule for _, _, rule in workspace.checklist().rules() if isinstance(rule, Sample) and rule.id in JUDGED]
    at = facts.versions(workspace)
    with facts.opened(workspace, at) as connection:
        for id, sample in draws(connection, rules, at, AS_OF).items():
            for item in sample.items[: BEGUN if begun else None]:
                answers.answer(records, id, Outcome.MET, LOOKED, AUDITOR, JUDGED[id], item=item, audit=audit)


def _keep(workspace: Workspace, planted: Sequence[Planted]) -> None:
    lines = [{**asdict(one), "what": one.what.model_dump()} for one in planted]
    written = json.dumps(lines, ensure_ascii=False, indent=1) + "\n"
    (workspace.folder / PLANTED).write_text(written, encoding="utf-8")
