"""Voice of customer: what the run found of why customers are satisfied, and why where it found nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def test_without_a_run_the_page_says_the_next_step(opened: Open, own_demo: Path) -> None:
    (own_demo / "runs" / "latest").unlink()
    assert opened(own_demo, "voice").title[0].value == "Nothing has been assessed yet"
