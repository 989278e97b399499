import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from behind import TABLES, behind_its_back, of_an_entry, seal_again

from audit.evidence import Verdict
from audit.load import Load
from audit.records import Records, loads, open_records
from audit.records.auditing import decisions
from audit.records.document import documents
from audit.records.document.documents import NewDocument
from audit.records.targets import criteria
from audit.records.trail import trail

FIELDS = (
    "seq", "at", "actor", "action", "object", "object_id", "payload", "reason", "previous", "role", "identity", "key",
)  # fmt: skip
LATER = ("role", "identity", "key")


@pytest.fixture
def kept(records: Records, load: Load) -> Iterator[Records]:
    """Seven entries: 1 load, 2 document, 3 its revision, 4 and 5 criterion, 6 and 7 decision."""
    loads.keep(records, load, "Ann")
    documents.register(records, NewDocument("survey method", "How we ask", reviewed_on=dt.date(2026, 5, 1)), "Ann")
    documents.revise(records, "DOC-001", "Ann", "Yearly review", status="approved", sha256="d" * 64)
    criteria.set_criterion(records, "9.1.2-a-1", {"at_least": "25 %"}, "Ann", "董事会要求")
    criteria.reset(records, "9.1.2-a-1", "Ben", "Back to normal")
    decisions.conclude(records, "9.1.2-a", "run-1", Verdict.CONFORMS, Verdict.CONFORMS, "Cem")
    decisions.conclude(records, "9.1.2-a", "run-2", Verdict.CONFORMS, Verdict.UNDETERMINED, "Cem", "Too few")
    yield records


def anchor(records: Records) -> Path:
    assert records.anchor
    return records.anchor.path


def found(records: Records) -> list[str]:
    return [str(damage) for damage in trail.verify(records)]


def test_the_trail_says_who_did_what_to_which_object_and_why(kept: Records) -> None:
    told = [(e.seq, e.actor, e.action, e.object, e.object_id, e.reason) for e in trail.entries(kept)]
    assert told == [
        (1, "Ann", "load", "load", "0123456789ab", ""),
        (2, "Ann", "register", "document", "DOC-001", ""),
        (3, "Ann", "approve", "document", "DOC-001", "Yearly review"),
        (4, "Ann", "set", "criterion", "9.1.2-a-1", "董事会要求"),
        (5, "Ben", "reset", "criterion", "9.1.2-a-1", "Back to normal"),
        (6, "Cem", "conclude", "decision", "9.1.2-a", ""),
        (7, "Cem", "conclude", "decision", "9.1.2-a", "Too few"),
    ]


def test_an_entry_is_the_hash_of_its_content_and_names_the_one_before(kept: Records) -> None:
    """Computed here by hand, from the description in the manual and not from the program."""
    previous = "0" * 64
    for entry in trail.entries(kept):
        content = {name: getattr(entry, name) for name in FIELDS}
        content = {name: value for name, value in content.items() if value is not None or name not in LATER}
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry.previous == previous
        assert entry.hash == hashlib.sha256(text.encode()).hexdigest()
        previous = entry.hash


def test_the_payload_is_the_whole_row_in_one_fixed_form(kept: Records) -> None:
    payloads = [entry.payload for entry in trail.entries(kept)]
    assert payloads[3] == '{"evidence_id":"9.1.2-a-1","limits":{"at_least":"25 %"}}'
    assert payloads[6] == '{"concluded":"undetermined","proposed":"conforms","requirement_id":"9.1.2-a","run":"run-2"}'
    assert (
        '"file":"调查 2026-03.csv"' in payloads[0] and '"received_at":"2026-03-31T23:59:59.123456+00:00"' in payloads[0]
    )
    assert json.loads(payloads[2])["revision"] == 2


def test_entries_can_be_asked_for_by_kind_and_object(kept: Records) -> None:
    assert [entry.seq for entry in trail.entries(kept, "document")] == [2, 3]
    assert [entry.seq for entry in trail.entries(kept, "document", "DOC-001")] == [2, 3]
    assert trail.entries(kept, "document", "DOC-002") == []


def test_untouched_records_are_silent(kept: Records, records: Records) -> None:
    assert found(kept) == []


