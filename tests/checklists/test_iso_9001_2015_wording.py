"""The words of the checklist of edition 2015: ours, in both languages, and no obligation copied."""

from __future__ import annotations

import re

import pytest

from audit.text import Text
from pipelines import definitions

FOLDER = definitions.CHECKLISTS / "iso-9001-2015"
CHECKLIST = definitions.checklist("iso-9001-2015")
REQUIREMENTS = [requirement for clause in CHECKLIST.clauses for requirement in clause.requirements]
RULES = [rule for _, _, rule in CHECKLIST.rules()]
OURS = [
    *[(f"title of {clause.clause}", clause.title) for clause in CHECKLIST.clauses],
    *[(requirement.id, requirement.asks) for requirement in REQUIREMENTS],
    *[(f"{requirement.id}, question", said) for requirement in REQUIREMENTS for said in requirement.ask_people],
    *[(rule.id, rule.shows) for rule in RULES],
    *[(f"title of {kind}", about.title) for kind, about in CHECKLIST.standard.documents.items()],
    *[(f"meaning of {kind}", about.meaning) for kind, about in CHECKLIST.standard.documents.items()],
    ("title of the standard", CHECKLIST.standard.title),
    ("notice", CHECKLIST.standard.notice),
]
SENTENCES = [(where, text) for where, text in OURS if not where.startswith("title")]
OBLIGATION = re.compile(
    r"\b(shall|must|is required to|are required to)\b|应当|必须|应该|须(?!知)|(?<![供相响反回适对])应(?![用对急付答])"
)
# A few words each, enough to recognise a sentence that was copied and too few to be one.
NOT_OURS = (
    "consistently met",
    "statutory and regulatory",
    "needs and expectations have been fulfilled",
    "obtaining, monitoring and reviewing",
    "handling or controlling",
    "specific requirements for contingency",
    "data and information arising",
    "conformity of products",
    "planning has been implemented",
    "status of actions from",
    "adequacy of resources",
    "eliminate the cause",
    "deal with the consequences",
    "nature of the nonconformities",
    "make changes to the quality management system",
    "得到满足的程度",
    "获取、监视和评审",
    "持续满足",
    "处置或控制",
    "关系重大时",
    "是否得到有效实施",
    "所采取措施的有效性",
    "资源的充分性",
    "任何后续措施",
    "消除产生不合格",
)


@pytest.mark.parametrize(("where", "text"), OURS, ids=[where for where, _ in OURS])
def test_a_text_is_in_both_languages_and_each_is_really_that_language(where: str, text: Text) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", text.en)
    assert re.search(r"[\u4e00-\u9fff]", text.zh)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!()]", text.zh), "Chinese takes full-width punctuation"
    assert "客户" not in text.zh and "审计" not in text.zh and "文件化信息" not in text.zh


@pytest.mark.parametrize(("where", "text"), SENTENCES, ids=[where for where, _ in SENTENCES])
def test_a_sentence_is_short_ends_like_one_and_obliges_nobody(where: str, text: Text) -> None:
    assert text.en.endswith((".", "?")) and text.zh.endswith(("。", "？"))
    assert text.en.endswith("?") == text.zh.endswith("？")
    assert where == "notice" or len(text.en) <= 160 and len(text.zh) <= 60
    assert not OBLIGATION.search(text.en.lower()) and not OBLIGATION.search(text.zh)


COPIED = ("The organization shall monitor", "It must be kept", "组织应监视", "组织应当保留", "必须记录", "须经批准")
HARMLESS = ("供应商", "得到回应", "应急安排", "相应的措施", "用计划应对其下降", "marshalled", "musty")


@pytest.mark.parametrize("copied", COPIED)
def test_an_obligation_is_recognised(copied: str) -> None:
    assert OBLIGATION.search(copied)


@pytest.mark.parametrize("harmless", HARMLESS)
def test_a_harmless_word_is_not_taken_for_an_obligation(harmless: str) -> None:
    assert not OBLIGATION.search(harmless)


def test_no_phrase_of_the_standard_stands_in_a_file() -> None:
    for path in FOLDER.glob("*.yaml"):
        written = re.sub(r"\s+", " ", path.read_text(encoding="utf-8")).lower()
        assert [phrase for phrase in NOT_OURS if phrase in written] == []


def test_no_sentence_is_said_twice_in_one_requirement() -> None:
    for requirement in REQUIREMENTS:
        said = [requirement.asks, *requirement.ask_people, *(rule.shows for rule in requirement.evidence)]
        assert len({text.en for text in said}) == len({text.zh for text in said}) == len(said)


def test_the_notice_says_where_to_buy_the_standard_and_that_nothing_is_certified_here() -> None:
    standard = CHECKLIST.standard
    assert (standard.id, standard.edition) == (FOLDER.name, "2015")
    assert "iso.org" in standard.notice.en and "iso.org" in standard.notice.zh
    assert "not a certification decision" in standard.notice.en and "不构成认证决定" in standard.notice.zh
