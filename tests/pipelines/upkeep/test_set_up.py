"""Changing the edition and the packs of a workspace: those two lines change, and nothing else of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.access.person import Person
from audit.errors import DefinitionError, Denied, RecordError
from audit.records import Records, open_records
from audit.records.trail import trail
from pipelines import whole
from pipelines.upkeep.set_up import audit_against
from pipelines.workspace import Workspace, open_workspace
from tests.pipelines.own_checklist import FORMER, LATER, written

# what the file says, and what it says once it is ours-2025 with the pack loud
CHANGES = {
    "nothing of it yet": ("organisation: A\n", 'organisation: A\nedition: "ours-2025"\npacks: ["loud"]\n'),
    "no line end": ("organisation: A", 'organisation: A\nedition: "ours-2025"\npacks: ["loud"]\n'),
    "in the middle": (
        "# ours\nedition: ours-2020\n\n# who we are\norganisation: A  # since 1990\n",
        '# ours\nedition: "ours-2025"\n\n# who we are\norganisation: A  # since 1990\npacks: ["loud"]\n',
    ),
    "a remark": (
        "edition: ours-2020  # certified\norganisation: A\n",
        'edition: "ours-2025"  # certified\norganisation: A\npacks: ["loud"]\n',
    ),
    "a list over lines": (
        "packs:\n  - loud\n\n# the last word\norganisation: A\n",
        'packs: ["loud"]\n\n# the last word\norganisation: A\nedition: "ours-2025"\n',
    ),
    "a list without indent": (
        "packs:\n- loud\norganisation: A\n",
        'packs: ["loud"]\norganisation: A\nedition: "ours-2025"\n',
    ),
    "brackets over lines": (
        "packs: [\n  loud,\n]\norganisation: A\n",
        'packs: ["loud"]\norganisation: A\nedition: "ours-2025"\n',
    ),
    "a comment at the end": (
        "organisation: A\nedition: ours-2020\npacks: []\n# the end\n",
        'organisation: A\nedition: "ours-2025"\npacks: ["loud"]\n# the end\n',
    ),
    "a quoted key": (
        '"edition": ours-2020\norganisation: A\n',
        'edition: "ours-2025"\norganisation: A\npacks: ["loud"]\n',
    ),
    "words that look like it": (
        "organisation: 'A: edition: x'\nkey: packs/edition\n",
        "organisation: 'A: edition: x'\nkey: packs/edition\nedition: \"ours-2025\"\npacks: [\"loud\"]\n",
    ),
    "lines of Windows": (
        "organisation: A\r\nedition: ours-2020\r\nas_of: 2026-06-30\r\n",
        'organisation: A\r\nedition: "ours-2025"\r\nas_of: 2026-06-30\r\npacks: ["loud"]\r\n',
    ),
    "a mark in front": ("\ufeffedition: ours-2020\norganisation: 公司\n",
                        'edition: "ours-2025"\norganisation: 公司\npacks: ["loud"]\n'),
}  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Path:
    written(tmp_path / "checklists")
    return tmp_path


@pytest.fixture
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    with open_records(f"sqlite:///{tmp_path_factory.mktemp('records') / 'records.sqlite'}") as opened:
        yield opened


def choose(house: Path, records: Records, edition: str, packs: tuple[str, ...]) -> Workspace:
    return audit_against(open_workspace(house), records, edition, packs, "Ann", "agreed")


def full(*names: object) -> None:
    raise OSError(28, "No space left on device")


def says(house: Path, content: str) -> Path:
    file = house / "workspace.yaml"
    file.write_bytes(content.encode("utf-8"))
    return file


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
def test_only_the_edition_and_the_packs_change(house: Path, records: Records, before: str, after: str) -> None:
    file = says(house, before)
    former = open_workspace(house).set_up
    changed = choose(house, records, LATER, ("loud",)).set_up
    assert file.read_bytes().decode("utf-8") == after
    assert changed == former.model_copy(update={"edition": LATER, "packs": ("loud",)})
    choose(house, records, LATER, ("loud",))
    assert file.read_bytes().decode("utf-8") == after  # again changes nothing
    assert [path.name for path in house.iterdir() if path.is_file()] == ["workspace.yaml"]


def test_the_trail_says_who_chose_it_and_why(house: Path, records: Records) -> None:
    says(house, "organisation: A\n")
    choose(house, records, LATER, ("loud",))
    choose(house, records, LATER, ("loud",))  # the same again is no change
    choose(house, records, FORMER, ())
    told = [(e.actor, e.action, e.object, e.object_id, e.reason) for e in trail.entries(records)]
    assert told == [("Ann", "set", "set-up", LATER, "agreed"), ("Ann", "set", "set-up", FORMER, "agreed")]
    assert '"packs":["loud"]' in trail.entries(records)[0].payload


def test_neither_changes_where_the_other_cannot(house: Path, records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    file = says(house, "organisation: A\n")
    with pytest.raises(RecordError, match="the reason for changing the edition or the packs is missing"):
        audit_against(open_workspace(house), records, LATER, (), "Ann", " ")
    opened = open_workspace(house)
    monkeypatch.setattr(whole.os, "replace", full)
    with pytest.raises(RecordError, match="workspace.yaml cannot be written"):
        audit_against(opened, records, LATER, ("loud",), "Ann", "agreed")
    assert file.read_text(encoding="utf-8") == "organisation: A\n" and trail.entries(records) == []


def test_who_may_not_is_denied_and_nothing_changes(house: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = says(house, "organisation: A\n")
    place = f"sqlite:///{tmp_path_factory.mktemp('team') / 'records.sqlite'}"
    with open_records(place, signing_in=True) as records, pytest.raises(Denied, match="without a role"):
        audit_against(open_workspace(house), records, LATER, (), Person("Vera", "https://id.example.org|1"), "agreed")
    assert file.read_text(encoding="utf-8") == "organisation: A\n"


def test_there_and_back_is_the_same_set_up(house: Path, records: Records) -> None:
    says(house, f"organisation: A\nedition: {FORMER}\npacks: [loud]\n")
    first = open_workspace(house).set_up
    choose(house, records, LATER, ())
    assert choose(house, records, FORMER, ("loud",)).set_up == first


@pytest.mark.parametrize(
    ("edition", "packs", "words"),
    [("ours-2026", (), "there is no checklist 'ours-2026'"), (FORMER, ("lowd",), "there is no pack 'lowd'")],
)
def test_what_does_not_exist_is_refused_and_nothing_changes(
    house: Path, records: Records, edition: str, packs: tuple[str, ...], words: str
) -> None:
    file = says(house, "organisation: A  # us\n")
    with pytest.raises(DefinitionError, match=words):
        choose(house, records, edition, packs)
    assert file.read_text(encoding="utf-8") == "organisation: A  # us\n"


@pytest.mark.parametrize("content", ["{organisation: A, edition: ours-2020}\n", "{\norganisation: A\n}\n"])
def test_a_file_that_is_written_otherwise_is_left_alone_with_what_to_write(
    house: Path, records: Records, content: str
) -> None:
    file = says(house, content)
    with pytest.raises(RecordError) as refused:
        choose(house, records, LATER, ("loud",))
    assert "write 'edition: ours-2025'" in str(refused.value) and "\n" not in str(refused.value)
    assert file.read_text(encoding="utf-8") == content
