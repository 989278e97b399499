"""The checklist of edition 2026: nothing of 2015 is lost, and what changed is said with its source and its doubt."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from audit.checklist import CarriedRequirement, Clause, EditionClause, Requirement
from audit.rule import Documentary, Interview
from pipelines import definitions, yaml_file

OLD = definitions.checklist("iso-9001-2015")
NEW = definitions.checklist("iso-9001-2026")
FOLDER = definitions.CHECKLISTS / "iso-9001-2026"
FILES = {path: yaml_file.read(path).as_model(EditionClause) for path in sorted(FOLDER.glob("[0-9]*.yaml"))}
WRITTEN = [(clause, each) for clause in FILES.values() for each in clause.requirements]
CARRIED = [(clause.clause, each) for clause, each in WRITTEN if isinstance(each, CarriedRequirement)]
ADDED = [(clause.clause, each) for clause, each in WRITTEN if isinstance(each, Requirement)]
BEFORE = {requirement.id: requirement for clause in OLD.clauses for requirement in clause.requirements}
AFTER = {requirement.id: requirement for clause in NEW.clauses for requirement in clause.requirements}
CLAUSES = {clause.clause: clause for clause in NEW.clauses}
SOURCES = yaml_file.read(definitions.CHECKLISTS / "sources.yaml").content

# Each clause as it is reported: its titles, how it changed against 2015, and how sure that is. Where a report gives two
# grades of confidence, the lower; what a report itself calls unclear is low.
REPORTED = {
    "4.1": ("Understanding the organization and its context", "理解组织及其环境", "wording", "high"),
    "4.2": (
        "Understanding the needs and expectations of interested parties",
        "理解相关方的需求和期望",
        "wording",
        "medium",
    ),
    "4.3": ("Determining the scope of the QMS", "确定质量管理体系的范围", "wording", "medium"),
    "4.4": ("Quality management system", "质量管理体系", "wording", "medium"),
    "5.1.1": ("General", "总则", "new", "high"),
    "5.1.2": ("Customer focus", "以顾客为关注焦点", "none", "medium"),
    "5.2": ("Quality policy", "质量方针", "wording", "medium"),
    "5.3": ("Roles, responsibilities and authorities", "岗位、职责和权限", "none", "medium"),
    "6.1.1": ("Determining risks and opportunities", "确定风险和机遇", "moved", "high"),
    "6.1.2": ("Actions to address risks", "应对风险的措施", "moved", "high"),
    "6.1.3": ("Actions to address opportunities", "应对机遇的措施", "moved", "high"),
    "6.2": ("Quality objectives and planning to achieve them", "质量目标及其实现的策划", "none", "low"),
    "6.3": ("Planning of changes", "变更的策划", "new", "high"),
    "7.1.6": ("Organizational knowledge", "组织的知识", "wording", "medium"),
    "7.2": ("Competence", "能力", "none", "low"),
    "7.3": ("Awareness", "意识", "new", "high"),
    "7.4": ("Communication", "沟通", "none", "low"),
    "7.5": ("Documented information", "成文信息", "none", "low"),
    "8.1": ("Operational planning and control", "运行的策划和控制", "wording", "low"),
    "8.2.1": ("Customer communication", "顾客沟通", "wording", "medium"),
    "8.2.2": ("Determining the requirements", "产品和服务要求的确定", "wording", "medium"),
    "8.2.3": ("Review of the requirements", "产品和服务要求的评审", "wording", "medium"),
    "8.2.4": ("Changes to requirements", "产品和服务要求的更改", "wording", "medium"),
    "8.3": ("Design and development", "产品和服务的设计和开发", "wording", "low"),
    "8.4": (
        "Control of externally provided processes, products and services",
        "外部提供的过程、产品和服务的控制",
        "wording",
        "low",
    ),
    "8.5.1": ("Control of production and service provision", "生产和服务提供的控制", "wording", "low"),
    "8.5.2": ("Identification and traceability", "标识和可追溯性", "wording", "low"),
    "8.5.3": ("Property belonging to customers or external providers", "顾客或外部供方的财产", "wording", "low"),
    "8.5.4": ("Preservation", "防护", "wording", "low"),
    "8.5.5": ("Post-delivery activities", "交付后活动", "wording", "low"),
    "8.5.6": ("Control of changes", "更改控制", "wording", "low"),
    "8.6": ("Release of products and services", "产品和服务的放行", "wording", "low"),
    "8.7": ("Control of nonconforming outputs", "不合格输出的控制", "wording", "low"),
    "9.1.1": ("General", "总则", "none", "medium"),
    "9.1.2": ("Customer satisfaction", "顾客满意", "none", "medium"),
    "9.1.3": ("Analysis and evaluation", "分析与评价", "none", "medium"),
    "9.2": ("Internal audit", "内部审核", "new", "medium"),
    "9.3.2": ("Management review inputs", "管理评审输入", "new", "medium"),
    "9.3.3": ("Management review outputs", "管理评审输出", "none", "medium"),
    "10.1": ("Continual improvement", "持续改进", "moved", "medium"),
    "10.2": ("Nonconformity and corrective action", "不合格和纠正措施", "none", "medium"),
}
# What 2026 asks and 2015 did not ask for itself.
ADDITIONS = {
    "5.1.1-i": ("new", "high"),  # quality culture
    "5.1.1-j": ("new", "high"),  # ethical behaviour
    "6.1.2-a": ("new", "high"),  # risks analysed and evaluated
    "6.1.3-a": ("new", "high"),  # opportunities analysed and evaluated
    "6.1.3-b": ("moved", "high"),  # … and acted on apart from risks
    "6.1.3-c": ("moved", "high"),  # … and looked back on
    "6.3-d": ("new", "high"),  # changes communicated
    "6.3-e": ("new", "high"),  # … watched and evaluated
    "6.3-f": ("new", "high"),  # … their results reviewed
    "7.3-e": ("new", "high"),  # awareness of culture and ethics
    "9.2-i": ("new", "medium"),  # audit objectives
    "9.3.2-g": ("new", "medium"),  # changed needs of interested parties
}
# Requirements of 2015 whose clause has another number now, or that nobody asks any more, with the reason.
MOVED = {
    "6.1-a": "6.1.1",
    "6.1-b": "6.1.1",
    "6.1-c": "6.1.2",
    "6.1-d": "6.1.3",
    "6.1-e": "6.1.2",
    "6.1-f": "6.1.2",
    "6.1-g": "6.1.2",
    "10.3-a": "10.1",
    "10.3-b": "10.1",
}
GONE: dict[str, str] = {}
# Single items whose change or confidence is not that of their clause.
APART = {
    "4.1-a": ("wording", "medium"),
    "4.1-b": ("none", "medium"),
    "4.2-a": ("none", "medium"),
    "4.2-b": ("wording", "medium"),
    "4.2-c": ("none", "medium"),
    "4.4-g": ("wording", "medium"),
    "5.2-a": ("wording", "medium"),
    "7.1.6-c": ("none", "medium"),
    "9.1.2-b": ("wording", "uncertain"),
}
ONLY_NAMED_ITEMS_CHANGE = {"4.4", "5.1.1", "5.2", "6.3", "7.3", "9.2", "9.3.2", "10.1"}


# nothing is lost


def test_every_requirement_of_2015_is_carried_exactly_once_or_is_gone_for_a_reason() -> None:
    carried = Counter(each.carries for _, each in CARRIED)
    assert {id for id, times in carried.items() if times > 1} == set()
    assert set(carried) | set(GONE) == set(BEFORE)
    assert set(carried) & set(GONE) == set()
    assert all(GONE.values())


def test_nothing_is_asked_but_what_is_carried_and_what_was_added() -> None:
    assert [each.id for _, each in ADDED] == list(dict.fromkeys(each.id for _, each in ADDED))
    assert {each.id for _, each in ADDED} == set(ADDITIONS)
    assert set(AFTER) == (set(BEFORE) - set(GONE)) | set(ADDITIONS)


@pytest.mark.parametrize(("clause", "each"), CARRIED, ids=[each.carries for _, each in CARRIED])
def test_what_is_carried_stays_in_its_clause_unless_it_moved(clause: str, each: CarriedRequirement) -> None:
    assert clause == MOVED.get(each.carries, each.carries.rsplit("-", 1)[0])
    assert (each.change == "moved") == (each.carries in MOVED)
    assert AFTER[each.carries].refs["iso-9001-2026"].startswith(clause)


@pytest.mark.parametrize("id", sorted(set(BEFORE) - set(GONE)))
def test_questions_and_evidence_go_with_their_requirement(id: str) -> None:
    before, after = BEFORE[id], AFTER[id]
    assert after.evidence[: len(before.evidence)] == before.evidence
    assert after.ask_people[: len(before.ask_people)] == before.ask_people
    assert after.refs["iso-9001-2015"] == before.refs["iso-9001-2015"]
    assert after.refs["iso-9001-2026"] == before.refs["iso-9001-2026"], "both files say where it stands now"


def test_ids_are_taken_once_over_both_editions() -> None:
    added = [rule.id for _, each in ADDED for rule in each.evidence]
    before = {rule.id for _, _, rule in OLD.rules()}
    assert len(added) == len(set(added)) and not set(added) & before
    assert not set(ADDITIONS) & set(BEFORE)


# clauses, titles, changes


def test_clauses_and_titles_are_the_reported_ones_in_order() -> None:
    found = [(clause.clause, clause.title.en, clause.title.zh) for clause in NEW.clauses]
    assert found == [(number, en, zh) for number, (en, zh, _, _) in REPORTED.items()]


def test_there_is_no_10_3_any_more_and_6_1_is_split() -> None:
    assert {"6.1", "10.3"}.isdisjoint(CLAUSES)
    assert {"6.1", "10.3"} <= {clause.clause for clause in OLD.clauses}


@pytest.mark.parametrize("number", REPORTED)
def test_a_clause_says_how_it_changed_and_how_sure_that_is(number: str) -> None:
    altered = CLAUSES[number].altered
    assert altered is not None
    assert (altered.change, altered.confidence) == REPORTED[number][2:]
    assert altered.sources and (altered.note or altered.change == "none")


@pytest.mark.parametrize("id", sorted(AFTER))
def test_an_item_says_how_it_changed_and_how_sure_that_is(id: str) -> None:
    altered = AFTER[id].altered
    assert altered is not None and altered.sources
    clause = MOVED.get(id, id.rsplit("-", 1)[0])
    _, _, change, confidence = REPORTED[clause]
    if id in ADDITIONS:
        assert (altered.change, altered.confidence) == ADDITIONS[id]
    elif id in APART:
        assert (altered.change, altered.confidence) == APART[id]
    elif clause in ONLY_NAMED_ITEMS_CHANGE and id not in MOVED:
        assert (altered.change, altered.confidence) == ("none", "medium")
    else:
        assert (altered.change, altered.confidence) == (change, confidence)


@pytest.mark.parametrize(("clause", "each"), WRITTEN, ids=[f"{n}" for n in range(len(WRITTEN))])
def test_sources_are_known_and_a_new_item_says_what_is_new(
    clause: EditionClause, each: CarriedRequirement | Requirement
) -> None:
    altered = each if isinstance(each, CarriedRequirement) else each.altered
    assert altered is not None
    assert set(altered.sources) <= set(SOURCES)
    if isinstance(each, Requirement):
        assert altered.note is not None
        assert each.refs["iso-9001-2026"].startswith(clause.clause)
        assert ("iso-9001-2015" in each.refs) == (altered.change == "moved")


def test_the_wording_of_9_1_2_stays_uncertain_and_its_questions_stay_those_of_2015() -> None:
    altered = AFTER["9.1.2-b"].altered
    assert altered is not None and altered.note is not None and altered.confidence == "uncertain"
    assert AFTER["9.1.2-b"].asks == BEFORE["9.1.2-b"].asks
    assert {id for id, each in AFTER.items() if each.altered and each.altered.confidence == "uncertain"} == {"9.1.2-b"}


@pytest.mark.parametrize("number", sorted(set(REPORTED) - {"6.1.1", "6.1.3", "10.1"}))
def test_a_clause_keeps_what_2015_says_of_documents_evidence_and_common_findings(number: str) -> None:
    before = {clause.clause: clause for clause in OLD.clauses}["6.1" if number == "6.1.2" else number]
    after = CLAUSES[number]
    as_before = before.documented.model_copy(update={"as_in": "iso-9001-2015"})
    assert (after.documented, after.typical_evidence, after.common) == (
        as_before,
        before.typical_evidence,
        before.common,
    )


def test_what_2015_tells_of_evidence_and_common_findings_stands_somewhere() -> None:
    before = [told for clause in OLD.clauses for told in (*clause.typical_evidence, *clause.common)]
    after = [told for clause in NEW.clauses for told in (*clause.typical_evidence, *clause.common)]
    assert [told for told in before if told not in after] == []


# what is asked anew


@pytest.mark.parametrize(("clause", "each"), ADDED, ids=[each.id for _, each in ADDED])
def test_what_was_added_can_be_asked_and_shown(clause: str, each: Requirement) -> None:
    assert each.id.startswith(f"{clause}-")
    assert 2 <= len(each.ask_people) <= 4
    assert [rule.id for rule in each.evidence] == [f"{each.id}-{n}" for n in range(1, len(each.evidence) + 1)]
    heard = {rule.interview for rule in each.evidence if isinstance(rule, Interview)}
    assert each.evidence and heard <= {question.to for question in each.ask_people}


@pytest.mark.parametrize("clause", NEW.clauses, ids=lambda clause: clause.clause)
def test_every_role_is_asked_in_every_clause(clause: Clause) -> None:
    asked = {question.to for requirement in clause.requirements for question in requirement.ask_people}
    assert asked == {"top management", "process owner", "staff"}


@pytest.mark.parametrize("id", ADDITIONS)
def test_what_is_new_is_not_shown_by_a_document_of_before_alone(id: str) -> None:
    assert {rule.kind for rule in AFTER[id].evidence} & {"interview", "observation"}


@pytest.mark.parametrize("id", ["5.1.1-i", "5.1.1-j", "7.3-e"])
def test_culture_and_ethics_need_no_paper_and_no_figure(id: str) -> None:
    assert {rule.kind for rule in AFTER[id].evidence} <= {"interview", "observation"}


def test_a_kind_of_document_that_is_asked_for_is_known() -> None:
    asked = {rule.document for _, each in ADDED for rule in each.evidence if isinstance(rule, Documentary)}
    assert asked and asked <= set(NEW.documents)


def test_a_file_is_named_after_its_clause() -> None:
    for path, clause in FILES.items():
        assert path.name == f"{clause.clause}-{re.sub(r'[^a-z]+', '-', clause.title.en.lower())}.yaml"


# the edition


def test_the_edition_follows_2015_and_its_transition_is_only_reported() -> None:
    standard = NEW.standard
    assert (standard.id, standard.edition, standard.follows) == ("iso-9001-2026", "2026", "iso-9001-2015")
    transition = standard.transition
    assert transition is not None and transition.note is not None
    assert (transition.until, transition.confidence) == (dt.date(2029, 9, 30), "low")
    assert set(transition.sources) <= set(SOURCES) and transition.sources
    assert "confirm with your certification body" in transition.note.en and "向认证机构确认" in transition.note.zh
