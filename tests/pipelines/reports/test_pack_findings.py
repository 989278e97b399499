"""What a pack says of each finding and of what followed it: everything that was kept, and no more."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest

from audit.evidence import Grade
from audit.records import Records
from pipelines.workspace import open_workspace
from tests.pipelines.conftest import Ours, clock
from tests.pipelines.reports.findings_to_tell import (
    Files,
    acting,
    begun,
    built,
    chapter,
    closed,
    dropped,
    held,
    raised,
    reopened,
    reviewed,
)

RESPONSE = {
    "en": ["Correction Field filled (20 Jun 2026)", "Cause Method: The field may stay empty", "Field service too"],
    "zh": ["纠正 Field filled (2026-06-20)", "方法：The field may stay empty", "举一反三 Field service too"],
}
NONE_YET = {
    "en": ["No action is planned yet.", "Nobody has responded yet.", "Nobody has reviewed the effectiveness yet."],
    "zh": ["尚未策划措施。", "尚无人回应。", "尚无人评审有效性。"],
}
CASES: list[tuple[str, Callable[[Records, str], object], dict[str, list[str]], dict[str, list[str]]]] = [
    (
        "open, without actions",
        raised,
        {
            "en": ["▣ Minor nonconformity 9.9-a Open", "Half lack it", "raised by Ann on 1 Jul 2026", "owner Ben",
                   "response due 1 Sep 2026", "Criterion 9.9 asks for it",
                   "complaint C-1042 (closed <without> a cause)",
                   "3 found · 20 looked at · 400 there are", "Consequence It comes back", *NONE_YET["en"]],
            "zh": ["▣ 一般不符合 9.9-a 未关闭", "Half lack it", "Ann 于 2026-07-01 提出", "负责人 Ben",
                   "回应期限 2026-09-01",
                   "审核准则 9.9 asks for it", "投诉 C-1042（closed <without> a cause）", *NONE_YET["zh"]],
        },
        {"en": ["closed by", "ACT-", "Last change"], "zh": ["ACT-", "最近更改"]},
    ),
    (
        "not graded, not stated",
        lambda records, audit: raised(records, audit, None, ""),
        {"en": ["… Not graded", "No statement is written yet.", *NONE_YET["en"]],
         "zh": ["… 未评定等级", "尚未填写陈述。", *NONE_YET["zh"]]},
        {"en": ["nonconformity"], "zh": ["不符合"]},
    ),
    (
        "good practice",
        lambda records, audit: raised(records, audit, Grade.GOOD_PRACTICE),
        {"en": ["☆ Good practice", "Reason of the grade As discussed"], "zh": ["☆ 良好实践", "分级理由 As discussed"]},
        {"en": ["Correction", *NONE_YET["en"]], "zh": ["举一反三", *NONE_YET["zh"]]},
    ),
    (
        "action open",
        acting,
        {"en": ["Actions under way", *RESPONSE["en"], "Make it mandatory Cem 1 Sep 2026 … Open", NONE_YET["en"][2]],
         "zh": ["措施实施中", *RESPONSE["zh"], "Make it mandatory Cem 2026-09-01 … 未关闭", NONE_YET["zh"][2]]},
        {"en": NONE_YET["en"][:2], "zh": NONE_YET["zh"][:2]},
    ),
    (
        "action dropped",
        dropped,
        {"en": ["Responded", "1 Sep 2026 – Cancelled", "Too dear"],
         "zh": ["已回应", "2026-09-01 – 已取消", "Too dear"]},
        {"en": ["Done", "closed by"], "zh": ["已完成"]},
    ),
    (
        "not effective",
        lambda records, audit: reviewed(records, audit, "not shown"),
        {"en": ["Effectiveness due", "● Done 20 Jun 2026 document DOC-004",
                "– ◇ Not shown All of June filled Eva, 1 Jul 2026"],
         "zh": ["● 已完成 2026-06-20 成文信息 DOC-004", "– ◇ 未显示有效 All of June filled Eva, 2026-07-01"]},
        {"en": ["closed by", "● Effective"], "zh": ["● 有效"]},
    ),
    (
        "worse, against what data propose",
        lambda records, audit: reviewed(records, audit, "worse", "effective", why="May was short"),
        {"en": ["● Effective ✕ Worse All of June filled May was short Eva"],
         "zh": ["● 有效 ✕ 变差 All of June filled May was short Eva"]},
        {"en": ["closed by"], "zh": ["未显示有效"]},
    ),
    (
        "effective and closed",
        closed,
        {"en": ["9.9-a Closed", "closed by Ann on 1 Jul 2026", "– ● Effective All of June filled Eva, 1 Jul 2026"],
         "zh": ["9.9-a 已关闭", "Ann 于 2026-07-01 关闭", "– ● 有效 All of June filled Eva, 2026-07-01"]},
        {"en": ["not independent", *NONE_YET["en"]], "zh": ["非独立", *NONE_YET["zh"]]},
    ),
    (
        "closed by one person alone",
        lambda records, audit: closed(records, audit, by="Ben"),
        {"en": ["closed by Ann on 1 Jul 2026, not independent", "Ben, 1 Jul 2026 not independent"], "zh": ["非独立"]},
        {"en": ["Eva"], "zh": ["Eva"]},
    ),
    (
        "opened again",
        reopened,
        {"en": ["Effectiveness due", "Last change Ann, 1 Jul 2026 Seen again in July"],
         "zh": ["最近更改 Ann, 2026-07-01 Seen again in July"]},
        {"en": ["closed by"], "zh": ["关闭"]},
    ),
]  # fmt: skip
NAMES = [name for name, *_ in CASES]


@pytest.fixture(scope="module")
def cases(ours: Ours, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The pack of an audit with one finding for each case, in their order."""
    workspace = open_workspace(shutil.copytree(ours.folder, tmp_path_factory.mktemp("findings") / "house"))
    with workspace.open_records(clock) as records:
        audit = begun(records)
        for _name, make, *_ in CASES:
            make(records, audit)
        return held(built(workspace, records))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_each_finding_says_what_was_kept_and_nothing_else(cases: Files, name: str, language: str) -> None:
    _, _, told, absent = CASES[NAMES.index(name)]
    words = chapter(cases, language, f"F-{NAMES.index(name) + 1:03}")
    assert [each for each in told[language] if each not in words] == [], words
    assert [each for each in absent[language] if each in words] == [], words


def test_the_file_beside_the_page_says_the_same_for_machines(cases: Files) -> None:
    told = json.loads(cases["findings.json"])
    assert [each["id"] for each in told] == [f"F-{at + 1:03}" for at in range(len(CASES))]
    one = told[NAMES.index("effective and closed")]
    assert (one["stage"], one["status"], one["independent"]) == ("closed", "closed", True)
    assert (one["grade"], one["requirement_id"], one["correction"]) == ("minor nonconformity", "9.9-a", "Field filled")
    assert one["cause"] == [{"text": "The field may stay empty", "branch": "method"}]
    assert [(each["owner"], each["due_on"], each["status"]) for each in one["actions"]] == [
        ("Cem", "2026-09-01", "done")
    ]
    assert [(each["concluded"], each["by"]) for each in one["reviews"]] == [("effective", "Eva")]


@pytest.mark.parametrize("name", ["findings.json", "management-review.json"])
def test_both_files_are_in_the_list_of_sums(cases: Files, name: str) -> None:
    assert f"  {name}\n" in cases["SHA256SUMS"].decode()
