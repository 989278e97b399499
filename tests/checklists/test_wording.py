"""The words of every edition, every pack and all they share: ours, in both languages, and obliging nobody."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from faults_of_words import LONGEST, OBLIGATION, RULES, SENTENCES, TERMS, faults, written

from audit.checklist import Requirement
from audit.text import Text
from pipelines import definitions
from pipelines.checklists import editions

WRITTEN = list(written())
REQUIREMENTS = {
    requirement.id: requirement
    for edition in editions.named()
    for clause in definitions.checklist(edition, tuple(editions.packs_named())).clauses
    for requirement in clause.requirements
}
# Reported by some as requirements of 2026, and by those who read the drafts as none.
OVERCLAIMED = re.compile(
    r"artificial intelligence|\bAI\b|digital|\bESG\b|72 h|backup|人工智能|数字化|绩效指标.*诚信|备份"
)


def test_every_file_of_every_edition_and_pack_is_read() -> None:
    files = {where.split(" ")[0] for where, _, _ in WRITTEN}
    found = {path.relative_to(definitions.CHECKLISTS).as_posix() for path in definitions.CHECKLISTS.rglob("*.yaml")}
    assert files == found - {"sources.yaml"}, "what a source is called is its own name, in its own language"


def test_every_kind_of_text_is_met() -> None:
    assert {key for _, key, _ in WRITTEN} == set(LONGEST)


@pytest.mark.parametrize(("where", "key", "text"), WRITTEN, ids=[where for where, _, _ in WRITTEN])
def test_a_text_has_no_fault(where: str, key: str, text: Text) -> None:
    assert faults(text, key) == []


def test_nothing_is_claimed_of_2026_that_drafts_do_not_show() -> None:
    claims = [text for where, key, text in WRITTEN if where.startswith("iso-9001-2026/") and key in SENTENCES]
    assert claims
    assert [text for text in claims if OVERCLAIMED.search(text.en) or OVERCLAIMED.search(text.zh)] == []


@pytest.mark.parametrize("requirement", REQUIREMENTS.values(), ids=lambda requirement: requirement.id)
def test_no_sentence_is_said_twice_in_one_requirement(requirement: Requirement) -> None:
    said = [requirement.asks, *requirement.ask_people, *(rule.shows for rule in requirement.evidence)]
    assert len({text.en for text in said}) == len({text.zh for text in said}) == len(said)


def test_nothing_is_asked_twice() -> None:
    asked = [(where, text) for where, key, text in WRITTEN if key in ("asks", "ask_people")]
    for language in ("en", "zh"):
        times = Counter(text.said(language) for _, text in asked)
        assert [sentence for sentence, count in times.items() if count > 1] == []


# Each rule fires: what it looks for, in a text that is in order otherwise. The first must be found, the second not.
BAD = [
    ("languages", "asks", Text(en="Customers 顾客 are heard.", zh="听取顾客意见。")),
    ("languages", "asks", Text(en="Customers are heard.", zh="Customers are heard。")),
    ("languages", "title", Text(en="9.1.2", zh="顾客满意")),
    ("widths", "asks", Text(en="Customers are heard.", zh="听取顾客意见,并作记录。")),
    ("widths", "asks", Text(en="Customers are heard.", zh="听取顾客(全部)意见。")),
    ("widths", "asks", Text(en="Customers are heard.", zh="听取'关键'顾客意见。")),
    ("widths", "asks", Text(en="Customers are heard.", zh="听取顾客意见， 并作记录。")),
    ("widths", "asks", Text(en="Customers are heard.", zh="听取 顾客意见。")),
    ("widths", "asks", Text(en="Customers are heard.", zh="每１２个月听取顾客意见。")),
    ("widths", "asks", Text(en="Customers，all of them, are heard.", zh="听取顾客意见。")),
    ("widths", "asks", Text(en="Customers are “heard”.", zh="听取顾客意见。")),
    ("endings", "asks", Text(en="Customers are heard", zh="听取顾客意见。")),
    ("endings", "asks", Text(en="Customers are heard.", zh="听取顾客意见")),
    ("endings", "title", Text(en="Customers are heard.", zh="听取顾客意见")),
    ("endings", "ask_people", Text(en="Who hears customers?", zh="请说明由专人听取顾客意见。")),
    ("questions", "ask_people", Text(en="Who hears customers.", zh="由专人听取顾客意见。")),
    ("questions", "ask_people", Text(en="Take a complaint. Who heard it.", zh="请任选一件投诉。")),
    ("questions", "ask_people", Text(en="Tell me about customers.", zh="由谁听取顾客意见。")),
    ("questions", "asks", Text(en="Are customers heard?", zh="听取顾客意见了？")),
    ("lengths", "asks", Text(en=f"Customers are heard {'again ' * 30}.", zh="听取顾客意见。")),
    ("lengths", "shows", Text(en="Customers are heard.", zh=f"{'再次' * 30}听取顾客意见。")),
    ("lengths", "notice", Text(en="Customers are heard. " * 25 + "So.", zh="听取顾客意见。")),
    ("obligations", "asks", Text(en="The organization shall monitor perceptions.", zh="监视感受。")),
    ("obligations", "asks", Text(en="It must be kept.", zh="保留记录。")),
    ("obligations", "shows", Text(en="Results should be kept.", zh="保留记录。")),
    ("obligations", "note", Text(en="Records are required to be kept.", zh="保留记录。")),
    ("obligations", "asks", Text(en="Perceptions are watched.", zh="组织应监视感受。")),
    ("obligations", "asks", Text(en="Records are kept.", zh="组织应当保留记录。")),
    ("obligations", "asks", Text(en="Records are kept.", zh="必须记录。")),
    ("obligations", "asks", Text(en="It is approved first.", zh="须经批准。")),
    ("copies", "asks", Text(en="The adequacy of resources is looked at.", zh="查看资源。")),
    ("copies", "asks", Text(en="It is known how customers feel.", zh="监视要求得到满足的程度。")),
    ("copies", "look_for", Text(en="Incidents of premium freight are counted.", zh="统计额外运费。")),
    *[("terms", "asks", Text(en="Customers are heard.", zh=f"查看{word}。")) for word in TERMS],
]  # fmt: skip
GOOD = [
    ("title", Text(en="Customer focus", zh="以顾客为关注焦点")),
    ("asks", Text(en="Customers' complaints are answered; none is left.", zh="答复顾客的投诉；一件不留。")),
    ("asks", Text(en="At least 2 in 3 (of all) answered.", zh="至少三分之二（占全部）作了答复。")),
    ("ask_people", Text(en="Who hears customers, and when?", zh="由谁听取顾客意见？何时听取？")),
    ("ask_people", Text(en="Show me the answer that you sent.", zh="请出示发出的答复。")),
    ("ask_people", Text(en="Take a complaint. Who heard it?", zh="请任选一件投诉。由谁受理？")),
    ("shows", Text(en="The supplier got a musty, marshalled reply.", zh="供应商得到回应，并有应急安排。")),
    ("shows", Text(en="A plan answers the decline.", zh="用计划应对其下降，采取相应的措施。")),
    ("note", Text(en="The ISO 9001 committee reports this.", zh="据 ISO 9001 委员会报告。")),
    ("shows", Text(en="Nonconforming output is blocked.", zh="不合格输出已隔离，外部供方已告知。")),
]


@pytest.mark.parametrize(("rule", "key", "text"), BAD)
def test_a_planted_fault_is_found_by_its_own_rule(rule: str, key: str, text: Text) -> None:
    found = {each.__name__: each(text, key) for each in RULES}
    assert found[rule], "the rule says nothing"


@pytest.mark.parametrize(("key", "text"), GOOD)
def test_a_text_in_order_is_left_alone(key: str, text: Text) -> None:
    assert faults(text, key) == []


def test_every_rule_has_planted_faults() -> None:
    assert {rule for rule, _, _ in BAD} == {rule.__name__ for rule in RULES}


@pytest.mark.parametrize("claimed", ["The platform uses artificial intelligence.", "An ESG report.", "数字化平台"])
def test_an_over_claim_is_recognised(claimed: str) -> None:
    assert OVERCLAIMED.search(claimed)


@pytest.mark.parametrize(
    "harmless", ["供应商", "得到回应", "应急安排", "相应的措施", "应对其下降", "marshalled", "musty"]
)
def test_a_harmless_word_is_not_taken_for_an_obligation(harmless: str) -> None:
    assert not OBLIGATION.search(harmless)


@pytest.mark.parametrize(
    ("edition", "en", "zh"),
    [
        ("iso-9001-2015", "iso.org", "iso.org"),
        ("iso-9001-2015", "not a certification decision", "不构成认证决定"),
        ("iso-9001-2026", "iso.org", "iso.org"),
        ("iso-9001-2026", "not a certification decision", "不构成认证决定"),
        ("iso-9001-2026", "compiled from public commentary", "公开评论"),
        ("iso-9001-2026", "licensed copy", "正版标准"),
        ("iso-9001-2026", "GB/T 19001 adopts this edition is not known", "尚不清楚"),
    ],
)
def test_a_notice_says_where_the_standard_is_sold_and_what_this_rests_on(edition: str, en: str, zh: str) -> None:
    notice = definitions.checklist(edition).standard.notice
    assert en in notice.en and zh in notice.zh
