"""pandas and Great Expectations, as a team would write it: typed reading, one suite, Parquet by month."""

from __future__ import annotations

from typing import Any

from tests.bench.job import Job, Work

DTYPES = {"satisfaction": "Int64", "recommend": "Int64", "ease": "Int64"}


def load(job: Job) -> Work:
    import great_expectations  # noqa: F401  (it takes seconds, which are no part of the work)

    check = suite()

    def work() -> dict[str, Any]:
        frame = read(job)
        told = check(frame)
        write(frame, job, "gx")
        return {"survey": {"loaded": len(frame)} | told}

    return work


def read(job: Job) -> Any:
    import pandas as pd

    return pd.read_csv(job.file("survey"), dtype=DTYPES, parse_dates=["answered_on"], date_format="%Y-%m-%d")


def write(frame: Any, job: Job, name: str) -> None:
    frame["month"] = frame["answered_on"].dt.strftime("%Y-%m")
    frame.to_parquet(job.scratch / name, partition_cols=["month"], index=False)


def suite() -> Any:
    """The suite of the contract, built; the returned function holds a data frame against it."""
    import logging
    import os

    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    from pipelines.gating.expectation_arguments import arguments
    from tests.bench.contract import survey_contract

    contract = survey_contract()
    built = [
        ExpectationConfiguration(type=each.type, kwargs=arguments(each, contract)).to_domain_obj()
        for each in contract.gate
    ]
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("bench").add_dataframe_asset("rows")
    definition = asset.add_batch_definition_whole_dataframe("all")

    def check(frame: Any) -> dict[str, Any]:
        batch = definition.get_batch(batch_parameters={"dataframe": frame})
        answers = batch.validate(gx.ExpectationSuite(name="bench", expectations=built), result_format=RESULT).results
        return {
            "expectations": len(answers),
            "unexpected": sum(int(answer.result.get("unexpected_count") or 0) for answer in answers),
            "unchecked": sum(answer.success is None or not answer.result for answer in answers),
        }

    return check


# What a gate must know to be of use: how many, and which rows.
RESULT = {"result_format": "COMPLETE", "partial_unexpected_count": 20}
