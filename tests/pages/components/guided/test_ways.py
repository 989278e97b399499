"""A known mapping is taken over, and the file stays readable: where the mapping is wrong about it, or is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.components.guided import ways
from pages.components.guided.draft import MATCH, Draft
from pipelines import suggest
from pipelines.loading import preview

COLUMNS = "columns:\n  complaint_id: Nr\n  received_at: am\n"
FRESHDESK = (
    "Ticket ID;Priority;Source;Type;Created time;Due by Time;Resolved time;Contact ID\n"
    "C9001;Urgent;Email;Problem;2026-10-30 09:00:00;;;77\n"
)


def unseen(share: float, words: object) -> None:
    """Nobody watches."""


def workspace(folder: Path, **mappings: str) -> Path:
    (folder / "mappings").mkdir()
    for name, text in mappings.items():
        (folder / "mappings" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def dropped(content: bytes, folder: Path) -> Draft:
    how = preview.written(content, "a.csv", unseen)
    draft = Draft("a.csv", content, content, how, dict(how.reading or {}))
    ways.look(draft, unseen)
    assert draft.preview is not None
    draft.source = suggest.source(draft.preview.names) or "complaints"
    ways.choose_best(draft, folder)
    ways.look(draft, unseen)
    return draft


def names(draft: Draft) -> tuple[str, ...]:
    ways.look(draft, unseen)
    return draft.preview.names if draft.preview else ()


def test_an_export_with_another_delimiter_than_its_mapping_is_read_by_its_own(tmp_path: Path) -> None:
    draft = dropped(FRESHDESK.encode(), workspace(tmp_path))
    assert draft.way == "ready:freshdesk" and names(draft)[:2] == ("Ticket ID", "Priority")
    assert draft.mapping().delimiter == ";"


def test_one_can_go_from_mapping_to_mapping_whatever_each_says_of_the_encoding(tmp_path: Path) -> None:
    of = {
        "plain": f"source: complaints\n{COLUMNS}",
        "chinese": f"source: complaints\nencoding: gb18030\n{COLUMNS}",
        "unknown": f"source: complaints\nencoding: nonsense\n{COLUMNS}",
    }
    draft = dropped("Nr,am,Straße\n1,2026-01-01,x\n".encode(), workspace(tmp_path, **of))
    for way in ("plain", "chinese", "plain", "unknown", "plain"):
        ways.choose(draft, f"saved:{way}", tmp_path)
        assert (draft.way, draft.reading.get("encoding", "utf-8")) == (f"saved:{way}", "utf-8")
        assert names(draft) == ("Nr", "am", "Straße")


@pytest.mark.parametrize("spoilt", [None, b"source: orders\n", b"source: [\n", b"\xff"],
                         ids=["gone", "of another dataset", "no YAML", "no text"])  # fmt: skip
def test_a_saved_mapping_that_is_gone_leaves_the_columns_to_be_matched(tmp_path: Path, spoilt: bytes | None) -> None:
    draft = dropped(b"Nr,am\n1,2026-01-01\n", workspace(tmp_path, ours=f"source: complaints\n{COLUMNS}"))
    assert draft.way == "saved:ours" and draft.way_failed is None
    kept = tmp_path / "mappings" / "ours.yaml"
    kept.unlink() if spoilt is None else kept.write_bytes(spoilt)
    ways.choose(draft, "saved:ours", tmp_path)
    assert draft.way == MATCH and draft.way_failed is not None and names(draft) == ("Nr", "am")
    ways.choose(draft, MATCH, tmp_path)
    assert draft.way_failed is None


def test_a_column_that_no_mapping_names_is_filled_by_the_one_of_its_name(tmp_path: Path) -> None:
    content = b"complaint_id,am,severity,other\nC1,2026-01-01,low,x\n"
    folder = workspace(tmp_path, ours="source: complaints\ncolumns:\n  received_at: am\n")
    draft = dropped(content, folder)
    ways.choose(draft, "saved:ours", folder)
    assert draft.origins == {"complaint_id": ["complaint_id"], "received_at": ["am"], "severity": ["severity"]}
