"""Whatever shape a record has, the person is cut out of it by its cells, and what others wrote stays in its place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from audit.mapping import Mapping
from pipelines import definitions
from pipelines.personal.erased_lines import Cut, Stays, cut
from pipelines.personal.person import Person

PERSON = Person("c-" + "0" * 20, ["K-7731", "1007712", "17"], ["Ann Miller", 'Ann "Annie" Müller', "Miller, Ann"])
HEAD = "customer_id,parent_id,note,note\n"
KEYED = '{"customer_id": "B-2", '

CSV = [
    ("two columns of one name", "B-2,,Ann Miller sent me,paid\n", "B-2,,[erased] sent me,paid\n"),
    ("the other of them", "B-2,,first of Bob,Ann Miller too\n", "B-2,,first of Bob,[erased] too\n"),
    ("nobody", 'B-2,,"a",b\n', 'B-2,,"a",b\n'),
    ("own", "K-7731,,a,b\n", "\n"),
    ("own by a short identifier", "17,,a,b\n", "\n"),
    ("parent", "B-2,17,a,17\n", "B-2,,a,17\n"),
    ("longer than the header", "B-2,,a,b,Ann Miller,c\n", "B-2,,a,b,[erased],c\n"),
    ("longer, and moved to the right", "B, 2,K-7731,a,b\n", "\n"),
    ("longer, and of a child", "B-2,K-7731,a,b,c\n", "B-2,,a,b,c\n"),
    ("shorter than the header", "B-2,,Ann Miller\n", "B-2,,[erased]\n"),
    ("shorter, of nobody", ",\n", ",\n"),
    ("without a customer", ",,ann miller,b\n", "\n"),
    ("the name alone, of another customer", "B-2,,ANN MILLER,b\n", "B-2,,[erased],b\n"),
    ("a line break in quotes", 'B-2,,"Ann Miller\nsaid",b\n', 'B-2,,"[erased]\nsaid",b\n'),
    ("a line break in quotes, in another cell", 'B-2,,Ann Miller,"b\r\nc"\r\n', 'B-2,,[erased],"b\r\nc"\r\n'),
    ("quotes in the name", 'B-2,,"by Ann ""Annie"" Müller",b\n', "B-2,,by [erased],b\n"),
    ("the delimiter in the name", 'B-2,,"by Miller, Ann",b\n', "B-2,,by [erased],b\n"),
]
JSON = [
    ("an object", KEYED + '"meta": {"by": "Ann Miller"}}\n', KEYED + '"meta": {"by": "[erased]"}}\n'),
    ("a list", KEYED + '"tags": ["x", "Ann Miller"], "n": 1.50}\n', KEYED + '"tags": ["x", "[erased]"], "n": 1.50}\n'),
    ("a number", KEYED + '"parent_id": 1007712}\n', KEYED + '"parent_id": ""}\n'),
    ("a short number", KEYED + '"parent_id": 17, "n": 17}\n', KEYED + '"parent_id": "", "n": 17}\n'),
    ("a number that nobody declared", KEYED + '"x":1007712}\n', KEYED + '"x":"[erased]"}\n'),
    ("own by a number", '{"customer_id": 17, "note": "a"}\n', "\n"),
    ("a name of a value", KEYED + '"Ann Miller": 1}\n', KEYED + '"[erased]": 1}\n'),
    ("one name twice", KEYED + '"a": "Ann Miller", "a": "b"}\n', KEYED + '"a": "[erased]", "a": "b"}\n'),
    ("escaped", KEYED + '"a": "\\u0041nn Miller \\u00e4"}\n', KEYED + '"a": "[erased] \\u00e4"}\n'),
    ("quotes", KEYED + '"a": "Ann \\"Annie\\" Müller ß"}\n', KEYED + '"a": "[erased] ß"}\n'),
    ("the other spelling of a column", '{"Customer_ID ": "K-7731", "a": "b"}\n', "\n"),
    ("half a line", KEYED + '"a": "Ann Miller sa\n', "\n"),
    ("half a line of nobody", KEYED + '"a": "b\n', KEYED + '"a": "b\n'),
    ("half an own line", '{"customer_id": "17", "a": "b\n', "\n"),
]
FILES = (
    [("csv " + name, HEAD + before + "B-3,,c,d\n", HEAD + after + "B-3,,c,d\n") for name, before, after in CSV]
    + [("json " + name, KEYED + '"b": 1}\n' + before, KEYED + '"b": 1}\n' + after) for name, before, after in JSON]
    + [
        ("other capitals", "Customer_ID,Parent_ID,note\n17,,a\nB-2,17,b\n", "Customer_ID,Parent_ID,note\n\nB-2,,b\n"),
        ("no name", "customer_id,,\nB-2,Ann Miller came,x\n", "customer_id,,\nB-2,[erased] came,x\n"),
        ("a mark", "\ufeffcustomer_id,note\n17,a\n", "\ufeffcustomer_id,note\n\n"),
        ("a mark and quotes", '\ufeff"customer_id",note\n17,a\n', '\ufeff"customer_id",note\n\n'),
        ("a mark before JSON", '\ufeff{"customer_id": "17"}\n{"a": 1}\n', '\ufeff\n{"a": 1}\n'),
        ("a name in the header", "customer_id,Ann Miller\nB-2,1\n", "customer_id,[erased]\nB-2,1\n"),
    ]
)


def left(folder: Path, before: str, loaded: bool = True, known: Iterable[int] = (), **more: object) -> tuple[Cut, str]:
    (folder / "before").write_bytes(before.encode())
    mapping = Mapping.model_validate({"source": "customers", **more}) if loaded else None
    contract = definitions.source("customers") if loaded else None
    done = cut(folder / "before", folder / "after", "file", mapping, contract, PERSON, known, loaded)
    return done, (folder / "after").read_bytes().decode()


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_the_person_is_cut_out_and_others_stay(tmp_path: Path, before: str, after: str) -> None:
    done, found = left(tmp_path, before)
    assert found == after and done.changed == (before != after)
    assert found.count("\n") == before.count("\n"), "all lines keep their number"
    again, found = left(tmp_path, after)
    assert (again.changed, found) == (False, after)


def test_rows_below_a_title_have_the_names_of_their_header(tmp_path: Path) -> None:
    before = "Customers of Ann Miller\n\ncustomer_id,parent_id,x,x\nB-2,17,a,Ann Miller said\n17,,b,c\n"
    done, found = left(tmp_path, before, header_line=3)
    assert found == "Customers of [erased]\n\ncustomer_id,parent_id,x,x\nB-2,,a,[erased] said\n\n"
    assert done.lines == (5,)


def test_a_column_that_is_joined_of_several_names_its_customer(tmp_path: Path) -> None:
    person = Person("c-" + "0" * 20, ["7/12"], [])
    mapping = Mapping.model_validate({"source": "customers", "columns": {"parent_id": {"from": ["land", "number"]}}})
    (tmp_path / "before").write_text("customer_id,land,number,x\nB-2,7,12,12\n")
    cut(tmp_path / "before", tmp_path / "after", "f", mapping, definitions.source("customers"), person, ())
    assert (tmp_path / "after").read_text() == "customer_id,land,number,x\nB-2,,,12\n"


STAYS = [
    ("over two cells", True, HEAD + "B-2,,Miller, Ann\n"),
    ("a list that was never read", False, '[{"customer_id": "B-2", "note": "Ann Miller"}, {"customer_id": "B-3"}]'),
    ("a list over lines", False, '[\n{\n"customer_id": "K-7731",\n"note": "a"\n}\n]'),
]


@pytest.mark.parametrize(("loaded", "before"), [case[1:] for case in STAYS], ids=[case[0] for case in STAYS])
def test_what_would_stay_is_told(tmp_path: Path, loaded: bool, before: str) -> None:
    with pytest.raises(Stays):
        left(tmp_path, before, loaded)