def test_new_records_are_silent(records: Records) -> None:
    assert found(records) == [] and trail.entries(records) == []


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        (
            "update loads set loaded = 9, rejected = 0",
            "trail, entry 1 (load 0123456789ab): the row is not what the trail says: loaded, rejected",
        ),
        (
            "update documents set status = 'draft' where revision = 2",
            "trail, entry 3 (document DOC-001): the row is not what the trail says: status",
        ),
        (
            "update documents set title = 'Other' where revision = 1",
            "trail, entry 2 (document DOC-001): the row is not what the trail says: title",
        ),
        (
            "update documents set reviewed_on = '2026-10-01' where revision = 2",
            "trail, entry 3 (document DOC-001): the row is not what the trail says: reviewed_on",
        ),
        (
            'update criteria set limits = \'{"at_least": "5 %"}\' where seq = 4',
            "trail, entry 4 (criterion 9.1.2-a-1): the row is not what the trail says: limits",
        ),
        (
            "update decisions set concluded = 'conforms' where seq = 7",
            "trail, entry 7 (decision 9.1.2-a): the row is not what the trail says: concluded",
        ),
        (
            "delete from decisions where seq = 7",
            "trail, entry 7 (decision 9.1.2-a): the trail names it, but its row is missing",
        ),
        (
            "insert into criteria (seq, evidence_id, limits) values (8, '9.1.2-b-1', '{}')",
            "records, row 8: criterion 9.1.2-b-1 is there without an entry in the trail",
        ),
        (
            "update criteria set seq = 8 where seq = 4",
            "records, row 8: criterion 9.1.2-a-1 is there without an entry in the trail",
        ),
    ],
)
def test_an_altered_row_is_found(kept: Records, statement: str, damage: str) -> None:
    behind_its_back(kept, statement)
    assert damage in found(kept)


def test_a_row_that_cannot_be_read_is_damage_of_its_own(sqlite: str) -> None:
    """PostgreSQL would not take such a value."""
    with open_records(sqlite) as records:
        documents.register(records, NewDocument("survey method", "How"), "Ann")
        documents.register(records, NewDocument("survey method", "Why"), "Ann")
        behind_its_back(records, "update documents set reviewed_on = 'soon' where seq = 2")
        assert found(records) == [
            "trail, entry 2 (document DOC-002): the row in 'documents' cannot be read "
            "(Invalid isoformat string: 'soon')"
        ]


def test_a_payload_altered_with_its_row_is_found_by_its_hash(kept: Records) -> None:
    behind_its_back(
        kept,
        "update decisions set concluded = 'conforms' where seq = 7",
        "update trail set payload = replace(payload, 'undetermined', 'conforms') where seq = 7",
    )
    assert found(kept) == ["trail, entry 7 (decision 9.1.2-a): this entry was changed after it was written"]


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in ("seq", "previous")])
def test_every_field_of_an_entry_is_sealed(kept: Records, field: str) -> None:
    behind_its_back(kept, f"update trail set {field} = coalesce({field}, '') || ' ' where seq = 5")
    first = found(kept)[0]
    assert first.startswith("trail, entry 5 (") and first.endswith("): this entry was changed after it was written")


@pytest.mark.parametrize("role", ["'administrator'", "null"])
def test_a_role_that_was_changed_or_taken_away_is_found(kept: Records, role: str) -> None:
    behind_its_back(kept, f"update trail set role = {role} where seq = 5")
    assert found(kept) == ["trail, entry 5 (criterion 9.1.2-a-1): this entry was changed after it was written"]


def take_out(*numbers: int) -> list[str]:
    chosen = ", ".join(map(str, numbers))
    return [f"delete from {table} where seq in ({chosen})" for table in TABLES]


@pytest.mark.parametrize(
    ("numbers", "first"),
    [
        ((4,), "trail, before entry 5: entry 4 is missing"),
        ((2, 3, 4), "trail, before entry 5: entries 2 to 4 are missing"),
        ((1,), "trail, before entry 2: entry 1 is missing"),
        ((7,), "trail, against trail-anchor.jsonl: entry 7 was written once and is missing"),
        ((5, 6, 7), "trail, against trail-anchor.jsonl: entry 5 was written once and is missing"),
        ((1, 2, 3, 4, 5, 6, 7), "trail, against trail-anchor.jsonl: entry 1 was written once and is missing"),
    ],
)
def test_entries_taken_out_of_the_middle_or_the_end_are_found(kept: Records, numbers: tuple, first: str) -> None:
    behind_its_back(kept, *take_out(*numbers))
    assert found(kept)[0] == first


def test_a_trail_that_was_rewritten_and_sealed_again_is_found(kept: Records) -> None:
    behind_its_back(
        kept,
        "update decisions set concluded = 'conforms' where seq = 6",
        "update documents set title = 'Other' where seq = 3",
        "update trail set payload = replace(payload, 'How we ask', 'Other') where seq = 3",
    )
    seal_again(kept)
    assert found(kept) == [
        f"trail, against trail-anchor.jsonl: entry {seq} is not the one that was written first" for seq in range(3, 8)
    ]


def test_an_entry_put_in_between_is_found(kept: Records) -> None:
    move = [f"update {table} set seq = seq + 1 where seq = {seq}" for seq in (7, 6, 5) for table in TABLES]
    row = "insert into criteria (seq, evidence_id, limits) select 5, evidence_id, limits from criteria where seq = 4"
    behind_its_back(kept, *move, of_an_entry(4, seq="5", previous="'x'", hash="'y'"), row)
    assert "trail, entry 5 (criterion 9.1.2-a-1): this entry does not follow entry 4" in found(kept)
    seal_again(kept)
    assert found(kept)[0] == "trail, against trail-anchor.jsonl: entry 5 is not the one that was written first"


