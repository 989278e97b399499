"""Examples of themes are read from the table: what was erased is in no run, and in no example any more."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from arrived import arrive

from pipelines import analyses
from pipelines.analyses.themes.examples import Example, examples
from pipelines.personal.erasure import erase
from pipelines.run import run
from pipelines.workspace import SetUp, Workspace, make_workspace, open_workspace

ID, NAME = "KUNDE-Qx7731", "Quillon Xanthedral"
OWN = f"Zygomorphic delivery, says {NAME}; call +49 171 9081726 or quillon@zephyr.example, account 6222020200001234567"
CUSTOMERS = f"customer_id,name,email,segment,customer_since\n{ID},{NAME},q@zephyr.example,Private,2021-01-01\n"
HOSTILE = '<script>alert(1)</script> [x](javascript:1) =HYPERLINK("late") late'


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Canary alone writes of delivery, twice; another writes what a browser must not run. For reading only."""
    folder = tmp_path_factory.mktemp("spoken") / "own"
    workspace = make_workspace(folder, SetUp(organisation="A test", as_of=dt.date(2026, 3, 31)))
    lines = [f'r1,2026-01-05,{ID},1,"{OWN}"', f"r2,2026-01-06,{ID},2,Delivery never came"]
    lines += [f"s{at},2026-02-{1 + at % 20:02},A-{at},{1 + at % 5},Price is fine" for at in range(38)]
    quoted = HOSTILE.replace('"', '""')
    lines.append(f's99,2026-02-01,A-1,4,"{quoted}"')
    content = "response_id,answered_on,customer_id,satisfaction,comment\n" + "\n".join(lines) + "\n"
    with workspace.open_records() as records:
        arrive(workspace, records, "customers", "customers.csv", CUSTOMERS.encode())
        assert arrive(workspace, records, "survey_responses", "answers.csv", content.encode()).published
        run(workspace, records)
    return workspace


def seen(workspace: Workspace, theme: str) -> list[Example]:
    from pipelines.runs import results

    latest = results.latest(workspace)
    assert latest
    found = analyses.of_run("themes", workspace.runs / latest.id)
    part = found.sources["survey_responses"]
    one = next(each for each in part.result.themes if each.theme == theme)
    return examples(workspace, latest, "survey_responses", one, found.theme(theme))


def text(example: Example) -> str:
    return "".join(piece.text for piece in example.pieces)


def test_no_run_holds_a_comment_and_erasure_reaches_every_example(spoken: Workspace, tmp_path: Path) -> None:
    own = open_workspace(shutil.copytree(spoken.folder, tmp_path / "own"))
    before = sorted(text(each) for each in seen(own, "delivery"))
    assert len(before) == 3 and any("Zygomorphic" in each for each in before)
    for file in (path for path in own.runs.rglob("*") if path.is_file()):
        assert not any(word in file.read_bytes() for word in (b"Zygomorphic", b"never came", b"Price is fine"))
    with own.open_records() as records:
        erase(own, records, ID, "Ann", "asked for on 2026-03-30")
    after = [text(each) for each in seen(own, "delivery")]  # of the same run
    assert after == [HOSTILE]


def test_the_writer_s_name_contacts_and_numbers_are_masked(spoken: Workspace) -> None:
    (own,) = (text(each) for each in seen(spoken, "delivery") if "Zygomorphic" in text(each))
    assert own == "Zygomorphic delivery, says [name]; call [phone] or [e-mail], account [number]"


def test_what_was_counted_is_marked_and_the_rest_is_as_it_was_written(spoken: Workspace) -> None:
    (one,) = (each for each in seen(spoken, "delivery") if "script" in text(each))
    assert text(one) == HOSTILE
    assert [piece.text for piece in one.pieces if piece.word] == ["late", "late"]


def test_one_text_is_shown_once(spoken: Workspace) -> None:
    assert [text(each) for each in seen(spoken, "price")] == ["Price is fine"]
