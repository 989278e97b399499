"""Of which bucket the files in a workspace are a copy: a copy is never taken for the facts, nor facts for a copy."""

from __future__ import annotations

from pathlib import Path

from audit.errors import SourceError
from audit.wording import say
from pipelines.storage.place import Place, address

COPY_OF = ".copy-of"


def note(facts: Path, place: Place) -> None:
    facts.mkdir(exist_ok=True)
    if not (facts / COPY_OF).exists():
        (facts / COPY_OF).write_text(f"{place}\n", encoding="utf-8")


def refuse_another(facts: Path, place: Place | None) -> None:
    """Raises SourceError where workspace.yaml says of the tables in this folder what they are not."""
    noted = facts / COPY_OF
    of = noted.read_text(encoding="utf-8").strip() if noted.is_file() else ""
    if place is None and of:
        raise SourceError(
            say(
                "{folder}/ is only a copy of {of}, and workspace.yaml does not name that any more; write 'facts:' and "
                "'storage:' into it again, or delete that folder to begin without facts",
                folder=facts.name, of=address(of),
            )
        )  # fmt: skip
    if place and of and of != str(place):
        raise SourceError(
            say(
                "{folder}/ is a copy of {of}, and workspace.yaml names {place}; delete that folder, or correct "
                "'facts:'",
                folder=facts.name, of=address(of), place=address(str(place)),
            )
        )  # fmt: skip
    if place and not of and any(facts.glob("*/_delta_log")):
        raise SourceError(
            say(
                "workspace.yaml names {place}, and the facts are in {folder}/ still; copy what is in that folder to "
                "there, with the same names, and move the folder away, or take 'facts:' out of workspace.yaml",
                place=address(str(place)), folder=facts.name,
            )
        )  # fmt: skip
