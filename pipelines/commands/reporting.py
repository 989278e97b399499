"""report, verify: what leaves the house, and whether it and the workspace are whole."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import SourceError
from audit.records.trail.trail import Damage
from audit.text import Language
from pipelines import whole
from pipelines.commands.terminal import at_work, print_table, progress_bar, tell
from pipelines.runs import results

if TYPE_CHECKING:
    from pipelines.reports.origin import Compared


def report(asked: argparse.Namespace) -> int:
    from pipelines.reports import gap, given_out, methods

    to = Path(asked.to)
    if not to.parent.is_dir():
        raise SourceError(f"{to}: the folder {to.parent} does not exist; make it first or name another")
    with at_work(asked) as (workspace, records):
        found = results.latest(workspace)
        if found is None:
            raise SourceError("there is no run to report on; make one with 'python -m pipelines run'")
        language: Language = "zh" if to.stem.endswith(".zh") else "en"
        if asked.kind == "gap":
            content = gap.page(workspace, records, found, language).encode("utf-8")
        elif asked.kind == "methods":
            content = methods.page(workspace, records, found, language).encode("utf-8")
        else:
            content = given_out.build(workspace, records, found)
    whole.write(to, content, lasting=False)
    document = {"file": str(to), "sha256": hashlib.sha256(content).hexdigest(), "run": found.id}
    tell(asked, document, lambda: print_table(["file", "sha256"], [[document["file"], document["sha256"]]]))
    return 0


UNHELD = "not compared, because this workspace has no note that it gave this pack out"


def verify(asked: argparse.Namespace) -> int:
    """Exit 1 where damage was found."""
    if asked.pack:
        return _verify_pack(asked)
    rows = [one.said("en") for one in _workspace(asked)]
    tell(asked, {"ok": not rows, "damage": rows}, lambda: _print_found(rows))
    return 1 if rows else 0


def _verify_pack(asked: argparse.Namespace) -> int:
    found = _pack(asked)
    rows = [one.said("en") for one in found.damage]
    beside = [{"where": name, "what": UNHELD} for name in found.unheld]
    document: dict[str, object] = {"ok": not rows, "damage": rows}
    document |= {"not_compared": found.unheld} if asked.workspace else {}
    tell(asked, document, lambda: _print_found([*rows, *beside]))
    return 1 if rows else 0


def _print_found(rows: list[dict[str, str]]) -> None:
    print_table(["where", "what"], [[row["where"], row["what"]] for row in rows] or [["all", "whole"]])


def _workspace(asked: argparse.Namespace) -> list[Damage]:
    from pipelines.upkeep.integrity import damage

    with at_work(asked) as (workspace, records), progress_bar("verify") as progress:
        return damage(workspace, records, progress)


def _pack(asked: argparse.Namespace) -> Compared:
    """Whoever received it can check its sums; whoever made it can hold it against the workspace too."""
    from pipelines.reports import archive, origin

    found = archive.damage(Path(asked.pack))
    if asked.workspace and not found:
        with at_work(asked) as (workspace, records):
            return origin.compared(workspace, records, Path(asked.pack))
    return origin.Compared(found, [])
