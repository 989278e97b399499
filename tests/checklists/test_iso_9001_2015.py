"""The checklist of edition 2015: whole, in the order and under the titles of the standard, and askable."""

from __future__ import annotations

import re

import pytest

from audit.checklist import Clause, Requirement
from audit.rule import Interview
from pipelines import definitions, yaml_file

FOLDER = definitions.CHECKLISTS / "iso-9001-2015"
CHECKLIST = definitions.checklist("iso-9001-2015")
REQUIREMENTS = [(clause, requirement) for clause in CHECKLIST.clauses for requirement in clause.requirements]
RULES = [rule for _, _, rule in CHECKLIST.rules()]
every_clause = pytest.mark.parametrize("clause", CHECKLIST.clauses, ids=lambda clause: clause.clause)
every_requirement = pytest.mark.parametrize(
    ("clause", "requirement"), REQUIREMENTS, ids=[requirement.id for _, requirement in REQUIREMENTS]
)

# Every clause of ISO 9001:2015 that touches the customer, with its short title in English and as GB/T 19001-2016 has
# it. Typed from a table of contents, not from the files. "QMS" stands for quality management system.
TITLES = {
    "4.1": ("Understanding the organization and its context", "理解组织及其环境"),
    "4.2": ("Understanding the needs and expectations of interested parties", "理解相关方的需求和期望"),
    "4.3": ("Determining the scope of the QMS", "确定质量管理体系的范围"),
    "4.4": ("QMS and its processes", "质量管理体系及其过程"),
    "5.1.1": ("General", "总则"),
    "5.1.2": ("Customer focus", "以顾客为关注焦点"),
    "5.2": ("Policy", "方针"),
    "5.3": ("Organizational roles, responsibilities and authorities", "组织的岗位、职责和权限"),
    "6.1": ("Actions to address risks and opportunities", "应对风险和机遇的措施"),
    "6.2": ("Quality objectives and planning to achieve them", "质量目标及其实现的策划"),
    "6.3": ("Planning of changes", "变更的策划"),
    "7.1.6": ("Organizational knowledge", "组织的知识"),
    "7.2": ("Competence", "能力"),
    "7.3": ("Awareness", "意识"),
    "7.4": ("Communication", "沟通"),
    "7.5": ("Documented information", "成文信息"),
    "8.1": ("Operational planning and control", "运行的策划和控制"),
    "8.2.1": ("Customer communication", "顾客沟通"),
    "8.2.2": ("Determining the requirements", "产品和服务要求的确定"),
    "8.2.3": ("Review of the requirements", "产品和服务要求的评审"),
    "8.2.4": ("Changes to requirements", "产品和服务要求的更改"),
    "8.3": ("Design and development", "产品和服务的设计和开发"),
    "8.4": (
        "Control of externally provided processes, products and services",
        "外部提供的过程、产品和服务的控制",
    ),
    "8.5.1": ("Control of production and service provision", "生产和服务提供的控制"),
    "8.5.2": ("Identification and traceability", "标识和可追溯性"),
    "8.5.3": ("Property belonging to customers or external providers", "顾客或外部供方的财产"),
    "8.5.4": ("Preservation", "防护"),
    "8.5.5": ("Post-delivery activities", "交付后活动"),
    "8.5.6": ("Control of changes", "更改控制"),
    "8.6": ("Release of products and services", "产品和服务的放行"),
    "8.7": ("Control of nonconforming outputs", "不合格输出的控制"),
    "9.1.1": ("General", "总则"),
    "9.1.2": ("Customer satisfaction", "顾客满意"),
    "9.1.3": ("Analysis and evaluation", "分析与评价"),
    "9.2": ("Internal audit", "内部审核"),
    "9.3.2": ("Management review inputs", "管理评审输入"),
    "9.3.3": ("Management review outputs", "管理评审输出"),
    "10.1": ("General", "总则"),
    "10.2": ("Nonconformity and corrective action", "不合格和纠正措施"),
    "10.3": ("Continual improvement", "持续改进"),
}
# Clauses whose own sub-clauses ask: 8.2.3 has 8.2.3.1 and 8.2.3.2, and so on. All others ask by themselves.
SUB_CLAUSES = {
    "4.4": 2, "5.2": 2, "6.1": 2, "6.2": 2, "7.5": 3, "8.2.3": 2, "8.3": 6, "8.4": 3, "8.7": 2, "9.2": 2, "10.2": 2,
}  # fmt: skip
# What 2026 asks under another number.
MOVED = {"6.1": {"6.1.1", "6.1.2", "6.1.3"}, "10.2": {"10.2"}, "10.3": {"10.1"}}
ROLES = {"top management", "process owner", "staff"}


