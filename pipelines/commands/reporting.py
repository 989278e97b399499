"""report, verify: what leaves the house, and whether it and the workspace are whole."""

from __future__ import annotations

import argparse
import hashlib
import os
from pathlib import Path

from audit.errors import SourceError
from pipelines import results
from pipelines.commands.terminal import at_work, print_table, tell


def report(asked: argparse.Namespace) -> int:
    from pipelines.reports import gap, pack

    to = Path(asked.to)
    if not to.parent.is_dir():
        raise SourceError(f"{to}: the folder {to.parent} does not exist; make it first or name another")
    with at_work(asked) as (workspace, records):
        found = results.latest(workspace)
        if found is None:
            raise SourceError("there is no run to report on; make one with 'python -m pipelines run'")
        if asked.kind == "gap":
            content = gap.page(workspace, records, found, "zh" if to.stem.endswith(".zh") else "en").encode("utf-8")
        else:
            content = pack.build(workspace, records, found)
    beside = to.with_name(f".{to.name}.tmp")
    beside.write_bytes(content)
    os.replace(beside, to)
    document = {"file": str(to), "sha256": hashlib.sha256(content).hexdigest(), "run": found.id}
    tell(asked, document, lambda: print_table(["file", "sha256"], [[document["file"], document["sha256"]]]))
    return 0


def verify(asked: argparse.Namespace) -> int:
    """Exit 1 where damage was found."""
    if asked.pack:
        from pipelines.reports.archive import damage as pack_damage

        found = pack_damage(Path(asked.pack))
    else:
        from pipelines.integrity import damage

        with at_work(asked) as (workspace, records):
            found = damage(workspace, records)
    rows = [{"what": one.what, "where": one.where} for one in found]
    document = {"ok": not rows, "damage": rows}
    tell(
        asked,
        document,
        lambda: print_table(["where", "what"], [[r["where"], r["what"]] for r in rows] or [["all", "whole"]]),
    )
    return 1 if rows else 0
