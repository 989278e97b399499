"""backup and restore: a whole workspace in one file, and the way back."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipelines.commands.terminal import actor, at_work, print_table, progress_bar, say, tell


def backup(asked: argparse.Namespace) -> int:
    """Exit 0: taken and read back; 1: taken, and the workspace itself is damaged."""
    from pipelines.backup.write import backup as taken

    with at_work(asked) as (workspace, records), progress_bar("backup") as moved:
        done = taken(workspace, records, Path(asked.to), actor(), asked.with_key, moved)
    manifest = done.manifest
    document = {
        "file": str(done.file),
        "head": manifest.head.seq,
        "files": len(manifest.files),
        "bytes": sum(each.size for each in manifest.files.values()),
        "versions": manifest.versions,
        "with_key": manifest.with_key,
        "damage": [each.said("en") for each in done.damage],
    }
    row = [done.file, manifest.head.seq, len(manifest.files), document["bytes"]]
    tell(asked, document, lambda: print_table(["backup", "last entry", "files", "bytes"], [row]))
    if manifest.with_key:
        say("the key of the pseudonyms is in this backup: whoever has it can name every customer, so lock it away")
    else:
        say("the key of the pseudonyms is not in this backup: keep a copy of it apart from here (docs/backup.md)")
    for each in done.damage:
        say(f"the workspace is damaged, and so is its copy: {each}")
    return 1 if done.damage else 0


def restore(asked: argparse.Namespace) -> int:
    """Exit 0: restored and verified; 1: restored as damaged as the workspace was."""
    from pipelines.backup.restore import INSIDE, Asked
    from pipelines.backup.restore import restore as restored

    wanted = Asked(actor(), asked.records or INSIDE, asked.even_if_older or "")
    with progress_bar("restore") as moved:
        done = restored(Path(asked.backup), Path(asked.to), wanted, moved)
    manifest = done.manifest
    document = {
        "folder": str(done.folder),
        "made_at": manifest.made_at.isoformat(),
        "head": manifest.head.seq,
        "lost": [manifest.head.seq + 1, done.seen] if done.seen > manifest.head.seq else [],
        "with_key": manifest.with_key,
        "damage": [each.said("en") for each in done.damage],
    }
    row = [done.folder, f"{manifest.made_at:%Y-%m-%d %H:%M} UTC", manifest.head.seq]
    tell(asked, document, lambda: print_table(["restored", "as of", "last entry"], [row]))
    if manifest.with_key:
        say("the key of the pseudonyms is at key/pseudonyms.key: whoever has it can name every customer")
    else:
        say(
            "the key of the pseudonyms was not in the backup: put it at key/pseudonyms.key, or name its place as "
            "'key:' in workspace.yaml, before you load or erase"
        )
    if document["lost"]:
        say(f"entries {manifest.head.seq + 1:,} to {done.seen:,} are lost; the trail says so, with your reason")
    for each in done.damage:
        say(f"the backup holds a damaged workspace: {each}")
    return 1 if done.damage else 0