def test_an_entry_added_at_the_end_without_its_row_is_found(kept: Records) -> None:
    behind_its_back(kept, of_an_entry(7, seq="8", previous="hash", hash="'y'"))
    seal_again(kept)
    assert found(kept) == ["trail, entry 8 (decision 9.1.2-a): the trail names it, but its row is missing"]


def test_entries_whose_order_was_changed_are_found(kept: Records) -> None:
    for table in TABLES:
        moves = [(6, 60), (7, 6), (60, 7)]
        behind_its_back(kept, *[f"update {table} set seq = {new} where seq = {old}" for old, new in moves])
    assert "trail, entry 6 (decision 9.1.2-a): this entry does not follow entry 5" in found(kept)
    assert "trail, entry 7 (decision 9.1.2-a): this entry was changed after it was written" in found(kept)


def lines_of(path: Path) -> list[str]:
    return path.read_text().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("change", "damage"),
    [
        (lambda lines: None, "trail-anchor.jsonl: the anchor is missing or cannot be read"),
        (lambda lines: [], "trail-anchor.jsonl: the anchor has lost its beginning"),
        (lambda lines: lines[1:], "trail-anchor.jsonl: the anchor has lost its beginning"),
        (lambda lines: [*lines, "rubbish\n"], "trail-anchor.jsonl, line 9: this line cannot be read"),
        (lambda lines: [*lines, '{"seq":8}\n'], "trail-anchor.jsonl, line 9: this line cannot be read"),
        (
            lambda lines: [line.replace('"hash":"', '"hash":"0') for line in lines[1:]] + lines[:1],
            "trail, against trail-anchor.jsonl: entry 1 is not the one that was written first",
        ),
        (
            lambda lines: [*lines, lines[-1].replace('"seq":7', '"seq":8')],
            "trail, against trail-anchor.jsonl: entry 8 was written once and is missing",
        ),
    ],
    ids=range(7),
)
def test_an_anchor_that_was_swapped_or_altered_is_found(
    kept: Records, change: Callable[[list[str]], list[str] | None], damage: str
) -> None:
    changed = change(lines_of(anchor(kept)))
    if changed is None:
        anchor(kept).unlink()
    else:
        anchor(kept).write_text("".join(changed))
    assert found(kept)[0].startswith(damage)


def test_the_anchor_of_other_records_is_found(kept: Records) -> None:
    other = hashlib.sha256(b"other").hexdigest()
    lines = lines_of(anchor(kept))
    anchor(kept).write_text("".join([lines[0], *(f'{{"hash":"{other}","seq":{n}}}\n' for n in range(1, 8))]))
    assert len(found(kept)) == 7


@pytest.mark.parametrize(
    "crash",
    [
        lambda lines: lines[:-1],
        lambda lines: lines[:1],
        lambda lines: [*lines[:3], *lines[5:]],
        lambda lines: [*lines[:-1], lines[-1][:30]],
        lambda lines: [*lines[:-1], lines[-1].rstrip("\n")],
        lambda lines: [*lines[:4], lines[4][:9] + "\n", *lines[5:]],
        lambda lines: [lines[0], *lines[:0:-1]],
        lambda lines: [lines[0], *lines],
    ],
    ids=[
        "last line lost",
        "all lost",
        "middle lost",
        "half a line",
        "no line end",
        "half in the middle",
        "order",
        "twice",
    ],
)
def test_what_a_crash_between_commit_and_anchor_leaves_is_no_damage(
    kept: Records, crash: Callable[[list[str]], list[str]]
) -> None:
    anchor(kept).write_text("".join(crash(lines_of(anchor(kept)))))
    assert found(kept) == []
    criteria.reset(kept, "9.1.2-a-1", "Ann", "The next change goes on")
    assert found(kept) == []


@pytest.mark.parametrize(("lost", "damage"), [(32, []), (33, ["entries 8 to 40 are missing from the anchor"])])
def test_more_lines_lost_than_crashes_explain_are_found(kept: Records, lost: int, damage: list[str]) -> None:
    for number in range(40 - 7):
        criteria.set_criterion(kept, "9.1.2-a-1", {"at_least": f"{number} %"}, "Ann", "Again")
    anchor(kept).write_text("".join(lines_of(anchor(kept))[:-lost]))
    assert [line.removeprefix("trail-anchor.jsonl: ") for line in found(kept)] == damage


def test_a_file_that_is_no_database_any_more_is_damage_and_not_a_crash(sqlite: str) -> None:
    kept = open_records(sqlite)
    path = Path(str(kept.engine.url.database))
    kept.close()
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 8000)
    assert found(kept)[0].startswith("records: the records cannot be read (")