def sub_clauses(number: str) -> set[str]:
    parts = SUB_CLAUSES.get(number, 0)
    return {f"{number}.{part}" for part in range(1, parts + 1)} or {number}


# clauses


def test_every_clause_is_there_under_its_title_in_order_and_no_other() -> None:
    found = [(clause.clause, clause.title.en, clause.title.zh) for clause in CHECKLIST.clauses]
    assert found == [(number, en, zh) for number, (en, zh) in TITLES.items()]
    assert len(found) == 40


def test_a_file_is_named_after_its_clause() -> None:
    for path in FOLDER.glob("[0-9]*.yaml"):
        clause = yaml_file.read(path).as_model(Clause)
        words = re.sub(r"[^a-z]+", "-", clause.title.en.lower())
        assert path.name == f"{clause.clause}-{words}.yaml"


@every_clause
def test_a_clause_asks_all_its_sub_clauses_in_their_order(clause: Clause) -> None:
    found = [requirement.refs["iso-9001-2015"] for requirement in clause.requirements]
    assert set(found) == sub_clauses(clause.clause) and found == sorted(found)
    assert 1 <= len(clause.requirements) <= 12


@every_clause
def test_a_clause_names_typical_evidence_and_common_findings(clause: Clause) -> None:
    assert 3 <= len(clause.typical_evidence) <= 6
    assert 1 <= len(clause.common) <= 3


@every_clause
def test_top_management_process_owner_and_staff_are_all_asked(clause: Clause) -> None:
    assert {question.to for requirement in clause.requirements for question in requirement.ask_people} == ROLES


# requirements


@every_requirement
def test_a_requirement_has_evidence_and_questions(clause: Clause, requirement: Requirement) -> None:
    assert requirement.evidence
    assert 2 <= len(requirement.ask_people) <= 4


@every_requirement
def test_who_is_to_be_heard_is_asked_something(clause: Clause, requirement: Requirement) -> None:
    heard = {rule.interview for rule in requirement.evidence if isinstance(rule, Interview)}
    assert heard <= {question.to for question in requirement.ask_people}


@every_requirement
def test_a_requirement_is_found_in_both_editions(clause: Clause, requirement: Requirement) -> None:
    assert set(requirement.refs) == {"iso-9001-2015", "iso-9001-2026"}
    assert requirement.refs["iso-9001-2015"] in sub_clauses(clause.clause)
    assert requirement.refs["iso-9001-2026"] in MOVED.get(clause.clause, sub_clauses(clause.clause))


def test_2026_has_every_clause_that_it_is_said_to_have() -> None:
    later = {clause.clause for clause in definitions.checklist("iso-9001-2026").clauses}
    for _, requirement in REQUIREMENTS:
        number = requirement.refs["iso-9001-2026"]
        assert number in later or number.rsplit(".", 1)[0] in later


# ids and what they name


@every_requirement
def test_ids_begin_with_what_they_belong_to_and_count_from_one(clause: Clause, requirement: Requirement) -> None:
    assert re.fullmatch(rf"{re.escape(clause.clause)}-[a-z]\d?", requirement.id)
    numbers = [f"{requirement.id}-{number}" for number in range(1, len(requirement.evidence) + 1)]
    found = [rule.id for rule in requirement.evidence]
    assert sorted(found, key=lambda id: int(id.rsplit("-", 1)[1])) == numbers


def test_ids_are_unique() -> None:
    ids = [requirement.id for _, requirement in REQUIREMENTS] + [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_source_that_is_cited_is_known() -> None:
    known = set(yaml_file.read(definitions.CHECKLISTS / "sources.yaml").content)
    cited = {source for clause in CHECKLIST.clauses for common in clause.common for source in common.sources}
    cited |= {source for _, one in REQUIREMENTS if one.stated for source in one.stated.sources}
    assert cited and cited <= known


@every_requirement
def test_what_is_not_certain_is_said_with_its_source(clause: Clause, requirement: Requirement) -> None:
    stated = requirement.stated
    assert stated is None or stated.sources and (stated.note or stated.confidence == "high")
