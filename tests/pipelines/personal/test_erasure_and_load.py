"""An erasure and a load at the same moment: the one waits for the other, and nothing of the person stays."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest
from arrived import arrive
from canary import ID, SECRETS, places

from audit.errors import RecordError
from audit.records import erasures, loads
from pipelines.personal.erasure import erase
from pipelines.personal.journal import FILE as JOURNAL
from pipelines.upkeep import turn
from pipelines.upkeep.integrity import damage
from pipelines.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[1]))
from at_a_step import let_go, stopped

REASON = "asked for on 2026-04-01, article 17"
FILE = f"response_id,answered_on,customer_id,satisfaction,comment\nr8,2026-03-05,{ID},5,again\nr9,2026-03-05,A-1,5,\n"
LOAD = """
with workspace.open_records() as records:
    given = (sys.argv[2].encode(), "late.csv", "survey_responses", Mapping(source="survey_responses"), "Ann")
    print(load(workspace, records, *given, {progress}).published)
"""
ERASE = """
from pipelines.personal.erasure import erase
with workspace.open_records() as records:
    {stop}
    print(erase(workspace, records, sys.argv[2], "Ann", "asked for by letter").pseudonym[:2])
"""
STEPS = ["keeping the original", "reading the rows", "publishing the rows", "recording the load"]


def erasing(workspace: Workspace) -> threading.Thread:
    def work() -> None:
        with workspace.open_records() as records:
            erase(workspace, records, ID, "Ann", REASON)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.mark.parametrize("step", STEPS)
def test_a_load_at_any_step_is_waited_for_and_its_rows_go_too(inhabited: Workspace, step: str) -> None:
    code = LOAD.format(progress=f"stop_before({step!r})")
    with stopped(code, inhabited.folder, FILE) as child:
        thread = erasing(inhabited)
        for _ in range(30):
            time.sleep(0.1)
            assert thread.is_alive() and not (inhabited.folder / JOURNAL).exists(), "it did not wait"
        assert let_go(child) == "True\n"
    thread.join(60)
    assert {secret: places(inhabited, secret) for secret in SECRETS} == {secret: [] for secret in SECRETS}
    with inhabited.open_records() as records:
        assert "late.csv" in {one.file for one in loads.every(records)}
        assert damage(inhabited, records) == []


def test_nobody_waits_for_ever_for_a_load(inhabited: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "WAIT", 0.3)
    before = places(inhabited, ID)
    with stopped(LOAD.format(progress=f"stop_before({STEPS[0]!r})"), inhabited.folder, FILE) as child:
        with inhabited.open_records() as records:
            with pytest.raises(RecordError, match="others load, measure or erase just now; nothing was changed"):
                erase(inhabited, records, ID, "Ann", REASON)
            assert erasures.every(records) == []
        assert set(before) <= set(places(inhabited, ID))
        assert let_go(child) == "True\n"


def test_a_load_waits_for_an_erasure_and_what_it_brings_is_new(inhabited: Workspace) -> None:
    with stopped(ERASE.format(stop='stop_in("replace")'), inhabited.folder, ID) as child:
        loading = threading.Thread(target=late, args=(inhabited,))
        loading.start()
        loading.join(1.0)
        assert loading.is_alive(), "it did not wait"
        assert let_go(child) == "c-\n"
    loading.join(60)
    assert places(inhabited, ID)
    with inhabited.open_records() as records:
        assert damage(inhabited, records) == []


def late(workspace: Workspace) -> None:
    with workspace.open_records() as records:
        assert arrive(workspace, records, "survey_responses", "late.csv", FILE.encode()).published


def test_nobody_waits_for_ever_for_an_erasure(inhabited: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "WAIT", 0.3)
    with stopped(ERASE.format(stop='stop_in("replace")'), inhabited.folder, ID) as child:
        with inhabited.open_records() as records, pytest.raises(RecordError, match="is erased from this workspace"):
            arrive(inhabited, records, "survey_responses", "late.csv", FILE.encode())
        assert let_go(child) == "c-\n"


def test_a_killed_erasure_holds_nobody_up(inhabited: Workspace) -> None:
    with stopped(ERASE.format(stop='stop_in("replace")'), inhabited.folder, ID) as child:
        child.kill()
        child.wait()
    late(inhabited)
    with inhabited.open_records() as records:
        erase(inhabited, records, ID, "Ann", REASON)
        assert damage(inhabited, records) == []
    assert not any(places(inhabited, secret) for secret in SECRETS)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_a_killed_load_left_of_the_person_goes_too(inhabited: Workspace, step: str) -> None:
    code = f"stop_in({step!r})" + LOAD.format(progress="lambda share, words: None")
    with stopped(code, inhabited.folder, FILE.replace("again", SECRETS[-1] + " once more")) as child:
        child.kill()
        child.wait()
    with inhabited.open_records() as records:
        erase(inhabited, records, ID, "Ann", REASON)
    assert {secret: places(inhabited, secret) for secret in SECRETS} == {secret: [] for secret in SECRETS}
