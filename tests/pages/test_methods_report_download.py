"""The report of methods beside the evidence pack: written when asked for, offered in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def offered(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("download_button")]  # type: ignore[attr-defined]


def test_the_report_is_written_when_it_is_asked_for(opened: Open, demo: Path) -> None:
    app = opened(demo, "evidence_pack")
    assert offered(app) == []
    app.button(key="write_methods").click().run()
    assert offered(app) == ["Download (EN)", "Download (中文)"] and not app.exception and not app.error
