"""The twenty-five expectations alone, over rows of the dirty file that are staged already."""

from __future__ import annotations

import shutil
from typing import Any

from tests.bench import ours, pandas_gx
from tests.bench.job import Job, Work


def compiled(job: Job) -> Work:
    """As a load does it: the rows are in the Parquet files of staging, which has proved that no key stands twice."""
    from pipelines.gate import validate_files
    from tests.bench.contract import survey_contract

    contract, files = survey_contract(), _staged(job).rows.files

    def work() -> dict[str, Any]:
        return {"survey": ours.told(validate_files(files, contract, unique=contract.key))}

    return work


def gx(job: Job) -> Work:
    """As GX likes it: the rows are in memory."""
    check, rows = pandas_gx.suite(), _staged(job).frame.drop(columns="line")
    return lambda: {"survey": check(rows)}


def _staged(job: Job) -> Any:
    from audit.mapping import Mapping
    from pipelines.stage import stage_into
    from tests.bench.contract import survey_contract

    folder, mapping = job.scratch / "staged", Mapping(source="survey_responses")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return stage_into(folder, job.file("dirty"), "dirty.csv", survey_contract(), mapping)
