"""What Clauselight does with the files, by the functions that its command line calls."""

from __future__ import annotations

import inspect
from typing import Any

from tests.bench.job import Case, Job, Work

SOURCES = {"survey": "survey_responses", "dirty": "survey_responses", "month": "survey_responses"}


def load(*files: str, workspace: str = "workspace") -> Case:
    """A case that loads these files into the workspace of the job; a new one, where the job has none yet."""

    def ready(job: Job) -> Work:
        from audit.mapping import Mapping
        from pipelines.load import load as brought_in
        from pipelines.workspace import SetUp, make_workspace, open_workspace
        from tests.bench.contract import make_known

        make_known()
        _warm_up()
        takes_path = "Path" in str(inspect.signature(brought_in).parameters["content"].annotation)
        folder = job.scratch / workspace
        known = (folder / "workspace.yaml").exists()
        opened = open_workspace(folder) if known else make_workspace(folder, SetUp(organisation="Bench"))

        def work() -> dict[str, Any]:
            found = {}
            records = opened.open_records()
            try:
                for file in files:
                    path, source = job.file(file), SOURCES.get(file, file)
                    content: Any = path if takes_path else path.read_bytes()
                    found[file] = brought_in(
                        opened, records, content, path.name, source, Mapping(source=source), "bench"
                    )
            finally:
                records.close()
            return {name: _told(one) for name, one in found.items()}

        return work

    return ready


def _warm_up() -> None:
    """The libraries that are imported on first use are no part of the work."""
    import deltalake
    import duckdb
    import pandas
    import pyarrow.parquet

    assert deltalake and duckdb and pandas and pyarrow.parquet


def _told(load: Any) -> dict[str, Any]:
    counts = {"lines": load.lines, "loaded": load.loaded, "rejected": load.rejected, "published": load.published}
    return counts | told(load.gate)


def told(gate: Any) -> dict[str, Any]:
    return {
        "expectations": len(gate),
        "unexpected": sum(result.unexpected for result in gate),
        "unchecked": sum(result.outcome == "could not be checked" for result in gate),
    }
