"""What is signed is told in words of the reader's language, and requirements stand in the order of their numbers."""

from __future__ import annotations

from typing import Any

import pytest

from audit.signing.signed_told import told
from audit.signing.signed_words import in_order

TEAM = [{"name": "M. Okafor", "competence": "a course", "works_in": ["8.2", "sales"]}]
OWN = [{"auditor": "J. Brandt", "kind": "own work", "what": "8.2.1"}]
CHANGED = [{"kind": "document", "what": "DOC-1", "before": "1", "now": "2"}]
SEEN = [{"kind": "complaint", "key": "K-0171", "word": ""}]
JUDGED = {"by": "root", "concluded": "undetermined", "proposed": "conforms", "reason": "", "requirement_id": "4.1-a"}
SAYINGS = [{"input": "9.3.2-a", "known": [{"en": "Two.", "zh": "两项。"}, {"en": "One.", "zh": "一项。"}], "note": ""}]


@pytest.mark.parametrize(
    ("name", "value", "en", "zh"),
    [
        ("auditors", TEAM, "(name: M. Okafor; competence: a course; works in: 8.2, sales)",
         "（姓名：M. Okafor；能力：a course；所属过程或条款：8.2、sales）"),
        ("doubts", OWN, "J. Brandt owns or works in 8.2.1, and audits it.",
         "J. Brandt 负责或参与 8.2.1，又对其进行审核。"),
        ("changed", CHANGED, "Document DOC-1 was revised since: revision 2 instead of 1.",
         "文件 DOC-1 此后已修订：由第 1 版改为第 2 版。"),
        ("evidence", SEEN, "(kind: complaint; known by: K-0171)", "（类型：投诉；标识：K-0171）"),
        ("4.1-a", JUDGED, "proposed: conforms; concluded: undetermined; by: root; requirement: 4.1-a",
         "建议判定：符合；审核员判定：无法判定；记录人：root；要求：4.1-a"),
        ("concluded", "does not conform", "does not conform", "不符合"),
        ("outcome", "not met", "not met", "未满足"),
        ("grade", "minor nonconformity", "minor nonconformity", "一般不符合"),
        ("edition", "iso-9001-2015", "ISO 9001:2015", "ISO 9001:2015"),
        ("inputs", SAYINGS, "(input: 9.3.2-a; what the program knew: Two. One.)",
         "（输入：9.3.2-a；程序当时已知的内容：两项。一项。）"),
        ("kind", "resources", "resources", "资源"),
        ("status", "dropped", "dropped", "已撤销"),
        ("kind", "of another program", "of another program", "of another program"),
        ("doubts", [{"kind": "competence", "name": "older"}], "name: older; kind: competence",
         "姓名：older；类型：competence"),
        ("grade", "", "–", "–"),
        ("title", "Complaints", "Complaints", "Complaints"),
        ("asked", ["4.1-a", "4.1-b"], "4.1-a, 4.1-b", "4.1-a、4.1-b"),
    ],
)  # fmt: skip
def test_keys_and_codes_are_told_in_words(name: str, value: Any, en: str, zh: str) -> None:
    assert (told(value, "en", name), told(value, "zh", name)) == (en, zh)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["10.1", "10.2", "4.1", "9.1.2-a"], ["4.1", "9.1.2-a", "10.1", "10.2"]),
        (["8.2.1-c-6 K-0171", "8.2.1-c-10", "8.2.1-c-6"], ["8.2.1-c-6", "8.2.1-c-6 K-0171", "8.2.1-c-10"]),
        (["F-010", "F-009"], ["F-009", "F-010"]),
        (["zeta", "reason", "title"], ["title", "reason", "zeta"]),
    ],
)
def test_numbers_are_ordered_as_numbers(names: list[str], expected: list[str]) -> None:
    assert in_order(names) == expected
