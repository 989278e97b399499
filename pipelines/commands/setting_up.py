"""demo, check: a workspace to look at, and whether the definitions are usable."""

from __future__ import annotations

import argparse

from pipelines.commands.terminal import print_table, progress_bar, tell
from pipelines.workspace import chosen


def demo(asked: argparse.Namespace) -> int:
    from audit.records import utc_now
    from pipelines.demo import make_demo, stories

    if asked.list:
        named = [{"story": name, "about": about.en} for name, about in stories().items()]
        tell(asked, named, lambda: print_table(["story", "about"], [list(row.values()) for row in named]))
        return 0
    folder = chosen(asked.workspace)
    with progress_bar("demo") as moved:
        planted = make_demo(folder, asked.story, utc_now, moved, decided=True)
    rows = [{"clause": one.clause, "what": one.what.en, "evidence": one.evidence} for one in planted]
    document = {"story": asked.story, "workspace": str(folder), "planted": rows}
    tell(
        asked,
        document,
        lambda: print_table(["clause", "evidence", "what"], [[r["clause"], r["evidence"], r["what"]] for r in rows]),
    )
    return 0


def check(asked: argparse.Namespace) -> int:
    """Exit 1 where a definition cannot be used."""
    from pipelines import definitions
    from pipelines.check import check as checked

    own = chosen(asked.workspace) / "checklists"
    found = checked(
        layers=(definitions.CHECKLISTS, own) if own.is_dir() else (definitions.CHECKLISTS,),
        mappings=(definitions.MAPPINGS, chosen(asked.workspace) / "mappings"),
        own_themes=chosen(asked.workspace) / "themes.yaml",
        workspace=chosen(asked.workspace),
    )
    rows = [{"file": m.file, "line": m.line, "column": m.column, "message": m.message} for m in found.mistakes]
    document = {**found.counts, "mistakes": rows}
    tell(asked, document, lambda: _print(found.counts, [list(row.values()) for row in rows]))
    return 1 if rows else 0


def _print(counts: dict[str, int], rows: list[list[object]]) -> None:
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    if rows:
        print_table(["file", "line", "column", "message"], rows)
