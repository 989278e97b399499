"""pandas without a library of expectations: the same twenty-five questions, written by hand and vectorised."""

from __future__ import annotations

from typing import Any

from tests.bench.job import Job, Work
from tests.bench.pandas_gx import read, write
from tests.bench.survey import CHANNELS, PRODUCTS


def load(job: Job) -> Work:
    import pandas  # noqa: F401
    import pyarrow.parquet  # noqa: F401

    def work() -> dict[str, Any]:
        frame = read(job)
        found = unexpected(frame)
        write(frame, job, "hand")
        counts = [int(mask.sum()) for mask in found]
        return {"survey": {"loaded": len(frame), "expectations": len(found), "unexpected": sum(counts)}}

    return work


def unexpected(rows: Any) -> list[Any]:
    """For each expectation of the contract a mask of the rows that it does not expect, in the contract's order."""
    import pandas as pd

    id, day, invitation, customer = rows["response_id"], rows["answered_on"], rows["invitation_id"], rows["customer_id"]
    satisfaction, recommend, ease, comment = rows["satisfaction"], rows["recommend"], rows["ease"], rows["comment"]
    channel, product = rows["channel"], rows["product"]
    first, last = pd.Timestamp("1970-01-02"), pd.Timestamp("2026-12-01")
    mean = satisfaction.mean()
    return [
        id.notna() & id.duplicated(keep=False),
        satisfaction.notna() & ~satisfaction.between(1, 5),
        recommend.notna() & ~recommend.between(0, 10),
        satisfaction.isna(),
        id.isna(),
        day.isna(),
        id.notna() & ~_matches(id, "^R[0-9]{8}$"),
        id.notna() & (id.str.len() != 9),
        day.notna() & ~day.between(first, last),
        invitation.notna() & ~_matches(invitation, "^I[0-9]{8}$"),
        invitation.notna() & invitation.duplicated(keep=False),
        invitation.isna(),
        customer.isna(),
        invitation.notna() & ~_matches(invitation, "^I[2-9][0-9]{7}$"),
        ease.notna() & ~ease.between(1, 7),
        recommend.isna(),
        ease.isna(),
        comment.notna() & ~comment.str.len().between(1, 200),
        _matches(comment, "[A-Za-z0-9.]+://[A-Za-z0-9]+[.][a-z]+"),
        channel.notna() & ~channel.isin(CHANNELS),
        channel.isna(),
        product.notna() & ~product.isin(PRODUCTS),
        product.isna(),
        rows.duplicated(["customer_id", "invitation_id", "answered_on"], keep=False),
        pd.Series([not 2 <= mean <= 4.8]),
    ]


def _matches(texts: Any, pattern: str) -> Any:
    return texts.str.contains(pattern, regex=True, na=False)
