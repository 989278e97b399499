"""Changing the edition and the packs of a workspace: those two lines change, and nothing else of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.errors import DefinitionError, RecordError
from pipelines.set_up import audit_against
from pipelines.workspace import open_workspace
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


def says(house: Path, content: str) -> Path:
    file = house / "workspace.yaml"
    file.write_bytes(content.encode("utf-8"))
    return file


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
def test_only_the_edition_and_the_packs_change(house: Path, before: str, after: str) -> None:
    file = says(house, before)
    former = open_workspace(house).set_up
    changed = audit_against(open_workspace(house), LATER, ("loud",)).set_up
    assert file.read_bytes().decode("utf-8") == after
    assert changed == former.model_copy(update={"edition": LATER, "packs": ("loud",)})
    audit_against(open_workspace(house), LATER, ("loud",))
    assert file.read_bytes().decode("utf-8") == after  # again changes nothing
    assert [path.name for path in house.iterdir() if path.is_file()] == ["workspace.yaml"]


def test_there_and_back_is_the_same_set_up(house: Path) -> None:
    says(house, f"organisation: A\nedition: {FORMER}\npacks: [loud]\n")
    first = open_workspace(house).set_up
    audit_against(open_workspace(house), LATER, ())
    assert audit_against(open_workspace(house), FORMER, ("loud",)).set_up == first


@pytest.mark.parametrize(
    ("edition", "packs", "words"),
    [("ours-2026", (), "there is no checklist 'ours-2026'"), (FORMER, ("lowd",), "there is no pack 'lowd'")],
)
def test_what_does_not_exist_is_refused_and_nothing_changes(
    house: Path, edition: str, packs: tuple[str, ...], words: str
) -> None:
    file = says(house, "organisation: A  # us\n")
    with pytest.raises(DefinitionError, match=words):
        audit_against(open_workspace(house), edition, packs)
    assert file.read_text(encoding="utf-8") == "organisation: A  # us\n"


@pytest.mark.parametrize("content", ["{organisation: A, edition: ours-2020}\n", "{\norganisation: A\n}\n"])
def test_a_file_that_is_written_otherwise_is_left_alone_with_what_to_write(house: Path, content: str) -> None:
    file = says(house, content)
    with pytest.raises(RecordError) as refused:
        audit_against(open_workspace(house), LATER, ("loud",))
    assert "write 'edition: ours-2025'" in str(refused.value) and "\n" not in str(refused.value)
    assert file.read_text(encoding="utf-8") == content
