"""erase: takes a person out of the workspace, and records that it was done."""

from __future__ import annotations

import argparse
import sys

from audit.errors import SourceError
from pipelines.commands.terminal import actor, at_work, print_table, say, tell


def erase(asked: argparse.Namespace) -> int:
    """Exit 0: erased; 2: not confirmed, or nobody of that name."""
    from pipelines.personal.erasure import erase as erased

    if not asked.yes:
        _confirm(asked.customer)
    with at_work(asked) as (workspace, records):
        done = erased(workspace, records, asked.customer, actor(), asked.reason, asked.keep_originals)
    document = {
        "pseudonym": done.pseudonym,
        "rows": done.rows,
        "files_changed": len(done.changed),
        "kept": list(done.kept),
        "actor": done.actor,
        "reason": done.reason,
        "at": done.at.isoformat(),
    }
    rows: list[list[object]] = [[f"rows of {source}", count] for source, count in sorted(done.rows.items())]
    rows.append(["files changed", len(done.changed)])
    rows.extend(["kept", what] for what in done.kept)
    tell(asked, document, lambda: print_table(["erased", done.pseudonym], rows))
    if done.kept:
        say(f"{len(done.kept)} things are kept and may still name the person; see 'kept'")
    return 0


def _confirm(customer: str) -> None:
    """On a terminal a person must agree; elsewhere only --yes says so."""
    if not sys.stdin.isatty():
        raise SourceError("erasing cannot be undone; add --yes to say that you mean it")
    print(f"Erase {customer} from every table version, original and list of rejects? This cannot be undone.")
    if input("Type 'erase' to go on: ").strip() != "erase":
        raise SourceError("not confirmed, so nothing was changed; type the word erase, or add --yes")
