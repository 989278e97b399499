"""The month to which each row of a source belongs, as text: '2026-03'."""

from __future__ import annotations

import pandas as pd

from audit.source import Source

UNDATED = ""


def months(frame: pd.DataFrame, contract: Source) -> pd.Series[str]:
    """One text per row; the empty text for a register without dates."""
    if contract.dated_by is None:
        return pd.Series(UNDATED, index=frame.index, dtype="str")
    return pd.to_datetime(frame[contract.dated_by]).dt.strftime("%Y-%m").fillna(UNDATED)
