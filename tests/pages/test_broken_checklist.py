"""An organisation's own checklist breaks while the program runs: one line on each page, no traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines import definitions
from pipelines.__main__ import main

CLAUSE = "iso-9001-2015/5.1.2-customer-focus.yaml"
WRITTEN = (definitions.CHECKLISTS / CLAUSE).read_text(encoding="utf-8")
BROKEN = {
    "not YAML": ("clause: [", "not readable as YAML"),
    "no such figure": (WRITTEN.replace("computed: csat_top_2_box", "computed: csat_top_9"), "no KPI in pipelines/kpis"),
    "no such document": (WRITTEN.replace("document: customer risk register", "document: risks"), "no kind of document"),
}
PAGES = ("checklist", "clause", "gap_analysis", "overview")


@pytest.mark.parametrize("how", BROKEN)
def test_a_page_says_in_one_line_what_is_wrong(own_demo: Path, opened: Callable[..., AppTest], how: str) -> None:
    content, told = BROKEN[how]
    file = own_demo / "checklists" / CLAUSE
    file.parent.mkdir(parents=True)
    file.write_text(WRITTEN, encoding="utf-8")
    assert not opened(own_demo, "checklist").error
    file.write_text(content, encoding="utf-8")
    for page in PAGES:
        app = opened(own_demo, page)
        assert not app.exception
        for error in app.error:
            assert told in error.value.replace("\\", "") and "\n" not in error.value
            assert str(own_demo) not in error.value, "where the workspace lies is nobody's business"
    assert opened(own_demo, "checklist").error


def test_no_command_ends_in_a_traceback(own_demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = own_demo / "checklists" / CLAUSE
    file.parent.mkdir(parents=True)
    file.write_text(BROKEN["no such figure"][0], encoding="utf-8")
    for command in ("run", "clauses", "readiness", "gaps", "bridge"):
        assert main([command, "--workspace", str(own_demo)]) in (0, 2)
        said = capsys.readouterr().err
        assert "unexpected" not in said and said.count("\n") <= 1
