"""The ready mappings, each on a file of its tool's shape, and the further header lines that some tools write."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from small_contract import staged, values

from audit.errors import DefinitionError, SourceError
from audit.mapping import Mapping
from pipelines import definitions
from pipelines.__main__ import main
from pipelines.stage import Batch, stage

# The names of the columns are the tools' own; rows and questions are made up.
QUALTRICS = (
    "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,"
    "RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,"
    "DistributionChannel,UserLanguage,Satisfaction,Recommend,Comment\n"
    "Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,"
    "Recipient Last Name,Recipient First Name,Recipient Email,External Data Reference,Location Latitude,"
    'Location Longitude,Distribution Channel,User Language,"How satisfied\nare you?",Recommend us?,Anything?\n'
    '"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}",'
    '"{""ImportId"":""endDate"",""timeZone"":""America/Denver""}"'
    + "".join(f',"{{""ImportId"":""QID{number}""}}"' for number in range(18))
    + "\n"
)
MATRIX = QUALTRICS.replace("Satisfaction,Recommend,Comment", "Q5_1,Q5_2,Q5_3")
MONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
    "Satisfaction,Recommend,What did you buy?,,Comment\n"
    ",,,,,,,,,Response,Response,Pump,Valve,Open-Ended Response\n"
)
FORMS = "ID,Start time,Completion time,Email,Name,Satisfaction,Recommend,Comment\n"
LIME = '"Response ID","Date submitted","Last page","Start language","Seed","Satisfaction","Recommend","Comment"\n'
ZENDESK = (
    "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,"
    "Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,"
    "Due date,Initially assigned at,Solved at,Resolution time\n"
)
FRESHDESK = (
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
    "Last update time,Tags,Full name,Contact ID\n"
)
HUBSPOT = "Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Close date,Priority,Source,Category,Ticket owner\n"
JIRA = "Summary,Issue key,Issue id,Issue Type,Status,Priority,Reporter,Created,Resolved,Due date,Comment,Comment\n"
ODOO = "Order Reference,Order Date,Customer,Delivery Date,Effective Date,Status,Total\n"

FILES = {
    "qualtrics": (
        QUALTRICS,
        ["2026-10-01 10:00:00,2026-10-01 10:05:00,0,,100,300,1,2026-10-01 10:05:01,R_1,,,,,,,anonymous,EN,5,9,good"],
        ["2026-10-01 10:00:00,10/01/2026 10:05,0,,100,300,1,2026-10-01 10:05:01,R_2,,,,,,,anonymous,EN,5,9,good"],
        {"response_id": "R_1", "answered_on": dt.datetime(2026, 10, 1), "satisfaction": 5, "recommend": 9},
    ),
    "qualtrics_matrix": (
        MATRIX,
        ["2026-10-01 10:00:00,2026-10-01 10:05:00,0,,100,300,1,2026-10-01 10:05:01,R_1,,,,,,,anonymous,EN,5,4,3"],
        ["2026-10-01 10:00:00,2026-10-01 10:05:00,0,,100,300,1,2026-10-01 10:05:01,R_2,,,,,,,anonymous,EN,,often,"],
        {"response_id": "R_1", "question": "delivered on time", "score": 5, "driver": "delivery", "scale_highest": 5},
    ),
    "surveymonkey": (
        MONKEY,
        ["118,42,10/31/2026 11:58:00 PM,11/01/2026 12:03:00 AM,1.2.3.4,,,,,4,10,Pump,,fine"],
        ["119,42,31/10/2026 11:58:00 PM,31/10/2026 11:59:00 PM,1.2.3.4,,,,,4,10,,Valve,fine"],
        {"response_id": "118", "answered_on": dt.datetime(2026, 11, 1), "recommend": 10, "channel": "42"},
    ),
    "microsoft_forms": (
        FORMS,
        ["1,2026-10-09 11:02:00,2026-10-09 11:03:12,anonymous,,5,9,fine"],
        ["2,9.10.2026 11:02,9.10.2026 11:03,anonymous,,5,9,fine"],
        {"response_id": "1", "answered_on": dt.datetime(2026, 10, 9), "satisfaction": 5},
    ),
    "google_forms": (
        "Timestamp,Email Address,Satisfaction,Recommend,Comment\n",
        ["5/10/2026 09:15:00,a@example.com,3,,"],
        ["2026/05/10 9:15:00 AM GMT+3,a@example.com,3,,"],
        {"response_id": "5/10/2026 09:15:00", "answered_on": dt.datetime(2026, 5, 10), "recommend": None},
    ),
    "limesurvey": (
        LIME,
        ['"7","2026-10-31 14:05:00","3","en","123","4","N/A","ok"'],
        ['"8","","1","en","123","4","9",""'],
        {"response_id": "7", "answered_on": dt.datetime(2026, 10, 31), "satisfaction": 4, "recommend": None},
    ),
    "zendesk": (
        ZENDESK,
        ["1,35,Ann,900,,a@b.c,b.c,Ann,Bo,Support,Late,,Solved,Urgent,Mail,Problem,2026-10-01 09:15,"
         "x,x,-,-,x,2026-10-03 10:00,49",
         "1,36,Ann,900,,a@b.c,b.c,Ann,Bo,Support,Late,,Open,-,Mail,-,2026-10-01 09:15,x,x,-,2026-10-09 00:00,x,-,-"],
        ["1,37,Ann,900,,a@b.c,b.c,Ann,Bo,Support,Late,,Open,Odd,Mail,-,2026-10-01 09:15,x,x,-,-,x,-,-"],
        {"complaint_id": "35", "severity": "high", "closed_at": dt.datetime(2026, 10, 3, 10), "due_on": None},
    ),
    "freshdesk": (
        FRESHDESK,
        ["11,Late,Closed,Medium,Email,Problem,Bo,A,2026-10-01 09:15:00,"
         "2026-10-04 09:15:00,2026-10-02 08:00:00,,x,,Ann,77"],
        ["12,Late,Open,Medium,Email,Problem,Bo,A,01-10-2026 09:15,,,,x,,Ann,77"],
        {"complaint_id": "11", "severity": "medium", "due_on": dt.datetime(2026, 10, 4), "customer_id": "77"},
    ),
    "hubspot": (
        HUBSPOT,
        ["10000000001,Late,Support,Closed,2026-10-01 15:17,2026-10-02 15:17,High,Email,Delivery,Bo"],
        ["10000000002,Late,Support,New,2026-10-01T15:17:00Z,,High,Email,Delivery,Bo"],
        {"complaint_id": "10000000001", "severity": "high", "received_at": dt.datetime(2026, 10, 1, 15, 17)},
    ),
    "jira_service_management": (
        JIRA,
        ["Late,HELP-1,10001,Complaint,Done,Highest,ann,31/Oct/26 2:05 PM,01/Nov/26 12:10 AM,,first,second"],
        ["Late,HELP-2,10002,Complaint,Done,Low,ann,10/31/2026 14:05,,,first,"],
        {"complaint_id": "HELP-1", "severity": "high", "closed_at": dt.datetime(2026, 11, 1, 0, 10), "due_on": None},
    ),
    "odoo": (
        ODOO,
        ["S00012,2026-10-01 08:00:00,Ann & Co,2026-10-09 08:00:00,2026-10-08 12:00:00,Sales Order,1234.5"],
        [",,,,,Sales Order,99.0"],
        {"order_id": "S00012", "status": "open", "amount": 1234.5, "promised_at": dt.datetime(2026, 10, 9, 8)},
    ),
}  # fmt: skip


def mapping_of(tool: str) -> Mapping:
    path = definitions.mapping_path(tool)
    (source,) = re.findall(r"^source: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return definitions.mapping(path, source)


def read(tool: str, rows: list[str], head: str | None = None) -> Batch:
    written = mapping_of(tool)
    content = (FILES[tool][0] if head is None else head) + "".join(f"{row}\n" for row in rows)
    packed = as_workbook(content) if tool == "microsoft_forms" else content.encode()
    return stage(packed, "export", definitions.source(written.source), written)


def as_workbook(content: str) -> bytes:
    """With true times, as the tool writes it."""
    book = openpyxl.Workbook()
    for row in csv.reader(content.splitlines()):
        book.worksheets[0].append([dt.datetime.fromisoformat(t) if t.startswith("2026-") else t or None for t in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_every_ready_mapping_is_tried_here_and_told_in_the_page_about_data() -> None:
    assert FILES.keys() == definitions.ready_mappings().keys()
    page = (definitions.HOUSE / "docs" / "data.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \| [A-Z][\w ]+ \| `\w+` \|", page, re.MULTILINE)) == set(FILES)


@pytest.mark.parametrize("tool", FILES)
def test_an_export_of_the_tool_loads_through_its_mapping(tool: str) -> None:
    _head, good, bad, expected = FILES[tool]
    batch = read(tool, [*good, *bad])
    assert [reject.line for reject in batch.rejects] == [batch.physical_lines]
    assert values(batch, *expected)[0] == tuple(expected.values())
    each = batch.rows_of_record
    assert (batch.lines, len(batch.frame), batch.blank) == (each * (len(good) + 1), each * len(good), each - 1)


@pytest.mark.parametrize("tool", FILES)
def test_an_export_without_a_column_of_the_tool_is_refused(tool: str) -> None:
    head, good, _bad, _expected = FILES[tool]
    first = next(iter(mapping_of(tool).columns.values())).source[0]
    with pytest.raises(SourceError, match=f"no column '{first}'"):
        read(tool, good, head.replace(first, "Other", 1))


@pytest.mark.parametrize("tool", ["qualtrics", "qualtrics_matrix", "surveymonkey"])
def test_a_row_is_never_skipped_as_a_line_of_the_header(tool: str) -> None:
    head, good, _bad, _expected = FILES[tool]
    with pytest.raises(SourceError, match="line 2: this line is a row, and the mapping skips it; write 'skip_lines_af"):
        read(tool, good, head.split("\n")[0] + "\n")


SKIPPED = {
    "one line": ("id,day\nx,y\nA,2026-03-01\n", 1, (1, 1, 0, 3)),
    "over several lines": ('id,day\n"x\nx",y\nA,2026-03-01\n', 1, (1, 1, 0, 4)),
    "an empty one": ("id,day\n,\nA,2026-03-01\n", 1, (1, 1, 0, 3)),
    "blank lines below": ("id,day\nx,y\n\nA,2026-03-01\n\n", 1, (3, 1, 2, 5)),
    "two": ("id,day\nx,y\nz,\nA,2026-03-01\n", 2, (1, 1, 0, 4)),
    "of other width": ("id,day\nx\nA,2026-03-01\n", 1, (1, 1, 0, 3)),
    "none": ("id,day\nA,2026-03-01\n", 0, (1, 1, 0, 2)),
}
NOT_SKIPPED = {
    "a row": ("id,day\nA,2026-03-01\nB,2026-03-01\n", 1, "line 2: this line is a row.*skip_lines_after_header: 0"),
    "a row below a line": ("id,day\nx,y\nA,2026-03-01\nB,2026-03-01\n", 2, "line 3.*skip_lines_after_header: 1"),
    "everything": ("id,day\nx,y\n", 1, "0 rows below the header"),
    "more than there is": ("id,day\nx,y\n", 20, "0 rows below the header"),
    "no name there either": ("id,day,\nx,y,\nA,2026-03-01,7\n", 1, "column 3 has no name, but holds “7”"),
}


@pytest.mark.parametrize("case", SKIPPED)
def test_skipped_lines_belong_to_the_header(case: str) -> None:
    content, count, account = SKIPPED[case]
    batch = staged(content, skip_lines_after_header=count)
    assert (batch.lines, len(batch.frame), batch.blank, batch.physical_lines) == account


@pytest.mark.parametrize("case", NOT_SKIPPED)
def test_what_cannot_be_skipped_refuses_the_file(case: str) -> None:
    content, count, told = NOT_SKIPPED[case]
    with pytest.raises(SourceError, match=told):
        staged(content, skip_lines_after_header=count)


def test_without_the_declaration_a_further_header_line_is_rejected_and_seen() -> None:
    assert [reject.line for reject in staged("id,day\nx,y\nA,2026-03-01\n").rejects] == [2]


def test_a_name_may_stand_twice_where_nobody_asks_for_it() -> None:
    batch = staged("id,day,Comment,Comment\nA,2026-03-01,x,y\n")
    assert (len(batch.frame), batch.ignored) == (1, ("Comment", "Comment"))
    with pytest.raises(SourceError, match=r"'Comment' \(column 3\) and 'Comment' \(column 4\)"):
        staged("id,day,Comment,Comment\nA,2026-03-01,x,y\n", {"note": "Comment"})


def test_a_bare_name_is_a_tool_and_anything_else_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert definitions.mapping_path("qualtrics") == definitions.MAPPINGS / "qualtrics.yaml"
    assert definitions.mapping_path("qualtrics.yaml") == Path("qualtrics.yaml")
    assert definitions.mapping_path("./qualtrics/x") == Path("qualtrics/x")
    (tmp_path / "qualtrics").write_text("source: orders\n")
    assert definitions.mapping_path("qualtrics") == Path("qualtrics")


@pytest.mark.parametrize(("name", "told"), [("qualtric", "did you mean 'qualtrics'"), ("zzz", "or one of: freshdesk")])
def test_an_unknown_tool_is_answered_with_the_known_ones(name: str, told: str) -> None:
    with pytest.raises(DefinitionError, match=f"there is no mapping '{name}'.*{re.escape(told)}"):
        definitions.mapping_path(name)


def test_the_command_line_loads_by_the_name_of_a_tool(tmp_path: Path) -> None:
    (tmp_path / "workspace.yaml").write_text("organisation: A\n", encoding="utf-8")
    (tmp_path / "q.csv").write_text(QUALTRICS + FILES["qualtrics"][1][0] + "\n", encoding="utf-8")
    asked = ["load", str(tmp_path / "q.csv"), "--source", "survey_responses", "--workspace", str(tmp_path)]
    assert main([*asked, "--mapping", "qualtrics"]) == 0
    assert main([*asked, "--mapping", "zendesk"]) == 2
